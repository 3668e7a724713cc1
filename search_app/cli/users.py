"""user: who may log in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search_app.cli.options import setting, settings
from search_app.errors import SettingError
from search_app.web.login.users import Users


@click.group()
def user() -> None:
    """Keep the file of those who may log in (the setting users)."""


@user.command()
@click.argument("name")
@setting("users")
def add(name: str, users: str | None) -> None:
    """Let NAME log in, or give NAME another password.

    The password is asked for, or is the first line of the standard input; it is never an argument, which
    others on this machine could read.
    """
    _file(users).put(name, _password())
    click.echo(f"{name} may log in.")


@user.command()
@click.argument("name")
@setting("users")
def remove(name: str, users: str | None) -> None:
    """Let NAME log in no longer; a running server knows at once."""
    _file(users).remove(name)
    click.echo(f"{name} may not log in any more.")


@user.command("list")
@setting("users")
def list_(users: str | None) -> None:
    """Print the names of those who may log in."""
    for name in _file(users).hashes():
        click.echo(name)


def _file(users: str | None) -> Users:
    named = settings(users=users).users
    if not named:
        raise SettingError("No file of users is set.", "Name it with --users FILE, or in the setting users.")
    return Users(Path(named))


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
