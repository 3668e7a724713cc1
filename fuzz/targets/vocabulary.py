"""The matchers of vocabularies: the bytes are a text, as a request, a paragraph or a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fuzz.samples import files
from fuzz.targets import Check
from search_app.letters.readers import read
from search_app.suggest.names import known_names
from search_app.vocabulary import case_numbers, drugs, guidelines, specialties, treatments
from search_app.vocabulary.body_parts import all_body_parts, find_body_parts
from search_app.vocabulary.spinal_levels import find_levels
from search_app.vocabulary.taxonomy import taxonomy

MOST = 4_000
"""Characters that are looked at: more than a paragraph of guidelines has."""


def make(folder: Path) -> Check:
    """Whatever a text is, what is found in it is something that the vocabularies have."""
    generics, parts, labels = set(drugs.all_generics()), set(all_body_parts()), taxonomy()

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "replace")[:MOST]
        mentions = drugs.find_drugs(text)
        treatment = treatments.classify(text, mentions)
        assert treatment.category == "" or treatment.subcategory in labels[treatment.category]
        assert set(treatment.drugs) <= generics
        assert set(find_body_parts(text).parts) <= parts
        cited = guidelines.citations(text) or ()
        assert guidelines.labels_of(cited) is not None
        assert guidelines.same_guideline(cited, cited) is not False
        find_levels(text)
        specialties.canonical(text)
        assert case_numbers.canonical(text) is None or case_numbers.canonical(text).startswith("CM")
        known_names().of(text[:100])

    return check


def seeds() -> Iterator[bytes]:
    """Lines of letters: headings, guidelines, certifications and rationales."""
    for path in files(".txt"):
        for line in read(path.name, path.read_bytes()).split("\n"):
            if len(line) > 30:
                yield line.encode()
