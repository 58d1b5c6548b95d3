"""`calc calendar`: every legal deadline counted from election day."""

import sys
import unicodedata
from datetime import date
from operator import attrgetter

import click

from election.cli.calc.options import day, word_option
from election.cli.common import DONE, Fault, echo_json, stop
from election.rules.elections.calendar import Calendar, calendar
from election.rules.elections.calendar_items import ACTORS
from election.rules.profile import profile
from election.rules.profile.days import name_on
from election.rules.profile.values import FIRST_DAY
from election.rules.terms import InputFault, Text

_MODES = ("inclusive", "strict")
_WEEKDAYS = (
    "周一 Mon",
    "周二 Tue",
    "周三 Wed",
    "周四 Thu",
    "周五 Fri",
    "周六 Sat",
    "周日 Sun",
)
_HEADER = (
    "期限 Day",
    "最迟 Last legal day",
    "稳妥 Safe day",
    "事项 What",
    "负责 Who",
    "依据 Article",
)


@click.command("calendar")
@click.option(
    "--election-day",
    type=day("--election-day"),
    metavar="YYYY-MM-DD",
    required=True,
    help="First day of voting.",
)
@click.option("--by-election", is_flag=True, help="A by-election: shorter roll, one list.")
@word_option(
    "--mode", _MODES, 'How "N days before" is counted: E-N, or E-N-1.', default="inclusive"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(election_day: date, by_election: bool, mode: str, as_json: bool) -> None:
    """Legal deadlines of an election: last legal day (最迟) and a day safe in every reading (稳妥).

    An item that does not exist in a by-election (late registration, first session) is left out.
    """
    law = name_on(max(election_day, FIRST_DAY))
    rules = profile({"deadline_mode": mode.upper()}, name=law)
    try:
        plan = calendar(election_day, by_election=by_election, profile=rules)
    except InputFault as fault:
        stop([Fault("--election-day", fault.text.zh, fault.text.en)])
    if as_json:
        echo_json(plan.to_json())
    else:
        _print(plan)
    sys.exit(DONE)


def _print(plan: Calendar) -> None:
    """A table for reading, in order of time, then what to beware of."""
    rows = [_HEADER]
    for item in sorted(plan.items, key=attrgetter("limit")):
        t = f"T{item.t:+d}" if item.t else "T"
        what, actor = _both(item.name), _both(ACTORS[item.actor])
        rows.append((t, _weekday(item.limit), _weekday(item.safe), what, actor, item.article))
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADER))]
    for row in rows:
        cells = (
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
    for finding in plan.findings:
        click.echo(f"{finding.code.id} {finding.cause.zh}；{finding.remedy.zh}")
        click.echo(f"  {finding.cause.en}; {finding.remedy.en}")


def _weekday(when: date) -> str:
    return f"{when.isoformat()} {_WEEKDAYS[when.weekday()]}"


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
