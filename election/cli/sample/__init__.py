"""The sample town: `sample hepu [--until STAGE]`, made through the same acts as a real election."""

import click

from election.cli.office import office
from election.cli.sample.moments import UNTIL


@click.group("sample")
def command() -> None:
    """Sample data, labelled as such on every page."""


@command.command("hepu")
@click.option("--until", type=click.Choice(UNTIL), default="published", help="stop after a stage")
def hepu(until: str) -> None:
    """Load a generated town of the size of 鹤浦镇 in 2021; refused when there is an election."""
    with office(migrated=False):
        logins = load_sample(until)
    for username, password, role in logins:
        click.echo(f"{username:<12} {password:<22} {role}")


def load_sample(until: str = "published") -> list[tuple[str, str, str]]:
    """Make the sample up to a stage; (user name, one-time shown password, role) of everybody."""
    from election.cli.sample.drive import Drive  # noqa: PLC0415 - heavy: charts, documents

    return Drive(until).run()
