"""The `imr-search` command. Commands parse, call and print; errors become a message and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from search_app import __version__
from search_app.cli.evaluating import evaluate
from search_app.cli.indexing import index, parse, stats
from search_app.cli.keeping import backup, doctor, restore
from search_app.cli.ranking import rank
from search_app.cli.searching import search, show
from search_app.cli.serving import serve
from search_app.cli.users import user
from search_app.errors import ImrSearchError


class _Commands(click.Group):
    """Turns the program's own errors into a line on stderr; anything else is a bug and keeps its trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ImrSearchError as error:
            click.echo(f"imr-search: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output has gone (imr-search ... | head); there is nobody to tell.
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            click.echo(f"imr-search: {error.strerror or error}:{where}".rstrip(":"), err=True)
            ctx.exit(1)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Config file; imr-search.toml of this folder if it is there.",
)
@click.version_option(__version__, prog_name="imr-search")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Search California Independent Medical Review determinations."""
    context.obj = config


for command in (parse, evaluate, index, stats, search, show, rank, serve, user, doctor, backup, restore):
    main.add_command(command)
