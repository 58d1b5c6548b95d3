"""Acts on an election as a whole: set-up, phases, milestones."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.counting.rounds import open_first_rounds
from election.clock import local
from election.models import Congress, Election, ElectionKind, Milestone, PopulationBasis
from election.queries.districts.boards import BASIS_NAMES
from election.queries.districts.plans import adopted
from election.rules.access import Permission
from election.rules.districts.codes.plans import RESTS_ON_SEATS
from election.rules.elections.decisions import RecordedDecision, require_decision
from election.rules.elections.phases import Phase, move, require_open, require_staff_checked
from election.rules.profile import BY_NAME, profile
from election.rules.profile.days import name_on
from election.rules.profile.wording import as_json
from election.rules.terms import Level, RuleViolation


def create(
    act: Act,
    *,
    title: str,
    election_day: date,
    kind: ElectionKind = ElectionKind.GENERAL,
) -> Election:
    """A new election of the township, still without congresses, under the law of its day.

    Raises InputFault for a day before the oldest law known.
    """
    election = Election(
        township_id=act.by.township_id,
        title=title,
        election_day=election_day,
        kind=kind,
        profile_name=name_on(election_day),
        overrides={},
        phase=Phase.SET_UP,
    )
    act.session.add(election)
    act.session.flush()
    _record(act, "election.create", election)
    return election


def change(
    act: Act,
    election: Election,
    *,
    title: str,
    election_day: date,
) -> None:
    """Other title or day, and with the day its law.

    What was decided stays where that law allows it. Raises InputFault as `create`.
    """
    require_open("set_up", election.phase)
    election.title, election.election_day = title, election_day
    election.profile_name = name_on(election_day)
    refused = {fault.field.removeprefix("parameters.") for fault in election.profile.refused}
    election.overrides = {n: row for n, row in election.overrides.items() if n not in refused}
    _record(act, "election.change", election)


def set_parameter(
    act: Act, election: Election, *, name: str, value: object, decision: RecordedDecision
) -> None:
    """Set a parameter as the competent body decided, or back to what the law has.

    value: raw, as in JSON. Raises InputFaults with the article for what is no alternative of the
    law, R.191-R.193 for what is no decision.
    """
    require_open("set_up", election.phase)
    require_decision(BY_NAME[name], decision, today=local(act.at).date())
    meant = profile({name: value}, name=election.profile_name)
    setting = meant.settings[name]
    overrides = {key: row for key, row in election.overrides.items() if key != name}
    if meant[name] != setting.value:
        overrides[name] = {"value": as_json(meant[name]), "decision": decision.to_json()}
    election.overrides = overrides
    data = {
        "parameter": name,
        "value": as_json(meant[name]),
        "by_law": as_json(setting.value),
        "article": setting.article,
        "decision": decision.to_json(),
    }
    act.record(
        under=Permission.SET_UP, what="election.parameter", subject=str(election.id), data=data
    )


def set_congress(
    act: Act,
    election: Election,
    *,
    level: Level,
    name: str,
    term: int,
    approved_seats: int,
    decision_reference: str,
    population: int | None,
    population_basis: PopulationBasis,
    population_date: date | None,
    population_source: str,
    population_confirmed: bool,
) -> Congress:
    """Record what the county (or province) has fixed for one congress: R1.6.

    Raises R.283 for other seats or another basis than those a plan was adopted for.
    """
    require_open("set_up", election.phase)
    congress = act.session.scalar(
        select(Congress).where(Congress.election_id == election.id, Congress.level == level)
    )
    if congress is None:
        congress = Congress(township_id=election.township_id, election_id=election.id, level=level)
        act.session.add(congress)
    elif (congress.approved_seats, congress.population_basis) != (approved_seats, population_basis):
        _require_no_adopted_plan(act.session, congress)
    congress.name, congress.term = name, term
    congress.approved_seats, congress.decision_reference = approved_seats, decision_reference
    congress.population, congress.population_basis = population, population_basis
    congress.population_date, congress.population_source = population_date, population_source
    congress.population_confirmed = population_confirmed
    _record_congress(act, election, congress)
    return congress


def _require_no_adopted_plan(session: Session, congress: Congress) -> None:
    """Seats and basis are what an adopted plan was decided on, as its units are."""
    plan = adopted(session, congress.id)
    if plan is not None:
        raise RuleViolation(
            RESTS_ON_SEATS,
            plan=plan.name,
            seats=congress.approved_seats,
            basis=BASIS_NAMES[congress.population_basis],
        )


def _record_congress(act: Act, election: Election, congress: Congress) -> None:
    data = {
        "level": congress.level.value,
        "name": congress.name,
        "term": congress.term,
        "approved_seats": congress.approved_seats,
        "decision_reference": congress.decision_reference,
        "population": congress.population,
        "population_basis": congress.population_basis.value,
        "population_confirmed": congress.population_confirmed,
    }
    subject = f"{election.id}/{congress.level.value}"
    act.record(under=Permission.SET_UP, what="congress.set", subject=subject, data=data)


def move_phase(
    act: Act,
    election: Election,
    *,
    to: Phase,
    reason: str,
    faults: int,
    alerts: int,
    records: int,
    staff_checked: bool = False,
) -> None:
    """One phase on, or one back with a reason; counting begins with the first rounds opened.

    staff_checked: who moves to counting confirms that no candidate and no close relative of one
    presides or works in that district (R7.3). Raises R.152-R.156 for a jump, for what is not ready,
    not decided (the reason then names the decision) or not confirmed, for a way back over records.
    """
    phase = election.phase
    undecided = 0 if reason.strip() else alerts
    election.phase = move(phase, to, faults=faults, records=records, undecided=undecided)
    require_staff_checked(phase, to, checked=staff_checked)
    data = {"from": phase.value, "to": to.value, "reason": reason, "staff_checked": staff_checked}
    act.record(under=Permission.SET_UP, what="election.stage", subject=str(election.id), data=data)
    if to is Phase.COUNTING and phase is Phase.POLLING:
        open_first_rounds(act, election)


def set_milestone(act: Act, congress: Congress, *, key: str, done_on: date, note: str) -> Milestone:
    """Record the day a step of the calendar was really done."""
    milestone = act.session.scalar(
        select(Milestone).where(Milestone.congress_id == congress.id, Milestone.key == key)
    )
    if milestone is None:
        milestone = Milestone(township_id=congress.township_id, congress_id=congress.id, key=key)
        act.session.add(milestone)
    milestone.done_on, milestone.note = done_on, note
    act.record(
        under=Permission.FIX_LISTS,
        what="calendar.done",
        subject=f"{congress.id}/{key}",
        data={"key": key, "done_on": done_on.isoformat()},
    )
    return milestone


def _record(act: Act, what: str, election: Election) -> None:
    data = {
        "title": election.title,
        "election_day": election.election_day.isoformat(),
        "kind": election.kind.value,
        "profile": election.profile_name,
        "overrides": election.overrides,
    }
    act.record(under=Permission.SET_UP, what=what, subject=str(election.id), data=data)
