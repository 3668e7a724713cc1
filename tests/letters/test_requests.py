"""What of a heading was decided."""

import pytest

from search_app.letters.requests import read_request

PARTIAL = [
    (
        "Brace for 3 months was the original request. Brace for 1 month was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, brace for 2 months is",
        ("brace for 2 months", "Brace for 3 months", "Brace for 1 month"),
    ),
    (
        "Nine visits was the original request. The Claims Administrator authorized 4 visits. "
        "The remaining IMR-eligible portion of the request, 5 visits is",
        ("5 visits", "Nine visits", "4 visits"),
    ),
    (
        "A bed was the original request. The Claims Administrator authorized a rail, leaving the original "
        "request IMR eligible. The original request, a bed is",
        ("a bed", "A bed", "a rail"),
    ),
    (
        "Drug X 7.5 mg. #90 was the original request. Drug X 7.5 mg. #30 was approved. "
        "The remaining portion of the original request, Drug X 7.5 mg. #60 is",
        ("Drug X 7.5 mg. #60", "Drug X 7.5 mg. #90", "Drug X 7.5 mg. #30"),
    ),
]


@pytest.mark.parametrize(("heading", "parts"), PARTIAL)
def test_reads_what_is_left_of_a_request(heading: str, parts: tuple[str, str, str]) -> None:
    found = read_request(heading)
    assert (found.disputed, found.original_request, found.authorized) == parts
    assert found.request == heading.removesuffix(" is")


@pytest.mark.parametrize(
    ("heading", "disputed", "associated"),
    [
        ("Walker", "Walker", False),
        ("Walker is", "Walker", False),
        ("Associated surgical service: Ice wrap", "Ice wrap", True),
        ("Associated Surgical Services:  Ice wrap is:", "Ice wrap", True),
        ("Office visit: this is it", "Office visit: this is it", False),
    ],
)
def test_reads_an_ordinary_request(heading: str, disputed: str, associated: bool) -> None:
    found = read_request(heading)
    assert (found.disputed, found.associated) == (disputed, associated)
    assert found.original_request is None
    assert found.authorized is None
