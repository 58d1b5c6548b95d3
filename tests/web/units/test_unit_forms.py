"""The forms of units: the whole table, one unit; faults all at once, nothing lost."""

import re

import pytest

from election.database import db
from election.queries.audit import verify
from tests.client import StrictClient
from tests.web.units.office import Office, fields


@pytest.fixture
def office(client: StrictClient) -> Office:
    return Office(client)


def test_the_whole_table_is_edited_in_one_form(office: Office) -> None:
    office.load()
    form = office.form()
    form |= {
        "rows-0-hukou_population": "1201",
        "rows-1-resident_population": "805",
        "rows-2-remove": "y",
        "rows-1-neighbours": "001、003",
        "rows-3-code": "004",
        "rows-3-name": "机关单位",
        "rows-3-kind": "workplace",
        "rows-3-neighbours": "001",
    }
    office.client.post(f"{office.home}/table", form)
    assert [
        (u.code, u.hukou_population, u.resident_population, u.neighbours) for u in office.table
    ] == [
        ("001", 1201, 1100, ("002", "004")),
        ("002", 800, 805, ("001",)),
        ("004", None, None, ("001",)),
    ]
    assert verify(db.session()) == []
    acts = office.acts()
    office.client.post(f"{office.home}/table", form)
    assert office.acts() == acts


def test_all_faults_of_the_table_come_at_once_and_nothing_typed_is_lost(office: Office) -> None:
    office.load()
    form = office.form()
    form |= {
        "rows-0-hukou_population": "约12",
        "rows-1-name": "",
        "rows-2-neighbours": "999",
        "rows-3-code": "001",
        "rows-3-name": "重号村",
    }
    page = office.client.post(f"{office.home}/table", form, status=422)
    sent = {name: value for name, value in fields(page).items() if name != "op"}
    assert sent == {name: value for name, value in form.items() if name != "op"}
    text = page.get_data(as_text=True)
    assert (text.count("is-faulty"), text.count('class="field-error"')) == (4, 4)
    assert office.table[0].hukou_population == 1200
    form |= {"rows-0-hukou_population": "12", "rows-1-name": "西山村", "op": "second"}
    page = office.client.post(f"{office.home}/table", form, status=422)
    assert page.get_data(as_text=True).count("is-faulty") == 2
    form |= {"rows-2-neighbours": "002", "rows-3-code": "004", "op": "third"}
    office.client.post(f"{office.home}/table", form)
    assert [unit.code for unit in office.table] == ["001", "002", "003", "004"]


def test_two_people_may_edit_different_rows_at_the_same_time(office: Office) -> None:
    office.load()
    mine, theirs = office.form(), office.form()
    office.client.post(f"{office.home}/table", theirs | {"rows-0-name": "东山新村"})
    office.client.post(f"{office.home}/table", mine | {"rows-2-name": "渔港新社区"})
    assert [unit.name for unit in office.table] == ["东山新村", "西山村", "渔港新社区"]


def test_who_edits_a_row_somebody_else_changed_sees_both_and_loses_nothing(office: Office) -> None:
    office.load()
    mine, theirs = office.form(), office.form()
    office.client.post(f"{office.home}/table", theirs | {"rows-0-name": "甲村"})
    mine |= {"rows-0-name": "乙村", "rows-2-name": "丙村"}
    page = office.client.post(f"{office.home}/table", mine, status=409)
    assert [unit.name for unit in office.table] == ["甲村", "西山村", "渔港社区"]
    text = page.get_data(as_text=True)
    stored = re.search(r'<tr class="stored-now">(.*?)</tr>', text, re.DOTALL)
    assert stored is not None
    assert ">甲村</td>" in stored[1]
    again = fields(page)
    assert (again["rows-0-name"], again["rows-2-name"]) == ("乙村", "丙村")
    office.client.post(f"{office.home}/table", again)
    assert [unit.name for unit in office.table] == ["乙村", "西山村", "丙村"]


def test_a_cell_nobody_touched_takes_the_value_stored_meanwhile(office: Office) -> None:
    office.load()
    mine, theirs = office.form(), office.form()
    office.client.post(f"{office.home}/table", theirs | {"rows-0-hukou_population": "1234"})
    page = office.client.post(f"{office.home}/table", mine | {"rows-0-name": "乙村"}, status=409)
    assert "保存单元表" in page.get_data(as_text=True)
    again = fields(page)
    assert (again["rows-0-name"], again["rows-0-hukou_population"]) == ("乙村", "1234")
    office.client.post(f"{office.home}/table", again)
    unit = office.table[0]
    assert (unit.name, unit.hukou_population) == ("乙村", 1234)


