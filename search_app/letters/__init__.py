"""A file becomes text, and the text of a determination letter becomes a Determination."""

from search_app.letters.files import LetterFile, find_files
from search_app.letters.parse import parse_file, parse_text

VERSION = "2"
"""Grows whenever letters are read otherwise than before, so that an index reads them again."""

__all__ = ["VERSION", "LetterFile", "find_files", "parse_file", "parse_text"]
