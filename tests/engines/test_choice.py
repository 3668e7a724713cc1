"""Engines are loaded when an index needs them, and only then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from search_app import engines
from search_app.engines.records import BUILD_FILE

OPENS = """
import sys
from pathlib import Path
from search_app.cli import main
from search_app.engines import open_engine
before = {name for name in ("search_app.engines.whoosh.engine", "tantivy") if name in sys.modules}
open_engine(Path(sys.argv[1])).close()
after = {name for name in ("search_app.engines.whoosh.engine", "tantivy") if name in sys.modules}
print(sorted(before), sorted(after))
"""


@pytest.mark.parametrize(
    ("name", "loaded"), [("whoosh", "search_app.engines.whoosh.engine"), ("tantivy", "tantivy")]
)
def test_only_the_engine_of_the_index_is_loaded(name: str, loaded: str, tmp_path: Path) -> None:
    record, engine = engines.create(tmp_path, name)
    engine.close()
    engines.publish(tmp_path, record)
    told = subprocess.run(
        [sys.executable, "-c", OPENS, tmp_path], capture_output=True, text=True, check=True
    ).stdout
    assert told == f"[] ['{loaded}']\n"


def test_a_build_of_another_version_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, engine = engines.create(tmp_path, "tantivy")
    engine.close()
    assert engines.unfinished(tmp_path) == record
    monkeypatch.setattr(engines, "SCHEMA_VERSION", record.schema_version + 1)
    assert engines.unfinished(tmp_path) is None


@pytest.mark.parametrize(
    "content", ["", "{}", '{"engine": "lucene", "schema_version": 1, "data": "lucene-1"}']
)
def test_a_record_of_a_build_that_was_being_written_is_no_build(content: str, tmp_path: Path) -> None:
    (tmp_path / BUILD_FILE).write_text(content)
    assert engines.unfinished(tmp_path) is None
    engines.tidy(tmp_path)
    assert not (tmp_path / BUILD_FILE).exists()
