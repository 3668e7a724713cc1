"""doctor, backup, restore: keeping an index."""

from __future__ import annotations

from pathlib import Path

import click

from search_app.cli.options import counted, setting, settings
from search_app.keeping.backup import back_up
from search_app.keeping.doctor import examine
from search_app.keeping.finding import Grade
from search_app.keeping.restore import put_back

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@setting("index")
@setting("engine")
def doctor(index: Path, engine: str) -> None:
    """Look for faults in the index: its files, its account, and every case; say how to repair them.

    The index may be in use meanwhile. The exit code is 1 if there is a fault.
    """
    chosen = settings(index=index, engine=engine)
    faults = 0
    for found in examine(chosen.index, chosen.engine):
        faults += found.grade is Grade.FAULT
        click.echo(f"{found.grade:6} {found.check}: {found.says}")
        if found.repair:
            click.echo(f"       {found.repair}")
    if faults:
        click.echo(f"The index in {chosen.index} has {counted(faults, 'fault')}.")
        click.get_current_context().exit(1)
    click.echo(f"The index in {chosen.index} is sound.")


@click.command()
@click.argument("file", type=_FILE)
@setting("index")
def backup(file: Path, index: Path) -> None:
    """Write a backup of the index to FILE (a tar), while it may be searched and fed."""
    folder = settings(index=index).index
    held = back_up(folder, file)
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB, {held.record.engine}, {len(held.files)} files")


@click.command()
@click.argument("file", type=_FILE)
@setting("index")
@click.option("--force", is_flag=True, help="Take the place of the index that is there.")
def restore(file: Path, index: Path, force: bool) -> None:
    """Put the index of a backup in its place, checked, in one step; restore only backups of your own.

    A running server follows. The next imr-search index brings it up to the letters.
    """
    folder = settings(index=index).index
    record = put_back(file, folder, force)
    click.echo(f"The index of {file} serves in {folder} ({record.data}).")
