"""Sheets on their pages: two tellers enter, a scrutineer signs."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions.act import Act
from election.database import db
from election.models import Entry
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.actions.candidates.test_fallen import fall
from tests.builders import Office
from tests.web.counting.sheets import _differ, _right, _sign, _state
from tests.web.desks import account_fields, desk, hidden, queries_of, text_of, typed


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


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
    for bad in ("约12", "3.0", "1e9", "-1", "12 3"):
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


def test_one_entry_loads_its_sheet_once(app: Flask, office: Office, town: small.Town) -> None:
    """Who is signed in, the repeat, the sheet and what lies on it, the entry, the record."""
    sheet_id, figures = _right(town)
    teller = desk(app, office, Role.TELLER)
    fields = typed(figures) | {"op": "once"}
    sent = queries_of(lambda: teller.post(f"/sheets/{sheet_id}/entry", fields))
    assert sent <= 18


def test_what_was_stored_is_named_and_the_next_sheet_of_the_place_follows(
    app: Flask, office: Office, town: small.Town
) -> None:
    sheet_id, figures = _right(town)
    teller = desk(app, office, Role.TELLER)
    stored = teller.post(f"/sheets/{sheet_id}/entry", typed(figures) | {"op": "first"})
    work, _, after = stored.location.partition("?after=")
    opened = teller.get(work, status=303, after=after)
    county = town.sheet(0, "S02").id
    assert opened.location.endswith(f"/sheets/{county}/entry")
    page = text_of(teller.get(opened.location))
    assert "已存：S02" in page
    assert "计票单T02-1-S02（第一次投票），第1次录入" in page
    repeated = teller.post(f"/sheets/{sheet_id}/entry", typed(figures) | {"op": "first"})
    assert repeated.location == stored.location


def test_a_code_without_separators_opens_its_sheet_and_a_wrong_one_is_selected(
    app: Flask, office: Office, town: small.Town
) -> None:
    work = f"/elections/{town.election_id}/counting/work"
    teller = desk(app, office, Role.TELLER)
    sheet = town.sheet(2, "S02").id
    for code in ("T02-1-S02", "t021s02", "t21s02", "town2s02", "Ｔ２S02", "镇2S02"):
        assert teller.get(work, status=303, code=code).location.endswith(f"/sheets/{sheet}/entry")
    page = text_of(teller.get(work, code="t9s9"))
    assert "t9s9" in page
    assert 'value="t9s9"' in page
    assert "data-retype" in page
    assert "data-retype" not in text_of(teller.get(work))


def test_what_happened_to_a_sheet_stands_in_the_order_of_time(
    app: Flask, office: Office, town: small.Town
) -> None:
    """A note between two generations of entries stands between them."""
    sheet_id, figures = _right(town)
    small.keep(town, sheet_id, figures)
    for which in (0, 1):
        small.enter(town, sheet_id, figures, which)
    scrutineer = _sign(app, office, sheet_id)
    director = desk(app, office, Role.DIRECTOR)
    version = hidden(text_of(director.get(f"/sheets/{sheet_id}")), "version")
    director.post(f"/sheets/{sheet_id}/reopen", {"version": version, "reason": "复查"})
    for which in (0, 1):
        small.enter(town, sheet_id, figures, which)
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}"))
    times = re.findall(r'<li data-at="([^"]+)"', page)
    assert len(times) == 5
    assert times == sorted(times)
