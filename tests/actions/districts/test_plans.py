"""Acts on whole plans: one in force, adopted with a decision, released with a reason."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions.act import Act
from election.actions.districts import drafts, plans
from election.actions.units.table import UnitsChanged
from election.database import db, transaction
from election.models import (
    Assignment,
    AuditEntry,
    Congress,
    District,
    DistrictKind,
    Plan,
    PlanStatus,
)
from election.queries.audit import verify
from election.queries.districts.boards import DrawnDistrict
from election.queries.units import table as unit_queries
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DAY, DistrictTown, refused, shape, units
from tests.builders import AT, Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def last_act() -> AuditEntry:
    found = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert found is not None
    return found


def test_a_copy_has_the_same_districts_and_leaves_the_original_alone(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("方案二", copy=first)
    assert shape(town.board(copy)) == shape(town.board(first))
    town.save(copy, {"A2": 2})
    assert shape(town.board(first))[1] == (2, ["A1", "A2"])
    assert verify(db.session()) == []


def test_two_plans_of_a_congress_cannot_have_one_name(town: DistrictTown) -> None:
    plan = town.create()
    assert refused(town.create) == "R.252"
    other = town.create("方案二")
    assert refused(lambda: town.act(plans.rename, other, name="方案一")) == "R.252"
    town.act(plans.rename, plan, name="新名")
    town.act(plans.rename, plan, name="新名")
    assert town.create("方案一", level=Level.COUNTY) > 0


def test_a_deleted_draft_leaves_nothing_behind(town: DistrictTown) -> None:
    plan = town.drawn()
    town.act(plans.delete, plan)
    for model in (Plan, District, Assignment):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert verify(db.session()) == []


def test_the_committee_adopts_a_plan_without_errors(town: DistrictTown) -> None:
    plan = town.drawn()
    town.adopt(plan)
    found = db.session.get_one(Plan, plan)
    assert (found.status, found.decision_reference, found.adopted_by) == (
        PlanStatus.ADOPTED,
        "选举委员会第2次会议",
        town.by.number,
    )
    act = last_act()
    assert (act.what, act.data["acknowledged"]) == ("districts.adopt", [])
    assert [d["seats"] for d in act.data["plan"]["districts"]] == [2, 2, 2]
    assert verify(db.session()) == []


def test_errors_missing_decisions_and_unseen_warnings_stop_the_adoption(
    town: DistrictTown,
) -> None:
    plan = town.drawn()
    town.save(plan, {"A6": None})
    assert refused(lambda: town.adopt(plan)) == "R.248"
    town.save(plan, {"A6": 3, "A2": 2})  # 1,000 for two seats is far from the average
    assert refused(lambda: town.adopt(plan)) == "R.249"
    nothing = {"decision_reference": "", "decided_on": DAY, "acknowledged": True}
    assert refused(lambda: town.act(plans.adopt, plan, **nothing)) == "R.250"
    town.adopt(plan, acknowledged=True)
    assert [f["code"] for f in last_act().data["acknowledged"]] == ["W.211", "W.211"]


def test_a_second_plan_is_adopted_only_after_the_first_is_released(town: DistrictTown) -> None:
    one, two = town.drawn(), town.drawn("方案二")
    town.adopt(one)
    assert refused(lambda: town.adopt(two)) == "R.247"
    assert refused(lambda: town.act(plans.release, one, decided_on=DAY, reason="")) == "R.251"
    assert refused(lambda: town.act(plans.release, two, decided_on=DAY, reason="改划")) == "R.246"
    town.act(plans.release, one, decided_on=DAY, reason="改划")
    assert (last_act().what, last_act().data["reason"]) == ("districts.release", "改划")
    found = db.session.get_one(Plan, one)
    assert (found.decision_reference, found.adopted_at, found.adopted_by) == ("", None, None)
    town.adopt(two)
    statuses = {plan.name: plan.status for plan in db.session.scalars(select(Plan))}
    assert statuses == {"方案一": PlanStatus.DRAFT, "方案二": PlanStatus.ADOPTED}
    assert verify(db.session()) == []


def test_each_congress_has_its_own_plan_in_force(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    town.adopt(town.drawn(level=Level.COUNTY))
    adopted = select(func.count()).select_from(Plan).where(Plan.status == PlanStatus.ADOPTED)
    assert db.session.scalar(adopted) == 2


def test_no_act_changes_the_plan_in_force(town: DistrictTown) -> None:
    plan = town.drawn()
    first = town.board(plan).districts[0].id
    town.adopt(plan)

    def lock(act: Act, row: Plan) -> None:
        drafts.lock(act, row, row.districts[0], locked=True)

    for act in (
        lambda: town.save(plan, {"A1": 2}),
        lambda: town.act(drafts.renumber, plan, numbers={first: 9}),
        lambda: town.act(drafts.set_seats, plan, seats={1: 1}, method="x"),
        lambda: town.on_unit(drafts.split, plan, "A1", parts=2),
        lambda: town.on_unit(drafts.join, plan, "A1"),
        lambda: town.act(lock, plan),
        lambda: town.act(plans.rename, plan, name="x"),
        lambda: town.act(plans.delete, plan),
        lambda: town.adopt(plan),
    ):
        assert refused(act) == "R.245"


def test_a_plan_is_not_released_once_nominations_have_begun(town: DistrictTown) -> None:
    plan = town.drawn()
    town.adopt(plan)
    town.begin_nomination()
    assert refused(lambda: town.act(plans.release, plan, decided_on=DAY, reason="改划")) == "R.151"
    assert refused(town.create) == "R.151"


def test_units_under_an_adopted_plan_stay_as_they_are(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    changed = [values for values in units(A1=1001) if values.code == "A1"]
    assert refused(lambda: town.change_units(changed)) == "R.230"


def test_a_proposal_is_stored_with_how_it_was_found_and_over_which_units(
    town: DistrictTown,
) -> None:
    ids, key = town.ids, town.congress_id()
    drawn = [
        DrawnDistrict(1, 3, DistrictKind.RESIDENCE, ((ids["A1"], 0, None), (ids["A2"], 1, 600))),
        DrawnDistrict(2, 3, DistrictKind.RESIDENCE, ((ids["A2"], 2, 500),)),
    ]
    basis = unit_queries.basis(unit_queries.of_election(db.session(), town.election_id))

    def store() -> int:
        with transaction() as session:
            return plans.store_proposal(
                Act(session, town.by, AT),
                session.get_one(Congress, key),
                name="建议",
                drawn=drawn,
                basis=basis,
                planning_record={"seed": 7},
            ).id

    plan = store()
    assert shape(town.board(plan)) == {1: (3, ["A1", "A2#1"]), 2: (3, ["A2#2"])}
    assert last_act().data["found"] == {"seed": 7}
    town.change_units([v for v in units(A6=5) if v.code == "A6"])
    with pytest.raises(UnitsChanged):
        store()
    assert verify(db.session()) == []


def test_only_who_may_edit_districts_adopts(town: DistrictTown) -> None:
    plan = town.drawn()
    town.by = town.office.actor(Role.REGISTRAR)
    assert refused(lambda: town.adopt(plan)) == "R.901"
    assert db.session.get_one(Plan, plan).status is PlanStatus.DRAFT


def test_the_day_of_a_decision_is_not_the_day_it_is_typed_in(town: DistrictTown) -> None:
    plan, sooner, later = town.drawn(), DAY - timedelta(days=9), DAY + timedelta(days=1)
    decision = {"decision_reference": "2号", "acknowledged": False}
    assert refused(lambda: town.act(plans.adopt, plan, decided_on=later, **decision)) == "R.285"
    town.act(plans.adopt, plan, decided_on=sooner, **decision)
    assert db.session.get_one(Plan, plan).decided_on == sooner
    assert last_act().data["decided_on"] == sooner.isoformat()
    for day in (later, sooner - timedelta(days=1)):
        again = {"decided_on": day, "reason": "改划"}
        assert refused(lambda given=again: town.act(plans.release, plan, **given)) == "R.285"
    town.act(plans.release, plan, decided_on=DAY, reason="改划")
    assert last_act().data["decided_on"] == DAY.isoformat()
    assert db.session.get_one(Plan, plan).decided_on is None
