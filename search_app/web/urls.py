"""Every URL of the site is made here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import quote, urlencode

from search_app.web.state import State

ABOUT = "about"
"""The id of the part of the help page that tells what the letters are."""

NUMBERS = "numbers"
"""The id of the part of the help page that tells what numbers do not say."""

POSITION = "n"
"""Parameter of a case page: the place of its decision in the result list, counted from 1."""

FIND = "find"
"""Parameter of a case page: words to find in the letter."""

ITEM = "item"
"""Parameter of a citation: the number of a decision, counted from 1."""

WITHIN = "within"
"""Parameter of the page of a facet's values: what the values must have in them."""

TO = "to"
"""Parameter of the page of similar decisions: the id of the decision that they are like."""

PASTED, FILE, FIRST = "text", "file", "first"
"""Fields of its form: a pasted text, a file, and the outcome that is shown first."""


ORDER, OPENED = "order", "open"
"""Parameters of the page of insights: the order of its rows, and the facet that is listed to its end."""


def rates_anchor(field: str) -> str:
    """The id of the rates by a facet."""
    return f"by-{field}"


def item_anchor(number: int) -> str:
    """The id of a decision on its case page."""
    return f"item-{number}"


def result_anchor(position: int) -> str:
    """The id of a result in the list."""
    return f"result-{position}"


def problem_anchor(status: int) -> str:
    """The id of what the page about the API says of a kind of problem."""
    return f"problem-{status}"


