"""The page of what a reader keeps in the browser; the server knows nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.web.pages.parts import SearchForm
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Everything the page shows before its script fills it."""

    title: str
    form: SearchForm


def saved_page(urls: Urls) -> SavedPage:
    """The page of saved searches and notes."""
    return SavedPage(title="Saved searches and notes", form=SearchForm(urls.search_action()))
