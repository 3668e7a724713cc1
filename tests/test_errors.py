from __future__ import annotations

import inspect
import pickle

import pytest

from search_app import errors
from search_app.errors import ImrSearchError, ParameterError, Problem

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, ImrSearchError) and kind is not ImrSearchError
]


@pytest.mark.parametrize(
    ("name", "status", "exit_code"),
    [
        ("SettingError", 500, 2),
        ("ParameterError", 422, 2),
        ("UnreadableFile", 422, 1),
        ("NotADetermination", 422, 1),
        ("CorpusMissing", 500, 2),
        ("IndexMissing", 503, 1),
        ("IndexIncompatible", 503, 1),
        ("IndexBusy", 503, 1),
        ("CaseNotFound", 404, 1),
        ("TooCostly", 422, 2),
        ("TookTooLong", 503, 1),
        ("ServerBusy", 503, 1),
    ],
)
def test_status_and_exit_code(name: str, status: int, exit_code: int) -> None:
    kind = getattr(errors, name)
    assert (kind.status, kind.exit_code) == (status, exit_code)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_fails_for_the_web_and_for_the_shell(kind: type[ImrSearchError]) -> None:
    assert kind.status >= 400
    assert kind.exit_code > 0
    assert kind.__doc__


def test_the_message_and_what_to_do() -> None:
    error = errors.IndexMissing("No index lies in here.", "Build one.")
    assert (error.message, error.hint, str(error)) == (
        "No index lies in here.",
        "Build one.",
        "No index lies in here. Build one.",
    )
    assert str(errors.CaseNotFound("No such case.")) == "No such case."


def test_all_problems_are_told() -> None:
    problems = (Problem("page", "0", "page is '0'."), Problem("sort", "x", "sort is 'x'."))
    error = ParameterError(problems)
    assert error.problems == problems
    assert str(error) == "page is '0'. sort is 'x'."


def test_the_stage_of_a_letter_that_was_not_taken_in() -> None:
    assert (errors.UnreadableFile.stage, errors.NotADetermination.stage) == ("read", "parse")


@pytest.mark.parametrize("kind", [errors.UnreadableFile, errors.NotADetermination])
def test_errors_of_letters_come_back_from_a_worker_process(kind: type[ImrSearchError]) -> None:
    error = pickle.loads(pickle.dumps(kind("It is empty.", "Look at it.")))
    assert isinstance(error, kind)
    assert (error.message, error.hint) == ("It is empty.", "Look at it.")