@dataclass(frozen=True, slots=True)
class Urls:
    """Makes URLs below `root`, the path that the site is mounted at ("" for the top).

    `versions` maps static files to a mark of their content, so that browsers may keep them for good. `host`
    is the site's scheme and host ("https://example.org"), for links that leave it.
    """

    root: str = ""
    versions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    host: str = ""

    def home(self) -> str:
        """The front page."""
        return f"{self.root}/"

    def search_action(self) -> str:
        """Where the search form goes."""
        return f"{self.root}/search"

    def search(self, state: State, position: int | None = None) -> str:
        """A result list, or the result at `position` in it."""
        anchor = "" if position is None else f"#{result_anchor(position)}"
        return f"{self.search_action()}{_query(state)}{anchor}"

    def case(
        self,
        case_id: str,
        state: State | None = None,
        number: int | None = None,
        position: int | None = None,
    ) -> str:
        """A case page; with `state` and `position` it knows the search that led there."""
        anchor = "" if number is None else f"#{item_anchor(number)}"
        return f"{self._case(case_id)}{_query(state, position)}{anchor}"

    def similar(self, decision_id: str = "") -> str:
        """Decisions like one; without an id the page where a text is pasted."""
        return f"{self.root}/similar" + (f"?{urlencode({TO: decision_id})}" if decision_id else "")

    def contrast(self, state: State) -> str:
        """What sets outcomes apart in a result list."""
        return f"{self.root}/contrast{_query(replace(state, page=1, limit=None, sort=None))}"

    def insights(self, state: State | None = None, order: str = "n", opened: str = "", at: str = "") -> str:
        """Overturn rates of a result list; for `order` and `opened` see there, `at` is a facet to go to."""
        plain = replace(state or State(), page=1, limit=None, sort=None, fold=None)
        pairs = [
            *plain.pairs(),
            *([(ORDER, order)] if order != "n" else []),
            *([(OPENED, opened)] if opened else []),
        ]
        anchor = f"#{rates_anchor(at)}" if at else ""
        return f"{self.root}/insights" + (f"?{urlencode(pairs)}" if pairs else "") + anchor

    def api_insights(self, state: State) -> str:
        """Overturn rates of a result list as JSON."""
        return f"{self.root}/api/v1/insights{_query(state)}"

    def facet(self, field: str, state: State | None = None, within: str = "") -> str:
        """All values of a facet in a result list, or those that have some letters in them."""
        pairs = [*(replace(state, page=1).pairs() if state else ()), *([(WITHIN, within)] if within else [])]
        return f"{self.root}/facets/{field}" + (f"?{urlencode(pairs)}" if pairs else "")

    def export(self, state: State, extension: str = "") -> str:
        """A result list as a file of a kind ("csv"); without one the page that offers them all."""
        name = f"export.{extension}" if extension else "export"
        return f"{self.root}/{name}{_query(replace(state, page=1, limit=None))}"

    def feed(self, state: State) -> str:
        """The newest of a result list as an Atom feed."""
        return f"{self.root}/feed.atom{_query(replace(state, page=1, limit=None, sort=None, fold=None))}"

    def open_search(self) -> str:
        """The description by which a browser adds the site to its search engines."""
        return f"{self.root}/opensearch.xml"

    def letter(self, case_id: str) -> str:
        """The original letter of a case."""
        return f"{self._case(case_id)}/letter"

    def citation(self, case_id: str, kind: str, number: int | None = None) -> str:
        """The citation of a case or of its decision `number` as a file; `kind` is "bib" or "ris"."""
        item = "" if number is None else f"?{urlencode({ITEM: number})}"
        return f"{self._case(case_id)}/citation.{kind}{item}"

    def absolute(self) -> Urls:
        """The same for URLs that also work elsewhere: in a file, a feed, a citation."""
        return replace(self, root=self.host.rstrip("/") + self.root, host="")

    def api_search(self, state: State) -> str:
        """A result list as JSON."""
        return f"{self.root}/api/v1/search{_query(state)}"

    def api_case(self, case_id: str) -> str:
        """A case as JSON."""
        return f"{self.root}/api/v1/cases/{quote(case_id, safe='')}"

    def api_decision(self, case_id: str, number: int) -> str:
        """A decision as JSON."""
        return f"{self.root}/api/v1/decisions/{quote(case_id, safe='')}/{number}"

    def api_facets(self) -> str:
        """The facets as JSON."""
        return f"{self.root}/api/v1/facets"

    def api_facet(self, field: str, state: State | None = None, within: tuple[str, str] | None = None) -> str:
        """All values of a facet as JSON; `within` are letters, and the parameter that looks for them."""
        pairs = list(state.pairs()) if state else []
        if within:
            pairs.append((within[1], within[0]))
        return f"{self.api_facets()}/{field}" + (f"?{urlencode(pairs)}" if pairs else "")

    def api_similar(self, decision_id: str = "", limit: int | None = None) -> str:
        """The decisions that are closest to one, as JSON; without an id where a text is sent."""
        pairs = {TO: decision_id, **({"limit": str(limit)} if limit else {})}
        return f"{self.root}/api/v1/similar" + (f"?{urlencode(pairs)}" if decision_id else "")

    def api_root(self) -> str:
        """Where the paths of the API begin."""
        return f"{self.root}/api/v1"

    def openapi(self) -> str:
        """The description of the API, OpenAPI 3.1."""
        return f"{self.api_root()}/openapi.json"

    def api(self, problem: int | None = None) -> str:
        """The page about the API, or what it says of a kind of problem by its status."""
        return f"{self.root}/api" + (f"#{problem_anchor(problem)}" if problem else "")

    def suggest(self) -> str:
        """Suggestions for what is being typed, as JSON."""
        return f"{self.root}/api/v1/suggest"

    def saved(self) -> str:
        """The page of what a reader keeps in the browser."""
        return f"{self.root}/saved"

    def help(self) -> str:
        """The help page."""
        return f"{self.root}/help"

    def numbers(self) -> str:
        """What the help page says of what numbers do not say."""
        return f"{self.help()}#{NUMBERS}"

    def about(self) -> str:
        """What the letters are and what they are not."""
        return f"{self.help()}#{ABOUT}"

    def status(self) -> str:
        """The page that tells what the index holds."""
        return f"{self.root}/status"

    def static(self, name: str) -> str:
        """A static file."""
        version = self.versions.get(name)
        return f"{self.root}/static/{name}" + (f"?v={version}" if version else "")

    def _case(self, case_id: str) -> str:
        return f"{self.root}/cases/{quote(case_id, safe='')}"


def _query(state: State | None, position: int | None = None) -> str:
    pairs = list(state.pairs()) if state else []
    if position is not None:
        pairs.append((POSITION, str(position)))
    return f"?{urlencode(pairs)}" if pairs else ""
