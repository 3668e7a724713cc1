"""The decisions that are measured: letters are written and parsed once, and kept as files of a work folder.

`WORK/parsed/` holds parts, each a pickled list of determinations, which are used in the order of their
names. A folder of such parts from elsewhere does as well.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.corpus_writer.letter import letters
from search_app.errors import LetterError
from search_app.letters import find_files, parse_file
from search_app.model import Determination

SEED = 2016
PART = 2_000
"""Letters of a part, of about 2.2 decisions each."""

NAME = "{:04}.pkl"


def determinations(parsed: Path, decisions: int) -> Iterator[Determination]:
    """The first determinations of the parts, up to exactly so many decisions if there are as many.

    One part is in memory at a time; the last determination is cut if it has more decisions than are left.
    """
    left = decisions
    for part in sorted(parsed.glob("*.pkl")):
        for one in pickle.loads(part.read_bytes()):
            if left <= 0:
                return
            yield one if len(one.decisions) <= left else replace(one, decisions=one.decisions[:left])
            left -= len(one.decisions)


def ensure(parsed: Path, decisions: int) -> None:
    """Write and parse letters until the parts hold so many decisions."""
    parsed.mkdir(parents=True, exist_ok=True)
    missing = decisions - sum(len(one.decisions) for one in determinations(parsed, decisions))
    number = len(list(parsed.glob("*.pkl")))
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        while missing > 0:
            # No letter has fewer than one decision, so no part is written that is not needed.
            parts = range(number, number + min(cores, 1 + (missing - 1) // PART))
            missing -= sum(pool.map(partial(write_part, parsed), parts))
            number = parts.stop


def write_part(parsed: Path, number: int) -> int:
    """Write and parse the letters of a part, and keep what they say; return the number of decisions."""
    with tempfile.TemporaryDirectory() as folder:
        for letter in letters(PART, SEED, start=number * PART):
            Path(folder, letter.file_name).write_text(letter.text, encoding="utf-8")
        parsed_letters = list(_parsed(Path(folder)))
    draft = parsed / f"{number}.draft"
    draft.write_bytes(pickle.dumps(parsed_letters, pickle.HIGHEST_PROTOCOL))
    draft.rename(parsed / NAME.format(number))
    return sum(len(one.decisions) for one in parsed_letters)


def _parsed(folder: Path) -> Iterator[Determination]:
    """What the letters of a folder say; those that would be quarantined are left out."""
    for file in find_files([folder]):
        with suppress(LetterError):
            yield parse_file(file)
