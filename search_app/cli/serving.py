"""serve: the website."""

from __future__ import annotations

from pathlib import Path

import click

from search_app.cli.options import setting, settings
from search_app.web.server import serve as run_server


@click.command()
@setting("index")
@setting("host")
@setting("port")
@setting("threads")
@setting("page_size")
def serve(index: Path, host: str, port: int, threads: int, page_size: int) -> None:
    """Serve the search page."""
    chosen = settings(index=index, host=host, port=port, threads=threads, page_size=page_size)
    run_server(chosen, click.echo)
