"""Results through the browser: why, the certificate, and the rounds that follow."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import refresh
from sqlalchemy import select

from election.clock import today
from election.database import db
from election.models import AuditEntry, Result
from election.queries.audit import verify
from election.queries.counting import record_code
from election.queries.results.outcomes import count_round
from election.rules.access import Role
from tests.actions import small_town as small
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.web.desks import desk, hidden, text_of


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


@pytest.fixture
def director(app: Flask, office: Office) -> StrictClient:
    return desk(app, office, Role.DIRECTOR)


def _certify(director: StrictClient, town: small.Town, district: int, number: int = 1, **more):
    key = town.round(district, number).id
    digest = hidden(text_of(director.get(f"/rounds/{key}/result")), "digest")
    director.post(f"/rounds/{key}/certify", {"digest": digest, **more})
    return key


def _open(director: StrictClient, key: int, status: int = 303, **more: str):
    director.get(f"/rounds/{key}/next")
    form = {"polling_day": "2021-12-20", **more}
    return director.post(f"/rounds/{key}/next", form, status=status)


def test_the_reasons_of_a_result_are_on_its_page_with_every_figure(
    director: StrictClient, town: small.Town
) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    page = text_of(director.get(f"/rounds/{town.round(2).id}/result"))
    for words in (
        "发出选票300张，过半数为151票",
        "《选举法》第四十五条",
        "登记选民400名",
        "119.21%",
    ):
        assert words in page, words


def test_a_round_with_places_missing_shows_sums_and_no_outcome(
    director: StrictClient, town: small.Town
) -> None:
    ids = town.ids(1)
    figures = small.paper({ids["丁一"]: 200, ids["王二"]: 160, ids["张三"]: 90})
    key = town.round(1).id
    assert 'name="digest"' not in text_of(director.get(f"/rounds/{key}/result"))
    small.count(town, town.sheet(1, "S01").id, figures)
    page = text_of(director.get(f"/rounds/{key}/result"))
    assert 'name="digest"' not in page
    assert "R9.1" not in page
    director.post(f"/rounds/{key}/certify", {"digest": "0" * 64}, status=422)
    assert db.session.scalars(select(Result)).all() == []


def test_the_committee_certifies_what_it_saw(
    director: StrictClient, office: Office, town: small.Town
) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    key = town.round(2).id
    stale = director.post(f"/rounds/{key}/certify", {"digest": "0" * 64, "op": "x"}, status=422)
    assert "R.604" in text_of(stale)
    _certify(director, town, 2)
    seal = record_code(db.session(), office.township_id, "result.certify", "town-2-r1")
    assert seal is not None
    assert seal in text_of(director.get(f"/rounds/{key}/result"))
    result = db.session.scalars(select(Result)).one()
    assert result.outcome_json["elected"] == [town.ids(2)["李四"]]
    pdf = director.get(f"/rounds/{key}/record.pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert verify(db.session()) == []


def test_a_tie_goes_to_a_repeat_vote_that_is_counted_the_same_way(
    director: StrictClient, town: small.Town
) -> None:
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 110}, issued=180, void=0, blank=0)
    key = _certify(director, town, 1)
    _open(director, key)
    again = town.round(1, 2)
    director.get(f"/rounds/{again.id}/count-sheets.pdf")
    small.count_whole(town, 1, {"王二": 90, "张三": 80}, number=2, issued=180)
    _certify(director, town, 1, 2)
    page = text_of(director.get(f"/elections/{town.election_id}/results"))
    assert ("丁一" in page, "王二" in page) == (True, True)
    assert verify(db.session()) == []


def test_a_further_election_is_opened_with_the_people_the_committee_decided_on(
    director: StrictClient, town: small.Town
) -> None:
    ids = town.ids(2)
    figures = small.paper({ids["李四"]: 120, ids["赵五"]: 40}, writeins={"钱多": 90})
    small.count(town, town.sheet(2, "S02").id, figures)
    key = _certify(director, town, 2, decision="选委会〔2021〕9号")
    page = text_of(director.get(f"/rounds/{key}/next"))
    assert page.index("李四") < page.index("钱多") < page.index("赵五")
    short = _open(director, key, 422, **{"stand-0": "y", "op": "a"})
    assert "R.615" in text_of(short)
    undecided = _open(director, key, 422, **{"stand-0": "y", "stand-1": "y", "op": "b"})
    assert "R.617" in text_of(undecided)
    chosen = {"stand-0": "y", "stand-1": "y", "decision": "选委会〔2021〕9号"}
    late = _open(director, key, 422, **chosen, polling_day="2022-02-01", op="c")
    assert "W.619" in text_of(late)
    early = _open(director, key, 422, **chosen, polling_day="2021-12-01", op="d", confirmed="y")
    assert "R.618" in text_of(early)
    assert "R.628" in text_of(_open(director, key, 422, **chosen, op="e"))
    chosen["identity-1"] = "选民名册核对"
    _open(director, key, **chosen, op="f")
    names = {row.candidacy.person.name for row in town.round(2, 2).candidates}
    assert names == {"李四", "钱多"}


def test_a_void_election_is_held_again(director: StrictClient, town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    key = _certify(director, town, 2)
    _open(director, key)
    assert town.ids(2, 2) == town.ids(2)
    director.post(f"/rounds/{key}/next", {"polling_day": "2021-12-21", "op": "z"}, status=422)


def test_a_settled_round_has_no_next_one(director: StrictClient, town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    key = _certify(director, town, 2)
    director.get(f"/rounds/{key}/next", status=404)


def test_a_repeated_certificate_is_one(director: StrictClient, town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    key = town.round(2).id
    form = {"digest": count_round(db.session(), town.round(2)).digest, "op": "same"}
    answers = {director.post(f"/rounds/{key}/certify", form).location for _ in range(3)}
    assert len(answers) == 1
    assert len(db.session.scalars(select(Result)).all()) == 1


def test_who_may_not_see_results_sees_progress_without_names(
    app: Flask, office: Office, town: small.Town
) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    page = text_of(desk(app, office, Role.TELLER).get(f"/elections/{town.election_id}/results"))
    assert ("李四" in page, "1/1" in page) == (False, True)


SEE = {Role.DIRECTOR, Role.SCRUTINEER, Role.PUBLISHER, Role.AUDITOR}
ROUTES = {
    "GET /elections/{e}/results": set(Role),
    "GET /rounds/{r}/result": SEE,
    "GET /rounds/{r}/record.pdf": SEE,
    "POST /rounds/{r}/certify": {Role.DIRECTOR},
    "GET /rounds/{r}/next": {Role.DIRECTOR},
    "POST /rounds/{r}/next": {Role.DIRECTOR},
}


def test_each_route_is_open_to_its_roles_and_closed_to_all_others(
    app: Flask, office: Office, town: small.Town
) -> None:
    names = {"e": town.election_id, "r": town.round(2).id}
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


def test_every_page_of_the_count_speaks_english_too(
    app: Flask, office: Office, town: small.Town
) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    done, fresh, round_id = town.sheet(2, "S02").id, town.sheet(3, "S03").id, town.round(2).id
    pages = {
        Role.DIRECTOR: (
            f"/elections/{town.election_id}/polling",
            f"/rounds/{round_id}/result",
            f"/elections/{town.election_id}/results",
            f"/rounds/{round_id}/next",
            f"/sheets/{done}",
            f"/elections/{town.election_id}/counting",
        ),
        Role.TELLER: (f"/elections/{town.election_id}/counting/work", f"/sheets/{fresh}/entry"),
        Role.SCRUTINEER: (f"/sheets/{done}/sign", f"/sheets/{done}/compare"),
    }
    names = set("丁一王二张三李四赵五马六孙七周八郑九号点村鹤浦镇年换届选举中文选办管理员")
    for role, paths in pages.items():
        browser = desk(app, office, role)
        browser.language = "en"
        refresh()  # all requests of a test share one application context
        for path in paths:
            page = text_of(browser.get(path))
            left = set(re.findall("[\u4e00-\u9fff]", page)) - names
            assert left == set(), (path, "".join(sorted(left)))


def test_one_decision_certifies_every_result_without_a_remark(
    director: StrictClient, town: small.Town
) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    key = town.round(2).district.plan.congress_id
    assert f"/congresses/{key}/certify" in text_of(
        director.get(f"/elections/{town.election_id}/results")
    )
    page = text_of(director.get(f"/congresses/{key}/certify"))
    assert ("李四 180" in page, "马六 180" in page) == (True, True)
    seen = {"digest": hidden(page, "digest"), "op": "a"}
    director.post(f"/congresses/{key}/certify", seen | {"reference": "", "day": ""}, status=422)
    decision = {"reference": "选委〔2021〕9号", "day": "2021-12-16", "op": "b"}
    director.post(f"/congresses/{key}/certify", seen | decision)
    results = db.session.scalars(select(Result)).all()
    assert [result.decision for result in results] == ["选委〔2021〕9号 2021-12-16"] * 2
    again = text_of(director.get(f"/congresses/{key}/certify"))
    assert ('name="digest"' in again, "没有可以一并确认的结果" in again) == (False, True)


def test_the_day_of_the_decision_is_a_field(director: StrictClient, town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    key = town.round(2).id
    page = text_of(director.get(f"/rounds/{key}/result"))
    assert f'value="{today().isoformat()}"' in page
    sent = {"digest": hidden(page, "digest"), "decision": "3号"}
    late = (today() + timedelta(days=1)).isoformat()
    for day, words in ((late, "日期不能晚于今天"), ("31.12.2021", "field-error")):
        form = sent | {"day": day, "op": day}
        assert words in text_of(director.post(f"/rounds/{key}/certify", form, status=422))
    voted = town.round(2).polling_day
    before = (voted - timedelta(days=1)).isoformat()
    director.post(f"/rounds/{key}/certify", sent | {"day": before, "op": "before"}, status=422)
    director.post(f"/rounds/{key}/certify", sent | {"day": voted.isoformat(), "op": "right"})
    record = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert record is not None
    assert record.data["decision"] == f"3号 {voted.isoformat()}"
