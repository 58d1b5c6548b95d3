"""The pages of plans: drafts saved whole, both versions in view, adoption bound to the page."""

import re
from html import unescape
from typing import Any

import pytest
from flask_babel import refresh
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from election.actions.act import Act
from election.actions.districts.drafts import split
from election.actions.elections import set_up
from election.database import db, transaction
from election.exchange.spreadsheets import read_table
from election.models import AuditEntry, Plan
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, shape, units
from tests.builders import AT, ELECTION_DAY, an_election, found_office
from tests.client import StrictClient
from tests.working import job_at, work


class Desk(DistrictTown):
    """The director's browser on the plans of a small town."""

    def __init__(self, client: StrictClient, **people: int | None) -> None:
        super().__init__(client.office, units(**people))
        self.client = client.sign_in(Role.DIRECTOR)

    def page(self, plan: int) -> str:
        return self.client.get(f"/plans/{plan}").get_data(as_text=True)

    def form(self, plan: int) -> dict[str, str]:
        """The big form of a plan as a browser would send it."""
        return form_of(self.page(plan), "data-board")

    def small(self, plan: int, action: str) -> dict[str, str]:
        return form_of(self.page(plan), f'action="/plans/{plan}/{action}"')

    def row(self, plan: int, code: str) -> str:
        """Name of the field that holds a brick's district."""
        codes = [brick.code for brick in self.board(plan).bricks]
        return f"bricks-{codes.index(code)}-number"

    def plans(self) -> list[tuple[str, str]]:
        db.session.rollback()
        return [
            (p.name, p.status.value) for p in db.session.scalars(select(Plan).order_by(Plan.id))
        ]

    def proposed(self, path: str, asked: dict[str, str]) -> int:
        """Ask the planner, let the worker work, and open what came of it."""
        job = self.client.post(path, asked).location
        work(self.client.http.application)
        result = job_at(job).result
        assert result is not None
        return int(result["plan_id"])

    def acts(self) -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def form_of(text: str, mark: str) -> dict[str, Any]:
    """Names and values of the fields of the form whose tag holds `mark`."""
    found = re.search(rf"<form[^>]*{re.escape(mark)}[^>]*>(.*?)</form>", text, re.DOTALL)
    assert found is not None, mark
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", found[1]):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" and given.get("name") not in (None, "csrf_token"):
            values[given["name"]] = unescape(given.get("value", ""))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', found[1], re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = chosen[1] if chosen else ""
    return values


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def test_the_stage_opens_with_the_town_and_both_congresses_have_a_tab(desk: Desk) -> None:
    page = text_of(desk.client.get(f"/elections/{desk.election_id}/districts"))
    for level in (Level.TOWN, Level.COUNTY):
        key = desk.congress_id(level)
        assert page.count(f'href="/congresses/{key}/districts"') == 1
        desk.client.get(f"/congresses/{key}/districts")
    assert page.count('aria-current="page"') == 1
    desk.client.language = "en"
    refresh()  # all requests of a test share one application context
    assert "No plan of districts yet." in text_of(
        desk.client.get(f"/elections/{desk.election_id}/districts")
    )


def test_a_blank_plan_is_drawn_by_numbers_and_saved_whole(desk: Desk) -> None:
    made = {"name": "方案甲", "copy_of": "0", "op": "a"}
    answer = desk.client.post(f"/congresses/{desk.congress_id()}/plans", made)
    again = desk.client.post(f"/congresses/{desk.congress_id()}/plans", made)
    assert answer.location == again.location
    plan = int(answer.location.rpartition("/")[2])
    form = desk.form(plan)
    numbers = {"A1": "1", "A2": "1", "A3": "2", "A4": "2", "A5": "3", "A6": "3"}
    form |= {desk.row(plan, code): number for code, number in numbers.items()}
    desk.client.post(f"/plans/{plan}", form)
    form = desk.form(plan)
    form |= {f"districts-{n}-seats": "2" for n in range(3)} | {"districts-0-name": "东片选区"}
    desk.client.post(f"/plans/{plan}", form)
    assert shape(desk.board(plan)) == {
        1: (2, ["A1", "A2"]),
        2: (2, ["A3", "A4"]),
        3: (2, ["A5", "A6"]),
    }
    assert desk.board(plan).districts[0].name == "东片选区"
    acts = desk.acts()
    desk.client.post(f"/plans/{plan}", form)  # the same operation once more
    assert desk.acts() == acts
    assert verify(db.session()) == []


def test_all_faults_of_a_draft_come_at_once_and_nothing_typed_is_lost(desk: Desk) -> None:
    plan = desk.drawn()
    form = desk.form(plan) | {
        desk.row(plan, "A1"): "１",
        desk.row(plan, "A2"): "0",
        desk.row(plan, "A3"): "1000",
        "districts-0-seats": "",
        "districts-1-seats": "-1",
        "districts-2-name": "=x",
    }
    page = text_of(desk.client.post(f"/plans/{plan}", form, status=422))
    assert len(re.findall(r'class="field-error"', page)) == 6
    sent = form_of(page, "data-board")
    assert {k: v for k, v in sent.items() if k != "op"} == {
        k: v for k, v in form.items() if k != "op"
    }
    assert shape(desk.board(plan))[1] == (2, ["A1", "A2"])


