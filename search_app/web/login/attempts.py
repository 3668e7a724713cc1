"""Slows down those who guess passwords, without holding up anybody else."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from time import monotonic

FAILURES = 10
"""Wrong passwords from one address within SECONDS; then no more are looked at until they are past."""

SECONDS = 60.0

_ADDRESSES = 10_000
"""Addresses remembered; who guesses from more of them pushes out the oldest."""

_SITE = 64
"""Bits of an IPv6 address that name a subscriber, who has all addresses behind them (RFC 6177)."""


class Attempts:
    """Wrong passwords of late, by the address that they came from."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Seconds until another password from an address is looked at; 0 where that is now."""
        times = self._failures.get(_who(address))
        if times is None or len(times) < FAILURES:
            return 0
        return max(ceil(times[0] + SECONDS - self._clock()), 0)

    def failed(self, address: str) -> None:
        """Note a wrong password."""
        who = _who(address)
        self._failures.setdefault(who, deque(maxlen=FAILURES)).append(self._clock())
        self._failures.move_to_end(who)
        if len(self._failures) > _ADDRESSES:
            self._failures.popitem(last=False)


def _who(address: str) -> str:
    try:
        numeric = ipaddress.ip_address(address)
    except ValueError:
        return address
    if numeric.version == 4:
        return address
    return str(ipaddress.ip_network((numeric, _SITE), strict=False))
