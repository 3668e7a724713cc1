"""A server of a benchmark's own: started as people start it, asked from outside, its memory watched."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

PROGRAM = (sys.executable, "-c", "from search_app.cli import main; main()")
"""The command `imr-search` of the code that measures."""


@contextmanager
def serving(index: Path, *options: str) -> Iterator[tuple[str, int]]:
    """The address and the process of a server over an index; it logs beside the index, in server.log."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    command = [*PROGRAM, "serve", "--index", str(index), "--port", str(port), *options]
    with index.with_name("server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(f"{address}/readyz"):
                return
        except URLError:
            sleep(0.1)
    raise TimeoutError(f"{address} does not answer.")


def memory(process: int) -> int:
    """Bytes of a process's own memory and its children's, without the files that they map (Linux)."""
    about = Path(f"/proc/{process}")
    try:
        status = (about / "status").read_text(encoding="ascii")
        children = (about / "task" / str(process) / "children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return 0
    own = sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:"))
    return own * 1024 + sum(memory(int(child)) for child in children)
