"""The sample town: `sample hepu [--until STAGE]`, made through the same acts as a real election."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app

from election.cli.office import office
from election.cli.sample.moments import UNTIL
from election.cli.sample.staff import Login
from election.cli.sample.unfinished import being_made, remove_unfinished
from election.migrations import upgrade


@click.group("sample")
def command() -> None:
    """Sample data, labelled as such on every page."""


@command.command("hepu")
@click.option("--until", type=click.Choice(UNTIL), default="published", help="stop after a stage")
def hepu(until: str) -> None:
    """Load a generated town of the size of 鹤浦镇 in 2021; refused when there is an election."""
    with office(migrated=False):
        upgrade()
        load_sample(until, show=_show)


def _show(logins: list[Login]) -> None:
    for username, password, role in logins:
        click.echo(f"{username:<12} {password:<22} {role}")


def load_sample(until: str = "published", *, show: Callable[[list[Login]], None]) -> None:
    """Make the sample up to a stage in a migrated database, and show the logins, only once.

    Interrupted before they were shown, it is made anew. Exits 2 when there is an office.
    """
    from election.cli.sample.drive import Drive  # noqa: PLC0415 - heavy: charts, documents

    data = Path(current_app.config["XUANBAN_DATA"])
    make_room(data)
    drive = Drive(until)
    drive.require_no_office()
    with being_made(data):
        show(drive.run())


def make_room(data: Path) -> None:
    """Remove half a sample that an interruption left, with a word about it."""
    if remove_unfinished(data):
        click.echo(
            "上次的样例没有做完，已清除 / the sample was interrupted last time: removed", err=True
        )
        upgrade()
