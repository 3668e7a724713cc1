"""A corpus with one good letter, to put bad files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.corpora import sample, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {"1.txt": sample(1)})
    return folder
