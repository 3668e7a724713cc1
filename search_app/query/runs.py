"""Texts run by run: a run is what stands between two spaces.

No token has a space in it, so that the tokens of a text are those of its runs. Few runs are new, and what
was made of the others is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from search_app.query.analysis import spans, tokens, words

_LONGEST = 40
"""Characters of a run that is remembered; longer ones hardly come twice."""

_REMEMBERED = 100_000
"""Runs that are remembered, in about 20 MB; an index of a million decisions has more, but few are common."""

T = TypeVar("T")


class _Remembered(dict[str, T], Generic[T]):
    """What a function makes of runs."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, run: str) -> T:
        made = self._make(run)
        if len(run) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[run] = made
        return made


tokens_of_run = _Remembered(lambda run: tuple(tokens(run))).__getitem__

spans_of_run = _Remembered(lambda run: tuple(spans(run))).__getitem__

_cut_run = _Remembered(lambda run: " ".join(words(run.replace("’", "'")))).__getitem__


def cut(text: str) -> str:
    """The words of a text with spaces between them.

    An engine that splits at spaces, makes lower case of each letter and stems gets the tokens from it.
    """
    return " ".join(map(_cut_run, text.split(" ")))
