"""Finds the drugs that a text names, and says what a name stands for.

Names, spellings and abbreviations are in drugs.csv, products of several ingredients (or of a class that
differs from their ingredient's) in drug_combinations.csv. Classes are the state's subcategories of
Pharmaceuticals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from search_app.vocabulary.drug_table import DrugName, Ingredient, drug_table, word_list
from search_app.vocabulary.spelling import SHORTEST, NearWords
from search_app.vocabulary.words import cut, key

# How far a dose or a form may stand from a name that is also an ordinary word, in words: name ER 37.5/325 mg
_NEAR = 6


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a text.

    `matched` is the name as the text has it, text[start:end]; `name` as the table has it. `drug_class` holds
    by mouth, `topical_class` on the skin.
    """

    name: str
    ingredients: tuple[str, ...]
    drug_class: str
    topical_class: str
    start: int
    end: int
    matched: str


@cache
def _near_words() -> NearWords:
    table = drug_table()
    names = [key(name.written) for name in table.names]
    whole = {words[0] for words in names if len(words) == 1}
    return NearWords(whole.union(word for generic in table.ingredients for word in key(generic)))


@cache
def _well_spelt() -> frozenset[str]:
    """Return what is never mended: ordinary words near to a name, and the words of all names."""
    return word_list("not_misspelt").union(*(key(name.written) for name in drug_table().names))


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    if len(word) < SHORTEST - 1 or word in _well_spelt():
        return word
    return _near_words().nearest(word) or word


def find_drugs(text: str) -> tuple[DrugMention, ...]:
    """Return the drugs that a text names, in its order; at each place the longest name.

    A word of eight letters or more may be one slip away from its name ("cyclobenzaprnie"). A name that is
    also an ordinary word ("testosterone", "vitamin D") counts only beside a dose or a form, or alone.
    """
    words = cut(text)
    plain = [_corrected(word.text) for word in words]
    found = []
    for name, first, past in drug_table().phrases.longest(plain):
        if name.weak and not _meant(plain, first, past):
            continue
        found.append(_mention(name, text, words[first].start, words[past - 1].end))
    return tuple(found)


def _mention(name: DrugName, text: str, start: int, end: int) -> DrugMention:
    classes = name.drug_class, name.topical_class
    return DrugMention(name.written, name.ingredients, *classes, start, end, text[start:end])


def _meant(words: Sequence[str], first: int, past: int) -> bool:
    """Say whether a name that is also an ordinary word means a drug: alone, or by a dose or form."""
    if past - first == len(words):
        return True
    around = (*words[max(0, first - _NEAR) : first], *words[past : past + _NEAR])
    return not word_list("dose").isdisjoint(around)


def drugs_of(name: str) -> tuple[str, ...]:
    """Return the ingredients that a brand, generic or other name stands for; () for an unknown name.

    Only the whole name counts: "xanax" gives ("alprazolam",), "xanax 2mg" gives ().
    """
    known = drug_table().phrases.get(key(name))
    return known.ingredients if known is not None else ()


@cache
def names_of(generic: str) -> tuple[str, ...]:
    """Return every other name of an ingredient, those of products that combine it with others last.

    () for an unknown ingredient.
    """
    wanted = generic.lower()
    names = [name for name in drug_table().names if wanted in name.ingredients]
    names.sort(key=lambda name: len(name.ingredients) > 1)
    return tuple(name.written for name in names if name.written.lower() != wanted)


def drug_class(generic: str, topical: bool = False) -> str:
    """Return the state's subcategory of an ingredient, by mouth or on the skin.

    Raises KeyError for what is no ingredient of the table (`drugs_of` turns a brand into ingredients).
    """
    row: Ingredient | None = drug_table().ingredients.get(generic.lower())
    if row is None:
        raise KeyError(f"{generic!r} is no ingredient in drugs.csv; drugs_of() turns a brand into some")
    return row.topical_class if topical else row.drug_class


def all_generics() -> tuple[str, ...]:
    """Return all ingredients of the table, in alphabetical order."""
    return tuple(sorted(drug_table().ingredients))
