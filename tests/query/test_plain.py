from __future__ import annotations

import pytest

from search_app.query.plain import things
from search_app.query.recipe import EXACT, RECIPE, Recipe


@pytest.mark.parametrize(
    ("typed", "kept", "left_out"),
    [
        ("knee MRI", ["knee", "MRI"], ""),
        ("back brace for walrus", ["back brace", "walrus"], "for"),
        ("EMG/NCV", ["EMG/NCV"], ""),
        ("PT/walrus", ["PT/walrus"], ""),
        ("knee/hip", ["knee", "hip"], ""),
        ("cases where the patient got a knee MRI", ["knee", "MRI"], "cases where, the, patient, got, a"),
        ("the patient", ["the", "patient"], ""),
        ("neck or back", [("neck", "back")], ""),
        ("knee or hip replacement", [("knee replacement", "hip replacement")], ""),
        ("walrus or seal or whale", [("walrus", "seal", "whale")], ""),
        ("or knee", ["knee"], "or"),
        ("knee or", ["knee"], "or"),
        ("knee or the", ["knee"], "or, the"),
        ("whether or not walrus", ["walrus"], "whether, or, not"),
        ("...", [], ""),
        ("range of motion of the knee", ["range of motion", "knee"], "of, the"),
    ],
)
def test_things(typed: str, kept: list[str | tuple[str, ...]], left_out: str) -> None:
    found = things(typed.split(), RECIPE)
    assert [ways[0] if len(ways) == 1 else ways for ways in found.kept] == kept
    assert ", ".join(found.left_out) == left_out


def test_exactly_as_typed() -> None:
    found = things(["cases", "of", "back", "brace", "or", "patient"], EXACT)
    assert list(found.kept) == [("cases",), ("back",), ("brace",), ("patient",)]
    assert found.left_out == ("of", "or")


@pytest.mark.parametrize(
    ("off", "typed", "kept"),
    [
        ("framing", "patient walrus", [("patient",), ("walrus",)]),
        ("alternatives", "walrus or seal", [("walrus",), ("seal",)]),
    ],
)
def test_each_has_its_switch(off: str, typed: str, kept: list[tuple[str, ...]]) -> None:
    assert list(things(typed.split(), Recipe(**{off: False})).kept) == kept  # type: ignore[arg-type]
