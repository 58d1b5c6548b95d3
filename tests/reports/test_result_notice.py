"""The printed notice of the result: official words, every figure, nothing silently dropped."""

from dataclasses import replace
from datetime import date

from election.reports.documents.result_notice import notice_data, result_notice
from election.rules.publication import FrozenCandidate
from election.rules.results import Reason
from tests.rules.publication.test_publication import DISTRICT, FROZEN, RIGHT, with_round

DAY = date(2021, 12, 18)


def data(frozen=FROZEN, *, version: int = 1, reason: str = "") -> dict:
    return notice_data(frozen, day=DAY, version=version, reason=reason)


def test_it_says_who_is_elected_where_with_which_votes() -> None:
    found = data()
    assert found["issuer"] == "鹤浦镇选举委员会"
    assert found["subject"] == "鹤浦镇第十九届人民代表大会代表选举结果"
    assert found["summary"] == [
        "选举日为2021年12月16日，共划分选区1个，应选代表1名，当选1名。",
        "登记选民100人，第一次投票参加60人，投票率60.00%。",
    ]
    (district,) = found["districts"]
    assert (district["title"], district["seats"]) == (
        "第1选区",
        "应选代表1名，当选1名（按得票多少排列：王芳）",
    )
    (ballot,) = district["ballots"]
    assert ballot["people"] == [
        ["王芳", "40", "—", "—", "当选"],
        ["李明", "10", "—", "—", ""],
        ["钱多（另选人）", "3", "—", "—", ""],
    ]
    assert ballot["papers"] == (
        "登记选民100人，发出选票60张，收回选票60张，其中废票2张、空白票1张；当选须得31票以上（含）。"
    )
    assert found["day"] == "2021年12月18日"


def test_somebody_tied_is_said_to_be_tied() -> None:
    outcome = replace(RIGHT, elected=(), tied=("c1", "c2"), tied_seats=1)
    (district,) = data(replace(FROZEN, districts=(with_round(outcome=outcome),)))["districts"]
    assert [row[-1] for row in district["ballots"][0]["people"]] == ["得票相等", "得票相等", ""]


def test_a_void_ballot_says_why() -> None:
    outcome = replace(RIGHT, valid=False, reasons=(Reason.TURNOUT,), need=None, elected=())
    found = data(replace(FROZEN, districts=(with_round(outcome=outcome),)))
    papers = found["districts"][0]["ballots"][0]["papers"]
    assert papers.endswith("选举无效（参加投票的选民未过全体选民的半数）。")


def test_a_repeat_vote_goes_to_the_higher_count() -> None:
    found = data(
        replace(FROZEN, districts=(with_round(kind="tie_repeat", counts_as="tie_repeat"),))
    )
    ballot = found["districts"][0]["ballots"][0]
    assert ballot["title"] == "再次投票（2021年12月16日，应选1名）"
    assert ballot["papers"].endswith("；以得票多的当选。")


def test_no_sum_is_printed_while_a_figure_is_unknown() -> None:
    found = data(replace(FROZEN, districts=(replace(DISTRICT, registered=None),)))
    assert len(found["summary"]) == 1


def test_the_county_congress_is_announced_by_the_county_committee() -> None:
    county = replace(FROZEN, level="county", congress="象山县人民代表大会", term=19)
    found = data(county)
    assert found["issuer"] == "象山县选举委员会"
    assert found["subject"] == "象山县第十九届人民代表大会代表选举结果（鹤浦镇选区）"


def test_a_correction_and_a_sample_say_so() -> None:
    found = data(replace(FROZEN, is_sample=True), version=2, reason="更正第1选区")
    assert found["notes"] == [
        "样本数据：人名、地名和票数均为生成，不是真实选举。",
        "本公告为第2版，更正理由：更正第1选区",
    ]


def test_who_fell_away_after_the_formal_list_is_named() -> None:
    """R5.20: on the formal list, and on no ballot that was counted."""
    gone = FrozenCandidate("c99", "赵五")
    district = replace(DISTRICT, candidates=(*DISTRICT.candidates, gone))
    assert data(replace(FROZEN, districts=(district,)))["notes"] == [
        "第1选区赵五在正式代表候选人名单公布后不再参选，得票不计"
    ]
    not_yet = replace(district, rounds=())
    assert (not_yet.fallen, DISTRICT.fallen) == ((), ())


def test_equal_data_give_equal_bytes() -> None:
    one, two = (result_notice(FROZEN, day=DAY, version=1, reason="") for _ in range(2))
    assert one[:5] == b"%PDF-"
    assert one == two


def test_a_character_the_font_lacks_is_named_by_its_code_point() -> None:
    people = (FrozenCandidate("c1", "王𠮷"), FrozenCandidate("c2", "李明"))
    rare = replace(FROZEN, districts=(replace(DISTRICT, candidates=people),))
    assert result_notice(rare, day=DAY, version=1, reason="") != result_notice(
        FROZEN, day=DAY, version=1, reason=""
    )
