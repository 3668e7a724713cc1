"""What typed words mean: drugs by all their names, everyday and technical words, outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search_app.fields import CONCEPT_FIELDS, DEFAULT_FIELDS
from search_app.query.analysis import tokens
from search_app.query.concepts import Way, concepts
from search_app.query.leaves import leaf
from search_app.query.recipe import Recipe
from search_app.query.tree import And, Concept, Constant, DisMax, Node, Or, Value
from search_app.vocabulary import drugs
from search_app.vocabulary.everyday import SUBJECTS, Group

SHOWN_NAMES = 3
"""Added wordings that are listed in a line; some things have fifty."""

_HEADING = "request"
"""The field that tells what a decision is about."""

_OUTCOME = "outcome "
"""Begins what is said of a word for an outcome."""

_SAID_BY_PATIENTS = frozenset({"denies"})
"""Forms of words for an outcome that charts have for something else: the patient denies numbness."""

_TEXTS = tuple(name for name in CONCEPT_FIELDS if name != _HEADING)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was typed, and the other wordings that are searched with it."""

    typed: str
    added: tuple[str, ...]

    @property
    def says(self) -> str:
        """The added wordings in words, the first few of a long list."""
        more = len(self.added) - SHOWN_NAMES
        return ", ".join(self.added[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a run of typed words means.

    `node` finds it, `looser` also what includes it. `subject` ranks it among what a decision can be about
    (see `everyday.SUBJECTS`); 0 for circumstances. `says` tells whether letters say it in words, which they
    do not of an outcome.
    """

    node: Node
    looser: Node
    expansion: Expansion
    subject: int
    says: bool


def meaning(typed: str, recipe: Recipe) -> Meaning | None:
    """What typed words mean, all of them together; None if they are no name of anything."""
    ways = [way for way in concepts().meanings(typed) if _wanted(way, typed, recipe)]
    if not ways:
        return None
    nodes = [_all_of(way, recipe) for way in ways]
    itself = leaf(typed, DEFAULT_FIELDS)
    if itself and not _is_found(typed, ways):
        nodes.insert(0, replace(itself, weight=recipe.words))
    node = nodes[0] if len(nodes) == 1 else DisMax(tuple(dict.fromkeys(nodes)))
    subject = min(SUBJECTS.get(_group(name).kind, 0) for way in ways for name in way)
    return Meaning(
        node=node,
        looser=_with_wider(node, ways, recipe),
        expansion=Expansion(typed, _added(typed, ways)),
        subject=subject,
        says=not all(_group(way[0]).kind == "outcome" for way in ways),
    )


def _group(name: str) -> Group:
    return concepts().groups[name]


def _wanted(way: Way, typed: str, recipe: Recipe) -> bool:
    match _group(way[0]).kind:
        case "outcome":
            return recipe.outcomes and typed.lower() not in _SAID_BY_PATIENTS
        case "framing":
            return False
    return recipe.drugs if concepts().is_drug(way[0]) else recipe.everyday


def _is_found(typed: str, ways: Sequence[Way]) -> bool:
    """Whether what was typed is itself among the wordings that are searched, or means an outcome."""
    run = tuple(tokens(typed))
    named = [name for way in ways for name in way]
    return all(_group(name).kind == "outcome" or run in concepts().wordings(name) for name in named)


def _all_of(way: Way, recipe: Recipe) -> Node:
    nodes = tuple(_thing(_group(name), recipe) for name in way)
    return nodes[0] if len(nodes) == 1 else And(nodes)


def _thing(group: Group, recipe: Recipe) -> Node:
    if group.kind == "outcome":
        return Constant(Value("outcome", group.values["outcome"]), recipe.outcome)
    weight = (recipe.other, recipe.body, recipe.subject)[SUBJECTS.get(group.kind, 0)]
    return Or((Constant(_about(group), weight), Concept(group.name, _TEXTS)))


def _about(group: Group) -> Node:
    """Decisions that are about a thing: it stands in the request's heading, or is a value of theirs."""
    nodes: list[Node] = [Concept(group.name, (_HEADING,))]
    if concepts().is_drug(group.name):
        nodes.append(Value("drug", (group.name,)))
    if group.classes:
        nodes.append(Value("drug_class", group.classes))
    nodes += [Value(facet, values) for facet, values in group.values.items()]
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _with_wider(node: Node, ways: Sequence[Way], recipe: Recipe) -> Node:
    """What the node finds, and for circumstances what includes them."""
    names = dict.fromkeys(parent for way in ways for name in way for parent in concepts().parents[name])
    wider = [name for name in names if _group(name).kind not in SUBJECTS] if recipe.wider else []
    nodes = tuple(Concept(name, CONCEPT_FIELDS, recipe.wider) for name in wider)
    return Or((node, *nodes)) if nodes else node


def _added(typed: str, ways: Sequence[Way]) -> tuple[str, ...]:
    """The wordings that are searched with what was typed: those that it doesn't find by itself."""
    itself = set(tokens(typed))
    names = dict.fromkeys(name for way in ways for name in _names(typed, way))
    added = (name for name in names if name.startswith(_OUTCOME) or not itself <= set(tokens(name)))
    return tuple(sorted(added, key=lambda name: not name.startswith(_OUTCOME)))


def _names(typed: str, way: Way) -> Iterable[str]:
    if len(way) > 1:
        return (" and ".join(way),)
    (name,) = way
    group = _group(name)
    if group.kind == "outcome":
        return (_OUTCOME + " or ".join(group.values["outcome"]),)
    if concepts().is_drug(name):
        return drugs.names_of(name) if tokens(typed) == tokens(name) else (name,)
    return (*group.same, *_included(group))


def _included(group: Group) -> Iterator[str]:
    yield from group.includes
    yield from (generic for generic in drugs.all_generics() if drugs.drug_class(generic) in group.classes)


def outcomes_of(text: str) -> tuple[str, ...]:
    """The outcomes that words mean: ("Upheld",) for "denied"; () for words that mean none."""
    named = (_group(name) for way in concepts().meanings(text) for name in way)
    return next((group.values["outcome"] for group in named if group.kind == "outcome"), ())


def asks_for_outcome(node: Node) -> bool:
    """Whether a node, as `meaning` makes it, is a word for an outcome."""
    return isinstance(node, Constant) and isinstance(node.node, Value) and node.node.facet == "outcome"


def ingredients_of(name: str) -> tuple[str, ...]:
    """The generic ingredients of a brand name; () for a generic name and for what is no drug."""
    ingredients = drugs.drugs_of(name.lower())
    return () if ingredients == (name.lower(),) else ingredients
