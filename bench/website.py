"""The website as a browser meets it: what a page weighs, when it is painted, what an export takes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.request import urlopen

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from bench.results import Exported, Loaded, Website
from bench.server import memory, serving

PAGES = {
    "search": "/search?q=physical+therapy",
    "search, filtered": "/search?q=knee+MRI&outcome=Overturned&year=2016",
    "front": "/",
    "nothing found": "/search?q=zzzzzz",
    "help": "/help",
}
EXPORTS = ("csv", "jsonl", "xlsx")

ROUNDS = 7
"""Times that each page is loaded, with an empty cache, after one that is not measured."""

_WEIGHED = """
const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
const paint = performance.getEntriesByName("first-contentful-paint")[0];
return [all.map((one) => [one.name, one.transferSize, one.initiatorType]), paint ? paint.startTime : null];
"""
_BLOCK = 1 << 20


def measure(index: Path) -> tuple[tuple[Loaded, ...], tuple[Exported, ...]]:
    """Measure pages and exports over an index."""
    with serving(index) as (address, process):
        loaded = tuple(_loaded(address)) if shutil.which("chromedriver") else ()
        exported = tuple(_exported(address, process, extension) for extension in EXPORTS)
    return loaded, exported


def _loaded(address: str) -> Iterator[Loaded]:
    options = Options()
    options.binary_location = str(shutil.which("chromium") or shutil.which("google-chrome"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
        for label, path in PAGES.items():
            rounds = []
            for _ in range(ROUNDS + 1):
                driver.get(address + path)
                sleep(0.3)
                rounds.append(driver.execute_script(_WEIGHED))
            entries = [(name, size) for name, size, _ in rounds[-1][0] if not name.endswith((".svg", ".png"))]
            entries = [(name.split("?v=")[0], size) for name, size in entries]
            yield Loaded(
                page=label,
                path=path,
                transferred=sum(size for _, size in entries),
                requests=len(rounds[-1][0]),
                elsewhere=sum(not name.startswith(address) for name, _ in entries),
                painted=median(paint for _, paint in rounds[1:] if paint is not None),
            )
    finally:
        driver.quit()


def _exported(address: str, process: int, extension: str) -> Exported:
    """Take a whole list in one format, and watch how much memory the server has while it is sent."""
    before = most = memory(process)
    size = 0
    started = perf_counter()
    with urlopen(f"{address}/export.{extension}?sort=newest") as answer:
        number = int(answer.headers["X-Result-Count"])
        first = None
        while block := answer.read(_BLOCK):
            first = first or perf_counter() - started
            size += len(block)
            most = max(most, memory(process))
    return Exported(
        extension=extension,
        decisions=number,
        seconds=perf_counter() - started,
        first=first or 0.0,
        size=size,
        before=before,
        most=most,
    )


def lines(one: Website) -> Iterator[str]:
    """The section of the report, in Markdown."""
    yield f"Over {one.decisions:,} decisions, from a server on the same machine.\n"
    if one.pages:
        yield "| page | kB transferred, without images | requests | to other hosts | first painted ms |"
        yield "|---|---:|---:|---:|---:|"
        for row in one.pages:
            cells = (f"{row.transferred / 1000:.1f}", row.requests, row.elsewhere, f"{row.painted:.0f}")
            yield f"| {row.page} (`{row.path}`) | {' | '.join(map(str, cells))} |"
        yield ""
        yield f"Medians of {ROUNDS} loads in headless Chromium with an empty cache.\n"
    yield "| export | decisions | MB | seconds | first byte after | server's own memory before, at most MB |"
    yield "|---|---:|---:|---:|---:|---:|"
    for sent in one.exports:
        cells = (
            f"{sent.decisions:,}",
            f"{sent.size / 1e6:.0f}",
            f"{sent.seconds:.1f}",
            f"{sent.first:.1f}",
            f"{sent.before / 1e6:.0f}, {sent.most / 1e6:.0f}",
        )
        yield f"| {sent.extension} | {' | '.join(cells)} |"
    yield ""
