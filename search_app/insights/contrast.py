"""What sets outcomes apart: the words and phrases that mark overturned against upheld decisions.

The measure is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), over
the number of decisions whose rationale has a phrase: its odds in one outcome against the other, drawn toward
the odds in both together, and divided by its standard deviation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log, sqrt

from search_app.engines.base import Engine
from search_app.model import OVERTURNED, UPHELD
from search_app.query.analysis import spans, tokens
from search_app.query.closeness import sentence_key, sentences
from search_app.query.request import MAX_LIMIT, Filter, SearchRequest
from search_app.query.stopwords import STOPWORDS
from search_app.query.twins import twin_keys
from search_app.vocabulary.everyday import everyday_groups

SAMPLE = 200
"""Decisions of each outcome that are read, the first of the list; near-twins count as one."""

FEWEST = 5
"""Decisions of each outcome that there must be to compare."""

SHOWN = 15
"""Phrases listed for each outcome."""

SURE = 1.96
"""Standard deviations from which on a difference is told: the two-sided 5 % of a normal distribution."""

FEWEST_HAVING = 3
"""Decisions of an outcome that must have a phrase; what one or two say is no mark."""

PRIOR = 10.0
"""Weight of the prior, in decisions."""

SHARED = 3
"""Decisions that share a sentence from which on it is boilerplate or quoted, and not read."""

_LONGEST = 3
"""Words of the longest phrase."""

_JOINING = frozenset([" ", "-"])
"""What may stand between the words of a phrase."""

_LONGER = 0.2
"""Share by which a phrase counts as surer for each word more: it tells more than its words."""

_VERDICT = frozenset(
    ["medic", "necessari", "necess", "request", "approv", "deni", "denial", "certifi", "uphold", "overturn"]
)
"""Tokens of the outcome itself, which tell nothing of its reasons."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that marks an outcome; `here` and `there` count the decisions of it and of the other."""

    phrase: str
    here: int
    there: int
    deviations: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The phrases that mark an outcome, the surest first, and the number of its decisions that were read."""

    outcome: str
    read: int
    phrases: tuple[Mark, ...] = ()


def contrast(engine: Engine, request: SearchRequest) -> tuple[Marks, Marks]:
    """The marks of overturned and of upheld decisions among those that a request finds.

    Both are without phrases where either outcome has fewer than `FEWEST` decisions. What is ticked in the
    facet of outcomes does not count.
    """
    overturned, upheld = (_read(engine, request, outcome) for outcome in (OVERTURNED, UPHELD))
    if min(len(overturned), len(upheld)) < FEWEST:
        return Marks(OVERTURNED, len(overturned)), Marks(UPHELD, len(upheld))
    boilerplate = _boilerplate([*overturned, *upheld])
    written: dict[tuple[str, ...], str] = {}
    one, other = (_phrases(texts, boilerplate, written) for texts in (overturned, upheld))
    sizes = len(overturned), len(upheld)
    return (
        Marks(OVERTURNED, sizes[0], tuple(_marks(one, other, sizes, written))),
        Marks(UPHELD, sizes[1], tuple(_marks(other, one, sizes[::-1], written))),
    )


def _read(engine: Engine, request: SearchRequest, outcome: str) -> list[str]:
    """The rationales of the first decisions of an outcome."""
    others = tuple(one for one in request.filters if one.field != "outcome")
    filters = (*others, Filter("outcome", (outcome,)))
    asked = replace(request, filters=filters, limit=MAX_LIMIT, facets=(), fold=True)
    pages = (engine.search(replace(asked, offset=offset)).hits for offset in range(0, SAMPLE, MAX_LIMIT))
    return list(_without_twins(hit.decision.rationale for page in pages for hit in page))


def _without_twins(texts: Iterable[str]) -> Iterator[str]:
    """The texts that are no near-twins of earlier ones; engines fold only the first of a list."""
    seen: set[str] = set()
    for text in texts:
        keys = twin_keys(text)
        if seen.isdisjoint(keys):
            yield text
        seen.update(keys)


def _boilerplate(texts: Iterable[str]) -> frozenset[int]:
    keys = Counter(key for text in texts for key in set(map(sentence_key, sentences(text))))
    return frozenset(key for key, number in keys.items() if number >= SHARED)


def _phrases(
    texts: Iterable[str], boilerplate: frozenset[int], written: dict[tuple[str, ...], str]
) -> Counter[tuple[str, ...]]:
    """How many of the texts have each phrase, and in `written` how it is written first."""
    having: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        own = (one for one in sentences(text) if sentence_key(one) not in boilerplate)
        found = dict(phrase for sentence in own for phrase in _phrases_of(sentence))
        having.update(found.keys())
        for run, phrase in found.items():
            written.setdefault(run, phrase)
    return having


def _phrases_of(sentence: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The runs of words that say something: they neither begin nor end with a common word."""
    cut = list(spans(sentence))
    said = [_says_something(span.token) for span in cut]
    for first in range(len(cut)):
        for last in range(first, min(first + _LONGEST, len(cut))):
            if last > first and sentence[cut[last - 1].end : cut[last].start] not in _JOINING:
                break
            run = tuple(span.token for span in cut[first : last + 1])
            if said[first] and said[last] and _VERDICT.isdisjoint(run):
                yield run, sentence[cut[first].start : cut[last].end].lower()


def _says_something(token: str) -> bool:
    common = token in STOPWORDS or token in _VERDICT or token in _frame()
    return not common and not token.isdigit()


@cache
def _frame() -> frozenset[str]:
    """The single words that every letter has, such as those for the patient."""
    frames = (group for group in everyday_groups().values() if group.kind == "framing")
    cut = (tokens(wording) for group in frames for wording in group.typed)
    return frozenset(found[0] for found in cut if len(found) == 1)


def _marks(
    here: Mapping[tuple[str, ...], int],
    there: Mapping[tuple[str, ...], int],
    sizes: Sequence[int],
    written: Mapping[tuple[str, ...], str],
) -> Iterator[Mark]:
    often = ((number, run) for run, number in here.items() if number >= FEWEST_HAVING)
    found = ((_deviations(number, there.get(run, 0), *sizes), run) for number, run in often)
    sure = [(worth, run) for worth, run in found if worth >= SURE]
    sure.sort(key=lambda one: (-one[0] * (1 + _LONGER * len(one[1])), one[1]))
    chosen: list[tuple[str, ...]] = []
    for worth, run in sure:
        if len(chosen) == SHOWN:
            return
        if not any(_within(run, other) or _within(other, run) for other in chosen):
            chosen.append(run)
            yield Mark(written[run], here[run], there.get(run, 0), round(worth, 2))


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long)))


def _deviations(here: int, there: int, size_here: int, size_there: int) -> float:
    """The log-odds ratio of a phrase in standard deviations."""
    prior = PRIOR * (here + there + 0.5) / (size_here + size_there + 1)
    odds = _log_odds(here + prior, size_here + PRIOR) - _log_odds(there + prior, size_there + PRIOR)
    return odds / sqrt(1 / (here + prior) + 1 / (there + prior))


def _log_odds(having: float, size: float) -> float:
    return log(having / (size - having))
