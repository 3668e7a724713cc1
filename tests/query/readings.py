"""Typed queries, the trees they become without other names, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from search_app.fields import DEFAULT_FIELDS
from search_app.query.tree import And, AndMaybe, Dates, Everything, Fuzzy, Node, Not, Or, Phrase, Prefix, Word

Row: TypeAlias = tuple[str, Node, str]


def w(token: str, *fields: str) -> Word:
    return Word(token, fields or DEFAULT_FIELDS)


def p(tokens: str, *fields: str, slop: int = 0) -> Phrase:
    return Phrase(tuple(tokens.split()), fields or DEFAULT_FIELDS, slop)


def x(prefix: str, stem: str, *fields: str) -> Prefix:
    return Prefix(prefix, stem, fields or DEFAULT_FIELDS)


def f(token: str, distance: int, *fields: str) -> Fuzzy:
    return Fuzzy(token, distance, fields or DEFAULT_FIELDS)


def d(first: str, last: str) -> Dates:
    return Dates("decided", *(date.fromisoformat(day) if day else None for day in (first, last)))


KNEE, MRI, HIP = w("knee"), w("mri"), w("hip")
ALL = Everything()

READINGS: tuple[Row, ...] = (
    # nothing to search for
    ("", ALL, ""),
    ("  \t ", ALL, ""),
    ("*", ALL, ""),
    ("()", ALL, ""),
    ('""', ALL, ""),
    ("\0", ALL, ""),
    # words: one, both of two, most of more, common ones, repeated ones
    ("knee", KNEE, "knee"),
    ("Knees", KNEE, "Knees"),
    ("knee MRI", And((KNEE, MRI)), "knee and MRI"),
    ("knee mri hip", Or((KNEE, MRI, HIP), 2), "at least 2 of knee, mri, hip"),
    ("knee mri hip back", Or((KNEE, MRI, HIP, w("back")), 3), "at least 3 of knee, mri, hip, back"),
    ("the knee of", KNEE, "knee"),
    ("The", w("the"), "The"),
    ("of the", And((w("of"), w("the"))), "of and the"),
    ("knee knee", KNEE, "knee"),
    ("the and knee and", KNEE, "knee"),
    # what looks like one word but has several tokens is a phrase of them
    ("L4-L5", p("l4 l5"), "L4-L5"),
    ("10/325mg", p("10 325 mg"), "10/325mg"),
    ("knee-mri", p("knee mri"), "knee-mri"),
    ("L4-L5 MRI", And((p("l4 l5"), MRI)), "L4-L5 and MRI"),
    ("patient's", w("patient"), "patient's"),
    ("膝", w("膝"), "膝"),
    # phrases
    ('"knee mri"', p("knee mri"), "“knee mri”"),
    ('"the knee"', p("the knee"), "“the knee”"),
    ('"knee"', KNEE, "“knee”"),
    ('"knee mri"~3', p("knee mri", slop=2), "“knee mri”, within 3 words of each other"),
    ('"knee mri"~1', p("knee mri"), "“knee mri”"),
    ('"knee mri"~900', p("knee mri", slop=100), "“knee mri”, within 101 words of each other"),
    ('"knee mri" hip', And((p("knee mri"), HIP)), "“knee mri” and hip"),
    ('"knee mri', And((KNEE, MRI)), '"knee and mri'),
    # beginnings and likenesses
    ("chiropractic*", x("chiropractic", "chiropract"), "words that begin with chiropractic"),
    ("kn* mri", And((x("kn", "kn"), MRI)), "words that begin with kn and mri"),
    ("k*", w("k"), "k"),
    ("knee~", f("knee", 1), "knee or a word like it"),
    ("knees~2", f("knee", 2), "knees or a word like it"),
    ("knee~9", f("knee", 1), "knee or a word like it"),
    ("ankle~9", f("ankl", 2), "ankle or a word like it"),
    ("knee~ mri", And((f("knee", 1), MRI)), "(knee or a word like it) and mri"),
    # operators
    ("knee AND mri", And((KNEE, MRI)), "knee and mri"),
    ("knee OR mri", Or((KNEE, MRI)), "knee or mri"),
    ("NOT knee", Not(KNEE), "not knee"),
    ("-knee", Not(KNEE), "not knee"),
    ("knee -mri", And((Not(MRI), KNEE)), "not mri and knee"),
    ("knee NOT mri", And((Not(MRI), KNEE)), "not mri and knee"),
    ("knee OR mri AND hip", Or((KNEE, And((MRI, HIP)))), "knee or (mri and hip)"),
    ("(knee OR mri) AND hip", And((Or((KNEE, MRI)), HIP)), "(knee or mri) and hip"),
    ("-(knee mri)", Not(And((KNEE, MRI))), "not (knee and mri)"),
    ("NOT (knee OR mri)", Not(Or((KNEE, MRI))), "not (knee or mri)"),
    ("+knee", KNEE, "knee"),
    ("+knee +mri", And((KNEE, MRI)), "knee and mri"),
    ("+knee mri", AndMaybe(KNEE, Or((MRI,))), "knee; better with mri"),
    ("+knee mri hip", AndMaybe(KNEE, Or((MRI, HIP))), "knee; better with mri or hip"),
    ("+knee -mri hip", AndMaybe(And((KNEE, Not(MRI))), Or((HIP,))), "knee and not mri; better with hip"),
    ("(+knee mri) OR hip", Or((AndMaybe(KNEE, Or((MRI,))), HIP)), "(knee; better with mri) or hip"),
    ("knee OR", KNEE, "knee"),
    ("knee - mri", And((KNEE, MRI)), "knee and mri"),
    ("((knee", KNEE, "knee"),
    ("knee))", KNEE, "knee"),
    # fields
    ("drug:tramadol", w("tramadol", "drug"), "drug: tramadol"),
    ("request:L4-L5", p("l4 l5", "request"), "request: L4-L5"),
    ('guideline:"low back"', p("low back", "guideline"), "reviewer's guideline: “low back”"),
    ("request:kn*", x("kn", "kn", "request"), "request: words that begin with kn"),
    ("drug:tramadl~", f("tramadl", 1, "drug"), "drug: tramadl or a word like it"),
    ("request:knee mri", And((w("knee", "request"), MRI)), "request: knee and mri"),
    (
        "request:(knee mri)",
        And((w("knee", "request"), w("mri", "request"))),
        "request: knee and request: mri",
    ),
    ("-outcome:upheld", Not(w("upheld", "outcome")), "not outcome: upheld"),
    ("case:CM16-0000001", p("cm16 0000001", "case"), "case number: CM16-0000001"),
    ("nofield:knee", p("nofield knee"), "nofield:knee"),
    ("drug:", w("drug"), "drug:"),
    # dates
    ("decided:2016", d("2016-01-01", "2016-12-31"), "decision date: 2016"),
    ("decided:2016-02", d("2016-02-01", "2016-02-29"), "decision date: 2016-02"),
    ("decided:5/3/2016", d("2016-05-03", "2016-05-03"), "decision date: 5/3/2016"),
    ('decided:"2016"', d("2016-01-01", "2016-12-31"), "decision date: 2016"),
    ("decided:[2015-06 TO 2016]", d("2015-06-01", "2016-12-31"), "decision date: from 2015-06 to 2016"),
    ("decided:[2015 TO ]", d("2015-01-01", ""), "decision date: from 2015"),
    ("decided:[ TO 2016]", d("", "2016-12-31"), "decision date: to 2016"),
    ("decided:[ TO ]", d("", ""), "decision date: any"),
    ("decided:2016 knee", And((d("2016-01-01", "2016-12-31"), KNEE)), "decision date: 2016 and knee"),
    ("decided:never", w("never"), "never"),
    ("[knee TO hip]", p("knee to hip"), "knee TO hip"),
    ("decided:[2016-13 TO 2017]", p("2016 13 to 2017"), "2016-13 TO 2017"),
)
