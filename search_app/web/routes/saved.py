"""The page of saved searches and notes, which the browser fills from what it keeps."""

from __future__ import annotations

from flask import Blueprint

from search_app.web.pages.saved import saved_page
from search_app.web.site import render, urls

blueprint = Blueprint("saved", __name__)


@blueprint.get("/saved")
def saved() -> str:
    """Saved searches and notes."""
    return render("saved.html", saved_page(urls()))
