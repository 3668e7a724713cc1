"""The strict check of scenario data, and the data that ships."""

from collections import Counter
from pathlib import Path

import pytest

from bench.corpus_writer import CorpusDataError
from bench.corpus_writer.catalog import catalog
from bench.corpus_writer.datafiles import SCENARIOS, prose
from bench.corpus_writer.scenario import load_scenarios

GOOD = Path(__file__).with_name("scenario.toml").read_text(encoding="utf-8")


def problems(folder: Path, text: str) -> list[str]:
    (folder / "some.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusDataError) as caught:
        load_scenarios(folder)
    return list(caught.value.problems)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text(GOOD, encoding="utf-8")
    (scenario,) = load_scenarios(tmp_path)
    assert scenario.id == "shoulder-therapy"
    assert scenario.numbers["count"] == (6, 12, 2)
    assert scenario.late_facts == {"item", "Close"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('id = "shoulder', 'colour = "red"\nid = "shoulder', "unknown key 'colour'; remove it"),
        ('category = "Rehabilitation"\n', "", "key 'category' is missing; add it"),
        ('"Rehabilitation"', '"Rehab"', "unknown category 'Rehab'; use one of Pharmaceuticals"),
        ('"PT/OT"', '"Pilates"', "unknown subcategory 'Pilates' of Rehabilitation; use one of"),
        ('["shoulder"]', '["sholder"]', "unknown region 'sholder'; use one of"),
        ('["shoulder"]', "[]", "regions is empty; name at least one"),
        ('regions = ["shoulder"]', 'regions = ["shoulder"]\nrole = "main"', "unknown role 'main'"),
        (
            'regions = ["shoulder"]',
            'regions = ["shoulder"]\ndrugs = ["Ibuprofen"]',
            "drug 'Ibuprofen' has capitals",
        ),
        (
            "mtus:part/",
            "mtus:sholder/",
            "claims_admin: guideline code 'mtus:sholder/Physical Methods' names no MTUS",
        ),
        (
            "odg:Shoulder",
            "ODG Shoulder",
            "reviewer: guideline code 'ODG Shoulder/Physical therapy' is not understood",
        ),
        ("[Strength|Reach]", "[Strength|Reach", "deny 2: a part is not closed with ']'; close or remove it"),
        ("{He} gained", "{They} gained", "approve 1: {They} is no slot, fact or number"),
        ("After {done}", "After {authorized}", "deny 1: {authorized} may stand only inside {{partial: ...}}"),
        ('"{side} shoulder', '"{item} {side} shoulder', "diagnoses 1: {item} is no slot"),
        ("home program should", "home program \u2014 should", "deny 1: the character '\u2014' is not ASCII"),
        ("[6, 12, 2]", "[12, 6]", "numbers.count is [12, 6]; write [low, high]"),
        (
            "done = [8, 18]",
            "done = [8, 18]\npain = [1, 2]",
            "the name 'pain' is one of the writer's own slots",
        ),
        ('Close = ["there is no case for {item}."]', "Close = []", "facts.Close must be a list"),
        ("done = [8", "dine = [8", "history 1: {done} is no slot"),
        ("count = [6, 12, 2]\n", "", "partial needs numbers.count"),
        ('remaining = "Ph', 'rest = "Ph', "partial must have the keys original, authorized and remaining"),
        ('approve = ["', 'approve = "', "not a TOML file"),
        (
            'claims_admin = ["mtus:part/Physical Methods", "none"]',
            "claims_admin = []",
            "claims_admin is empty",
        ),
    ],
)
def test_each_slip_is_named_with_file_and_advice(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(complaint in problem for problem in found), found
    assert all(problem.startswith("some.toml") for problem in found)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"PT/OT"', '"Pilates"').replace('["shoulder"]', '["sholder"]')
    assert len(problems(tmp_path, text)) == 2


def test_an_id_can_be_used_once(tmp_path: Path) -> None:
    assert "the id is taken in some.toml" in problems(tmp_path, GOOD + GOOD)[0]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusDataError, match="holds no scenario files"):
        load_scenarios(tmp_path)


def test_shipped_scenarios_cover_every_category_and_region() -> None:
    shipped = catalog(SCENARIOS).scenarios
    assert {scenario.category for scenario in shipped} == set(prose("taxonomy.toml")["categories"])
    assert {region for scenario in shipped for region in scenario.regions} >= set(prose("regions.toml")) - {
        "teeth"
    }


def test_no_rationale_is_written_twice() -> None:
    shipped = catalog(SCENARIOS).scenarios
    texts = Counter(text.source for scenario in shipped for text in (*scenario.deny, *scenario.approve))
    assert [text for text, times in texts.items() if times > 1] == []
