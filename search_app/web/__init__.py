"""The website and the JSON API: a Flask application over one engine."""

from search_app.web.app import create_app

__all__ = ["create_app"]
