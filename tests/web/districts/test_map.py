"""The map of a plan and plans side by side: their data, who may see them, what they save."""

import mimetypes
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from election.actions.act import Act
from election.actions.districts.drafts import split
from election.actions.elections import set_up
from election.database import db, transaction
from election.models import Congress, Unit
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from election.web.districts import forms
from tests.actions.districts_town import shape
from tests.builders import AT, Office, an_election, found_office
from tests.client import StrictClient
from tests.conftest import make_app
from tests.web.desks import queries_of
from tests.web.districts.desk import Desk, form_of, text_of


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


def data_of(desk: Desk, plan: int) -> dict[str, Any]:
    answer = desk.client.get(f"/plans/{plan}/map.json")
    found: dict[str, Any] = answer.get_json()
    return found


def drawn_form(desk: Desk, plan: int) -> dict[str, Any]:
    return form_of(text_of(desk.client.get(f"/plans/{plan}/map")), "data-map")


def put_points(**where: tuple[float, float]) -> None:
    with transaction() as session:
        for code, (x, y) in where.items():
            session.execute(update(Unit).where(Unit.code == code).values(x=x, y=y))


def test_the_data_say_what_to_draw_and_what_is_stored(desk: Desk) -> None:
    plan = desk.drawn()
    found = data_of(desk, plan)
    assert sorted(found) == [
        "about",
        "alert",
        "cells",
        "districts",
        "edges",
        "height",
        "kind",
        "links",
        "most_seats",
        "most_seats_typed",
        "near",
        "other",
        "plan",
        "seats",
        "sentences",
        "units",
        "version",
        "warn",
        "width",
    ]
    assert (found["plan"], found["version"], found["seats"]) == (plan, desk.board(plan).version, 6)
    assert (found["warn"], found["alert"]) == ([1, 5], [3, 10])
    assert (found["most_seats"], found["most_seats_typed"]) == (3, 99)
    assert [cell["key"] for cell in found["cells"]] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert [(u["key"], u["people"], u["district"]) for u in found["units"]][:2] == [
        ("A1", 1000, 1),
        ("A2", 1100, 1),
    ]
    assert [(d["number"], d["seats"], d["locked"]) for d in found["districts"]] == [
        (1, 2, False),
        (2, 2, False),
        (3, 2, False),
    ]
    assert found["near"][0] == ["A1", "A2"]
    assert found["sentences"]["E.203"]["cause"] == "单元“{unit}”未划入任何选区"


def test_the_page_says_what_the_map_is_drawn_from(desk: Desk) -> None:
    plan = desk.drawn()
    assert data_of(desk, plan)["about"] == [
        "本图仅按相邻关系绘制：相邻关系准确，位置和距离不代表实际。"
    ]
    put_points(A1=(0, 0), A2=(10, 0))
    found = data_of(desk, plan)
    assert found["kind"] == "graph"
    assert found["about"][1:] == ["6个单元中有4个没有坐标：A3、A4、A5、A6。"]
    put_points(A3=(20, 0), A4=(30, 0), A5=(40, 0), A6=(50, 0))
    found = data_of(desk, plan)
    assert (found["kind"], found["about"]) == (
        "points",
        ["图中各块由单元坐标点推算得出，并非实际边界。"],
    )


def test_parts_of_a_split_unit_are_cells_of_their_own(desk: Desk) -> None:
    plan = desk.drawn()
    desk.on_unit(split, plan, "A1", parts=2)
    keys = [cell["key"] for cell in data_of(desk, plan)["cells"]]
    assert keys == ["A1#1", "A1#2", "A2", "A3", "A4", "A5", "A6"]


def test_faults_the_map_cannot_judge_are_passed_on_as_they_stand(desk: Desk) -> None:
    plan = desk.drawn()
    desk.on_unit(split, plan, "A1", parts=2)
    desk.save(plan, {}, people={"A1#2": 7})
    assert [one["code"] for one in data_of(desk, plan)["other"]] == ["E.241"]


