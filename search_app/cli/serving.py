"""serve: the website."""

from __future__ import annotations

from typing import Any

import click

from search_app.cli.options import setting, settings
from search_app.web.server import serve as run_server


@click.command()
@setting("index")
@setting("host")
@setting("port")
@setting("hosts")
@setting("proxies")
@setting("users")
@setting("user_header")
@setting("threads")
@setting("processes")
@setting("queue")
@setting("time_limit")
@setting("access_log")
@setting("log_format")
@setting("log_queries")
@setting("slow_request")
@setting("metrics")
@setting("page_size")
@setting("api_origins")
def serve(**flags: Any) -> None:
    """Serve the search page."""
    run_server(settings(**flags), click.echo)
