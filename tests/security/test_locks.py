"""What is installed is what was looked at: each version is pinned, and its files are known by their hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==\S+(?: ;.*)?(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_version_is_pinned_with_the_hashes_of_its_files(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = {found["name"] for found in REQUIREMENT.finditer(text)}
    begun = {line.split("==")[0].split()[0] for line in text.splitlines() if re.match(r"[a-z]", line)}
    assert len(pinned) > 10
    assert begun == pinned


@pytest.mark.parametrize("file", ["Makefile", "Containerfile"])
def test_nothing_is_installed_from_a_lock_without_its_hashes(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    installing = [line for line in lines if re.search(r"pip install.*-r |install .*-r requirements", line)]
    assert installing
    assert [line for line in installing if "--require-hashes" not in line] == []
