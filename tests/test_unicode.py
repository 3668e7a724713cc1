"""Characters of letters and queries come into one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.analysis import tokens
from search_app.unicode import composed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o\ufb03ce", "office"),
        ("Me\u0301nie\u0300re", "Ménière"),
        ("2\u00bd tablets", "2\u00bd tablets"),
        ("10\u00b2", "10\u00b2"),
        ("a\udc80b", "a\ufffdb"),
        ("plain text", "plain text"),
    ],
)
def test_composed(text: str, expected: str) -> None:
    assert composed(text) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_composing_twice_changes_nothing_and_bytes_can_be_made(text: str) -> None:
    once = composed(text)
    assert composed(once) == once
    assert tokens(once.encode().decode()) == tokens(once)
