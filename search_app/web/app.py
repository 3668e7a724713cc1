"""The application factory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from flask import Flask, request
from jinja2 import StrictUndefined

from search_app import engines
from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.web import cross_origin, errors, headers, hosts, limits, login, turns, warming, watch
from search_app.web.asking import TolerantRequest
from search_app.web.holder import EngineHolder
from search_app.web.proxy import ProxyHeaders
from search_app.web.routes import (
    api,
    cases,
    exports,
    health,
    info,
    insights,
    saved,
    search,
    similar,
    suggest,
)
from search_app.web.site import Site, attach, file_versions, site_of

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_YEAR = 365 * 24 * 3600

_Raised: TypeAlias = "tuple[type, BaseException, TracebackType] | tuple[None, None, None]"


class _Application(Flask):
    request_class = TolerantRequest

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """A year for a file whose address has the mark of its content; any other is asked for each time.

        Modules of the site's script name each other without one.
        """
        return _YEAR if request.args.get("v") else None

    def log_exception(self, exc_info: _Raised) -> None:
        """Log what was not foreseen, by the request's id: its address tells what was searched for."""
        kind = exc_info[0]
        watch.note_error(kind or Exception)
        self.logger.error("request=%s failed", watch.current_id(), exc_info=exc_info)


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The website over `engine`, or over the index that the settings name, opened when first needed."""
    engines.configure(settings)
    app = _Application("search_app.web", static_folder=str(_STATIC), template_folder=str(_template_folder()))
    app.json.sort_keys = False  # type: ignore[attr-defined]  # DefaultJSONProvider has it
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.merge_slashes = False
    warming.load_vocabularies()
    holder, versions = EngineHolder(settings, engine), file_versions(_STATIC)
    attach(
        app,
        Site(settings, holder, versions, turns.exports(settings.threads), turns.uploads(settings.threads)),
    )
    for guard in (watch, hosts, limits, login):
        guard.register(app, settings)
    for part in (search, cases, similar, exports, insights, api, suggest, saved, info, health):
        app.register_blueprint(part.blueprint)
    errors.register(app)
    headers.register(app)
    cross_origin.register(app, settings.api_origins)
    app.wsgi_app = watch.Watch(ProxyHeaders(app.wsgi_app, settings), settings)  # type: ignore[method-assign]
    return app


def close_app(app: Flask) -> None:
    """Release what the application holds open."""
    site_of(app).holder.close()


def _template_folder() -> Path:
    """Where the templates lie: inside the package when installed, beside it in a source tree."""
    package = _HERE.parent
    return next(
        (folder for folder in (package / "templates", package.parent / "templates") if folder.is_dir()),
        package / "templates",
    )
