"""Builds every peer's index of the same decisions, then times the mix in alternating rounds."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.corpus import ensure
from bench.mix import MixedQuery, query_mix
from bench.peers import PEERS
from bench.peers.base import Page
from bench.results import Built, Comparison, Measured, Pages, Setting, load_built, save_built
from bench.worker import Remote, Timed, build, in_own_process

ROUNDS = 15
"""Pages measured of each query and peer, after one that is not measured."""

BUDGET = 3_000.0
"""Milliseconds for one query of one peer: a slow one is measured less often, but once at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to compare: names of peers, how many decisions, and the folder where all is kept."""

    peers: Sequence[str]
    decisions: int
    work: Path
    rebuild: bool = False

    @property
    def parsed(self) -> Path:
        """The folder of the parsed letters."""
        return self.work / "parsed"

    def index(self, peer: str) -> Path:
        """The folder of a peer's index."""
        return self.work / "indexes" / str(self.decisions) / peer


@dataclass(slots=True)
class _Running:
    remote: Remote
    timed: list[list[Timed]]
    answers: list[Page | str] = field(default_factory=list)


def ensure_built(order: Order) -> None:
    """Build the indexes of an order that are not there."""
    ensure(order.parsed, order.decisions)
    for name in order.peers:
        _built(name, order)


def compare(order: Order, setting: Setting) -> Comparison:
    """Measure the peers that can run here."""
    ensure(order.parsed, order.decisions)
    skipped = {name: reason for name in order.peers if (reason := _reason(name, order.decisions))}
    names = [name for name in order.peers if name not in skipped]
    built = {name: _built(name, order) for name in names}
    mix = query_mix()
    with ExitStack() as stack:
        running = {}
        for name in names:
            remote = stack.enter_context(closing(Remote(name, order.index(name) / "data")))
            running[name] = _Running(remote, [[] for _ in mix])
        _warm_up(running, mix)
        turns = list(running.values())
        for number in range(ROUNDS):
            print(f"measuring, round {number + 1} of {ROUNDS} ...", flush=True)
            _round(turns, mix)
            turns = turns[1:] + turns[:1]
        measured = tuple(_measured(name, one, built[name], mix) for name, one in running.items())
    return Comparison(setting=setting, decisions=order.decisions, measured=measured, skipped=skipped)


def _reason(name: str, decisions: int) -> str:
    peer = PEERS[name]
    if peer.most is not None and decisions > peer.most:
        return f"measured up to {peer.most:,} decisions only"
    return peer.absent()


def _built(name: str, order: Order) -> Built:
    """The peer's index, from an earlier run if there is one."""
    folder = order.index(name)
    figures = folder / "built.json"
    if figures.exists() and not order.rebuild:
        return load_built(figures)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    print(f"building {name} ...", flush=True)
    built: Built = in_own_process(build, name, order.parsed, order.decisions, folder / "data")
    save_built(built, figures)
    return built


def _warm_up(running: Mapping[str, _Running], mix: Sequence[MixedQuery]) -> None:
    for name, one in running.items():
        print(f"warming up {name} ...", flush=True)
        for number in range(len(mix)):
            one.answers.append(one.remote.page(number).page)


def _round(running: Sequence[_Running], mix: Sequence[MixedQuery]) -> None:
    """One page of every query, of all peers in turn before the next query."""
    for number in range(len(mix)):
        for one in running:
            past = one.timed[number]
            if not isinstance(one.answers[number], str) and sum(p.milliseconds for p in past) < BUDGET:
                past.append(replace(one.remote.page(number), page=""))


def _measured(name: str, one: _Running, built: Built, mix: Sequence[MixedQuery]) -> Measured:
    answers = zip(mix, one.answers, one.timed, strict=True)
    return Measured(
        peer=name,
        label=PEERS[name].label,
        built=built,
        first=one.remote.first,
        peak=one.remote.memory("VmHWM"),
        own=one.remote.memory("RssAnon"),
        pages=tuple(_pages(query, answer, past) for query, answer, past in answers),
    )


def _pages(query: MixedQuery, answer: Page | str, past: Sequence[Timed]) -> Pages:
    if isinstance(answer, str):
        return Pages(kind=query.kind, query=query.name, outcomes={}, unsupported=answer)
    return Pages(
        kind=query.kind,
        query=query.name,
        total=answer.total,
        outcomes=answer.facets["outcome"],
        milliseconds=tuple(one.milliseconds for one in past),
        processor=tuple(one.processor for one in past),
    )
