"""The server opens a port, tells where, and says clearly when it can't."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from flask import Flask

from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web import create_app
from search_app.web.server import SiteServer, address, hold, serve
from tests.web.serving import running


def test_a_free_port_is_picked_and_told(index: Path) -> None:
    settings = Settings(index=index, port=0)
    with running(create_app(settings), settings) as url:
        assert url.startswith("http://127.0.0.1:")
        with urlopen(url + "healthz") as answer:
            assert answer.status == 200
            assert "waitress" not in str(answer.headers).lower()


SERVE = """
import sys
from pathlib import Path
from search_app.config import Settings
from search_app.web.server import serve
settings = Settings(index=Path(sys.argv[1]), port=0, access_log="off", slow_request=1_000_000)
serve(settings, lambda address: print(address, flush=True))
"""


def test_serving_until_interrupted(index: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", SERVE, str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urlopen(address + "healthz") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")


def test_a_request_that_is_running_when_the_server_is_told_to_stop_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And a connection that nothing is owed on is closed: nobody waits for it."""
    monkeypatch.setattr("search_app.web.server.GRACE", 3600.0)
    app, begun, told = Flask("slow"), threading.Event(), threading.Event()
    body = b"all of it " * 3_000_000

    @app.get("/slow")
    def slow() -> bytes:
        begun.set()
        told.wait()
        return body

    held = hold("127.0.0.1", 0)
    url = address(held)
    server = SiteServer(app, held, threads=2)
    with ThreadPoolExecutor() as threads, closing(HTTPConnection(urlsplit(url).netloc)) as idle:
        ended = threads.submit(server.run)
        idle.request("GET", "/")
        assert idle.getresponse().read()
        asked = threads.submit(lambda: urlopen(url + "slow").read())
        begun.wait()
        server.stop()
        server.stop()
        told.set()
        assert asked.result() == body
        ended.result(timeout=60)
    with pytest.raises(URLError):
        urlopen(url)


def test_a_port_that_is_taken(index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"port {port}") as caught:
            serve(Settings(index=index, port=port), print)
    assert "--port 0" in caught.value.hint


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("no host", 0)])
def test_an_address_that_can_not_be(host: str, port: int) -> None:
    with pytest.raises(SettingError):
        hold(host, port)


def test_an_address_of_the_sixth_version_is_written_in_brackets() -> None:
    try:
        held = hold("::1", 0)
    except SettingError:
        pytest.skip("this machine has no IPv6")
    with held:
        assert address(held) == f"http://[::1]:{held.getsockname()[1]}/"


def test_a_site_below_a_path_keeps_its_links_there(index: Path) -> None:
    client = create_app(Settings(index=index)).test_client()
    page = client.get("/search?q=taper", base_url="http://localhost/imr").text
    assert 'action="/imr/search"' in page
    assert 'href="/imr/cases/' in page
