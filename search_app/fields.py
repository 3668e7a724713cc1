"""The field table: what of a decision can be searched, chosen as a facet, and sorted by.

Engine schemas, URL parameters, the order of facets, the command line and the API derive from `FIELDS`;
it is checked when the module is loaded. A new field is a new row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from search_app.model import Decision, Determination

NOT_STATED = "not stated"
"""The facet value of decisions that have none, so that a facet's counts cover every decision."""

PATH_SEPARATOR = " > "
"""Joins a category and its subcategory into one facet value."""

WHOLE_REQUEST = "all of it"
REMAINDER = "what was not authorized"
"""The values of the facet `portion`."""

Values = Callable[[Determination, Decision], tuple[str, ...]]


class Kind(Enum):
    """How a field is held: analysed text, or a date."""

    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the field table.

    `text` gives the strings to analyse for searching, `facet` the exact values to count and choose;
    a field can have both, either, or (a date) neither. `weight` is the field's share in ranking plain
    words; None keeps it out of a plain search, so that only `name:word` reaches it. In fields with
    `concepts`, what was typed is also found under other wordings. A facet that is `whole` lists all of its
    values, however many there are.
    """

    name: str
    label: str
    help: str
    kind: Kind = Kind.TEXT
    text: Values | None = None
    facet: Values | None = None
    weight: float | None = None
    concepts: bool = False
    whole: bool = False
    missing: str = NOT_STATED


def _some(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _guideline_texts(determination: Determination, decision: Decision) -> tuple[str, ...]:
    return _some(*(decision.reviewer_guidelines or ()), decision.reviewer_guidelines_text)


def _sections(determination: Determination, decision: Decision) -> tuple[str, ...]:
    """What the reviewer cited within each guideline: a schedule's sections, an ODG chapter."""
    return tuple(
        citation.label + PATH_SEPARATOR + place.replace(PATH_SEPARATOR, " / ")
        for citation in decision.reviewer_citations or ()
        for place in (citation.sections or _some(citation.chapter if citation.label == "ODG" else None))
    )


def _agreement(determination: Determination, decision: Decision) -> tuple[str, ...]:
    if decision.same_guideline is None:
        return ()
    return ("same guideline" if decision.same_guideline else "different guidelines",)


def _portion(determination: Determination, decision: Decision) -> tuple[str, ...]:
    return (REMAINDER if decision.authorized or decision.original_request else WHOLE_REQUEST,)


def _subcategory(determination: Determination, decision: Decision) -> tuple[str, ...]:
    if not decision.category or not decision.subcategory:
        return ()
    return (decision.category + PATH_SEPARATOR + decision.subcategory,)


def _year(determination: Determination, decision: Decision) -> tuple[str, ...]:
    return (str(determination.decision_date.year),) if determination.decision_date else ()


def _month(determination: Determination, decision: Decision) -> tuple[str, ...]:
    return (determination.decision_date.isoformat()[:7],) if determination.decision_date else ()


