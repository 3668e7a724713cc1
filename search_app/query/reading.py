"""How a typed query is read: the tree that engines match, and the same in words for the page.

Things typed side by side are read like this. Phrases, `field:word`, groups and what stands behind NOT or
a minus sign are conditions. Of plain words, all of one or two must occur and most of three or more
(more than half), so that a sentence finds decisions that share most of its words; with a +must among
them, the other plain words only improve the rank. Common words are left out unless nothing else is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whoosh.qparser import syntax

from search_app.fields import DEFAULT_FIELDS, FIELDS, Kind
from search_app.query import grammar
from search_app.query.analysis import stem, tokens, words
from search_app.query.dates import period
from search_app.query.expansion import LONGEST_NAME, Expansion, expand
from search_app.query.leaves import leaf
from search_app.query.stopwords import STOPWORDS
from search_app.query.tree import And, AndMaybe, Dates, Everything, Fuzzy, Node, Not, Or, Prefix
from search_app.unicode import composed

MIN_PREFIX = 2
"""Letters before the asterisk; a single letter would match a tenth of all words."""

MAX_EDITS = 2
"""Edits of a fuzzy word; with three, short words match anything."""

MAX_PHRASE_SLOP = 100
"""Words between the words of a near-phrase; beyond that it is a matter of the whole rationale."""

MAX_WORDS = 100
"""Plain words that are searched; a query of more is a pasted letter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read.

    `says` is one line in words ("" for an empty query); `expansions` are the names that were added;
    `notes` tell of anything that was typed and not used as it stands.
    """

    typed: str
    tree: Node
    says: str = ""
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A node and what it says; `joined` names what joins several parts in it, "" for a single one."""

    node: Node
    says: str
    joined: str = ""


@dataclass(slots=True)
class _Reader:
    expand: bool
    expansions: list[Expansion] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, node: syntax.SyntaxNode) -> _Part | None:
        part = None
        match node:
            case syntax.NotGroup() | grammar.MustGroup():
                part = self._wrapped(node)
            case grammar.WordsGroup():
                part = self._side_by_side(list(node))
            case syntax.AndGroup() | syntax.OrGroup():
                part = self._operator(node)
            case syntax.RangeNode():
                part = self._range(node)
            case grammar.Phrase() | grammar.Prefix() | grammar.Fuzzy():
                part = self._marked_word(node)
            case syntax.TextNode():
                part = self._word(node)
        return part

    def _wrapped(self, node: syntax.GroupNode) -> _Part | None:
        part = self.read(node[0]) if len(node) else None
        if part is None or isinstance(node, grammar.MustGroup):
            return part
        return _Part(Not(part.node), f"not {_nested(part, 'not')}")

    def _operator(self, node: syntax.GroupNode) -> _Part | None:
        parts = [part for child in node if (part := self.read(child))]
        if isinstance(node, syntax.AndGroup):
            return _all(parts)
        if len(parts) < 2:
            return parts[0] if parts else None
        return _Part(Or(tuple(part.node for part in parts)), _listed(parts, "or"), "or")

    def _range(self, node: syntax.RangeNode) -> _Part | None:
        start, end = (node.start or "").strip(), (node.end or "").strip()
        first, last = period(start), period(end)
        is_date = node.fieldname and FIELDS[node.fieldname].kind is Kind.DATE
        if not is_date or bool(start) != bool(first) or bool(end) != bool(last):
            text = f"{start} TO {end}"
            if is_date:
                self._no_date(text)
            return self._plain(text, DEFAULT_FIELDS)
        dates = Dates(node.fieldname, first.first if first else None, last.last if last else None)
        ends = [f"from {start}" if start else "", f"to {end}" if end else ""]
        return _Part(dates, _scoped(node, " ".join(filter(None, ends)) or "any"))

    def _marked_word(self, node: syntax.TextNode) -> _Part | None:
        if node.fieldname and FIELDS[node.fieldname].kind is Kind.DATE:
            return self._date(node)
        fields = _fields(node)
        found = words(node.text)
        if isinstance(node, grammar.Phrase):
            return self._phrase(node, fields)
        if len(found) != 1:
            return self._word(node)
        word = found[0]
        if isinstance(node, grammar.Fuzzy):
            edits = min(node.maxdist, MAX_EDITS)
            return _Part(Fuzzy(stem(word), edits, fields), _scoped(node, f"{word} or a word like it"), "or")
        if len(word) < MIN_PREFIX:
            self.notes.append(f"{word}* is too short to complete; it was read as the word {word}.")
            return self._word(node)
        return _Part(Prefix(word.lower(), stem(word), fields), _scoped(node, f"words that begin with {word}"))

    def _phrase(self, node: syntax.TextNode, fields: tuple[str, ...]) -> _Part | None:
        # whoosh counts a phrase's slop as the distance between neighbours, so that 1 is the exact phrase.
        slop = min(node.slop - 1, MAX_PHRASE_SLOP)
        found = leaf(node.text, fields, slop)
        if found is None:
            return None
        near = f", within {slop + 1} words of each other" if slop else ""
        return _Part(found, _scoped(node, f"“{node.text.strip()}”{near}"))

    def _word(self, node: syntax.TextNode) -> _Part | None:
        if not node.fieldname:
            return self._plain(node.text, DEFAULT_FIELDS)
        if FIELDS[node.fieldname].kind is Kind.DATE:
            return self._date(node)
        found = leaf(node.text, _fields(node))
        return _Part(found, _scoped(node, node.text)) if found else None

    def _date(self, node: syntax.TextNode) -> _Part | None:
        when = period(node.text)
        if when is None:
            self._no_date(node.text)
            return self._plain(node.text, DEFAULT_FIELDS)
        return _Part(Dates(node.fieldname, when.first, when.last), _scoped(node, node.text))

    def _no_date(self, text: str) -> None:
        self.notes.append(f"{text} is no date, such as 2016 or 2016-05-31; it was read as words.")

    def _plain(self, text: str, fields: tuple[str, ...]) -> _Part | None:
        if self.expand and (found := expand(text.strip())):
            self.expansions.append(found[1])
            return _Part(found[0], text)
        node = leaf(text, fields)
        return _Part(node, text.strip()) if node else None

    def _side_by_side(self, nodes: Sequence[syntax.SyntaxNode]) -> _Part | None:
        must = any(isinstance(node, grammar.MustGroup) for node in nodes)
        conditions = [part for node in nodes if not _is_plain(node) and (part := self.read(node))]
        items = [node.text if type(node) is syntax.WordNode else node for node in nodes if _is_plain(node)]
        plain = self._plain_words(items)
        if not plain:
            return _all(conditions)
        if not must:
            return _all([*conditions, _most(plain)])
        required = _all(conditions)
        optional = Or(tuple(part.node for part in plain))
        if required is None:
            return _most(plain)
        says = f"{required.says}; better with {_listed(plain, 'or')}"
        return _Part(AndMaybe(required.node, optional), says, "better")

    def _plain_words(self, items: list[str | syntax.SyntaxNode]) -> list[_Part]:
        kept = self._without_common_words(self._with_names_joined(items))
        parts = [
            self._plain(item, DEFAULT_FIELDS) if isinstance(item, str) else self.read(item) for item in kept
        ]
        return list({part.node: part for part in parts if part}.values())

    def _with_names_joined(self, items: list[str | syntax.SyntaxNode]) -> list[str | syntax.SyntaxNode]:
        joined: list[str | syntax.SyntaxNode] = []
        at = 0
        while at < len(items):
            length = self._name_length(items, at)
            joined.append(items[at] if length == 1 else " ".join(map(str, items[at : at + length])))
            at += length
        return joined

    def _name_length(self, items: list[str | syntax.SyntaxNode], at: int) -> int:
        """How many of the words from `at` on make a drug's name together; else 1."""
        for length in range(LONGEST_NAME if self.expand else 1, 1, -1):
            words_here = items[at : at + length]
            typed = all(isinstance(word, str) for word in words_here)
            if typed and len(words_here) == length and expand(" ".join(map(str, words_here))):
                return length
        return 1

    def _without_common_words(self, items: list[str | syntax.SyntaxNode]) -> list[str | syntax.SyntaxNode]:
        items = [item for item in items if not isinstance(item, str) or tokens(item)]
        common = [item for item in items if isinstance(item, str) and item.lower() in STOPWORDS]
        if not common or len(common) == len(items):
            kept = items
        else:
            self.notes.append(f"Common words were left out: {', '.join(dict.fromkeys(common))}.")
            kept = [item for item in items if item not in common]
        if len(kept) > MAX_WORDS:
            self.notes.append(f"Only the first {MAX_WORDS} words were searched.")
        return kept[:MAX_WORDS]


