"""A small client of the API of IMR Search, with nothing but Python's standard library.

    python examples/client.py http://127.0.0.1:8000 "knee mri"

Copy it into your program, or import it: `Client("http://127.0.0.1:8000").decisions(q="knee mri")`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

Value = str | int | Sequence[str]
Json = dict[str, Any]


class Refused(Exception):
    """The API refused a request; `problem` is what it told (RFC 9457)."""

    def __init__(self, problem: Json) -> None:
        super().__init__(
            f"{problem['status']} {problem['title']}: {problem['detail']} {problem['hint']}".strip()
        )
        self.problem = problem


class Client:
    """Asks the API of the site at an address; `timeout` is in seconds.

    Parameters are those of the API: `outcome="Upheld"`, `drug=["ibuprofen", "naproxen"]`. One whose name is a
    word of Python is given with an underscore after it: `from_="2016"`. What the API refuses raises Refused.
    """

    def __init__(self, address: str, timeout: float = 30) -> None:
        self._root = address.rstrip("/") + "/"
        self._timeout = timeout

    def search(self, **parameters: Value) -> Json:
        """One page of a search."""
        return self._get(f"api/v1/search{_query(parameters)}")

    def decisions(self, **parameters: Value) -> Iterator[Json]:
        """All decisions of a search, page after page, as deep as lists can be paged."""
        page = self.search(**{"limit": 100, **parameters})
        yield from page["hits"]
        while page["links"]["next"]:
            page = self._get(page["links"]["next"])
            yield from page["hits"]

    def counts(self, facet: str, **parameters: Value) -> dict[str, int]:
        """How many decisions of a search have each value of a facet."""
        answer = self._get(f"api/v1/facets/{quote(facet, safe='')}{_query(parameters)}")
        return {one["value"]: one["count"] for one in answer["values"]}

    def case(self, case_id: str) -> Json:
        """A whole determination."""
        return self._get(f"api/v1/cases/{quote(case_id, safe='')}")

    def similar(self, text: str, **parameters: Value) -> list[Json]:
        """The decisions that are closest to a text, which the site does not keep."""
        body = json.dumps({"text": text, **parameters}).encode()
        headers = {"Content-Type": "application/json"}
        return list(self._open(Request(self._root + "api/v1/similar", body, headers))["hits"])

    def _get(self, path: str) -> Json:
        return self._open(Request(urljoin(self._root, path)))

    def _open(self, request: Request) -> Json:
        try:
            with urlopen(request, timeout=self._timeout) as answer:
                return dict(json.load(answer))
        except HTTPError as error:
            with error:
                if error.headers.get_content_type() != "application/problem+json":
                    raise
                raise Refused(json.load(error)) from None


def _query(parameters: Mapping[str, Value]) -> str:
    query = urlencode({name.rstrip("_"): value for name, value in parameters.items()}, doseq=True)
    return f"?{query}" if query else ""


def main(address: str, query: str) -> None:
    """Print the ten best decisions for a query."""
    page = Client(address).search(q=query, limit=10)
    print(f"{page['total']} decisions")
    for hit in page["hits"]:
        print(f"{hit['id']:16} {hit['outcome']:10} {hit['disputed']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