# Weights: the ingredient counts most, then what is disputed, the reasoning, the citation, and last the
# case summary, which speaks of everything that ever happened to the worker. They are plain round numbers
# in that order of importance; docs/relevance.md has what other numbers give.
_ROWS = (
    Field(
        name="outcome",
        label="Outcome",
        help="Upheld: the denial stands. Overturned: the treatment is approved.",
        text=lambda _, decision: (decision.outcome,),
        facet=lambda _, decision: (decision.outcome,),
    ),
    Field(
        name="drug",
        label="Drug",
        help="Generic ingredients of the disputed medication.",
        text=lambda _, decision: decision.drugs,
        facet=lambda _, decision: decision.drugs,
        weight=3.0,
        missing="no medication",
    ),
    Field(
        name="drug_class",
        label="Drug class",
        help="The state's pharmaceutical subcategory, such as Opioids or NSAID.",
        facet=lambda _, decision: _some(decision.drug_class),
        missing="no medication",
    ),
    Field(
        name="body_part",
        label="Body part",
        help="Parts of the body that the disputed item names.",
        text=lambda _, decision: decision.body_parts,
        facet=lambda _, decision: decision.body_parts,
        missing="none named",
    ),
    Field(
        name="category",
        label="Treatment category",
        help="The state's own (DWC) category of the request.",
        text=lambda _, decision: _some(decision.category, decision.subcategory),
        facet=lambda _, decision: _some(decision.category),
    ),
    Field(
        name="subcategory",
        label="Treatment subcategory",
        help="The state's subcategory within the category.",
        facet=_subcategory,
    ),
    Field(
        name="guideline",
        label="Reviewer's guideline",
        help="What the reviewer relied on: MTUS chapters, ODG, ACOEM, or other sources.",
        text=_guideline_texts,
        facet=lambda _, decision: tuple(decision.reviewer_guidelines or ()),
        weight=0.6,
        concepts=True,
        missing="none cited",
    ),
    Field(
        name="section",
        label="Section of the guideline",
        help="The section of an MTUS chapter, or the chapter of the ODG, that the reviewer cited.",
        facet=_sections,
    ),
    Field(
        name="claims_guideline",
        label="Claims administrator's guideline",
        help="What the claims administrator relied on when the treatment was denied.",
        facet=lambda _, decision: tuple(decision.claims_admin_guidelines or ()),
        missing="none cited",
    ),
    Field(
        name="agreement",
        label="Parties' guidelines",
        help="Whether the reviewer and the claims administrator relied on a same guideline.",
        facet=_agreement,
        missing="one or both cited none",
    ),
    Field(
        name="portion",
        label="Part of the request",
        help="Whether all that was requested was in dispute, or what was left when a part was authorized.",
        facet=_portion,
    ),
    Field(
        name="specialty",
        label="Reviewer's specialty",
        help="Board certifications of the expert reviewer.",
        text=lambda determination, _: determination.reviewer.boards,
        facet=lambda determination, _: determination.reviewer.boards,
    ),
    Field(
        name="year",
        label="Decision year",
        help="The year of the final determination.",
        facet=_year,
        whole=True,
    ),
    Field(
        name="month",
        label="Decision month",
        help="The month of the final determination, such as 2016-05.",
        facet=_month,
        whole=True,
    ),
    Field(
        name="licensure",
        label="Licensure state",
        help="States in which the reviewer is licensed.",
        facet=lambda determination, _: determination.reviewer.licensure,
    ),
    Field(
        name="request",
        label="Request",
        help="The heading of the disputed item.",
        text=lambda _, decision: (decision.request,),
        weight=2.0,
        concepts=True,
    ),
    Field(
        name="rationale",
        label="Rationale",
        help="The reviewer's reasoning.",
        text=lambda _, decision: (decision.rationale,),
        weight=1.0,
        concepts=True,
    ),
    Field(
        name="summary",
        label="Case summary",
        help="The clinical history, the same for every item of a case.",
        text=lambda determination, _: _some(determination.summary),
        weight=0.3,
        concepts=True,
    ),
    Field(
        name="case",
        label="Case number",
        help="The printed case number.",
        text=lambda determination, _: (determination.id,),
    ),
    Field(
        name="decided",
        label="Decision date",
        help="decided:2016, decided:2016-05, decided:[2015-06 TO 2016]",
        kind=Kind.DATE,
    ),
)


def _checked(rows: tuple[Field, ...]) -> Mapping[str, Field]:
    table = {row.name: row for row in rows}
    if len(table) != len(rows):
        raise ValueError("fields.py: two rows have the same name")
    for row in rows:
        if not row.name.isidentifier() or not row.help or (row.weight is not None and row.text is None):
            raise ValueError(
                f"fields.py: row {row.name!r} lacks an identifier, a help line, or text to weigh"
            )
    return MappingProxyType(table)


FIELDS: Mapping[str, Field] = _checked(_ROWS)
FACETS: tuple[str, ...] = tuple(row.name for row in _ROWS if row.facet)
TEXT_FIELDS: tuple[str, ...] = tuple(row.name for row in _ROWS if row.text)
DEFAULT_FIELDS: tuple[str, ...] = tuple(row.name for row in _ROWS if row.weight is not None)
CONCEPT_FIELDS: tuple[str, ...] = tuple(row.name for row in _ROWS if row.concepts)
DATE_FIELDS: tuple[str, ...] = tuple(row.name for row in _ROWS if row.kind is Kind.DATE)


def facet_values(name: str, determination: Determination, decision: Decision) -> tuple[str, ...]:
    """The values that a decision counts under in facet `name`: never empty, no duplicates."""
    get = FIELDS[name].facet
    if get is None:
        raise ValueError(f"{name} is no facet; facets are {', '.join(FACETS)}")
    return tuple(dict.fromkeys(get(determination, decision))) or (NOT_STATED,)


def texts(name: str, determination: Determination, decision: Decision) -> tuple[str, ...]:
    """The strings of a decision that searching field `name` looks at."""
    get = FIELDS[name].text
    if get is None:
        raise ValueError(f"{name} holds no text; text fields are {', '.join(TEXT_FIELDS)}")
    return get(determination, decision)
