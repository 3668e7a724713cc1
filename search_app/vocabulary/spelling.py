"""Finds the known word that is one slip of the pen away from a written one."""

from collections.abc import Iterable

# Eight letters: below that, one letter turns too many ordinary words into names (relax, Relpax).
SHORTEST = 8


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def one_slip(written: str, known: str) -> bool:
    """Say whether two words differ by one letter added, left out or changed, or two neighbours swapped."""
    if abs(len(written) - len(known)) > 1 or written == known:
        return False
    head = 0
    while head < min(len(written), len(known)) and written[head] == known[head]:
        head += 1
    one, other = written[head:], known[head:]
    swapped = one[1::-1] + one[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or (len(one) > 1 and swapped == other)


class NearWords:
    """Known words, indexed by what is left when one letter is dropped, so that a look-up is a few reads."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._left: dict[str, list[str]] = {}
        for word in sorted(word for word in self._known if len(word) >= SHORTEST):
            for left in (word, *sorted(_without_one(word))):
                self._left.setdefault(left, []).append(word)

    def nearest(self, written: str) -> str | None:
        """Return the one known word (of 8 letters or more) that a written one is a slip of.

        None where the written word is itself known, near to no known word, or near to several.
        """
        if len(written) < SHORTEST - 1 or written in self._known:
            return None
        candidates = set(self._left.get(written, ()))
        for left in _without_one(written):
            candidates.update(self._left.get(left, ()))
        near = [word for word in candidates if one_slip(written, word)]
        return near[0] if len(near) == 1 else None
