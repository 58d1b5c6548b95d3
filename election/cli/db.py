"""`db`: create or migrate the database."""

import click

from election.cli.backup import refused
from election.cli.office import office, one_line
from election.cli.serving import held
from election.cli.upgrading import bring_up_to_date
from election.settings import load


@click.group("db")
def command() -> None:
    """The database of this installation."""


@command.command("upgrade")
def upgrade_command() -> None:
    """Create the database, or bring it to the newest shape; not while a count is open."""
    with one_line():
        settings = load()
    with one_line(), held(settings), office(migrated=False), refused("DATABASE_URL"):
        before, now = bring_up_to_date(settings)
    click.echo(f"数据库 / database: {before or '-'} -> {now}")
