"""Reads of plans: figures of each district, the check list, bands that agree with it."""

from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import event

from election.actions.districts import drafts as edits
from election.database import db
from election.models import Congress, DistrictKind, PopulationBasis
from election.queries.districts import plans as queries
from election.queries.districts.boards import Band, brick_pairs, kind_of, require_people
from election.queries.units.table import Total, of_election
from election.rules.terms import Level
from election.rules.units.kinds import UnitKind
from tests.actions.districts_town import DistrictTown, refused, units
from tests.builders import Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def codes(town: DistrictTown, plan: int) -> list[str]:
    return [fault.code.id for fault in town.board(plan).findings]


def test_each_district_has_people_people_per_deputy_and_deviation(town: DistrictTown) -> None:
    board = town.board(town.drawn())
    assert board.people == Total(6000, 6, 6)
    assert (board.average, board.seats_given, board.seats) == (1000, 6, 6)
    assert [(d.people, d.per_seat, d.deviation, d.band) for d in board.districts] == [
        (2100, 1050, Fraction(1, 20), Band.OK),
        (2100, 1050, Fraction(1, 20), Band.OK),
        (1800, 900, Fraction(-1, 10), Band.OK),
    ]
    assert (board.largest_deviation, board.findings) == (Fraction(1, 10), ())


def test_how_compact_a_plan_is_stands_in_the_pairs_of_neighbours_it_cuts(
    town: DistrictTown,
) -> None:
    board = town.board(town.drawn())
    home = {brick.code: brick.district for brick in board.bricks}
    pairs = brick_pairs(board.bricks, of_election(db.session(), town.election_id))
    cut = [(a, b) for a, b in pairs if home[a] != home[b]]
    assert (board.pairs, board.pairs_cut) == (len(pairs), len(cut))
    assert 0 < len(cut) < len(pairs)
    for district in board.districts:
        mine = [pair for pair in cut if district.number in (home[pair[0]], home[pair[1]])]
        inside = [pair for pair in pairs if {home[c] for c in pair} == {district.number}]
        assert (district.pairs_inside, district.pairs_cut) == (len(inside), len(mine))


def test_the_bands_are_those_of_the_check_list(town: DistrictTown) -> None:
    plan = town.drawn()
    town.save(plan, {"A2": 2})  # 1,000 and 3,200 for two seats each, 1,800 for two
    board = town.board(plan)
    assert [line.band for line in board.districts] == [Band.ALERT, Band.ALERT, Band.OK]
    town.save(plan, {"A2": 1, "A3": 1}, {1: 3, 2: 1})  # 3,000/3, 1,200/1 is just 20 %, 1,800/2
    board = town.board(plan)
    assert [line.deviation for line in board.districts] == [0, Fraction(1, 5), Fraction(-1, 10)]
    assert [line.band for line in board.districts] == [Band.OK, Band.OK, Band.OK]
    town.save(plan, {"A5": 2, "A6": 3}, {2: 2, 3: 1})
    town.save(plan, {"A4": 3, "A5": 2}, {2: 1, 3: 2})  # 800/1 is just -20 %, 2,200/2
    assert [line.band for line in town.board(plan).districts] == [Band.OK, Band.OK, Band.OK]


def test_the_check_list_names_what_is_wrong_errors_first(town: DistrictTown) -> None:
    plan = town.drawn()
    town.save(plan, {"A1": 3, "A6": None}, {1: 4})
    assert codes(town, plan) == ["E.201", "E.202", "E.203", "W.211", "W.212"]
    board = town.board(plan)
    assert [len(board.errors), len(board.warnings)] == [3, 2]
    assert "A6 A6村" in board.errors[2].cause.zh
    assert board.warnings[1].facts["pieces"] == "A1 A1村; A5 A5村"


def test_unknown_people_are_not_zero(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A1=None))
    board = town.board(town.drawn())
    assert board.people == Total(5000, 5, 6)
    assert (board.average, board.largest_deviation) == (None, None)
    assert [(d.people, d.deviation, d.band) for d in board.districts] == [
        (None, None, Band.UNKNOWN),
        (2100, None, Band.UNKNOWN),
        (1800, None, Band.UNKNOWN),
    ]
    assert [fault.code.id for fault in board.findings] == ["W.213"]
    rows = of_election(db.session(), town.election_id)
    assert refused(lambda: require_people(rows, PopulationBasis.HUKOU)) == "R.243"
    assert refused(lambda: require_people(rows, PopulationBasis.WEIGHTED)) == "R.244"


def test_the_basis_of_the_congress_decides_whose_people_count(town: DistrictTown) -> None:
    plan = town.drawn()
    town.congress(Level.TOWN, 6, PopulationBasis.RESIDENT)
    assert town.board(plan).people == Total(0, 0, 6)


def test_the_parts_of_a_split_unit_touch_each_other_and_its_neighbours(town: DistrictTown) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A2", parts=2)
    town.save(plan, {"A1": 4, "A2#1": 4, "A2#2": 1, "A3": 1, "A4": 2}, {4: 2, 1: 1, 2: 1, 3: 2})
    assert "W.212" not in codes(town, plan)
    town.save(plan, {"A1": 2})  # together with A4, far away
    assert codes(town, plan).count("W.212") == 1


def test_the_kind_of_a_district_follows_its_units() -> None:
    village, workplace = UnitKind.VILLAGE, UnitKind.WORKPLACE
    of = {
        (village, UnitKind.COMMUNITY): DistrictKind.RESIDENCE,
        (workplace,): DistrictKind.SINGLE_UNIT,
        (workplace, workplace): DistrictKind.JOINT_UNIT,
        (village, workplace): DistrictKind.MIXED,
        (): DistrictKind.RESIDENCE,
    }
    assert {kinds: kind_of(kinds) for kinds in of} == of


def test_the_digest_of_the_check_list_changes_with_it(town: DistrictTown) -> None:
    plan = town.drawn()
    before = town.board(plan).seen
    town.save(plan, {"A6": None})
    assert town.board(plan).seen != before
    town.save(plan, {"A6": 3})
    assert town.board(plan).seen == before


def test_the_plans_come_adopted_first_in_as_many_queries_for_three_as_for_one(
    town: DistrictTown,
) -> None:
    counts = []
    for name in ("方案一", "方案二", "方案三"):
        plan = town.drawn(name)
        db.session.rollback()
        body = db.session.get_one(Congress, town.congress_id())
        asked: list[str] = []

        def note(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
            asked.append(text)  # noqa: B023 - removed before the next round

        event.listen(db.engine, "before_cursor_execute", note)
        found = queries.boards(db.session(), body)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
        assert found[0].plan_id == plan
    assert counts[0] == counts[1] == counts[2]
    town.adopt(town.board(plan).plan_id)
    body = db.session.get_one(Congress, town.congress_id())
    names = [board.name for board in queries.boards(db.session(), body)]
    assert names == ["方案三", "方案二", "方案一"]
