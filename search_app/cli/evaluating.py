"""evaluate: how well letters are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from search_app.errors import CorpusMissing, LetterError
from search_app.letters import find_files, parse_file
from search_app.letters.evaluation import Evaluation
from search_app.letters.evaluation import evaluate as compare


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--scores-only", is_flag=True, help="Leave out the differences.")
def evaluate(gold: Path, paths: tuple[Path, ...], scores_only: bool) -> None:
    """Score the reading of the letters in PATHS against the annotations in GOLD.

    GOLD has one JSON object a line, in the form that `imr-search parse` prints; fields may be left out.
    """
    result = compare(_annotations(gold), _readings(paths))
    if not scores_only:
        for one in result.differences:
            click.echo(f"{one.where}  {one.field}\n    expected {one.expected!r}\n    found    {one.found!r}")
    _print_scores(result)


def _annotations(gold: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise CorpusMissing(
            f"The annotations {gold} can't be read: {error.strerror}.", "Check the path."
        ) from error
    except ValueError as error:
        raise CorpusMissing(f"The annotations {gold} are no JSON lines: {error}.") from error


def _readings(paths: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    for file in find_files(paths):
        try:
            yield parse_file(file).to_json()
        except LetterError as error:
            click.echo(f"{file.source}: {error}", err=True)


def _print_scores(result: Evaluation) -> None:
    click.echo(f"{'field':26}{'score':>7}{'expected':>10}{'found':>8}{'right':>8}")
    for name, tally in result.tallies.items():
        click.echo(f"{name:26}{tally.score:7.3f}{tally.expected:10,}{tally.found:8,}{tally.right:8,}")