def test_a_stale_draft_keeps_what_was_typed_over_the_plan_as_it_is_now(desk: Desk) -> None:
    plan = desk.drawn()
    mine = desk.form(plan) | {desk.row(plan, "A2"): "3", "districts-0-name": "我的"}
    desk.save(plan, {"A1": 2, "A2": 2})
    page = text_of(desk.client.post(f"/plans/{plan}", mine, status=409))
    assert shape(desk.board(plan))[2] == (2, ["A1", "A2", "A3", "A4"])
    again = form_of(page, "data-board")
    assert (again[desk.row(plan, "A2")], again["districts-0-name"]) == ("3", "我的")
    assert page.count("stored-note") == 2  # A1 and A2 are elsewhere now
    desk.client.post(f"/plans/{plan}", again)
    assert shape(desk.board(plan)) == {
        1: (2, ["A1"]),
        2: (2, ["A3", "A4"]),
        3: (2, ["A2", "A5", "A6"]),
    }


def test_a_stale_draft_whose_unit_was_split_meanwhile_is_shown_as_it_is(desk: Desk) -> None:
    plan = desk.drawn()
    mine = desk.form(plan) | {desk.row(plan, "A1"): "2"}
    desk.on_unit(split, plan, "A4", parts=2)
    again = form_of(text_of(desk.client.post(f"/plans/{plan}", mine, status=409)), "data-board")
    assert again[desk.row(plan, "A1")] == "2"
    assert again[desk.row(plan, "A4#2")] == "4"


def test_a_village_is_split_its_parts_counted_and_joined_again(desk: Desk) -> None:
    plan = desk.drawn()
    halves = desk.small(plan, "split") | {"unit_id": str(desk.ids["A4"]), "parts": "2"}
    desk.client.post(f"/plans/{plan}/split", halves)
    form = desk.form(plan)
    part = desk.row(plan, "A4#2")
    desk.client.post(f"/plans/{plan}", form | {part: "", "op": "x"}, status=422)
    counted = {part: "1", part.replace("number", "people"): "601", "op": "y"}
    desk.client.post(f"/plans/{plan}", form | counted)
    assert "E.241" in desk.page(plan)
    join = desk.small(plan, "join") | {"unit_id": str(desk.ids["A4"])}
    desk.client.post(f"/plans/{plan}/join", join)
    assert shape(desk.board(plan))[2] == (2, ["A3", "A4"])
    wrong = desk.small(plan, "split") | {"unit_id": str(desk.ids["A4"]), "parts": "99"}
    desk.client.post(f"/plans/{plan}/split", wrong, status=422)
    assert verify(db.session()) == []


def test_districts_are_renumbered_renamed_and_deleted(desk: Desk) -> None:
    plan = desk.drawn()
    numbers = desk.small(plan, "numbers") | {"rows-0-number": "2", "rows-1-number": "1"}
    desk.client.post(f"/plans/{plan}/numbers", numbers)
    assert shape(desk.board(plan))[2] == (2, ["A1", "A2"])
    twice = desk.small(plan, "numbers") | {"rows-0-number": "2", "rows-1-number": "2"}
    assert "R.258" in text_of(desk.client.post(f"/plans/{plan}/numbers", twice, status=422))
    desk.client.post(
        f"/plans/{plan}/numbers", desk.small(plan, "numbers") | {"rows-0-number": "x"}, status=422
    )
    other = desk.create("方案二")
    taken = desk.small(plan, "rename") | {"name": "方案二"}
    assert "已有同名方案" in text_of(desk.client.post(f"/plans/{plan}/rename", taken, status=422))
    desk.client.post(f"/plans/{plan}/rename", desk.small(plan, "rename") | {"name": "新名"})
    desk.client.post(f"/plans/{other}/delete", desk.small(other, "delete"))
    assert desk.plans() == [("新名", "draft")]
    desk.client.get(f"/plans/{other}", status=404)


def test_a_repeat_is_answered_as_the_first_though_nothing_is_as_it_was(desk: Desk) -> None:
    plan = desk.drawn()
    gone = desk.small(plan, "delete")
    asked = {"source": "units", "seed": "5", "name": "建议", "op": "a"}
    sent = {
        f"/plans/{plan}/delete": gone,
        f"/congresses/{desk.congress_id()}/propose": asked,
    }
    first = [desk.client.post(path, form).location for path, form in sent.items()]
    desk.change_units([values for values in units(A3=None) if values.code == "A3"])
    acts = desk.acts()
    again = [desk.client.post(path, form).location for path, form in sent.items()]
    assert (again, desk.acts()) == (first, acts)
    desk.client.post(f"/plans/{plan}/delete", gone | {"op": "another"}, status=404)


def test_a_proposal_becomes_a_draft_named_after_its_seed(desk: Desk) -> None:
    key = desk.congress_id()
    asked = {"source": "units", "seed": "5", "name": ""}
    plan = desk.proposed(f"/congresses/{key}/propose", asked | {"op": "a"})
    assert desk.board(plan).errors == []
    desk.proposed(f"/congresses/{key}/propose", asked | {"op": "b"})
    assert [name for name, _status in desk.plans()] == [
        "建议方案（种子5）",
        "建议方案（种子5） 2",
    ]
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "districts.propose")
    ).first()
    assert entry is not None
    assert (entry.data["found"]["seed"], entry.data["found"]["source"]) == (5, "units")
    for wrong in ({"seed": "-1"}, {"seed": "x"}, {"source": "town_districts"}):
        desk.client.post(f"/congresses/{key}/propose", asked | wrong, status=422)


def test_a_proposal_without_people_is_refused_with_the_units_named(client: StrictClient) -> None:
    desk = Desk(client, A3=None)
    asked = {"source": "units", "seed": "0"}
    page = desk.client.post(f"/congresses/{desk.congress_id()}/propose", asked, status=422)
    assert ("R.243" in text_of(page), "A3 A3村" in text_of(page)) == (True, True)
    assert desk.plans() == []


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
