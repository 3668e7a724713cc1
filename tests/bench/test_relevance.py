"""Scores of judged rankings, against values worked out by hand."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.relevance import WEIGHTS, WITHOUT, Judged, Score, average, judged, report, score
from search_app.query.recipe import RECIPE

CORPUS = Path(__file__).parents[2] / "corpus"

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_ideal_order_scores_one() -> None:
    assert score(GRADES, ["a", "b", "c", "d"]) == Score(1.0, 1.0)


def test_gains_are_discounted_by_rank() -> None:
    ideal = 7 + 3 / log2(3) + 1 / 2
    found = score(GRADES, ["x", "b", "a"])
    assert found.ndcg == pytest.approx((3 / log2(3) + 7 / 2) / ideal)
    assert found.recall == 1.0


def test_only_ten_count_for_gain_and_twenty_for_recall() -> None:
    fillers = [f"x{number}" for number in range(19)]
    assert score(GRADES, [*fillers, "a", "b"]) == Score(0.0, 0.5)


def test_recall_is_unknown_where_nothing_ought_to_be_found() -> None:
    partly = score({"c": 1}, ["c"])
    assert partly == Score(1.0, None)
    assert average([partly, Score(0.0, 0.5)]) == Score(0.5, 0.5)
    assert average([partly]) == Score(1.0, None)


def test_judged_queries_are_read(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(json.dumps({"id": "q1", "query": "gait belt", "grades": {"a": 2}}) + "\n\n")
    assert judged(file) == (Judged("q1", "gait belt", {"a": 2}),)


def test_each_weight_and_each_part_of_the_recipe_is_measured() -> None:
    """Whatever is switched off differs from the recipe, and no switch is forgotten."""
    numbers = {name for name in RECIPE.__slots__ if isinstance(getattr(RECIPE, name), float)}
    assert set(WEIGHTS) == numbers
    others = [recipe for label, recipe in WITHOUT.items() if label != "everything"]
    assert RECIPE not in others
    changed = {
        name for one in others for name in RECIPE.__slots__ if getattr(one, name) != getattr(RECIPE, name)
    }
    assert changed == set(RECIPE.__slots__)


def test_the_report_tells_each_part_each_weight_and_each_query() -> None:
    one = Judged("q1", "back brace", {})
    lines = list(report(CORPUS, [one]))
    for label in (*WITHOUT, *WEIGHTS, "back brace"):
        assert [line for line in lines if line.startswith(f"| {label} |")], label


def test_missing_judgments_are_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="relevance needs judged letters"):
        main(["relevance", str(tmp_path), str(tmp_path / "none.jsonl")])
