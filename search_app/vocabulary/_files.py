"""Reads the data files that lie beside the modules of this package."""

import csv
import tomllib
from importlib import resources
from typing import Any


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV data file, keyed by its header line; an empty cell is an empty string."""
    return list(csv.DictReader(_read(name).splitlines(), strict=True))


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of a TOML data file; raises tomllib.TOMLDecodeError where it is not TOML."""
    return tomllib.loads(_read(name))


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the values of a CSV cell that are separated by `|`, trimmed, without empty ones."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
