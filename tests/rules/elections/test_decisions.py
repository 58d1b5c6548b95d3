"""A decision that uses what the law leaves open names its body, number and day (R3.5)."""

from datetime import date

import pytest

from election.rules.elections.decisions import RecordedDecision, decided_at_set_up, require_decision
from election.rules.elections.kinds import DecidingBody
from election.rules.profile import BY_NAME
from election.rules.profile.parameters import PARAMETERS
from election.rules.terms import RuleViolation

TODAY = date(2021, 11, 20)
BASIS = BY_NAME["majority_basis"]


def refusal(parameter: str, number: str, day: date) -> RuleViolation:
    decision = RecordedDecision(DecidingBody.TOWN_COMMITTEE, number, day)
    with pytest.raises(RuleViolation) as refused:
        require_decision(BY_NAME[parameter], decision, today=TODAY)
    return refused.value


@pytest.mark.parametrize("number", ["鹤选委〔2021〕3号", "第三次会议", "第３次会议", "No. 7"])
def test_a_decision_of_today_with_a_number_is_taken(number: str) -> None:
    require_decision(
        BASIS, RecordedDecision(DecidingBody.COUNTY_COMMITTEE, number, TODAY), today=TODAY
    )


@pytest.mark.parametrize("number", ["x", "同意", "", "——"])
def test_a_word_is_no_number_of_a_decision_r_191(number: str) -> None:
    refused = refusal("majority_basis", number, TODAY)
    assert (refused.code.id, refused.facts["number"]) == ("R.191", number)


def test_a_decision_of_tomorrow_is_none_yet_r_192() -> None:
    refused = refusal("majority_basis", "3号", date(2021, 11, 21))
    assert (refused.code.id, refused.cause.zh) == (
        "R.192",
        "作出决定的日期2021年11月21日还没有到，今天是2021年11月20日",
    )


@pytest.mark.parametrize("name", ["all_deputies_basis", "project.threshold", "population_basis"])
def test_the_session_and_the_seats_have_their_own_place_r_193(name: str) -> None:
    refused = refusal(name, "3号", TODAY)
    assert (refused.code.id, refused.facts["parameter"]) == ("R.193", BY_NAME[name].words)


def test_everything_of_the_session_is_left_to_the_session_r11_8() -> None:
    left = {parameter.rule.split(".")[0] for parameter in PARAMETERS if parameter.of_session}
    assert left == {"R11", "R12", "R13"}
    assert not any(decided_at_set_up(parameter) for parameter in PARAMETERS if parameter.of_session)
