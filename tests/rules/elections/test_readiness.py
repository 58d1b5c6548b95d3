"""What must be there before the next phase."""

import pytest

from election.rules.elections.phases import Phase, move
from election.rules.elections.readiness import CongressState, DistrictState, missing
from election.rules.terms import RuleViolation, Text

NAME = Text("镇级第3选区", "town district 3")


def district(**facts: int | bool | None) -> DistrictState:
    fields = {
        "seats": 2,
        "formal": 3,
        "inactive": 0,
        "registered": 900,
        "places": 1,
        "settled": True,
    }
    return DistrictState(name=NAME, **(fields | facts))  # type: ignore[arg-type]


def codes(
    to: Phase, *districts: DistrictState, congresses: tuple[CongressState, ...] = ()
) -> list[str]:
    return [finding.code.id for finding in missing(to, congresses, districts)]


def test_nominations_need_decisions_and_adopted_plans() -> None:
    assert codes(Phase.NOMINATION) == ["E.161"]
    bare = CongressState(NAME, "", plan_adopted=False)
    ready = CongressState(NAME, "象人大常〔2021〕1号", plan_adopted=True)
    assert codes(Phase.NOMINATION, congresses=(bare, ready)) == ["E.162", "E.163"]


@pytest.mark.parametrize(("seats", "formal"), [(1, 1), (1, 3), (2, 2), (2, 5), (3, 3), (3, 7)])
def test_polling_needs_a_legal_number_of_formal_candidates(seats: int, formal: int) -> None:
    assert codes(Phase.POLLING, district(seats=seats, formal=formal)) == ["E.167"]


@pytest.mark.parametrize(("seats", "formal"), [(1, 2), (2, 3), (2, 4), (3, 4), (3, 6)])
def test_a_legal_number_is_enough(seats: int, formal: int) -> None:
    assert codes(Phase.POLLING, district(seats=seats, formal=formal)) == []


def test_a_candidate_who_dies_is_the_committees_case_and_no_fault_of_the_list_ex_51() -> None:
    bereaved = district(seats=1, formal=1, inactive=1)
    assert codes(Phase.POLLING, bereaved) == ["A.168"]
    assert codes(Phase.COUNTING, bereaved) == ["A.168"]
    assert codes(Phase.COUNTING, district(seats=2, formal=3, inactive=1)) == []


def test_counting_needs_voters_and_a_place_and_unknown_is_not_zero() -> None:
    assert codes(Phase.COUNTING, district(registered=None, places=0)) == ["E.164", "E.165"]
    assert codes(Phase.COUNTING, district(registered=0)) == []


def test_the_election_closes_when_every_district_is_settled() -> None:
    assert codes(Phase.CLOSED, district(settled=False), district()) == ["E.166"]


@pytest.mark.parametrize(
    ("phase", "to", "state", "code"),
    [
        (Phase.SET_UP, Phase.COUNTING, {}, "R.152"),
        (Phase.SET_UP, Phase.SET_UP, {}, "R.152"),
        (Phase.SET_UP, Phase.NOMINATION, {"faults": 1}, "R.153"),
        (Phase.NOMINATION, Phase.SET_UP, {"records": 1}, "R.154"),
        (Phase.POLLING, Phase.COUNTING, {"undecided": 1}, "R.155"),
    ],
)
def test_each_forbidden_move_has_its_own_refusal(
    phase: Phase, to: Phase, state: dict[str, int], code: str
) -> None:
    facts = {"faults": 0, "records": 0, "undecided": 0} | state
    with pytest.raises(RuleViolation) as refused:
        move(phase, to, **facts)
    assert refused.value.code.id == code


def test_faults_and_alerts_do_not_stop_a_way_back() -> None:
    assert (
        move(Phase.POLLING, Phase.NOMINATION, faults=3, records=0, undecided=2) is Phase.NOMINATION
    )
