"""The website over a small real index, asked through Flask's test client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from tests.web.letters import HOSTILE_LETTER, LETTERS
from tests.web.making import build_index, failed

Get = Callable[..., BeautifulSoup]

FILES = {
    "letters/CM16-0000001.txt": "A letter in plain text, dated 3 February – fictional.".encode(),
    "letters/CM16-0000002.txt": b"An old letter \x96 fictional.",
    "letters/hostile.html": b"<p id=p>Plain</p><script>document.body.textContent='taken'</script>",
}


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quarantined = [failed("letters/<b>scan</b>.pdf", "There is no text in it.", "Run it through OCR.")]
    return build_index(tmp_path_factory.mktemp("index"), [*LETTERS, HOSTILE_LETTER], FILES, quarantined)


@pytest.fixture(scope="session")
def app(index: Path) -> Iterator[Flask]:
    app = create_app(Settings(index=index, page_size=5))
    yield app
    close_app(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """Gets a page, which must have the status, and parses it."""

    def ask(url: str, status: int = 200) -> BeautifulSoup:
        response = client.get(url)
        assert response.status_code == status, url
        assert response.mimetype == "text/html"
        return BeautifulSoup(response.data, "html.parser")

    return ask
