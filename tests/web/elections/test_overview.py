"""The overview: deadlines against today, one line for one kind of gap, one's own next step."""

from datetime import date

import pytest
from flask import Flask

from election.database import db
from election.models import Election
from election.queries.elections.deadlines import DeadlineState, deadlines
from election.rules.access import Role
from election.rules.elections.phases import Phase
from tests.actions import small_town as small
from tests.builders import Office
from tests.client import StrictClient
from tests.web.desks import desk, text_of
from tests.web.elections.test_phases import publish


def _standings(town: small.Town, today: date) -> dict[str, tuple[DeadlineState, int]]:
    election = db.session.get_one(Election, town.election_id)
    days = deadlines(db.session(), election, today=today)
    return {deadline.key: (deadline.standing, deadline.days) for deadline in days}


def test_a_deadline_is_done_ahead_late_or_over(office: Office) -> None:
    town = small.build(office, phase=Phase.NOMINATION)
    before = _standings(town, date(2021, 11, 26))
    assert before["roll_published"] == (DeadlineState.AHEAD, 0)
    after = _standings(town, date(2021, 11, 30))
    assert after["roll_published"] == (DeadlineState.LATE, -4)
    assert after["nominations_close"] == (DeadlineState.AHEAD, 0)
    assert _standings(town, date(2021, 12, 1))["nominations_close"] == (DeadlineState.OVER, -1)
    publish(office, town)
    assert _standings(town, date(2021, 11, 30))["roll_published"] == (DeadlineState.DONE, -4)


def test_election_day_is_done_when_the_count_is_open(office: Office) -> None:
    town = small.counting_town(office)
    assert _standings(town, date(2021, 12, 20))["election_day"] == (DeadlineState.DONE, -4)


def test_what_many_districts_lack_is_one_line(app: Flask, office: Office) -> None:
    town = small.counting_town(office)
    page = text_of(desk(app, office, Role.DIRECTOR).get(f"/elections/{town.election_id}"))
    assert ("另有3处同样情况" in page, page.count('class="finding finding-error"')) == (True, 1)


@pytest.fixture
def town(office: Office) -> small.Town:
    town = small.counting_town(office)
    ids = town.ids(2)
    sheet = town.sheet(2, "S02").id
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.keep(town, sheet, figures)
    small.enter(town, sheet, figures, 0, confirmed=True)
    small.enter(town, sheet, figures, 1, confirmed=True)
    return town


def test_each_official_is_led_to_what_waits_for_them(
    app: Flask, office: Office, town: small.Town
) -> None:
    here, sheet = f"/elections/{town.election_id}", town.sheet(2, "S02").id
    scrutineer = desk(app, office, Role.SCRUTINEER)
    assert f'href="/sheets/{sheet}/sign"' in text_of(scrutineer.get(here))
    small.sign(town, sheet)
    director = desk(app, office, Role.DIRECTOR)
    assert "1个选区结果待确认" in text_of(director.get(here))
    assert f'href="/sheets/{sheet}/sign"' not in text_of(director.get(here))


@pytest.mark.parametrize(
    ("role", "ending"), [(Role.TELLER, "work"), (Role.SCRUTINEER, "desk"), (Role.DIRECTOR, "")]
)
def test_tellers_and_scrutineers_land_on_their_own_work(
    app: Flask, office: Office, town: small.Town, role: Role, ending: str
) -> None:
    client: StrictClient = desk(app, office, role)
    if not ending:
        client.get("/elections")
        return
    answer = client.get("/elections", status=303)
    assert answer.location == f"/elections/{town.election_id}/counting/{ending}"


def test_who_signed_or_certified_is_led_to_the_next(
    app: Flask, office: Office, town: small.Town
) -> None:
    waiting = town.sheet(2, "S02").id
    small.count_whole(town, 3, {"马六": 180, "孙七": 110})
    scrutineer = desk(app, office, Role.SCRUTINEER)
    page = text_of(scrutineer.get(f"/sheets/{town.sheet(3, 'S03').id}"))
    assert f'href="/sheets/{waiting}/sign"' in page
    small.sign(town, waiting)
    small.certify(town, 3)
    director, certified = desk(app, office, Role.DIRECTOR), town.round(3).id
    page = text_of(director.get(f"/rounds/{certified}/result"))
    assert f'href="/rounds/{town.round(2).id}/result"' in page
    small.certify(town, 2)
    assert "下一个待确认" not in text_of(director.get(f"/rounds/{certified}/result"))
