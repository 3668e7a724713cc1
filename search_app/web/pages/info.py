"""The pages about the site itself: help, status, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_plus

from search_app.engines.base import EngineStats
from search_app.fields import FIELDS, Kind
from search_app.ingest.manifest import Quarantined
from search_app.model import OVERTURNED
from search_app.query.parameters import EXPAND, FOLD, LIMIT, NEAR, PAGE, QUERY, SORT, TWINS
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Sort
from search_app.web.pages.examples import Example, examples
from search_app.web.pages.parts import Link, SearchForm
from search_app.web.state import State
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One field: its name in a query, and what can be done with it."""

    name: str
    label: str
    help: str
    in_query: bool
    in_plain_search: bool
    as_filter: bool


@dataclass(frozen=True, slots=True)
class ParameterHelp:
    """One parameter of the API."""

    name: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """Everything the help page shows."""

    title: str
    form: SearchForm
    examples: tuple[Example, ...]
    fields: tuple[FieldHelp, ...]
    parameters: tuple[ParameterHelp, ...]
    api_example: Link
    api_case: str


def help_page(form: SearchForm, urls: Urls) -> HelpPage:
    """The help page, made from the field table."""
    api_example = urls.api_search(State(query="xanax").toggled("outcome", OVERTURNED))
    return HelpPage(
        title="Help",
        form=form,
        examples=examples(urls),
        fields=tuple(
            FieldHelp(
                name=row.name,
                label=row.label,
                help=row.help,
                in_query=row.text is not None or row.kind is Kind.DATE,
                in_plain_search=row.weight is not None,
                as_filter=row.facet is not None,
            )
            for row in FIELDS.values()
        ),
        parameters=_PARAMETERS,
        api_example=Link(unquote_plus(api_example), api_example),
        api_case=unquote_plus(urls.api_case("<case number>")),
    )


QUARANTINE_SHOWN = 500
"""Files that the status page lists: more than anyone reads, few enough to load at once."""

_PARAMETERS = (
    ParameterHelp(QUERY, "The query, in the language above."),
    ParameterHelp("outcome, drug, ...", "Any field that is a filter, as often as there are values to tick."),
    ParameterHelp(SORT, f"One of: {', '.join(sort.value for sort in Sort)}."),
    ParameterHelp(PAGE, f"Page of the list, from 1; lists can be paged to result {MAX_OFFSET:,}."),
    ParameterHelp(LIMIT, f"Results on a page, from 1 to {MAX_LIMIT}."),
    ParameterHelp(EXPAND, "0 takes words as they stand: nothing is added, mended or left out."),
    ParameterHelp(NEAR, "0 finds nothing beside what has all that is asked for, however little that is."),
    ParameterHelp(FOLD, "1 folds near-twins into one result, 0 shows them apart (so it is here without it)."),
    ParameterHelp(TWINS, "The id of a decision, such as CM16-0213037/1: only its near-twins."),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the status page."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """Everything the status page shows."""

    title: str
    form: SearchForm
    facts: tuple[Fact, ...]
    quarantined: tuple[Quarantined, ...]
    left_out: str


def status_page(stats: EngineStats, quarantined: Sequence[Quarantined], form: SearchForm) -> StatusPage:
    """The status page from what the engine and the manifest tell."""
    facts = (
        Fact("Determinations", f"{stats.determinations:,}"),
        Fact("Decisions", f"{stats.decisions:,}"),
        Fact("Files that could not be taken in", f"{len(quarantined):,}"),
        Fact("Search engine", stats.engine),
        Fact("Layout version", str(stats.schema_version)),
        Fact("Size", f"{stats.size / 1_000_000:,.1f} MB"),
        Fact("Last change", stats.built.replace("T", " ").replace("+00:00", " UTC")),
    )
    more = len(quarantined) - QUARANTINE_SHOWN
    return StatusPage(
        title="Status",
        form=form,
        facts=facts,
        quarantined=tuple(quarantined[:QUARANTINE_SHOWN]),
        left_out=f"{more:,} more are listed by imr-search stats." if more > 0 else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """Everything an error page shows."""

    title: str
    form: SearchForm
    status: int
    message: str
    hint: str
    home: str
