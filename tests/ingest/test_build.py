"""Which engine a run feeds, and how one index takes the place of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from search_app import engines
from search_app.engines import AUTO, open_engine, unfinished
from search_app.engines.records import BUILD_FILE, record_of
from search_app.engines.tantivy.writer import TantivyWriter
from search_app.errors import CorpusMissing, SettingError
from search_app.ingest.build import choose
from search_app.ingest.run import Plan
from tests.ingest.corpora import ONE_PROCESS, number, run, sample, stats, write

WHOOSH = replace(ONE_PROCESS, engine="whoosh")
TANTIVY = Plan(engine="tantivy", workers=1, commit_every=2)


class Killed(BaseException):
    """Stands for the process ending at a given place."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {f"{of}.txt": sample(of) for of in range(1, 8)})
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def whoosh_up_to_seven(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kinds = dict(engines._ENGINES)
    kinds["whoosh"] = replace(kinds["whoosh"], most=7)
    monkeypatch.setattr(engines, "_ENGINES", MappingProxyType(kinds))
    return


@pytest.mark.parametrize(("letters", "engine"), [(0, "whoosh"), (5_000, "whoosh"), (5_001, "tantivy")])
def test_auto_picks_by_size(letters: int, engine: str) -> None:
    choice = choose(AUTO, None, letters)
    assert (choice.engine, choice.serving) == (engine, None)
    assert f"{engine}, picked for {letters:,} letters" == choice.says


@pytest.mark.usefixtures("whoosh_up_to_seven")
def test_auto_changes_to_tantivy_when_the_corpus_has_grown(corpus: Path, index: Path) -> None:
    run(corpus, index)
    assert record_of(index).engine == "whoosh"
    write(corpus, {"8.txt": sample(8)})
    report = run(corpus, index)
    assert (record_of(index).engine, report.added, report.determinations) == ("tantivy", 8, 8)
    for of in (7, 8):
        (corpus / f"{of}.txt").unlink()
    assert run(corpus, index).determinations == 6
    assert record_of(index).engine == "tantivy", "an index keeps the engine that carries it"
    assert len([path for path in index.iterdir() if path.is_dir()]) == 1


def test_another_engine_takes_the_place_of_the_old_one(corpus: Path, index: Path) -> None:
    run(corpus, index, WHOOSH)
    old = open_engine(index)
    assert run(corpus, index, TANTIVY).determinations == 7
    assert record_of(index).engine == "tantivy"
    assert old.case(number(1)) is not None, "whoever has the old index open goes on with it"
    old.close()
    assert run(corpus, index, TANTIVY).unchanged == 7
    assert run(corpus, index, WHOOSH).determinations == 7
    assert record_of(index).engine == "whoosh"


def test_an_explicit_engine_stays_where_it_was(corpus: Path, index: Path) -> None:
    run(corpus, index, TANTIVY)
    assert run(corpus, index).unchanged == 7
    assert record_of(index).engine == "tantivy"


def die_at(commit: int, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make the run end just before this commit of Tantivy's."""
    whole, done = TantivyWriter.commit, 0

    def dying(writer: TantivyWriter) -> None:
        nonlocal done
        done += 1
        if done == commit:
            raise Killed
        whole(writer)

    monkeypatch.setattr(TantivyWriter, "commit", dying)
    return monkeypatch


@pytest.mark.parametrize("commit", [1, 2, 4, 5])
@pytest.mark.parametrize("again", [TANTIVY, replace(TANTIVY, rebuild=True)])
def test_a_killed_build_is_gone_on_with(
    commit: int, again: Plan, corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index, WHOOSH)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        run(corpus, index, die_at(commit, patched) and TANTIVY)
    assert (record_of(index).engine, stats(index).determinations) == ("whoosh", 7)
    left = unfinished(index)
    report = run(corpus, index, again)
    assert record_of(index) == left
    # The first commit is that of the removals, which are none; then come two letters with each.
    assert (report.unchanged, report.determinations) == (2 * max(commit - 2, 0), 7)
    assert not (index / BUILD_FILE).exists()


def test_a_killed_build_goes_when_its_engine_is_not_wanted(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index, WHOOSH)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        run(corpus, index, die_at(3, patched) and TANTIVY)
    assert run(corpus, index).unchanged == 7
    assert [path.name for path in index.iterdir() if path.is_dir()] == [record_of(index).data]
    assert unfinished(index) is None


def test_a_build_of_another_corpus_is_not_gone_on_with(
    corpus: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index, WHOOSH)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        run(corpus, index, die_at(4, patched) and TANTIVY)
    other = tmp_path / "other"
    write(other, {"9.txt": sample(9)})
    report = run(other, index, replace(TANTIVY, rebuild=True))
    assert (report.added, report.removed, report.determinations) == (1, 0, 1)


def test_another_engine_takes_neither_another_corpus_nor_an_empty_one(
    corpus: Path, index: Path, tmp_path: Path
) -> None:
    run(corpus, index, WHOOSH)
    other = tmp_path / "other"
    write(other, {"9.txt": sample(9)})
    with pytest.raises(SettingError, match="--rebuild"):
        run(other, index, TANTIVY)
    for file in corpus.iterdir():
        file.unlink()
    with pytest.raises(CorpusMissing, match="holds 7 letters"):
        run(corpus, index, TANTIVY)
    assert stats(index).determinations == 7


def scramble_the_account(data: Path) -> None:
    account = data / "manifest.sqlite"
    account.write_bytes(account.read_bytes()[:4096] + b"\xff" * 8192)


BREAKS: dict[str, Callable[[Path], object]] = {
    "the list of segments": lambda data: (data / "meta.json").write_text("{"),
    "the account": lambda data: (data / "manifest.sqlite").write_bytes(b"no account" * 1_000),
    "tables of the account": scramble_the_account,
    "no account": lambda data: (data / "manifest.sqlite").unlink(),
}


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("again", [TANTIVY, replace(TANTIVY, rebuild=True)])
def test_a_damaged_build_is_made_anew(
    name: str, again: Plan, corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it = BREAKS[name]
    run(corpus, index, WHOOSH)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        run(corpus, index, die_at(4, patched) and TANTIVY)
    left = unfinished(index)
    assert left is not None
    break_it(index / left.data)
    assert run(corpus, index, again).determinations == 7
    assert record_of(index).engine == "tantivy"
