"""Plans adopted and released, seats shared, and who may look."""

import pytest
from sqlalchemy import event

from election.actions.act import Act
from election.actions.elections import set_up
from election.database import db, transaction
from election.exchange.spreadsheets import read_table
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import units
from tests.builders import AT, ELECTION_DAY, an_election, found_office
from tests.client import StrictClient
from tests.web.districts.desk import Desk, form_of, text_of


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


def test_county_districts_come_from_the_adopted_town_plan(desk: Desk) -> None:
    key = desk.congress_id(Level.COUNTY)
    asked = {"source": "town_districts", "seed": "0"}
    page = desk.client.post(f"/congresses/{key}/propose", asked, status=422)
    assert "R.254" in text_of(page)
    desk.adopt(desk.drawn())
    plan = desk.proposed(f"/congresses/{key}/propose", asked)
    assert (desk.board(plan).errors, desk.board(plan).name) == ([], "按镇级选区合并（种子0）")


def test_the_committee_adopts_and_releases_on_the_page(desk: Desk) -> None:
    plan = desk.drawn()
    form = desk.small(plan, "adopt")
    desk.client.post(f"/plans/{plan}/adopt", form | {"decision_reference": ""}, status=422)
    desk.client.post(f"/plans/{plan}/adopt", form | {"decision_reference": "第2次会议"})
    assert desk.plans() == [("方案一", "adopted")]
    page = desk.page(plan)
    assert ("第2次会议" in page, "data-board" in page) == (True, False)
    index = text_of(desk.client.get(f"/elections/{desk.election_id}/districts"))
    assert "“方案一”已通过。" in index
    release = form_of(page, f'action="/plans/{plan}/release"')
    desk.client.post(f"/plans/{plan}/release", release | {"reason": ""}, status=422)
    desk.client.post(f"/plans/{plan}/release", release | {"reason": "群众意见", "op": "z"})
    assert desk.plans() == [("方案一", "draft")]
    assert verify(db.session()) == []


def test_an_adoption_is_bound_to_the_check_list_that_was_on_the_page(desk: Desk) -> None:
    plan = desk.drawn()
    form = desk.small(plan, "adopt") | {"decision_reference": "第2次会议", "acknowledged": "y"}
    desk.change_units([values for values in units(A1=3000) if values.code == "A1"])
    page = desk.client.post(f"/plans/{plan}/adopt", form, status=409)
    assert "检查清单有变化" in text_of(page)
    assert desk.plans() == [("方案一", "draft")]


def test_warnings_are_ticked_and_a_second_plan_waits_for_the_release(desk: Desk) -> None:
    plan, other = desk.drawn(), desk.drawn("方案二")
    desk.save(plan, {"A2": 2})
    form = desk.small(plan, "adopt") | {"decision_reference": "第2次会议"}
    assert "R.249" in text_of(desk.client.post(f"/plans/{plan}/adopt", form, status=422))
    desk.client.post(f"/plans/{plan}/adopt", form | {"acknowledged": "y", "op": "b"})
    second = desk.small(other, "adopt") | {"decision_reference": "第3次会议"}
    assert "R.247" in text_of(desk.client.post(f"/plans/{other}/adopt", second, status=422))
    assert desk.plans() == [("方案一", "adopted"), ("方案二", "draft")]


def test_seats_are_shared_by_every_method_and_taken_over(desk: Desk) -> None:
    plan = desk.drawn()
    page = text_of(desk.client.get(f"/plans/{plan}/seats"))
    assert page.count('name="method"') == 6
    version = str(desk.board(plan).version)
    desk.save(plan, {"A2": 2})
    used = {"version": version, "method": "adams", "op": "a"}
    desk.client.post(f"/plans/{plan}/seats", used, status=409)
    used |= {"version": str(desk.board(plan).version), "op": "b"}
    desk.client.post(f"/plans/{plan}/seats", used)
    assert [line.seats for line in desk.board(plan).districts] == [1, 3, 2]
    desk.client.post(f"/plans/{plan}/seats", used | {"method": "lots", "op": "c"}, status=422)
    for kind in ("xlsx", "csv"):
        raw = desk.client.get(f"/plans/{plan}/seats.{kind}").get_data()
        assert read_table(raw, kind).rows[1][1][:3] == ("1", "A1村", "1000")
        raw = desk.client.get(f"/congresses/{desk.congress_id()}/seats.{kind}").get_data()
        assert read_table(raw, kind).rows[6][1][:3] == ("A6", "A6村", "1000")
    desk.save(plan, {"A1": 3, "A2": 3, "A3": 3, "A4": 3, "A5": 3, "A6": 3}, remove=(1, 2))
    full = used | {"version": str(desk.board(plan).version), "op": "d"}
    assert "放不下" in text_of(desk.client.post(f"/plans/{plan}/seats", full, status=422))


