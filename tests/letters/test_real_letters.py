"""The parser against hand-made annotations of real letters."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from search_app.letters import find_files, parse_file
from search_app.model import Determination
from tests.real import FOLDER, needs_real_letters

pytestmark = needs_real_letters


@pytest.fixture(scope="module")
def parsed() -> list[Determination]:
    """Every real letter; a letter that can't be read fails the test that asks."""
    return [parse_file(file) for file in find_files([FOLDER / "pdf", FOLDER / "text"])]


def test_scores_against_the_annotations(parsed: list[Determination], tmp_path: Path) -> None:
    output = tmp_path / "parsed.jsonl"
    output.write_text("".join(json.dumps(one.to_json()) + "\n" for one in parsed), encoding="utf-8")
    command = [sys.executable, FOLDER / "score.py", FOLDER / "gold.jsonl", output]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = dict(re.findall(r"^ *([a-z_ ]+?)\s+([01]\.\d+)$", report, re.MULTILINE))
    assert float(scores["structure"]) >= 0.98, report
    assert float(scores["meaning"]) >= 0.95, report


def test_json_round_trips(parsed: list[Determination]) -> None:
    assert len(parsed) == 85
    for one in parsed:
        assert Determination.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_every_decision_has_its_texts(parsed: list[Determination]) -> None:
    for one in parsed:
        for decision in one.decisions:
            assert len(decision.rationale.split()) >= 15, one.id
            assert len(decision.disputed) < 300, one.id
            assert "\n" not in decision.rationale
