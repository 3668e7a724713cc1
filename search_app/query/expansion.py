"""Other names of what was typed: a brand name finds its ingredients, an ingredient its brand names."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.fields import DEFAULT_FIELDS
from search_app.query.analysis import tokens
from search_app.query.leaves import leaf
from search_app.query.tree import And, DisMax, Node
from search_app.vocabulary import drugs

LONGEST_NAME = 4
"""Words of the longest drug names in the vocabulary, such as "Botulinum toxin type A"."""


SHOWN_NAMES = 5
"""Added names that are listed; some drugs have twenty."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was typed, and the other names that are searched with it."""

    typed: str
    added: tuple[str, ...]

    @property
    def says(self) -> str:
        """The added names in words, the first few of a long list."""
        more = len(self.added) - SHOWN_NAMES
        return ", ".join(self.added[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def expand(typed: str) -> tuple[Node, Expansion] | None:
    """The node that finds a drug under all its names; None if `typed` names no drug."""
    name = typed.lower()
    ingredients = drugs.drugs_of(name)
    if not ingredients:
        return None
    if ingredients == (name,):
        added = _further_names(name)
        others = [node for other in added if (node := leaf(other, DEFAULT_FIELDS))]
    else:
        others = [_all(ingredients)]
        added = (" and ".join(ingredients),)
    itself = leaf(typed, DEFAULT_FIELDS)
    if itself is None or not any(other != itself for other in others):
        return None
    return DisMax(tuple(dict.fromkeys((itself, *others)))), Expansion(typed, added)


def _further_names(generic: str) -> tuple[str, ...]:
    """Names that the generic one doesn't find by itself: not "tramadol hcl" for tramadol."""
    itself = set(tokens(generic))
    return tuple(name for name in drugs.names_of(generic) if not itself <= set(tokens(name)))


def ingredients_of(name: str) -> tuple[str, ...]:
    """The generic ingredients of a brand name; () for a generic name and for what is no drug."""
    ingredients = drugs.drugs_of(name.lower())
    return () if ingredients == (name.lower(),) else ingredients


def _all(names: tuple[str, ...]) -> Node:
    nodes = tuple(node for name in names if (node := leaf(name, DEFAULT_FIELDS)))
    return nodes[0] if len(nodes) == 1 else And(nodes)
