"""Differences settled on the page, accounts, the wall, and who may open what."""

import pytest
from flask import Flask
from sqlalchemy import select

from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Official
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.web.counting.sheets import _differ, _right, _sign, _state
from tests.web.desks import account_fields, desk, hidden, queries_of, text_of, typed


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def test_a_person_of_two_roles_sees_no_entry_before_making_their_own(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, _, _ = _differ(app, office, town)
    both = office.of(Role.TELLER, 1)
    with small.transaction() as session:
        row = session.get_one(Official, both.id)
        row.roles = ["scrutineer", "teller"]
        small._act(session, office)
    page = StrictClient(app, office).sign_in(Role.TELLER, 1)
    assert "87,654" not in text_of(page.get(f"/sheets/{sheet_id}"))
    assert "87,654" not in text_of(page.get(f"/sheets/{sheet_id}/compare"))
    assert "87,654" not in text_of(page.get(f"/sheets/{sheet_id}/sign"))


def test_a_third_person_settles_the_difference_by_choosing_sides(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures, _ = _differ(app, office, town)
    item = f"for:{town.ids(2)['赵五']}"
    desk(app, office, Role.TELLER, 1).post(f"/sheets/{sheet_id}/entry", typed(figures))
    scrutineer = desk(app, office, Role.SCRUTINEER)
    version = hidden(text_of(scrutineer.get(f"/sheets/{sheet_id}/compare")), "version")
    choice = {f"side-{item}": "2", "version": version}
    scrutineer.post(f"/sheets/{sheet_id}/resolve", choice | {"reason": ""}, status=422)
    scrutineer.post(f"/sheets/{sheet_id}/resolve", choice | {"reason": "纸面110"})
    assert town.sheet(2, "S02").figures == figures
    scrutineer.post(
        f"/sheets/{sheet_id}/resolve", choice | {"reason": "再来", "op": "late"}, status=409
    )


def test_a_forged_digest_signs_nothing(app: Flask, office: Office, town: small.Town) -> None:
    sheet_id, figures = _right(town)
    small.keep(town, sheet_id, figures)
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    scrutineer = desk(app, office, Role.SCRUTINEER)
    page = scrutineer.post(f"/sheets/{sheet_id}/sign", {"digest": "0" * 64}, status=422)
    assert "R.385" in text_of(page)
    assert _state(town) is SheetState.AGREED


def test_warnings_are_explained_on_the_form(app: Flask, office: Office, town: small.Town) -> None:
    ids = town.ids(2)
    sheet_id = town.sheet(2, "S02").id
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 100}, void=12)
    small.keep(town, sheet_id, figures)
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    scrutineer = desk(app, office, Role.SCRUTINEER)
    digest = hidden(text_of(scrutineer.get(f"/sheets/{sheet_id}/sign")), "digest")
    scrutineer.post(f"/sheets/{sheet_id}/sign", {"digest": digest}, status=422)
    _sign(app, office, sheet_id, **{"answer-W.342:void+returned": "雨天，划票不清"})
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}"))
    assert "雨天，划票不清" in page


