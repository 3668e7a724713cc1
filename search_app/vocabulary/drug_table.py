"""The table of drugs: ingredients with their classes, and every name that stands for one or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from search_app.vocabulary._files import read_rows, read_toml, split_cell
from search_app.vocabulary.words import PhraseTable, key

Rows = Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A generic ingredient and its class by mouth and on the skin (subcategories of Pharmaceuticals)."""

    generic: str
    drug_class: str
    topical_class: str


@dataclass(frozen=True, slots=True)
class DrugName:
    """A name as it is usually written, what it stands for, and its class by mouth and on the skin.

    A weak name is also an ordinary word, and counts only beside a dose or a form.
    """

    written: str
    ingredients: tuple[str, ...]
    drug_class: str
    topical_class: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class DrugTable:
    """All ingredients by generic name, all names, and the phrase table that finds them."""

    ingredients: dict[str, Ingredient]
    names: tuple[DrugName, ...]
    phrases: PhraseTable[DrugName]


def _weak_keys(row: dict[str, str]) -> frozenset[tuple[str, ...]]:
    return frozenset(key(name) for name in split_cell(row["weak"]))


def _ingredient_names(row: dict[str, str]) -> Iterator[DrugName]:
    weak = _weak_keys(row)
    topical = row["topical_class"] or row["class"]
    for name in dict.fromkeys((row["generic"], *split_cell(row["names"]))):
        yield DrugName(name, (row["generic"].lower(),), row["class"], topical, key(name) in weak)


def _combination_names(row: dict[str, str], known: dict[str, Ingredient]) -> Iterator[DrugName]:
    parts = split_cell(row["ingredients"])
    for part in parts:
        if part not in known:
            raise ValueError(f"drug_combinations.csv: {row['names']}: no row of drugs.csv is called {part!r}")
    weak = _weak_keys(row)
    for name in split_cell(row["names"]):
        yield DrugName(name, parts, row["class"], row["class"], key(name) in weak)


def build(rows: Rows, combinations: Rows) -> DrugTable:
    """Make the table from the rows of drugs.csv and drug_combinations.csv.

    Raises ValueError where two rows claim one name, or a combination has an ingredient without a row.
    """
    ingredients = {}
    for row in rows:
        generic = row["generic"].lower()
        ingredients[generic] = Ingredient(generic, row["class"], row["topical_class"] or row["class"])
    names = [name for row in rows for name in _ingredient_names(row)]
    for row in combinations:
        names += _combination_names(row, ingredients)
    phrases: PhraseTable[DrugName] = PhraseTable()
    for name in names:
        holder = phrases.add(key(name.written), name)
        if holder.ingredients != name.ingredients:
            raise ValueError(f"{name.written!r} is a name of {holder.ingredients} and of {name.ingredients}")
    return DrugTable(ingredients, tuple(names), phrases)


@cache
def drug_table() -> DrugTable:
    """Return the table that ships with the package, read once."""
    return build(read_rows("drugs.csv"), read_rows("drug_combinations.csv"))


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of drug_words.toml, read once; raises KeyError where it has no such list."""
    return frozenset(read_toml("drug_words.toml")[name])
