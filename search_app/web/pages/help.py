"""The help page: how to ask, what each field means, where letters come from, what numbers do not say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus

from search_app.fields import FIELDS, Kind
from search_app.model import OVERTURNED
from search_app.web.pages.examples import Example, examples
from search_app.web.pages.parts import Link, SearchForm
from search_app.web.state import State
from search_app.web.urls import Urls

_PLAIN_WORDS = Path(__file__).with_name("plain_words.toml")


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One field: its name in a query, what it holds, the same in plain words, and what it is good for."""

    name: str
    label: str
    help: str
    plain: str
    in_query: bool
    in_plain_search: bool
    as_filter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """Everything the help page shows; `terms` explains words of the field."""

    title: str
    form: SearchForm
    examples: tuple[Example, ...]
    fields: tuple[FieldHelp, ...]
    terms: Mapping[str, str]
    api_example: Link


def help_page(form: SearchForm, urls: Urls) -> HelpPage:
    """The help page, made from the field table."""
    api_example = urls.api_search(State(query="xanax").toggled("outcome", OVERTURNED))
    plain = plain_words()
    return HelpPage(
        title="Help",
        form=form,
        examples=examples(urls),
        fields=tuple(
            FieldHelp(
                name=row.name,
                label=row.label,
                help=row.help,
                plain=plain["fields"][row.name],
                in_query=row.text is not None or row.kind is Kind.DATE,
                in_plain_search=row.weight is not None,
                as_filter=row.facet is not None,
            )
            for row in FIELDS.values()
        ),
        terms=plain["terms"],
        api_example=Link(unquote_plus(api_example), api_example),
    )


@cache
def plain_words() -> Mapping[str, Mapping[str, str]]:
    """What each field (`fields`) and term (`terms`) means in plain words, by its name."""
    return tomllib.loads(_PLAIN_WORDS.read_text(encoding="utf-8"))
