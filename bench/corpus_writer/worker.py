"""The injured worker of a letter, and the values that every text of the letter agrees on."""

from dataclasses import dataclass
from datetime import date

from bench.corpus_writer.calendar import Dates
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.prosedata import Region, people
from bench.corpus_writer.template import vowel_sound

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PRONOUNS = {"male": ("he", "his", "him", "man"), "female": ("she", "her", "her", "woman")}
# At the injury: old enough for "years of repeated lifting".
_YOUNGEST = 22
# A style of dates.
SHORT = 10
_SIDES = ("left",) * 46 + ("right",) * 50 + ("bilateral",) * 4


@dataclass(frozen=True, slots=True)
class Worker:
    """Who the letter is about; `values` are the slots that all of its texts share."""

    age: int
    sex: str
    values: dict[str, str]


def write_worker(dates: Dates, region: Region, dice: Dice) -> Worker:
    """Draw a worker whose injury is of the region, with pain scores, names and dates as printed."""
    sex = "male" if dice.chance(0.52) else "female"
    low, high = people().ages
    age = low + int((dice.random() + dice.random()) / 2 * (high - low + 1))
    age = max(age, _YOUNGEST + dates.months // 12)
    occupation, group = dice.pick(people().occupations)
    values = (
        _person(sex, age, occupation, dice) | _part(region, dice) | _pain(dice) | _printed_dates(dates, dice)
    )
    values["mechanism"] = dice.pick(people().mechanisms[region.name, group]).fragment(dice, values)
    return Worker(age, sex, values)


def _person(sex: str, age: int, occupation: str, dice: Dice) -> dict[str, str]:
    he, his, him, man = _PRONOUNS[sex]
    word = dice.draw(people().words)
    return {
        "age": str(age),
        "sex": sex,
        "man": man,
        "he": he,
        "He": he.capitalize(),
        "his": his,
        "His": his.capitalize(),
        "him": him,
        "worker": f"the {word}",
        "Worker": f"The {word}",
        "worker_word": word,
        "occupation": occupation,
        "a_occupation": f"{'an' if vowel_sound(occupation) else 'a'} {occupation}",
    }


def _part(region: Region, dice: Dice) -> dict[str, str]:
    side = dice.pick(_SIDES) if region.sides else ""
    part = f"{side} {region.name}".strip()
    return {"side": side, "region": region.name, "part": part, "Part": part[0].upper() + part[1:]}


def _pain(dice: Dice) -> dict[str, str]:
    pain = dice.between(5, 8)
    return {
        "pain": f"{pain}/10",
        "pain_with": f"{dice.between(2, pain - 1)}/10",
        "pain_without": f"{dice.between(pain + 1, 10)}/10",
    }


def _printed_dates(dates: Dates, dice: Dice) -> dict[str, str]:
    style = dice.between(0, 9)
    return {
        "injured": print_date(dates.injury, style),
        "visit": print_date(dates.visit, style),
        "rfa": print_date(dates.request, style),
        "ur": print_date(dates.denial, style),
        "months": str(dates.months),
    }


def print_date(day: date, style: int) -> str:
    """Print a date in one of the letters' styles.

    0-4 with slashes, 5-7 with hyphens, 8-9 in words, SHORT with slashes and no zeros.
    """
    if style == SHORT:
        return f"{day.month}/{day.day}/{day.year}"
    if style <= 4:
        return f"{day.month:02d}/{day.day:02d}/{day.year}"
    if style <= 7:
        return f"{day.month}-{day.day}-{day.year}"
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
