"""Damaged letters: read rightly, set aside or flagged, but never read wrongly in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from bench.corpus_writer.letter import letters
from search_app.errors import NotADetermination
from search_app.letters import find_files, parse_text
from search_app.letters.readers import read
from search_app.model import Determination
from tests.letters.mutations import mutated
from tests.real import FOLDER, needs_real_letters

RIGHT, FLAGGED, SET_ASIDE = "read with the right decisions", "flagged", "quarantined"


def fate(text: str, whole: Determination) -> str:
    """What becomes of a damaged letter; fails if it is read wrongly in silence."""
    try:
        found = parse_text(text, whole.source)
    except NotADetermination:
        return SET_ASIDE
    outcomes = [decision.outcome for decision in found.decisions]
    if outcomes == [decision.outcome for decision in whole.decisions]:
        return RIGHT
    assert len(outcomes) != len(whole.decisions), "an outcome turned into the other one"
    assert found.warnings, f"{len(outcomes)} decisions instead of {len(whole.decisions)}, in silence"
    return FLAGGED


def fates(texts: list[tuple[str, str]], count: int) -> Counter[str]:
    """The fates of `count` damaged letters made from these texts and their sources."""
    wholes = [(text, parse_text(text, source)) for text, source in texts]
    tally: Counter[str] = Counter()
    for seed in range(count):
        text, whole = wholes[seed % len(wholes)]
        tally[fate(mutated(text, seed), whole)] += 1
    return tally


def test_damaged_fictional_letters() -> None:
    tally = fates([(one.text, f"{one.case_id}.txt") for one in letters(100, seed=5)], 1_000)
    assert tally[RIGHT] > 850, tally


@needs_real_letters
def test_damaged_real_letters(record_property: Callable[[str, object], None]) -> None:
    files = find_files([FOLDER / "pdf", FOLDER / "text"])
    tally = fates([(read(file.name, file.data()), file.source) for file in files], 5_000)
    for name, number in tally.items():
        record_property(name, number)
    assert sum(tally.values()) == 5_000
    assert tally[RIGHT] > 4_250, tally
