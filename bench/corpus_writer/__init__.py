"""Writes fictional determination letters: `letters(count, seed)` or `python -m bench.corpus_writer`."""

from bench.corpus_writer.errors import CorpusDataError
from bench.corpus_writer.letter import FictionalLetter, letters

__all__ = ["CorpusDataError", "FictionalLetter", "letters"]
