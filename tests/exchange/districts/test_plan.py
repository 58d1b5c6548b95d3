"""A stored plan for its papers: who signs, which day, how its seats compare with the methods."""

from datetime import date

import pytest

from election.database import db
from election.exchange.districts.plan import method_note, plan_paper
from election.models import Plan
from election.queries.units.table import of_election
from election.reports.documents.districts_plan import PlanPaper
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, units
from tests.builders import Office

TODAY = date(2021, 9, 1)


@pytest.fixture
def town(office: Office) -> DistrictTown:
    return DistrictTown(office)


def paper(town: DistrictTown, plan_id: int) -> PlanPaper:
    board = town.board(plan_id)
    rows = of_election(db.session(), town.election_id)
    return plan_paper(db.session.get_one(Plan, plan_id), board, rows, today=TODAY)


def test_a_draft_carries_the_day_of_its_print_and_no_decision(town: DistrictTown) -> None:
    found = paper(town, town.drawn())
    assert (found.day, found.decision, found.draft) == (TODAY, "", True)
    assert found.standing.zh == "草案，未经选举委员会通过"


def test_an_adopted_plan_carries_the_committee_s_decision(town: DistrictTown) -> None:
    plan = town.drawn()
    town.adopt(plan)
    found = paper(town, plan)
    assert found.standing.zh == "2021年12月16日选举委员会通过（选举委员会第2次会议）"
    assert found.standing.en == (
        "Adopted by the election committee on 16 December 2021 (选举委员会第2次会议)"
    )


@pytest.mark.parametrize(
    ("level", "committee"),
    [(Level.TOWN, "象山县鹤浦镇选举委员会"), (Level.COUNTY, "象山县选举委员会")],
)
def test_each_level_has_its_committee(town: DistrictTown, level: Level, committee: str) -> None:
    assert paper(town, town.drawn(level=level)).committee == committee


def test_figures_are_those_of_the_board(town: DistrictTown) -> None:
    plan = town.drawn()
    found = paper(town, plan)
    assert [(one.people, one.per_seat, one.deviation) for one in found.lines] == [
        (line.people, line.per_seat, line.deviation) for line in town.board(plan).districts
    ]
    assert [one.share for one in found.lines] == [
        line.deviation * line.seats + line.seats
        for line in town.board(plan).districts
        if line.deviation is not None
    ]
    assert (found.people, found.average, found.seats_given) == (6000, 1000, 6)


def test_the_methods_that_give_the_same_seats_are_named(town: DistrictTown) -> None:
    assert method_note(town.board(town.drawn())).zh == (
        "各选区分配名额与下列方法按人口计算的结果相同（每个选区1至3名）："
        "最大余数法、圣拉古法、亨廷顿—希尔法、洪德法、亚当斯法、迪安法。"
    )


def test_where_no_method_gives_these_seats_each_difference_is_named(town: DistrictTown) -> None:
    plan = town.drawn()
    town.save(plan, {}, {1: 3, 3: 1})
    assert method_note(town.board(plan)).zh == (
        "名额由划分方案一并确定，与最大余数法按人口计算的结果有2个选区不同："
        "第1选区方案3名、计算2名；第3选区方案1名、计算2名。"
    )


def test_a_tie_of_the_method_is_not_decided_by_the_paper(town: DistrictTown) -> None:
    plan = town.create(level=Level.COUNTY)
    town.save(plan, {"A1": 1, "A2": 1, "A3": 1, "A4": 2, "A5": 2, "A6": 2})
    town.save(plan, {}, {1: 2, 2: 1})
    assert method_note(town.board(plan)).en == (
        "The seats were decided together with the districts; largest remainder is tied or has no "
        "answer here, so they cannot be compared."
    )


def test_without_people_no_method_is_claimed(office: Office) -> None:
    town = DistrictTown(office, units(A2=None))
    assert method_note(town.board(town.drawn())).zh == ("人口或名额不全，不能与各种分配方法比较。")
