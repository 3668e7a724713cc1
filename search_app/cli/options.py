"""What the commands share: options from the settings table, and output."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from search_app import config, engines
from search_app.config import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def setting(name: str) -> Callable[[Command], Command]:
    """The option for a row of the settings table; None where it isn't given, so that others can speak."""
    kind = next(type(field.default) for field in fields(Settings) if field.name == name)
    option_type = click.Path(path_type=Path) if kind not in (int, str) else kind
    return click.option(
        f"--{name.replace('_', '-')}", name, type=option_type, default=None, help=config.help_of(name)
    )


def settings(**flags: Any) -> Settings:
    """The settings in force for the running command, for the engines too."""
    found = config.load(flags, file=click.get_current_context().obj)
    engines.configure(found)
    return found


def counted(number: int, noun: str) -> str:
    """A number and what it counts: "1 letter", "2 letters"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def echo_json(value: Any, indent: int | None = None) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))
