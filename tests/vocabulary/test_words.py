import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.words import PhraseTable, cut, key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norco 10/325mg #60", ["norco", "10", "325", "mg", "#", "60"]),
        ("L4-L5", ["l", "4", "l", "5"]),
        ("X-Ray, 5%", ["x", "ray", "5", "%"]),
        ("Bengué's_balm", ["bengué", "s", "balm"]),
        ("", []),
    ],
)
def test_cutting(text: str, words: list[str]) -> None:
    assert [word.text for word in cut(text)] == words


@given(st.text())
def test_each_word_lies_where_it_says_and_key_agrees(text: str) -> None:
    words = cut(text)
    assert [text[word.start : word.end].casefold() for word in words] == [word.text for word in words]
    assert key(text) == tuple(word.text for word in words)


def table(*phrases: str) -> PhraseTable[str]:
    made: PhraseTable[str] = PhraseTable()
    for phrase in phrases:
        made.add(phrase.split(), phrase)
    return made


def test_the_longest_phrase_wins_and_phrases_do_not_overlap() -> None:
    found = table("a", "a b", "b c", "c").longest(["a", "b", "c", "x", "a"])
    assert [(match.value, match.first, match.past) for match in found] == [
        ("a b", 0, 2),
        ("c", 2, 3),
        ("a", 4, 5),
    ]


def test_every_phrase_is_found_overlapping_ones_too() -> None:
    assert {match.value for match in table("a", "a b", "b c", "d").every(["a", "b", "c"])} == {
        "a",
        "a b",
        "b c",
    }


def test_a_phrase_keeps_its_first_value() -> None:
    made = table("a b")
    assert made.add(["a", "b"], "other") == "a b"
    assert made.get(["a", "b"]) == "a b"
    assert made.get(["a"]) is None
    assert made.get(["b"]) is None


def test_words_are_looked_up_under_all_their_forms() -> None:
    made: PhraseTable[str] = PhraseTable(lambda word: (word, "any"))
    made.add(["any", "b"], "found")
    assert [match.value for match in made.every(["zz", "b"])] == ["found"]
