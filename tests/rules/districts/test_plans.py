"""Rules of a plan: split units keep their people, warnings must be seen, errors stop."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from election.rules.districts.codes.checks import DEVIATION_WARN, UNIT_LEFT_OUT
from election.rules.districts.codes.plans import PARTS_SUM
from election.rules.districts.plans import (
    PartDraft,
    check_parts,
    equal_parts,
    require_adoptable,
    require_roll_unpublished,
    require_unlocked,
)
from election.rules.terms import RuleViolation, finding

WARNING = finding(
    DEVIATION_WARN,
    district=1,
    population=1,
    seats=1,
    per_seat="1",
    average="2",
    deviation="-50%",
    limit="20%",
)
ERROR = finding(UNIT_LEFT_OUT, unit="A1")


def refusal(*findings: object, acknowledged: bool) -> str | None:
    try:
        require_adoptable(findings, acknowledged=acknowledged)  # type: ignore[arg-type]
    except RuleViolation as refused:
        return refused.code.id
    return None


def test_the_parts_of_a_split_village_have_its_people_together() -> None:
    parts = [PartDraft("A1", 1, 900), PartDraft("A1", 2, 850), PartDraft("B1", 1, 5)]
    found = list(check_parts(parts, {"A1": 1800, "B1": None, "C1": 7}))
    assert found == [finding(PARTS_SUM, "units.A1", unit="A1", sum=1750, population=1800)]
    assert list(check_parts(parts, {"A1": 1750, "B1": 5})) == []


def test_a_plan_with_errors_cannot_be_adopted_even_if_they_were_seen() -> None:
    assert refusal(ERROR, WARNING, acknowledged=True) == "R.248"


def test_warnings_must_have_been_considered() -> None:
    assert refusal(WARNING, acknowledged=False) == "R.249"
    assert refusal(WARNING, acknowledged=True) is None
    assert refusal(acknowledged=False) is None


@pytest.mark.parametrize(("people", "parts"), [(1800, 1), (1800, 10), (1, 2), (1800, 0)])
def test_a_split_that_makes_no_sense_is_refused(people: int, parts: int) -> None:
    with pytest.raises(RuleViolation) as refused:
        equal_parts("A1", people, parts)
    assert refused.value.code.id == "R.257"


@given(people=integers(9, 2_000_000), parts=integers(2, 9))
def test_parts_are_whole_as_equal_as_possible_and_nobody_is_lost(people: int, parts: int) -> None:
    shares = equal_parts("A1", people, parts)
    assert (len(shares), sum(shares)) == (parts, people)
    assert max(shares) - min(shares) in (0, 1)


def test_the_first_locked_district_that_would_change_is_named() -> None:
    require_unlocked({2, 5}, [1, 3])
    with pytest.raises(RuleViolation) as refused:
        require_unlocked({2, 5}, [7, 5, 2, 1])
    assert (refused.value.code.id, refused.value.facts) == ("R.281", {"district": 2})


def test_a_plan_the_published_roll_rests_on_is_not_released() -> None:
    require_roll_unpublished("方案一", None)
    with pytest.raises(RuleViolation) as refused:
        require_roll_unpublished("方案一", date(2021, 11, 25))
    assert refused.value.cause.zh == (
        "选民名单已于2021年11月25日公布，选民按选区登记，方案“方案一”不能再撤回"
    )