def test_what_was_drawn_is_saved_with_the_seats_of_new_districts(desk: Desk) -> None:
    plan = desk.drawn()
    form = drawn_form(desk, plan)
    form |= {desk.row(plan, "A6"): "4", "fresh-0-number": "4", "fresh-0-seats": "1"}
    answer = desk.client.post(f"/plans/{plan}/map", form)
    assert answer.location == f"/plans/{plan}/map"
    assert shape(desk.board(plan))[4] == (1, ["A6"])
    assert verify(db.session()) == []


def test_a_stale_drawing_keeps_the_persons_work_and_shows_what_changed(desk: Desk) -> None:
    plan = desk.drawn()
    form = drawn_form(desk, plan)
    desk.save(plan, {"A1": 2})
    form |= {desk.row(plan, "A6"): "9", "fresh-0-number": "9", "fresh-0-seats": "3"}
    page = text_of(desk.client.post(f"/plans/{plan}/map", form, status=409))
    assert page.count("stored-note") == 1  # A6, by this person
    again = form_of(page, "data-map")
    assert again[desk.row(plan, "A1")] == "2"  # as somebody stored it meanwhile
    assert again["version"] == str(desk.board(plan).version)
    assert (again[desk.row(plan, "A6")], again["fresh-0-seats"]) == ("9", "3")
    desk.client.post(f"/plans/{plan}/map", again | {"op": "again"})
    assert shape(desk.board(plan))[9] == (3, ["A6"])


def test_a_locked_district_is_refused_to_the_map_as_to_the_table(desk: Desk) -> None:
    plan = desk.drawn()
    locking = desk.small(plan, "lock")
    key = desk.board(plan).districts[0].id
    desk.client.post(f"/plans/{plan}/lock", locking | {"lock": str(key)})
    assert desk.board(plan).locked == {1}
    for path in (f"/plans/{plan}", f"/plans/{plan}/map"):
        form = drawn_form(desk, plan) | {desk.row(plan, "A1"): "2", "op": path}
        page = text_of(desk.client.post(path, form, status=422))
        assert "R.281 第1选区已锁定，不能改变其单元和名额" in page
        again = form_of(page, "data-map" if path.endswith("map") else "data-board")
        assert again[desk.row(plan, "A1")] == "2"  # what was drawn is kept, and can be put right
        assert f'name="{desk.row(plan, "A1")}" readonly' not in page
        desk.client.post(path, again | {desk.row(plan, "A1"): "1", "op": f"{path} again"})
    locking = desk.small(plan, "lock")
    desk.client.post(f"/plans/{plan}/lock", locking | {"unlock": str(key)})
    assert desk.board(plan).locked == set()


def test_the_map_locks_without_leaving_and_learns_the_new_version(desk: Desk) -> None:
    plan = desk.drawn()
    locking = desk.small(plan, "lock") | {"back": "map_data"}
    key = desk.board(plan).districts[0].id
    answer = desk.client.post(f"/plans/{plan}/lock", locking | {"lock": str(key)})
    assert answer.location == f"/plans/{plan}/map.json"
    assert data_of(desk, plan)["version"] == int(locking["version"]) + 1
    desk.client.post(f"/plans/{plan}/lock", locking | {"lock": str(key), "op": "x"}, status=409)


def test_nobody_locks_a_district_of_another_plan(desk: Desk) -> None:
    plan, other = desk.drawn(), desk.drawn("另一方案")
    key = desk.board(other).districts[0].id
    locking = desk.small(plan, "lock") | {"lock": str(key)}
    desk.client.post(f"/plans/{plan}/lock", locking, status=404)


def test_an_adopted_plan_is_shown_on_the_map_and_not_edited(desk: Desk) -> None:
    plan = desk.drawn()
    desk.adopt(plan)
    page = text_of(desk.client.get(f"/plans/{plan}/map"))
    assert re.findall(r"<form[^>]*data-map", page) == []
    assert page.count(f'data-map="/plans/{plan}/map.json"') == 1


