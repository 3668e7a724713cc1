"""The documentation says what is so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from search_app.cli import main
from search_app.config import ENVIRONMENT_PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]


def test_every_setting_is_documented_as_it_is() -> None:
    prefix = ENVIRONMENT_PREFIX
    rows = [
        f"| {one.name} | `{prefix}{one.name.upper()}` | `{one.default}` | {one.metadata['help']} |"
        for one in fields(Settings)
    ]
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "IMR_SEARCH_" in line] == rows


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in main.commands if f"`imr-search {name}" not in text} == set()


@pytest.mark.parametrize("group", ["dependencies", "dev", "fuzz"])
def test_every_dependency_has_its_reason(group: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = project["dependencies"] if group == "dependencies" else project["optional-dependencies"][group]
    names = [re.split(r"[<>=]", requirement)[0] for requirement in listed]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    reasons = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("|"))
    named = set(re.split(r"[\s,]+", reasons))
    assert [name for name in names if name not in named] == []


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []
