"""`calc`: the law and the arithmetic as plain commands; no database, no configuration."""

import click

from election.cli.main import LazyGroup

MODULES: dict[str, str] = {
    "quota": "election.cli.calc.quota",
    "apportion": "election.cli.calc.apportion",
    "districts": "election.cli.calc.districts",
    "calendar": "election.cli.calc.calendar",
    "result": "election.cli.calc.result",
    "tally": "election.cli.calc.tally",
}


@click.group("calc", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Compute what the law says; no database needed."""
