"""What stands behind `drug:` or `outcome:` under another name than these fields have."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.query.leaves import leaf
from search_app.query.meaning import ingredients_of, outcomes_of
from search_app.query.tree import And, Node, Value


@dataclass(frozen=True, slots=True)
class NamedValue:
    """What finds it, the field's own names for it in words, and a note that tells so."""

    node: Node
    says: str
    note: str


def named_value(field: str, text: str) -> NamedValue | None:
    """The outcome that a word means, the ingredients of a brand; None for what the field has by that name."""
    match field:
        case "outcome":
            return _outcome(text)
        case "drug":
            return _ingredients(text)
    return None


def _outcome(text: str) -> NamedValue | None:
    outcomes = outcomes_of(text)
    if not outcomes or text.capitalize() in outcomes:
        return None
    says = " or ".join(outcomes)
    note = f"Outcomes are Upheld and Overturned, so {text} was read as {says}."
    return NamedValue(Value("outcome", outcomes), says, note)


def _ingredients(text: str) -> NamedValue | None:
    ingredients = ingredients_of(text)
    nodes = tuple(found for name in ingredients if (found := leaf(name, ("drug",))))
    if not nodes:
        return None
    says = " and ".join(ingredients)
    note = f"The drug field has generic names, so {text} was read as {says}."
    return NamedValue(nodes[0] if len(nodes) == 1 else And(nodes), says, note)
