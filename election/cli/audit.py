"""`audit verify`: walk the audit chain and compare it with the tables."""

import sys

import click

from election.cli.common import DONE, NO
from election.cli.office import office
from election.database import db
from election.exchange.backups.codes import lost
from election.exchange.backups.state import targets_of
from election.queries.audit import verify
from election.settings import load


@click.group("audit")
def command() -> None:
    """The audit chain."""


@command.command("verify")
@click.option("--head", help="hash or printed code that must stand in the chain")
def verify_command(head: str | None) -> None:
    """Walk every chain and compare it with all tables; exit 1 and name what differs."""
    with office():
        lists = targets_of(load().data)
        breaks = [*verify(db.session(), expected_head=head), *lost(db.session(), lists)]
    for problem in breaks:
        click.echo(f"{problem.where}: {problem.zh} / {problem.en}")
    if not breaks:
        click.echo("记录链完整，与各表一致 / the chain is whole and agrees with the tables")
    sys.exit(NO if breaks else DONE)
