from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.twins import BANDS, twin_keys

WORDS = [f"w{number}x" for number in range(4_000)]


def text(seed: int, length: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], seed: int, number: int) -> list[str]:
    """The words with so many of them replaced."""
    dice = random.Random(seed)
    places = dice.sample(range(len(words)), number)
    return [dice.choice(WORDS) if at in places else word for at, word in enumerate(words)]


def are_twins(one: list[str], other: list[str]) -> bool:
    return not set(twin_keys(" ".join(one))).isdisjoint(twin_keys(" ".join(other)))


def share(number: int) -> float:
    """The share of texts that are twins of themselves with so many of 120 words replaced."""
    return sum(are_twins(text(seed), changed(text(seed), seed + 1, number)) for seed in range(200)) / 200


def test_the_same_words_are_twins_however_they_are_written() -> None:
    one = "The request for 12 visits is NOT medically necessary, as the knee has healed."
    other = "the request for 12 visits is not medically necessary as the   knees has healed"
    assert twin_keys(one) == twin_keys(other)
    assert len(set(twin_keys(one))) == BANDS


def test_texts_with_a_few_other_words_are_twins_and_others_are_not() -> None:
    """The shares that the module tells."""
    assert share(2) > 0.9
    assert 0.7 < share(4) < 0.9
    assert 0.25 < share(8) < 0.45
    assert share(12) < 0.15
    assert share(24) < 0.01


def test_texts_with_nothing_in_common_are_no_twins() -> None:
    assert not any(are_twins(text(seed), text(seed + 1)) for seed in range(0, 2_000, 2))


@pytest.mark.parametrize(
    "short", ["", "...", "Not medically necessary.", "one two three four five six seven"]
)
def test_a_short_text_has_no_twins(short: str) -> None:
    assert twin_keys(short) == ()


@given(st.lists(st.sampled_from(WORDS[:50]), min_size=8, max_size=60))
def test_keys_are_the_same_every_time_and_fit_64_bits(words: list[str]) -> None:
    keys = twin_keys(" ".join(words))
    assert keys == twin_keys(" ".join(words))
    assert len(keys) == BANDS
    assert all(0 <= int(key, 16) < 1 << 64 for key in keys)


def test_keys_do_not_change_between_versions() -> None:
    """An index keeps them, so that other keys for the same text need another schema version."""
    assert twin_keys("one two three four five six seven eight nine ten")[0] == "6aef5be49f36068c"
