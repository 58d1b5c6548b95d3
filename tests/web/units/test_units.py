"""The pages of units: who may, faults all at once, nothing lost, nothing half stored."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import refresh
from sqlalchemy import event, func, select

from election.actions.act import Act
from election.actions.elections import set_up
from election.database import db, transaction
from election.exchange.apart import TooCostly
from election.exchange.units import table as exchange
from election.exchange.uploads import MOST
from election.models import Election, Unit
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.web.units import imports
from tests.builders import AT, found_office
from tests.client import StrictClient
from tests.web.units.office import LIST, Office, hidden


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
    page = office.upload("编码,名称,户籍人口\n1,东村,约12\n1,=x,-3\n", status=422)
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
