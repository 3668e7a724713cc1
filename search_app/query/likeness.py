"""What a decision or a text is about, so far as others can be like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from search_app.fields import PATH_SEPARATOR
from search_app.model import Decision
from search_app.query.analysis import tokens
from search_app.query.concepts import concepts
from search_app.query.leaves import leaf
from search_app.query.stopwords import STOPWORDS
from search_app.query.tree import And, Concept, Constant, Everything, Node, Not, Or, Value, Word
from search_app.vocabulary.body_parts import find_body_parts
from search_app.vocabulary.drugs import find_drugs

WORDS = 20
"""Words of a text that others are compared by, the most telling; each more costs a reading of its list."""

TOPICS = 12
"""Circumstances of a text that others are compared by."""

MOST_READ = 20_000
"""Characters of a pasted text that are read, some eight pages; what is asked for stands on the first."""

_DRUG, _TREATMENT, _BODY, _CIRCUMSTANCE, _WORD = 20.0, 16.0, 12.0, 0.5, 0.25
"""What a decision gains by the same drug, treatment or part of the body; the others scale BM25 scores.

What a decision is about comes before how it was reasoned: some twenty words and a dozen circumstances, each
scored up to 10 by BM25, together weigh little more than the same thing for the same part of the body.
"""

_SUBJECT, _TOPIC = "treatment", ("condition", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What is compared; `case_id` is the case that is left out, "" for none.

    `treatments` and `topics` are concepts by name, `values` the narrowest that is known of the state's
    categories, as a facet and its value, and `words` counts the text's tokens.
    """

    drugs: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    treatments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    words: Mapping[str, int]
    case_id: str = ""


def of_decision(decision: Decision, case_id: str) -> Likeness:
    """What a decision of a case is about."""
    return Likeness(
        drugs=decision.drugs,
        body_parts=decision.body_parts,
        values=tuple(_category(decision)),
        treatments=tuple(_named(decision.disputed, [_SUBJECT])),
        topics=tuple(_named(decision.rationale, _TOPIC)),
        guidelines=decision.reviewer_guidelines or (),
        words=Counter(tokens(f"{decision.disputed} {decision.rationale}")),
        case_id=case_id,
    )


def _category(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.category and decision.subcategory:
        yield "subcategory", decision.category + PATH_SEPARATOR + decision.subcategory
    elif decision.category:
        yield "category", decision.category


def of_text(text: str) -> Likeness:
    """What a text is about that speaks of a request: the drugs, parts and treatments that it names most."""
    text = text[:MOST_READ]
    drugs = Counter(generic for one in find_drugs(text) for generic in one.ingredients)
    return Likeness(
        drugs=tuple(name for name, _ in drugs.most_common(3)),
        body_parts=find_body_parts(text).parts[:3],
        treatments=tuple(_named(text, [_SUBJECT]))[:3],
        topics=tuple(_named(text, _TOPIC)),
        words=Counter(tokens(text)),
    )


def _named(text: str, kinds: Iterable[str]) -> list[str]:
    """The concepts of these kinds that a text names, the most often named first."""
    known, wanted = concepts(), frozenset(kinds)
    named = Counter(name for name in known.named(tokens(text)) if known.groups[name].kind in wanted)
    return [name for name, _ in named.most_common()]


def telling(words: Mapping[str, int], having: Mapping[str, int]) -> Mapping[str, float]:
    """The most telling words of a text with their weights, by the number of decisions that have each.

    A word is the more telling, the more often the text has it and the fewer decisions do (tf-idf; Sparck
    Jones 1972). Words that no other decision has tell nothing.
    """
    most = max(having.values(), default=1)
    weights = {
        word: (1 + log(often)) * log(1 + most / having[word])
        for word, often in words.items()
        if having.get(word, 0) > 1 and not word.isdigit() and word not in STOPWORDS
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
    return {word: weights[word] for word in best}


def like(likeness: Likeness, words: Iterable[str]) -> Node:
    """The tree that finds decisions like it; `words` are its telling ones.

    Where it is known what was asked for, only decisions about one of these things are like it.
    """
    about = [
        *(Constant(Value("drug", (name,)), _DRUG) for name in likeness.drugs),
        *(Constant(Concept(name, ("request",)), _TREATMENT) for name in likeness.treatments[:3]),
        *(Constant(Value(facet, (value,)), _TREATMENT) for facet, value in likeness.values),
    ]
    beside: list[Node] = [
        *(Constant(Value("body_part", (part,)), _BODY) for part in likeness.body_parts),
        *(Concept(name, ("rationale",), _CIRCUMSTANCE) for name in likeness.topics[:TOPICS]),
        *(Word(word, ("request", "rationale"), _WORD) for word in words),
    ]
    if not about and not beside:
        return Everything()
    found: Node = Or((*about, *beside))
    parts: list[Node] = [Or(tuple(about)), found] if about else [found]
    itself = leaf(likeness.case_id, ("case",)) if likeness.case_id else None
    return And((*parts, Not(itself))) if itself else And(tuple(parts))


def shared(likeness: Likeness, other: Decision) -> tuple[str, ...]:
    """What a decision has in common with it: drugs, treatments, parts, guidelines, circumstances, by name."""
    theirs = of_decision(other, "")
    common = (
        [name for name in mine if name in have]
        for mine, have in (
            (likeness.drugs, theirs.drugs),
            (likeness.treatments, theirs.treatments),
            (likeness.body_parts, theirs.body_parts),
            (likeness.guidelines, theirs.guidelines),
            (likeness.topics, theirs.topics),
        )
    )
    return tuple(dict.fromkeys(name for names in common for name in names))
