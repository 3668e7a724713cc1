import pytest

from search_app.vocabulary.patterns import milled, pattern_table, singular

TABLE = pattern_table(
    {
        phrase: phrase
        for phrase in ("knee brace", "arthroscop*", "*ectomy", "*punctur*", "injection", "therapy")
    },
    {"therpay": "therapy", "infections": "infection", "arthoscopy": "arthroscopy"},
)


def found(*words: str) -> list[str]:
    return [match.value for match in TABLE.every(words)]


@pytest.mark.parametrize(
    ("word", "one"),
    [("braces", "brace"), ("crutches", "crutch"), ("therapies", "therapy"), ("boss", "boss"), ("les", "les")],
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_patterns_are_not_milled() -> None:
    assert milled("knee braces *sis") == "knee brace *sis"


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (("knee", "braces"), "knee brace"),
        (("arthroscopic",), "arthroscop*"),
        (("meniscectomy",), "*ectomy"),
        (("acupuncturist",), "*punctur*"),
        (("injecton",), "injection"),
        (("therpay",), "therapy"),
        (("arthoscopy",), "arthroscop*"),
    ],
)
def test_what_a_phrase_finds(words: tuple[str, ...], phrase: str) -> None:
    assert found(*words) == [phrase]


def test_a_word_that_stands_for_itself_is_no_misspelling() -> None:
    assert found("infection") == found("infections") == []
