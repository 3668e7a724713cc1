"""Every regular expression of the program: those compiled while it is used, and those in its source."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import search_app

PACKAGE = Path(search_app.__file__).parent
CORPUS = PACKAGE.parent / "corpus"
CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")

QUERY = '"knee mri"~5 drug:xanax* decided:[2015 TO 2016] -back approved mispeled~'

Known = dict[tuple[str, int], str]
"""Where each expression stands, by its text and flags."""


def every_pattern() -> Known:
    """All of them; to be called in a process that has not imported the program's modules yet."""
    found: Known = {}
    ordinary = re._compile  # type: ignore[attr-defined]

    def noting(pattern: object, flags: int) -> object:
        caller = sys._getframe(2)
        if isinstance(pattern, str) and Path(caller.f_code.co_filename).is_relative_to(PACKAGE):
            name = Path(caller.f_code.co_filename).relative_to(PACKAGE)
            found.setdefault((pattern, int(flags)), f"{name}:{caller.f_lineno}")
        return ordinary(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    try:
        for module in pkgutil.walk_packages([str(PACKAGE)], "search_app."):
            importlib.import_module(module.name)
        _use_what_is_made_when_needed()
    finally:
        re._compile = ordinary  # type: ignore[attr-defined]
    compiled = {pattern for pattern, _ in found}
    found.update(((pattern, 0), where) for pattern, where in _written() if pattern not in compiled)
    return found


def _use_what_is_made_when_needed() -> None:
    """Read letters, queries and parameters, and look for words: some expressions are made for that alone."""
    letters, parameters, marks, api, reading = (
        importlib.import_module(f"search_app.{name}")
        for name in ("letters", "query.parameters", "web.pages.find", "web.api.parameters", "web.api.reading")
    )
    for number, file in enumerate(letters.find_files([CORPUS])):
        if number % 40 == 0:
            letters.parse_file(file)
    parameters.search_of({"q": [QUERY]}, 20)
    reading.strict_problems({"from": ["2016"]}, api.SEARCH)
    marks.Marks(None, marks.SearchForm("", QUERY))


def _written() -> Iterator[tuple[str, str]]:
    """Expressions that stand as they are in calls of `re`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_of_re(node.func) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, f"{path.relative_to(PACKAGE)}:{node.lineno}"


def _is_of_re(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr in CALLS
        and isinstance(called.value, ast.Name)
        and called.value.id == "re"
    )
