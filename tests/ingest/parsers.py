"""What worker processes of tests do in the place of `workers.parse_one`."""

from __future__ import annotations

import os
import time
from unittest.mock import patch

from search_app.ingest import workers
from search_app.ingest.workers import Failure, Outcome, Task, parse_one

CRASH, HANG, END_ONCE = "end this process", "go on for ever", "end the first process that reads this"
FAIL = "have a fault of the program's own"


def refuse_to_parse(task: Task) -> Outcome:
    """Parse nothing; what is known is known."""
    outcome = parse_one(task)
    refused = Failure("parse", "Not today.")
    return outcome if outcome.result is None else Outcome(task.file, outcome.digest, refused)


def obey(task: Task) -> Outcome:
    """Do what the file says, or parse it."""
    path = task.file.path
    if not path.is_file():
        return parse_one(task)
    said, read_before = path.read_text(encoding="utf-8"), path.with_suffix(".read")
    if said == HANG:
        hang()
    if said == CRASH or (said == END_ONCE and not read_before.exists()):
        read_before.touch()
        os._exit(3)
    if said == FAIL:
        with patch.object(workers, "parse_file", None):
            return parse_one(task)
    return parse_one(task)


def end_at_once(*_: object) -> None:
    """End as a process does that can't start."""
    os._exit(3)


def hang(*_: object) -> None:
    """Go on for ever."""
    while True:
        time.sleep(1)
