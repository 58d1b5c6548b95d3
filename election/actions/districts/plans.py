"""Acts on a plan as a whole: made, copied, proposed, renamed, deleted, adopted, released.

Every act leaves the whole plan in the audit chain, as it then is.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from election.actions.act import Act
from election.actions.units.table import UnitsChanged
from election.clock import local
from election.models import Assignment, Congress, District, Plan, PlanStatus
from election.queries.districts import plans as queries
from election.queries.districts.boards import DrawnDistrict
from election.queries.units import table as unit_queries
from election.rules.access import Permission
from election.rules.districts.codes.plans import (
    ANOTHER_ADOPTED,
    DISTRICT_USED,
    IS_ADOPTED,
    NAME_TAKEN,
    NO_DECISION,
    NO_REASON,
    NOT_ADOPTED,
)
from election.rules.districts.plans import (
    require_adoptable,
    require_come,
    require_roll_unpublished,
)
from election.rules.elections.phases import require_open
from election.rules.terms import RuleViolation


def create(act: Act, congress: Congress, *, name: str, copy_of: Plan | None = None) -> Plan:
    """A draft: blank, or with the districts of another plan of the same congress."""
    drawn = _drawn(act.session, copy_of) if copy_of else []
    plan = _make(act.session, congress, name, drawn)
    source = {"copy_of": copy_of.id} if copy_of else {}
    record(act, "districts.create", plan, source)
    return plan


def store_proposal(
    act: Act,
    congress: Congress,
    *,
    name: str,
    drawn: Sequence[DrawnDistrict],
    basis: str,
    planning_record: Mapping[str, object],
    wishes: Mapping[str, object] | None = None,
) -> Plan:
    """A draft from the planner. planning_record: how it was found (seed, limit, value, bound).

    wishes: the fixed choices it was asked with (planning.districting.Wishes.to_json).
    Raises UnitsChanged when units are no longer those of `basis` (queries.units.basis).
    """
    if unit_queries.basis(unit_queries.of_election(act.session, congress.election_id)) != basis:
        raise UnitsChanged
    plan = _make(act.session, congress, name, drawn)
    plan.wishes = dict(wishes) if wishes else None
    record(act, "districts.propose", plan, {"found": dict(planning_record)})
    return plan


def rename(act: Act, plan: Plan, *, name: str) -> None:
    """Another name for a draft."""
    require_draft(plan)
    if name != plan.name:
        _require_new_name(act.session, plan.congress, name)
    plan.name = name
    record(act, "districts.rename", plan, {})


def delete(act: Act, plan: Plan) -> None:
    """Throw a draft away. Raises R.253 when something rests on one of its districts."""
    require_draft(plan)
    require_unused(act.session, plan.districts)
    data = {"plan": plan.id, "name": plan.name, "level": plan.congress.level.value}
    act.session.delete(plan)
    act.record(
        under=Permission.EDIT_DISTRICTS,
        what="districts.delete",
        subject=str(data["plan"]),
        data=data,
    )


def adopt(
    act: Act, plan: Plan, *, decision_reference: str, decided_on: date, acknowledged: bool
) -> None:
    """The election committee adopts a plan.

    decided_on: the day of its decision, which need not be today. Raises R.285 for a day to come,
     R.247 while another is in force, R.248 while there are errors, R.249 while warnings were
    not acknowledged, R.250 without its decision. The warnings go on record with the decision.
    """
    require_draft(plan)
    if not decision_reference:
        raise RuleViolation(NO_DECISION)
    in_force = queries.adopted(act.session, plan.congress_id)
    if in_force is not None:
        raise RuleViolation(ANOTHER_ADOPTED, plan=in_force.name)
    board = queries.board(act.session, plan)
    require_adoptable(board.findings, acknowledged=acknowledged)
    plan.status, plan.decision_reference = PlanStatus.ADOPTED, decision_reference
    plan.decided_on = require_come(decided_on, local(act.at).date())
    plan.adopted_at, plan.adopted_by = act.at, act.by.number
    data = {
        "decision_reference": decision_reference,
        "decided_on": decided_on.isoformat(),
        "acknowledged": [fault.to_json() for fault in board.warnings],
        "units": unit_queries.basis(
            unit_queries.of_election(act.session, plan.congress.election_id)
        ),
    }
    record(act, "districts.adopt", plan, data)


def release(act: Act, plan: Plan, *, reason: str, decided_on: date) -> None:
    """The committee takes its adoption back, openly; the plan is a draft again.

    decided_on: the day of that decision. Raises R.285 for a day to come, R.282 once the roll of
    the congress is published.
    """
    require_open("districts", plan.congress.election.phase)
    if plan.status is not PlanStatus.ADOPTED:
        raise RuleViolation(NOT_ADOPTED, plan=plan.name)
    require_roll_unpublished(plan.name, queries.roll_published(act.session, plan.congress_id))
    if not reason:
        raise RuleViolation(NO_REASON)
    day = require_come(decided_on, local(act.at).date(), plan.decided_on)
    data = {
        "reason": reason,
        "decided_on": day.isoformat(),
        "released_decision": plan.decision_reference,
    }
    plan.status, plan.decision_reference = PlanStatus.DRAFT, ""
    plan.adopted_at = plan.adopted_by = plan.decided_on = None
    record(act, "districts.release", plan, data)


def require_draft(plan: Plan) -> None:
    """Raise R.151 outside the set-up, R.245 for the plan in force."""
    require_open("districts", plan.congress.election.phase)
    if plan.status is not PlanStatus.DRAFT:
        raise RuleViolation(IS_ADOPTED, plan=plan.name)


def require_unused(session: Session, districts: Sequence[District]) -> None:
    """Raise R.253 when polling places, candidates or rounds rest on one of these districts."""
    used = queries.used(session, [district.id for district in districts])
    for district in districts:
        if district.id in used:
            raise RuleViolation(DISTRICT_USED, district=district.number)


def record(act: Act, what: str, plan: Plan, data: Mapping[str, object]) -> None:
    """The audit entry of an act on a plan: the whole plan as it is now; its version counts on."""
    flag_modified(plan, "name")
    act.session.flush()
    act.session.expire(plan, ["districts"])
    whole = queries.board(act.session, plan).to_json()
    act.record(
        under=Permission.EDIT_DISTRICTS,
        what=what,
        subject=str(plan.id),
        data={"level": plan.congress.level.value, "plan": whole, **data},
    )


def _make(session: Session, congress: Congress, name: str, drawn: Sequence[DrawnDistrict]) -> Plan:
    require_open("districts", congress.election.phase)
    _require_new_name(session, congress, name)
    plan = Plan(
        township_id=congress.township_id,
        congress_id=congress.id,
        name=name,
        status=PlanStatus.DRAFT,
        decision_reference="",
    )
    session.add(plan)
    session.flush()
    for district in drawn:
        _draw(session, plan, district)
    return plan


def _draw(session: Session, plan: Plan, drawn: DrawnDistrict) -> None:
    district = District(
        township_id=plan.township_id,
        plan_id=plan.id,
        number=drawn.number,
        name=drawn.name,
        kind=drawn.kind,
        seats=drawn.seats,
        locked=drawn.locked,
    )
    session.add(district)
    session.flush()
    session.add_all(
        Assignment(
            township_id=plan.township_id,
            plan_id=plan.id,
            district_id=district.id,
            unit_id=unit_id,
            part=part,
            population=people,
        )
        for unit_id, part, people in drawn.parts
    )


def _drawn(session: Session, plan: Plan) -> list[DrawnDistrict]:
    """The districts of a stored plan, to be copied; locks are, voters are not."""
    places = session.scalars(select(Assignment).where(Assignment.plan_id == plan.id)).all()
    return [
        DrawnDistrict(
            district.number,
            district.seats,
            district.kind,
            tuple(
                (p.unit_id, p.part, p.population) for p in places if p.district_id == district.id
            ),
            district.name,
            district.locked,
        )
        for district in plan.districts
    ]


def _require_new_name(session: Session, congress: Congress, name: str) -> None:
    if name in queries.names_of(session, congress.id):
        raise RuleViolation(NAME_TAKEN, name=name)
