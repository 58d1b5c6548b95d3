"""`translations`: compile the message parts."""

import click

from election.translations import compile_all


@click.command("translations")
def command() -> None:
    """Merge and compile the Chinese messages."""
    click.echo(compile_all().name)
