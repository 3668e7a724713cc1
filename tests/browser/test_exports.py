"""Taking results away in a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_is_saved(visit: Callable[..., Visitor], tmp_path: Path, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path / "saved")}
    )
    visitor.open("/search?q=therapy")
    visitor.follow(visitor.find('.results-foot a[href^="/export"]'))
    visitor.press(visitor.find('.exports a[data-kind="csv"]'))
    visitor.until(lambda: list((tmp_path / "saved").glob("imr-*.csv")))
    if scripts:
        visitor.until(lambda: "Saved 3 decisions" in visitor.find("#export-progress").text)
    (file,) = (tmp_path / "saved").glob("imr-*.csv")
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == 3
    assert {row["Subcategory"] for row in rows} == {"PT/OT"}
    assert visitor.complaints() == []
