"""What runs the program for others: the units of systemd and the container give it no more than it needs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest

from search_app.cli import main

ROOT = Path(__file__).resolve().parents[2]
UNITS = ["imr-search.service", "imr-search-index.service"]
MOST_EXPOSED = 15
"""Tenths of a point, of 10, that `systemd-analyze security` may give; less is better."""


def service(name: str) -> dict[str, str]:
    """The lines of a unit's [Service]; of those that stand twice, the last."""
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((ROOT / "deploy" / name).read_text(encoding="utf-8"))
    return dict(unit["Service"])


@pytest.mark.parametrize("name", UNITS)
def test_units_call_the_program_as_it_can_be_called(name: str) -> None:
    program, _, _, command, *arguments = shlex.split(service(name)["ExecStart"])
    assert Path(program).name in project()["scripts"]
    main.commands[command].make_context(command, arguments)


@pytest.mark.parametrize("name", UNITS)
def test_units_have_no_rights_but_to_read_and_to_their_own_folder(name: str) -> None:
    lines = service(name)
    assert lines["User"] == "imr-search"
    assert lines["ProtectSystem"] == "strict"
    assert lines["CapabilityBoundingSet"] == lines["AmbientCapabilities"] == ""
    assert lines["NoNewPrivileges"] == lines["PrivateTmp"] == lines["ProtectHome"] == "yes"
    assert lines["IPAddressDeny"] == "any"
    assert "MemoryMax" in lines


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_reads_the_units_and_finds_them_hardened(name: str, tmp_path: Path) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    unit = tmp_path / name
    unit.write_text(text.replace("/opt/imr-search/bin/imr-search", "/bin/true"), encoding="utf-8")
    exposed = ["security", "--offline=true", f"--threshold={MOST_EXPOSED}"]
    for question in (["verify", "--man=no"], exposed):
        done = subprocess.run(
            ["systemd-analyze", *question, unit], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert name not in done.stderr


def project() -> dict[str, dict[str, str]]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project: dict[str, dict[str, str]] = tomllib.loads(text)["project"]
    return project


def test_the_container_takes_what_exists_and_runs_it_as_nobody_in_particular() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if re.match(r"COPY (?!--from)", line)]
    assert copied
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    assert [line for line in lines if line.startswith("USER ")][-1] == "USER 10001:10001"
    (entry,) = [line for line in lines if line.startswith("ENTRYPOINT ")]
    assert re.findall(r'"(.+?)"', entry) == list(project()["scripts"])
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
