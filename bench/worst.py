"""The dearest requests that can be built, and how long each holds a worker.

They are built from the index's own words, the commonest first: what a list of words costs is how long it is.
Every kind is asked on the pages that make the most of a search.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from string import ascii_lowercase
from time import perf_counter, process_time
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bench.results import Worst
from search_app import engines
from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.spelling import SHORTEST
from search_app.fields import FACETS
from search_app.query.concepts import concepts
from search_app.query.given import MAX_VALUES
from search_app.query.grammar import MAX_CHARACTERS
from search_app.query.parameters import NOT
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, SearchRequest
from search_app.web import create_app
from search_app.web.app import close_app

SEED = 1026

COMMON = 200
"""Words that are taken for common ones."""

PAGES = {
    "page": ("/search", {"limit": "100"}),
    "exact": ("/search", {"limit": "100", "expand": "0"}),
    "last page": ("/search", {"limit": "100", "page": str(MAX_OFFSET // MAX_LIMIT + 1)}),
    "apart, oldest": ("/search", {"limit": "100", "fold": "0", "sort": "oldest"}),
    "filtered": ("/search", {"limit": "100", "outcome": "Upheld", "category": "Pharmaceuticals"}),
    "api": ("/api/v1/search", {"limit": "100", "fold": "1"}),
    "insights": ("/insights", {}),
    "contrast": ("/contrast", {}),
    "facet": ("/facets/section", {}),
    "feed": ("/feed.atom", {}),
    "export page": ("/export", {}),
}
"""Pages that a search is asked of, with what makes each dear."""


@dataclass(frozen=True, slots=True)
class Words:
    """What queries are built from: the commonest tokens, rare ones, values of facets, and a case."""

    common: Sequence[str]
    rare: Sequence[str]
    names: Sequence[str]
    values: Mapping[str, Sequence[str]]
    case: str


def words_of(engine: Engine) -> Words:
    """The words of an index."""
    known = {word: count for letter in ascii_lowercase for word, count in engine.vocabulary(letter).items()}
    ordered = sorted(known, key=lambda word: (-known[word], word))
    page = engine.search(SearchRequest(limit=1, facet_limit=MAX_VALUES))
    return Words(
        common=ordered[:COMMON],
        rare=ordered[-5_000:],
        names=[name for name in concepts().written if name.isalpha()],
        values={one.field: [value.value for value in one.values][:MAX_VALUES] for one in page.facets},
        case=page.hits[0].id,
    )


def _joined(words: Iterator[str] | Sequence[str], made: Callable[[str], str] = str, by: str = " ") -> str:
    """As many of the words as a query holds, each made into something."""
    text = ""
    for word in words:
        longer = f"{text}{by}{made(word)}" if text else made(word)
        if len(longer) > MAX_CHARACTERS:
            break
        text = longer
    return text


def _pairs(words: Sequence[str]) -> Iterator[str]:
    for step in range(1, len(words)):
        yield from (f"{one} {other}" for one, other in zip(words, words[step:], strict=False))


def queries(words: Words, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Kinds of query and one of each."""
    yield from _of_words(words, chance)
    yield from _of_phrases(words.common)
    yield from _of_open_words(words.common)
    for number in range(4):
        yield f"random {number + 1}", _random(words, chance)


