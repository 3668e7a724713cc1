"""A server that is told to stop amid requests answers all that were sent to it."""

from __future__ import annotations

import json
import signal
import socket
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving.changing import ChangingIndex
from tests.serving.test_changing_index import NAMES
from tests.serving.test_processes import complaints, look, serving

REQUEST = b"GET /api/v1/search?limit=100 HTTP/1.0\r\nHost: localhost\r\n\r\n"


def whole(connection: socket.socket) -> bytes:
    """What comes until the connection is closed."""
    parts = []
    while part := connection.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("processes", [1, 2])
def test_requests_in_flight_are_answered(tmp_path: Path, processes: int) -> None:
    index = ChangingIndex(tmp_path / "index", NAMES)
    index.swap()
    with serving(index.path, processes) as (url, process), ExitStack() as stack:
        look(url)
        port = urlsplit(url).port
        asked = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60)) for _ in range(24)
        ]
        for connection in asked:
            connection.sendall(REQUEST)
        answers = [whole(asked[0])]
        process.send_signal(signal.SIGTERM)
        answers += map(whole, asked[1:])
        assert complaints(process) == ""
        assert process.returncode == 0
    for answer in answers:
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.0 200 OK")
        assert json.loads(body)["total"] > 0
