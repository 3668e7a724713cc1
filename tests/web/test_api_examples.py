"""The example client and the notebook do what they say, over the real server."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

from search_app.config import Settings
from search_app.web import create_app
from tests import notebooks
from tests.web.letters import LETTERS
from tests.web.serving import running

CLIENT = notebooks.EXAMPLES / "client.py"


@pytest.fixture
def server(index: Path) -> Iterator[str]:
    settings = Settings(index=index, port=0)
    with running(create_app(settings), settings) as url:
        yield url


@pytest.fixture
def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_client", CLIENT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_client_goes_through_all_pages(module: ModuleType, server: str) -> None:
    client = module.Client(server)
    found = [one["id"] for one in client.decisions(limit=2, year=["2015", "2016"])]
    expected = {
        f"{case.id}/{number}"
        for case in LETTERS
        if case.decision_date and case.decision_date.year in (2015, 2016)
        for number in range(1, len(case.decisions) + 1)
    }
    assert len(found) == len(expected) == client.search(year=["2015", "2016"])["total"]
    assert set(found) == expected


def test_the_client_counts_reads_a_case_and_sends_a_text(module: ModuleType, server: str) -> None:
    client = module.Client(server)
    assert client.counts("drug", outcome="Overturned", from_="2016")["alprazolam"] == 1
    assert client.case("CM16-0000003")["id"] == "CM16-0000003"
    like = client.similar("Xanax was denied.", outcome=["Overturned"], limit=3)
    assert [one["id"] for one in like] == ["CM16-0000002/1"]


def test_the_client_tells_what_was_refused(module: ModuleType, server: str) -> None:
    with pytest.raises(module.Refused, match=r"422 .* page is '0'") as refused:
        module.Client(server).search(page=0)
    assert refused.value.problem["problems"][0]["parameter"] == "page"


def test_the_client_as_a_program(server: str) -> None:
    told = subprocess.run(
        [sys.executable, CLIENT, server, "xanax"], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[0] == "2 decisions"
    assert "CM16-0000001/1   Upheld     Xanax 1mg #30" in told.stdout


def test_the_notebook_is_valid_and_kept_with_its_plot() -> None:
    notebook = nbformat.read(notebooks.NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert "</svg>" in code[-1].outputs[-1].data["image/svg+xml"]
    assert "fictional" in notebook.cells[0].source


def test_the_notebook_runs(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE", server)
    cells = [cell for cell in notebooks.run(notebooks.NOTEBOOK).cells if cell.cell_type == "code"]
    assert "2016          3           2    67%" in cells[2].outputs[0].text
    drawing = cells[-1].outputs[-1].data["image/svg+xml"]
    assert [year for year in ("2014", "2015", "2016") if f">{year}<" in drawing] == ["2014", "2015", "2016"]
