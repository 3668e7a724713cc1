"""Cuts the decisions section into its items: heading with outcome, two guideline paragraphs, rationale.

An item's heading ends in ": Upheld" or ": Overturned" at a line's end and is followed by the first label.
Where it begins has to be told from the line breaks, as nothing else parts it from the rationale above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search_app.errors import NotADetermination
from search_app.letters.cleaning import one_line
from search_app.letters.layouts.parts import Item
from search_app.model import OVERTURNED, UPHELD

_LABELS = {
    "claims_admin": r"Claims\s+Administrator\s+guidelines?\s*:",
    "reviewer": r"MAXIMUS\s+guidelines?\s*:",
    "rationale": r"Decision\s+rationale\s*:",
}
_ORDER = tuple(_LABELS)

# Both begin with a set of letters, written in both cases, as a search skips to those: ignoring the case of
# the first letter makes it some 3 times as slow.
_LABEL = re.compile(
    r"[CDMcdm](?<!\S.)(?i:"  # at the text's beginning or after white space
    + "|".join(f"(?P<{name}>(?<={label[0]}){label[1:]})" for name, label in _LABELS.items())
    + ")"
)
_OUTCOME = re.compile(
    rf"""[:iI](?i: (?:(?<=:)|(?<=\bi)s\b)\s*    # a colon or the word "is"
    (?P<outcome>{UPHELD}|{OVERTURNED})
    [ .]*
    (?=\s*(?:{"|".join(_LABELS.values())})))   # what follows a heading, and nothing in a rationale
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]]*$|medically\s+necessary$", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"\b(?:p\.r\.n|[bt]\.i\.d|q\.i\.d|q\.d|q\.h\.s|p\.o|Dr|vs|approx)\.$", re.IGNORECASE
)
_ORIGINAL_REQUEST = re.compile(
    r"\bwas\s+the\s+original(?:ly)?\s+request|\boriginally\s+requested|\boriginal\s+request\s+was\b", re.I
)
_CONTINUES = re.compile(r"\boriginal\s+request\b|\bremaining\b.*\bportion\b|\bIMR[-\s]+eligible", re.I | re.S)

_FULL = 0.9
"""Place of a full line among all by length; a few longer ones come of joining."""

_SHORT = 0.6
"""Share of a full line below which a line was not filled."""

MAX_HEADING_LINES = 15
"""Lines of the longest headings, which list a compound's ingredients or tell what was authorized."""


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    text: str
    outcome: str


def cut_items(section: str) -> tuple[Item, ...]:
    """The items in order.

    Raises NotADetermination if there are none, if the labels speak of more items than have outcomes, or if
    the end of a rationale can't be told.
    """
    section = _apart(section)
    labels = list(_LABEL.finditer(section))
    headings = list(_headings(section, [label.end() for label in labels]))
    groups = _groups(str(label.lastgroup) for label in labels if _begins_line(section, label))
    if not headings:
        raise NotADetermination(
            "No decision was found: there is no heading that ends in Upheld or Overturned.",
            "If the file is a determination, please report its layout.",
        )
    if groups > len(headings):
        raise NotADetermination(
            f"There are {groups} items by their labels but only {len(headings)} outcomes that can be read.",
            "A heading may have lost its outcome when the file was converted.",
        )
    ends = [heading.start for heading in headings[1:]] + [len(section)]
    return tuple(
        _item(number, heading, section[heading.end : end])
        for number, (heading, end) in enumerate(zip(headings, ends, strict=True), 1)
    )


def _apart(section: str) -> str:
    """The section with each label apart from the outcome before it, where a converter has joined them."""
    return _OUTCOME.sub(lambda found: found[0] + "\n" * (not section[found.end()].isspace()), section)


def _groups(labels: Iterable[str]) -> int:
    """The number of items that labels belong to: where their order begins anew, so does an item.

    A party's paragraph may be printed in two parts, and a rationale may quote a label.
    """
    places = [_ORDER.index(label) for label in labels]
    return bool(places) + sum(after < before for before, after in pairwise(places))


def _begins_line(section: str, label: re.Match[str]) -> bool:
    return not section[section.rfind("\n", 0, label.start()) + 1 : label.start()].strip()


def _headings(section: str, label_ends: Sequence[int]) -> Iterator[_Heading]:
    lengths = sorted(len(line) for line in section.split("\n") if line)
    width = lengths[int(_FULL * len(lengths))] if lengths else 0
    above = 0
    for found in _OUTCOME.finditer(section):
        before = bisect_right(label_ends, found.start())
        floor = label_ends[before - 1] if before else 0
        # With nothing above it, all is heading.
        start = _heading_start(section, floor, found.start(), width) if floor > above else above
        text = one_line(section[start : found.start()])
        yield _Heading(start, found.end(), text, found["outcome"].capitalize())
        above = found.end()


def _heading_start(section: str, floor: int, end: int, width: int) -> int:
    """Where the heading that ends at `end` begins: after the last line that ends something else.

    It begins after `floor`, where the rationale above begins; `width` is that of a full line.
    """
    start = end
    for _ in range(MAX_HEADING_LINES):
        line_start = section.rfind("\n", floor, start) + 1 or floor
        start = line_start
        above = section[floor:line_start]
        ends = _ends_paragraph(above) or _falls_short(above, section[line_start:end], width)
        if line_start <= floor or (ends and not _unfinished(section[start:end])):
            break
        start -= len(above) - len(above.rstrip("\n"))
    return start


def _ends_paragraph(above: str) -> bool:
    """Whether the text above a line ends a paragraph: by a blank line or a sentence's end."""
    last = above.rstrip("\n").rsplit("\n", 1)[-1]
    if last.endswith((",", ":")) or _ABBREVIATION.search(last):
        return False
    return not last or above.endswith("\n\n") or bool(_SENTENCE_END.search(last))


def _falls_short(above: str, below: str, width: int) -> bool:
    """Whether the line above was ended though the next word would have had room: a paragraph's end."""
    last = above.rstrip("\n").rsplit("\n", 1)[-1]
    word = below.lstrip().split(maxsplit=1)[:1]
    starts_anew = bool(word) and not word[0][0].islower()
    return starts_anew and not last.endswith(",") and len(last) + 1 + len(word[0]) < _SHORT * width


def _unfinished(heading: str) -> bool:
    """Whether a heading speaks of an original request that stands further above."""
    return bool(_CONTINUES.search(heading)) and not _ORIGINAL_REQUEST.search(heading)


def _until_rationale(labels: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The labels up to that of the rationale; what follows it is all rationale, whatever words it uses."""
    for label in labels:
        yield label
        if label.lastgroup == "rationale":
            return


def _item(number: int, heading: _Heading, body: str) -> Item:
    labels = list(_until_rationale(_LABEL.finditer(body)))
    ends = [label.start() for label in labels[1:]] + [len(body)]
    parts: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=True):
        name = str(label.lastgroup)
        parts[name] = f"{parts.get(name, '')} {one_line(body[label.end() : end])}".strip()
    if parts.get("rationale") == "":
        raise NotADetermination(
            f"Where the rationale of item {number} ends and the next heading begins can't be told.",
            "A line may have been lost when the file was converted.",
        )
    return Item(
        heading.text,
        heading.outcome,
        parts.get("claims_admin"),
        parts.get("reviewer"),
        parts.get("rationale", ""),
    )
