"""Who may stand where, how somebody leaves the list, and the share of women."""

from fractions import Fraction

import pytest

from election.rules.candidates.nominations import (
    check_women_share,
)
from election.rules.candidates.standing import (
    Area,
    ExitReason,
    Standing,
    check_committee_member,
    check_double_candidacy,
    check_registration,
    check_unrelated_areas,
    refuse_deletion,
)
from election.rules.profile import profile
from election.rules.terms import InputFault, Level, RuleViolation
from tests.rules.candidates.nominations import HERE, LAW, codes
from tests.rules.laws import imagined

# --- who may stand ---


BOTH_LEVELS = [Standing("甲", Level.COUNTY, "大1"), Standing("甲", Level.TOWN, "小3")]


TWO_DISTRICTS = [Standing("甲", Level.TOWN, "小4"), Standing("甲", Level.TOWN, "小3")]


@pytest.mark.parametrize(
    ("standings", "mode", "expected"),
    [
        (BOTH_LEVELS, "BLOCK", []),  # EX-23
        (TWO_DISTRICTS, "BLOCK", ["E.441"]),  # EX-23
        (TWO_DISTRICTS, "WARN", ["W.442"]),
        ([TWO_DISTRICTS[0]] * 2, "BLOCK", []),  # nominated twice in one district
        ([Standing("甲", Level.TOWN, "小3"), Standing("乙", Level.TOWN, "小4")], "BLOCK", []),
    ],
)
def test_a_person_stands_in_one_district_of_a_level(
    standings: list[Standing], mode: str, expected: list[str]
) -> None:
    rules = profile({"same_level_double_candidacy": mode})
    assert codes(check_double_candidacy(standings, profile=rules)) == expected


def test_the_districts_of_a_double_candidacy_are_named() -> None:
    (error,) = check_double_candidacy(TWO_DISTRICTS, profile=LAW)
    assert error.cause.zh == "“甲”同时是同一级2个选区（小3、小4）的候选人"


COUNTY = Area("330225", frozenset({"330200", "330000"}))


TOWN = Area("330225103", frozenset({"330225", "330200", "330000"}))


NEIGHBOUR = Area("330225104", frozenset({"330225", "330200", "330000"}))


ABROAD = Area("331002", frozenset({"331000", "330000"}))


@pytest.mark.parametrize(
    ("home", "elsewhere", "expected"),
    [
        (TOWN, [COUNTY], []),  # EX-23: county and town of one line
        (COUNTY, [TOWN], []),
        (TOWN, [TOWN], []),
        (TOWN, [], []),
        (TOWN, [NEIGHBOUR], ["W.443"]),
        (TOWN, [ABROAD, COUNTY], ["W.443"]),  # EX-23: another county
    ],
)
def test_a_seat_in_an_unrelated_area_is_told_to_the_candidate(
    home: Area, elsewhere: list[Area], expected: list[str]
) -> None:
    assert codes(check_unrelated_areas(home, elsewhere)) == expected


def test_somebody_elected_in_two_unrelated_areas_keeps_one_seat() -> None:  # EX-23
    (alert,) = check_unrelated_areas(TOWN, [ABROAD], elected=True)
    assert alert.to_json()["code"] == "A.444"
    assert alert.remedy.zh == "由本人选定保留一个，辞去另一个，并记录"


@pytest.mark.parametrize(
    ("registered", "expected"), [(HERE, []), ("第4选区", ["W.446"]), (None, ["E.445"])]
)
def test_a_nominee_is_a_voter_but_not_necessarily_of_the_district(
    registered: str | None, expected: list[str]
) -> None:
    assert codes(check_registration(registered, HERE)) == expected


@pytest.mark.parametrize(
    ("member", "accepted", "listed", "expected"),
    [
        (False, True, True, []),
        (True, False, False, []),
        (True, True, False, ["A.447"]),
        (True, True, True, ["E.448"]),
        (True, False, True, ["E.448"]),
    ],
)
def test_a_committee_member_who_stands_must_have_left_when_the_list_is_published(
    member: bool, accepted: bool, listed: bool, expected: list[str]
) -> None:  # EX-21
    errors = check_committee_member(member=member, accepted=accepted, listed=listed)
    assert codes(errors) == expected


# --- leaving the list ---


@pytest.mark.parametrize(
    ("reason", "published", "refusal"),
    [
        (ExitReason.NEGATIVE_REVIEW, False, "R.449"),  # EX-20
        (ExitReason.NEGATIVE_REVIEW, True, "R.449"),
        (ExitReason.OTHER, False, "R.449"),
        (ExitReason.WITHDRAWN, True, "R.450"),
        (ExitReason.REDUCTION, False, "R.451"),
    ],
)
def test_a_duly_nominated_person_is_not_deleted_outside_the_law(
    reason: ExitReason, published: bool, refusal: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        refuse_deletion(reason, first_list_published=published)
    assert refused.value.code.id == refusal
    assert refused.value.remedy.zh
    assert "{" not in refused.value.cause.zh + refused.value.cause.en


def test_a_negative_review_is_named_in_the_refusal() -> None:  # EX-20
    with pytest.raises(RuleViolation) as refused:
        refuse_deletion(ExitReason.NEGATIVE_REVIEW, first_list_published=False)
    assert refused.value.cause.zh == "依法推荐的候选人不得因联审意见不合格被删除"
    assert refused.value.cause.en == (
        "a duly nominated person cannot be deleted because of a negative review"
    )


@pytest.mark.parametrize(
    ("reason", "published"),
    [
        (ExitReason.WITHDRAWN, False),
        (ExitReason.REDUCTION, True),
        (ExitReason.NO_VOTING_RIGHT, False),
        (ExitReason.NO_VOTING_RIGHT, True),
        (ExitReason.FOREIGN_FUNDING, False),
        (ExitReason.FOREIGN_FUNDING, True),
    ],
)
def test_lawful_grounds_let_a_person_leave_the_list(reason: ExitReason, published: bool) -> None:
    assert refuse_deletion(reason, first_list_published=published) is None  # type: ignore[func-returns-value]


# --- composition ---


@pytest.mark.parametrize(
    ("women", "total", "share", "expected"),
    [
        (3, 10, 0.3, []),
        (2, 10, 0.3, ["W.452"]),
        (29, 100, 0.3, ["W.452"]),
        (0, 0, 0.3, []),
        (0, 10, None, []),
    ],
)
def test_women_below_the_share_among_candidates_are_a_warning(
    women: int, total: int, share: object, expected: list[str]
) -> None:  # R6.5
    rules = profile({"women_candidate_share_min": share})
    assert codes(check_women_share(women, total, profile=rules)) == expected


@pytest.mark.parametrize(("share", "written"), [(Fraction(3, 10), "30%"), (Fraction(1, 3), "1/3")])
def test_the_share_is_written_as_people_write_it(share: Fraction, written: str) -> None:
    rules = imagined(women_candidate_share_min=share)
    (warning,) = check_women_share(1, 10, profile=rules)
    assert warning.cause.zh == f"代表候选人10人，其中妇女1人，低于{written}"


@pytest.mark.parametrize(("women", "total"), [(-1, 10), (11, 10)])
def test_an_impossible_number_of_women_is_a_fault_of_the_input(women: int, total: int) -> None:
    with pytest.raises(InputFault) as fault:
        check_women_share(women, total, profile=LAW)
    assert fault.value.field == "women"
