"""What is fuzzed: each module has `make`, which gives a function of some bytes, and `seeds` to begin with.

The function returns whatever the bytes are. An exception is a crash: what the code under test documents to
raise is caught inside. None of them needs atheris, so that tests run them over seeds and found inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

Check: TypeAlias = Callable[[bytes], None]

NAMES = ("readers", "archives", "letters", "queries", "pages", "api", "vocabulary")
"""The targets."""


def make(name: str, folder: Path) -> Check:
    """The check of a target; what it needs on disk is built in the folder."""
    check: Check = import_module(f"fuzz.targets.{name}").make(folder)
    return check


def seeds(name: str) -> Iterable[bytes]:
    """Inputs of a target to begin with."""
    found: Iterable[bytes] = import_module(f"fuzz.targets.{name}").seeds()
    return found
