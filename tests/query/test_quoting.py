from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.quoting import replaced


@pytest.mark.parametrize(
    ("query", "words", "result"),
    [
        ("low  back brace", "low back", "<low  back> brace"),
        ('"knee artroscopi" artroscopi', "artroscopi", '"knee artroscopi" <artroscopi>'),
        ("request:knee knee", "knee", "request:knee <knee>"),
        ("aspirin -ibuprofn", "ibuprofn", "aspirin -ibuprofn"),
        ("knees knee", "knee", "knees <knee>"),
        ("a b a", "a", "<a> b <a>"),
    ],
)
def test_words_that_stand_by_themselves(query: str, words: str, result: str) -> None:
    assert replaced(query, words, lambda found: f"<{found}>") == result


def test_the_first_alone() -> None:
    assert replaced('"a" a b a', "a", lambda found: f"<{found}>", once=True) == '"a" <a> b a'


@given(st.text(), st.text(min_size=1))
def test_nothing_is_lost(query: str, words: str) -> None:
    assert replaced(query, words, lambda found: found) == query
