"""`db`: create or migrate the database."""

import click

from election.cli.office import office
from election.migrations import upgrade


@click.group("db")
def command() -> None:
    """The database of this installation."""


@command.command("upgrade")
def upgrade_command() -> None:
    """Create the database, or bring it to the newest shape."""
    with office(migrated=False):
        before, now = upgrade()
    click.echo(f"数据库 / database: {before or '-'} -> {now}")
