"""The parser against letters whose truth is known because we wrote them, in every layout and format."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.corpus_writer.folder import Order, write_folder
from search_app.letters import find_files, parse_file

CASE_FACTS = (
    "case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "received_date",
    "priority", "licensure", "specialties", "age", "sex",
)  # fmt: skip
TEXTS = ("request", "disputed", "original_request", "authorized", "outcome", "rationale")
LISTS = ("drugs", "claims_admin_guidelines", "reviewer_guidelines")


def _squashed(value: object) -> object:
    return re.sub(r"[\W_]", "", value).lower() if isinstance(value, str) else value


def _facts(record: Mapping[str, Any]) -> dict[str, Any]:
    """What must agree; texts without white space and punctuation, as lines are broken in between."""
    facts: dict[str, Any] = {name: record[name] for name in CASE_FACTS}
    for number, decision in enumerate(record["decisions"], 1):
        facts |= {f"{name} of {number}": _squashed(decision[name]) for name in TEXTS}
        facts |= {f"{name} of {number}": decision[name] for name in LISTS}
    return facts


@pytest.mark.parametrize("kind", ["txt", "html", "pdf"])
def test_reads_back_what_was_written(kind: str, tmp_path: Path) -> None:
    truth_file = tmp_path / "truth.jsonl"
    write_folder(Order(count=120, seed=77, format=kind), tmp_path / "letters", truth_file)
    truth = {record["id"]: _facts(record) for record in map(json.loads, truth_file.read_text().splitlines())}
    parsed = {one.id: _facts(one.to_json()) for one in map(parse_file, find_files([tmp_path / "letters"]))}
    assert set(parsed) == set(truth)
    wrong = [
        f"{case_id} {name}: {facts[name]!r} was read as {parsed[case_id].get(name)!r}"
        for case_id, facts in truth.items()
        for name in facts
        if parsed[case_id].get(name) != facts[name]
    ]
    assert wrong == []
