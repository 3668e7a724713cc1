"""Puts a treatment request into the state's taxonomy by the ordered rules of treatments.toml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search_app.model import PHARMACEUTICALS
from search_app.vocabulary.drug_table import word_list
from search_app.vocabulary.drugs import DrugMention
from search_app.vocabulary.treatment_rules import ASSOCIATED, BY_CLASS, Rule, rule_book
from search_app.vocabulary.words import Word, cut

# "Associated surgical service: EKG"
_ASSOCIATED = re.compile(r"\s*associated\s+surgical\s+services?\s*[:;,-]?\s*", re.IGNORECASE)

# Companions of a pain killer, which lend a mixture of drugs its class only when they are alone.
_COMPANIONS = frozenset({"Misc Analgesics", "Nutritional Products", "Stimulants", "Other"})


_NO_RULE = "nothing fits"


@dataclass(frozen=True, slots=True)
class Classification:
    """A request's place in the taxonomy, the rule that decided, and its drugs (() where it asks for none).

    `reason` is for people: the rule and the words of the request that it went by.
    """

    category: str
    subcategory: str
    rule: str
    reason: str
    drugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Request:
    """What the rules look at: the phrases in the head and in the whole, with how they are written; drugs."""

    head: dict[str, str]
    whole: dict[str, str]
    drug_in_head: bool
    drug_class: str
    route: str


def classify(request: str, drugs: Sequence[DrugMention], associated: bool = False) -> Classification:
    """Classify a request that names these drugs (`find_drugs` of the same text).

    `associated` says that the letter lists it as an associated surgical service; the prefix itself is also
    read. A drug that is only mentioned (a test for it, a visit about it) is not among the result's drugs.
    """
    prefix = _ASSOCIATED.match(request)
    asked = _read(request, prefix.end() if prefix else 0, drugs, associated or prefix is not None)
    for rule in rule_book().rules:
        if not rule.whole and _decides(rule, asked, asked.head, asked.drug_in_head):
            return _answer(rule, asked, asked.head, drugs)
    for rule in rule_book().rules:
        if _decides(rule, asked, asked.whole, bool(drugs)):
            return _answer(rule, asked, asked.whole, drugs)
    return Classification("Evaluation & Management", "Medical Specialties", _NO_RULE, _NO_RULE, ())


def _decides(rule: Rule, asked: _Request, part: dict[str, str], named: bool) -> bool:
    if rule.any and rule.any.isdisjoint(part):
        return False
    if rule.drug and not (named and _drug_fits(rule, asked)):
        return False
    if rule.with_ and rule.with_.isdisjoint(asked.whole):
        return False
    return rule.without.isdisjoint(part) and rule.nowhere.isdisjoint(asked.whole)


def _drug_fits(rule: Rule, asked: _Request) -> bool:
    return (not rule.classes or asked.drug_class in rule.classes) and rule.route in ("", asked.route)


def _answer(
    rule: Rule, asked: _Request, part: dict[str, str], drugs: Sequence[DrugMention]
) -> Classification:
    subcategory = asked.drug_class if rule.subcategory == BY_CLASS else rule.subcategory
    names: tuple[str, ...] = ()
    if rule.category == PHARMACEUTICALS:
        names = tuple(dict.fromkeys(generic for drug in drugs for generic in drug.ingredients))
    return Classification(rule.category, subcategory, rule.id, _reason(rule, asked, part, drugs), names)


def _reason(rule: Rule, asked: _Request, part: dict[str, str], drugs: Sequence[DrugMention]) -> str:
    """Say by which words a rule went: 'tests before an operation: "EKG" with "Pre-op"'."""
    words = [f'"{drugs[0].matched}"'] if rule.drug else []
    words += [
        f'"{_longest(phrases, where)}"'
        for phrases, where in ((rule.any, part), (rule.with_, asked.whole))
        if phrases
    ]
    return f"{rule.id}: {' with '.join(dict.fromkeys(words))}"


def _longest(phrases: frozenset[str], found: dict[str, str]) -> str:
    return max(
        (found[phrase] for phrase in phrases if phrase in found), key=lambda words: (len(words), words)
    )


def _read(request: str, start: int, drugs: Sequence[DrugMention], associated: bool) -> _Request:
    words = [word for word in cut(request) if word.start >= start]
    book = rule_book()
    texts = [word.text for word in words]
    head_end = next((n for n, text in enumerate(texts) if n and text in book.ends_head), len(texts))
    head: dict[str, str] = {}
    whole = {ASSOCIATED: "Associated surgical service"} if associated else {}
    for phrase, first, past in book.phrases.every(texts):
        written = request[words[first].start : words[past - 1].end]
        whole.setdefault(phrase, written)
        if past <= head_end:
            head.setdefault(phrase, written)
    route = _route(texts, drugs)
    return _Request(
        head=head,
        whole=whole,
        drug_in_head=bool(drugs) and drugs[0].start < _end_of(words, head_end),
        drug_class=_class_of(drugs, route) if drugs else "",
        route=route,
    )


def _end_of(words: Sequence[Word], count: int) -> int:
    return words[count - 1].end if words and count else 0


def _leading(drugs: Sequence[DrugMention]) -> DrugMention | None:
    """Return the mention that holds all the others: Norco in "Norco (hydrocodone/APAP)"."""
    named = {generic for drug in drugs for generic in drug.ingredients}
    return next((drug for drug in drugs if named <= set(drug.ingredients)), None)


def _route(words: Sequence[str], drugs: Sequence[DrugMention]) -> str:
    """Return "compound", "topical" or "" for how drugs are taken; a base or the word compound tells."""
    if not drugs:
        return ""
    said = frozenset(words)
    if not word_list("compounded").isdisjoint(said) or _mixed(words, said, drugs):
        return "compound"
    return "topical" if not word_list("topical").isdisjoint(said) else ""


def _mixed(words: Sequence[str], said: frozenset[str], drugs: Sequence[DrugMention]) -> bool:
    """Say whether two or more drugs are mixed for the skin.

    That is a cream or the like with a percentage or with a drug that is not sold for the skin, or a list with
    two percentages that is no patch.
    """
    if _leading(drugs) is not None:
        return False
    if not word_list("mixed").isdisjoint(said):
        return "%" in said or any(drug.drug_class != drug.topical_class for drug in drugs)
    return words.count("%") > 1 and word_list("factory").isdisjoint(said)


def _class_of(drugs: Sequence[DrugMention], route: str) -> str:
    """Return the class of the mention that holds all others, else of the first that is no mere companion."""
    main = _leading(drugs) or next((drug for drug in drugs if drug.drug_class not in _COMPANIONS), drugs[0])
    return main.topical_class if route else main.drug_class
