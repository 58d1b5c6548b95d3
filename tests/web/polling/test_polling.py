"""Polling places through the browser, and the voters of each district."""

import pytest
from flask import Flask
from sqlalchemy import select

from election.database import db, transaction
from election.models import District, Election, PlaceKind, PollingPlace
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.elections.phases import Phase
from tests.actions import small_town as small
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.web.desks import desk, hidden, queries_of, text_of


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.build(office)


@pytest.fixture
def registrar(app: Flask, office: Office) -> StrictClient:
    return desk(app, office, Role.REGISTRAR)


def _places(town: small.Town) -> dict[str, PollingPlace]:
    db.session.expire_all()
    rows = db.session.scalars(
        select(PollingPlace).where(PollingPlace.election_id == town.election_id)
    )
    return {row.code: row for row in rows}


def _serves(place: PollingPlace) -> list[str]:
    return sorted(row.district.code for row in place.districts)


def _form(here: small.Town, **more: str) -> dict[str, str]:
    return {
        "code": "m02",
        "name": "北岙流动票箱",
        "kind": "mobile_box",
        "address": "北岙",
        "staff": "1",
        "scrutineers": "1",
        "town": str(here.districts[2]),
        "county": "follow",
        "version": "0",
        **more,
    }


def test_a_new_place_serves_its_town_district_and_the_county_district_around_it(
    registrar: StrictClient, town: small.Town
) -> None:
    registrar.get(f"/elections/{town.election_id}/polling/new")
    registrar.post(f"/elections/{town.election_id}/polling/new", _form(town))
    place = _places(town)["M02"]
    assert (place.kind, _serves(place)) == (PlaceKind.MOBILE_BOX, ["county-1", "town-2"])
    assert verify(db.session()) == []


def test_a_mobile_box_with_one_scrutineer_is_a_finding(
    registrar: StrictClient, town: small.Town
) -> None:
    """EX-25."""
    registrar.post(f"/elections/{town.election_id}/polling/new", _form(town))
    page = text_of(registrar.get(f"/elections/{town.election_id}/polling"))
    assert ("E.501" in page, "E.502" in page) == (True, True)


def test_a_place_may_serve_the_county_only_or_another_county_district_by_choice(
    registrar: StrictClient, town: small.Town
) -> None:
    only = _form(town, code="E01", town="none", county=str(town.districts[0]))
    registrar.post(f"/elections/{town.election_id}/polling/new", only)
    none = _form(town, code="E02", county="none")
    registrar.post(f"/elections/{town.election_id}/polling/new", none)
    places = _places(town)
    assert _serves(places["E01"]) == ["county-1"]
    assert _serves(places["E02"]) == ["town-2"]


def test_a_code_is_given_once(registrar: StrictClient, town: small.Town) -> None:
    taken = _form(town, code="S01")
    page = registrar.post(f"/elections/{town.election_id}/polling/new", taken, status=422)
    assert "R.522" in text_of(page)
    bad = _form(town, code="投票站1")
    registrar.post(f"/elections/{town.election_id}/polling/new", bad, status=422)
    odd = _form(town, staff="二")
    registrar.post(f"/elections/{town.election_id}/polling/new", odd, status=422)
    assert sorted(_places(town)) == ["M01", "S01", "S02", "S03"]


def test_a_district_of_another_election_is_refused(
    registrar: StrictClient, town: small.Town
) -> None:
    other = small.build(town.office)
    form = _form(town, town=str(other.districts[1]))
    registrar.post(f"/elections/{town.election_id}/polling/new", form, status=422)
    assert "M02" not in _places(town)


def test_many_places_are_added_together(registrar: StrictClient, town: small.Town) -> None:
    lines = (
        "A1\t大塘村投票站\t投票站\t1\t\t大塘村部，一楼\t4\t2\n"
        "\n"
        "A2\t敬老院流动票箱\t流动票箱\t2\t1\t\t2\t2\n"
        "A3\t选举大会\tmeeting\t\t\t\t\t\n"
    )
    registrar.get(f"/elections/{town.election_id}/polling/many")
    registrar.post(f"/elections/{town.election_id}/polling/many", {"lines": lines})
    places = _places(town)
    assert [(places[c].kind.value, _serves(places[c])) for c in ("A1", "A2", "A3")] == [
        ("station", ["county-1", "town-1"]),
        ("mobile_box", ["county-1", "town-2"]),
        ("meeting", []),
    ]
    assert places["A1"].address == "大塘村部，一楼"
    assert verify(db.session()) == []


def test_one_bad_line_stores_nothing_and_every_fault_is_named(
    registrar: StrictClient, town: small.Town
) -> None:
    lines = "A1,好,投票站,1\nS01,重,投票站,1\n甲,,帐篷,99,x,,二,两\nA1,again,,1"
    page = registrar.post(
        f"/elections/{town.election_id}/polling/many", {"lines": lines}, status=422
    )
    codes = ("E.511", "E.512", "E.513", "E.514", "E.515", "E.516")
    assert {code: text_of(page).count(code) for code in codes} == {
        "E.511": 1,
        "E.512": 2,
        "E.513": 1,
        "E.514": 2,
        "E.515": 2,
        "E.516": 1,
    }
    assert "A1" not in _places(town)


def test_one_station_is_made_for_every_district_without_a_place(
    registrar: StrictClient, town: small.Town
) -> None:
    for code in ("S02", "S03"):
        row = _places(town)[code]
        registrar.post(f"/places/{row.id}/remove", {"version": row.version, "op": code})
    registrar.post(f"/elections/{town.election_id}/polling/stations")
    places = _places(town)
    assert {code: _serves(row) for code, row in places.items() if code > "S01"} == {
        "S02": ["county-1", "town-2"],
        "S03": ["county-1", "town-3"],
    }


