"""parse, index, stats: from letters to an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from search_app.cli.options import counted, echo_json, setting, settings
from search_app.cli.progress import progress
from search_app.engines import open_engine
from search_app.ingest.limited import limits_of
from search_app.ingest.manifest import Manifest, Quarantined
from search_app.ingest.run import Plan, Report, ingest
from search_app.ingest.workers import Failure, Task, parse_all
from search_app.letters import find_files
from search_app.letters.explain import explain
from search_app.model import Determination

STOPPED = "Stopped. The index keeps every batch that was finished; the same command goes on from there."
INTERRUPTED = 130
"""The exit code of a command that Ctrl-C has ended, as shells have it."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--explain", "with_reasons", is_flag=True, help="Say for each decision which words and rules decided."
)
def parse(paths: tuple[Path, ...], with_reasons: bool) -> None:
    """Print what the letters in PATHS (files, folders, zips) say, one JSON object a line.

    What can't be read is told on stderr, and the exit code is then 1.
    """
    failed = 0
    for result in parse_all(map(Task, find_files(paths)), workers=1, limits=limits_of(settings())):
        match result.result:
            case Failure(_, reason, hint):
                failed += 1
                click.echo(f"{result.file.source}: {reason} {hint}".rstrip(), err=True)
            case Determination() as determination:
                record = determination.to_json()
                if with_reasons:
                    record["explanations"] = [explain(decision) for decision in determination.decisions]
                echo_json(record)
    if failed:
        click.get_current_context().exit(1)


@click.command()
@click.argument("corpus", required=False, type=click.Path(path_type=Path))
@setting("index")
@setting("engine")
@setting("workers")
@setting("commit_every")
@click.option("--rebuild", is_flag=True, help="Build afresh beside the old index, then take its place.")
def index(
    corpus: Path | None, index: Path, engine: str, workers: int, commit_every: int, rebuild: bool
) -> None:
    """Index the letters in CORPUS (a folder, zip or file; corpus/ by default).

    Letters that have not changed since the last run are skipped, changed ones replaced, and those that
    are no longer there removed. It can be stopped at any moment (Ctrl-C); the same command goes on from
    the last batch. Another --engine is built beside the index and takes its place when it is whole.
    """
    chosen = settings(corpus=corpus, index=index, engine=engine, workers=workers, commit_every=commit_every)
    plan = Plan(
        engine=chosen.engine,
        workers=chosen.workers,
        commit_every=chosen.commit_every,
        rebuild=rebuild,
        limits=limits_of(chosen),
    )
    try:
        with progress() as watcher:
            report = ingest(chosen.corpus, chosen.index, plan, watcher)
    except KeyboardInterrupt:
        click.echo(f"imr-search: {STOPPED}", err=True)
        click.get_current_context().exit(INTERRUPTED)
    click.echo(_closing_line(report))
    if report.unread:
        says = "could not be read; what the index has of them stays, and the next run tries again"
        click.echo(f"{counted(report.unread, 'changed file')} {says}.")
    if report.quarantined or report.unread:
        click.echo("Why: imr-search stats")


@click.command()
@setting("index")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(index: Path, as_json: bool) -> None:
    """Tell what the index holds, and which files are quarantined or could not be read again, with reasons."""
    folder = settings(index=index).index
    engine = open_engine(folder)
    try:
        held = engine.stats()
    finally:
        engine.close()
    with Manifest(folder) as manifest:
        corpus, quarantined, unread = manifest.corpus, manifest.quarantined(), manifest.unread()
    if as_json:
        names = ("engine", "schema_version", "determinations", "decisions", "size", "built")
        record = {name: getattr(held, name) for name in names}
        echo_json(
            {**record, "corpus": corpus, "quarantined": _records(quarantined), "unread": _records(unread)},
            indent=2,
        )
        return
    counts = f"{counted(held.determinations, 'letter')}, {counted(held.decisions, 'decision')}"
    click.echo(f"{counts} from {corpus}")
    click.echo(
        f"{held.engine}, schema version {held.schema_version}, {held.size / 1e6:.1f} MB, built {held.built}"
    )
    click.echo(f"{counted(len(quarantined), 'file')} quarantined")
    _list(quarantined)
    if unread:
        click.echo(f"{counted(len(unread), 'file')} not read again; the index has the letters as they were")
        _list(unread)


def _records(files: Sequence[Quarantined]) -> list[dict[str, str]]:
    return [{"source": one.source, "stage": one.stage, "reason": one.reason} for one in files]


def _list(files: Sequence[Quarantined]) -> None:
    for one in files:
        click.echo(f"  {one.source}: {one.reason} {one.hint}".rstrip())


def _closing_line(report: Report) -> str:
    names = ("added", "replaced", "removed", "unchanged")
    changes = ", ".join(f"{getattr(report, name):,} {name}" for name in names)
    holds = f"{counted(report.determinations, 'letter')}, {counted(report.decisions, 'decision')}"
    return f"{holds}, {report.quarantined:,} quarantined ({changes}) in {report.seconds:.1f} s"
