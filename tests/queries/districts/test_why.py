"""Reasons read from the records: how units touch, what was fixed, what the planner proved."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.actions.districts import plans
from election.database import db, transaction
from election.jobs import planner
from election.models import Congress, District, Plan
from election.planning.districting import Locked, Wishes
from election.queries.districts import plans as queries
from election.queries.districts import proposals
from election.queries.districts.why import Explanation, explanations, layout_of, proof_of
from election.queries.units.table import of_election
from election.rules.districts.why import MoveVerdict, PlanProof, Touch
from tests.actions.districts_town import DistrictTown, units
from tests.builders import AT, Office, seed


@pytest.fixture
def town(office: Office) -> DistrictTown:
    return DistrictTown(office)


def explained(town: DistrictTown, plan_id: int) -> dict[int, Explanation]:
    board = town.board(plan_id)
    plan = db.session.get_one(Plan, plan_id)
    return {one.line.number: one for one in explanations(db.session(), plan, board)}


def sentences_of(explanation: Explanation, key: str) -> list[str]:
    return [step.text.zh for part in explanation.sections if part.key == key for step in part.steps]


def proof(town: DistrictTown, plan_id: int) -> PlanProof | None:
    board = town.board(plan_id)
    return proof_of(db.session(), db.session.get_one(Plan, plan_id), board)


def proposed(town: DistrictTown) -> int:
    key = town.congress_id()
    congress = db.session.get_one(Congress, key)
    asked = proposals.question(
        db.session(), congress, proposals.ProposalRequest(name="建议", limit=10)
    )
    outcome = planner.run(asked.request)
    db.session.rollback()
    with transaction() as session:
        return plans.store_proposal(
            Act(session, town.by, AT),
            session.get_one(Congress, key),
            name="建议",
            drawn=proposals.drawn(asked, outcome),
            basis=asked.basis,
            planning_record=proposals.planning_record(asked, outcome),
        ).id


def test_figures_agree_with_the_board(town: DistrictTown) -> None:
    plan = town.drawn()
    found = explained(town, plan)
    assert list(found) == [1, 2, 3]
    for one in found.values():
        assert one.share is not None
        assert one.share / one.line.seats - 1 == one.line.deviation
    assert found[1].share == Fraction(21, 10)
    assert {m.largest_before for m in found[2].moves if m.verdict is not MoveVerdict.EMPTY} == {
        Fraction(1, 10)
    }


def test_parts_of_a_unit_touch_each_other_and_what_their_unit_touches(town: DistrictTown) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A4", parts=2)
    board = town.board(plan)
    layout = layout_of(board, of_election(db.session(), town.election_id))
    assert {pair: how for pair, how in layout.touching.items() if "A4#2" in pair} == {
        ("A4#1", "A4#2"): Touch.PART,
        ("A3", "A4#2"): Touch.LAND,
        ("A4#2", "A5"): Touch.LAND,
    }
    assert sentences_of(explained(town, plan)[4], "units")[0] == (
        "按规定，大的村可以拆分；A4村已拆分，本选区只包括其第2部分。"
    )


def test_a_ferry_is_named_as_a_ferry(office: Office) -> None:
    table = units()
    table[0] = replace(table[0], neighbours=(), ferries=("A2",))
    table[1] = replace(table[1], neighbours=("A3",), ferries=("A1",))
    town = DistrictTown(office, table)
    assert (
        sentences_of(explained(town, town.drawn())[1], "units")[0]
        == "相邻关系：A1村与A2村有渡船相通。"
    )


def test_fixed_choices_stand_with_the_districts_they_concern(town: DistrictTown) -> None:
    plan = town.drawn()
    wishes = Wishes(
        together=(("A1", "A2"),),
        alone=("A6",),
        locked=(Locked(units=("A3", "A4"), seats=2),),
        most=4,
    )

    def change(act: Callable[[Plan], None]) -> None:
        with transaction() as session:
            row = session.get_one(Plan, plan)
            act(row)
            plans.record(Act(session, town.by, AT), "test.seed", row, {})

    change(lambda row: setattr(row, "wishes", wishes.to_json()))
    found = explained(town, plan)
    assert sentences_of(found[1], "fixed") == ["A1村、A2村要在同一选区。", "选区不多于4个。"]
    assert sentences_of(found[2], "fixed") == ["本选区已锁定，划分时保持不变。", "选区不多于4个。"]
    assert sentences_of(found[3], "fixed") == [
        "A6村单独成为一个选区。",
        "选区不多于4个。",
        "本选区现在的划法不符合上列的某项条件；理由由选举委员会说明。",
    ]
    against = {(m.piece.code, m.target) for m in found[2].moves if m.verdict is MoveVerdict.FIXED}
    assert against == {("A3", 1), ("A4", 3), ("A2", 2), ("A5", 2)}

    def lock(row: Plan) -> None:
        row.wishes = None
        row.districts[2].locked = True

    change(lock)
    assert sentences_of(explained(town, plan)[3], "fixed") == ["本选区已锁定，划分时保持不变。"]
    assert sentences_of(explained(town, plan)[1], "fixed") == []


def test_a_plan_drawn_by_hand_has_no_proof(town: DistrictTown) -> None:
    plan = town.drawn()
    assert proof(town, plan) is None
    assert sentences_of(explained(town, plan)[1], "proof") == []


def test_the_proof_of_a_proposal_holds_as_long_as_the_plan_is_as_proposed(
    town: DistrictTown,
) -> None:
    plan = proposed(town)
    found = proof(town, plan)
    assert found is not None
    assert (found.objective, found.unchanged, found.optimal) == ("max", True, True)
    assert found.value == town.board(plan).largest_deviation
    copy = town.create("副本", copy=plan)
    assert proof(town, copy) == found
    first = town.board(copy).districts[0]
    town.save(copy, {}, {first.number: first.seats % 3 + 1})
    changed = proof(town, copy)
    assert changed is not None
    assert not changed.unchanged


def test_other_people_end_a_proof(town: DistrictTown) -> None:
    plan = proposed(town)
    town.change_units(units(A1=1500))
    found = proof(town, plan)
    assert found is not None
    assert not found.unchanged


def test_a_district_without_units_and_unknown_people_are_explained_too(office: Office) -> None:
    town = DistrictTown(office, units(A2=None))
    plan = town.drawn()
    assert sentences_of(explained(town, plan)[1], "people") == [
        "下列单元没有户籍人口数：A2村。因此本选区的人口、应得名额和偏差都不能计算。"
    ]
    db.session.rollback()
    row = db.session.get_one(Plan, plan)
    seed(office, [District(township_id=row.township_id, plan_id=plan, number=9, seats=1)])
    assert sentences_of(explained(town, plan)[9], "people") == ["本选区还没有划入单元。"]
    assert queries.board(db.session(), db.session.get_one(Plan, plan)).districts[-1].number == 9
