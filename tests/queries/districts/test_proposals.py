"""Proposals: contiguous, all seats used, repeatable by their seed; town districts kept whole."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.actions.districts import plans
from election.database import db, transaction
from election.jobs import planner
from election.models import Congress, District, PopulationBasis, Unit
from election.planning.districting import Locked, Wishes
from election.planning.districting import ProposedPlan as Outcome
from election.queries.districts import proposals
from election.queries.districts import wishes as wish_queries
from election.queries.districts.boards import DrawnDistrict
from election.queries.districts.proposals import PlannerQuestion, ProposalRequest
from election.rules.terms import InputFaults, Level
from tests.actions.districts_town import DAY, DistrictTown, refused, shape, units
from tests.builders import AT, Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


@dataclass(frozen=True)
class Proposal:
    """A question and its answer."""

    question: PlannerQuestion
    outcome: Outcome
    drawn: tuple[DrawnDistrict, ...]


def question(
    town: DistrictTown, *, level: Level = Level.TOWN, source: str = proposals.UNITS, **asked
) -> PlannerQuestion:
    body = db.session.get_one(Congress, town.congress_id(level))
    given = ProposalRequest(name="建议", source=source, limit=3, **asked)
    return proposals.question(db.session(), body, given)


def propose(town: DistrictTown, **asked) -> Proposal:
    found = question(town, **{"seed": 3, **asked})
    outcome = planner.run(found.request)
    return Proposal(found, outcome, proposals.drawn(found, outcome))


def store(town: DistrictTown, found: Proposal, level: Level = Level.TOWN) -> int:
    key = town.congress_id(level)
    with transaction() as session:
        return plans.store_proposal(
            Act(session, town.by, AT),
            session.get_one(Congress, key),
            name="建议",
            drawn=found.drawn,
            basis=found.question.basis,
            planning_record=proposals.planning_record(found.question, found.outcome),
        ).id


def change(town: DistrictTown, model: type[Any], key: int, **values: object) -> None:
    """Set columns that no act sets yet."""
    with transaction() as session:
        row = session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)
        Act(session, town.by, AT).record(under=None, what="test.seed", subject="-", data={})


def faults(town: DistrictTown, **asked) -> list[str]:
    """The fields of the choices that cannot be kept."""
    with pytest.raises(InputFaults) as raised:
        question(town, **asked)
    db.session.rollback()
    return [fault.field for fault in raised.value.faults]


def test_a_proposal_has_no_error_and_uses_every_seat(town: DistrictTown) -> None:
    found = propose(town)
    board = town.board(store(town, found))
    assert board.errors == []
    assert board.largest_deviation == found.outcome.value
    told = proposals.planning_record(found.question, found.outcome)
    assert (told["seed"], told["time_limit"], told["wishes"]) == (3, "3", {})


def test_the_same_units_and_seed_give_the_same_proposal(town: DistrictTown) -> None:
    assert propose(town).drawn == propose(town).drawn


def test_a_village_too_big_for_one_district_becomes_parts(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A3=9000))
    board = town.board(store(town, propose(town)))
    parts = [brick for brick in board.bricks if brick.part]
    assert {brick.unit_code for brick in parts} == {"A3"}
    assert sum(brick.population or 0 for brick in parts) == 9000
    assert board.errors == []


def test_unknown_people_stop_the_proposal_and_are_named(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A3=None))
    assert refused(lambda: propose(town)) == "R.243"


def test_units_that_hang_together_nowhere_are_said(town: DistrictTown) -> None:
    town.change_units([replace(values, neighbours=()) for values in units()])
    with pytest.raises(InputFaults) as faults:
        propose(town, level=Level.COUNTY)
    assert [fault.field for fault in faults.value.faults] == ["seats"]


def test_county_districts_are_made_of_whole_town_districts(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    found = propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)
    board = town.board(store(town, found, Level.COUNTY))
    assert board.errors == []
    pairs = [{"A1", "A2"}, {"A3", "A4"}, {"A5", "A6"}]
    for _seats, codes in shape(board).values():
        assert all(pair <= set(codes) or not pair & set(codes) for pair in pairs)


def test_a_village_split_for_the_town_is_whole_again_where_its_parts_meet(
    town: DistrictTown,
) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A4", parts=2)
    town.save(plan, {"A4#1": 2, "A4#2": 4}, {1: 2, 2: 1, 3: 2, 4: 1})
    town.adopt(plan, acknowledged=True)
    town.congress(Level.COUNTY, 1)
    found = propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)
    assert shape(town.board(store(town, found, Level.COUNTY))) == {
        1: (1, ["A1", "A2", "A3", "A4", "A5", "A6"])
    }


def test_town_districts_serve_only_when_they_are_adopted_and_counted_alike(
    town: DistrictTown,
) -> None:
    def ask() -> Proposal:
        return propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)

    plan = town.drawn()
    assert refused(ask) == "R.254"
    town.on_unit(edits.split, plan, "A4", parts=2)
    town.save(plan, {}, {1: 2, 2: 1, 3: 2, 4: 1})
    town.adopt(plan, acknowledged=True)
    town.congress(Level.COUNTY, 9)
    assert refused(ask) == "R.255"
    town.act(plans.release, plan, decided_on=DAY, reason="人口口径有变")
    town.congress(Level.TOWN, 6, PopulationBasis.RESIDENT)
    town.adopt(plan, acknowledged=True)
    assert refused(ask) == "R.256"


def test_what_was_asked_survives_its_storage() -> None:
    asked = ProposalRequest(
        name="建议",
        source=proposals.UNITS,
        limit=60,
        seed=9,
        wishes=Wishes(apart=(("A1", "A2"),), locked=(Locked(units=("A3", "A4"), seats=2),)),
    )
    assert ProposalRequest.from_json(asked.to_json()) == asked


def test_choices_that_cannot_be_are_named_one_by_one(town: DistrictTown) -> None:
    lock = (Locked(units=("A5", "A6"), seats=2),)
    wrong = {
        ("together",): Wishes(together=(("A1", "X9"),)),
        ("together", "split"): Wishes(together=(("A1",),), split=("X9",)),
        ("apart",): Wishes(apart=(("A1", "A1"),)),
        ("apart", "alone"): Wishes(
            together=(("A1", "A2"), ("A2", "A3")), apart=(("A1", "A3"),), alone=("A2",)
        ),
        ("alone",): Wishes(alone=("A6",), locked=lock),
        ("locked_from",): Wishes(locked=(Locked(units=("X9",), seats=1),)),
        ("least",): Wishes(least=7),
        ("most",): Wishes(most=1),
        ("most", "most"): Wishes(least=4, most=1),
    }
    for fields, wishes in wrong.items():
        assert tuple(sorted(faults(town, wishes=wishes))) == tuple(sorted(fields))
    good = Wishes(
        together=(("A1", "A2"),), apart=(("A1", "A3"),), alone=("A4",), locked=lock, least=2, most=6
    )
    assert question(town, wishes=good).request.wishes == good


def test_voter_groups_go_to_the_planner_when_they_have_the_units_people(
    town: DistrictTown,
) -> None:
    def groups(*people: int) -> None:
        told = [{"name": f"{n}组", "population": p} for n, p in enumerate(people, 1)]
        change(town, Unit, town.ids["A4"], voter_groups=told)

    def told() -> tuple[tuple[str, int], ...]:
        return next(u.groups for u in question(town).request.units if u.code == "A4")

    groups(700, 500)
    assert told() == (("1组", 700), ("2组", 500))
    groups(700, 499)
    assert told() == ()


def test_the_districts_of_a_split_village_are_named_by_their_voter_groups(
    app: Flask, office: Office
) -> None:
    town = DistrictTown(office, units(A3=9000))
    people = {"东组": 2900, "南组": 3100, "西组": 1600, "北组": 1400}
    told = [{"name": name, "population": count} for name, count in people.items()]
    change(town, Unit, town.ids["A3"], voter_groups=told)
    found = propose(town)
    named = {d.name: d.parts for d in found.drawn if d.name}
    inside = [full.removeprefix("A3村").split("、") for full in named]
    assert sorted(name for names in inside for name in names) == sorted(people)
    for full, ((_unit, _part, count),) in named.items():
        assert count == sum(n for name, n in people.items() if name in full)
    board = town.board(store(town, found))
    assert {line.name for line in board.districts if line.bricks[0].part} == set(named)


def test_town_districts_are_drawn_inside_the_adopted_county_districts(town: DistrictTown) -> None:
    source = proposals.COUNTY_DISTRICTS
    assert faults(town, source=source) == ["source"]
    town.adopt(town.drawn(level=Level.COUNTY))
    found = question(town, source=source)
    assert found.request.wishes.within == (("A1", "A2"), ("A3", "A4"), ("A5", "A6"))
    assert found.wishes.to_json() == {"within": [["A1", "A2"], ["A3", "A4"], ["A5", "A6"]]}
    assert town.board(store(town, propose(town, source=source))).errors == []


def test_a_county_plan_with_split_units_holds_no_town_districts(town: DistrictTown) -> None:
    plan = town.drawn(level=Level.COUNTY)
    town.on_unit(edits.split, plan, "A4", parts=2)
    lone = tuple(d.number for d in town.board(plan).districts if d.number > 3)
    town.save(plan, {"A4#1": 2, "A4#2": 3}, remove=lone)
    town.adopt(plan, acknowledged=True)
    assert faults(town, source=proposals.COUNTY_DISTRICTS) == ["source"]


def test_choices_of_units_become_choices_of_whole_town_districts(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    ask = {"level": Level.COUNTY, "source": proposals.TOWN_DISTRICTS}
    wishes = Wishes(
        together=(("A1", "A3"), ("A5", "A6")),
        apart=(("A1", "A6"),),
        locked=(Locked(units=("A5", "A6"), seats=1),),
    )
    told = question(town, **ask, wishes=wishes).request.wishes
    assert (told.together, told.apart) == ((("T1", "T2"),), (("T1", "T3"),))
    assert told.locked == (Locked(units=("T3",), seats=1),)
    for fields, wrong in {
        ("apart",): Wishes(apart=(("A1", "A2"),)),
        ("split",): Wishes(split=("A1",)),
        ("alone",): Wishes(alone=("A1",)),
        ("locked_from",): Wishes(locked=(Locked(units=("A1", "A3"), seats=1),)),
    }.items():
        assert tuple(faults(town, **ask, wishes=wrong)) == fields


def test_the_locked_districts_of_a_plan_are_read_as_they_stand(town: DistrictTown) -> None:
    plan = town.drawn()
    assert wish_queries.locked_in(db.session(), town.board(plan)) == ()
    district = next(line.id for line in town.board(plan).districts if line.number == 2)
    change(town, District, district, locked=True)
    locked = wish_queries.locked_in(db.session(), town.board(plan))
    assert locked == (Locked(units=("A3", "A4"), seats=2),)


def test_what_was_locked_is_locked_in_the_new_plan_too(town: DistrictTown) -> None:
    free = propose(town)
    kept = free.outcome.districts[0]
    lock = Locked(units=kept.units, seats=kept.seats)
    asked = replace(free.question.request, wishes=Wishes(locked=(lock,)))
    drawn = proposals.drawn(replace(free.question, request=asked), free.outcome)
    assert [d.number for d in drawn if d.locked] == [kept.number]
    plan = store(town, replace(free, drawn=drawn))
    query = select(District.number).where(District.plan_id == plan, District.locked)
    assert list(db.session.scalars(query)) == [kept.number]
