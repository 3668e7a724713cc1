"""Tries every regular expression on its worst texts; python -m tests.security.trying LENGTH SECONDS [MORE...]

Prints which took longer than so many seconds of the processor, where they stand, and what their texts repeat.
"""

from __future__ import annotations

import json
import re
import sys
import warnings

from tests.security.attacking import attacks, pumps
from tests.security.deadline import TooLong, deadline
from tests.security.patterns import every_pattern


def is_slow(pattern: str, flags: int, length: int, seconds: float) -> bool:
    """Whether a search in one of the texts takes longer."""
    expression = re.compile(pattern, flags)
    try:
        for text in attacks(pattern, flags, length):
            with deadline(seconds):
                expression.search(text)
    except TooLong:
        return True
    return False


def main() -> None:
    length, seconds = int(sys.argv[1]), float(sys.argv[2])
    known = every_pattern()
    tried = known | {(pattern, 0): "given" for pattern in sys.argv[3:]}
    slow = {
        pattern: where
        for (pattern, flags), where in tried.items()
        if is_slow(pattern, flags, length, seconds)
    }
    places = {where.partition(":")[0] for where in known.values()}
    repeated = sorted({pump for pattern, flags in known for pump in pumps(pattern, flags) if len(pump) < 40})
    told = {"slow": slow, "expressions": len(known), "places": sorted(places), "pumps": repeated}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
