"""A client that makes load: requests at set times, however the server keeps up, or one after the other.

Times count from when a request was due, not from when it could be sent, so that none is left out of account
because others were slow.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

PATIENCE = 60.0
"""Seconds after which a request counts as failed."""


class Kind(StrEnum):
    """How a request ended: as it should, refused before it was accepted, or otherwise."""

    GOOD = "good"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: when it was due and how long its answer took from then, in seconds, and how it ended."""

    due: float
    seconds: float
    kind: Kind
    told: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A server, and the paths that are asked of it, each as likely as another."""

    host: str
    port: int
    paths: Sequence[str]


async def at_rate(target: Target, rate: float, seconds: float, seed: int) -> list[Asked]:
    """Ask so often a second for so long, at random times (a Poisson process), and wait for all answers."""
    chance, now = random.Random(seed), asyncio.get_running_loop().time
    due, end, running = now(), now() + seconds, []
    while (due := due + chance.expovariate(rate)) < end:
        await asyncio.sleep(max(due - now(), 0))
        running.append(asyncio.create_task(_ask(target, chance.choice(target.paths), due)))
    return list(await asyncio.gather(*running))


async def in_turn(target: Target, clients: int, seconds: float, seed: int) -> list[Asked]:
    """Let so many clients ask for so long, each again as soon as it has its answer."""
    now = asyncio.get_running_loop().time
    end = now() + seconds

    async def client(chance: random.Random) -> list[Asked]:
        found = []
        while now() < end:
            found.append(await _ask(target, chance.choice(target.paths), now()))
        return found

    each = await asyncio.gather(*(client(random.Random(seed + one)) for one in range(clients)))
    return [asked for found in each for asked in found]


async def _ask(target: Target, path: str, due: float) -> Asked:
    try:
        kind, told = _kind(await asyncio.wait_for(_answer(target, path), PATIENCE))
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        kind, told = Kind.FAILED, type(error).__name__
    return Asked(due, asyncio.get_running_loop().time() - due, kind, told)


async def _answer(target: Target, path: str) -> bytes:
    reader, writer = await asyncio.open_connection(target.host, target.port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {target.host}\r\nConnection: close\r\n\r\n".encode())
        return await reader.read(-1)
    finally:
        writer.close()


def _kind(answer: bytes) -> tuple[Kind, str]:
    """How a request ended. Whatever the application has answered carries an id: it had been accepted."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(_headers(lines))
    status = first.split(" ")[1] if " " in first else "no answer"
    if status == "200" and int(headers.get("content-length", -1)) == len(body):
        return Kind.GOOD, status
    if status == "503" and "retry-after" in headers and "x-request-id" not in headers:
        return Kind.REFUSED, status
    return Kind.FAILED, status if status != "200" else "cut short"


def _headers(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip()
