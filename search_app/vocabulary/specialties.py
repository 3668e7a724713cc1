"""The reviewer specialties that the state lists, for counting different writings of one as one."""

from functools import cache

from search_app.vocabulary._files import read_toml
from search_app.vocabulary.spelling import NearWords
from search_app.vocabulary.words import key

Key = tuple[str, ...]


def _key(name: str) -> Key:
    return tuple(word for word in key(name) if word != "and")


def build(file: dict[str, list[str]]) -> dict[Key, str]:
    """Return the title of each writing in specialties.toml; raises ValueError where two titles claim one."""
    known: dict[Key, str] = {}
    for title, writings in file.items():
        for writing in (title, *writings):
            if known.setdefault(_key(writing), title) != title:
                raise ValueError(f"specialties.toml: {writing!r} stands for {title} and for another title")
    return known


@cache
def _known() -> dict[Key, str]:
    return build(read_toml("specialties.toml"))


@cache
def _near_words() -> NearWords:
    return NearWords(word for writing in _known() for word in writing)


def canonical(name: str) -> str:
    """Return the state's title of a specialty as a letter prints it; an unknown one trimmed, as printed.

    "Physical Medicine and Rehabilitation" gives "Physical Medicine & Rehabilitation"; so does a writing with
    one slip in a word of eight letters or more.
    """
    written = _key(name)
    exact = _known().get(written)
    if exact is not None:
        return exact
    mended = tuple(_near_words().nearest(word) or word for word in written)
    return _known().get(mended, " ".join(name.split()))


def all_specialties() -> tuple[str, ...]:
    """Return the titles in the order of the list."""
    return tuple(dict.fromkeys(_known().values()))
