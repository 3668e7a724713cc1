"""The site hands out the letters that were indexed, and no other file of the machine."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from tests.ingest.corpora import number, reasons, run, sample, write

SECRET = "a line that only this machine may read"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {"1.txt": sample(1), "2.txt": sample(2), "3.txt": sample(3)})
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("../../4.txt", sample(4))
        archive.writestr("../../../../../../../../etc/passwd", "no letter")
    return folder


@pytest.fixture
def client(corpus: Path, tmp_path: Path, secret: Path) -> Iterator[FlaskClient]:
    (corpus / "link.txt").symlink_to(secret)
    run(corpus, tmp_path / "index")
    app = create_app(Settings(index=tmp_path / "index"))
    yield app.test_client()
    close_app(app)


def letter(client: FlaskClient, of: int) -> tuple[int, str]:
    answer = client.get(f"/cases/{number(of)}/letter")
    return answer.status_code, answer.text


def test_letters_of_folders_and_archives_are_handed_out(client: FlaskClient, tmp_path: Path) -> None:
    assert [letter(client, of) for of in (1, 4)] == [(200, sample(1)), (200, sample(4))]
    assert set(reasons(tmp_path / "index")) == {"link.txt", "all.zip!/etc/passwd"}


ATTEMPTS = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "..%5csecret.txt",
    "....//secret.txt",
    "..%c0%afsecret.txt",
    "..%252fsecret.txt",
    "link.txt",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "file:///etc/passwd",
    "all.zip!/etc/passwd",
    "all.zip!%2f..%2f..%2fetc%2fpasswd",
    "1.txt%00",
    "1.txt%00.pdf",
    "C:%5csecret.txt",
    "~/secret.txt",
    "../index/imr-search.json",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize(
    "where", ["/cases/{}/letter", "/static/{}", "/{}", "/export.{}", "/cases/{}/citation.ris"]
)
def test_nothing_else_is(client: FlaskClient, attempt: str, where: str) -> None:
    for path in (attempt, f"../../../../..{attempt}", f"{'..%2f' * 12}{attempt}"):
        with client.get(where.format(path)) as answer:
            assert answer.status_code in (404, 308), path
            assert SECRET not in answer.text
            assert "root:" not in answer.text


def test_the_absolute_path_of_a_file_is_no_name_of_it(
    client: FlaskClient, secret: Path, corpus: Path
) -> None:
    for path in (secret, corpus / "1.txt"):
        assert client.get(f"/cases/{quote(str(path), safe='')}/letter").status_code == 404


def _link(path: Path, secret: Path) -> None:
    path.unlink()
    path.symlink_to(secret)


def _overwrite(path: Path, secret: Path) -> None:
    path.write_text(secret.read_text())


@pytest.mark.parametrize("swap", [_link, _overwrite])
def test_what_has_taken_the_place_of_a_letter_is_not_handed_out(
    client: FlaskClient, corpus: Path, secret: Path, swap: Callable[[Path, Path], None]
) -> None:
    swap(corpus / "2.txt", secret)
    status, told = letter(client, 2)
    assert status == 404
    assert SECRET not in told
    assert "has changed since it was indexed" in told
    assert letter(client, 1)[0] == 200


def test_an_archive_that_has_changed_is_not_read(client: FlaskClient, corpus: Path) -> None:
    with zipfile.ZipFile(corpus / "all.zip", "w") as archive:
        archive.writestr("../../4.txt", SECRET)
    assert letter(client, 4)[0] == 404
