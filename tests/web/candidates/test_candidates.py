"""The pages of candidates: overview, district, person, reduction, lists, notice, tables."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from election.database import db
from election.exchange.spreadsheets import read_table
from election.models import Candidacy, Milestone, Person
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import FIRST_LIST
from election.rules.access import Role
from election.rules.candidates.kinds import Which
from election.rules.elections.phases import Phase
from election.rules.terms import Level
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.queries.candidates.office import (
    Town,
    a_town,
    fill,
    fix,
    publish,
    receive,
    stand,
    statuses,
    to_formal_list,
    to_phase,
)
from tests.queries.candidates.test_candidates import count_queries

NUMBER = "330225198005011229"


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def text(answer) -> str:
    """The words of a page without its tags, spaces closed up."""
    plain = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", plain)


def key(town: Town, number: int = 1) -> int:
    return town.districts[Level.TOWN, number]


def candidacy_of(town: Town, name: str, number: int = 1) -> Candidacy:
    db.session.expire_all()
    return next(
        row
        for row in db.session.scalars(
            select(Candidacy).where(Candidacy.district_id == key(town, number))
        )
        if row.person.name == name
    )


def lists(town: Town, which: str, level: Level = Level.TOWN) -> str:
    return f"/congresses/{town.congress(level).id}/candidate-lists/{which}"


# --- overview ---


def test_the_overview_shows_every_district_of_both_congresses(
    client: StrictClient, town: Town
) -> None:
    fill(town, people={2: 1})
    receive(town, "徐三", 3)
    client.sign_in(Role.TELLER)
    page = text(client.get(f"/elections/{town.election_id}/candidates"))
    for words in (
        "鹤浦镇人民代表大会",
        "象山县人民代表大会",
        "第3选区",
        "E.463",
        "待审核1",
        "3–4",
        "4–6",
        "尚未公布；法定期限2021年12月1日，稳妥日期2021年11月30日",
    ):
        assert words in page, words
    only = text(client.get(f"/elections/{town.election_id}/candidates", level="county"))
    assert ("象山县人民代表大会 ·" in only, "鹤浦镇人民代表大会 ·" in only) == (True, False)


def test_without_a_plan_the_overview_says_what_to_do(client: StrictClient, office: Office) -> None:
    from tests.builders import an_election  # noqa: PLC0415

    election_id = an_election(office)
    client.sign_in(Role.REGISTRAR)
    assert "选区划分方案尚未通过" in text(client.get(f"/elections/{election_id}/candidates"))


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_every_page_stands_in_both_languages(
    client: StrictClient, town: Town, language: str
) -> None:
    fill(town)
    publish(town)
    fix(town)
    client.language = language
    client.sign_in(Role.DIRECTOR)
    for path in (
        f"/elections/{town.election_id}/candidates",
        f"/districts/{key(town)}/candidates",
        f"/districts/{key(town)}/formal-candidates",
        lists(town, "first"),
        lists(town, "formal"),
        f"/candidacies/{candidacy_of(town, '丁一').id}",
    ):
        client.get(path)
    registrar = StrictClient(client.http.application, client.office).sign_in(Role.REGISTRAR)
    registrar.language = language
    registrar.get(f"/districts/{key(town, 2)}/nominations/new")
    registrar.get(f"/persons/{candidacy_of(town, '丁一').person_id}/edit")


def test_the_overview_asks_no_query_per_district(client: StrictClient, office: Office) -> None:
    client.sign_in(Role.DIRECTOR)
    counts = set()
    for seats in ((2,), (2, 1, 3)):
        town = a_town(office, town=seats)
        fill(town)
        path = f"/elections/{town.election_id}/candidates"
        counts.add(count_queries(lambda path=path: client.get(path)))
    assert len(counts) == 1


def test_a_district_asks_no_query_per_nomination(client: StrictClient, town: Town) -> None:
    client.sign_in(Role.REGISTRAR)
    path = f"/districts/{key(town, 3)}/candidates"
    counts = set()
    for names in (("丁三",), ("马三", "王三")):
        for name in names:
            stand(town, name, 3)
        counts.add(count_queries(lambda: client.get(path)))
    assert len(counts) == 1


def test_a_list_asks_no_query_per_district(client: StrictClient, office: Office) -> None:
    client.sign_in(Role.DIRECTOR)
    counts = set()
    for seats in ((2,), (2, 1, 3)):
        town = a_town(office, town=seats)
        fill(town)
        path = lists(town, "first")
        counts.add(count_queries(lambda path=path: client.get(path)))
    assert len(counts) == 1


# --- rights ---


def test_each_act_belongs_to_its_role(client: StrictClient, town: Town) -> None:
    fill(town)
    person = candidacy_of(town, "丁一")
    doors = {
        f"/districts/{key(town)}/nominations/new": Role.REGISTRAR,
        f"/persons/{person.person_id}/edit": Role.REGISTRAR,
        f"/districts/{key(town)}/formal-candidates": Role.DIRECTOR,
    }
    for role in (Role.REGISTRAR, Role.DIRECTOR, Role.TELLER):
        browser = StrictClient(client.http.application, client.office).sign_in(role)
        for path, allowed in doors.items():
            browser.get(path, status=200 if role is allowed else 403)
    writes = {
        f"/candidacies/{person.id}/review": Role.REVIEWER,
        f"/candidacies/{person.id}/leave": Role.DIRECTOR,
        f"/candidacies/{person.id}/deactivate": Role.DIRECTOR,
        f"/candidacies/{person.id}/reinstate": Role.DIRECTOR,
        f"{lists(town, 'first')}/publish": Role.DIRECTOR,
        "/nominations/1/accept": Role.REGISTRAR,
        "/nominations/1/send-back": Role.REGISTRAR,
        "/nominations/1/withdraw": Role.REGISTRAR,
    }
    for role in (Role.REGISTRAR, Role.DIRECTOR, Role.REVIEWER):
        browser = StrictClient(client.http.application, client.office).sign_in(role)
        for path, allowed in writes.items():  # an empty form: its faults, or the door is shut
            browser.post(path, status=422 if role is allowed else 403)


def test_another_town_finds_nothing(client: StrictClient, town: Town) -> None:
    fill(town)
    person = candidacy_of(town, "丁一")
    paths = [
        f"/elections/{town.election_id}/candidates",
        f"/districts/{key(town)}/candidates",
        f"/districts/{key(town)}/formal-candidates",
        f"/candidacies/{person.id}",
        lists(town, "first"),
        f"{lists(town, 'first')}/notice.pdf",
        f"{lists(town, 'first')}/list.csv",
    ]
    neighbours = found_office(code="330225104", name="石浦镇")
    stranger = StrictClient(client.http.application, neighbours).sign_in(Role.DIRECTOR)
    for path in paths:
        stranger.get(path, status=404)
    registrar = StrictClient(client.http.application, neighbours).sign_in(Role.REGISTRAR)
    for path in (
        f"/districts/{key(town)}/nominations/new",
        "/nominations/1",
        "/nominations/1/edit",
        f"/persons/{person.person_id}/edit",
    ):
        registrar.get(path, status=404)
    registrar.post("/cosigners/1/verdict", status=404)


def test_a_draft_plan_has_no_candidates(client: StrictClient, town: Town) -> None:
    from election.models import Plan, PlanStatus  # noqa: PLC0415
    from tests.queries.candidates.office import directly  # noqa: PLC0415

    def draft(session) -> None:
        for plan in session.scalars(select(Plan)):
            plan.status, plan.adopted_at, plan.adopted_by = PlanStatus.DRAFT, None, None

    directly(town, draft)
    client.sign_in(Role.DIRECTOR).get(f"/districts/{key(town)}/candidates", status=404)


def test_a_closed_phase_shows_and_does_not_offer(client: StrictClient, town: Town) -> None:
    fill(town)
    to_phase(town, Phase.POLLING)
    client.sign_in(Role.REGISTRAR)
    page = client.get(f"/districts/{key(town)}/candidates").get_data(as_text=True)
    assert f"/districts/{key(town)}/nominations/new" not in page
    assert "只能查看" in text(client.get(f"/elections/{town.election_id}/candidates"))


# --- one person ---


def test_opinions_and_masked_numbers_are_for_those_who_need_them(
    client: StrictClient, town: Town
) -> None:
    stand(town, "丁一", id_number=NUMBER)
    person = candidacy_of(town, "丁一")
    client.sign_in(Role.REVIEWER)
    client.post(
        f"/candidacies/{person.id}/review", {"opinion": "未发现问题", "version": person.version}
    )
    page = client.get(f"/candidacies/{person.id}").get_data(as_text=True)
    assert ("330225********1229" in page, NUMBER in page, "未发现问题" in page) == (
        True,
        False,
        True,
    )
    teller = StrictClient(client.http.application, client.office).sign_in(Role.TELLER)
    page = teller.get(f"/candidacies/{person.id}").get_data(as_text=True)
    assert ("********" in page, NUMBER in page, "未发现问题" in page) == (False, False, False)
    assert verify(db.session()) == []


def test_an_opinion_with_an_identity_number_is_not_kept(client: StrictClient, town: Town) -> None:
    person_id = stand(town, "丁一")
    client.sign_in(Role.REVIEWER)
    answer = client.post(
        f"/candidacies/{person_id}/review",
        {"opinion": f"此人{NUMBER}有前科", "version": 1},
        status=422,
    )
    assert "文字中有身份证号码" in text(answer)
    assert candidacy_of(town, "丁一").reason == ""


def test_a_negative_review_is_refused_with_its_article(client: StrictClient, town: Town) -> None:
    person_id = stand(town, "丁一")
    client.sign_in(Role.DIRECTOR)
    answer = client.post(
        f"/candidacies/{person_id}/leave",
        {"ground": "negative_review", "reason": "联审", "version": 1},
        status=422,
    )
    assert ("R.449" in text(answer), "DR 10; ZJ 35" in text(answer)) == (True, True)
    assert statuses(town) == {"丁一": "preliminary"}
    client.post(
        f"/candidacies/{person_id}/leave",
        {"ground": "no_voting_right", "reason": "判决书", "version": 1},
    )
    assert statuses(town) == {"丁一": "withdrawn"}


def test_a_stale_form_over_a_candidacy_is_answered_with_both_versions(
    client: StrictClient, town: Town
) -> None:
    person_id = stand(town, "丁一")
    client.sign_in(Role.REVIEWER)
    client.post(f"/candidacies/{person_id}/review", {"opinion": "甲", "version": 1, "op": "a"})
    client.post(
        f"/candidacies/{person_id}/review", {"opinion": "乙", "version": 1, "op": "b"}, status=409
    )
    assert candidacy_of(town, "丁一").reason == "甲"


def test_after_the_formal_list_a_candidate_is_marked_inactive_and_back(
    client: StrictClient, town: Town
) -> None:
    to_formal_list(town)
    person = candidacy_of(town, "丁一")
    client.sign_in(Role.DIRECTOR)
    assert "标记为不再参选" in text(client.get(f"/candidacies/{person.id}"))
    client.post(
        f"/candidacies/{person.id}/deactivate",
        {"reason": "病故，已公告", "version": person.version},
    )
    assert statuses(town)["丁一"] == "inactive"
    assert client.get(lists(town, "formal")).get_data(as_text=True).count("text-bg-danger") == 1
    client.post(
        f"/candidacies/{person.id}/reinstate",
        {"reason": "有误", "version": candidacy_of(town, "丁一").version},
    )
    assert statuses(town)["丁一"] == "formal"
    client.post(f"/candidacies/{person.id}/deactivate", {"reason": "", "version": 9}, status=422)


# --- order ---


def test_the_director_moves_equal_strokes_and_confirms(client: StrictClient, town: Town) -> None:
    for name in ("王一", "方一"):
        stand(town, name)
    client.sign_in(Role.DIRECTOR)
    page = client.get(f"/districts/{key(town)}/candidates").get_data(as_text=True)
    order = re.findall(r'name="order" value="([c0-9 ]+)"', page)
    assert order[0].split() == list(reversed(order[1].split()))
    client.post(f"/districts/{key(town)}/order", {"order": order[0]})
    line = queries.district_line(db.session(), town.district(1))
    assert ([candidacy.person.name for candidacy in line.nominees], line.order) == (
        ["王一", "方一"],
        (),
    )
    client.post(f"/districts/{key(town)}/order", {"order": "c1 c1"}, status=422)
    stand(town, "丁一")  # two strokes: no arrow may move anybody before her
    page = client.get(f"/districts/{key(town)}/candidates").get_data(as_text=True)
    assert page.count("上移一位") == 1


# --- reduction ---


def reduction(town: Town, **terms: object) -> dict[str, object]:
    db.session.expire_all()
    people = queries.district_line(db.session(), town.district(1)).nominees
    return {"seen": " ".join(f"{candidacy.id}:{candidacy.version}" for candidacy in people)} | terms


def test_a_consultation_is_recorded_on_its_page(client: StrictClient, town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    client.get(path)
    retained = {f"keep_{candidacy_of(town, name).id}": "y" for name in ("丁一", "马一", "王一")}
    fields = reduction(town, way="consultation", note="12月3日讨论", **retained)
    client.post(path, fields)
    assert [n for n, status in statuses(town).items() if status == "formal"] == [
        "丁一",
        "马一",
        "王一",
    ]
    page = client.get(path).get_data(as_text=True)
    assert page.count("checked") == 4  # three kept, and the way
    assert "12月3日讨论" in text(client.get(f"/districts/{key(town)}/candidates"))
    client.post(path, fields | {"op": "again"}, status=409)


def test_a_tie_of_the_primary_comes_back_with_the_ways_out(
    client: StrictClient, town: Town
) -> None:  # EX-17
    fill(town, people={1: 7})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    people = list(statuses(town))
    votes = {
        f"votes_{candidacy_of(town, name).id}": count
        for name, count in zip(people, (310, 280, 200, 150, 150, 90, 40), strict=True)
    }
    fields = reduction(town, way="primary", participants=900, places=4, **votes)
    page = text(client.post(path, fields, status=422))
    assert "方一、叶一得票相等，争1个名额，程序不作决定" in page
    assert "按此得票不遇并列的候选人名额：3名" in page
    assert set(statuses(town).values()) == {"preliminary"}
    chosen = {f"tie_{candidacy_of(town, '叶一').id}": "y", "decision": "12月6日再次预选"}
    client.post(path, fields | chosen | {"op": "decided"})
    assert statuses(town)["叶一"] == "formal"
    assert "得票相等由人决定：12月6日再次预选" in text(
        client.get(f"/districts/{key(town)}/candidates")
    )


def test_a_vote_that_cannot_be_is_named_under_its_field(client: StrictClient, town: Town) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    path = f"/districts/{key(town)}/formal-candidates"
    votes = {f"votes_{candidacy_of(town, name).id}": 901 for name in statuses(town)}
    fields = reduction(town, way="primary", participants=900, places=4, **votes)
    assert "“丁一”的预选得票须填写，且不超过参加人数900" in text(
        client.post(path, fields, status=422)
    )
    fields = reduction(town, way="primary", participants="", places=4)
    assert "请填写参加预选的选民人数" in text(client.post(path, fields, status=422))


def test_an_illegal_number_is_refused_in_the_words_of_the_law(
    client: StrictClient, town: Town
) -> None:
    fill(town, people={1: 5})
    publish(town)
    client.sign_in(Role.DIRECTOR)
    answer = client.post(
        f"/districts/{key(town)}/formal-candidates", reduction(town, way="all"), status=422
    )
    assert "应选2名，正式代表候选人5名，多于法定最多数4名" in text(answer)


# --- lists ---


def test_a_late_list_is_recorded_with_a_reason_and_shows_its_error(
    client: StrictClient, town: Town
) -> None:
    fill(town)
    client.sign_in(Role.DIRECTOR)
    path = f"{lists(town, 'first')}/publish"
    fields = {"done_on": "2021-12-02", "no_member_listed": "y"}
    assert "R.488" in text(client.post(path, fields, status=422))
    client.post(path, fields | {"reason": "台风停工", "op": "b"})
    page = text(client.get(lists(town, "first")))
    assert ("E.121" in page, "已于2021年12月2日公布" in page, "台风停工" in page) == (True,) * 3
    assert db.session.scalars(
        select(Milestone.done_on).where(Milestone.key == FIRST_LIST)
    ).all() == [date(2021, 12, 2)]
    assert verify(db.session()) == []


def test_a_day_that_has_not_come_is_not_recorded(client: StrictClient, town: Town) -> None:
    fill(town)
    client.sign_in(Role.DIRECTOR)
    answer = client.post(
        f"{lists(town, 'first')}/publish",
        {"done_on": "2199-12-02", "no_member_listed": "y"},
        status=422,
    )
    assert "日期不能晚于今天" in text(answer)


def test_the_notice_is_printed_as_the_office_edits_it(client: StrictClient, town: Town) -> None:
    to_formal_list(town)
    client.sign_in(Role.REGISTRAR)
    answer = client.get(
        f"{lists(town, 'formal')}/notice.pdf",
        number="第6号",
        signatory="某选举委员会",
        issuer="",
        day="2021-12-08",
    )
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    client.get(f"{lists(town, 'formal')}/notice.pdf", day="garbage")
    client.get(f"/congresses/{town.congress().id}/candidate-lists/other/notice.pdf", status=404)


def test_a_character_the_font_lacks_is_told_before_printing(
    client: StrictClient, town: Town
) -> None:
    stand(town, "王𠮷")
    client.sign_in(Role.REGISTRAR)
    path = f"{lists(town, 'first')}/notice.pdf"
    page = text(client.get(path, status=422, number="第5号"))
    assert ("U+20BB7" in page, "涉及姓名：王𠮷" in page) == (True, True)
    assert client.get(path, anyway="1").data.startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_holds_what_the_notice_prints_and_nothing_private(
    client: StrictClient, town: Town, form: str
) -> None:
    stand(town, "王𬭎", id_number=NUMBER, occupation="=1+1", party="群众")
    stand(town, "马·买买提", 3)
    client.sign_in(Role.REGISTRAR)
    body = client.get(f"{lists(town, 'first')}/list.{form}").data
    rows = [cells for _number, cells in read_table(body, f"list.{form}").rows]
    assert [row[2] for row in rows[1:]] == ["王𬭎", "马·买买提"]
    assert rows[1][:6] == ("第1选区", "2", "王𬭎", "女", "汉族" if rows[1][4] else "", "1980年5月")
    flat = " ".join(cell for row in rows for cell in row)
    assert (NUMBER in flat, "1980-05-01" in flat, "19800501" in flat) == (False, False, False)
    assert io.BytesIO(body).getbuffer().nbytes > 50


def test_particulars_are_corrected_and_the_number_stays_when_left_empty(
    client: StrictClient, town: Town
) -> None:
    stand(town, "丁一", id_number=NUMBER)
    person = candidacy_of(town, "丁一").person
    fields = {
        "name": "丁　一",
        "sex": "female",
        "birth_month": "1980-05",
        "occupation": "农民",
        "version": person.version,
    }
    client.sign_in(Role.REGISTRAR)
    path = f"/persons/{person.id}/edit"
    page = client.get(path).get_data(as_text=True)
    assert ("330225********1229" in page, NUMBER in page) == (True, False)
    client.post(path, fields)
    db.session.expire_all()
    stored = db.session.scalars(select(Person)).one()
    assert (stored.name, stored.occupation, stored.id_number) == ("丁一", "农民", NUMBER)
    client.post(path, fields | {"op": "x"}, status=409)
    for wrong in ({"name": "=丁"}, {"birth_month": "1980-13"}, {"id_number": "1"}, {"sex": "none"}):
        client.post(path, fields | {"version": stored.version, "op": "y"} | wrong, status=422)
    assert Which.FIRST.value == "first"
