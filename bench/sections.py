"""The parts of the report on speed, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.peers.base import OURS
from bench.results import Comparison, Ingestion, Measured, Pages, Setting
from bench.summary import agreement, kinds, of_kind, percentiles, ratio

MEGA = 1_000_000


def made_by(setting: Setting) -> Iterator[str]:
    """What was run, when and where."""
    yield (
        f"`{setting.command}`, {setting.date}: {setting.processor or 'unknown processor'}, "
        f"{setting.cores} cores, {setting.memory / 1024**3:.0f} GB, {setting.system}, "
        f"Python {setting.python}, {setting.libraries}.\n"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, with its first column to the left and the others to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def building(one: Comparison) -> Iterator[str]:
    """Index rate, size and memory."""
    first = one.measured[0].built
    yield (
        f"Indexing {first.decisions:,} decisions that are parsed already; unpickling them took "
        f"{first.reading:.1f} s and is left out. Memory is the most of the process: of building, with the "
        "2,000 letters that are unpickled at a time; of searching, with mapped pages of files, and in "
        "brackets its own at the end.\n"
    )
    head = (
        "index",
        "decisions a second",
        "of the first",
        "size MB",
        "memory MB",
        "searching MB",
        "open + page ms",
    )
    yield from table(head, (_built(peer, one.measured[0]) for peer in one.measured))


def _built(peer: Measured, first: Measured) -> tuple[str, ...]:
    made = peer.built
    rate, other = made.decisions / made.seconds, first.built.decisions / first.built.seconds
    built = made.decisions > 0  # or it searches the index of another
    return (
        peer.label,
        f"{rate:,.0f}" if built else "",
        f"{rate / other:.2f}" if built else "",
        f"{made.size / MEGA:,.1f}",
        f"{made.peak / MEGA:,.0f}" if built else "",
        f"{peer.peak / MEGA:,.0f} ({peer.own / MEGA:,.0f})",
        f"{peer.first:,.0f}",
    )


def pages(one: Comparison) -> Iterator[str]:
    """Percentiles for each class, and the same as multiples of the first peer's."""
    first = one.measured[0]
    rows = [(kind, [of_kind(peer, kind) for peer in one.measured]) for kind in kinds(first)]
    rows.append(("**all**", [peer.pages for peer in one.measured]))
    yield "Milliseconds of a page, p50 / p95 / p99:\n"
    head = ("queries", *(peer.label for peer in one.measured))
    yield from table(head, ((kind, *map(_times, cells)) for kind, cells in rows))
    if len(one.measured) > 1:
        yield f"The same as multiples of {first.label}:\n"
        multiples = ((kind, *(_multiples(cell, cells[0]) for cell in cells[1:])) for kind, cells in rows)
        yield from table((head[0], *head[2:]), multiples)


def _times(rows: Sequence[Pages]) -> str:
    points = percentiles(rows)
    return " / ".join(map(_short, points)) if points else "not supported"


def _multiples(rows: Sequence[Pages], first: Sequence[Pages]) -> str:
    points, base = percentiles(rows), percentiles(first)
    if points is None or base is None:
        return ""
    return " / ".join(_short(point / other) for point, other in zip(points, base, strict=True))


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def ratios(one: Comparison) -> Iterator[str]:
    """How much every peer costs beside each of our engines."""
    ours = [peer for peer in one.measured if peer.label.startswith(OURS)]
    yield (
        "Times as much as ours, over the queries that both answer: ratio of the medians over the mix / "
        "median of the ratios of the single queries / the same of processor time, which tells the work "
        "apart from how many cores share it.\n"
    )
    rows = [
        (peer.label, *("" if peer is rival else _ratio(peer, rival) for rival in ours))
        for peer in one.measured
    ]
    yield from table(("", *(f"beside {rival.label}" for rival in ours)), rows)


def _ratio(peer: Measured, rival: Measured) -> str:
    found = ratio(peer, rival)
    if found is None:
        return "none in common"
    return " / ".join(map(_short, (found.medians, found.each, found.processor)))


def notes(one: Comparison) -> Iterator[str]:
    """What was not measured, what is not supported, and where peers find something else."""
    first = one.measured[0]
    samples = [len(row.milliseconds) for peer in one.measured for row in peer.pages if row.milliseconds]
    yield f"- {len(first.pages)} queries; a query was measured {min(samples)} to {max(samples)} times."
    for name, reason in one.skipped.items():
        yield f"- {name} is left out: {reason}."
    for peer in one.measured:
        for reason in dict.fromkeys(row.unsupported for row in peer.pages if row.unsupported):
            yield f"- {peer.label}: {reason}."
        differing = agreement(peer, first)
        if differing:
            yield f"- {peer.label} finds another number for: {'; '.join(differing)}."
    if not any(agreement(peer, first) for peer in one.measured):
        yield "- All find as many decisions, and of each outcome, for every query that they answer."
    yield ""


def growth(found: Sequence[Comparison]) -> Iterator[str]:
    """How the cost of our own index grows."""
    yield "## How cost grows\n"
    yield from made_by(found[-1].setting)
    head = ("decisions", "index", "decisions a second", "size MB", "bytes a decision", "memory MB")
    head_of_pages = ("searching MB", "p50 ms", "p95 ms", "p99 ms")
    yield from table(
        (*head, *head_of_pages), (_grown(one.decisions, peer) for one in found for peer in one.measured)
    )


def _grown(decisions: int, peer: Measured) -> tuple[str, ...]:
    made = peer.built
    return (
        f"{decisions:,}",
        peer.label,
        f"{made.decisions / made.seconds:,.0f}",
        f"{made.size / MEGA:,.1f}",
        f"{made.size / made.decisions:,.0f}",
        f"{made.peak / MEGA:,.0f}",
        f"{peer.peak / MEGA:,.0f} ({peer.own / MEGA:,.0f})",
        *(_short(point) for point in percentiles(peer.pages) or ()),
    )


def ingestion(one: Ingestion) -> Iterator[str]:
    """Letters a second from files."""
    yield (
        "From files to a finished index, by as many processes as there are cores. Memory is that of all "
        "processes together at most. Beside it, how many PDFs a second the same number of processes take the "
        "text of, and nothing else.\n"
    )
    head = (
        "corpus",
        "letters",
        "letters a second",
        "memory MB",
        "text alone, PDFs a second",
        "of text alone",
    )
    rows = (
        (
            row.corpus,
            f"{row.letters:,}",
            f"{row.rate:,.0f}",
            f"{row.peak / MEGA:,.0f}",
            f"{row.extraction:,.0f}" if row.extraction else "",
            f"{row.rate / row.extraction:.2f}" if row.extraction else "",
        )
        for row in one.corpora
    )
    yield from table(head, rows)
