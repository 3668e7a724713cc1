"""What to say of a letter that is not there."""

from __future__ import annotations

from search_app.errors import CaseNotFound
from search_app.model import Determination


def letter_missing(case: Determination) -> CaseNotFound:
    """The error for a letter whose file has gone, or has changed, since it was indexed."""
    return CaseNotFound(
        f"The letter of case {case.id} ({case.source}) has gone, or has changed since it was indexed.",
        "What was read from it is on the case's page. Index the corpus again to bring the two in step.",
    )
