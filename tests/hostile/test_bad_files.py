"""Files that are broken or meant to break: each ends as a letter or in quarantine, with a clear reason."""

from __future__ import annotations

from pathlib import Path

import pytest

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
        "broken.zip": (b"PK\x03\x04 and no more", "damaged or is no zip"),
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
