"""The audit passes if all was looked up and nothing is known, and else says what is the matter."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CLEAN = "No known vulnerabilities found"
FOUND = "Found 1 known vulnerability in 1 package\njinja2 3.1.0 CVE-2024-22195 3.1.3"
MISSED = f"{CLEAN}\nflask Dependency not found and could not be audited: flask (3.1.3)"
BROKEN = "Traceback (most recent call last):\nConnectionError: no such host"


@pytest.mark.parametrize(
    ("says", "exits", "code", "told"),
    [
        (CLEAN, 0, 0, "no known vulnerability"),
        (FOUND, 1, 1, "CVE-2024-22195"),
        (f"{FOUND}\n{MISSED}", 1, 1, "CVE-2024-22195"),
        (MISSED, 0, 2, "1 versions of requirements-dev.lock were NOT audited"),
        (BROKEN, 1, 2, "requirements-dev.lock was NOT audited: ConnectionError: no such host"),
    ],
)
def test_the_audit_says_what_it_found_or_that_it_could_not_look(
    tmp_path: Path, says: str, exits: int, code: int, told: str
) -> None:
    """With a stand-in for pip-audit, as the service that it asks is not reached from everywhere."""
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\nexit {exits}\n")
    stand_in.chmod(0o755)
    done = subprocess.run(
        ["sh", "scripts/audit.sh", stand_in], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert told in done.stdout + done.stderr
