"""Neighbours and shapes through the browser: looked at first, then all of it or nothing."""

import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask_babel import refresh
from werkzeug.test import TestResponse

from election.database import db
from election.exchange.spreadsheets import Sheet, write_xlsx
from election.models import AuditEntry, Plan, PlanStatus
from election.queries.audit import verify
from election.queries.units.table import UnitValues
from election.rules.access import Role
from election.rules.terms import Level
from election.rules.units.checks import VoterGroup
from election.web.files import attachment
from election.web.units import forms
from tests.builders import AT, congress_of, found_office, seed
from tests.client import StrictClient
from tests.exchange.units.test_shapes import collection, feature, square
from tests.web.desks import queries_of
from tests.web.units.office import Office

SHAPES = collection(
    feature("001", square(121.90, 29.10)),
    feature("002", square(121.91, 29.10)),
    feature("003", square(121.92, 29.10)),
)


@pytest.fixture
def office(client: StrictClient) -> Office:
    made = Office(client)
    made.load()
    return made


def upload(
    office: Office, what: str, raw: bytes, name: str, status: int = 200, **chosen: str
) -> TestResponse:
    data = {"file": (io.BytesIO(raw), name), "op": f"{name}{len(raw)}{chosen}", **chosen}
    return office.client.post(f"{office.home}/import/{what}", data, status=status)


def fields(page: TestResponse) -> dict[str, str]:
    text = page.get_data(as_text=True)
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    return {name: value for name, value in found if name != "csrf_token"}


def confirm(office: Office, what: str, page: TestResponse, status: int = 303) -> TestResponse:
    address = f"{office.home}/import/{what}/confirm"
    return office.client.post(address, fields(page), status=status)


def said(page: TestResponse) -> list[str]:
    return re.findall(r'finding-code">([EW]\.\d+)', page.get_data(as_text=True))


def units(office: Office) -> dict[str, UnitValues]:
    return {one.code: one for one in office.table}


def last_act() -> Any:
    db.session.expire_all()
    return db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()


def test_pairs_are_previewed_and_stored_only_when_confirmed(office: Office) -> None:
    text = "甲,乙,方式\n001,003,轮渡\n001,002,陆\n"
    page = upload(office, "neighbours", text.encode("gb18030"), "相邻.csv")
    assert units(office)["001"].ferries == ()
    confirm(office, "neighbours", page)
    assert (units(office)["001"].neighbours, units(office)["003"].ferries) == (("002",), ("001",))
    assert units(office)["003"].neighbours == ("002",)
    assert last_act().what == "units.neighbours"
    assert verify(db.session()) == []


def test_the_whole_list_removes_what_it_does_not_name(office: Office) -> None:
    raw = write_xlsx([Sheet("相邻", ("a", "b"), [["001", "003"]])])
    page = upload(office, "neighbours", raw, "相邻.xlsx", whole="y")
    assert page.get_data(as_text=True).count("将删除</span>") == 2
    confirm(office, "neighbours", page)
    ties = {code: one.neighbours for code, one in units(office).items()}
    assert ties == {"001": ("003",), "002": (), "003": ("001",)}


def test_faults_of_pairs_are_shown_together_and_cannot_be_confirmed(office: Office) -> None:
    page = upload(office, "neighbours", b"a,b\n001,009\n002,002\n", "x.csv", 422)
    assert (said(page), fields(page)) == (["E.224", "E.225"], {})


def test_pairs_over_units_that_changed_are_shown_anew(office: Office) -> None:
    page = upload(office, "neighbours", b"a,b\n001,003\n", "x.csv")
    office.load("编码,户籍人口\n001,1300\n")
    again = confirm(office, "neighbours", page, 409)
    assert units(office)["001"].neighbours == ("002",)
    confirm(office, "neighbours", again)
    assert units(office)["001"].neighbours == ("002", "003")


