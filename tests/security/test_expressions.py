"""No regular expression takes long on any text: each is tried on texts made from itself to be its worst.

Time is that of the processor, and what takes too long is broken off.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from search_app.ingest.workers import Task, parse_one
from search_app.letters import LetterFile
from search_app.query import dates, grammar, quoting
from search_app.vocabulary import case_numbers
from tests.samples import Item, letter
from tests.security.attacking import PLAIN, pumps
from tests.security.deadline import deadline
from tests.security.hostile import LETTERS

ROOT = Path(__file__).resolve().parents[2]
SHORT, BRIEF = "800", "0.4"
"""Characters and seconds: that long takes an expression of exponential or cubic cost, and no other."""

EVIL = ["(a+)+$", r"(\s*\w*)*!", "(?:x|xx)*y", "(.*)(.*)(.*)(.*)#"]

LETTER = 4_000
LONGEST = 15_000
"""Characters of what is asked: an address may have no more."""

PATIENCE = 2.0
"""Seconds for a request, or for one letter."""


@pytest.fixture(scope="module")
def trial() -> dict[str, Any]:
    """What `trying` tells, in a process that has imported nothing yet."""
    command = [sys.executable, "-m", "tests.security.trying", SHORT, BRIEF, *EVIL]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_no_expression_is_exponential_or_cubic_and_the_trial_finds_those_that_are(
    trial: dict[str, Any],
) -> None:
    assert trial["slow"] == dict.fromkeys(EVIL, "given")


def test_the_trial_knows_the_expressions_of_every_part(trial: dict[str, Any]) -> None:
    assert trial["expressions"] > 130
    written = {
        str(path.relative_to(ROOT / "search_app"))
        for path in (ROOT / "search_app").rglob("*.py")
        if re.search(r"\bre\.(?!escape|Match|Pattern|[A-Z]+\b)\w+\(", path.read_text(encoding="utf-8"))
    }
    assert written - set(trial["places"]) == set()


def worst(*modules: Any) -> Iterator[str]:
    """What the expressions of some modules repeat."""
    yield from PLAIN
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, re.Pattern):
                yield from pumps(value.pattern, value.flags)


@pytest.mark.parametrize(
    "door",
    [
        "/search?q={}",
        "/api/v1/suggest?q={}",
        "/search?from={}",
        "/facets/drug?within={}",
        "/cases/{path}",
        "/similar?to={}/1",
        "/cases/a/citation.ris?item={}",
        "/search?page={}",
        "/cases/{case}?find={}",
    ],
)
def test_nothing_that_is_asked_takes_long(hostile_app: Flask, door: str) -> None:
    client = hostile_app.test_client()
    for pump in dict.fromkeys(worst(case_numbers, dates, grammar, quoting)):
        for text in (pump * (LONGEST // len(pump)), f"CM{pump * (LONGEST // len(pump) - 2)}"):
            quoted = quote(text, safe="")
            url = door.format(quoted, path=quoted, case=quote(LETTERS[0].id, safe=""))
            with deadline(PATIENCE):
                assert client.get(url).status_code < 500


def test_no_letter_takes_long(tmp_path: Path, trial: dict[str, Any]) -> None:
    path = tmp_path / "a.txt"
    for pump in trial["pumps"]:
        path.write_text(_letter(pump * (LETTER // len(pump))), encoding="utf-8")
        with deadline(PATIENCE):
            parse_one(Task(LetterFile("a.txt", path)))


def _letter(nasty: str) -> str:
    """A letter with the same in every place."""
    cited = f"Decision based on ACOEM {nasty}"
    items = [Item(heading=nasty), Item(claims_admin=cited, reviewer=nasty, rationale=nasty), Item()]
    text = letter(items, summary=nasty).replace("An invented reviewer", nasty)
    return text.replace("Family Practice", f"Family Practice {nasty}")
