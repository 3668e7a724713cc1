import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.specialties import all_specialties, build, canonical

FILE = tomllib.loads(resources.files("search_app.vocabulary").joinpath("specialties.toml").read_text("utf-8"))
WRITINGS = [(writing, title) for title, writings in FILE.items() for writing in (title, *writings)]


@pytest.mark.parametrize(("writing", "title"), WRITINGS)
def test_each_writing_has_its_title(writing: str, title: str) -> None:
    assert canonical(f" {writing.upper()} ") == title


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Physical Medicine and Rehabilitation", "Physical Medicine & Rehabilitation"),
        ("Sports Medicinea", "Sports Medicine"),
        ("Preventive Medicin", "Preventive Medicine"),
        ("Allergy & Immunology", "Allergy and Immunology"),
        ("  Basket   Weaving ", "Basket Weaving"),
        ("", ""),
    ],
)
def test_variants(printed: str, title: str) -> None:
    assert canonical(printed) == title


@given(st.text(max_size=40))
def test_a_title_is_its_own_title(name: str) -> None:
    assert canonical(canonical(name)) == canonical(name)


def test_the_list_is_in_the_order_of_the_file() -> None:
    assert list(all_specialties()) == list(FILE)


def test_a_writing_that_two_titles_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="'pain' stands for Neurology and for another title"):
        build({"Pain Management": ["Pain"], "Neurology": ["pain"]})