def test_shapes_are_stored_and_the_export_changes_nothing(office: Office) -> None:
    confirm(office, "shapes", upload(office, "shapes", SHAPES, "图形.geojson"))
    assert json.loads(units(office)["002"].outline or "")["type"] == "Polygon"
    assert (last_act().what, verify(db.session())) == ("units.shapes", [])
    answer = office.client.get(f"{office.home}.geojson")
    assert answer.mimetype == "application/geo+json"
    again = upload(office, "shapes", answer.data, "again.geojson")
    assert (fields(again), "无需导入" in again.get_data(as_text=True)) == ({}, True)


@pytest.mark.parametrize(
    ("file", "plain", "full"),
    [
        ("units.xlsx", "units-2021.xlsx", "鹤浦镇2021年换届选举-选区单元.xlsx"),
        ("neighbours.csv", "neighbours-2021.csv", "鹤浦镇2021年换届选举-相邻关系.csv"),
        ("units/template.xlsx", "units-template.xlsx", "选区单元模板.xlsx"),
    ],
)
def test_a_file_has_a_name_that_old_programs_can_save_too(
    office: Office, file: str, plain: str, full: str
) -> None:
    answer = office.client.get(f"{office.home.removesuffix('units')}{file}")
    named = answer.headers["Content-Disposition"]
    assert named == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full)}"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (
            "方案/A 2.xlsx",
            "filename=\"plan-A-2.xlsx\"; filename*=UTF-8''%E6%96%B9%E6%A1%88-A%202.xlsx",
        ),
        ("()().csv", "filename=\"plan.csv\"; filename*=UTF-8''%28%29%28%29.csv"),
    ],
)
def test_whatever_a_plan_is_called_its_file_has_a_name(name: str, header: str) -> None:
    assert attachment(name, "plan") == f"attachment; {header}"


def test_geojson_on_the_page_of_tables_is_known_for_what_it_is(office: Office) -> None:
    page = office.upload(SHAPES, "图形.json")
    assert f'action="{office.home}/import/shapes/confirm"' in page.get_data(as_text=True)


def test_choices_made_with_the_file_hold_until_it_is_confirmed(office: Office) -> None:
    raw = SHAPES.replace(b'"code"', b'"no"').replace(b'"no": "003"', b'"no": "999"')
    assert said(upload(office, "shapes", raw, "x.geojson", 422)) == ["E.837"]
    assert said(upload(office, "shapes", raw, "x.geojson", 422, key="no")) == ["E.177"]
    page = upload(office, "shapes", raw, "x.geojson", key="no", skip_unknown="y")
    confirm(office, "shapes", page)
    assert [code for code, one in units(office).items() if one.outline] == ["001", "002"]


def test_a_repaired_shape_is_said_before_it_is_stored(office: Office) -> None:
    bow = [[121.0, 29.0], [121.02, 29.02], [121.02, 29.0], [121.0, 29.02], [121.0, 29.0]]
    raw = collection(feature("001", {"type": "Polygon", "coordinates": [bow]}))
    assert said(upload(office, "shapes", raw, "x.geojson")) == ["W.179"]


def test_neighbours_follow_from_shapes_when_somebody_confirms(office: Office) -> None:
    address = f"{office.home}/neighbours-from-shapes"
    assert fields(office.client.get(address)) == {}
    confirm(office, "shapes", upload(office, "shapes", SHAPES, "图形.geojson"))
    upload(office, "neighbours", b"a,b\n001,003\n", "x.csv", whole="y")
    page = upload(office, "neighbours", b"a,b\n001,003\n", "x.csv", whole="y")
    confirm(office, "neighbours", page)
    office.client.post(address, fields(office.client.get(address)), status=303)
    ties = {code: one.neighbours for code, one in units(office).items()}
    assert ties == {"001": ("002", "003"), "002": ("001", "003"), "003": ("001", "002")}
    assert fields(office.client.get(address)) == {}


