import pytest

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.template import compile_text, vowel_sound

VALUES = {"part": "left knee", "count": "8", "item": "an MRI of the left knee", "side": "", "test": "MRI"}


def written(source: str, *, partial: bool = False) -> set[str]:
    template = compile_text(source)
    return {template.render(Dice(seed), VALUES, partial) for seed in range(40)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Pain in the {part}.", {"Pain in the left knee."}),
        ("[One|Two] of [a [b|c]|d].", {f"{x} of {y}." for x in ("One", "Two") for y in ("a b", "a c", "d")}),
        ("{item} was asked for.", {"An MRI of the left knee was asked for."}),
        ("It hurts. {item} was done.", {"It hurts. An MRI of the left knee was done."}),
        ("[Done.|Done.] {item} is due.", {"Done. An MRI of the left knee is due."}),
        ("Asked for a {count} week and an {part} test.", {"Asked for an 8 week and a left knee test."}),
        ("[A|One] {test}", {"An MRI", "One MRI"}),
        ("The {side} lumbar spine", {"The lumbar spine"}),
        ("See e.g. {item}.", {"See e.g. an MRI of the left knee."}),
    ],
)
def test_renders_choices_slots_capitals_and_articles(source: str, expected: set[str]) -> None:
    assert written(source) == expected


def test_partial_text_is_kept_only_for_a_partly_authorized_item() -> None:
    source = "Denied. {{partial: A part [was|was] given.}}"
    assert written(source) == {"Denied."}
    assert written(source, partial=True) == {"Denied. A part was given."}


def test_a_fragment_gets_no_capital_of_its_own() -> None:
    assert (
        compile_text("the {part}. {part} hurts").fragment(Dice(1), VALUES) == "the left knee. Left knee hurts"
    )


@pytest.mark.parametrize(
    "source", ["a [b", "a ]", "a {b", "a } b", "{{partial: x", "x | y", "[a|[b]", "{1x}"]
)
def test_unbalanced_brackets_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"no partner|not closed"):
        compile_text(source)


def test_slots_are_listed_with_whether_they_stand_in_a_partial_part() -> None:
    listed = list(compile_text("{a} [{b}|c] {{partial: {d}}}").slots())
    assert listed == [("a", False), ("b", False), ("d", True)]


@pytest.mark.parametrize(
    "word", ["8", "11 visits", "18", "80", "MRI", "X-ray", "NSAID", "hour", "ultrasound", "EMG"]
)
def test_vowel_sounds(word: str) -> None:
    assert vowel_sound(word)


@pytest.mark.parametrize(
    "word", ["110", "180 tablets", "urine screen", "one visit", "unit", "TENS unit", "Norco"]
)
def test_consonant_sounds(word: str) -> None:
    assert not vowel_sound(word)
