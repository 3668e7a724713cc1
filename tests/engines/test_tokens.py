"""Every engine's own tokenizer cuts texts into the tokens of `query.analysis`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.tantivy import schema as tantivy_schema
from search_app.engines.whoosh import schema as whoosh_schema
from search_app.fields import TEXT_FIELDS, texts
from search_app.letters import find_files, parse_file
from search_app.query.analysis import MAX_TOKEN, tokens
from search_app.query.runs import cut
from tests.real import FOLDER, needs_real_letters

Tokenize = Callable[[str], list[str]]


def _whoosh() -> Tokenize:
    analyzer = whoosh_schema.Tokens()
    return lambda text: [token.text for token in analyzer(text)]


def _tantivy() -> Tokenize:
    analyzer = tantivy_schema.analyzer()
    return lambda text: analyzer.analyze(cut(text))


every_engine = pytest.mark.parametrize("tokenize", [_whoosh(), _tantivy()], ids=["whoosh", "tantivy"])


def _texts_of(files: Iterable[Path]) -> Iterator[str]:
    for file in find_files(files):
        determination = parse_file(file)
        for decision in determination.decisions:
            for name in TEXT_FIELDS:
                yield from texts(name, determination, decision)


@every_engine
@given(st.text() | st.text("aZ’'sS59_é- ½²ﬁ膝ΣςİßⒶ\u0301\u200c\n") | st.text("kK", min_size=MAX_TOKEN - 3))
def test_any_text(tokenize: Tokenize, text: str) -> None:
    assert tokenize(text) == tokens(text)


@every_engine
def test_the_characters_of_all_scripts_in_their_places(tokenize: Tokenize) -> None:
    """Every character of the basic plane, and some of each block beyond it."""
    for code in (*range(0xD800), *range(0xE000, 0x10000), *range(0x10000, 0x110000, 61)):
        one = chr(code)
        text = f"a{one}b ab{one}1 pain's{one} x{one}"
        assert tokenize(text) == tokens(text), ascii(one)


@every_engine
@pytest.mark.parametrize("after", ["", "1", "é", "’s", "'sx", " x"])
@pytest.mark.parametrize("long", ["k" * (MAX_TOKEN + 1), "1" * 500, "é" * MAX_TOKEN + "12", "K" * 70_000])
def test_what_is_too_long_for_a_word(tokenize: Tokenize, long: str, after: str) -> None:
    text = f"knee {long}{after} mri"
    assert tokenize(text) == tokens(text)


@every_engine
def test_the_letters_of_the_corpus(tokenize: Tokenize) -> None:
    for text in _texts_of(sorted(Path("corpus").glob("*.txt"))[::8]):
        assert tokenize(text) == tokens(text)


@every_engine
@needs_real_letters
def test_real_letters(tokenize: Tokenize) -> None:
    for text in _texts_of([FOLDER / "text", FOLDER / "pdf"]):
        assert tokenize(text) == tokens(text)
