"""Text with choices and slots, compiled once and rendered many times.

`[one|another]` picks one, `{name}` is filled in, `{{partial: ...}}` is kept for a partly authorized item.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.corpus_writer.dice import Dice

_TOKEN = re.compile(r"\{\{partial:\s*|\}\}|\{[A-Za-z_][A-Za-z0-9_]*\}|[\[\]|{}]")
_SENTENCE_END = (". ", "? ")
_NOT_AN_END = ("e.g. ", "i.e. ", "vs. ", "No. ", "Dr. ", "approx. ", "St. ", "etc. ")
# Stands before a fragment while it is written, so that it does not look like the start of a sentence.
_INSIDE = ", "
_SPACES = re.compile(r" {2,}")
_MAYBE_ARTICLE = ("a ", "an ", "A ", "An ")
_ARTICLE = re.compile(r"(?:^|(?<=[\s(]))([Aa])n? $")
_VOWEL_SOUND = re.compile(
    r"8|1[18](?!\d)|[aeioAEIO]|(?:[FHLMNRX](?=[A-Z-])|S(?=SRI|NRI|I\b))|hour|hono|u(?!ni|s[eu]|ti|ro|ri)"
)
_CONSONANT_SOUND = re.compile(r"on(?:e|ce)\b|eu|1[18]\d\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a named value."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of which one is written."""

    options: tuple["Nodes", ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """Text for partly authorized items only."""

    nodes: "Nodes"


Nodes = tuple["str | Slot | Choice | Partial", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A compiled text; two are equal only when they are the same object, which makes look-ups by it fast."""

    nodes: Nodes
    source: str

    def slots(self) -> Iterator[tuple[str, bool]]:
        """Yield each slot's name and whether it stands inside a partial part."""
        yield from _slots(self.nodes, False)

    def render(self, dice: Dice, values: Mapping[str, str], partial: bool = False) -> str:
        """Return the text with choices made and slots filled; a missing value is a KeyError."""
        out: list[str] = []
        _emit(self.nodes, out, (dice, values, partial))
        return _tidy("".join(out))

    def fragment(self, dice: Dice, values: Mapping[str, str], partial: bool = False) -> str:
        """Return the text as it stands inside a sentence: without a capital of its own at the start."""
        out = [_INSIDE]
        _emit(self.nodes, out, (dice, values, partial))
        return _tidy("".join(out[1:]))


def _tidy(text: str) -> str:
    text = text.strip()
    return _SPACES.sub(" ", text) if "  " in text else text


def compile_text(source: str) -> Template:
    """Compile a text; raises ValueError saying which bracket or brace has no partner."""
    text = " ".join(source.split())
    reader = _Reader(text)
    nodes = reader.sequence(closing="")
    return Template(nodes, text)


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [part for part in _split(text) if part]
        self._at = 0

    def sequence(self, closing: str) -> Nodes:
        """Read nodes up to the closing token, which is left in place."""
        nodes: list[str | Slot | Choice | Partial] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if closing and token in (closing, "|" if closing == "]" else closing):
                return tuple(nodes)
            self._at += 1
            nodes.append(self._node(token))
        if closing:
            raise ValueError(f"a part is not closed with '{closing}'")
        return tuple(nodes)

    def _node(self, token: str) -> "str | Slot | Choice | Partial":
        if token == "[":
            return self._choice()
        if token.startswith("{{partial:"):
            nodes = self.sequence("}}")
            self._at += 1
            return Partial(nodes)
        if token in ("]", "{", "}", "}}", "|"):
            near = "".join(self._tokens[max(0, self._at - 3) : self._at + 1])[-60:]
            raise ValueError(f"'{token}' has no partner near: ...{near}")
        if token[0] == "{":
            return Slot(token[1:-1])
        return token

    def _choice(self) -> Choice:
        options = [self.sequence("]")]
        while self._tokens[self._at] == "|":
            self._at += 1
            options.append(self.sequence("]"))
        self._at += 1
        return Choice(tuple(options))


def _split(text: str) -> Iterator[str]:
    start = 0
    for found in _TOKEN.finditer(text):
        yield text[start : found.start()]
        yield found.group()
        start = found.end()
    yield text[start:]


def _slots(nodes: Nodes, inside: bool) -> Iterator[tuple[str, bool]]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.name, inside
        elif isinstance(node, Partial):
            yield from _slots(node.nodes, True)
        elif isinstance(node, Choice):
            for option in node.options:
                yield from _slots(option, inside)


def _emit(nodes: Nodes, out: list[str], context: tuple[Dice, Mapping[str, str], bool]) -> None:
    for node in nodes:
        if isinstance(node, str):
            _put(node, out)
        elif isinstance(node, Slot):
            _put(context[1][node.name], out)
        elif isinstance(node, Choice):
            _emit(context[0].pick(node.options), out, context)
        elif context[2]:
            _emit(node.nodes, out, context)


def _put(text: str, out: list[str]) -> None:
    """Append text, with a capital at the start of a sentence and 'a' or 'an' before it as it sounds."""
    if text == " " and out:
        out[-1] += text
        return
    if not text:
        return
    last = out[-1] if out else ""
    if not last or (last.endswith(_SENTENCE_END) and not last.endswith(_NOT_AN_END)):
        text = text[0].upper() + text[1:]
    elif last.endswith(_MAYBE_ARTICLE):
        article = r"\1n " if vowel_sound(text) else r"\1 "
        out[-1] = _ARTICLE.sub(article, last)
    out.append(text)


def vowel_sound(text: str) -> bool:
    """Say whether a text starts with a vowel when read aloud ("8 visits" and "MRI" too)."""
    return bool(_VOWEL_SOUND.match(text)) and not _CONSONANT_SOUND.match(text)