def test_who_may_not_edit_sees_the_map_and_another_office_does_not(
    desk: Desk, app: Flask, office: Office
) -> None:
    plan = desk.drawn()
    clerk = StrictClient(app, office).sign_in(Role.AUDITOR)
    assert "data-editing" not in text_of(clerk.get(f"/plans/{plan}/map"))
    clerk.get(f"/plans/{plan}/map.json")
    for path in (f"/plans/{plan}/map", f"/plans/{plan}/lock"):
        clerk.post(path, {}, status=403)
    stranger = StrictClient(app, found_office(code="330225102")).sign_in(Role.DIRECTOR)
    for path in (
        f"/plans/{plan}/map",
        f"/plans/{plan}/map.json",
        f"/congresses/{desk.congress_id()}/compare",
    ):
        stranger.get(path, status=404)


def test_the_release_is_closed_on_the_page_once_the_roll_is_published(desk: Desk) -> None:
    plan = desk.drawn()
    desk.adopt(plan)
    assert text_of(desk.client.get(f"/plans/{plan}")).count("/release") == 1
    key = desk.congress_id()
    with transaction() as session:
        set_up.set_milestone(
            Act(session, desk.by, AT),
            session.get_one(Congress, key),
            key="roll_published",
            done_on=date(2021, 11, 25),
            note="",
        )
    page = text_of(desk.client.get(f"/plans/{plan}"))
    assert page.count("/release") == 0
    assert page.count("选民名单已于2021年11月25日公布") == 1


def test_two_plans_are_compared_and_those_of_others_are_not_found(desk: Desk) -> None:
    first = desk.drawn()
    here = f"/congresses/{desk.congress_id()}/compare"
    assert text_of(desk.client.get(here)).count("对比需要两个方案") == 1
    second = desk.create("副本", copy=first)
    assert text_of(desk.client.get(here)).count("两个方案的选区和名额完全相同。") == 1
    desk.save(second, {"A2": 2})
    page = text_of(desk.client.get(here, a=str(first), b=str(second)))
    assert page.count("1个单元改变选区，0个选区改变名额。") == 1
    assert page.count("− A2村") == page.count("＋ A2村") == 1
    page = text_of(desk.client.get(here, b=str(first)))  # with the other one, not with itself
    assert page.count("− A2村") == page.count("＋ A2村") == 1
    county = desk.create("县级", level=Level.COUNTY)
    desk.client.get(here, status=404, a=str(first), b=str(county))


def test_pages_ask_as_often_for_three_plans_as_for_two(desk: Desk) -> None:
    plan = desk.drawn()
    desk.create("二", copy=plan)
    pages = [
        f"/plans/{plan}/map",
        f"/plans/{plan}/map.json",
        f"/congresses/{desk.congress_id()}/compare",
    ]
    before = [queries_of(lambda path=path: desk.client.get(path)) for path in pages]
    desk.create("三", copy=plan)
    desk.save(plan, {"A2": 4, "A3": 5, "A4": 6})
    after = [queries_of(lambda path=path: desk.client.get(path)) for path in pages]
    assert before == after


def test_a_plan_without_units_says_so(client: StrictClient) -> None:
    desk = Desk(client)
    election = an_election(desk.office)
    desk.election_id = election
    desk.congress(Level.TOWN, 5)
    plan = desk.create()
    found = data_of(desk, plan)
    assert (found["cells"], found["about"]) == ([], ["尚无单元。"])
    desk.client.get(f"/plans/{plan}/map")


def test_a_plan_of_too_many_units_is_shown_and_not_edited(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = desk.drawn()
    monkeypatch.setattr(forms, "MOST_ROWS", 5)
    for path in (f"/plans/{plan}", f"/plans/{plan}/map"):
        page = text_of(desk.client.get(path))
        assert (page.count("超过5个单元的方案"), page.count("tr data-brick")) == (1, 0)


def test_scripts_are_scripts_whatever_the_computer_says(tmp_path: Path) -> None:
    mimetypes.add_type("text/plain", ".js")  # as some Windows programs leave it in the registry
    browser = make_app(tmp_path).test_client()
    answer = browser.get("/static/js/map.js", follow_redirects=True)
    assert answer.mimetype == "text/javascript"
    answer.close()
