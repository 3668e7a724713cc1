"""Parameters as they were given: read one by one, with everything wrong kept to be told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from search_app.errors import Problem
from search_app.fields import FIELDS, NOT_STATED
from search_app.query.dates import period
from search_app.query.request import Filter
from search_app.query.values import closed_values, in_index_form
from search_app.unicode import composed

MAX_VALUES = 50
"""Values ticked in one facet."""


class Given:
    """The parameters of a URL or a command line; `problems` grows while they are read.

    Of several values of a parameter that takes one, the last counts; an empty one is none.
    """

    def __init__(self, parameters: Mapping[str, Sequence[str]], names: Sequence[str]) -> None:
        self._parameters = parameters
        self.problems = [
            Problem(name, "", f"Unknown parameter {name!r}; there are: {', '.join(names)}.")
            for name in parameters
            if name not in names
        ]

    def last(self, name: str) -> str:
        """The value of a parameter, "" for none."""
        return (self._parameters.get(name) or [""])[-1]

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        text = self.last(name)
        if not text:
            return default
        if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
            return int(text)
        self._complain(name, text, f"it takes a whole number from 1 to {most:,}")
        return default

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """One of the choices, the first where none is given."""
        text = self.last(name)
        if not text or text in choices:
            return text or choices[0]
        self._complain(name, text, f"it takes one of: {', '.join(choices)}")
        return choices[0]

    def filters(self, names: Mapping[str, str]) -> tuple[Filter, ...]:
        """The values of each facet, in the index's own form; `names` are the facets' parameters."""
        filters = []
        for field, name in names.items():
            values = tuple(dict.fromkeys(self._known(field, name)))
            if len(values) > MAX_VALUES:
                message = f"At most {MAX_VALUES} values of {FIELDS[field].label} can be chosen at once."
                self.problems.append(Problem(name, str(len(values)), message))
            if values:
                filters.append(Filter(field, values[:MAX_VALUES]))
        return tuple(filters)

    def range(self, first_name: str, last_name: str) -> tuple[str, str]:
        """The first and the last period of a range as typed, "" for an open end."""
        first, last = self._period(first_name), self._period(last_name)
        ends = period(first), period(last)
        if ends[0] and ends[1] and ends[0].first > ends[1].last:
            message = f"{first_name} ({first}) is later than {last_name} ({last}), so no day is left."
            self.problems.append(Problem(first_name, first, message))
        return first, last

    def _period(self, name: str) -> str:
        text = self.last(name).strip()
        if not text or period(text):
            return text
        self._complain(name, text, "it takes a year, a month or a day, such as 2016, 2016-05 or 5/3/2016")
        return ""

    def _known(self, field: str, name: str) -> Iterator[str]:
        for value in filter(None, self._parameters.get(name, ())):
            known = in_index_form(field, composed(value))
            if known is None:
                choices = ", ".join((*closed_values()[field], NOT_STATED))
                self._complain(name, value, f"it takes one of: {choices}")
            yield known or value

    def _complain(self, name: str, value: str, expected: str) -> None:
        self.problems.append(Problem(name, value, f"{name} is {value!r}; {expected}."))
