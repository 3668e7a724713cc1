from __future__ import annotations

import doctest
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query import analysis
from search_app.query.analysis import MAX_TOKEN, spans, stem, tokens, words

TABLE = [
    ("", []),
    (" \t\n.,;:!?()[]{}-–—/\\|_*&%$#@", []),
    ("Norco 10/325mg", ["norco", "10", "325", "mg"]),
    ("L4-L5, L5/S1", ["l4", "l5", "l5", "s1"]),
    ("#120", ["120"]),
    ("x1y2", ["x1", "y2"]),
    ("3rd 2x6", ["3", "rd", "2", "x6"]),
    ("1,000.50", ["1", "000", "50"]),
    ("patient's knees", ["patient", "knee"]),
    ("patient’s knees", ["patient", "knee"]),
    ("patients' knees", ["patient", "knee"]),
    ("PATIENT'S", ["patient"]),
    ("C3's", ["c3"]),
    ("don't", ["don", "t"]),
    ("O'Brien", ["o", "brien"]),
    ("it'sy", ["it", "sy"]),
    ("snake_case_word", ["snake", "case", "word"]),
    ("function functional functionality", ["function", "function", "function"]),
    ("improve improved improving improvement", ["improv"] * 4),
    ("operate operation operating", ["oper", "oper", "oper"]),
    ("therapy therapies", ["therapi", "therapi"]),
    ("therapist therapeutic", ["therapist", "therapeut"]),
    ("chiropractic", ["chiropract"]),
    ("MRI mri MrI", ["mri"] * 3),
    ("EMG/NCV", ["emg", "ncv"]),
    ("Ménière naïve", ["ménièr", "naïv"]),
    ("Straße", ["straße"]),
    ("ΣΊΣΥΦΟΣ", ["σίσυφοσ"]),
    ("膝の痛み", ["膝の痛み"]),
    ("e-mail@home", ["e", "mail", "home"]),
    ("<b>knee</b> &amp;", ["b", "knee", "b", "amp"]),
    ("the of and", ["the", "of", "and"]),
    ("☺ → 5 ☺", ["5"]),
    ("½ mile, 10² m, x²", ["mile", "10", "m", "x"]),
    ("cafe\u0301", ["cafe"]),
    ("knee's\u0301 pain's½", ["knee", "pain"]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[ascii(text) for text, _ in TABLE])
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_token_has_a_longest_length() -> None:
    assert [len(token) for token in tokens("q" * (MAX_TOKEN + 50))] == [MAX_TOKEN]
    assert stem("Q" * (MAX_TOKEN + 50)) == stem("q" * MAX_TOKEN)


def test_the_docstring_is_true() -> None:
    results = doctest.testmod(analysis)
    assert results.attempted > 0
    assert results.failed == 0


TEXTS = st.text(st.characters(codec="utf-8")) | st.text("aZ’'sS59_é- ½ﬁ膝\n")


@given(TEXTS)
def test_spans_index_the_text(text: str) -> None:
    found = list(spans(text))
    assert [span.token for span in found] == tokens(text)
    assert [text[span.start : span.end] for span in found] == words(text)
    assert [stem(text[span.start : span.end]) for span in found] == tokens(text)
    ends = [0, *(span.end for span in found)]
    assert all(before <= span.start < span.end for before, span in zip(ends, found, strict=False))


@given(TEXTS)
def test_words_are_found_again_among_themselves(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(TEXTS, TEXTS)
def test_tokens_of_two_texts_are_those_of_each(one: str, other: str) -> None:
    assert tokens(f"{one} {other}") == tokens(one) + tokens(other)


@given(TEXTS)
def test_tokens_are_folded_words_without_blanks(text: str) -> None:
    for token in tokens(text):
        assert token
        assert len(token) <= MAX_TOKEN
        assert not any(character.isspace() or character == "_" for character in token)


def test_threads_that_stem_at_once_get_the_same_as_one_alone() -> None:
    """Several requests do, and what one of them got wrong would stay in the cache."""
    endings = ("", "s", "ing", "ational", "fulness", "ization", "ously", "ability")
    many = [
        f"{start}{ending}" for start in ("relat", "condit", "hop", "national", "oper") for ending in endings
    ]
    alone = [stem(word) for word in many]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            for _ in range(20):
                stem.cache_clear()
                orders = [many[at:] + many[:at] for at in range(8)]
                for at, found in enumerate(threads.map(lambda order: [stem(word) for word in order], orders)):
                    assert found == alone[at:] + alone[:at]
    finally:
        sys.setswitchinterval(before)
        stem.cache_clear()
