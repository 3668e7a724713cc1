from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query import runs
from search_app.query.analysis import spans, tokens
from search_app.query.distance import accepted
from search_app.query.highlight import LEAD, PASSAGE, Highlighter, Snippet
from search_app.query.reading import read
from search_app.query.tree import Everything, Fuzzy, Leaf, Or, Phrase, Prefix, Word
from tests.contract.oracle_matching import placements

HERE = ("rationale",)


def marked(typed: str, text: str, field: str = "rationale") -> list[str]:
    snippet = Highlighter(read(typed).tree).mark(text, field)
    assert snippet.text == text
    return [segment.text for segment in snippet.segments if segment.marked]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("knee", "The Knee; both knees, kneeling.", ["Knee", "knees"]),
        ("improve", "No improvement, none improved.", ["improvement", "improved"]),
        ("knee mri", "An MRI of the knee.", ["MRI", "knee"]),
        ("the knee", "the knee and the hip", ["knee"]),
        ('"knee mri"', "knee, MRI of the knee; knee MRI.", ["knee, MRI", "knee MRI"]),
        ('"the knee"', "the knee the hip", ["the knee"]),
        ('"knee mri"', "an MRI of the knee", []),
        ('"mri knee"~3', "an MRI of the knee and a knee", ["MRI", "knee"]),
        ('"knee knee"', "knee knee knee", ["knee knee"]),
        ("10/325mg", "10 mg, 325 mg, 10-325 mg, 10/325mg", ["10-325 mg", "10/325mg"]),
        ("L4-L5", "L4 and L5, then L4/L5", ["L4/L5"]),
        ("kn*", "knee knit ankle", ["knee", "knit"]),
        ("chiropractic*", "chiropractors do chiropractic", ["chiropractic"]),
        ("shuolder~", "shoulder shudder", ["shoulder"]),
        ("xanax", "Xanax is alprazolam.", ["Xanax", "alprazolam"]),
        ("norco", "Hydrocodone with acetaminophen", ["Hydrocodone", "acetaminophen"]),
        ("-knee mri", "knee mri", ["mri"]),
        ("NOT knee", "knee", []),
        ("+knee mri", "knee mri", ["knee", "mri"]),
        ("knee OR (mri -hip)", "knee mri hip", ["knee", "mri"]),
        ("request:knee", "knee", []),
        ("rationale:knee", "knee", ["knee"]),
        ("drug:tramadol", "tramadol", []),
        ("decided:2016", "decided 2016", []),
        ("", "knee", []),
        ("*", "knee", []),
        ("patient", "the patient’s and PATIENT'S own", ["patient’s", "PATIENT'S"]),
        ("brace", "<b>brace</b> &brace;", ["brace", "brace"]),
        ("膝", "左 膝", ["膝"]),
        ("knee", "", []),
    ],
)
def test_exactly_what_was_found(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_marks_of_one_field_only() -> None:
    assert marked("request:knee", "knee", "request") == ["knee"]
    assert marked("knee", "knee", "outcome") == []


def test_a_word_inside_of_a_phrase_is_marked_once() -> None:
    tree = Or((Phrase(("knee", "mri"), HERE), Word("knee", HERE), Word("mri", HERE)))
    snippet = Highlighter(tree).mark("knee MRI, knee", "rationale")
    assert [segment.text for segment in snippet.segments if segment.marked] == ["knee MRI", "knee"]


TEXT = " ".join(f"Sentence {number} says nothing new about it." for number in range(60))


def passages(typed: str, text: str, limit: int = 2) -> tuple[Snippet, ...]:
    return Highlighter(read(typed).tree).passages(text, "rationale", limit)


def test_without_marks_the_beginning_is_shown() -> None:
    (snippet,) = passages("walrus", TEXT)
    assert TEXT.startswith(snippet.text)
    assert PASSAGE - 30 < len(snippet.text) <= PASSAGE
    assert (snippet.cut_before, snippet.cut_after, snippet.marked) == (False, True, False)
    assert TEXT[len(snippet.text)] == " "


def test_a_short_text_is_shown_whole() -> None:
    for typed in ("knee", "walrus", ""):
        (snippet,) = passages(typed, "The knee.")
        assert (snippet.text, snippet.cut_before, snippet.cut_after) == ("The knee.", False, False)


def test_an_empty_text_has_an_empty_passage() -> None:
    (snippet,) = passages("knee", "")
    assert (snippet.text, snippet.marked, snippet.cut_before, snippet.cut_after) == ("", False, False, False)


def test_the_passage_with_the_most_different_words_is_chosen() -> None:
    text = f"knee knee knee knee. {TEXT} knee and mri. {TEXT}"
    (snippet,) = passages("knee mri", text, 1)
    assert [segment.text for segment in snippet.segments if segment.marked] == ["knee", "mri"]


def test_a_second_passage_shows_what_the_first_does_not() -> None:
    text = f"{TEXT} mri. {TEXT} knee. {TEXT} knee."
    first, second = passages("knee mri", text)
    assert [[one.text for one in snippet.segments if one.marked] for snippet in (first, second)] == [
        ["mri"],
        ["knee"],
    ]
    assert len(passages("knee", text)) == 1


def test_passages_begin_and_end_between_words() -> None:
    (snippet,) = passages("walrus", f"{TEXT} walrus {TEXT}")
    assert (snippet.cut_before, snippet.cut_after) == (True, True)
    words = f"{TEXT} walrus {TEXT}".split()
    assert set(snippet.text.split()) <= set(words)
    assert 0 < snippet.text.index("walrus") <= LEAD


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    (snippet,) = passages("walrus", "x-" * 500)
    assert len(snippet.text) <= PASSAGE
    assert snippet.cut_after


WORDS = st.sampled_from(["a", "b", "c", "ab", "bc", "abc", "A", "B's", "1", "a1"])
TEXTS = st.lists(WORDS | st.sampled_from([" ", ", ", "-", "<b>", "\n", "x" * 40]), max_size=120).map(" ".join)
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Word, st.sampled_from(["a", "b", "ab", "1", "z"]), st.just(HERE)),
    st.builds(
        Phrase,
        st.lists(st.sampled_from(["a", "b", "c", "1"]), min_size=2, max_size=3).map(tuple),
        st.just(HERE),
        st.integers(0, 3),
    ),
    st.builds(Prefix, st.sampled_from(["a", "ab", "b"]), st.just("c"), st.just(HERE)),
    st.builds(Fuzzy, st.sampled_from(["ab", "abc"]), st.integers(0, 1), st.just(HERE)),
)


