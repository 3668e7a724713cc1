from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from tests.security import hostile


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile_app(hostile_index: Path) -> Iterator[Flask]:
    app = create_app(Settings(index=hostile_index, page_size=50))
    yield app
    close_app(app)
