"""The server opens a port, tells where, and says clearly when it can't."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web import create_app
from search_app.web.server import address, listen, serve
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
serve(Settings(index=Path(sys.argv[1]), port=0), lambda address: print(address, flush=True))
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


def test_a_port_that_is_taken(index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"port {port}") as caught:
            serve(Settings(index=index, port=port), print)
    assert "--port 0" in caught.value.hint


@pytest.mark.parametrize("settings", [Settings(port=70_000), Settings(host="no host", port=0)])
def test_an_address_that_can_not_be(settings: Settings) -> None:
    with pytest.raises(SettingError):
        listen(create_app(settings), settings)


def test_an_address_of_the_sixth_version_is_written_in_brackets() -> None:
    class Server:
        effective_host, effective_port = "::1", 8000

    assert address(Server()) == "http://[::1]:8000/"


def test_a_site_below_a_path_keeps_its_links_there(index: Path) -> None:
    client = create_app(Settings(index=index)).test_client()
    page = client.get("/search?q=taper", base_url="http://localhost/imr").text
    assert 'action="/imr/search"' in page
    assert 'href="/imr/cases/' in page
