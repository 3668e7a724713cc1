"""`python -m bench.corpus_writer`: writes a folder of fictional letters."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.corpus_writer.errors import CorpusDataError
from bench.corpus_writer.folder import FORMATS, Order, write_folder


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.corpus_writer", description=__doc__)
    parser.add_argument("--letters", type=_whole, default=400, help="how many letters (default 400)")
    parser.add_argument(
        "--seed", type=_whole, default=1, help="the same seed writes the same letters (default 1)"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="mixed", help="mixed: a tenth HTML, a tenth PDF, else text"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the letters go")
    parser.add_argument(
        "--truth",
        type=Path,
        metavar="FILE.jsonl",
        help="also write what each letter says, a JSON object a line",
    )
    return parser.parse_args(argv)


def _whole(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0; give a whole number of 0 or more")
    return number


def main(argv: Sequence[str] | None = None) -> int:
    """Write the letters that the arguments ask for; return the exit code (1 where a data file is wrong)."""
    options = _arguments(argv)
    try:
        decisions = write_folder(
            Order(options.letters, options.seed, options.format), options.out, options.truth
        )
    except CorpusDataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.letters} letters with {decisions} decisions in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
