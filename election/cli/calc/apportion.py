"""`calc apportion`: share the approved seats among units in proportion to population."""

import sys
from pathlib import Path

import click

from election.cli.calc.options import number_option, word_option
from election.cli.calc.unit_rows import basis_option, read_units, stop_at
from election.cli.common import DONE, NO, echo_json, stop
from election.planning.apportionment import DEFAULT_METHOD, METHODS, Apportionment, apportion
from election.rules.rounding import percent
from election.rules.terms import InputFaults


@click.command("apportion")
@click.argument("units", type=click.Path(path_type=Path))
@number_option("--seats", "Approved total of seats.", required=True)
@word_option("--method", METHODS, "How quotas become whole seats.", default=DEFAULT_METHOD)
@number_option("--floor", "Least seats of a unit.", default=0)
@number_option("--cap", "Most seats of a unit.")
@basis_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    units: Path,
    seats: int,
    method: str,
    floor: int,
    cap: int | None,
    basis: str | None,
    as_json: bool,
) -> None:
    """Share SEATS among the units of UNITS (CSV: code,population) in proportion to population.

    UNITS may be the file that `export units` writes.

    Exit status 1 when units are level for the last seats: the committee decides, not the program.
    """
    rows = read_units(units, ("code", "population"), basis)
    if rows.faults:
        stop(rows.faults)
    try:
        outcome = apportion(rows.population, seats, method=method, floor=floor, cap=cap)
    except InputFaults as refused:
        stop_at(refused, rows.file)
    if as_json:
        echo_json(outcome.to_json())
    else:
        _print(outcome)
    sys.exit(NO if outcome.tied_seats else DONE)


def _print(outcome: Apportionment) -> None:
    """The outcome for reading: one line per unit, then what is left to the committee."""
    for unit in outcome.units:
        off = "" if unit.deviation is None else f"\t{percent(unit.deviation, sign=True)}"
        tied = "\t并列待定 tied" if unit.tied else ""
        click.echo(f"{unit.code}\t{unit.population}\t{unit.seats}{off}{tied}")
    for step in outcome.steps:
        click.echo(f"{step.text.zh} / {step.text.en}")
    if outcome.tied_seats:
        click.echo(
            f"保留{outcome.tied_seats}名，由选举委员会决定 / "
            f"{outcome.tied_seats} seats held back for the election committee"
        )
