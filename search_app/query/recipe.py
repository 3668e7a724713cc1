"""How queries are understood and decisions are ranked: every switch and every weight.

docs/relevance.md tells what each is worth, measured with that one switched off; `make relevance` measures it
again. Weights are on the scale of a word's BM25 score in a rationale, which is about 1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One way to understand and rank.

    What is understood: `drugs` by all their names; `everyday` words, technical terms and abbreviations; words
    for `outcomes`; `framing` words, which are left out; `alternatives` joined by a small "or"; `spelling`.
    `relaxed` searches find what the query is about where little has all that was asked for.

    What ranks: `subject`, `beside`, `body` and `other` are what a decision gains that is about the first
    treatment or drug that was named, about a further one, about a part of the body, or about anything else
    that was asked for; `outcome` is what it gains by that outcome. `words` weighs the words as typed beside
    what they mean, `wider` what includes a thing beside the thing itself, where little was found. `closeness`
    weighs how close together the best sentence of a rationale says it; with `boilerplate` a sentence counts
    the less, the more of the candidates share it.
    """

    drugs: bool = True
    everyday: bool = True
    outcomes: bool = True
    framing: bool = True
    alternatives: bool = True
    spelling: bool = True
    relaxed: bool = True
    subject: float = 12.0
    beside: float = 6.0
    body: float = 4.0
    other: float = 4.0
    outcome: float = 12.0
    words: float = 0.3
    wider: float = 0.5
    closeness: float = 2.0
    boilerplate: bool = True


RECIPE = Recipe()

EXACT = Recipe(
    drugs=False,
    everyday=False,
    outcomes=False,
    framing=False,
    alternatives=False,
    spelling=False,
    relaxed=False,
)
"""Words mean what they say: nothing is added, left out or mended."""