def test_the_director_opens_a_signed_sheet_again_with_a_reason(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    small.count(town, sheet_id, figures)
    director = desk(app, office, Role.DIRECTOR)
    version = hidden(text_of(director.get(f"/sheets/{sheet_id}")), "version")
    form = {"version": version, "reason": ""}
    director.post(f"/sheets/{sheet_id}/reopen", form | {"op": "a"}, status=422)
    director.post(f"/sheets/{sheet_id}/reopen", form | {"op": "b", "reason": "漏数一捆"})
    assert _state(town) is SheetState.AWAITING_FIRST
    assert "漏数一捆" in text_of(director.get(f"/sheets/{sheet_id}"))
    assert verify(db.session()) == []


def test_a_ballot_account_is_kept_for_both_congresses_at_once(
    app: Flask, office: Office, town: small.Town
) -> None:
    place, figures = town.places["S02"], small.paper({})
    keys = [town.sheet(2, "S02").id, town.sheet(0, "S02").id]
    station = desk(app, office, Role.STATION_OFFICER)
    fields = {k: v for key in keys for k, v in account_fields(town, key, figures).items()}
    bad = fields | {f"account-{keys[0]}-proxy": "", f"account-{keys[1]}-printed": "1e3"}
    page = text_of(station.post(f"/places/{place}/ballot-account", bad, status=422))
    assert page.count("is-invalid") == 2
    station.post(f"/places/{place}/ballot-account", fields)
    assert [db.session.get_one(CountSheet, key).account.checked_in for key in keys] == [290, 290]
    station.post(f"/places/{place}/ballot-account", fields | {"op": "stale"}, status=409)
    assert verify(db.session()) == []


def test_figures_for_a_sheet_signed_meanwhile_are_refused_and_nothing_is_stored(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    other = town.sheet(0, "S02").id
    small.count(town, sheet_id, figures)
    fields = {
        k: v for key in (sheet_id, other) for k, v in account_fields(town, key, figures).items()
    }
    station, address = (
        desk(app, office, Role.STATION_OFFICER),
        f"/places/{town.places['S02']}/ballot-account",
    )
    assert "R.524" in text_of(station.post(address, fields, status=422))
    db.session.expire_all()
    assert db.session.get_one(CountSheet, other).account is None
    station.post(address, account_fields(town, other, figures))
    db.session.expire_all()
    assert db.session.get_one(CountSheet, other).account.checked_in == figures["issued"] - 10


def test_the_wall_renews_itself_and_shows_states_only(
    app: Flask, office: Office, town: small.Town
) -> None:
    _differ(app, office, town)
    page = desk(app, office, Role.AUDITOR).get(f"/elections/{town.election_id}/counting/wall")
    assert page.headers["Refresh"] == "20"
    assert "87654" not in text_of(page).replace(",", "")


ROUTES = {
    "GET /elections/{e}/counting/work": {Role.TELLER},
    "GET /sheets/{s}/entry": {Role.TELLER},
    "POST /sheets/{s}/entry": {Role.TELLER},
    "POST /sheets/{s}/correction": {Role.TELLER},
    "GET /sheets/{s}/differing": {Role.TELLER},
    "GET /elections/{e}/counting/desk": {Role.SCRUTINEER},
    "GET /sheets/{s}/compare": {Role.SCRUTINEER},
    "GET /sheets/{s}/sign": {Role.SCRUTINEER},
    "POST /sheets/{s}/sign": {Role.SCRUTINEER},
    "POST /sheets/{s}/send-back": {Role.SCRUTINEER},
    "POST /sheets/{s}/resolve": {Role.SCRUTINEER},
    "POST /sheets/{s}/return": {Role.SCRUTINEER},
    "POST /sheets/{s}/reopen": {Role.DIRECTOR},
    "GET /sheets/{s}": {Role.DIRECTOR, Role.SCRUTINEER, Role.PUBLISHER, Role.AUDITOR},
    "GET /elections/{e}/counting/accounts": {Role.STATION_OFFICER},
    "GET /places/{p}/ballot-account": {Role.STATION_OFFICER},
    "GET /elections/{e}/counting": set(Role),
    "GET /elections/{e}/counting/wall": set(Role),
}


def test_each_route_is_open_to_its_roles_and_closed_to_all_others(
    app: Flask, office: Office, town: small.Town
) -> None:
    names = {"e": town.election_id, "s": town.sheet(2, "S02").id, "p": town.places["S02"]}
    for role in Role:
        browser = desk(app, office, role)
        for route, roles in ROUTES.items():
            method, path = route.split()
            answer = browser.http.open(path.format(**names), method=method)
            assert (answer.status_code == 403) == (role not in roles), (role, route)
            assert answer.status_code < 500


def test_the_sheets_of_another_town_do_not_exist(
    app: Flask, office: Office, town: small.Town
) -> None:
    other = found_office(code="330225104", name="石浦镇")
    names = {"e": town.election_id, "s": town.sheet(2, "S02").id, "p": town.places["S02"]}
    browsers = {role: StrictClient(app, other).sign_in(role) for role in Role}
    for route, roles in ROUTES.items():
        method, path = route.split()
        answer = browsers[min(roles)].http.open(path.format(**names), method=method)
        assert answer.status_code == 404, route


def test_lists_ask_the_same_number_of_questions_for_few_and_many_sheets(
    app: Flask, office: Office, town: small.Town
) -> None:
    few = small.build(office)
    with small.transaction() as session:
        election = session.get_one(small.Election, few.election_id)
        election.phase = small.Phase.COUNTING
        for place in session.scalars(
            select(small.PollingPlace).where(
                small.PollingPlace.election_id == few.election_id, small.PollingPlace.code != "S01"
            )
        ):
            session.delete(place)
        session.flush()
        small.counting.open_first_rounds(
            Act(session, town.actor(Role.DIRECTOR), small.AT), election
        )
    for role, page in (
        (Role.TELLER, "counting/work"),
        (Role.SCRUTINEER, "counting/desk"),
        (Role.STATION_OFFICER, "counting/accounts"),
        (Role.AUDITOR, "counting"),
        (Role.AUDITOR, "counting/wall"),
        (Role.AUDITOR, "results"),
    ):
        browser = desk(app, office, role)
        asked = [
            queries_of(lambda e=e, b=browser, p=page: b.get(f"/elections/{e}/{p}"))
            for e in (few.election_id, town.election_id)
        ]
        assert asked[0] == asked[1], (page, asked)
