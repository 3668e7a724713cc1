from __future__ import annotations

from dataclasses import replace

from search_app.model import Decision
from search_app.query.likeness import MOST_READ, WORDS, like, of_decision, of_text, shared, telling
from search_app.query.tree import And, Everything, Not, Or, Phrase, Value, positive_leaves
from tests.query.trees import nodes_of

SCAN = Decision(
    request="MRI of the left knee",
    disputed="MRI of the left knee",
    outcome="Upheld",
    rationale="Conservative treatment was not tried, and no red flags are on file for the walrus.",
    category="Diagnostic Testing",
    subcategory="Imaging/Radiology",
    body_parts=("knee",),
    reviewer_guidelines=("ODG",),
)
PILLS = Decision(
    request="Norco 10/325mg #60",
    disputed="Norco 10/325mg #60",
    outcome="Upheld",
    rationale="No functional improvement is documented. Weaning is advised.",
    drugs=("hydrocodone", "acetaminophen"),
    category="Pharmaceuticals",
    subcategory="Opioids",
)
LETTER = """Request for authorization. Diagnosis: lumbar radiculopathy. Please authorize a lumbar epidural
steroid injection at L4-L5. Conservative treatment with ibuprofen and physical therapy has failed."""


def test_what_a_decision_is_about() -> None:
    scan = of_decision(SCAN, "CM16-0000001")
    assert scan.body_parts == ("knee",)
    assert scan.values == (("subcategory", "Diagnostic Testing > Imaging/Radiology"),)
    assert of_decision(replace(SCAN, subcategory=None), "").values == (("category", "Diagnostic Testing"),)
    assert of_decision(replace(SCAN, category=None), "").values == ()
    assert scan.treatments[0] == "MRI"
    assert {"conservative treatment", "red flags"} <= set(scan.topics)
    assert of_decision(PILLS, "").drugs == ("hydrocodone", "acetaminophen")


def test_what_a_text_is_about() -> None:
    found = of_text(LETTER)
    assert found.drugs == ("ibuprofen",)
    assert "lumbar spine" in found.body_parts
    assert any("epidural" in name for name in found.treatments)
    assert "conservative treatment" in found.topics
    assert found.case_id == ""


def test_a_text_is_read_so_far() -> None:
    assert of_text("x " * MOST_READ + "ibuprofen").drugs == ()
    assert of_text("").words == {}


def test_telling_words_are_rare_and_repeated_ones() -> None:
    words = {"walrus": 3, "knee": 3, "the": 9, "once": 1, "unique": 2, "12": 4}
    having = {"walrus": 4, "knee": 800, "the": 1_000, "once": 4, "unique": 1, "12": 30}
    weights = telling(words, having)
    assert list(weights) == ["walrus", "once", "knee"]
    assert len(telling({f"w{n}": 1 for n in range(99)}, {f"w{n}": 5 for n in range(99)})) == WORDS
    assert telling({}, {}) == {}


def test_only_decisions_about_the_same_thing_are_like_it_and_none_of_its_case() -> None:
    tree = like(of_decision(SCAN, "CM16-0000001"), ["walrus"])
    assert isinstance(tree, And)
    about, _, itself = tree.nodes
    assert isinstance(about, Or)
    assert Value("subcategory", ("Diagnostic Testing > Imaging/Radiology",)) in list(nodes_of(about))
    assert itself == Not(Phrase(("cm16", "0000001"), ("case",)))
    assert "walrus" in {getattr(leaf, "token", "") for leaf in positive_leaves(tree)}


def test_what_says_nothing_is_like_everything() -> None:
    assert like(of_text(""), ()) == Everything()


def test_what_two_decisions_share() -> None:
    assert shared(of_decision(SCAN, ""), SCAN)[:3] == ("MRI", "knee", "ODG")
    assert shared(of_decision(SCAN, ""), PILLS) == ()
