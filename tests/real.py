"""The real letters that lie beside the project on its makers' machines and in CI; users have none."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "letters"

needs_real_letters = pytest.mark.skipif(
    not (FOLDER / "gold.jsonl").is_file(), reason=f"there are no real letters in {FOLDER}"
)