def _of_words(words: Words, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Of single words."""
    common = words.common
    yield "one common word", common[0]
    yield "common words", _joined(common)
    yield "common words, any", _joined(common, by=" OR ")
    yield "common words, all", _joined(common, by=" AND ")
    yield "none of the common words", _joined(common, "-{}".format)
    yield (
        "the same in every field",
        _joined(
            (f"{field}:{word}" for word in common for field in ("rationale", "summary", "request")), by=" OR "
        ),
    )
    yield "nested groups", "(" * 20 + _joined(common[:40], by=" OR ") + ")" * 20
    yield "groups of groups", _joined(_pairs(common), "({})".format, by=" OR ")
    yield "names", _joined(chance.sample(list(words.names), min(len(words.names), 200)))
    yield "names, any", _joined(chance.sample(list(words.names), min(len(words.names), 200)), by=" OR ")
    yield "rare words", _joined(chance.sample(list(words.rare), min(len(words.rare), 300)))
    yield (
        "misspelt words",
        _joined(
            word[:2] + "q" + word[2:]
            for word in chance.sample([*common, *words.rare], 200)
            if len(word) >= SHORTEST
        ),
    )
    yield "required and better", "+" + _joined(common)
    yield "ranges", _joined(("decided:[2013 TO 2019]" for _ in cycle("x")), by=" OR ")


def _of_phrases(common: Sequence[str]) -> Iterator[tuple[str, str]]:
    few = common[:8]
    yield "phrase of two", f'"{common[0]} {common[1]}"'
    yield "phrases", _joined(_pairs(common[:20]), '"{}"'.format)
    yield "phrases, any", _joined(_pairs(common[:20]), '"{}"'.format, by=" OR ")
    yield "one long phrase", f'"{_joined(cycle(few))[:1990]}"'
    yield "one word over and over", f'"{_joined(cycle(few[:1]))[:1990]}"'
    yield "near", f'"{" ".join(few[:3])}"~100'
    yield "near, ten words", f'"{" ".join(common[:10])}"~100'
    yield "near, a word twice", f'"{few[0]} {few[0]}"~100'
    yield "near, a word ten times", f'"{" ".join(few[:1] * 10)}"~100'
    yield "near, often", _joined(_pairs(common[:20]), '"{}"~99'.format)
    yield "near, often, three", _joined((f"{one} {few[0]}" for one in _pairs(common[:20])), '"{}"~99'.format)


def _of_open_words(common: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of words that stand for others."""
    yield "prefixes", _joined((a + b for a in ascii_lowercase for b in "aeiorsu"), "{}*".format)
    yield "prefixes, any", _joined((a + b for a in ascii_lowercase for b in "aeiorsu"), "{}*".format, " OR ")
    yield "prefixes in fields", _joined((a + b for a in ascii_lowercase for b in "aeo"), "summary:{}*".format)
    yield "fuzzy", _joined(common, "{}~2".format)
    yield "fuzzy, any", _joined(common, "{}~2".format, by=" OR ")
    yield "fuzzy short", _joined((a + b for a in ascii_lowercase for b in "aeo"), "{}~2".format)


def _random(words: Words, chance: random.Random) -> str:
    """Parts of all kinds, joined anyhow."""
    forms = ("{}", "{}*", "{}~", '"{} {}"', '"{} {} {}"~9', "({} OR {})", "-{}", "summary:{}", "+{}")

    def part() -> str:
        form = chance.choice(forms)
        return form.format(*chance.choices(words.common, k=form.count("{}")))

    return _joined((part() for _ in cycle("x")), by=chance.choice((" ", " OR ", " AND ")))


def ticked(words: Words) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Restrictions: as many values as can be ticked or excluded."""
    every = [(field, value) for field in FACETS for value in words.values[field]]
    yield "everything ticked", every
    yield "everything excluded but one", [(NOT[field], value) for field, value in every[1:]]
    yield "two of each ticked", [(field, value) for field in FACETS for value in words.values[field][:2]]


def requests(words: Words, seed: int = SEED) -> Iterator[tuple[str, str, Mapping[str, str] | None]]:
    """All requests: what each is called, its URL, and a form where it is a POST."""
    chance = random.Random(seed)
    for kind, query in queries(words, chance):
        for page, (path, more) in PAGES.items():
            yield f"{kind}: {page}", f"{path}?{urlencode({'q': query, **more})}", None
        yield (
            f"{kind}: case",
            f"/cases/{words.case.rpartition('/')[0]}?{urlencode({'q': query, 'n': 1})}",
            None,
        )
        typed = urlencode({"q": query[:100]})
        yield f"{kind}: suggestions", f"/api/v1/suggest?{typed}", None
    for kind, pairs in ticked(words):
        for page in ("/search", "/insights", "/contrast"):
            asked = urlencode([("q", words.common[0]), ("limit", "100"), *pairs])
            yield f"{kind}: {page}", f"{page}?{asked}", None
    yield "twins", f"/search?{urlencode({'q': words.common[0], 'twins': words.case})}", None
    yield "similar to a decision", f"/similar?{urlencode({'to': words.case})}", None
    texts = {"common words": words.common, "rare words": words.rare, "letters": ascii_lowercase}
    for name, some in texts.items():
        yield f"similar to {name}", "/similar", {"text": " ".join(islice(cycle(some), 20_000))}
    for letter in "aps":
        yield f"suggestions for {letter}", f"/api/v1/suggest?q={letter}", None
    yield "the status page", "/status", None
    yield "the front page", "/", None


def measure(index: Path, only: str = "") -> tuple[Worst, ...]:
    """Ask everything whose name has `only`, one after the other; the slowest first."""
    with closing(engines.open_engine(index)) as engine:
        words = words_of(engine)
    app = create_app(Settings(index=index))
    client = app.test_client()
    client.get("/")
    rows = [_asked(client, *one) for one in requests(words) if only in one[0]]
    close_app(app)
    return tuple(sorted(rows, key=lambda row: -row.seconds))


def _asked(client: FlaskClient, name: str, url: str, form: Mapping[str, str] | None) -> Worst:
    started, busy = perf_counter(), process_time()
    answer = client.post(url, data=form) if form is not None else client.get(url)
    size = len(answer.data)
    return Worst(
        name=name,
        status=answer.status_code,
        seconds=perf_counter() - started,
        processor=process_time() - busy,
        size=size,
    )


def lines(rows: Sequence[Worst], shown: int) -> Iterator[str]:
    """What was found, in Markdown: how many requests, and the slowest of them."""
    answers = Counter(row.status for row in rows)
    told = ", ".join(f"{number} with {status}" for status, number in sorted(answers.items()))
    yield f"{len(rows)} requests, one at a time: {told}; the slowest took {rows[0].seconds:.2f} s.\n"
    yield "| request | status | s | processor s | MB |"
    yield "|---|---:|---:|---:|---:|"
    for row in rows[:shown]:
        cells = f"{row.status} | {row.seconds:.2f} | {row.processor:.2f} | {row.size / 1e6:.1f}"
        yield f"| {row.name} | {cells} |"
