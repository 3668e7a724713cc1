"""parse, index, stats: from letters to an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from tqdm import tqdm

from search_app.cli.options import echo_json, setting, settings
from search_app.engines import open_engine, record_of
from search_app.errors import LetterError
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, Progress, Report, ingest
from search_app.letters import find_files, parse_file


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def parse(paths: tuple[Path, ...]) -> None:
    """Print what the letters in PATHS (files, folders, zips) say, one JSON object a line.

    What can't be read is told on stderr, and the exit code is then 1.
    """
    failed = 0
    for file in find_files(paths):
        try:
            echo_json(parse_file(file).to_json())
        except LetterError as error:
            failed += 1
            click.echo(f"{file.source}: {error}", err=True)
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
    are no longer there removed.
    """
    chosen = settings(corpus=corpus, index=index, engine=engine, workers=workers, commit_every=commit_every)
    plan = Plan(
        engine=chosen.engine, workers=chosen.workers, commit_every=chosen.commit_every, rebuild=rebuild
    )
    with _progress_bar() as progress:
        report = ingest(chosen.corpus, chosen.index, plan, progress)
    click.echo(f"Engine: {record_of(chosen.index).engine}.")
    click.echo(_closing_line(report))
    if report.quarantined:
        click.echo("Why letters were quarantined: imr-search stats")


@click.command()
@setting("index")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(index: Path, as_json: bool) -> None:
    """Tell what the index holds and which files are quarantined, with reasons."""
    folder = settings(index=index).index
    engine = open_engine(folder)
    try:
        held = engine.stats()
    finally:
        engine.close()
    with Manifest(folder) as manifest:
        corpus, quarantined = manifest.corpus, manifest.quarantined()
    if as_json:
        names = ("engine", "schema_version", "determinations", "decisions", "size", "built")
        record = {name: getattr(held, name) for name in names}
        out = [{"source": one.source, "stage": one.stage, "reason": one.reason} for one in quarantined]
        echo_json({**record, "corpus": corpus, "quarantined": out}, indent=2)
        return
    click.echo(f"{held.determinations:,} letters, {held.decisions:,} decisions from {corpus}")
    click.echo(
        f"{held.engine}, schema version {held.schema_version}, {held.size / 1e6:.1f} MB, built {held.built}"
    )
    click.echo(f"{len(quarantined):,} files quarantined")
    for (stage, reason), number in Counter((one.stage, one.reason) for one in quarantined).most_common():
        click.echo(f"  {number:,} x {stage}: {reason}")
    for one in quarantined:
        click.echo(f"  {one.source}: {one.reason} {one.hint}".rstrip())


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar on stderr with rate and remaining time; silent where stderr is no terminal."""
    with tqdm(unit=" letters", disable=None, dynamic_ncols=True) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def _closing_line(report: Report) -> str:
    names = ("added", "replaced", "removed", "unchanged")
    changes = ", ".join(f"{getattr(report, name):,} {name}" for name in names)
    holds = f"{report.determinations:,} letters, {report.decisions:,} decisions"
    return f"{holds}, {report.quarantined:,} quarantined ({changes}) in {report.seconds:.1f} s"
