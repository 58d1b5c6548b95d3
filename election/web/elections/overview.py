"""What the overview says to the person who looks: what is missing, and their own next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext
from sqlalchemy.orm import Session

from election.models import Election
from election.queries.counting import sheet_lines
from election.queries.results.outcomes import counts
from election.rules.access import Actor, Permission
from election.rules.counting import SheetState
from election.rules.elections.phases import Phase
from election.rules.terms import Finding


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that waits for the person who looks: a sentence, and where it is done."""

    words: str
    url: str


def by_code(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one code together, so that 37 districts that lack the same thing are one line."""
    groups: dict[str, list[Finding]] = {}
    for fault in findings:
        groups.setdefault(fault.code.id, []).append(fault)
    return list(groups.values())


def counting_election(elections: Sequence[Election]) -> Election | None:
    """The one election that is being counted; None when there is none, or more than one."""
    counted = [election for election in elections if election.phase is Phase.COUNTING]
    return counted[0] if len(counted) == 1 else None


def work_of(session: Session, election: Election, by: Actor) -> list[Work]:
    """What waits for this official in the count: sheets to enter, to settle, to sign; results."""
    if election.phase is not Phase.COUNTING:
        return []
    work = []
    if by.may(Permission.ENTER_COUNT):
        work.append(_to_enter(session, election, by))
    if by.may(Permission.SIGN_COUNT):
        work += _at_the_desk(session, election, by)
    if by.may(Permission.CERTIFY):
        work.append(_to_certify(session, election))
    return [step for step in work if step is not None]


def _to_enter(session: Session, election: Election, by: Actor) -> Work | None:
    wanted = sum(bool(line.wants(by.number)) for line in sheet_lines(session, election.id))
    words = ngettext(
        "%(num)d sheet wants an entry from you", "%(num)d sheets want an entry from you", wanted
    )
    return Work(words, url_for("counting.work", election_id=election.id)) if wanted else None


def _at_the_desk(session: Session, election: Election, by: Actor) -> list[Work | None]:
    lines = [line for line in sheet_lines(session, election.id) if by.number not in line.entered_by]
    differing = [line for line in lines if line.state is SheetState.DIFFERING]
    agreed = [line for line in lines if line.state is SheetState.AGREED]
    settle = ngettext(
        "%(num)d sheet with two different entries",
        "%(num)d sheets with two different entries",
        len(differing),
    )
    sign = ngettext("%(num)d sheet to sign", "%(num)d sheets to sign", len(agreed))
    return [
        Work(settle, url_for("counting.compare", sheet_id=differing[0].id)) if differing else None,
        Work(sign, url_for("counting.sign", sheet_id=agreed[0].id)) if agreed else None,
    ]


def _to_certify(session: Session, election: Election) -> Work | None:
    waiting = [c for c in counts(session, election) if c.outcome and c.result is None]
    words = ngettext("%(num)d result to certify", "%(num)d results to certify", len(waiting))
    return Work(words, url_for("results.index", election_id=election.id)) if waiting else None
