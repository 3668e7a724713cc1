"""The commands, as a person types them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_app.cli import main
from search_app.cli.indexing import STOPPED
from search_app.cli.progress import progress_line
from search_app.engines.records import INDEX_FILE
from tests.ingest.corpora import number, sample, stats, write
from tests.samples import Item, letter


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def output_of(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {f"{of}.txt": sample(of) for of in range(1, 5)})
    drugs = [Item("Xanax 1mg #30", "Overturned", rationale="Tapering Xanax needs the pills."), Item("Walker")]
    write(folder, {"5.txt": letter(drugs, number=number(5)), "bad.txt": "no letter"})
    return folder


@pytest.fixture
def index(corpus: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    output_of("index", corpus, "--index", folder, "--workers", 1)
    return folder


def test_index_ends_with_its_account(corpus: Path, tmp_path: Path) -> None:
    text = output_of("index", corpus, "--index", tmp_path / "index", "--workers", 1)
    assert "Engine: whoosh, picked for 6 letters." in text
    assert "5 letters, 6 decisions, 1 quarantined (5 added, 0 replaced, 0 removed, 0 unchanged)" in text


def test_index_is_stopped_with_ctrl_c(tmp_path: Path) -> None:
    folder, index = tmp_path / "many", tmp_path / "index"
    write(folder, {f"{of}.txt": sample(of) for of in range(6_000)})
    started = [sys.executable, "-c", "from search_app.cli import main; main()", "index", folder]
    options = ["--index", index, "--engine", "tantivy", "--commit-every", "5"]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # else ignored in the background
    process = subprocess.Popen([*started, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (index / INDEX_FILE).exists() or stats(index).determinations == 0:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert told.decode().splitlines() == [f"imr-search: {STOPPED}"]
    assert 0 < stats(index).determinations < 6_000


def test_progress_tells_rate_and_remaining_time() -> None:
    assert progress_line(3_000, 15_000, 10) == "3,000 of 15,000 letters, 300 a second, 00:40 left"
    assert progress_line(0, 15_000, 10) == "0 of 15,000 letters, 0 a second, ? left"


def test_stats_tells_what_is_quarantined(index: Path) -> None:
    assert "bad.txt: Unknown format: this is not laid out like a determination letter" in output_of(
        "stats", "--index", index
    )
    record = json.loads(output_of("stats", "--index", index, "--json"))
    assert (record["determinations"], record["decisions"], len(record["quarantined"])) == (5, 6, 1)


def test_search_as_json(index: Path) -> None:
    found = json.loads(output_of("search", "alprazolam", "--index", index, "--json"))
    assert found["total"] == 1
    assert [hit["id"] for hit in found["hits"]] == [f"{number(5)}/1"]
    assert {"value": "Overturned", "count": 1, "selected": False} in found["facets"]["outcome"]


def test_search_without_other_names(index: Path) -> None:
    found = json.loads(output_of("search", "alprazolam", "--exact", "--index", index, "--json"))
    assert found["total"] == 1, "the drug field holds the ingredient"
    assert json.loads(output_of("search", "rationale:alprazolam", "--index", index, "--json"))["total"] == 0


def test_search_with_facets_and_limit(index: Path) -> None:
    found = json.loads(output_of("search", "--outcome", "Upheld", "--limit", 2, "--index", index, "--json"))
    assert (found["total"], len(found["hits"])) == (5, 2)
    both = ("--outcome", "Upheld", "--outcome", "Overturned", "--drug", "alprazolam")
    assert json.loads(output_of("search", *both, "--index", index, "--json"))["total"] == 1


def test_search_for_a_reader(index: Path) -> None:
    text = output_of("search", "xanax", "--index", index)
    assert "Also searched for xanax: alprazolam" in text
    assert "Overturned Xanax 1mg #30" in text
    assert "Tapering Xanax needs the pills." in text


@pytest.mark.parametrize("typed", ["-mri", "--", '"', "((", "decided:never", "x" * 10_000, "*"])
def test_odd_queries_are_no_errors(typed: str, index: Path) -> None:
    assert run("search", "--index", index, "--", typed).exit_code == 0


def test_show(index: Path) -> None:
    text = output_of("show", number(5).lower(), "--index", index)
    assert "Partially Overturned" in text
    assert "1. Xanax 1mg #30: Overturned" in text
    assert json.loads(output_of("show", number(5), "--index", index, "--json"))["id"] == number(5)


def test_parse_reads_folders_files_and_zips(corpus: Path, tmp_path: Path) -> None:
    (corpus / "bad.txt").unlink()
    archive = tmp_path / "more.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(corpus / "1.txt", "1.txt")
    lines = output_of("parse", corpus, corpus / "5.txt", archive).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [*map(number, range(1, 6)), number(5), number(1)]


def test_parse_tells_what_it_can_t_read(corpus: Path) -> None:
    result = run("parse", corpus)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 5
    assert "bad.txt: Unknown format: this is not laid out like a determination letter" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "CM99-0000000"), 1, "There is no case CM99-0000000"),
        (("search", "knee", "--limit", "0"), 2, "limit"),
        (("index", "nowhere"), 2, "no file or folder nowhere"),
        (("index", "--engine", "lucene"), 2, "no engine 'lucene'"),
        (("search", "--sort", "luck"), 2, "luck"),
        (("parse", "nowhere.txt"), 2, "no file or folder nowhere.txt"),
    ],
)
def test_errors_are_for_people(arguments: tuple[str, ...], code: int, message: str, index: Path) -> None:
    extra = ("--index", index) if arguments[0] != "parse" else ()
    result = run(*arguments, *extra)
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [("search", "knee"), ("stats",), ("show", "CM16-0000001")])
def test_without_an_index_the_hint_says_how_to_build_one(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, "--index", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "imr-search index" in result.stderr


@pytest.mark.parametrize(
    "content", ["not json", "{}", '{"engine": "lucene", "schema_version": 1, "data": "x"}']
)
def test_an_index_of_another_kind_says_how_to_rebuild(content: str, index: Path) -> None:
    (index / "imr-search.json").write_text(content)
    result = run("search", "knee", "--index", index)
    assert result.exit_code == 1
    assert "--rebuild" in result.stderr


def test_broken_characters_on_the_command_line_are_no_errors(index: Path) -> None:
    assert run("search", "a\udc80b", "--index", index).exit_code == 0
    assert run("show", "a\udc80b", "--index", index).exit_code == 1


@pytest.mark.parametrize(
    "value", ["page_size = 0", "page_size = 1000", "port = 70000", "port = 80.5", "threads = 0"]
)
def test_settings_have_their_range(value: str, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text(value + "\n")
    result = run("--config", config, "stats")
    assert result.exit_code == 2
    assert value.split(" = ", maxsplit=1)[0] in result.stderr


def test_settings_come_from_file_and_flags(index: Path, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text(f'index = "{index}"\n')
    assert json.loads(output_of("--config", config, "search", "--json"))["total"] == 6
    config.write_text("colour = 'red'\n")
    result = run("--config", config, "stats")
    assert result.exit_code == 2
    assert "Unknown setting colour" in result.stderr


def test_index_says_why_it_builds_anew(corpus: Path, index: Path) -> None:
    text = output_of("index", corpus, "--index", index, "--engine", "tantivy")
    assert text.startswith(
        "Engine: tantivy, as asked: the index is built anew, and the old one (whoosh) serves"
    )
    assert output_of("index", corpus, "--index", index).startswith("Engine: tantivy, as the index has it.\n")
