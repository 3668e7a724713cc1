"""Citations of a case or of one of its decisions: as plain text, in legal style, for BibTeX and as RIS.

Pure text: nothing here knows of requests or pages. The legal style follows the Bluebook's rule for decisions
of agencies (14.3) loosely: the state gives these determinations no reporter and no official form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import quote

from search_app.model import Determination

AGENCY = "California Division of Workers' Compensation, Independent Medical Review"
FICTIONAL = "Fictional letter, not a real determination"

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """What a citation tells; `number` and `item` are None and "" for a whole case, `url` is absolute."""

    case_id: str
    number: int | None
    item: str
    outcome: str
    decided: date | None
    fictional: bool
    url: str

    @classmethod
    def of(cls, case: Determination, url: str, number: int | None = None) -> Citable:
        """What is cited of a case, or of its decision `number`, counted from 1."""
        decision = None if number is None else case.decisions[number - 1]
        return cls(
            case_id=_one_line(case.id),
            number=number,
            item=_one_line(decision.disputed) if decision else "",
            outcome=decision.outcome if decision else case.outcome,
            decided=case.decision_date,
            fictional=case.fictional,
            url=quote(url, safe=":/?#[]@!$&'()*+,;=%~"),
        )

    @property
    def file_stem(self) -> str:
        """A name that any file system and any header takes, and a BibTeX key: letters, digits and hyphens."""
        words = re.findall(r"[A-Za-z0-9]+", self.case_id)
        item = () if self.number is None else ("item", str(self.number))
        return "-".join(("imr", *words, *item))[:100]

    @property
    def title(self) -> str:
        """The case by its number, and the item."""
        item = "" if self.number is None else f", item {self.number}: {self.item}"
        return f"Case {self.case_id}{item}"


def plain(cited: Citable) -> str:
    """The citation as one line of plain words."""
    decided = f", {_day(cited.decided)}" if cited.decided else ", date not stated"
    return f"{_warning(cited)}{AGENCY}, {cited.title}. {cited.outcome}{decided}. {cited.url}"


def bluebook(cited: Citable) -> str:
    """The citation in the manner of the Bluebook."""
    item = "" if cited.number is None else f", Item {cited.number} ({cited.item})"
    decided = _day(cited.decided) if cited.decided else "n.d."
    return (
        f"{_warning(cited)}Case No. {cited.case_id}{item} (Cal. Div. of Workers' Comp., Indep. Med. Rev. "
        f"{decided}) ({cited.outcome.lower()}), {cited.url}"
    )


def bibtex(cited: Citable) -> str:
    """The citation as a BibTeX entry; letters without a LaTeX form stay as UTF-8."""
    values = {
        "title": "{" + latex(_warning(cited) + cited.title) + "}",
        "author": "{" + latex(AGENCY) + "}",
        "year": f"{cited.decided.year:04}" if cited.decided else "n.d.",
        "month": cited.decided.strftime("%m") if cited.decided else "",
        "number": latex(cited.case_id),
        "note": latex(_note(cited)),
        "url": cited.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    return "\n".join((f"@misc{{{cited.file_stem},", *lines, "}", ""))


def ris(cited: Citable) -> str:
    """The citation in the RIS format: a tag and a value a line, of type CASE; lines end in CR LF."""
    values = [
        ("TY", "CASE"),
        ("TI", _warning(cited) + cited.title),
        ("PB", AGENCY),
        ("PY", f"{cited.decided.year:04}" if cited.decided else ""),
        ("DA", f"{cited.decided:%Y/%m/%d}" if cited.decided else ""),
        ("M1", cited.case_id),
        ("N1", _note(cited)),
        ("UR", cited.url),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in values if value]
    return "\r\n".join((*lines, "ER  - ", ""))


_LATEX = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts escaped braces too, so a lone one must not stand in an entry at all.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "%&_#$"},
        "\N{EN DASH}": "--",
        "\N{EM DASH}": "---",
        "\N{LEFT SINGLE QUOTATION MARK}": "`",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": "``",
        "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
        "\N{SECTION SIGN}": r"\S{}",
    }
)

_ACCENTS = MappingProxyType(
    {
        "\N{COMBINING GRAVE ACCENT}": "`",
        "\N{COMBINING ACUTE ACCENT}": "'",
        "\N{COMBINING CIRCUMFLEX ACCENT}": "^",
        "\N{COMBINING TILDE}": "~",
        "\N{COMBINING DIAERESIS}": '"',
    }
)


def latex(text: str) -> str:
    r"""A text for a BibTeX value, on one line: braces balanced, signs escaped, ``é`` as ``{\'e}``."""
    return "".join(map(_latex_sign, _one_line(text)))


def _latex_sign(sign: str) -> str:
    if sign in _LATEX:
        return _LATEX[sign]
    base, *marks = tuple(unicodedata.normalize("NFD", sign))
    if len(marks) == 1 and marks[0] in _ACCENTS and base.isascii() and base.isalpha():
        return f"{{\\{_ACCENTS[marks[0]]}{base}}}"
    return sign


def _warning(cited: Citable) -> str:
    return f"[{FICTIONAL}] " if cited.fictional else ""


def _note(cited: Citable) -> str:
    return f"{cited.outcome}. {FICTIONAL}." if cited.fictional else f"{cited.outcome}."


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _one_line(text: str) -> str:
    """A text without line breaks and other control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
