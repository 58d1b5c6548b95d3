"""The count through the browser: three people, one sheet; no page tells what another entered."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Entry, Official
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.actions.candidates.test_fallen import fall
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.web.desks import account_fields, desk, hidden, queries_of, text_of, typed


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def _right(town: small.Town) -> tuple[int, dict[str, int]]:
    ids = town.ids(2)
    return town.sheet(2, "S02").id, small.paper({ids["李四"]: 180, ids["赵五"]: 110})


def _state(town: small.Town) -> SheetState:
    return town.sheet(2, "S02").state


def _sign(app: Flask, office: Office, sheet_id: int, **answers: str) -> StrictClient:
    scrutineer = desk(app, office, Role.SCRUTINEER)
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}/sign"))
    scrutineer.post(f"/sheets/{sheet_id}/sign", {"digest": hidden(page, "digest"), **answers})
    return scrutineer


def test_two_tellers_and_a_scrutineer_count_one_sheet(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    station = desk(app, office, Role.STATION_OFFICER)
    station.get(f"/elections/{town.election_id}/counting/accounts")
    place = town.places["S02"]
    station.get(f"/places/{place}/ballot-account")
    station.post(f"/places/{place}/ballot-account", account_fields(town, sheet_id, figures))
    for which in (0, 1):
        teller = desk(app, office, Role.TELLER, which)
        opened = teller.get(
            f"/elections/{town.election_id}/counting/work", status=303, code="t02 1 s02"
        )
        assert opened.location.endswith(f"/sheets/{sheet_id}/entry")
        teller.get(f"/sheets/{sheet_id}/entry")
        teller.post(f"/sheets/{sheet_id}/entry", typed(figures))
    scrutineer = _sign(app, office, sheet_id)
    assert _state(town) is SheetState.SIGNED
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}"))
    assert "写在纸质计票单上的校验码" in page or "Check code to write on the paper" in page
    assert verify(db.session()) == []


def test_findings_are_shown_without_saying_how_to_make_it_right_and_may_be_confirmed(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    ids = town.ids(2)
    wrong = figures | {f"for:{ids['李四']}": 181}
    teller = desk(app, office, Role.TELLER)
    page = text_of(teller.post(f"/sheets/{sheet_id}/entry", typed(wrong), status=422))
    assert "E.315" in page
    assert hidden(page, "shown") == "E.315"
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0
    blind = typed(wrong | {"issued": 299}, confirmed="y", shown="E.315")
    teller.post(f"/sheets/{sheet_id}/entry", blind, status=422)  # another finding is not shown yet
    teller.post(f"/sheets/{sheet_id}/entry", typed(wrong, confirmed="y", shown="E.315"))
    assert _state(town) is SheetState.AWAITING_SECOND


def test_a_teller_is_told_whose_votes_are_not_counted(
    app: Flask, office: Office, town: small.Town
) -> None:
    """R5.20: the ballots bear a name the sheet has no line for."""
    fall(town, "王二")
    teller = desk(app, office, Role.TELLER)
    pages = [
        text_of(teller.get(f"/sheets/{town.sheet(n, place).id}/entry"))
        for n, place in ((1, "S01"), (2, "S02"))
    ]
    assert ["王二不再参选。选票上仍印有其姓名的" in page for page in pages] == [True, False]


def test_what_is_no_figure_cannot_be_confirmed(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    teller = desk(app, office, Role.TELLER)
    for bad in ("１２", "3.0", "1e9", "-1", "12 3"):
        fields = typed(figures, confirmed="y", shown="E.302,E.301,E.331") | {"figure-issued": bad}
        page = text_of(teller.post(f"/sheets/{sheet_id}/entry", fields, status=422))
        assert "E.302" in page
    lines = {"writein-0-name": "钱多", "writein-0-votes": "", "writein-1-votes": "4"}
    fields = typed(figures, confirmed="y", shown="E.327,E.328") | lines
    page = text_of(teller.post(f"/sheets/{sheet_id}/entry", fields, status=422))
    assert ("E.327" in page, "E.328" in page) == (True, True)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_an_empty_form_is_not_a_sheet_of_zeros(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, _ = _right(town)
    teller = desk(app, office, Role.TELLER)
    page = text_of(teller.post(f"/sheets/{sheet_id}/entry", {}, status=422))
    assert "E.301" in page
    teller.post(f"/sheets/{sheet_id}/entry", {"confirmed": "y", "shown": "E.301"})
    entry = db.session.scalars(select(Entry)).one()
    assert entry.figures == {}


def test_more_write_in_lines_keep_what_was_typed_and_store_nothing(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    fields = typed(figures | {"writein:钱多": 3}, more="y")
    page = text_of(
        desk(app, office, Role.TELLER).post(f"/sheets/{sheet_id}/entry", fields, status=200)
    )
    assert 'value="钱多"' in page
    assert "writein-4-name" in page
    assert _state(town) is SheetState.AWAITING_FIRST


def test_the_same_person_is_refused_the_second_entry_in_a_second_session(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    desk(app, office, Role.TELLER).post(f"/sheets/{sheet_id}/entry", typed(figures))
    again = desk(app, office, Role.TELLER)
    page = text_of(again.post(f"/sheets/{sheet_id}/entry", typed(figures), status=422))
    assert "R.362" in page
    again.get(f"/sheets/{sheet_id}/entry", status=303)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 1


def test_a_repeated_operation_enters_once(app: Flask, office: Office, town: small.Town) -> None:
    sheet_id, figures = _right(town)
    teller = desk(app, office, Role.TELLER)
    answers = {
        teller.post(f"/sheets/{sheet_id}/entry", typed(figures, op="one")).location
        for _ in range(5)
    }
    assert len(answers) == 1
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 1


def _differ(app: Flask, office: Office, town: small.Town) -> tuple[int, dict, dict]:
    """Teller 1 reads 87654 voters where there are 110: a number nobody else would write."""
    sheet_id, figures = _right(town)
    ids = town.ids(2)
    planted = figures | {f"for:{ids['赵五']}": 87654}
    small.keep(town, sheet_id, figures)
    desk(app, office, Role.TELLER, 0).post(
        f"/sheets/{sheet_id}/entry", typed(planted, confirmed="y", shown="E.315,E.316")
    )
    return sheet_id, figures, planted


def test_a_difference_is_sent_back_corrected_and_signed(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures, _ = _differ(app, office, town)
    item = f"for:{town.ids(2)['赵五']}"
    second = desk(app, office, Role.TELLER, 1)
    told = second.post(f"/sheets/{sheet_id}/entry", typed(figures))
    assert told.location.endswith(f"/sheets/{sheet_id}/differing")
    assert "赵五" in text_of(second.get(f"/sheets/{sheet_id}/differing"))
    scrutineer = desk(app, office, Role.SCRUTINEER)
    scrutineer.get(f"/elections/{town.election_id}/counting/desk")
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}/compare"))
    assert ("87,654" in page, "110" in page) == (True, True)
    version = hidden(page, "version")
    scrutineer.post(f"/sheets/{sheet_id}/send-back", {"slot-1": "y", "version": version})
    first = desk(app, office, Role.TELLER, 0)
    first.get(f"/elections/{town.election_id}/counting/work")
    page = text_of(first.get(f"/sheets/{sheet_id}/correction"))
    assert f"figure-{item}" in page
    assert "figure-issued" not in page
    first.post(f"/sheets/{sheet_id}/correction", {f"figure-{item}": "110"})
    assert town.sheet(2, "S02").figures == figures
    _sign(app, office, sheet_id)
    assert _state(town) is SheetState.SIGNED
    assert verify(db.session()) == []


def test_no_page_of_a_teller_holds_a_figure_of_the_other_entry(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures, _ = _differ(app, office, town)
    second = desk(app, office, Role.TELLER, 1)
    pages = [
        second.get(f"/sheets/{sheet_id}/entry"),
        second.get(f"/elections/{town.election_id}/counting/work"),
        second.get(f"/elections/{town.election_id}/counting"),
        second.get(f"/elections/{town.election_id}/counting/wall"),
        second.post(f"/sheets/{sheet_id}/entry", typed(figures | {"void": 9}), status=422),
        second.get(f"/elections/{town.election_id}/results"),
    ]
    second.post(f"/sheets/{sheet_id}/entry", typed(figures))
    with small.transaction() as session:
        sheet = small.counting.locked(session, sheet_id)
        small.counting.send_back(
            Act(session, town.actor(Role.SCRUTINEER), small.AT), sheet, slots=[2]
        )
    pages += [
        second.get(f"/sheets/{sheet_id}/differing"),
        second.get(f"/sheets/{sheet_id}/correction"),
        second.get(f"/elections/{town.election_id}/counting/work"),
    ]
    for page in pages:
        assert not {"87654", "87,654"} & set(text_of(page).replace('"', " ").split())
        assert "87654" not in text_of(page).replace(",", "")
    second.get(f"/sheets/{sheet_id}", status=403)
    second.get(f"/sheets/{sheet_id}/compare", status=403)


def test_a_written_in_name_of_the_other_entry_is_not_told(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    desk(app, office, Role.TELLER, 0).post(
        f"/sheets/{sheet_id}/entry", typed(figures | {"writein:诸葛": 3})
    )
    second = desk(app, office, Role.TELLER, 1)
    second.post(f"/sheets/{sheet_id}/entry", typed(figures | {"writein:诸各": 3}))
    page = text_of(second.get(f"/sheets/{sheet_id}/differing"))
    assert ("诸葛" in page, "诸各" in page) == (False, True)


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
