"""The JSON API, and the form for texts: the first line is a method and an address, the rest what is sent.

A word behind the address is the content type of what is sent; files are read in this process here, as
coverage would not be seen in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from fuzz.asking import ask, site
from fuzz.targets import Check
from search_app.ingest.limited import Limits
from search_app.letters.readers import read
from search_app.web.routes import similar

CASE = "CM13-0006694"
JSON = "application/json"
METHODS = frozenset(("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE"))

REQUESTS: tuple[str, ...] = (
    "GET /api/v1/search?q=knee+mri&outcome=Overturned&year=2016&sort=newest&page=1&limit=5&fold=1",
    "GET /api/v1/search?q=back&from=2015-06&to=2016&expand=0&near=0&not_drug=tramadol",
    f"GET /api/v1/cases/{CASE}",
    f"GET /api/v1/decisions/{CASE}/1",
    "GET /api/v1/facets",
    "GET /api/v1/facets/drug?q=pain&prefix=t&contains=ram",
    f"GET /api/v1/similar?to={CASE}/1&limit=3&outcome=Upheld",
    "GET /api/v1/insights?q=back",
    "GET /api/v1/suggest?q=xan&limit=5",
    "GET /api/v1/openapi.json",
    f'POST /api/v1/similar {JSON}\n{{"text": "Lower back therapy.", "limit": 3, "drug": ["tramadol"]}}',
    f'POST /api/v1/similar {JSON}\n{{"text": 1, "limit": 1e300, "outcome": "Upheld", "none": {{}}}}',
    f'POST /api/v1/similar {JSON}\n{{"text": {"[" * 1_000}{"]" * 1_000}}}',
    "POST /api/v1/similar text/plain\nTherapy",
    "POST /similar application/x-www-form-urlencoded\ntext=Therapy+for+the+lower+back&first=upheld",
    "POST /similar multipart/form-data;boundary=x\n"
    '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nTherapy\r\n'
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n'
    "Content-Type: text/html\r\n\r\n<p>lower back\r\n--x--\r\n",
)


def make(folder: Path) -> Check:
    """No request is a failure of the server."""
    app = site(folder)

    def check(data: bytes) -> None:
        line, _, body = data.partition(b"\n")
        method, _, rest = line.partition(b" ")
        address, _, kind = rest.partition(b" ")
        asked = method.decode("latin-1")
        with patch.object(similar, "text_of_upload", _read_here):
            ask(app, asked if asked in METHODS else "GET", address, body, kind.decode("latin-1"))

    return check


def _read_here(name: str, data: bytes, limits: Limits) -> str:
    return read(name, data)


def seeds() -> Iterator[bytes]:
    """A request of each kind."""
    yield from (request.encode() for request in REQUESTS)
