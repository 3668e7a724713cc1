"""Every page of the site: the bytes are an address, a path and behind "?" its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fuzz.asking import ask, site
from fuzz.targets import Check

CASE = "CM13-0006694"

ADDRESSES = (
    "/",
    "/search?q=knee+mri&outcome=Overturned&year=2016&not_drug=tramadol&sort=newest&page=1&limit=5",
    "/search?q=back+pain&from=2015-06&to=2016&expand=0&near=0&fold=1&category=Pharmaceuticals",
    f"/search?twins={CASE}/1&open=drug&guideline=ODG&specialty=Family+Practice&state=California",
    f"/search?q={CASE}",
    f"/cases/{CASE}?q=pain&n=1&find=knee",
    f"/cases/{CASE}/citation.bib?item=1",
    f"/cases/{CASE}/citation.ris",
    f"/cases/{CASE}/letter",
    f"/similar?to={CASE}/1",
    "/contrast?q=back",
    "/insights?q=back&order=rate&open=drug",
    "/facets/drug?within=a&q=pain",
    "/export?q=back&limit=5",
    "/export.csv?q=back",
    "/export.xlsx?drug=tramadol",
    "/export.jsonl?year=2016",
    "/export.html?q=knee",
    "/feed.atom?q=knee",
    "/opensearch.xml",
    "/saved",
    "/help",
    "/api",
    "/status",
    "/healthz",
    "/static/site.css?v=1",
)


def make(folder: Path) -> Check:
    """No address is a failure of the server."""
    app = site(folder)
    return lambda data: ask(app, "GET", data)


def seeds() -> Iterator[bytes]:
    """An address of each page."""
    yield from (address.encode() for address in ADDRESSES)
