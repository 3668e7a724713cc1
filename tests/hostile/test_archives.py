"""Archives that are meant to fill memory, to climb out of their place, or to be read for ever."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from search_app.letters import find_files
from tests.ingest.corpora import case, reasons, run, sample


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


def test_archives_in_archives_are_not_opened(corpus: Path, tmp_path: Path) -> None:
    packed = sample(2).encode()
    for name in ("2.txt", *["inner.zip"] * 50):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as zipped:
            zipped.writestr(name, packed)
        packed = file.getvalue()
    (corpus / "outer.zip").write_bytes(packed)
    run(corpus, tmp_path / "index")
    assert "no kind of file" in reasons(tmp_path / "index")["outer.zip!/inner.zip"]


def overlapping(members: int, data: bytes) -> bytes:
    """An archive whose members all begin at the same place."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(data), len(packed), len(data))
    name = b"00000.txt"
    start = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0)
    body = start + name + packed
    entry = struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + struct.pack("<HHHHHII", len(name), *[0] * 6)
    directory = b"".join(b"PK\x01\x02" + entry + b"%05d.txt" % number for number in range(members))
    end = struct.pack("<HHHHIIH", 0, 0, members, members, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def test_members_that_lie_over_each_other_are_not_unpacked(corpus: Path, tmp_path: Path) -> None:
    (corpus / "over.zip").write_bytes(overlapping(300, bytes(range(256)) * 20_000))
    report = run(corpus, tmp_path / "index")
    assert (report.determinations, report.quarantined) == (1, 300)
    assert {"lies over another" in reason for reason in reasons(tmp_path / "index").values()} == {True}


def test_a_member_that_runs_into_the_next_is_not_unpacked(corpus: Path, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("2.txt", sample(2))
        zipped.writestr("3.txt", sample(3))
    size = struct.pack("<I", len(sample(2).encode()))
    longer = struct.pack("<I", len(sample(2).encode()) + 200)
    whole = bytearray(file.getvalue())
    first = whole.index(b"PK\x01\x02")
    whole[first:] = whole[first:].replace(size * 2, longer * 2, 1)
    (corpus / "over.zip").write_bytes(bytes(whole))
    run(corpus, tmp_path / "index")
    assert list(reasons(tmp_path / "index")) == ["over.zip!/2.txt"]
    assert case(tmp_path / "index", 3) is not None


def test_sixty_thousand_members_of_one_name(tmp_path: Path) -> None:
    """It would take minutes if each looked for its number from the beginning."""
    data = overlapping(60_000, b"x")
    place = data.index(b"PK\x01\x02")
    step = 46 + len("00000.txt")
    rows = [data[at : at + 46] + b"same!.txt" for at in range(place, place + 60_000 * step, step)]
    (tmp_path / "same.zip").write_bytes(data[:place] + b"".join(rows) + data[place + 60_000 * step :])
    sources = {file.source for file in find_files([tmp_path / "same.zip"])}
    assert (len(sources), "same.zip!/same!~60000.txt" in sources) == (60_000, True)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a\x1b[2Jb.txt", "a\ufffd[2Jb.txt"),
        ("line\nline.txt", "line\ufffdline.txt"),
        ("\u202etxt.exe.txt", "\ufffdtxt.exe.txt"),
        ("/".join(["deep"] * 9_000) + "/2.txt", "deep/" * 50 + "2.txt"),
        ("l" * 60_000 + ".txt", "l" * 251 + ".txt"),
        ("膝.txt", "膝.txt"),
    ],
)
def test_names_that_steer_or_never_end(name: str, source: str, corpus: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(corpus / "names.zip", "w") as zipped:
        zipped.writestr(name, sample(2))
    run(corpus, tmp_path / "index")
    found = case(tmp_path / "index", 2)
    assert found is not None
    assert found.source == f"names.zip!/{source}"


def test_a_name_that_is_no_text_damages_its_archive_only(corpus: Path, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("\u00e9.txt", sample(2))
    (corpus / "names.zip").write_bytes(file.getvalue().replace("\u00e9".encode(), b"\xff\xfe"))
    report = run(corpus, tmp_path / "index")
    assert (report.determinations, report.quarantined) == (1, 1)
    assert "damaged or is no zip" in reasons(tmp_path / "index")["names.zip"]