def test_a_row_whose_unit_was_removed_meanwhile_is_said(office: Office) -> None:
    office.load()
    mine, theirs = office.form(), office.form()
    office.client.post(f"{office.home}/table", theirs | {"rows-2-remove": "y"})
    page = office.client.post(f"{office.home}/table", mine | {"rows-2-name": "丙村"}, status=409)
    assert "此单元已被他人删除" in page.get_data(as_text=True)


def test_neighbours_follow_a_renamed_code(office: Office) -> None:
    office.load()
    form = office.form() | {"rows-0-code": "A01", "rows-1-name": "西山新村"}
    office.client.post(f"{office.home}/table", form)
    assert {u.code: u.neighbours for u in office.table} == {
        "A01": ("002",),
        "002": ("003", "A01"),
        "003": ("002",),
    }


def test_one_unit_is_added_changed_and_removed(office: Office) -> None:
    office.load()
    new = {
        "code": "010",
        "name": "学校",
        "kind": "workplace",
        "hukou_population": "0",
        "ferries": "003",
        "x": "121.95",
        "op": "a",
    }
    office.client.post(f"{office.home}/new", new)
    office.client.post(f"{office.home}/new", new)  # the same operation again
    office.client.post(f"{office.home}/new", new | {"op": "b"}, status=422)
    row = office.rows[-1]
    assert (row.values.code, row.values.ferries, row.values.x) == ("010", ("003",), 121.95)
    office.client.get(f"/units/{row.id}")
    change = new | {"version": row.version, "op": "c", "ferries": "", "hukou_population": ""}
    office.client.post(f"/units/{row.id}", change)
    office.client.post(f"/units/{row.id}", change | {"op": "d"}, status=409)
    row = office.rows[-1]
    assert (row.values.ferries, row.values.hukou_population) == ((), None)
    office.client.post(f"/units/{row.id}/remove", {"version": row.version, "op": "e"})
    assert [unit.code for unit in office.table] == ["001", "002", "003"]
    assert verify(db.session()) == []


def test_a_unit_at_fault_is_shown_again_with_what_was_typed(office: Office) -> None:
    office.load()
    given = {"code": "010", "name": "学校", "kind": "workplace", "neighbours": "010、999"}
    page = office.client.post(f"{office.home}/new", given, status=422)
    text = page.get_data(as_text=True)
    assert (text.count('class="field-error"'), 'value="010、999"' in text) == (2, True)


def test_a_workplace_may_vote_for_the_county_only(office: Office) -> None:
    office.load()
    given = {
        "code": "010",
        "name": "研究所",
        "kind": "village",
        "hukou_population": "300",
        "county_only": "y",
    }
    page = office.client.post(f"{office.home}/new", given | {"op": "a"}, status=422)
    help_of = page.get_data(as_text=True).partition('id="county_only-help"')[2]
    assert "“研究所”不是单位，不能标为只参加县级选举" in help_of.partition("</form>")[0]
    assert "只参加县级选举" not in office.client.get(office.home).get_data(as_text=True)
    office.client.post(f"{office.home}/new", given | {"kind": "workplace", "op": "b"})
    row = office.rows[-1]
    assert row.values.county_only is True
    text = office.client.get(office.home).get_data(as_text=True)
    assert re.findall(r"<tr><th[^>]*>([^<]*)</th><td[^>]*class=\"num\">([0-9,]+)", text) == [
        ("合计", "2,300"),
        ("其中参加镇级选举", "2,000"),
    ]
    assert text.count("只参加县级选举") == 2  # beside the unit, and what it means
    box = re.search(
        r'<input[^>]*id="county_only"[^>]*>',
        office.client.get(f"/units/{row.id}").get_data(as_text=True),
    )
    assert box is not None
    assert " checked " in box[0]


def test_the_table_keeps_the_mark_and_refuses_another_kind_under_it(office: Office) -> None:
    office.load("编码,名称,类型,只参加县级选举\nW1,研究所,单位,是\nW2,中学,单位,\n")
    office.client.post(f"{office.home}/table", office.form() | {"rows-0-name": "某研究所"})
    assert [(u.name, u.county_only) for u in office.table] == [("某研究所", True), ("中学", False)]
    given = office.form() | {"rows-0-kind": "village"}
    page = office.client.post(f"{office.home}/table", given, status=422).get_data(as_text=True)
    assert "“某研究所”不是单位" in page
    preview = office.upload("编码,只选县级\nW1,\n").get_data(as_text=True)
    assert "<del>是</del> → <ins>否</ins>" in preview
