"""`python -m bench`: measures our engines and their peers, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import cluster, ingestion, load, relevance, report, understanding, website, worst
from bench.comparing import Order, compare, ensure_built
from bench.peers import PEERS
from bench.results import Ingestion, Understanding, Website, save, setting_now

RESULTS = "results"
OURS = "tantivy"


def main(argv: Sequence[str] | None = None) -> None:
    """Do what the arguments ask for."""
    options = _arguments(argv)
    if printed := PRINTED.get(options.what):
        for line in printed(options):
            print(line, flush=True)
        return
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if measure := MEASURES.get(options.what):
            measure(options, work)
        if options.what in ("run", "ingestion"):
            _ingest(options, work)
        if not report.write(work / RESULTS, options.docs):
            sys.exit(f"{work / RESULTS} has no results; measure some with: python -m bench run --work {work}")
        print(f"wrote {options.docs / report.PAGE}")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--work", type=Path, help="keep letters, indexes and results in this folder")
    common.add_argument("--docs", type=Path, default=Path("docs"), help="where the report goes")
    whats = parser.add_subparsers(dest="what", required=True)
    run = whats.add_parser("run", parents=[common], help="compare with the peers, and time ingestion")
    run.add_argument("--size", type=int, default=10_000, help="decisions (default 10,000)")
    run.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), help="which, in what order")
    run.add_argument("--rebuild", action="store_true", help="build again what an earlier run built")
    nodes = whats.add_parser("cluster", parents=[common], help="compare on an OpenSearch cluster")
    nodes.add_argument("--size", type=int, default=10_000, help="decisions (default 10,000)")
    nodes.add_argument("--nodes", type=int, default=1, help="processes of OpenSearch (default 1)")
    growth = whats.add_parser("growth", parents=[common], help="how the cost of our index grows")
    growth.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    growth.add_argument("--rebuild", action="store_true", help="build again what an earlier run built")
    letters = whats.add_parser("ingestion", parents=[common], help="letters a second")
    letters.add_argument("folders", type=Path, nargs="*", help="instead of letters written for it")
    understood = whats.add_parser("understanding", parents=[common], help="what understanding a query costs")
    understood.add_argument("--size", type=int, default=10_000, help="decisions (default 10,000)")
    site = whats.add_parser("website", parents=[common], help="what pages weigh and exports take")
    site.add_argument("--size", type=int, default=100_000, help="decisions (default 100,000)")
    _add_printed(whats)
    whats.add_parser("report", parents=[common], help="write the report of earlier runs again")
    return parser.parse_args(argv)


def _add_printed(whats: Any) -> None:
    """Add the commands that print what they find."""
    judged = whats.add_parser(
        "relevance", help="score judged queries, with each part of the recipe off in turn"
    )
    judged.add_argument("letters", type=Path, help="letters that the judgments are of")
    judged.add_argument("queries", type=Path, help="judged queries, as JSON lines")
    dear = whats.add_parser("worst", help="how long the dearest requests take that can be built")
    dear.add_argument("--index", type=Path, required=True, help="the index that they are asked of")
    dear.add_argument("--only", default="", help="only requests whose names have this")
    dear.add_argument("--shown", type=int, default=15, help="how many of the slowest are shown (default 15)")
    loaded = whats.add_parser("load", help="the real server under load, with ingestion beside")
    loaded.add_argument("--letters", type=int, default=45_000, help="that are served (default 45,000)")
    loaded.add_argument("--minutes", type=float, default=30, help="of steady load (default 30)")
    loaded.add_argument("--share", type=float, default=0.8, help="steady load, of the peak (default 0.8)")
    loaded.add_argument("--processes", type=int, default=0, help="that serve (default 0: one for each core)")
    loaded.add_argument("--work", type=Path, help="keep letters, index and the server's log in this folder")


def _compare(options: argparse.Namespace, work: Path) -> None:
    order = Order(peers=options.peers, decisions=options.size, work=work, rebuild=options.rebuild)
    command = f"make bench SIZE={options.size}"
    if options.peers != list(PEERS):
        command = f"python -m bench run --size {options.size} --peers {' '.join(options.peers)}"
    result = compare(order, setting_now(command))
    save(result, work / RESULTS / f"compare-{options.size}.json")


def _cluster(options: argparse.Namespace, work: Path) -> None:
    command = f"python -m bench cluster --size {options.size} --nodes {options.nodes}"
    order = Order(peers=cluster.PEERS, decisions=options.size, work=work)
    result = cluster.measure(order, options.nodes, setting_now(command))
    save(result, work / RESULTS / f"{report.CLUSTER}-{options.size}-{options.nodes}.json")


def _growth(options: argparse.Namespace, work: Path) -> None:
    command = f"python -m bench growth --sizes {' '.join(map(str, options.sizes))}"
    for size in options.sizes:
        order = Order(peers=[OURS], decisions=size, work=work, rebuild=options.rebuild)
        save(compare(order, setting_now(command)), work / RESULTS / f"growth-{size}.json")


def _understand(options: argparse.Namespace, work: Path) -> None:
    order = Order(peers=[OURS], decisions=options.size, work=work)
    ensure_built(order)
    setting = setting_now(f"python -m bench understanding --size {options.size}")
    rows = understanding.measure(order.index(OURS) / "data")
    result = Understanding(setting=setting, decisions=options.size, rows=rows)
    save(result, work / RESULTS / f"{report.UNDERSTANDING}-{options.size}.json")


def _website(options: argparse.Namespace, work: Path) -> None:
    order = Order(peers=[OURS], decisions=options.size, work=work)
    ensure_built(order)
    setting = setting_now(f"python -m bench website --size {options.size}")
    pages, exports = website.measure(order.index(OURS) / "data")
    result = Website(setting=setting, decisions=options.size, pages=pages, exports=exports)
    save(result, work / RESULTS / f"{report.WEBSITE}-{options.size}.json")


def _relevance(options: argparse.Namespace) -> Iterator[str]:
    if not options.letters.exists() or not options.queries.exists():
        sys.exit(
            f"{options.letters} and {options.queries} are not both there: relevance needs judged letters."
        )
    yield from relevance.report(options.letters, relevance.judged(options.queries))


def _worst(options: argparse.Namespace) -> Iterator[str]:
    yield from worst.lines(worst.measure(options.index, options.only), options.shown)


def _load(options: argparse.Namespace) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        plan = load.Plan(
            letters=options.letters,
            work=options.work or Path(folder),
            minutes=options.minutes,
            share=options.share,
            processes=options.processes,
        )
        yield from load.lines(load.measure(plan), plan)


def _ingest(options: argparse.Namespace, work: Path) -> None:
    folders = options.folders if options.what == "ingestion" else []
    corpora = tuple(ingestion.of_folder(folder, OURS) for folder in folders)
    corpora = corpora or ingestion.of_written(work, OURS)
    setting = setting_now(" ".join(["python -m bench ingestion", *map(str, folders)]))
    save(Ingestion(setting=setting, corpora=corpora), work / RESULTS / report.INGESTION)


MEASURES = {
    "run": _compare,
    "growth": _growth,
    "cluster": _cluster,
    "understanding": _understand,
    "website": _website,
}
"""What each command measures; `run` times ingestion too."""

PRINTED = {"relevance": _relevance, "worst": _worst, "load": _load}
"""Commands that print what they find, and keep nothing for the report."""

if __name__ == "__main__":
    main()
