"""Starts a cluster, tells the tests of it, and stops it when they are done: `make test-opensearch`."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.opensearch.cluster import Cluster, why_not


def main(command: list[str]) -> int:
    """Run a command beside a cluster; its exit code, or 0 where no cluster can be started."""
    reason = why_not()
    if reason:
        print(f"Skipped: {reason}")
        return 0
    nodes = int(os.environ.get("OPENSEARCH_NODES", "3"))
    with Cluster(nodes) as cluster:
        print(f"OpenSearch runs on {', '.join(cluster.urls)}", flush=True)
        environment = os.environ | {"IMR_SEARCH_TEST_OPENSEARCH": ",".join(cluster.urls)}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
