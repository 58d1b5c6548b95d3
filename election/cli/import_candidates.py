"""`import candidates`: nominations from a table, through the same act as the page."""

from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.candidates import nominations as acts
from election.cli import importing
from election.cli.common import stop
from election.clock import now, today
from election.exchange.candidates.rows import NAMES, Row, Rows, placed, read
from election.exchange.cells import BadCell
from election.exchange.units.table import Doing, ImportLine
from election.models import District, Election, NominationStatus
from election.queries.candidates import nominations as queries
from election.queries.elections.progress import adopted_districts
from election.rules.candidates.signatures import read_signature
from election.rules.files.rows import BAD_PAPERS, DISTRICT_UNKNOWN
from election.rules.terms import Finding, InputFault, InputFaults, RuleViolation, Text

_SAME = Text("已登记", "registered already")


@dataclass(slots=True)
class _Done:
    """What was done with the rows so far, and what was refused."""

    lines: list[ImportLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def count(self, doing: str) -> int:
        """How many rows were added or skipped."""
        return sum(line.doing.value == doing for line in self.lines)


@click.command("candidates")
@importing.options
def import_candidates(file: Path, election_id: int | None, *, dry_run: bool, as_json: bool) -> None:
    """Register the nominations in FILE (XLSX, or CSV), one a row; nothing of them is judged yet.

    A nomination that is registered already is skipped. Exit status 2 and one line per fault when
    the file or the election cannot be used, or an act is refused: then nothing is stored.
    """
    raw = importing.read_bytes(file)
    rows = read(raw, file.name, today=today())
    with importing.writing(dry_run=dry_run) as session:
        election = importing.the_election(session, election_id)
        done = _try_all(session, election, rows)
        if done.findings:
            ordered = sorted(done.findings, key=lambda finding: int(str(finding.facts["row"])))
            stop(importing.faults(file, ordered, NAMES))
        document = importing.document(file, election, done, dry_run=dry_run)
    importing.answer(done, document, dry_run=dry_run, as_json=as_json)


def _try_all(session: Session, election: Election, rows: Rows) -> _Done:
    """Every row by its act, so that all refusals come together; the caller undoes them if any."""
    done = _Done(findings=list(rows.findings))
    districts = {row.code: row for row in session.scalars(adopted_districts(election.id))}
    registered = {key for row in districts.values() for key in _registered(session, row)}
    for row in rows.rows:
        district = districts.get(row.district)
        if district is None:
            bad_cell = BadCell(DISTRICT_UNKNOWN, value=row.district)
            done.findings.append(bad_cell.finding(row=row.row, column="district"))
        elif row.key in registered:
            line = ImportLine(row.row, row.district, row.person.name, Doing.SKIP, why=_SAME)
            done.lines.append(line)
        else:
            registered.add(row.key)
            _try(session, election, district, row, done)
    return done


def _registered(session: Session, district: District) -> list[tuple[object, ...]]:
    """The keys of the nominations that stand in a district."""
    return [
        (
            district.code,
            nomination.person.name,
            nomination.kind,
            queries.organisations(nomination),
            frozenset(read_signature(signed.signer) for signed in nomination.cosigners),
        )
        for nomination in queries.of_district(session, district)
        if nomination.status is not NominationStatus.WITHDRAWN
    ]


def _try(session: Session, election: Election, district: District, row: Row, done: _Done) -> None:
    """Register one nomination; a refusal becomes a fault of its row."""
    try:
        acts.receive(
            Act(session, importing.registrar(election), now()),
            district,
            person=row.person,
            nominators=row.nominators,
            received_on=row.received_on,
            same_as=_same_as(session, election, row),
            namesake=row.same is False,
        )
    except RuleViolation as refused:
        done.findings.append(placed(Finding(refused.code, (), refused.facts), row.row, "name"))
    except (InputFault, InputFaults) as refused:
        every = refused.faults if isinstance(refused, InputFaults) else [refused]
        column = "organisations" if every[0].field == "organisations" else "signers"
        done.findings += [
            BadCell(BAD_PAPERS, fault=fault.text).finding(row=row.row, column=column)
            for fault in every
        ]
    else:
        done.lines.append(ImportLine(row.row, row.district, row.person.name, Doing.ADD))


def _same_as(session: Session, election: Election, row: Row) -> int | None:
    """The one registered person of this name, when the row says that it is the same."""
    called = queries.persons_called(session, election, row.person.name) if row.same else []
    return called[0].id if len(called) == 1 else None