def matching_tokens(leaf: Leaf, run: list[str]) -> set[int]:
    """The places of tokens that a mark of this leaf may cover."""
    match leaf:
        case Word():
            return {at for at, token in enumerate(run) if token == leaf.token}
        case Phrase():
            return {at for places in placements(leaf.tokens, run, leaf.slop) for at in places}
    known = accepted(leaf, set(run))
    return {at for at, token in enumerate(run) if token in known}


@given(TEXTS, st.lists(LEAVES, min_size=1, max_size=3))
def test_nothing_is_marked_that_does_not_match_and_something_is_that_does(
    text: str, leaves: list[Leaf]
) -> None:
    snippet = Highlighter(Or(tuple(leaves))).mark(text, "rationale")
    assert snippet.text == text
    allowed = set().union(*(matching_tokens(leaf, tokens(text)) for leaf in leaves))
    places = list(spans(text))
    at = 0
    for segment in snippet.segments:
        end = at + len(segment.text)
        covered = {number for number, span in enumerate(places) if span.start < end and at < span.end}
        assert not segment.marked or (covered and covered <= allowed)
        assert not segment.marked or (places[min(covered)].start, places[max(covered)].end) == (at, end)
        at = end
    assert snippet.marked == bool(allowed)
    assert all(segment.text for segment in snippet.segments)


@given(TEXTS, st.lists(LEAVES, min_size=1, max_size=3), st.integers(1, 4))
def test_passages_are_within_bounds(text: str, leaves: list[Leaf], limit: int) -> None:
    highlighter = Highlighter(Or(tuple(leaves)))
    found = highlighter.passages(text, "rationale", limit)
    assert 1 <= len(found) <= limit
    at = 0
    for snippet in found:
        start = text.index(snippet.text, at)
        at = start + len(snippet.text)
        assert len(snippet.text) <= PASSAGE + 100
        assert snippet.cut_before or text.startswith(snippet.text)
        assert snippet.cut_after or text.endswith(snippet.text)
    assert any(snippet.marked for snippet in found) == highlighter.mark(text, "rationale").marked


def test_everything_marks_nothing() -> None:
    assert not Highlighter(Everything()).mark("knee", "rationale").marked


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(LEAVES, min_size=1, max_size=3))
def test_what_earlier_texts_had_changes_nothing(texts: list[str], leaves: list[Leaf]) -> None:
    tree = Or(tuple(leaves))
    highlighter = Highlighter(tree)
    for text in texts:
        assert highlighter.mark(text, "rationale") == Highlighter(tree).mark(text, "rationale")


def test_more_words_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_REMEMBERED", 3)
    for _ in range(2):
        assert marked("knee", "a knee, no knees; one (knee) is two knees") == [
            "knee",
            "knees",
            "knee",
            "knees",
        ]
