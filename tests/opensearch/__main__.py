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
        sys.stderr.write(f"Skipped: {reason}\n")
        return 0
    nodes = int(os.environ.get("OPENSEARCH_NODES", "3"))
    with Cluster(nodes) as cluster:
        urls = ",".join(cluster.urls)
        sys.stderr.write(f"OpenSearch runs on {urls}\n")
        environment = os.environ | {"TEST_OPENSEARCH": urls, "IMR_SEARCH_OPENSEARCH_URLS": urls}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
