"""What of the Tantivy engine the contract doesn't see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search_app.engines.tantivy import counting
from search_app.engines.tantivy.engine import TantivyEngine
from search_app.errors import ImrSearchError, IndexIncompatible
from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.engines import ENGINES
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index over the contract's letters, closed."""
    ENGINES["tantivy"].build(tmp_path / "index", LETTERS, 3).close()
    return tmp_path / "index"


@pytest.mark.parametrize("filters", [(), (Filter("drug", ("tramadol",)), Filter("year", ("2016",)))])
@pytest.mark.parametrize("typed", ["", "knee", "tramadol improvement"])
def test_facets_with_more_entries_than_were_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, filters: tuple[Filter, ...]
) -> None:
    monkeypatch.setattr(counting, "ENTRIES", 2)
    engine = TantivyEngine.open(path)
    assert_same(engine, Oracle(LETTERS), SearchRequest(tree=read(typed).tree, filters=filters))
    engine.close()


@pytest.mark.parametrize("left", [0.0, 0.5, None])
def test_an_index_with_a_damaged_file_says_so(path: Path, left: float | None) -> None:
    """Whichever file is cut or gone: the engine answers rightly, or says what is wrong and what to do."""
    request = SearchRequest(tree=read('"functional improvement"').tree)
    said = []
    for name in sorted(file.name for file in path.iterdir()):
        copy = shutil.copytree(path, path.with_name(f"without {name}"))
        _damage(copy / name, left)
        try:
            assert TantivyEngine.open(copy).search(request).total == len(Oracle(LETTERS).search(request).ids)
        except ImrSearchError as error:
            said.append(error.hint)
    assert len(said) > 6
    assert all("--rebuild" in hint for hint in said)


def _damage(file: Path, left: float | None) -> None:
    data = file.read_bytes()
    file.unlink()
    if left is not None:
        file.write_bytes(data[: int(len(data) * left)])


def test_what_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexIncompatible, match="damaged or missing"):
        TantivyEngine.open(tmp_path)
    with pytest.raises(IndexIncompatible, match="damaged or missing"):
        TantivyEngine.open(tmp_path / "nothing")


def test_an_index_whose_folder_goes_serves_its_last_commit(path: Path) -> None:
    """As a swapped index does, to requests that still use it."""
    engine = TantivyEngine.open(path)
    shutil.rmtree(path)
    assert_same(engine, Oracle(LETTERS), SearchRequest(tree=read("knee").tree))
    assert engine.case(LETTERS[0].id) == LETTERS[0]
    assert engine.stats().determinations == len(LETTERS)
    engine.close()
