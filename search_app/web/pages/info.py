"""The pages about the site itself: status, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.engines.base import EngineStats
from search_app.ingest.manifest import Quarantined
from search_app.web.pages.parts import SearchForm

QUARANTINE_SHOWN = 500
"""Files that the status page lists: more than anyone reads, few enough to load at once."""


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
