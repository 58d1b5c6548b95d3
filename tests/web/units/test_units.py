"""The pages of units: who may, faults all at once, nothing lost, nothing half stored."""

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import refresh
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from election.actions.act import Act
from election.actions.elections import set_up
from election.database import db, transaction
from election.exchange.apart import TooCostly
from election.exchange.units import table as exchange
from election.exchange.uploads import MOST
from election.models import AuditEntry, Election, Unit
from election.queries.audit import verify
from election.queries.units import table as queries
from election.queries.units.table import UnitRow, UnitValues
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.web.units import imports
from tests.builders import AT, an_election, found_office
from tests.client import StrictClient

LIST = (
    "编码,名称,类型,户籍人口,常住人口,相邻单元\n"
    "001,东山村,村,1200,1100,002\n002,西山村,村,800,,003\n003,渔港社区,社区,,3000,\n"
)


class Office:
    """An election, and the registrar's browser on its units."""

    def __init__(self, client: StrictClient) -> None:
        self.client = client.sign_in(Role.REGISTRAR)
        self.election_id = an_election(client.office)
        self.home = f"/elections/{self.election_id}/units"

    def upload(self, text: str | bytes, name: str = "单元.csv", status: int = 200) -> TestResponse:
        raw = text.encode() if isinstance(text, str) else text
        data = {"file": (io.BytesIO(raw), name), "op": name}
        return self.client.post(f"{self.home}/import", data, status=status)

    def confirm(self, page: TestResponse, status: int = 303, **other: str) -> TestResponse:
        return self.client.post(
            f"{self.home}/import/confirm", {**hidden(page), **other}, status=status
        )

    def load(self, text: str = LIST) -> None:
        self.confirm(self.upload(text))

    @property
    def rows(self) -> list[UnitRow]:
        db.session.expire_all()
        return queries.of_election(db.session(), self.election_id, outlines=True)

    @property
    def table(self) -> list[UnitValues]:
        return [row.values for row in self.rows]

    def form(self) -> dict[str, Any]:
        """The fields of the whole table as a browser would send them."""
        return fields(self.client.get(f"{self.home}/table"))

    def acts(self) -> int:
        db.session.expire_all()
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def hidden(page: TestResponse) -> dict[str, str]:
    text = page.get_data(as_text=True)
    return dict(re.findall(r'<input type="hidden" name="(op|upload|basis)" value="([^"]*)"', text))


