"""search, show: answers in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from search_app.cli.options import Command, counted, echo_json, setting, settings
from search_app.engines import open_engine
from search_app.engines.answering import Answer, answer
from search_app.engines.base import Hit
from search_app.engines.cases import find_case
from search_app.engines.results_json import answer_to_json
from search_app.errors import ParameterError
from search_app.fields import FACETS, FIELDS, NOT_STATED
from search_app.model import Decision, Determination
from search_app.query.highlight import Snippet
from search_app.query.parameters import EXPAND, LIMIT, QUERY, SORT, search_of
from search_app.query.request import MAX_LIMIT, Sort

SHOWN_VALUES = 5
"""Facet values listed below the results in a terminal."""


def _facet_options(command: Command) -> Command:
    for name in reversed(FACETS):
        flag = f"--{name.replace('_', '-')}"
        help_text = f"Only decisions with this {FIELDS[name].label.lower()}; repeat to allow several."
        command = click.option(flag, name, multiple=True, help=help_text)(command)
    return command


@click.command()
@click.argument("query", nargs=-1)
@_facet_options
@click.option("--sort", type=click.Choice([one.value for one in Sort]), help="Order of the results.")
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=10, show_default=True, help="Results.")
@click.option("--exact", is_flag=True, help="Take words as they stand: add, mend and leave out nothing.")
@click.option("--apart", is_flag=True, help="Show near-twins apart, not folded into one result.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@setting("index")
def search(
    *,
    query: tuple[str, ...],
    sort: str | None,
    limit: int,
    exact: bool,
    apart: bool,
    as_json: bool,
    index: Path,
    **facets: tuple[str, ...],
) -> None:
    """Search the decisions for QUERY (all of them without one)."""
    parameters = {QUERY: [" ".join(query)], LIMIT: [str(limit)], EXPAND: ["0" if exact else "1"], **facets}
    asked = search_of({**parameters, SORT: [sort]} if sort else parameters, folded=not (apart or as_json))
    if asked.problems:
        raise ParameterError(asked.problems)
    found = _with_engine(settings(index=index).index, lambda engine: answer(engine, asked))
    if as_json:
        echo_json(answer_to_json(found), indent=2)
    else:
        _print_answer(found)


@click.command()
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@setting("index")
def show(case: str, as_json: bool, index: Path) -> None:
    """Show the determination of CASE, such as CM16-0213037."""
    found = _with_engine(settings(index=index).index, lambda engine: find_case(engine, case))
    if as_json:
        echo_json(found.to_json(), indent=2)
    else:
        _print_case(found)


def _with_engine(index: Path, ask: Callable[[Any], Any]) -> Any:
    engine = open_engine(index)
    try:
        return ask(engine)
    finally:
        engine.close()


def _print_answer(found: Answer) -> None:
    page = found.page
    for line in _told(found):
        click.echo(line)
    click.echo(f"{counted(page.total, 'decision')} in {page.seconds * 1000:.0f} ms\n")
    for hit in page.hits:
        _print_hit(hit)
    for facet in page.facets if page.total else ():
        values = [value for value in facet.values[:SHOWN_VALUES] if value.value != NOT_STATED]
        listed = ", ".join(f"{value.value} {value.count:,}" for value in values)
        if listed:
            click.echo(f"{FIELDS[facet.field].label}: {listed}")


def _told(found: Answer) -> Iterator[str]:
    """How the query was read, and what was changed in it, a line each."""
    reading = found.reading
    for one in found.corrected:
        yield f"No decision has {one.typed}; {one.meant} was searched."
    if found.meant:
        yield f"Did you mean: {found.meant}"
    if reading.says:
        yield f"Searched for: {reading.says}"
    for expansion in reading.expansions:
        yield f"Also searched for {expansion.typed}: {expansion.says} (not with --exact)"
    yield from reading.notes
    if found.strict is not None and found.strict < found.page.total:
        yield f"{counted(found.strict, 'decision')} with all of this; those that come near are shown too."


def _print_hit(hit: Hit) -> None:
    click.echo(click.style(f"{hit.decision.outcome:<10}", bold=True) + f" {_marked(hit.title)}")
    decided = hit.case.decision_date.isoformat() if hit.case.decision_date else "undated"
    details = [hit.id, decided, *hit.decision.drugs, *(hit.decision.reviewer_guidelines or ())]
    click.echo(f"           {' | '.join(details)}")
    for snippet in hit.snippets:
        before, after = "..." if snippet.cut_before else "", "..." if snippet.cut_after else ""
        before = f"(Case summary) {before}" if snippet.field == "summary" else before
        click.echo(textwrap.indent(textwrap.fill(f"{before}{_marked(snippet)}{after}", 90), " " * 11))
    if hit.twins:
        click.echo(f"           and {hit.twins:,} more with nearly the same rationale (--apart shows them)")
    click.echo()


def _marked(snippet: Snippet) -> str:
    return "".join(
        click.style(segment.text, bold=True, underline=True) if segment.marked else segment.text
        for segment in snippet.segments
    )


def _print_case(case: Determination) -> None:
    click.echo(f"{case.id}  {case.outcome}{'  (fictional)' if case.fictional else ''}")
    for warning in case.warnings:
        click.echo(f"  Doubtful: {warning}")
    for label, value in _facts(case):
        click.echo(f"  {label}: {value}")
    click.echo(f"\n{textwrap.fill(case.summary, 96)}\n")
    for number, decision in enumerate(case.decisions, 1):
        _print_decision(number, decision)


def _facts(case: Determination) -> list[tuple[str, str]]:
    facts = [
        ("Date of injury", case.date_of_injury),
        ("UR denial", case.ur_denial_date),
        ("Received", case.received_date),
        ("Assigned", case.date_assigned),
        ("Decided", case.decision_date),
        ("Priority", case.priority),
        ("Licensure", ", ".join(case.reviewer.licensure)),
        ("Specialties", ", ".join(case.reviewer.specialties)),
    ]
    return [(label, str(value)) for label, value in facts if value]


def _print_decision(number: int, decision: Decision) -> None:
    click.echo(f"{number}. {decision.disputed}: {decision.outcome}")
    parts = [
        ("Originally requested", decision.original_request),
        ("Authorized", decision.authorized),
        ("Claims administrator's guideline", decision.claims_admin_guidelines_text),
        ("Reviewer's guideline", decision.reviewer_guidelines_text),
        ("Rationale", decision.rationale),
    ]
    for label, text in parts:
        if text:
            click.echo(textwrap.fill(f"{label}: {text}", 96, initial_indent="   ", subsequent_indent="   "))
    click.echo()
