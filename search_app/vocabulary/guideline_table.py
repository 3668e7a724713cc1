"""What guidelines.toml and odg.toml say: the names of guideline documents, of their chapters and sections."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from search_app.vocabulary._files import read_toml
from search_app.vocabulary.words import PhraseTable, Word, cut

MTUS, ODG, ACOEM, OTHER = "MTUS", "ODG", "ACOEM", "Other"


class Source(NamedTuple):
    """What a name in free text tells: a label; a mark only adds to a source already named.

    An abbreviation counts in capitals only; a title is cited itself, not only its document named.
    """

    label: str
    mark: bool = False
    abbreviation: bool = False
    title: bool = False


class OdgName(NamedTuple):
    """A writing of an ODG chapter; a short one is the chapter's name only before a separator."""

    chapter: str
    short: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """Names of documents, chapters and sections, each by its words."""

    chapters: PhraseTable[str]
    numbers: dict[str, str]
    """The chapters of the ACOEM Practice Guidelines, 2nd edition: number to title."""
    numbers_by_title: dict[str, str]
    former: dict[str, tuple[int, str]]
    """Titles that meant another chapter before a year: title to that year and the other chapter."""
    parts: dict[str, tuple[str, ...]]
    """Titles that hold chapters with numbers of their own: title to their titles."""
    sources: PhraseTable[Source]
    sites: tuple[tuple[str, str], ...]
    """Parts of addresses, and the label of the source whose site they tell."""
    sections: PhraseTable[str]
    """Sections that hold commas."""
    odg: PhraseTable[OdgName]


def plain(text: str) -> list[Word]:
    """Return words without "and" or "&", so that "Ankle & Foot" is "Ankle and Foot"."""
    return [word for word in cut(text) if word.text != "and"]


def phrase(name: str) -> list[str]:
    """Return the words of a name as the tables hold them."""
    return [word.text for word in plain(name)]


def _fill(table: PhraseTable[str], tables: list[dict[str, Any]]) -> None:
    for chapter in tables:
        for name in chapter["names"]:
            if table.add(phrase(name), chapter["title"]) != chapter["title"]:
                raise ValueError(f"guidelines.toml: {name!r} is a name of two chapters")


def _sources(file: dict[str, Any]) -> PhraseTable[Source]:
    table: PhraseTable[Source] = PhraseTable()
    for key, source in (
        ("mtus", Source(MTUS)),
        ("mtus_titles", Source(MTUS, title=True)),
        ("odg", Source(ODG)),
        ("odg_marks", Source(ODG, mark=True)),
        ("acoem", Source(ACOEM)),
    ):
        for name in file[key]:
            table.add(phrase(name), source)
    for name in file["other"]:
        table.add(phrase(name), Source(OTHER, abbreviation=name.isupper()))
    return table


def _odg(tables: list[dict[str, Any]]) -> PhraseTable[OdgName]:
    table: PhraseTable[OdgName] = PhraseTable()
    for chapter in tables:
        for key in ("names", "short"):
            for name in chapter.get(key, ()):
                given = OdgName(chapter["title"], key == "short")
                if table.add(phrase(name), given) != given:
                    raise ValueError(f"odg.toml: {name!r} is a name of two chapters")
    return table


def build(file: dict[str, Any], odg: dict[str, Any]) -> Documents:
    """Make the look-up from the two data files; raises ValueError where two chapters claim a name."""
    chapters: PhraseTable[str] = PhraseTable()
    sections: PhraseTable[str] = PhraseTable()
    _fill(chapters, file["chapter"])
    for name in file["comma_sections"]:
        sections.add(phrase(name), name)
    numbers = {str(entry["number"]): entry["title"] for entry in file["chapter"] if "number" in entry}
    return Documents(
        chapters=chapters,
        numbers=numbers,
        numbers_by_title={title: number for number, title in numbers.items()},
        former={e["title"]: (e["since"], e["former"]) for e in file["chapter"] if "former" in e},
        parts={
            e["title"]: tuple(numbers[str(part)] for part in e["parts"])
            for e in file["chapter"]
            if "parts" in e
        },
        sources=_sources(file),
        sites=tuple((part, label) for label in (ODG, ACOEM) for part in file[f"{label.lower()}_sites"]),
        sections=sections,
        odg=_odg(odg["chapter"]),
    )


@cache
def documents() -> Documents:
    """Return the look-up of the shipped data files."""
    return build(read_toml("guidelines.toml"), read_toml("odg.toml"))


@cache
def all_labels() -> tuple[str, ...]:
    """Return every canonical label: those of the schedule and its chapters, and of other sources."""
    titles = dict.fromkeys(chapter["title"] for chapter in read_toml("guidelines.toml")["chapter"])
    return (MTUS, *(f"{MTUS}: {title}" for title in titles), ODG, ACOEM, OTHER)
