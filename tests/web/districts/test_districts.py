"""Plans on their pages: drawn, split, saved, and what is lost to nobody."""

import re

import pytest
from flask_babel import refresh
from sqlalchemy import select

from election.actions.districts.drafts import split
from election.database import db
from election.models import AuditEntry
from election.queries.audit import verify
from election.rules.terms import Level
from tests.actions.districts_town import shape, units
from tests.client import StrictClient
from tests.web.districts.desk import Desk, form_of, text_of


@pytest.fixture
def desk(client: StrictClient) -> Desk:
    return Desk(client)


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
        desk.row(plan, "A1"): "一",
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
    """A1 was not touched: sending the plan again must not take back what a colleague did."""
    plan = desk.drawn()
    mine = desk.form(plan) | {desk.row(plan, "A2"): "3", "districts-0-name": "我的"}
    desk.save(plan, {"A1": 2, "A2": 2})
    page = text_of(desk.client.post(f"/plans/{plan}", mine, status=409))
    assert shape(desk.board(plan))[2] == (2, ["A1", "A2", "A3", "A4"])
    again = form_of(page, "data-board")
    assert (again[desk.row(plan, "A2")], again["districts-0-name"]) == ("3", "我的")
    assert again[desk.row(plan, "A1")] == "2"
    assert page.count("stored-note") == 1  # both moved A2
    assert "director</strong> · 保存选区方案 · " in page
    desk.client.post(f"/plans/{plan}", again)
    assert shape(desk.board(plan)) == {
        2: (2, ["A1", "A3", "A4"]),
        3: (2, ["A2", "A5", "A6"]),
        1: (2, []),
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
