"""A server of several processes reads the files that are handed to it."""

from __future__ import annotations

import uuid
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.hostile.pdfs import BOMBS
from tests.letters.pdfs import pdf
from tests.serving.changing import ChangingIndex
from tests.serving.test_changing_index import NAMES
from tests.serving.test_processes import ended, serving


def send(url: str, name: str, data: bytes) -> tuple[int, str]:
    """Status and page for a file that is sent as the form sends it."""
    mark = uuid.uuid4().hex.encode()
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"'.encode()
    body = b"--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (mark, head, data, mark)
    kind = {"Content-Type": f"multipart/form-data; boundary={mark.decode()}"}
    try:
        with urlopen(Request(f"{url}similar", body, kind), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_files_are_read_and_bombs_refused(tmp_path: Path) -> None:
    index = ChangingIndex(tmp_path / "index", NAMES)
    index.swap()
    with serving(index.path, processes=2) as (url, process):
        for _ in range(4):  # so that both processes have their turn
            assert send(url, "denial.pdf", pdf(["A back brace was denied."]))[0] == 200
        status, page = send(url, "bomb.pdf", BOMBS["draws-itself"])
        assert (status, "The file could not be read." in page) == (422, True)
        assert ended(process)[0] == 0  # it may have told of slow requests
