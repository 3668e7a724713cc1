"""`python -m fuzz TARGET --minutes 20 --work FOLDER`: fuzz one target with atheris (fuzz/README.md)."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

WATCHED = ["search_app", "bs4", "html", "zipfile", "whoosh.qparser", "whoosh.query", "werkzeug", "flask"]
"""Packages whose coverage guides; PDFium and tantivy are native code and not seen into."""

LONGEST = {"queries": 2_100, "pages": 2_000, "api": 6_000, "vocabulary": 4_000}
"""Bytes of an input; else 30,000, as much as the longest letters have."""

with atheris.instrument_imports(include=WATCHED):
    from fuzz import targets
    from fuzz.limits import limited
    from search_app import letters, web  # noqa: F401  # so that all of it is watched

FOLDER = Path(__file__).parent


def main() -> None:
    """Fuzz until the processor time is used up, or something is found."""
    options = _options()
    corpus = options.work / options.target
    found = options.work / "found" / options.target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in targets.seeds(options.target):
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    with TemporaryDirectory(prefix="fuzz-") as made:
        check = targets.make(options.target, Path(made))
        began = time.process_time()

        def one(data: bytes) -> None:
            with limited():
                check(data)
            if time.process_time() - began > options.minutes * 60:
                os.kill(os.getpid(), signal.SIGUSR1)  # libFuzzer ends and tells what it did

        arguments = [sys.argv[0], f"-artifact_prefix={found}/", *_flags(options.target), str(corpus)]
        atheris.Setup(arguments, one)
        atheris.Fuzz()


def _flags(target: str) -> list[str]:
    dictionary = FOLDER / "dictionaries" / f"{target}.dict"
    return [
        f"-max_len={LONGEST.get(target, 30_000)}",
        "-timeout=120",  # seconds by the clock, for native code that no Python signal interrupts
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        *([f"-dict={dictionary}"] if dictionary.exists() else []),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=targets.NAMES)
    parser.add_argument("--minutes", type=float, default=20, help="Processor time.")
    parser.add_argument("--work", type=Path, default=Path("fuzz/work"), help="Keeps inputs between runs.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
