"""What the law asks for before people vote and count."""

from datetime import date, timedelta

import pytest

from election.rules.elections.calendar import calendar
from election.rules.elections.conditions import (
    Candidate,
    check_boxes,
    check_counting_day,
    check_officials,
    check_publications,
)
from election.rules.elections.phases import Phase, require_staff_checked
from election.rules.polling.places import PlaceFacts
from election.rules.profile import profile
from election.rules.terms import RuleViolation, Text

DAY = date(2021, 12, 16)
TOWN = Text("镇级代表", "town deputies")
IN_TIME = {"roll_published": 20, "first_list_published": 15, "formal_list_published": 7}


def publications(
    before: dict[str, int], *, by_election: bool = False, today: date = DAY
) -> list[tuple[str, str, str]]:
    """(code, key, rule) with publications so many days before election day."""
    days = calendar(DAY, by_election=by_election, profile=profile())
    done = {key: DAY - timedelta(days=n) for key, n in before.items()}
    findings = check_publications(TOWN, done, days, today=today)
    return [(finding.code.id, *finding.fields, finding.code.rule) for finding in findings]


def test_publications_on_their_last_legal_days_are_in_time_r4_10_r5_7_r5_11() -> None:
    assert publications(IN_TIME) == []


def test_no_vote_without_the_three_publications_r4_10_r5_7_r5_11() -> None:
    assert publications({}) == [
        ("E.131", "roll_published", "R4.10"),
        ("E.131", "first_list_published", "R5.7"),
        ("E.131", "formal_list_published", "R5.11"),
    ]


@pytest.mark.parametrize("key", IN_TIME)
def test_a_publication_one_day_late_needs_a_written_decision(key: str) -> None:
    findings = publications(IN_TIME | {key: IN_TIME[key] - 1})
    assert [(code, late) for code, late, _rule in findings] == [("A.133", key)]


def test_a_publication_recorded_for_a_day_to_come_is_none() -> None:
    assert publications(IN_TIME, today=DAY - timedelta(days=8)) == [
        ("E.132", "formal_list_published", "R5.11")
    ]


def test_a_by_election_has_one_list_and_a_shorter_roll_r10_10() -> None:
    legal = {"roll_published": 12, "formal_list_published": 7}
    assert publications(legal, by_election=True) == []
    late = publications({"roll_published": 11}, by_election=True)
    assert late == [
        ("A.133", "roll_published", "R10.10"),
        ("E.131", "formal_list_published", "R10.10"),
    ]


def test_counting_before_election_day_needs_the_committees_consent_r7_16() -> None:
    early = check_counting_day(DAY, today=DAY - timedelta(days=1))
    assert [finding.code.id for finding in early] == ["A.134"]
    assert check_counting_day(DAY, today=DAY) == []
    assert check_counting_day(DAY, today=DAY + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("mobile", "staff", "scrutineers", "codes"),
    [
        (True, 2, 2, []),
        (True, 2, 1, ["E.502"]),
        (True, 1, 1, ["E.501", "E.502"]),
        (True, None, None, ["E.135"]),
        (True, None, 1, ["E.502", "E.135"]),
        (True, 2, 3, ["E.503"]),
        (False, None, None, []),
        (False, 1, 0, []),
    ],
)
def test_a_mobile_box_below_two_scrutineers_is_not_allowed_r7_2_ex_25(
    mobile: bool, staff: int | None, scrutineers: int | None, codes: list[str]
) -> None:
    box = PlaceFacts("流动票箱", mobile, staff, scrutineers, 1)
    assert [finding.code.id for finding in check_boxes([box], profile=profile())] == codes


def test_the_numbers_of_a_mobile_box_are_those_of_the_profile_r7_2() -> None:
    box = PlaceFacts("流动票箱", True, 3, 2, 1)
    three = profile({"mobile_box_min_scrutineers": 3})
    assert [finding.code.id for finding in check_boxes([box], profile=three)] == ["E.502"]


def test_an_official_called_like_a_candidate_is_to_be_looked_at_r7_3_ex_22() -> None:
    district = Text("镇级第3选区", "Town district 3")
    findings = check_officials(
        [("1", "王 伟"), ("2", "李四")], [Candidate("王伟", district), Candidate("丁一", district)]
    )
    assert [(finding.code.id, finding.facts["number"]) for finding in findings] == [("A.136", "1")]


def test_who_presides_is_confirmed_before_counting_opens_r7_3() -> None:
    with pytest.raises(RuleViolation) as refused:
        require_staff_checked(Phase.POLLING, Phase.COUNTING, checked=False)
    assert refused.value.code.id == "R.156"
    require_staff_checked(Phase.POLLING, Phase.COUNTING, checked=True)
    require_staff_checked(Phase.CLOSED, Phase.COUNTING, checked=False)