def test_ties_and_limits_are_said_on_the_page(client: StrictClient) -> None:
    desk = Desk(client, A2=1000, A3=1000, A4=1000, A5=1000)
    desk.congress(Level.TOWN, 7)
    page = text_of(desk.client.get(f"/congresses/{desk.congress_id()}/seats"))
    assert page.count("＋?</strong>") == 36
    low = desk.client.get(f"/congresses/{desk.congress_id()}/seats", floor="2")
    assert "名额7名不够" in text_of(low)
    desk.client.get(f"/congresses/{desk.congress_id()}/seats.csv", floor="2", status=422)
    empty = desk.create("空")
    assert "没有完整的" in text_of(desk.client.get(f"/plans/{empty}/seats"))
    desk.client.get(f"/plans/{empty}/seats.xlsx", status=422)


def test_without_a_congress_or_units_the_page_says_what_to_do(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    by = client.office.actor(Role.DIRECTOR)
    with transaction() as session:
        made = set_up.create(Act(session, by, AT), title="补选", election_day=ELECTION_DAY)
        bare = made.id
    page = text_of(client.get(f"/elections/{bare}/districts"))
    assert f'href="/elections/{bare}/set-up"' in page
    other = an_election(client.office)
    page = text_of(client.get(f"/elections/{other}/districts"))
    assert page.count(f'href="/elections/{other}/units"') == 2


def test_a_plan_is_only_shown_after_the_set_up(desk: Desk) -> None:
    plan = desk.drawn()
    form = desk.form(plan)
    desk.begin_nomination()
    assert "data-board" not in desk.page(plan)
    assert "R.151" in text_of(desk.client.post(f"/plans/{plan}", form, status=422))


def test_who_may_not_edit_districts_may_look_and_another_office_sees_nothing(desk: Desk) -> None:
    plan, key = desk.drawn(), desk.congress_id()
    application, people = desk.client.http.application, desk.client.office
    registrar = StrictClient(application, people).sign_in(Role.REGISTRAR)
    looking = [
        f"/elections/{desk.election_id}/districts",
        f"/congresses/{key}/districts",
        f"/plans/{plan}",
        f"/plans/{plan}/seats",
        f"/congresses/{key}/seats",
        f"/plans/{plan}/seats.csv",
        f"/congresses/{key}/seats.xlsx",
    ]
    writing = [
        f"/congresses/{key}/plans",
        f"/congresses/{key}/propose",
        f"/plans/{plan}",
        *(
            f"/plans/{plan}/{act}"
            for act in (
                "rename",
                "delete",
                "split",
                "join",
                "numbers",
                "adopt",
                "release",
                "seats",
            )
        ),
    ]
    for path in looking:
        registrar.get(path)
    for path in writing:
        registrar.post(path, {}, status=403)
    foreign = StrictClient(application, found_office(code="330225104", name="石浦镇"))
    foreign.sign_in(Role.DIRECTOR)
    for path in looking:
        foreign.get(path, status=404)
    for path in writing:
        foreign.post(path, {}, status=404)
    assert desk.plans() == [("方案一", "draft")]


def test_a_plan_of_another_congress_cannot_be_copied_in(desk: Desk) -> None:
    county = desk.drawn(level=Level.COUNTY)
    copied = {"name": "混入", "copy_of": str(county)}
    desk.client.post(f"/congresses/{desk.congress_id()}/plans", copied, status=422)
    same = {"name": "复制", "copy_of": str(county)}
    desk.client.post(f"/congresses/{desk.congress_id(Level.COUNTY)}/plans", same)
    assert [name for name, _status in desk.plans()] == ["方案一", "复制"]


def test_names_of_an_attacker_are_shown_as_text(desk: Desk) -> None:
    made = {"name": "<script>alert(1)</script>", "copy_of": "0"}
    answer = desk.client.post(f"/congresses/{desk.congress_id()}/plans", made)
    page = text_of(desk.client.get(answer.location))
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_the_list_of_plans_takes_as_many_queries_for_three_as_for_one(desk: Desk) -> None:
    counts = []
    for name in ("方案一", "方案二", "方案三"):
        desk.drawn(name)
        asked: list[str] = []

        def note(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
            asked.append(text)  # noqa: B023 - removed before the next round

        event.listen(db.engine, "before_cursor_execute", note)
        desk.client.get(f"/elections/{desk.election_id}/districts")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
