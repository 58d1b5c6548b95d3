"""A repeat vote that stays level: the page of the committee's decision, in both languages."""

import re
from datetime import date

import pytest
from flask import Flask
from flask_babel import refresh

from election.rules.access import Role
from tests.actions import small_town as small
from tests.builders import Office
from tests.client import StrictClient
from tests.web.desks import desk, text_of


@pytest.fixture
def town(office: Office) -> small.Town:
    """District 1: two repeat votes stayed level and are certified."""
    town = small.counting_town(office)
    small.count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 110}, issued=180, void=0, blank=0)
    small.certify(town, 1)
    for number in (2, 3):
        small.open_next(town, 1, number - 1, day=date(2021, 12, 16))
        small.count_whole(town, 1, {"王二": 80, "张三": 80}, number=number, issued=180)
        small.certify(town, 1, number, decision="选委会〔2021〕8号")
    return town


@pytest.fixture
def director(app: Flask, office: Office) -> StrictClient:
    return desk(app, office, Role.DIRECTOR)


FORM = {
    "choice": "vacant",
    "reference": "选委会〔2021〕11号",
    "day": "2021-12-17",
    "reason": "两次相等",
}


def test_the_page_leads_to_the_decision_and_then_tells_it(
    director: StrictClient, town: small.Town
) -> None:
    key = town.round(1, 3).id
    page = text_of(director.get(f"/rounds/{key}/result"))
    certified = re.search(r'class="seal fs-5">([^<]+)<', page)
    assert f"/rounds/{key}/tie" in page
    assert "王二、张三" in page or "张三、王二" in page
    for language in ("zh_Hans_CN", "en"):
        director.language = language
        refresh()
        director.get(f"/rounds/{key}/tie")
    director.language = "zh_Hans_CN"
    refresh()
    director.post(f"/rounds/{key}/tie", FORM)
    page = text_of(director.get(f"/rounds/{key}/result"))
    assert "选举委员会2021年12月17日书面决定（选委会〔2021〕11号）：不再投票，名额空缺" in page
    assert "名额空缺，不再选举" in page
    assert certified and certified.group(1) not in page  # the code is that of the decision now
    assert director.get(f"/rounds/{key}/record.pdf").mimetype == "application/pdf"


def test_after_one_more_vote_is_decided_the_page_offers_to_open_it(
    director: StrictClient, town: small.Town
) -> None:
    key = town.round(1, 3).id
    director.post(f"/rounds/{key}/tie", FORM | {"choice": "tie_repeat_vote"})
    assert f"/rounds/{key}/next" in text_of(director.get(f"/rounds/{key}/result"))
    director.post(f"/rounds/{key}/next", {"polling_day": "2021-12-18"})
    assert town.round(1, 4).attempt == 3


def test_a_decision_without_number_day_or_reason_is_not_taken(
    director: StrictClient, town: small.Town
) -> None:
    key = town.round(1, 3).id
    for missing in FORM:
        director.post(f"/rounds/{key}/tie", FORM | {missing: ""}, status=422)
    director.post(f"/rounds/{key}/tie", FORM | {"day": "2021-12-01"}, status=422)


def test_only_a_tie_left_to_the_committee_has_the_page_and_only_its_secretary_opens_it(
    director: StrictClient, app: Flask, office: Office, town: small.Town
) -> None:
    director.get(f"/rounds/{town.round(1, 2).id}/tie", status=404)
    auditor = desk(app, office, Role.AUDITOR)
    auditor.get(f"/rounds/{town.round(1, 3).id}/tie", status=403)


def test_a_repeat_vote_has_no_share_of_votes_needed(
    director: StrictClient, town: small.Town
) -> None:
    director.language = "en"
    refresh()
    first = text_of(director.get(f"/rounds/{town.round(1).id}/result"))
    repeat = text_of(director.get(f"/rounds/{town.round(1, 2).id}/result"))
    assert ("Share of the votes needed" in first, "Votes needed" in first) == (True, True)
    assert ("Share of the votes needed" in repeat, "Votes needed" in repeat) == (False, False)
