"""Keeps a private corpus to those who may read it: HTTP Basic, or what a reverse proxy says.

Everything asks for a login but health, which watchers ask without one, and the site's own style and script.
"""

from search_app.web.login.gate import register

__all__ = ["register"]