def test_a_place_is_changed_from_the_version_that_was_seen(
    registrar: StrictClient, town: small.Town
) -> None:
    key = town.places["S02"]
    version = hidden(text_of(registrar.get(f"/places/{key}")), "version")
    form = _form(town, code="S02", kind="station", town=str(town.districts[3]), version=version)
    registrar.post(f"/places/{key}", form | {"op": "a"})
    assert _serves(_places(town)["S02"]) == ["county-1", "town-3"]
    registrar.post(f"/places/{key}", form | {"op": "b", "name": "另一名称"}, status=409)
    assert verify(db.session()) == []


def test_places_do_not_change_while_votes_are_counted(
    registrar: StrictClient, office: Office
) -> None:
    town = small.counting_town(office)
    key = town.places["S02"]
    row = db.session.get_one(PollingPlace, key)
    form = {"version": row.version}
    page = registrar.post(f"/places/{key}/remove", form | {"op": "a"}, status=422)
    assert "R.151" in text_of(page)
    registrar.post(f"/places/{key}", _form(town, version=str(row.version)), status=422)


def test_a_place_with_a_ballot_account_is_never_removed(
    registrar: StrictClient, office: Office
) -> None:
    """T7: even when the phase was moved back, what is on record stays."""
    town = small.counting_town(office)
    small.keep(town, town.sheet(2, "S02").id, small.paper({}))
    with transaction() as session:
        session.get_one(Election, town.election_id).phase = Phase.POLLING
        small._act(session, office)
    used, unused = town.places["S02"], town.places["S03"]
    for key, op in ((used, "a"), (unused, "b")):
        version = db.session.get_one(PollingPlace, key).version
        status = 422 if key == used else 303
        form = {"version": version, "op": op}
        registrar.post(f"/places/{key}/remove", form, status=status)
    assert sorted(_places(town)) == ["M01", "S01", "S02"]
    assert verify(db.session()) == []


def test_the_voters_of_each_district_are_stored_and_unknown_stays_unknown(
    registrar: StrictClient, office: Office
) -> None:
    town = small.build(office, registered=None)
    path = f"/elections/{town.election_id}/polling/registered"
    registrar.get(path)
    rows = {n: db.session.get_one(District, key) for n, key in town.districts.items()}
    seen = {f"seen-{row.id}": row.version for row in rows.values()}
    typed = {f"registered-{rows[n].id}": text for n, text in ((0, "2310"), (1, "0"), (2, ""))}
    wrong = typed | {f"registered-{rows[1].id}": "1,024"}
    registrar.post(path, wrong | seen, status=422)
    registrar.post(path, typed | seen | {"op": "a"})
    db.session.expire_all()
    assert [rows[n].registered for n in (0, 1, 2, 3)] == [2310, 0, None, None]
    registrar.post(path, typed | seen | {"op": "b"}, status=409)
    assert verify(db.session()) == []


def test_blank_sheets_are_printed_for_a_place_a_district_and_all(
    registrar: StrictClient, town: small.Town
) -> None:
    for path in (
        f"/elections/{town.election_id}/polling/count-sheets.pdf",
        f"/places/{town.places['S01']}/count-sheets.pdf",
        f"/districts/{town.districts[1]}/count-sheets.pdf",
    ):
        answer = registrar.get(path)
        assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")


EDIT = {Role.DIRECTOR, Role.REGISTRAR}
ROUTES = {
    "GET /elections/{e}/polling": set(Role),
    "GET /elections/{e}/polling/new": EDIT,
    "GET /elections/{e}/polling/many": EDIT,
    "POST /elections/{e}/polling/stations": EDIT,
    "GET /elections/{e}/polling/registered": EDIT,
    "GET /places/{p}": EDIT,
    "POST /places/{p}/remove": EDIT,
}


def test_each_route_is_open_to_its_roles_and_closed_to_all_others(
    app: Flask, office: Office, town: small.Town
) -> None:
    names = {"e": town.election_id, "p": town.places["S02"]}
    for role in Role:
        browser = desk(app, office, role)
        for route, roles in ROUTES.items():
            method, path = route.split()
            answer = browser.http.open(path.format(**names), method=method)
            assert (answer.status_code == 403) == (role not in roles), (role, route)
            assert answer.status_code < 500


def test_the_places_of_another_town_do_not_exist(app: Flask, town: small.Town) -> None:
    other = found_office(code="330225104", name="石浦镇")
    browser = StrictClient(app, other).sign_in(Role.DIRECTOR)
    names = {"e": town.election_id, "p": town.places["S02"], "d": town.districts[1]}
    papers = (
        "/elections/{e}/polling/count-sheets.pdf",
        "/places/{p}/count-sheets.pdf",
        "/districts/{d}/count-sheets.pdf",
    )
    for route in (*ROUTES, *(f"GET {path}" for path in papers)):
        method, path = route.split()
        assert browser.http.open(path.format(**names), method=method).status_code == 404, route


def test_the_list_asks_the_same_number_of_questions_for_one_and_many_places(
    registrar: StrictClient, town: small.Town
) -> None:
    path = f"/elections/{town.election_id}/polling"
    few = queries_of(lambda: registrar.get(path))
    lines = "\n".join(f"B{n},第{n}投票站,投票站,{n % 3 + 1}" for n in range(12))
    registrar.post(f"{path}/many", {"lines": lines})
    registrar.get(path)
    assert queries_of(lambda: registrar.get(path)) == few
