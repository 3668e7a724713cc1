"""Files that are broken or meant to break: each ends as a letter or in quarantine, with a clear reason."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from search_app.errors import ImrSearchError, NotADetermination
from search_app.ingest.run import Plan
from search_app.ingest.workers import Task, parse_all
from search_app.letters import find_files, parse_text
from tests.ingest.corpora import case, number, reasons, run, sample, write
from tests.letters.pdfs import pdf
from tests.samples import Item, letter


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {"1.txt": sample(1)})
    return folder


def test_every_bad_file_has_its_reason(corpus: Path, tmp_path: Path) -> None:
    bad = {
        "empty.txt": (b"", "empty"),
        "empty.html": (b"", "empty"),
        "blank.txt": (b"\n" * 10_000, "no text"),
        "nulls.txt": (bytes(5_000), "not laid out"),
        "one-line.txt": (b"word " * 1_000_000, "5,000,000 characters"),
        "truncated.pdf": (pdf(["IMR ISSUES"])[:400], "damaged"),
        "renamed.pdf": (b"MZ\x90\x00 this is a program", "damaged"),
        "locked.pdf": (pdf(["IMR ISSUES"], password="none of your business"), "password"),
        "broken.zip": (b"PK\x03\x04 and no more", "no kind of file"),
        "noise.txt": (bytes(range(256)) * 50, "not laid out"),
        "deep.html": (b"<div>" * 50_000, "no text"),
        "half.txt": (letter().replace(": Upheld", "").encode(), "No decision was found"),
    }
    for name, (data, _) in bad.items():
        (corpus / name).write_bytes(data)
    report = run(corpus, tmp_path / "index")
    found = reasons(tmp_path / "index")
    assert set(found) == set(bad)
    assert {name: found[name] for name, (_, words) in bad.items() if words not in found[name]} == {}
    assert (report.determinations, report.quarantined) == (1, len(bad))


def test_null_bytes_and_controls_inside_a_letter_are_dropped(corpus: Path, tmp_path: Path) -> None:
    write(corpus, {"2.txt": sample(2, "The knee\x00 is\x07 sta\u200bble.")})
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.decisions[0].rationale == "The knee is stable."


def test_a_letter_with_a_line_of_a_hundred_thousand_characters(corpus: Path, tmp_path: Path) -> None:
    write(corpus, {"2.txt": sample(2, "Word upon word. " * 7_000 + "End.")})
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.decisions[0].rationale.endswith("End.")


def test_scripts_are_text(corpus: Path, tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    write(corpus, {"2.txt": letter([Item(heading=f"Walker {script}", rationale=script)], number=number(2))})
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert (found.decisions[0].request, found.decisions[0].rationale) == (f"Walker {script}", script)


def test_a_zip_bomb_is_not_unpacked(corpus: Path, tmp_path: Path) -> None:
    archive = corpus / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        zipped.writestr("bomb.txt", b"0" * 300_000_000)
        zipped.writestr("2.txt", sample(2))
    assert archive.stat().st_size < 1_000_000
    report = run(corpus, tmp_path / "index")
    assert "unpacks to 300,000,000 bytes" in reasons(tmp_path / "index")["bomb.zip!/bomb.txt"]
    assert report.determinations == 2


def test_a_zip_that_lies_about_sizes(corpus: Path, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("2.txt", sample(2))
    real = len(sample(2).encode()).to_bytes(4, "little")
    assert real in packed.getvalue()
    (corpus / "lies.zip").write_bytes(packed.getvalue().replace(real, (10).to_bytes(4, "little")))
    run(corpus, tmp_path / "index")
    assert "can't be unpacked" in reasons(tmp_path / "index")["lies.zip!/2.txt"]


@pytest.mark.parametrize("name", ["../../2.txt", "/etc/2.txt", "..\\2.txt", "a/../../2.txt", "C:\\2.txt"])
def test_names_that_climb_out_of_a_zip_stay_inside(name: str, corpus: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(corpus / "climb.zip", "w") as zipped:
        zipped.writestr(name, sample(2))
    before = {path for path in tmp_path.rglob("*") if "index" not in path.parts}
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.source.startswith("climb.zip!/")
    assert ".." not in found.source
    assert {path for path in tmp_path.rglob("*") if "index" not in path.parts} == before


def test_a_zip_in_a_zip_is_told(corpus: Path, tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("2.txt", sample(2))
    with zipfile.ZipFile(corpus / "outer.zip", "w") as zipped:
        zipped.writestr("inner.zip", inner.getvalue())
    run(corpus, tmp_path / "index")
    assert "no kind of file" in reasons(tmp_path / "index")["outer.zip!/inner.zip"]


def test_a_worker_that_is_brought_down_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests' own reader ends its process on a file that says so; the others are read all the same."""
    corpus = tmp_path / "corpus"
    write(corpus, {f"{of}.txt": sample(of) for of in range(50)})
    write(corpus, {"killer.txt": "end this process"})
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "crashing"))
    report = run(corpus, tmp_path / "index", Plan(workers=2))
    assert "crashed" in reasons(tmp_path / "index")["killer.txt"]
    assert (report.determinations, report.quarantined) == (50, 1)


def test_workers_that_die_while_the_results_are_slow_lose_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{of:03}.txt": sample(of) for of in range(200)})
    write(tmp_path, {"100a.txt": "end this process", "150a.txt": "end this process"})
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "crashing"))
    files = list(find_files([tmp_path]))
    found = []
    for outcome in parse_all(map(Task, files), workers=2):
        found.append(outcome.file.source)
        time.sleep(0.01)
    assert sorted(found) == [file.source for file in files]


def test_no_file_is_blamed_where_no_worker_can_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, {f"{of}.txt": sample(of) for of in range(50)})
    dying = "import os, sys\nif 'spawn_main' in str(sys.orig_argv):\n    os._exit(3)\n"
    write(tmp_path / "start", {"sitecustomize.py": dying})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "start"))
    with pytest.raises(ImrSearchError, match="can't be started"):
        run(corpus, tmp_path / "index", Plan(workers=2))


NASTY = {
    "certified": "Board Certified in " * 9_000,
    "licensed": "licensed to practice in " * 7_000,
    "commas": ", " * 60_000,
    "dashes": "-\n" * 60_000,
    "blanks": " " * 150_000,
    "lines": "\n" * 150_000,
    "pages": "\f\n" * 60_000,
    "regarding": "1) Regarding the request for " * 6_000,
    "determined": "determined the request for x " * 6_000,
    "numbers": "1. a\n" * 30_000,
    "outcomes": "x: Upheld\n" * 15_000,
    "labels": "Decision rationale: \n" * 8_000,
    "original": "was the original request. " * 6_000,
    "injured": "injury on " * 15_000,
}


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("place", ["reviewer", "summary", "heading", "rationale", "notice"])
def test_no_text_takes_forever(name: str, place: str) -> None:
    """Each of these would take minutes if any step were quadratic in it."""
    nasty = NASTY[name]
    texts = {
        "reviewer": letter().replace("An invented reviewer", nasty),
        "summary": letter(summary=nasty),
        "heading": letter([Item(heading=nasty)]),
        "rationale": letter([Item(rationale=nasty), Item()]),
        "notice": "Notice of Independent Medical Review Determination\n" + nasty,
    }
    with suppress(NotADetermination):
        assert parse_text(texts[place], "a.txt").decisions
