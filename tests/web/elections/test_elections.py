"""Set-up, stages, calendar."""

from sqlalchemy import select

from election.database import db
from election.models import Election, Milestone
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.elections.phases import Phase
from tests.builders import Office, an_election, found_office
from tests.client import StrictClient

NEW = {
    "title": "鹤浦镇2021年换届选举",
    "election_day": "2021-12-16",
    "kind": "general",
}
TOWN = {
    "name": "鹤浦镇人民代表大会",
    "term": "19",
    "approved_seats": "73",
    "decision_reference": "象人大常〔2021〕1号",
    "population": "42600",
    "population_basis": "HUKOU",
}


def test_the_director_sets_an_election_up(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    answer = client.post("/elections/new", NEW)
    assert answer.location == "/elections/1/set-up"
    client.post("/elections/1/congresses/town", TOWN)
    page = client.get("/elections/1/set-up").get_data(as_text=True)
    assert "45 + 28 = 73" in page
    assert "与公式一致" in page
    assert verify(db.session()) == []


def test_an_approved_number_above_the_formula_is_warned_of_not_refused(
    client: StrictClient,
) -> None:
    client.sign_in(Role.DIRECTOR)
    client.post("/elections/new", NEW)
    client.post("/elections/1/congresses/town", TOWN | {"population": "25647"})
    page = client.get("/elections/1/set-up").get_data(as_text=True)
    assert "finding-warning" in page


def test_the_formula_speaks_of_the_population_basis_of_the_congress(client: StrictClient) -> None:
    """R1.9: the basis stands with the figure, not with the law of the election."""
    client.sign_in(Role.DIRECTOR)
    client.post("/elections/new", NEW)
    client.post("/elections/1/congresses/town", TOWN | {"population_basis": "RESIDENT"})
    page = client.get("/elections/1/congresses/town").get_data(as_text=True)
    assert ("常住人口42600人，每满1500人" in page, "户籍人口42600人" in page) == (True, False)


def test_every_page_of_the_stage_speaks_both_languages(
    client: StrictClient, office: Office
) -> None:
    key = an_election(office)
    client.sign_in(Role.DIRECTOR)
    for client.language in ("zh_Hans_CN", "en"):
        for page in ("", "/set-up", "/calendar", "/congresses/town", "/congresses/county"):
            client.get(f"/elections/{key}{page}")
        client.get("/elections")
        client.get("/elections/new")
        client.get("/audit")
        client.get("/password")


def test_no_phase_begins_before_what_it_needs_is_there(
    client: StrictClient, office: Office
) -> None:
    key = an_election(office)
    client.sign_in(Role.DIRECTOR)
    version = db.session.get_one(Election, key).version
    client.post(f"/elections/{key}/stage/nomination", {"version": version}, status=422)
    client.post(f"/elections/{key}/stage/counting", {"version": version}, status=422)
    db.session.expire_all()
    assert db.session.get_one(Election, key).phase is Phase.SET_UP


def test_the_days_of_the_lists_are_recorded_with_the_lists_alone(
    client: StrictClient, office: Office
) -> None:
    key = an_election(office)
    client.sign_in(Role.DIRECTOR)
    town = next(c.id for c in db.session.get_one(Election, key).congresses)
    client.post(f"/congresses/{town}/calendar/formal_list_published", {"done_on": "2021-12-01"})
    assert db.session.scalars(select(Milestone.key)).all() == []


def test_a_roll_published_late_is_recorded_and_said_to_be_late(
    client: StrictClient, office: Office
) -> None:
    key = an_election(office)
    client.sign_in(Role.DIRECTOR)
    town = next(c.id for c in db.session.get_one(Election, key).congresses)
    client.post(f"/congresses/{town}/calendar/roll_published", {"done_on": "2021-11-28"})
    assert db.session.scalars(select(Milestone.key)).all() == ["roll_published"]
    assert "finding-error" in client.get(f"/elections/{key}/calendar").get_data(as_text=True)


def test_the_calendar_can_be_taken_along(client: StrictClient, office: Office) -> None:
    key = an_election(office)
    client.sign_in(Role.TELLER)
    lines = client.get(f"/elections/{key}/calendar.ics").get_data().split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 12
    assert b"DTSTART;VALUE=DATE:20211126" in lines
    assert max(len(line) for line in lines) <= 75


def test_another_town_does_not_exist(client: StrictClient, office: Office) -> None:
    neighbours = found_office(code="330225104", name="石浦镇")
    key = an_election(neighbours)
    client.sign_in(Role.DIRECTOR)
    for page in ("", "/set-up", "/calendar", "/calendar.ics", "/congresses/town"):
        client.get(f"/elections/{key}{page}", status=404)


def test_a_teller_may_look_and_not_set_up(client: StrictClient, office: Office) -> None:
    key = an_election(office)
    client.sign_in(Role.TELLER)
    client.get(f"/elections/{key}")
    page = client.get(f"/elections/{key}/set-up").get_data(as_text=True)
    assert ('name="title"' in page, f"/elections/{key}/congresses/town" in page) == (False, False)
    client.post(f"/elections/{key}/set-up", {}, status=403)
    client.post(f"/elections/{key}/stage/nomination", {}, status=403)


def test_the_overview_leads_on_to_the_first_stage_that_is_not_complete(
    client: StrictClient, office: Office
) -> None:
    key = an_election(office)
    client.sign_in(Role.DIRECTOR)
    page = client.get(f"/elections/{key}").get_data(as_text=True)
    assert (
        f'<a class="btn btn-primary mb-3" href="/elections/{key}/units">接着办理：选区单元</a>'
        in page
    )


def test_an_office_without_an_election_tells_the_administrator_what_is_missing(
    client: StrictClient,
) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    page = client.get("/elections").get_data(as_text=True)
    assert "请先为一名工作人员设置“选举办主任”职责" in page
