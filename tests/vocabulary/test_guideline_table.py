import tomllib
from importlib import resources

import pytest

from search_app.vocabulary.guideline_table import build
from search_app.vocabulary.guidelines import citations

FILES = resources.files("search_app.vocabulary")
ODG = tomllib.loads(FILES.joinpath("odg.toml").read_text("utf-8"))
GUIDELINES = tomllib.loads(FILES.joinpath("guidelines.toml").read_text("utf-8"))
NAMES = [
    (name, chapter["title"])
    for chapter in ODG["chapter"]
    for name in [chapter["title"], *chapter.get("names", ()), *chapter.get("short", ())]
]


@pytest.mark.parametrize(("name", "title"), NAMES)
def test_each_writing_of_an_odg_chapter_is_known(name: str, title: str) -> None:
    (found,) = citations(f"Decision based on Non-MTUS Citation ODG, {name} - Braces.") or ()
    assert (found.chapter, found.topic) == (title, "Braces")


@pytest.mark.parametrize("section", GUIDELINES["comma_sections"])
def test_each_section_with_commas_stays_whole(section: str) -> None:
    (found,) = (
        citations(f"Decision based on MTUS Knee Disorders 2017, Section(s): Yoga, {section}, Heat.") or ()
    )
    assert found.sections == ("Yoga", section, "Heat")


def test_a_name_that_two_chapters_claim_is_refused() -> None:
    twice = [{"title": "Knee", "names": ["Leg"]}, {"title": "Foot", "names": ["leg"]}]
    with pytest.raises(ValueError, match=r"guidelines\.toml: 'leg' is a name of two chapters"):
        build(GUIDELINES | {"chapter": twice}, ODG)
    with pytest.raises(ValueError, match=r"odg\.toml: 'leg' is a name of two chapters"):
        build(GUIDELINES, {"chapter": twice})
