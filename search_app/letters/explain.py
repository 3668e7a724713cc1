"""Why a decision was read as it was: the words and rules behind its drugs and its category."""

from __future__ import annotations

from typing import Any

from search_app.letters.requests import read_request
from search_app.model import Decision
from search_app.vocabulary import drugs, treatments


def explain(decision: Decision) -> dict[str, Any]:
    """The drug names found in what was disputed, whether they count, and the rule that gave the category."""
    request = read_request(decision.request)
    mentions = drugs.find_drugs(request.disputed)
    treatment = treatments.classify(request.disputed, mentions, associated=request.associated)
    return {
        "disputed": request.disputed,
        "drug_names": {mention.matched: list(mention.ingredients) for mention in mentions},
        "drugs_count": bool(treatment.drugs) or not mentions,
        "category": f"{treatment.category} > {treatment.subcategory}",
        "category_reason": treatment.reason,
    }
