import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search_app.vocabulary.spelling import NearWords, one_slip

LETTERS = "abcdefgh"
words = st.text(LETTERS, min_size=8, max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("tramadol", "tramdol", True),
        ("tramadol", "tramaddol", True),
        ("tramadol", "tramidol", True),
        ("tramadol", "tarmadol", True),
        ("tramadol", "tramadol", False),
        ("tramadol", "tamadlo", False),
        ("tramadol", "tromidol", False),
        ("", "a", True),
        ("a", "b", True),
    ],
)
def test_one_slip(one: str, other: str, near: bool) -> None:
    assert one_slip(one, other) is near
    assert one_slip(other, one) is near


def slips(word: str) -> set[str]:
    """All one-letter slips, made one by one."""
    made = {word[:n] + word[n + 1 :] for n in range(len(word))}
    for letter in LETTERS:
        made |= {word[:n] + letter + word[n + 1 :] for n in range(len(word))}
        made |= {word[:n] + letter + word[n:] for n in range(len(word) + 1)}
    made |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    return made - {word}


@given(words, st.data())
def test_each_slip_of_a_lone_word_leads_back_to_it(word: str, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(sorted(slips(word))))
    assert one_slip(written, word)
    assert NearWords([word]).nearest(written) == word


@given(words, words)
def test_what_is_no_slip_is_not_mended(word: str, written: str) -> None:
    assume(written not in slips(word))
    assert NearWords([word]).nearest(written) is None


def test_known_short_and_doubtful_words_are_left_alone() -> None:
    near = NearWords(["lorazepam", "clorazepam", "relpax"])
    assert near.nearest("lorazepam") is None
    assert near.nearest("relax") is None
    assert near.nearest("glorazepam") is None
