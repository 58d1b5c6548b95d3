"""`calc tally`: count ballot records."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from election.cli.calc.ballot_records import Records, read_records
from election.cli.calc.options import number_option
from election.cli.common import DONE, Fault, echo_json, stop
from election.planning.ballot_columns import SHOWN, BadRecords
from election.planning.tally import Tally, tally
from election.rules.terms import InputFault


@click.command("tally")
@click.argument("ballots", type=click.Path(path_type=Path))
@number_option("--seats", "Persons to be elected; a paper choosing more is void.", required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(ballots: Path, seats: int, as_json: bool) -> None:
    """Count the papers recorded in BALLOTS (CSV or Parquet: ballot_id,choice,mark).

    mark is for, against or abstain; a write-in is "write-in:NAME"; a blank paper is one row with an
    empty choice. A candidate of whom a paper says nothing is abstained on; a line marked both for
    and against is void and the paper is not; a choice marked more than once on a paper is named.
    Write-ins are merged by exact name only.
    """
    records = read_records(ballots)
    try:
        counted = tally(records.table, seats)
    except InputFault as fault:
        stop([Fault(f"--{fault.field}", fault.text.zh, fault.text.en)])
    except BadRecords as bad:
        _stop_at(ballots, records, bad)
    if records.faults:
        _stop_at(ballots, records, BadRecords([], 0))
    if as_json:
        echo_json(counted.to_json())
    else:
        _print(counted)
    sys.exit(DONE)


def _stop_at(ballots: Path, records: Records, unusable: BadRecords) -> NoReturn:
    """Say the first faults in the order of their lines, then how many more there are; exit 2."""
    lines = records.lines({fault.row for fault in unusable.faults})
    record_faults = [
        Fault(
            str(ballots), fault.text.zh, fault.text.en, line=lines[fault.row], column=fault.column
        )
        for fault in unusable.faults
    ]
    faults = sorted([*records.faults, *record_faults], key=lambda fault: fault.line or 0)[:SHOWN]
    more = len(records.faults) + unusable.total - len(faults)
    if more:
        faults.append(Fault(str(ballots), f"另有{more}处", f"and {more} more"))
    stop(faults)


def _print(counted: Tally) -> None:
    """The count for reading: papers, then a line per candidate and per person written in."""
    void = sum(counted.void.values())
    click.echo(
        f"选票{counted.papers}张：有效{counted.valid}张（其中空白{counted.blank}张），"
        f"废票{void}张 / {counted.papers} papers: {counted.valid} valid "
        f"({counted.blank} blank), {void} void"
    )
    click.echo("姓名 name\t赞成 for\t反对 against\t弃权 abstain")
    for name, votes in counted.candidates.items():
        click.echo(f"{name}\t{votes['for']}\t{votes['against']}\t{votes['abstain']}")
    for name, votes in counted.write_ins.items():
        click.echo(f"{name}（另选人 write-in）\t{votes['for']}\t{votes['against']}\t—")
    for group in counted.look_alikes:
        click.echo(f"请核对是否同一人 / perhaps one person: {' | '.join(group)}")
    for line in counted.marked_twice:
        click.echo(
            f"选票{line.ballot_id}上“{line.choice}”有多个标记 / "
            f'paper {line.ballot_id} marks "{line.choice}" more than once: {", ".join(line.marks)}'
        )
    more = counted.lines_marked_twice - len(counted.marked_twice)
    if more:
        click.echo(f"另有{more}处一票多标 / and {more} more choices marked more than once")
