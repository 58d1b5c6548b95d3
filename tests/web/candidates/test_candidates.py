"""Candidates on their pages: the overview, who may do what, one person."""

import pytest
from sqlalchemy import select

from election.database import db
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.elections.phases import Phase
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
from tests.web.candidates.listing import NUMBER, candidacy_of, key, lists, text


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


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
    assert "R.449" in text(answer)
    assert "《浙江省选举实施细则》第三十五条" in text(answer)
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
