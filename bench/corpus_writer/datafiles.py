"""Opens the TOML files of the writer and turns their texts into templates."""

import tomllib
from pathlib import Path
from typing import Any

from bench.corpus_writer.errors import CorpusDataError
from bench.corpus_writer.template import Template, compile_text

PROSE = Path(__file__).parent / "prose"
SCENARIOS = Path(__file__).parent / "scenarios"


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a file; raises CorpusDataError where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusDataError([f"{path.name}: not a TOML file in UTF-8: {error}; mend that line"]) from error


def prose(name: str) -> dict[str, Any]:
    """Return the tables of one of the writer's prose files."""
    return read_toml(PROSE / name)


def templates(texts: list[str]) -> tuple[Template, ...]:
    """Compile several texts; raises ValueError for the first that has an unbalanced bracket."""
    return tuple(compile_text(text) for text in texts)
