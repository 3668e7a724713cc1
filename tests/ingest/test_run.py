"""A run brings the index up to the corpus, and only touches what changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from fcntl import LOCK_SH, LOCK_UN, flock
from pathlib import Path
from threading import Timer

import pytest
from filelock import FileLock

from search_app.engines import open_engine
from search_app.engines.records import record_of
from search_app.errors import CorpusMissing, IndexBusy, IndexIncompatible, SettingError
from search_app.ingest import manifest, workers
from search_app.ingest.originals import original
from search_app.ingest.run import LOCK_FILE
from tests.ingest.corpora import ONE_PROCESS, case, number, reasons, run, sample, stats, write
from tests.ingest.parsers import refuse_to_parse
from tests.samples import letter


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {f"{of}.txt": sample(of) for of in range(1, 6)})
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_a_first_run_takes_everything_in(corpus: Path, index: Path) -> None:
    report = run(corpus, index)
    assert (report.added, report.unchanged, report.quarantined) == (5, 0, 0)
    assert (report.determinations, report.decisions) == (5, 5)
    assert stats(index).determinations == 5


def test_a_second_run_skips_everything(corpus: Path, index: Path) -> None:
    run(corpus, index)
    report = run(corpus, index)
    assert (report.added, report.replaced, report.removed, report.unchanged) == (0, 0, 0, 5)


def test_a_touched_file_is_known_by_its_content(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index)
    os.utime(corpus / "1.txt", (1, 1))
    monkeypatch.setattr(workers, "parse_one", refuse_to_parse)  # what is known need not be parsed
    report = run(corpus, index)
    assert (report.replaced, report.unchanged, report.quarantined) == (0, 5, 0)
    monkeypatch.setattr(workers, "parse_one", None)  # nor, the next time, be opened
    assert run(corpus, index).unchanged == 5


def test_a_changed_file_is_replaced(corpus: Path, index: Path) -> None:
    run(corpus, index)
    write(corpus, {"1.txt": sample(1, "It is all different now.")})
    report = run(corpus, index)
    assert (report.replaced, report.unchanged, report.determinations) == (1, 4, 5)
    found = case(index, 1)
    assert found is not None
    assert found.decisions[0].rationale == "It is all different now."


def test_a_file_that_turns_into_another_case(corpus: Path, index: Path) -> None:
    run(corpus, index)
    write(corpus, {"1.txt": sample(9)})
    assert run(corpus, index).determinations == 5
    assert case(index, 1) is None
    assert case(index, 9) is not None


def test_a_vanished_file_is_removed(corpus: Path, index: Path) -> None:
    run(corpus, index)
    (corpus / "1.txt").unlink()
    report = run(corpus, index)
    assert (report.removed, report.determinations) == (1, 4)
    assert case(index, 1) is None


def test_what_is_no_letter_is_quarantined_with_its_reason(corpus: Path, index: Path) -> None:
    write(corpus, {"bill.txt": "Dear sir, we enclose our bill.", "empty.pdf": "", "notes.docx": "x"})
    report = run(corpus, index)
    assert (report.added, report.quarantined) == (5, 3)
    found = reasons(index)
    assert "not laid out like a determination" in found["bill.txt"]
    assert "empty" in found["empty.pdf"]
    assert "no kind of file" in found["notes.docx"]


def test_a_mended_file_leaves_quarantine(corpus: Path, index: Path) -> None:
    write(corpus, {"6.txt": "nothing yet"})
    assert run(corpus, index).quarantined == 1
    write(corpus, {"6.txt": sample(6)})
    report = run(corpus, index)
    assert (report.added, report.quarantined, report.determinations) == (1, 0, 6)


def test_a_letter_that_turns_bad_leaves_the_index(corpus: Path, index: Path) -> None:
    run(corpus, index)
    write(corpus, {"1.txt": "nothing any more"})
    report = run(corpus, index)
    assert (report.quarantined, report.determinations) == (1, 4)


def test_a_second_file_of_a_case_is_a_duplicate_until_the_first_goes(corpus: Path, index: Path) -> None:
    write(corpus, {"copy/1.txt": sample(1)})
    report = run(corpus, index)
    assert (report.determinations, report.quarantined) == (5, 1)
    assert reasons(index)["copy/1.txt"] == f"The case {number(1)} is already indexed from 1.txt."
    (corpus / "1.txt").unlink()
    report = run(corpus, index)
    assert (report.determinations, report.quarantined) == (5, 0)


def test_batches_and_processes_make_no_difference(tmp_path: Path) -> None:
    corpus = tmp_path / "many"
    write(corpus, {f"{of}.txt": sample(of) for of in range(60)})
    write(corpus, {"bad.txt": "no letter"})
    plan = replace(ONE_PROCESS, workers=2, commit_every=7)
    report = run(corpus, tmp_path / "index", plan)
    assert (report.added, report.quarantined, report.determinations) == (60, 1, 60)


def test_a_zip_is_read_like_a_folder(corpus: Path, index: Path, tmp_path: Path) -> None:
    archive = tmp_path / "letters.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted(corpus.iterdir()):
            zipped.write(file, f"2016/{file.name}")
    assert run(archive, index).determinations == 5
    found = case(index, 2)
    assert found is not None
    assert found.source == "letters.zip!/2016/2.txt"
    kept = original(index, found.source)
    assert kept is not None
    assert kept.data == (corpus / "2.txt").read_bytes()


def test_a_file_name_of_broken_bytes(corpus: Path, index: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (corpus / name).write_text(letter(header=False, summary="Nothing of note."))
    assert run(corpus, index).determinations == 6
    kept = original(index, "caf\ufffd.txt")
    assert kept is not None
    assert run(corpus, index).unchanged == 6


def test_file_names_of_broken_bytes_that_look_the_same(corpus: Path, index: Path) -> None:
    folders = [corpus / os.fsdecode(name) for name in (b"\xe8", b"\xe9")]
    for of, folder in enumerate(folders, 6):
        write(folder, {"a.txt": sample(of)})
    assert run(corpus, index).determinations == 7
    found = original(index, "\ufffd~2/a.txt")
    assert found is not None
    assert found.data == sample(7).encode()
    assert run(corpus, index).unchanged == 7


def test_an_index_belongs_to_one_corpus(corpus: Path, index: Path, tmp_path: Path) -> None:
    run(corpus, index)
    other = tmp_path / "other"
    write(other, {"7.txt": sample(7)})
    with pytest.raises(SettingError, match="--rebuild"):
        run(other, index)
    assert stats(index).determinations == 5
    report = run(other, index, replace(ONE_PROCESS, rebuild=True))
    assert report.determinations == 1
    assert case(index, 7) is not None
    run(other, index)
    assert len([path for path in index.iterdir() if path.is_dir()]) == 1


def test_a_corpus_that_is_not_there(index: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="no file or folder"):
        run(tmp_path / "nowhere", index)


def test_two_runs_at_once(corpus: Path, index: Path) -> None:
    run(corpus, index)
    with FileLock(index / LOCK_FILE):
        for plan in (ONE_PROCESS, replace(ONE_PROCESS, rebuild=True)):
            with pytest.raises(IndexBusy, match="Another process"):
                run(corpus, index, plan)
    assert run(corpus, index).unchanged == 5


def test_a_rebuilt_index_leaves_the_old_one_to_those_who_use_it(corpus: Path, index: Path) -> None:
    run(corpus, index)
    engine = open_engine(index)
    run(corpus, index, replace(ONE_PROCESS, rebuild=True))
    assert engine.case(number(1)) is not None
    engine.close()


def test_an_empty_corpus_does_not_empty_the_index(corpus: Path, index: Path) -> None:
    run(corpus, index)
    for file in corpus.iterdir():
        file.unlink()
    with pytest.raises(CorpusMissing, match="holds 5 letters"):
        run(corpus, index)
    assert stats(index).determinations == 5


def test_a_run_waits_for_who_only_looks(corpus: Path, index: Path) -> None:
    index.mkdir()
    with (index / LOCK_FILE).open("w") as looking:
        flock(looking, LOCK_SH)
        ending = Timer(0.1, flock, (looking, LOCK_UN))
        ending.start()
        assert run(corpus, index).added == 5
        ending.join()


def test_a_run_waits_for_a_reader_of_its_account(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a backup is, which takes longer than a request would wait."""
    monkeypatch.setattr(manifest, "READER_WAITS", 0.01)
    run(corpus, index)
    write(corpus, {"6.txt": sample(6)})
    path = index / record_of(index).data / manifest.FILE
    with closing(sqlite3.connect(path, check_same_thread=False)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from files").fetchone()
        ending = Timer(1, reader.rollback)
        ending.start()
        assert run(corpus, index).added == 1
        ending.join()


def test_a_quarantined_file_is_tried_again(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(workers, "parse_one", refuse_to_parse)
        assert run(corpus, index).quarantined == 5
    assert run(corpus, index).determinations == 5


def test_another_parser_reads_everything_again(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index)
    monkeypatch.setattr("search_app.letters.VERSION", "another")
    assert run(corpus, index).replaced == 5
    assert run(corpus, index).unchanged == 5


def test_a_folder_that_can_t_be_opened_keeps_its_letters(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, for whom every folder opens, so the refusal is the test's own."""
    write(corpus, {"closed/6.txt": sample(6)})
    run(corpus, index)
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = run(corpus, index)
    assert (report.removed, report.quarantined, report.determinations) == (0, 1, 6)
    assert reasons(index) == {"closed": "The folder can't be opened."}


def test_linked_folders_are_read_once(corpus: Path, index: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"6.txt": sample(6)})
    (corpus / "link").symlink_to(tmp_path / "elsewhere")
    (corpus / "loop").symlink_to(corpus)
    report = run(corpus, index)
    assert (report.determinations, report.quarantined) == (6, 0)


def test_an_index_inside_its_corpus_is_not_read(corpus: Path) -> None:
    index = corpus / "index"
    run(corpus, index)
    report = run(corpus, index)
    assert (report.unchanged, report.quarantined) == (5, 0)


def test_members_of_one_name_are_two(corpus: Path, index: Path) -> None:
    packed = zipfile.ZipFile(corpus / "two.zip", "w")
    packed.writestr("a.txt", sample(6))
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr("a.txt", sample(7))
    packed.writestr("../a.txt", sample(8))
    packed.close()
    assert run(corpus, index).determinations == 8
    sources = {case(index, of).source for of in (6, 7, 8)}  # type: ignore[union-attr]
    assert sources == {"two.zip!/a.txt", "two.zip!/a~2.txt", "two.zip!/a~3.txt"}
    for of in (6, 7, 8):
        found = case(index, of)
        assert found is not None
        kept = original(index, found.source)
        assert kept is not None
        assert kept.data == sample(of).encode()
    (corpus / "two.zip").unlink()
    assert run(corpus, index).determinations == 5


def test_the_original_is_only_what_the_index_names(corpus: Path, index: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    write(corpus, {"bad.txt": "no letter"})
    run(corpus, index)
    kept = original(index, "1.txt")
    assert kept is not None
    assert (kept.name, kept.media_type, kept.data) == ("1.txt", "text/plain", (corpus / "1.txt").read_bytes())
    assert original(index, "../secret.txt") is None
    assert original(index, str(tmp_path / "secret.txt")) is None
    assert original(index, "bad.txt") is None
    shutil.rmtree(corpus)
    assert original(index, "1.txt") is None


def test_a_corpus_that_can_t_be_opened_empties_nothing(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, index)

    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == corpus:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refusing)
        with pytest.raises(CorpusMissing, match="can't be opened"):
            run(corpus, index)
    assert stats(index).determinations == 5


def test_a_torn_archive_keeps_its_letters(corpus: Path, index: Path) -> None:
    archive = corpus / "more.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("6.txt", sample(6))
    run(corpus, index)
    archive.write_bytes(archive.read_bytes()[:-30])
    report = run(corpus, index)
    assert (report.removed, report.quarantined, report.determinations) == (0, 1, 6)


def test_a_member_that_moved_inside_its_archive(corpus: Path, index: Path) -> None:
    for numbers in ((6, 7), (8, 6, 7)):
        with zipfile.ZipFile(corpus / "more.zip", "w") as zipped:
            for of in numbers:
                zipped.writestr(f"{of}.txt", sample(of))
        run(corpus, index)
    kept = original(index, "more.zip!/7.txt")
    assert kept is not None
    assert kept.data == sample(7).encode()


def test_a_damaged_index_can_be_rebuilt(corpus: Path, index: Path) -> None:
    run(corpus, index)
    (index / "imr-search.json").write_text("{")
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        run(corpus, index)
    assert run(corpus, index, replace(ONE_PROCESS, rebuild=True)).determinations == 5
