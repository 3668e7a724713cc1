"""How a typed query is read: the tree that engines match, and the same in words for the page.

Things typed side by side are read like this. Phrases, `field:word`, groups and what stands behind NOT or
a minus sign are conditions. Of plain words, all of one or two must occur and most of three or more
(more than half), so that a sentence finds decisions that share most of its words; with a +must among
them, the other plain words only improve the rank. Common words are left out unless nothing else is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from whoosh.qparser import syntax

from search_app.fields import DATE_FIELDS, DEFAULT_FIELDS, FIELDS
from search_app.query import grammar
from search_app.query.analysis import stem, tokens, words
from search_app.query.choices import with_choices
from search_app.query.dates import period
from search_app.query.leaves import leaf
from search_app.query.meaning import Expansion, asks_for_outcome, meaning
from search_app.query.named_values import named_value
from search_app.query.parts import Part, all_of, any_of, listed, most_of, nested, understood
from search_app.query.plain import Item, things
from search_app.query.recipe import EXACT, RECIPE, Recipe
from search_app.query.stopwords import STOPWORDS
from search_app.query.tree import And, AndMaybe, Dates, Everything, Fuzzy, Node, Not, Or, Prefix, Word
from search_app.unicode import composed
from search_app.vocabulary.everyday import TREATMENT

MIN_PREFIX = 2
"""Letters before the asterisk; a single letter would match a tenth of all words."""

MAX_EDITS = 2
"""Edits of a fuzzy word; with three, short words match anything."""

SHORT = 4
"""Letters up to which a fuzzy word is given one edit: with two, it is near to every word as short."""

MAX_OPEN = 10
"""Words with an asterisk or a tilde in a query: each stands for hundreds."""

MAX_PHRASE_SLOP = 100
"""Words between the words of a near-phrase; beyond that it is a matter of the whole rationale."""

MAX_NEAR_WORDS = 10
"""Words of a near-phrase; every further one makes the search for places dearer."""

MAX_WORDS = 30
"""Plain words that are searched; a query of more is a pasted letter, for which there is another page."""


_SIGNS = str.maketrans({"\0": " ", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
"""Quotation marks as word processors set them are quotation marks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read.

    `typed` is what was read of what was typed; `says` is one line in words ("" for an empty query);
    `expansions` are the wordings that were added; `notes` tell of anything that was not used as it stands.
    `looser` finds more than `tree`, for where that finds little; None if nothing does. `unknown` are plain
    words that no vocabulary has.
    """

    typed: str
    tree: Node
    says: str = ""
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()
    looser: Node | None = None
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    recipe: Recipe
    expansions: list[Expansion] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    opened: int = 0

    def read(self, node: syntax.SyntaxNode) -> Part | None:
        part = None
        match node:
            case syntax.NotGroup() | grammar.MustGroup():
                part = self._wrapped(node)
            case grammar.WordsGroup():
                part = self._side_by_side(list(node))
            case syntax.AndGroup() | syntax.OrGroup():
                part = self._operator(node)
            case syntax.RangeNode():
                part = self._range(node)
            case grammar.Phrase() | grammar.Prefix() | grammar.Fuzzy():
                part = self._marked_word(node)
            case syntax.TextNode():
                part = self._word(node)
        return part

    def _wrapped(self, node: syntax.GroupNode) -> Part | None:
        if isinstance(node, grammar.MustGroup):
            return self.read(node[0]) if len(node) else None
        # What is excluded is meant as it stands, -Ultram not as -tramadol; but -denied asks for an outcome.
        recipe, self.recipe = self.recipe, replace(EXACT, outcomes=self.recipe.outcomes)
        unknown = len(self.unknown)
        part = self.read(node[0]) if len(node) else None
        self.recipe = recipe
        del self.unknown[unknown:]
        return Part(Not(part.node), f"not {nested(part, 'not')}") if part else None

    def _operator(self, node: syntax.GroupNode) -> Part | None:
        parts = [part for child in node if (part := self.read(child))]
        found = all_of(parts) if isinstance(node, syntax.AndGroup) else any_of(parts)
        return replace(found, looser=None) if found else None

    def _range(self, node: syntax.RangeNode) -> Part | None:
        start, end = (node.start or "").strip(" *"), (node.end or "").strip(" *")
        first, last = period(start), period(end)
        is_date = node.fieldname in DATE_FIELDS
        if not is_date or bool(start) != bool(first) or bool(end) != bool(last):
            text = f"{start} TO {end}"
            if is_date:
                self._no_date(text)
            return self._plain(text, DEFAULT_FIELDS)
        if first and last and first.first > last.last:
            self.notes.append(f"{start} is later than {end}, so no day is left.")
        dates = Dates(node.fieldname, first.first if first else None, last.last if last else None)
        ends = [f"from {start}" if start else "", f"to {end}" if end else ""]
        return Part(dates, _scoped(node, " ".join(filter(None, ends)) or "any"))

    def _marked_word(self, node: syntax.TextNode) -> Part | None:
        if node.fieldname in DATE_FIELDS:
            return self._date(node)
        fields = _fields(node)
        found = words(node.text)
        if isinstance(node, grammar.Phrase):
            return self._phrase(node, fields)
        return self._open(node, found[0], fields) if len(found) == 1 else self._word(node)

    def _open(self, node: syntax.TextNode, word: str, fields: tuple[str, ...]) -> Part | None:
        """A word that stands for others: those that begin so, or are spelt nearly so."""
        self.opened += 1
        if self.opened > MAX_OPEN:
            self.notes.append(f"Only the first {MAX_OPEN} words with * or ~ stand for others.")
            return self._word(node)
        if isinstance(node, grammar.Fuzzy):
            edits = min(node.maxdist, 1 if len(word) <= SHORT else MAX_EDITS)
            return Part(Fuzzy(stem(word), edits, fields), _scoped(node, f"{word} or a word like it"), "or")
        if len(word) < MIN_PREFIX:
            self.notes.append(f"{word}* is too short to complete; it was read as the word {word}.")
            return self._word(node)
        return Part(Prefix(word.lower(), stem(word), fields), _scoped(node, f"words that begin with {word}"))

    def _phrase(self, node: syntax.TextNode, fields: tuple[str, ...]) -> Part | None:
        # whoosh counts a phrase's slop as the distance between neighbours, so that 1 is the exact phrase.
        slop = min(max(node.slop - 1, 0), MAX_PHRASE_SLOP)
        text = node.text
        if slop and len(words(text)) > MAX_NEAR_WORDS:
            text = " ".join(words(text)[:MAX_NEAR_WORDS])
            self.notes.append(f"Only the first {MAX_NEAR_WORDS} words can be looked for near each other.")
        found = leaf(text, fields, slop)
        if found is None:
            return None
        near = f", within {slop + 1} words of each other" if slop else ""
        return Part(found, _scoped(node, f"“{text.strip()}”{near}"))

    def _word(self, node: syntax.TextNode) -> Part | None:
        if not node.fieldname:
            return self._plain(node.text, DEFAULT_FIELDS)
        if node.fieldname in DATE_FIELDS:
            return self._date(node)
        if named := named_value(node.fieldname, node.text):
            self.notes.append(named.note)
            return Part(named.node, _scoped(node, named.says))
        found = leaf(node.text, _fields(node))
        return Part(found, _scoped(node, node.text)) if found else None

    def _date(self, node: syntax.TextNode) -> Part | None:
        when = period(node.text)
        if when is None:
            self._no_date(node.text)
            return self._plain(node.text, DEFAULT_FIELDS)
        return Part(Dates(node.fieldname, when.first, when.last), _scoped(node, node.text))

    def _no_date(self, text: str) -> None:
        self.notes.append(f"{text} is no date, such as 2016 or 2016-05-31; it was read as words.")

    def _plain(self, text: str, fields: tuple[str, ...], recipe: Recipe | None = None) -> Part | None:
        said = text.strip().strip(",.;!?") or text.strip()
        if found := meaning(said, recipe or self.recipe):
            if found.expansion.added:
                self.expansions.append(found.expansion)
            typed = said if found.says else ""
            return Part(found.node, said, subject=found.subject, looser=found.looser, words=typed)
        node = leaf(text, fields)
        if node and isinstance(node, Word):
            self.unknown.append(said)
        return Part(node, said) if node else None

    def _side_by_side(self, nodes: Sequence[syntax.SyntaxNode]) -> Part | None:
        if self.recipe.alternatives:
            nodes = with_choices(nodes, _is_plain)
        must = any(isinstance(node, grammar.MustGroup) for node in nodes)
        conditions = [part for node in nodes if not _is_plain(node) and (part := self.read(node))]
        items = [node.text if type(node) is syntax.WordNode else node for node in nodes if _is_plain(node)]
        plain = self._plain_words(items)
        if not plain:
            return all_of(conditions)
        if not must:
            return self._all_of(conditions, plain)
        required = all_of(conditions)
        optional = Or(tuple(part.node for part in plain))
        if required is None:
            return most_of(plain)
        says = f"{required.says}; better with {listed(plain, 'or')}"
        return Part(AndMaybe(required.node, optional), says, "better")

    def _all_of(self, conditions: Sequence[Part], plain: Sequence[Part]) -> Part | None:
        """The conditions, and what plain words mean; better where they stand as they were typed."""
        found = understood(plain)
        both = all_of([*conditions, replace(found, node=self._with_words(found.node, plain))])
        if both is None or found.looser is None or not self.recipe.relaxed:
            return replace(both, looser=None) if both else None
        looser = self._with_words(found.looser, plain)
        nodes = (*(part.node for part in conditions), looser)
        return replace(both, looser=And(nodes) if len(nodes) > 1 else looser)

    def _with_words(self, node: Node, plain: Sequence[Part]) -> Node:
        typed = dict.fromkeys(
            Word(token, DEFAULT_FIELDS, self.recipe.words)
            for part in plain
            for word in words(part.words)
            if word.lower() not in STOPWORDS
            for token in tokens(word)
        )
        return (
            AndMaybe(node, Or(tuple(typed))) if typed and self.recipe.words and self.recipe.everyday else node
        )

    def _plain_words(self, items: list[Item]) -> list[Part]:
        found = things(items, self.recipe)
        if found.left_out:
            self.notes.append(f"Common words were left out: {', '.join(found.left_out)}.")
        if "without" in found.left_out:
            self.notes.append("For what lacks a thing, put a minus before it: hydrocodone -acetaminophen.")
        if len(found.kept) > MAX_WORDS:
            self.notes.append(f"Only the first {MAX_WORDS} words were searched.")
        parts: dict[Node, Part] = {}
        for ways in found.kept[:MAX_WORDS]:
            named = any(part.subject == TREATMENT for part in parts.values())
            part = self._any_of(
                ways, replace(self.recipe, subject=self.recipe.beside) if named else self.recipe
            )
            if part:
                parts.setdefault(part.node, part)
        return self._with_one_outcome(list(parts.values()))

    def _with_one_outcome(self, parts: list[Part]) -> list[Part]:
        """The parts with the last outcome alone: denied, then approved."""
        outcomes = [part for part in parts if asks_for_outcome(part.node)]
        dropped = [part.says for part in outcomes[:-1]]
        self.expansions = [one for one in self.expansions if one.typed not in dropped]
        if dropped:
            self.notes.append(
                f"A decision has one outcome; the last that was named, {outcomes[-1].says}, was taken."
            )
        return [part for part in parts if part not in outcomes[:-1]]

    def _any_of(self, items: tuple[Item, ...], recipe: Recipe) -> Part | None:
        ways = (
            self._plain(item, DEFAULT_FIELDS, recipe) if isinstance(item, str) else self.read(item)
            for item in items
        )
        return any_of([part for part in ways if part])


def read(typed: str, recipe: Recipe = RECIPE) -> Reading:
    """Read what was typed, understanding it by the recipe; never raises."""
    text = composed(typed).translate(_SIGNS)
    reader = _Reader(recipe)
    if len(text) > grammar.MAX_CHARACTERS:
        reader.notes.append(f"Only the first {grammar.MAX_CHARACTERS:,} characters were read.")
        typed, text = typed[: grammar.MAX_CHARACTERS], text[: grammar.MAX_CHARACTERS]
    part = reader.read(grammar.parse(text))
    if part is None:
        if text.strip(" *"):
            reader.notes.append("There is no word in this to search for, so all decisions are shown.")
        return Reading(typed, Everything(), notes=tuple(dict.fromkeys(reader.notes)))
    expansions, notes = dict.fromkeys(reader.expansions), dict.fromkeys(reader.notes)
    return Reading(
        typed, part.node, part.says, tuple(expansions), tuple(notes), part.looser, tuple(reader.unknown)
    )


def _fields(node: syntax.TextNode) -> tuple[str, ...]:
    return (node.fieldname,) if node.fieldname else DEFAULT_FIELDS


def _scoped(node: syntax.TextNode, says: str) -> str:
    return f"{FIELDS[node.fieldname].label.lower()}: {says}" if node.fieldname else says


def _is_plain(node: syntax.SyntaxNode) -> bool:
    """Whether a node counts among the plain words of its group."""
    kinds = (syntax.WordNode, grammar.Prefix, grammar.Fuzzy)
    return isinstance(node, kinds) and not node.fieldname
