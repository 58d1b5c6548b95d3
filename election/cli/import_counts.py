"""`import counts`: entries of count sheets from a table, through the same act as the page.

An import is one teller's entry: it is made in that official's name, and the second entry of a sheet
by the same person is refused as on the page. An entry that stands is never replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions import counting as acts
from election.actions.act import Act
from election.cli import importing
from election.cli.common import stop
from election.clock import now
from election.exchange.candidates.rows import placed
from election.exchange.cells import BadCell
from election.exchange.counting.rows import NAMES, STAGES, CountFile, Key, SheetRows, read
from election.exchange.units.table import Doing, ImportLine
from election.models import CountSheet, Election, Official
from election.queries import counting as queries
from election.rules.access import Actor
from election.rules.counting import WRITEIN, item_label
from election.rules.counting.codes.figures import MISSING
from election.rules.counting.entry import read_lines
from election.rules.files.rows import LOOK_AGAIN, NOBODY, OTHER_STAGE, SHEET_UNKNOWN
from election.rules.terms import Finding, RuleViolation, Text

_SAME = Text("与已有录入相同", "the same as stored")
_ELSEWHERE = ("account.", "registered")  # not on the teller's paper: not told


@dataclass(slots=True)
class _Desk:
    """The teller at work: what was entered so far, what was refused, what is to be looked at."""

    by: Actor
    confirmed: bool
    lines: list[ImportLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def count(self, doing: str) -> int:
        """How many entries were stored or skipped."""
        return sum(line.doing.value == doing for line in self.lines)


@click.command("counts")
@importing.options
@click.option("--as", "username", required=True, help="User name of the teller.")
@click.option("--stage", type=click.Choice(STAGES[:2]), help="Read only these rows.")
@click.option("--confirmed", is_flag=True, help="The papers were looked at again and say so.")
def import_counts(
    file: Path,
    election_id: int | None,
    *,
    dry_run: bool,
    as_json: bool,
    username: str,
    stage: str | None,
    confirmed: bool,
) -> None:
    """Enter the count sheets in FILE (round, place, stage, item, value) in the name of --as.

    Signed rows are not read. What the rules find in the figures stops the import, unless
    --confirmed; what is no figure always does. Exit status 2 and one line per fault: then nothing
    is stored.
    """
    counted = read(importing.read_bytes(file), file.name)
    with importing.writing(dry_run=dry_run) as session:
        election = importing.the_election(session, election_id)
        desk = _Desk(_teller(session, election, username), confirmed, [], list(counted.findings))
        _enter_all(session, election, counted, stage, desk)
        if desk.findings:
            ordered = sorted(desk.findings, key=lambda finding: int(str(finding.facts["row"])))
            stop(importing.faults(file, ordered, NAMES))
        importing.warn(importing.faults(file, desk.warnings, NAMES))
        document = importing.document(file, election, desk, dry_run=dry_run)
    importing.answer(desk, document, dry_run=dry_run, as_json=as_json)


def _teller(session: Session, election: Election, username: str) -> Actor:
    """The official in whose name the figures are entered; exits 2 when there is none."""
    official = session.scalar(
        select(Official).where(
            Official.township_id == election.township_id,
            Official.username == username,
            Official.active,
        )
    )
    if official is None:
        nobody = BadCell(NOBODY, value=username).finding(row=0, column="")
        stop(importing.faults(Path("--as"), [nobody], NAMES))
    return official.as_actor()


def _enter_all(
    session: Session, election: Election, counted: CountFile, stage: str | None, desk: _Desk
) -> None:
    """Every entry by its act, so that all refusals come together; the caller undoes them if any."""
    sheets = {
        (
            f"{line.level.value}-{line.district_number}-r{line.round_number}",
            line.place_code,
        ): line.id
        for line in queries.sheet_lines(session, election.id)
    }
    for key, rows in sorted(counted.sheets.items(), key=lambda item: item[1].row):
        if stage not in (None, key[2]):
            continue
        sheet_id = sheets.get(key[:2])
        if sheet_id is None:
            bad_cell = BadCell(SHEET_UNKNOWN, value="/".join(key[:2]))
            desk.findings.append(bad_cell.finding(row=rows.row, column="round"))
        else:
            _enter(session, acts.locked(session, sheet_id), key, rows, desk)


def _enter(session: Session, sheet: CountSheet, key: Key, rows: SheetRows, desk: _Desk) -> None:
    """One entry of one sheet, read and checked as the page does."""
    figures, unreadable = _read(sheet, rows)
    if _is_passed_over(sheet, STAGES.index(key[2]) + 1, figures, rows, desk):
        return
    unread = {fault.fields[0] for fault in unreadable}
    warnings = [
        _look_again(finding, sheet, rows)
        for finding in queries.findings(sheet, figures)
        if not (finding.code is MISSING and finding.fields[0] in unread)
    ]
    desk.findings += [placed(fault, _row_of(fault, rows), "item") for fault in unreadable]
    if not desk.confirmed:
        desk.findings += warnings
    if unreadable or (warnings and not desk.confirmed):
        return
    desk.warnings += warnings
    try:
        acts.enter(Act(session, desk.by, now()), sheet, figures, confirmed=desk.confirmed)
    except RuleViolation as refused:
        desk.findings.append(placed(Finding(refused.code, (), refused.facts), rows.row, "round"))
    else:
        code, name = queries.code_of(sheet), sheet.place.name
        desk.lines.append(ImportLine(rows.row, code, name, Doing.ADD))


def _is_passed_over(
    sheet: CountSheet, slot: int, figures: Mapping[str, int], rows: SheetRows, desk: _Desk
) -> bool:
    """Whether an entry is not tried: stored already by the same teller, or not the one now due."""
    entries, code = queries.in_force(sheet), queries.code_of(sheet)
    entry = entries.get(slot)
    is_own = entry is not None and entry.person == desk.by.number
    if entry and is_own and entry.figures == figures:
        desk.lines.append(ImportLine(rows.row, code, sheet.place.name, Doing.SKIP, why=_SAME))
        return True
    # a second entry by the same teller is tried: the act says why not
    if len(entries) < 2 and slot != len(entries) + 1 and not is_own:
        bad_cell = BadCell(OTHER_STAGE, value=code, wanted=len(entries) + 1, given=slot)
        desk.findings.append(bad_cell.finding(row=rows.row, column="stage"))
        return True
    return False


def _read(sheet: CountSheet, rows: SheetRows) -> tuple[Mapping[str, int], list[Finding]]:
    """The figures, and what cannot be read; an item this sheet does not have is found later."""
    texts = {item: text for item, (_row, text) in rows.figures.items()}
    printed = {item: text for item, text in texts.items() if not item.startswith(WRITEIN)}
    lines = [
        (item.removeprefix(WRITEIN), text)
        for item, text in texts.items()
        if item.startswith(WRITEIN)
    ]
    return read_lines(printed, lines, queries.names_of(sheet.round))


def _row_of(finding: Finding, rows: SheetRows) -> int:
    """The row of the first item a finding names, else where the entry begins."""
    return next(
        (rows.figures[item][0] for item in finding.fields if item in rows.figures), rows.row
    )


def _look_again(finding: Finding, sheet: CountSheet, rows: SheetRows) -> Finding:
    """What to look at again, by name only: figures of other papers are not told to a teller."""
    own_items = [item for item in finding.fields if not item.startswith(_ELSEWHERE)]
    names = queries.names_of(sheet.round)
    texts = [item_label(item, names) for item in own_items] or [
        Text(queries.code_of(sheet), queries.code_of(sheet))
    ]
    labels = "、".join(text.zh for text in texts), ", ".join(text.en for text in texts)
    bad_cell = BadCell(LOOK_AGAIN, finding=finding.code.id, items=Text(*labels))
    return bad_cell.finding(row=_row_of(finding, rows), column="item")
