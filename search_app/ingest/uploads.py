"""The text of a file that somebody hands over, read in a process of its own: nothing of it is kept.

A damaged file may bring its reader down or keep it busy for ever; only the process that reads it goes.
"""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.connection import Connection

from search_app.errors import LetterError, UnreadableFile
from search_app.letters.readers import read

SECONDS = 30.0
"""Time for one file, in which starting the process is the most; real letters take some hundredths."""


def text_of_upload(name: str, data: bytes) -> str:
    """The text of a PDF, HTML or text file; raises UnreadableFile for one that can't be read in good time."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(theirs, name, data), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(SECONDS):
            raise UnreadableFile("Reading the file took too long.", "Paste the text of it instead.")
        found: str | tuple[str, str] = ours.recv()
    except EOFError as error:
        raise UnreadableFile("The file could not be read.", "Paste the text of it instead.") from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(found, str):
        return found
    raise UnreadableFile(*found)


def _read(answer: Connection, name: str, data: bytes) -> None:
    try:
        answer.send(read(name, data))
    except LetterError as error:
        answer.send((error.message, error.hint))
