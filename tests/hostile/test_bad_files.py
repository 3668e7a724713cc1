"""Files that are broken or meant to break: each ends as a letter or in quarantine, with a clear reason."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from search_app.ingest.uploads import text_of_upload
from tests.hostile.pdfs import BROKEN, READABLE, WORDS
from tests.ingest.corpora import case, number, reasons, run, sample, write
from tests.letters.pdfs import pdf
from tests.samples import Item, letter


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
        "deep.html": (b"<div>" * 100_000, "no text"),
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


def test_pipes_sockets_devices_and_circles_stop_nobody(corpus: Path, tmp_path: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")
    os.mkfifo(corpus / "pipe.zip")
    (corpus / "zeros.txt").symlink_to("/dev/zero")
    (corpus / "circle.txt").symlink_to(corpus / "circle.txt")
    (corpus / "gone.pdf").symlink_to(corpus / "nowhere.pdf")
    (corpus / "folder.pdf").mkdir()
    (corpus / "round").symlink_to(corpus)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(corpus / "s.txt"))
        report = run(corpus, tmp_path / "index")
    found = reasons(tmp_path / "index")
    assert (report.determinations, set(found)) == (
        1,
        {"pipe.txt", "pipe.zip", "zeros.txt", "circle.txt", "gone.pdf", "s.txt"},
    )
    assert {name for name, reason in found.items() if "no file but" in reason} == {
        "pipe.txt",
        "pipe.zip",
        "zeros.txt",
        "s.txt",
    }
    assert "symbolic links" in found["circle.txt"]
    assert "No such file" in found["gone.pdf"]


def test_a_corpus_that_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert run(tmp_path / "pipe.txt", tmp_path / "index").quarantined == 1


@pytest.fixture
def deep_corpus(tmp_path: Path) -> Iterator[Path]:
    """A letter below folders nested deeper than calls; taken apart again, as nobody else can remove them."""
    folders = list(accumulate(["corpus", *["d"] * 1_200], Path.joinpath, initial=tmp_path))[1:]
    for folder in folders:
        folder.mkdir()
    write(folders[-1], {"2.txt": sample(2)})
    yield folders[0]
    (folders[-1] / "2.txt").unlink()
    for folder in reversed(folders):
        folder.rmdir()


def test_folders_nested_deeper_than_calls(deep_corpus: Path, tmp_path: Path) -> None:
    """A path has at most 4,096 bytes, which is room for some two thousand folders."""
    run(deep_corpus, tmp_path / "index")
    assert case(tmp_path / "index", 2) is not None


def test_names_on_disk_that_steer_a_terminal(corpus: Path, tmp_path: Path) -> None:
    for number_, name in enumerate(("\x1b[2J.txt", "\x1b]0;x\x07.txt", "a\nb.txt", "\u202etxt.html.txt"), 2):
        write(corpus, {name: sample(number_)})
    write(corpus, {"\x1b[31mbad\x1b[0m.txt": "no letter"})
    run(corpus, tmp_path / "index")
    told = [case(tmp_path / "index", of).source for of in (2, 3, 4, 5)]  # type: ignore[union-attr]
    assert told == ["\ufffd[2J.txt", "\ufffd]0;x\ufffd.txt", "a\ufffdb.txt", "\ufffdtxt.html.txt"]
    assert list(reasons(tmp_path / "index")) == ["\ufffd[31mbad\ufffd[0m.txt"]


def test_files_larger_than_any_letter(corpus: Path, tmp_path: Path) -> None:
    """100 MB of letters in one file, and more as a file with holes, which takes no room on disk."""
    letters = sample(2).encode() * (100_000_000 // len(sample(2).encode()))
    for name in ("large.txt", "large.html"):
        (corpus / name).write_bytes(letters)
    with (corpus / "larger.pdf").open("wb") as file:
        file.truncate(5_000_000_000)
    report = run(corpus, tmp_path / "index")
    found = reasons(tmp_path / "index")
    assert f"{len(letters):,} bytes, which is no letter" in found["large.txt"]
    assert found["large.html"] == found["large.txt"]
    assert "larger than 100,000,000 bytes" in found["larger.pdf"]
    assert report.determinations == 1


@pytest.mark.parametrize("name", READABLE)
def test_pdfs_that_are_read_in_spite_of_all(name: str) -> None:
    assert text_of_upload("a.pdf", READABLE[name]).strip() == WORDS


def test_pdfs_that_are_beyond_reading(corpus: Path, tmp_path: Path) -> None:
    for name, data in BROKEN.items():
        (corpus / f"{name}.pdf").write_bytes(data)
    report = run(corpus, tmp_path / "index")
    found = reasons(tmp_path / "index")
    assert set(found) == {f"{name}.pdf" for name in BROKEN}
    assert [reason for reason in found.values() if "crashed" in reason or "program failed" in reason] == []
    assert report.determinations == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_letter_of_any_encoding(encoding: str, corpus: Path, tmp_path: Path) -> None:
    (corpus / "2.txt").write_bytes(sample(2, "The “knee” is stable.").encode(encoding))
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.decisions[0].rationale == "The “knee” is stable."


def test_every_control_character_and_half_of_a_character(corpus: Path, tmp_path: Path) -> None:
    """Those that end a line do so; the others, and signs that turn the direction of writing, are dropped."""
    numbers = (*range(32), *range(127, 160), *range(0x200B, 0x2010), *range(0x202A, 0x202F))
    controls = [chr(number_) for number_ in numbers if chr(number_) not in "\n "]
    nasty = (
        " ".join(f"a{one}b" for one in controls).encode() + b" \xed\xa0\x80 \xff\xfe \xf4\x90\x80\x80 end."
    )
    (corpus / "2.txt").write_bytes(sample(2, "HERE").encode().replace(b"HERE", nasty))
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    rationale = found.decisions[0].rationale
    assert (rationale[:2], rationale[-4:]) == ("ab", "end.")
    assert [one for one in controls if one in rationale] == []


MARKUP = """<!DOCTYPE html [<!ENTITY a "lol"> <!ENTITY b "&a;&a;&a;&a;"> <!ENTITY c SYSTEM "file:///etc/passwd">]>
<html><script>document.write("Walker: Upheld")</script><style>p { content: "no" }</style><body onload="no()">
<iframe srcdoc="no"></iframe><template>no</template><!-- no --><![CDATA[no]]><?php no ?>"""


def test_markup_shows_what_a_browser_would(corpus: Path, tmp_path: Path) -> None:
    """Entities of the page's own stay as they are, nothing is fetched or run, nothing must be closed."""
    lines = sample(2, "&b;&c;&lt;b&gt;&#0;&#xD800;&#x110000; &amp;amp; it holds.").split("\n")
    page = MARKUP + "<b>" * 500 + "".join(f"<p><font color=red>{line}" for line in lines)
    (corpus / "2.html").write_text(page, encoding="utf-8")
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.decisions[0].rationale == "&b&c<b>\ufffd\ufffd\ufffd &amp; it holds."
