"""The query language: what was typed, cut into syntax nodes by whoosh.qparser.

Only the plugins that the language has are used, and the parser has no schema: what a word means is
decided in `reading`. Nothing typed is an error; what is no syntax comes out as words.
"""

from __future__ import annotations

import re
from functools import cache

from whoosh import qparser
from whoosh.qparser import syntax
from whoosh.qparser.plugins import PhrasePlugin

from search_app.fields import FIELDS, Kind

MAX_CHARACTERS = 2_000
"""Characters of a query that are read; more than the longest paragraph anyone pastes into a search box."""

MAX_DEPTH = 20
"""Nested parentheses that are read as such; the parser is recursive."""

_SEARCHABLE = tuple(name for name, field in FIELDS.items() if field.text or field.kind is Kind.DATE)
_FIELD = rf"(?<![\w:])(?P<text>{'|'.join(_SEARCHABLE)}):"
_ALIASES = {"year": "decided", "date": "decided"}
_TYPED_FIELD = re.compile(
    rf"\"[^\"]*\"|(?<![\w:])({'|'.join((*_SEARCHABLE, *_ALIASES))}):[ \t]*(?=\S)", re.IGNORECASE
)
"""A field as people type it: in capitals, with a blank behind the colon, by another name; not in quotes."""

_PLUS = r"(?:^|(?<=[\s(]))\+(?=[^\s+])"
_MINUS = r"(?:^|(?<=[\s(]))-(?=[^\s\-])"
_PHRASE = r'"(?P<text>[^"]*)"(~(?P<slop>\d{1,4}))?'
_RANGE = r"(?P<open>\[)(?P<start>[^\]\[]{0,40}?)\b[Tt][Oo]\b(?P<end>[^\]\[]{0,40})(?P<close>\])"
_PREFIX = r"(?P<text>[^\s*()\"\[\]]+)\*(?=[\s)]|$)"


class WordsGroup(syntax.GroupNode):  # type: ignore[misc]  # whoosh has no types
    """Things typed side by side, with no operator between them."""

    merging = False


class MustGroup(syntax.Wrapper):  # type: ignore[misc]
    """What stands behind a plus sign."""


@cache
def _parser() -> qparser.QueryParser:
    tag = qparser.OperatorsPlugin.OpTagger
    signs = [
        (tag(_PLUS, MustGroup, syntax.PrefixOperator, memo="plus"), 0),
        (tag(_MINUS, syntax.NotGroup, syntax.PrefixOperator, memo="minus"), 0),
    ]
    plugins = [
        qparser.FieldsPlugin(expr=_FIELD, remove_unknown=False),
        qparser.PhrasePlugin(expr=_PHRASE),
        qparser.RangePlugin(expr=re.compile(_RANGE)),
        qparser.PrefixPlugin(expr=_PREFIX),
        qparser.FuzzyTermPlugin(),
        qparser.GroupPlugin(),
        qparser.OperatorsPlugin(ops=signs, AndNot=None, AndMaybe=None, Require=None),
    ]
    return qparser.QueryParser(None, None, plugins=plugins, group=WordsGroup)


def parse(text: str) -> syntax.GroupNode:
    """The syntax nodes of a query; never raises, whatever was typed."""
    cut = _TYPED_FIELD.sub(_field_name, text[:MAX_CHARACTERS])
    return _parser().process(_flattened(cut))


def _field_name(found: re.Match[str]) -> str:
    if not found[1]:
        return found[0]
    name = found[1].lower()
    return f"{_ALIASES.get(name, name)}:"


def _flattened(text: str) -> str:
    """The text with parentheses beyond `MAX_DEPTH`, and those without a partner, as blanks."""
    opened: list[int] = []
    drop: set[int] = set()
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")" and not opened:
            drop.add(at)
        elif character == ")":
            start = opened.pop()
            if len(opened) >= MAX_DEPTH:
                drop |= {start, at}
    drop.update(opened)
    return "".join(" " if at in drop else character for at, character in enumerate(text))


Phrase = PhrasePlugin.PhraseNode
Prefix = qparser.PrefixPlugin.PrefixNode
Fuzzy = qparser.FuzzyTermPlugin.FuzzyTermNode
