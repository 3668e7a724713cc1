"""A file becomes text, and the text of a determination letter becomes a Determination."""

from search_app.letters.files import LetterFile, find_files
from search_app.letters.parse import parse_file, parse_text

__all__ = ["LetterFile", "find_files", "parse_file", "parse_text"]
