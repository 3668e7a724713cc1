"""Guideline codes of the scenario data, and the documents that they stand for on a given day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal
from zlib import crc32

from bench.corpus_writer.datafiles import prose

Kind = Literal["mtus", "odg", "acoem", "other", "none"]

_HINT = "write mtus:chapter[/Section], odg:Chapter[/Topic], acoem:Title, other:source or none"


@dataclass(frozen=True, slots=True)
class Reference:
    """A document (chapter or source) and the topic cited in it; both may be empty."""

    kind: Kind
    chapter: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A chapter of the MTUS as in force on a day: title and year as printed, label, default section."""

    title: str
    year: int
    label: str
    section: str


@cache
def tables() -> dict[str, Any]:
    """Return the data file of guideline documents."""
    return prose("guidelines.toml")


def parse_code(code: str) -> Reference:
    """Read a guideline code; raises ValueError saying what codes look like."""
    if code == "none":
        return Reference("none")
    kind, _, rest = code.partition(":")
    rest = rest.strip()
    if not rest or kind not in ("mtus", "odg", "acoem", "other"):
        raise ValueError(f"guideline code {code!r} is not understood: {_HINT}")
    if kind in ("acoem", "other"):
        return Reference("acoem" if kind == "acoem" else "other", rest)
    chapter, _, topic = (part.strip() for part in rest.partition("/"))
    if kind == "mtus" and chapter != "part" and chapter not in tables()["mtus"]:
        known = ", ".join(sorted(tables()["mtus"]))
        raise ValueError(f"guideline code {code!r} names no MTUS chapter: use one of {known}, part")
    topic = str(tables()["printed_topics"].get(topic, topic))
    return Reference("mtus" if kind == "mtus" else "odg", chapter, topic)


@cache
def edition(chapter: str, decided: date) -> Edition:
    """Return the edition of an MTUS chapter in force on the day of the decision."""
    for row in reversed(tables()["mtus"][chapter]["editions"]):
        if row["from"] <= decided:
            return Edition(
                row["title"], row["year"], f"MTUS: {row.get('label', row['title'])}", row.get("section", "")
            )
    raise ValueError(f"guidelines.toml has no edition of {chapter} on {decided}: add one that starts earlier")


def section_name(topic: str, decided: date) -> str:
    """Return a section's name in the terms of the day: the 2004 chapters and their successors differ."""
    if decided < tables()["first_adopted_acoem"]:
        return topic
    return str(tables()["adopted_sections"].get(topic, topic))


def pages(chapter: str, topic: str) -> str:
    """Return the page or pages printed for a topic in the older style: known ones, else a fixed one."""
    known = tables()["topic_pages"].get(topic.lower())
    if known and chapter in ("chronic-pain", "opioids"):
        return str(known)
    first, last = tables()["mtus"][chapter]["pages"]
    return str(first + crc32(topic.encode()) % (last - first + 1))
