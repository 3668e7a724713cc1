"""Concepts: things that go by several wordings, found in texts and in what people type.

A concept is a group of everyday words, or a drug with all its names. Its wordings are runs of tokens, and
those of what it includes count for it: a concept stands in a text where one of them does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import TypeAlias

from search_app.query.analysis import tokens, words
from search_app.query.runs import tokens_of_run
from search_app.vocabulary.drug_table import DrugTable, drug_table
from search_app.vocabulary.everyday import Group, everyday_groups
from search_app.vocabulary.patterns import singular

Run: TypeAlias = tuple[str, ...]
"""The tokens of a wording."""

Way: TypeAlias = tuple[str, ...]
"""One thing that a typed wording can mean: concepts that are meant together, by name."""


_MEDICATION = " medication"


@dataclass(slots=True)
class _Step:
    """A place in the tree of wordings: the steps that go on from it, and the concepts of what ends there."""

    further: dict[str, _Step] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    identifiers: str = ""


@dataclass(slots=True)
class Concepts:
    """Groups and drugs, ready to be found by their wordings.

    `parents` are the groups that include each concept, `written` all wordings as they are written, and
    `longest` the tokens of the longest that is understood.
    """

    groups: Mapping[str, Group]
    parents: Mapping[str, Sequence[str]]
    written: dict[str, None] = field(default_factory=dict)
    longest: int = 0
    _first: dict[str, _Step] = field(default_factory=dict)
    _typed: dict[Run, dict[Way, set[str]]] = field(default_factory=dict)
    _wordings: dict[str, dict[Run, None]] = field(default_factory=lambda: defaultdict(dict))

    def meanings(self, typed: str) -> tuple[Way, ...]:
        """What words mean when a person types them, all of them together; () if nothing is known.

        A wording of one word must be typed as it is written but for a plural, since unlike words may have its
        stem (TENS and ten, medication and medical); longer ones in any grammatical form.
        """
        run = tuple(tokens(typed))
        ways = self._typed.get(run, {})
        if len(run) == 1:
            word = words(typed)[0].lower()
            return tuple(
                way for way, written in ways.items() if not written.isdisjoint((word, singular(word)))
            )
        return tuple(ways)

    def understands(self, run: Run) -> bool:
        """Whether tokens, all of them together, are a wording that is understood."""
        return run in self._typed

    def is_drug(self, name: str) -> bool:
        """Whether a concept is a drug; raises KeyError for an unknown concept."""
        group = self.groups[name]
        return group.kind == "drug" and not group.same

    def wordings(self, name: str) -> tuple[Run, ...]:
        """Every wording that a concept is found by in texts; raises KeyError for an unknown concept."""
        return tuple(self._wordings[self.groups[name].name])

    def identifiers(self, found: Sequence[str]) -> Iterator[str]:
        """Those of the concepts of every wording in a text's tokens, overlapping ones too."""
        return (step.identifiers for step in self._ends(found))

    def named(self, found: Sequence[str]) -> Iterator[str]:
        """The concept that each wording in a text's tokens is one of, not those that include it."""
        return (step.concepts[0] for step in self._ends(found))

    def _ends(self, found: Sequence[str]) -> Iterator[_Step]:
        """Where each wording in a text's tokens ends."""
        end = len(found)
        for first, begun in enumerate(map(self._first.get, found)):
            step, past = begun, first + 1
            while step is not None:
                if step.concepts:
                    yield step
                step = step.further.get(found[past]) if past < end else None
                past += 1

    def enter(self, wording: str, way: Way, concepts: Sequence[str], *, typed: bool, read: bool) -> None:
        """Enter a wording that means `way` when typed, and in texts stands for the concepts."""
        run = tuple(tokens(wording))
        if not run:
            raise ValueError(f"{wording!r} of {way[0]!r} has no word in it")
        self.written[wording] = None
        if typed:
            self._typed.setdefault(run, {}).setdefault(way, set()).add(_plain_form(wording))
            self.longest = max(self.longest, len(run))
        if read:
            step = self._first.setdefault(run[0], _Step())
            for token in run[1:]:
                step = step.further.setdefault(token, _Step())
            step.concepts = tuple(dict.fromkeys((*step.concepts, *concepts)))
            step.identifiers = " ".join(map(identifier, step.concepts))
            for name in concepts:
                self._wordings[name][run] = None


def _plain_form(word: str) -> str:
    """A word in small letters without the ending of its plural; an abbreviation may end in s (TENS)."""
    return word.lower() if word.isupper() else singular(word.lower())


def build(groups: Iterable[Group], drugs: DrugTable) -> Concepts:
    """Make concepts of groups and drugs; a group with classes includes the drugs of these classes.

    Raises ValueError where a group has the name of a drug, and for a wording without a word.
    """
    known = {group.name: group for group in groups}
    for generic in drugs.ingredients:
        if known.setdefault(generic, Group(name=generic, kind="drug", same=())).same:
            raise ValueError(f"everyday: {generic!r} is a drug; its names stand in drugs.csv")
    parents = _parents(known, drugs)
    wider = {name: _all_above(name, parents) for name in known}
    made = Concepts(known, parents)
    for group in known.values():
        for given, typed, read in (
            (group.same, True, True),
            ((*group.typed, *_medication(group)), True, False),
            (group.read, False, True),
        ):
            for wording in given:
                made.enter(wording, (group.name,), wider[group.name], typed=typed, read=read)
    for name in drugs.names:
        counted = tuple(dict.fromkeys(concept for generic in name.ingredients for concept in wider[generic]))
        made.enter(name.written, name.ingredients, counted, typed=True, read=not name.weak)
    return made


def _medication(group: Group) -> Iterator[str]:
    """What people say for the medication of a group of drugs: sleep meds, heartburn pills."""
    for wording in (*group.same, *group.typed) if group.kind == "drug" else ():
        if wording.endswith(_MEDICATION):
            yield from (
                wording.removesuffix(_MEDICATION) + word for word in ("med", "medicine", "pill", "drug")
            )


def _parents(groups: Mapping[str, Group], drugs: DrugTable) -> Mapping[str, Sequence[str]]:
    """The groups that include each concept."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for generic, drug in drugs.ingredients.items():
        by_class[drug.drug_class].append(generic)
    parents: dict[str, list[str]] = {name: [] for name in groups}
    for group in groups.values():
        for child in group.includes:
            parents[child].append(group.name)
        for generic in (generic for title in group.classes for generic in by_class[title]):
            parents[generic].append(group.name)
    return parents


def _all_above(name: str, parents: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    above = {name: None}
    waiting = [name]
    while waiting:
        fresh = [one for one in parents[waiting.pop()] if one not in above]
        above.update(dict.fromkeys(fresh))
        waiting += fresh
    return tuple(above)


@cache
def concepts() -> Concepts:
    """The concepts that ship with the package, made once."""
    return build(everyday_groups().values(), drug_table())


def identifiers(text: str) -> str:
    """The concepts that stand in a text, as words with spaces between them: one for each time."""
    found = list(chain.from_iterable(map(tokens_of_run, text.split(" "))))
    return " ".join(concepts().identifiers(found))


def identifier(name: str) -> str:
    """The word that stands for a concept in an index."""
    return name.replace(" ", "_")


@cache
def wordings_version() -> str:
    """What tells these wordings from others: an index holds which of them stand in its letters."""
    known = concepts()
    wordings = sorted((name, sorted(known.wordings(name))) for name in known.groups)
    return blake2b(repr(wordings).encode(), digest_size=8).hexdigest()
