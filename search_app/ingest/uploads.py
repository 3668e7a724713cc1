"""The text of a file that somebody hands over, read in a process of its own: nothing of it is kept.

A damaged file may bring its reader down or keep it busy for ever; only the process that reads it goes.
"""

from __future__ import annotations

from search_app.errors import LetterError, UnreadableFile
from search_app.ingest.limited import LIMITS, LimitedProcess, Limits, Lost
from search_app.letters.readers import read

_PASTE = "Paste the text of it instead."


def text_of_upload(name: str, data: bytes, limits: Limits = LIMITS) -> str:
    """The text of a PDF, HTML or text file; raises UnreadableFile for what can't be read so."""
    process = LimitedProcess(_read, limits)
    try:
        (found,) = process.answers([(name, data)])
    finally:
        process.close()
    match found:
        case str():
            return found
        case Lost.SLOW:
            raise UnreadableFile("Reading the file took too long.", _PASTE)
        case Lost.CRASHED:
            raise UnreadableFile("The file could not be read.", _PASTE)
    raise UnreadableFile(*found)


def _read(file: tuple[str, bytes]) -> str | tuple[str, str]:
    """The text, or the message and the hint for a file that has none."""
    try:
        return read(*file)
    except LetterError as error:
        return error.message, error.hint
    except (RecursionError, MemoryError):
        return "The file is nested too deeply or too large to read.", _PASTE