def read(typed: str, expand_names: bool = True) -> Reading:
    """Read what was typed; never raises. With `expand_names` False no other names are added."""
    text = composed(typed.replace("\0", " "))
    reader = _Reader(expand_names)
    if len(text) > grammar.MAX_CHARACTERS:
        reader.notes.append(f"Only the first {grammar.MAX_CHARACTERS:,} characters were read.")
    part = reader.read(grammar.parse(text))
    if part is None:
        if text.strip(" *"):
            reader.notes.append("There is no word in this to search for, so all decisions are shown.")
        return Reading(typed, Everything(), notes=tuple(reader.notes))
    expansions, notes = dict.fromkeys(reader.expansions), dict.fromkeys(reader.notes)
    return Reading(typed, part.node, part.says, tuple(expansions), tuple(notes))


def _fields(node: syntax.TextNode) -> tuple[str, ...]:
    return (node.fieldname,) if node.fieldname else DEFAULT_FIELDS


def _scoped(node: syntax.TextNode, says: str) -> str:
    return f"{FIELDS[node.fieldname].label.lower()}: {says}" if node.fieldname else says


def _is_plain(node: syntax.SyntaxNode) -> bool:
    """Whether a node counts among the plain words of its group."""
    kinds = (syntax.WordNode, grammar.Prefix, grammar.Fuzzy)
    return isinstance(node, kinds) and not node.fieldname


def _most(parts: Sequence[_Part]) -> _Part:
    nodes = tuple(part.node for part in parts)
    if len(nodes) == 1:
        return parts[0]
    if len(nodes) == 2:
        return _Part(And(nodes), _listed(parts, "and"), "and")
    minimum = len(nodes) // 2 + 1
    return _Part(Or(nodes, minimum), f"at least {minimum} of {_listed(parts, '')}", "of")


def _all(parts: Iterable[_Part | None]) -> _Part | None:
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return kept[0] if kept else None
    return _Part(And(tuple(part.node for part in kept)), _listed(kept, "and"), "and")


def _listed(parts: Sequence[_Part], word: str) -> str:
    return (f" {word} " if word else ", ").join(_nested(part, word) for part in parts)


def _nested(part: _Part, word: str) -> str:
    """What a part says inside of something joined by `word`."""
    return f"({part.says})" if part.joined not in ("", word) else part.says
