"""Loaded once by the process from which those that read letters are forked: readers, parser, vocabularies."""

from __future__ import annotations

from search_app.ingest import uploads, workers
from search_app.vocabulary import drugs, guidelines, specialties, treatments
from search_app.vocabulary.body_parts import find_body_parts

__all__ = ["uploads", "workers"]

# A table is loaded when it is first looked into.
treatments.classify("knee", drugs.find_drugs("norco"))
guidelines.citations("ODG")
specialties.canonical("Family Practice")
find_body_parts("knee")
