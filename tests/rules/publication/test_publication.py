"""What must be there before a publication, and what the frozen values say (pure)."""

from dataclasses import replace

import pytest

from election.rules.profile import profile
from election.rules.publication import (
    Frozen,
    FrozenCandidate,
    FrozenDistrict,
    FrozenPlace,
    FrozenRound,
    FrozenSheet,
    missing,
)
from election.rules.results import BallotKind, Case, Consequence, RoundRule, decide
from election.rules.results.certified import CertifiedOutcome
from election.rules.results.kinds import BallotStanding

SHEET = {
    "issued": 60,
    "returned": 60,
    "void": 2,
    "blank": 1,
    "for:c1": 40,
    "for:c2": 10,
    "writein:钱多": 3,
}


def certified(votes: dict[str, int], **figures: int) -> CertifiedOutcome:
    case = Case(kind=BallotKind.DEPUTIES, round=RoundRule.FIRST, seats=1, votes=votes, **figures)
    return CertifiedOutcome.of(decide(case))


RIGHT = certified(
    {"c1": 40, "c2": 10, "write-in:钱多": 3}, registered=100, issued=60, returned=60, void=2
)
ROUND = FrozenRound(
    id="town-1-r1",
    number=1,
    kind="first",
    counts_as="first",
    attempt=1,
    seats=1,
    polling_day="2021-12-16",
    candidates=("c1", "c2"),
    checked_in=58,
    proxy=2,
    outcome=RIGHT,
    sheets=(FrozenSheet("P1", SHEET, SHEET, SHEET),),
)
DISTRICT = FrozenDistrict(
    id="town-1",
    number=1,
    name="第1选区",
    seats=1,
    registered=100,
    candidates=(FrozenCandidate("c1", "王芳"), FrozenCandidate("c2", "李明")),
    rounds=(ROUND,),
)
FROZEN = Frozen(
    id="1/town",
    election=1,
    title="换届选举",
    township="鹤浦镇",
    township_code="330225103",
    county="象山县",
    is_sample=False,
    congress="鹤浦镇人民代表大会",
    level="town",
    term=19,
    seats=1,
    election_day="2021-12-16",
    profile="2025-zhejiang",
    rules={"win_base": "issued"},
    districts=(DISTRICT,),
    places=(FrozenPlace("P1", "town-1", "station", "一村"),),
)


def codes(district: FrozenDistrict | None) -> list[str]:
    districts = () if district is None else (district,)
    return [one.code.id for one in missing(replace(FROZEN, districts=districts), profile())]


def with_round(**changed: object) -> FrozenDistrict:
    return replace(DISTRICT, rounds=(replace(ROUND, **changed),))  # type: ignore[arg-type]


def test_a_settled_district_can_be_published() -> None:
    assert codes(DISTRICT) == []


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        (None, ["E.701"]),
        (replace(DISTRICT, rounds=()), ["E.702"]),
        (with_round(sheets=()), ["E.703"]),
        (with_round(sheets=(FrozenSheet("P1", SHEET, SHEET, None),)), ["E.703"]),
        (with_round(outcome=None), ["E.704"]),
        (with_round(outcome=replace(RIGHT, next=Consequence.TIE_REPEAT_VOTE)), ["E.707"]),
        (with_round(unaccounted=("P1",)), ["E.706"]),
        (with_round(outcome=replace(RIGHT, need=30)), ["E.707"]),
        (replace(DISTRICT, registered=None), ["E.708"]),
        (replace(DISTRICT, registered=120), ["E.707"]),  # half of 120 is not more than half
    ],
)
def test_each_missing_thing_has_its_code(
    district: FrozenDistrict | None, expected: list[str]
) -> None:
    assert codes(district) == expected


def test_a_further_election_the_law_asks_for_must_be_held_first() -> None:
    votes = {"c1": 30, "c2": 30}
    sheet = {**SHEET, "void": 0, "blank": 0, "for:c1": 30, "for:c2": 30}
    del sheet["writein:钱多"]
    outcome = certified(votes, registered=100, issued=60, returned=60, void=0)
    district = with_round(outcome=outcome, sheets=(FrozenSheet("P1", sheet, sheet, sheet),))
    found = missing(replace(FROZEN, districts=(district,)), profile())
    assert [one.code.id for one in found] == ["E.705"]
    assert found[0].cause.zh == "镇级第1选区：依法还须进行另行选举"
    assert found[0].cause.en == "town district 1: the law still asks for a further election"


def test_figures_that_cannot_be_are_no_result() -> None:
    sheet = {**SHEET, "for:c1": 61}
    assert codes(with_round(sheets=(FrozenSheet("P1", sheet, sheet, sheet),))) == ["E.707"]


def test_the_first_three_open_places_are_named() -> None:
    names = {f"P{n}": f"{n}村" for n in range(1, 6)}
    places = tuple(FrozenPlace(key, "town-1", "station", name) for key, name in names.items())
    sheets = tuple(FrozenSheet(key) for key in names)
    frozen = replace(FROZEN, districts=(with_round(sheets=sheets),), places=places)
    (found,) = missing(frozen, profile())
    assert found.cause.zh == (
        "镇级第1选区第1次投票：5个场所中5个的计票单尚未签字（1村、2村、3村等）"
    )


def test_votes_are_for_marks_and_write_ins_are_told_by_name() -> None:
    assert ROUND.votes == {"c1": 40, "c2": 10, "write-in:钱多": 3}
    assert ROUND.answers("write-in:钱多") == (3, None, None)
    assert ROUND.answers("c1") == (40, None, None)
    assert (DISTRICT.elected, DISTRICT.vacant, DISTRICT.elected_names()) == (("c1",), 0, ("王芳",))


def test_namesakes_are_told_apart_without_their_ids() -> None:
    two = (FrozenCandidate("c1", "王芳"), FrozenCandidate("c2", "王芳"))
    names = replace(DISTRICT, candidates=two).names
    assert (names["c1"], names["c2"]) == ("王芳（1）", "王芳（2）")


def test_the_elected_stand_by_votes_and_equal_ones_as_on_the_ballot() -> None:
    """c10 is before c2 as text: an order by ids would show."""
    votes = {"c3": 40, "c2": 45, "c10": 45}
    sheet = {"issued": 60, "returned": 60, "void": 2, "blank": 1}
    sheet |= {f"for:{who}": n for who, n in votes.items()}
    outcome = replace(RIGHT, elected=("c10", "c2", "c3"))
    district = with_round(
        sheets=(FrozenSheet("P1", None, None, sheet),),
        candidates=("c3", "c2", "c10"),
        outcome=outcome,
    )
    assert district.elected == ("c2", "c10", "c3")


def test_somebody_tied_is_neither_elected_nor_out() -> None:
    outcome = replace(RIGHT, elected=(), tied=("c1", "c2"))
    (ballot,) = with_round(outcome=outcome).rounds
    assert [ballot.standing(who) for who in ("c1", "c2", "write-in:钱多")] == [
        BallotStanding.TIED,
        BallotStanding.TIED,
        BallotStanding.NOT_ELECTED,
    ]
    assert with_round(outcome=None).rounds[0].standing("c1") is None


def test_a_place_with_more_papers_than_went_out_is_an_alert() -> None:
    sheet = {**SHEET, "returned": 61}
    frozen = replace(
        FROZEN, districts=(with_round(sheets=(FrozenSheet("P1", None, None, sheet),)),)
    )
    assert (FROZEN.alerts, frozen.alerts) == ((), ("P1",))