def test_shapes_drawn_over_an_adopted_plan_change_nothing_it_rests_on(office: Office) -> None:
    congress = congress_of(office.election_id, Level.TOWN)
    seed(
        office.client.office,
        [
            Plan(
                township_id=congress.township_id,
                congress_id=congress.id,
                name="方案一",
                status=PlanStatus.ADOPTED,
                adopted_at=AT,
                adopted_by="1",
            )
        ],
    )
    confirm(office, "shapes", upload(office, "shapes", SHAPES, "图形.geojson"))
    page = upload(office, "neighbours", b"a,b\n001,003\n", "x.csv")
    answer = confirm(office, "neighbours", page, 422)
    assert "R.230" in answer.get_data(as_text=True)


def test_voter_groups_are_edited_on_the_page_of_a_unit_and_survive_the_table(
    office: Office,
) -> None:
    confirm(office, "shapes", upload(office, "shapes", SHAPES, "图形.geojson"))
    row = office.rows[0]
    given = {
        "version": row.version,
        "code": "001",
        "name": "东山村",
        "kind": "village",
        "hukou_population": "1200",
        "neighbours": "002",
        "voter_groups": "一组 600\n二组 400",
    }
    office.client.post(f"/units/{row.id}", given)
    assert "合计1000人" in office.client.get(office.home).get_data(as_text=True)
    form = office.form()
    office.client.post(f"{office.home}/table", form | {"rows-0-name": "东山新村"})
    after = units(office)["001"]
    assert after.voter_groups == (VoterGroup("一组", 600), VoterGroup("二组", 400))
    assert (after.name, after.outline is None) == ("东山新村", False)
    bad = office.client.post(
        f"/units/{row.id}",
        given | {"version": office.rows[0].version, "voter_groups": "一组"},
        status=422,
    )
    assert "选民小组及其人数" in bad.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        "units/neighbours-template.xlsx",
        "neighbours.csv",
        "neighbours.xlsx",
        "units.geojson",
        "units/import/neighbours",
        "units/import/shapes",
        "units/neighbours-from-shapes",
    ],
)
def test_files_of_another_town_do_not_exist(office: Office, path: str) -> None:
    other = StrictClient(office.client.http.application, found_office("330225104", "高塘岛乡"))
    other.sign_in(Role.REGISTRAR).get(f"/elections/{office.election_id}/{path}", status=404)


def test_who_may_not_edit_units_may_not_import(office: Office) -> None:
    auditor = StrictClient(office.client.http.application, office.client.office)
    auditor.sign_in(Role.AUDITOR)
    for path in ("import/shapes", "import/neighbours", "neighbours-from-shapes"):
        auditor.get(f"{office.home}/{path}", status=403)
    auditor.get(f"{office.home}.geojson")


def test_the_pages_speak_english(office: Office) -> None:
    office.client.language = "en"
    refresh()
    assert "Import shapes" in office.client.get(f"{office.home}/import/shapes").text
    page = upload(office, "shapes", SHAPES, "x.geojson")
    assert "outline, 5 points" in page.text


def test_a_preview_asks_as_often_for_one_unit_as_for_three(office: Office) -> None:
    one = collection(feature("001", square(121.9, 29.1)))

    def of(raw: bytes, what: str, name: str) -> int:
        return queries_of(lambda: upload(office, what, raw, name))

    of(one, "shapes", "warm.geojson")
    assert of(one, "shapes", "a.geojson") == of(SHAPES, "shapes", "b.geojson")
    few, more = b"a,b\n001,003\n", b"a,b\n001,003\n002,003\n001,002\n"
    assert of(few, "neighbours", "a.csv") == of(more, "neighbours", "b.csv")


def test_a_long_preview_is_shown_in_part(office: Office) -> None:
    text = "编码,名称\n" + "".join(f"N{n},村{n}\n" for n in range(620))
    page = office.upload(text).get_data(as_text=True)
    assert (page.count('class="doing-add"'), "另有120行未列出" in page) == (500, True)


def test_more_units_than_one_form_holds_are_edited_in_a_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_ROWS", 7)
    assert office.client.get(f"{office.home}/table", status=303).location == office.home
