"""A wrong certificate and a name written in, through the browser."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import refresh
from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.database import db, transaction
from election.models import Result, Withdrawal
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions import small_town as small
from tests.actions.results.test_corrections import ask, decide
from tests.builders import AT, Office, congress_of, found_office
from tests.client import StrictClient
from tests.exchange.publication.published_town import publish_these
from tests.web.desks import desk, hidden, text_of

ASKED = {"reason": "漏数10票", "reference": "选委会〔2021〕15号"}


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _certified(town: small.Town) -> int:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    return town.round(2).id


def test_two_desks_withdraw_a_certificate_and_it_stays_on_file(
    app: Flask, office: Office, town: small.Town
) -> None:
    key = _certified(town)
    director, scrutineer = desk(app, office, Role.DIRECTOR), desk(app, office, Role.SCRUTINEER)
    path = f"/rounds/{key}/withdrawal"
    director.get(path)
    director.post(path, {"reason": "", "reference": ""}, status=422)
    director.get(path)
    director.post(path, ASKED)
    assert 'name="answer"' not in text_of(director.get(path))
    page = text_of(scrutineer.get(path))
    assert ("漏数10票" in page, 'name="answer"' in page) == (True, True)
    scrutineer.post(f"{path}/answer", {"note": "已核对"}, status=422)
    scrutineer.get(path)
    scrutineer.post(f"{path}/answer", {"answer": "grant", "note": "与纸面核对属实"})
    assert db.session.scalars(select(Result)).all() == []
    assert "原结果确认：" in text_of(scrutineer.get(path))
    assert 'name="digest"' in text_of(director.get(f"/rounds/{key}/result"))
    assert verify(db.session()) == []


def test_a_declined_withdrawal_changes_nothing(
    app: Flask, office: Office, town: small.Town
) -> None:
    key = _certified(town)
    director, scrutineer = desk(app, office, Role.DIRECTOR), desk(app, office, Role.SCRUTINEER)
    path = f"/rounds/{key}/withdrawal"
    director.get(path)
    director.post(path, ASKED)
    scrutineer.get(path)
    scrutineer.post(f"{path}/answer", {"answer": "decline", "note": "纸面与确认的数字一致"})
    assert len(db.session.scalars(select(Result)).all()) == 1
    assert [row.state.value for row in db.session.scalars(select(Withdrawal))] == ["declined"]


def _settled_town(town: small.Town) -> int:
    """Every district of the town certified; the id of its congress."""
    small.certify_whole(town)
    return congress_of(town.election_id, Level.TOWN).id


def test_a_waiting_withdrawal_stands_on_the_publication_desk_and_holds_it_up(
    app: Flask, office: Office, town: small.Town
) -> None:
    _settled_town(town)
    publisher = desk(app, office, Role.PUBLISHER)
    path = f"/elections/{town.election_id}/publication"
    said = "镇级第2选区：撤销第一次投票结果确认的申请正在等待监票人决定，决定前不能公布。"
    clear = text_of(publisher.get(path))
    ask(town, 2)
    held_up = text_of(publisher.get(path))
    decide(town, 2, granted=False)
    declined = text_of(publisher.get(path))
    assert [said in page for page in (clear, held_up, declined)] == [False, True, False]
    assert [f"{path}/new" in page for page in (clear, held_up, declined)] == [True, False, True]


def test_visitors_read_that_a_correction_is_under_way_and_no_figure_of_it(
    app: Flask, office: Office, town: small.Town
) -> None:
    key = _settled_town(town)
    publish_these(office, (key,), at=AT - timedelta(days=1))
    said = "正在更正：第2选区的结果确认已经撤销。"
    visitor = StrictClient(app, office)

    def read() -> tuple[bytes, ...]:
        pages = ("", "/candidates", "/districts/town-2", "/v1")
        return tuple(visitor.get(f"/results/{key}{page}").data for page in pages)

    before = read()
    ask(town, 2)
    assert read() == before
    decide(town, 2)
    corrected = read()
    assert [said in page.decode() for page in (*before, *corrected)] == [False] * 4 + [True] * 4
    with transaction() as session:
        sheet = counting.locked(session, town.sheet(2, "S02").id)
        counting.reopen(Act(session, town.actor(Role.DIRECTOR), AT), sheet, reason="漏数")
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 110, ids["赵五"]: 180})
    for which in (0, 1):
        small.enter(town, town.sheet(2, "S02").id, figures, which, confirmed=True)
    small.sign(town, town.sheet(2, "S02").id)
    small.certify(town, 2)
    assert read() == corrected
    publish_these(office, (key,), reason="更正第2选区计票", at=AT + timedelta(days=1))
    assert [said in page.decode() for page in read()] == [False] * 4


def test_a_certificate_followed_by_a_count_says_what_to_do_instead(
    app: Flask, office: Office, town: small.Town
) -> None:
    """R.636: the law and the higher office, on the page, before anybody fills in a form."""
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    small.open_next(town, 2, day=date(2021, 12, 20))
    path, ids = f"/rounds/{town.round(2).id}/withdrawal", town.ids(2, 2)
    director = desk(app, office, Role.DIRECTOR)
    before = text_of(director.get(path))
    small.count(town, town.sheet(2, "S02", 2).id, small.paper({ids["李四"]: 180, ids["赵五"]: 110}))
    after = text_of(director.get(path))
    seen = [
        ("R.636" in page, "镇级代表选举报县人大常委会" not in page, 'name="reference"' in page)
        for page in (before, after)
    ]
    assert seen == [(False, True, True), (True, False, False)]


def test_a_write_in_is_identified_on_the_page_of_the_result(
    app: Flask, office: Office, town: small.Town
) -> None:
    """马六 stands in district 3, is elected there, and is written in in district 2."""
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    small.certify(town, 3)
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 80, ids["赵五"]: 40}, writeins={"马六": 160})
    small.count(town, town.sheet(2, "S02").id, figures)
    director, key = desk(app, office, Role.DIRECTOR), town.round(2).id
    page = text_of(director.get(f"/rounds/{key}/result"))
    assert "A.629" in page
    form = {"digest": hidden(page, "digest"), "decision": "选委会〔2021〕20号"}
    same = {"same-0": f"town-3/{town.ids(3)['马六']}"}
    steps = ({}, {"identity-0": "选民名册核对"}, same, {"keeps-0": "there"})
    for number, (more, code) in enumerate(
        zip(steps, ("R.628", "R.630", "R.631", None), strict=True)
    ):
        form |= {**more, "op": f"op{number}"}
        answer = director.post(f"/rounds/{key}/certify", form, status=422 if code else 303)
        assert code is None or code in text_of(answer)
    result = db.session.scalars(select(Result).where(Result.round_id == key)).one()
    assert result.outcome_json["persons"]["write-in:马六"] == {
        "identity": "选民名册核对",
        "same_as": same["same-0"],
        "keeps": "there",
    }


def test_a_write_in_who_is_to_stand_is_identified_first(
    app: Flask, office: Office, town: small.Town
) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"马六": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    small.certify(town, 2, decision="选委会〔2021〕9号")
    director, path = desk(app, office, Role.DIRECTOR), f"/rounds/{town.round(2).id}/next"
    assert "A.629" in text_of(director.get(path))
    form = {"polling_day": "2021-12-20", "decision": "选委会〔2021〕9号"}
    form |= {"stand-0": "y", "stand-1": "y"}
    assert "R.628" in text_of(director.post(path, form | {"op": "a"}, status=422))
    form |= {"identity-1": "选民名册核对", "same-1": "another"}
    director.post(path, form | {"op": "b"})
    assert {row.candidacy.person.name for row in town.round(2, 2).candidates} == {"李四", "马六"}


SEE = {Role.DIRECTOR, Role.SCRUTINEER, Role.PUBLISHER, Role.AUDITOR}
ROUTES = {
    "GET /rounds/{r}/withdrawal": SEE,
    "POST /rounds/{r}/withdrawal": {Role.DIRECTOR},
    "POST /rounds/{r}/withdrawal/answer": {Role.SCRUTINEER},
}


def test_each_route_is_open_to_its_roles_and_closed_to_all_others(
    app: Flask, office: Office, town: small.Town
) -> None:
    names = {"r": town.round(2).id}
    other = found_office(code="330225104", name="石浦镇")
    for role in Role:
        browser, stranger = desk(app, office, role), StrictClient(app, other).sign_in(role)
        for route, roles in ROUTES.items():
            method, path = route.split()
            answer = browser.http.open(path.format(**names), method=method)
            assert (answer.status_code == 403) == (role not in roles), (role, route)
            assert answer.status_code < 500
            foreign = stranger.http.open(path.format(**names), method=method)
            assert foreign.status_code == (404 if role in roles else 403), (role, route)


def test_the_pages_of_a_correction_speak_english_too(
    app: Flask, office: Office, town: small.Town
) -> None:
    key = _certified(town)
    director, scrutineer = desk(app, office, Role.DIRECTOR), desk(app, office, Role.SCRUTINEER)
    names = set("李四赵五2号点村鹤浦镇年换届选举中文选办管理员abc")
    for browser in (director, scrutineer):
        browser.language = "en"
    refresh()
    director.get(f"/rounds/{key}/withdrawal")
    director.post(f"/rounds/{key}/withdrawal", {"reason": "wrong", "reference": "7"})
    for browser in (director, scrutineer):
        page = text_of(browser.get(f"/rounds/{key}/withdrawal"))
        assert set(re.findall("[\u4e00-\u9fff]", page)) - names == set()
