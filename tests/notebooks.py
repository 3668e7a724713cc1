"""Runs a notebook's code as Jupyter does, without Jupyter; `python -m tests.notebooks` keeps what it showed.

It needs a server over the corpus at the notebook's address.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from pathlib import Path
from typing import Any

import nbformat

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTEBOOK = EXAMPLES / "overturn_trend.ipynb"


def run(path: Path) -> Any:
    """The notebook with its code run in order and its outputs as they came."""
    notebook = nbformat.read(path, as_version=4)
    names: dict[str, Any] = {"__name__": "__main__"}
    sys.path.insert(0, str(path.parent))
    try:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, 1):
            cell.execution_count = number
            cell.outputs = outputs(cell.source, names, number)
    finally:
        sys.path.remove(str(path.parent))
    return notebook


def outputs(source: str, names: dict[str, Any], number: int) -> list[Any]:
    """What a cell prints, and the value that it ends on."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None
    shown = [nbformat.v4.new_output("stream", name="stdout", text=printed.getvalue())]
    results = [
        nbformat.v4.new_output("execute_result", data=_data(value), execution_count=number)
        for _ in range(value is not None)
    ]
    return (shown if printed.getvalue() else []) + results


def _data(value: Any) -> dict[str, str]:
    drawing = {"image/svg+xml": value._repr_svg_()} if hasattr(value, "_repr_svg_") else {}
    return {"text/plain": repr(value), **drawing}


if __name__ == "__main__":
    nbformat.write(run(NOTEBOOK), NOTEBOOK)