def fields(page: TestResponse) -> dict[str, Any]:
    """Names and values of the inputs and selects of the page's table."""
    text = page.get_data(as_text=True)
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" and given.get("name") not in (None, "csrf_token"):
            found[given["name"]] = unescape(given.get("value", ""))
    select_tag = r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>'
    for name, options in re.findall(select_tag, text, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


@pytest.fixture
def office(client: StrictClient) -> Office:
    return Office(client)


def test_an_empty_office_is_told_what_to_do(office: Office) -> None:
    page = office.client.get(office.home).get_data(as_text=True)
    assert page.count(f'href="{office.home}/import"') == 2
    office.client.language = "en"
    refresh()  # all requests of a test share one application context
    assert "No units yet." in office.client.get(office.home).get_data(as_text=True)


def test_a_list_is_previewed_and_stored_only_when_confirmed(office: Office) -> None:
    page = office.upload(LIST)
    assert office.rows == []
    answer = office.confirm(page)
    assert answer.location == office.home
    assert [(u.code, u.hukou_population, u.neighbours) for u in office.table] == [
        ("001", 1200, ("002",)),
        ("002", 800, ("001", "003")),
        ("003", None, ("002",)),
    ]
    text = office.client.get(office.home).get_data(as_text=True)
    assert ("3个单元中2个有数" in text, "2,000" in text) == (True, True)
    assert verify(db.session()) == []


def test_a_confirmed_import_sent_twice_is_done_once(office: Office) -> None:
    page = office.upload(LIST)
    first = office.confirm(page)
    acts = office.acts()
    second = office.confirm(page)
    assert (first.location, acts) == (second.location, office.acts())


def test_an_import_over_units_that_changed_shows_the_new_preview(office: Office) -> None:
    office.load()
    page = office.upload("编码,户籍人口\n001,1300\n")
    unit = office.rows[0]
    office.client.post(
        f"/units/{unit.id}",
        {
            "version": unit.version,
            "code": "001",
            "name": "东山村",
            "kind": "village",
            "hukou_population": "1250",
            "neighbours": "002",
        },
    )
    again = office.confirm(page, status=409)
    assert office.table[0].hukou_population == 1250
    assert "<del>1,250</del> → <ins>1,300</ins>" in again.get_data(as_text=True)
    office.confirm(again)
    assert office.table[0].hukou_population == 1300


def test_a_file_with_faults_shows_them_all_and_cannot_be_confirmed(office: Office) -> None:
    page = office.upload("编码,名称,户籍人口\n1,东村,１２\n1,=x,-3\n", status=422)
    text = page.get_data(as_text=True)
    assert re.findall(r'finding-code">(E\.\d+)', text) == ["E.817", "E.816", "E.817", "E.222"]
    assert hidden(page) == {}
    assert office.rows == []


def test_a_preview_belongs_to_the_official_who_made_it(
    office: Office, client: StrictClient
) -> None:
    page = office.upload(LIST)
    other = StrictClient(client.http.application, client.office).sign_in(Role.DIRECTOR)
    other.post(f"{office.home}/import/confirm", hidden(page), status=422)
    office.confirm(page, status=422, upload="../../keys/session")
    office.confirm(page, status=422, upload="0" * 32)
    assert office.rows == []


def parked(app: Flask) -> list[Path]:
    """The files that wait for somebody's word."""
    folder = Path(app.config["XUANBAN_DATA"]) / "uploads"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_of_a_refused_file_nothing_stays(office: Office, app: Flask) -> None:
    office.upload("编码,名称,户籍人口\n1,东村,x\n", status=422)
    office.upload(b"\xff\xfe\x00", status=422)
    assert parked(app) == []


@pytest.mark.parametrize("what", ["", "/neighbours", "/shapes"])
def test_a_costly_file_is_refused_with_its_reason(
    office: Office, app: Flask, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def give_up(*_arguments: object) -> None:
        raise TooCostly

    monkeypatch.setattr(imports, "read_apart", give_up)
    data = {"file": (io.BytesIO(LIST.encode()), "a.csv")}
    page = office.client.post(f"{office.home}/import{what}", data, status=422)
    assert re.findall(r'finding-code">(E\.\d+)', page.text) == ["E.853"]
    assert parked(app) == []


def test_a_person_has_few_places_for_files_and_the_newest_are_kept(
    office: Office, app: Flask
) -> None:
    pages = [office.upload(LIST.replace("东山", f"东山{n}")) for n in range(MOST + 2)]
    assert len(parked(app)) == MOST
    office.confirm(pages[0], status=422)
    office.confirm(pages[-1])


def test_parked_files_are_unreadable_on_the_disk(office: Office, app: Flask) -> None:
    office.upload(LIST)
    kept = parked(app)
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    assert "东山".encode() not in kept[0].read_bytes()


def test_no_file_chosen_is_said_and_a_file_too_large_is_refused(office: Office) -> None:
    page = office.client.post(f"{office.home}/import", {"op": "x"}, status=422)
    assert "请先选择文件" in page.get_data(as_text=True)
    answer = office.client.http.post(
        f"{office.home}/import",
        data={"file": (io.BytesIO(b"x"), "x.csv")},
        environ_overrides={"CONTENT_LENGTH": str(21 * 1024**2)},
    )
    assert answer.status_code == 413


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
        "rows-0-hukou_population": "１２",
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
    assert "<td>甲村</td>" in stored[1]
    again = fields(page)
    assert (again["rows-0-name"], again["rows-2-name"]) == ("乙村", "丙村")
    office.client.post(f"{office.home}/table", again)
    assert [unit.name for unit in office.table] == ["乙村", "西山村", "丙村"]


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
    assert re.findall(r"<tr><th[^>]*>([^<]*)</th><td class=\"num\">([0-9,]+)", text) == [
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


def test_exports_can_be_imported_and_the_template_is_empty(office: Office) -> None:
    office.load()
    for name in ("units.xlsx", "units.csv"):
        raw = office.client.get(f"{office.home.removesuffix('units')}{name}").get_data()
        preview = exchange.compare(exchange.read(raw, name), office.rows)
        assert [line.doing.value for line in preview.lines] == ["skip", "skip", "skip"]
    template = office.client.get(f"{office.home}/template.xlsx").get_data()
    assert exchange.read(template, "x").rows == ()


def test_texts_of_an_attacker_are_shown_as_text(office: Office) -> None:
    office.load("编码,名称\nX1,<script>alert(1)</script>\n")
    text = office.client.get(office.home).get_data(as_text=True)
    assert ("<script>alert" in text, "&lt;script&gt;alert(1)" in text) == (False, True)
    page = office.upload("编码,名称\nX2,b\n", name='<img src=x onerror="1">.csv')
    assert "<img src=x" not in page.get_data(as_text=True)


def test_units_are_closed_after_the_set_up(office: Office) -> None:
    office.load()
    form = office.form()
    with transaction() as session:
        set_up.move_phase(
            Act(session, office.client.office.actor(Role.DIRECTOR), AT),
            session.get_one(Election, office.election_id),
            to=Phase.NOMINATION,
            reason="",
            faults=0,
            alerts=0,
            records=0,
        )
    page = office.client.post(f"{office.home}/table", form | {"rows-0-name": "x村"}, status=422)
    assert "R.151" in page.get_data(as_text=True)
    assert f'href="{office.home}/table"' not in office.client.get(office.home).get_data(
        as_text=True
    )


def test_who_may_not_edit_units_may_look_and_another_office_sees_nothing(office: Office) -> None:
    office.load()
    unit = office.rows[0]
    application, people = office.client.http.application, office.client.office
    teller = StrictClient(application, people).sign_in(Role.TELLER)
    teller.get(office.home)
    teller.get(f"{office.home}/template.xlsx")
    writing = [
        f"{office.home}/new",
        f"{office.home}/table",
        f"{office.home}/import",
        f"/units/{unit.id}",
    ]
    posting = [*writing, f"{office.home}/import/confirm", f"/units/{unit.id}/remove"]
    for path in writing:
        teller.get(path, status=403)
    for path in posting:
        teller.post(path, {}, status=403)
    foreign = StrictClient(application, found_office(code="330225104", name="石浦镇"))
    foreign.sign_in(Role.REGISTRAR)
    for path in (office.home, *writing, f"{office.home}.csv", f"{office.home}.xlsx"):
        foreign.get(path, status=404)
    for path in posting:
        foreign.post(path, {}, status=404)
    assert db.session.scalar(select(func.count()).select_from(Unit)) == 3


def test_the_page_takes_as_many_queries_for_three_units_as_for_one(office: Office) -> None:
    counts = []
    for text in ("编码,名称\n1,甲村\n", "编码,名称,相邻单元\n1,甲村,2\n2,乙村,3\n3,丙村,\n"):
        office.load(text)
        asked: list[str] = []

        def note(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
            asked.append(text)  # noqa: B023 - removed before the next round

        event.listen(db.engine, "before_cursor_execute", note)
        office.client.get(office.home)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1]
