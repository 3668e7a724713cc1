"""What every request needs: the settings, the engine, the URLs, and how a page is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app, g, render_template, request

from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.suggest.counts import CountsHolder
from search_app.web.asked import Asked, read_asked
from search_app.web.holder import EngineHolder
from search_app.web.pages.parts import Frame, SearchForm
from search_app.web.turns import Turns
from search_app.web.urls import Urls

_KEY = "imr_search"


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of one application."""

    settings: Settings
    holder: EngineHolder
    versions: Mapping[str, str]
    exports: Turns
    uploads: Turns
    counts: CountsHolder = field(default_factory=CountsHolder)


class Page(Protocol):
    """What the frame of every page asks of a page's view model."""

    @property
    def title(self) -> str:
        """The document's title, without the site's name."""

    @property
    def form(self) -> SearchForm:
        """The search box at the top."""


def attach(app: Flask, site: Site) -> None:
    """Give an application its site; each request gives its engine back when it ends."""
    app.extensions[_KEY] = site
    app.teardown_appcontext(_give_back)


def site_of(app: Flask) -> Site:
    """The site of an application."""
    site: Site = app.extensions[_KEY]
    return site


def the_site() -> Site:
    """The site that the current request belongs to."""
    return site_of(current_app)


def engine() -> Engine:
    """The engine, the same one for the whole request; raises IndexUnavailable where there is none."""
    if "engine" not in g:
        g.leases = ExitStack()
        g.engine = g.leases.enter_context(the_site().holder.lease())
    found: Engine = g.engine
    return found


def _give_back(_: BaseException | None) -> None:
    if "leases" in g:
        g.leases.close()


def urls() -> Urls:
    """The maker of URLs for the current request."""
    return Urls(request.script_root, the_site().versions, request.host_url)


def parameters() -> dict[str, list[str]]:
    """The parameters of the current request's URL."""
    return request.args.to_dict(flat=False)


def asked(*, folded: bool = True) -> Asked:
    """The search that the current request's URL holds; for `folded` see `read_asked`."""
    return read_asked(parameters(), the_site().settings.page_size, folded=folded)


def render(template: str, page: Page) -> str:
    """A page drawn by its template, which gets `page` and `frame` and nothing else."""
    return render_template(template, page=page, frame=Frame.of(urls()))


def file_versions(folder: Path) -> dict[str, str]:
    """A short digest of each static file, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
