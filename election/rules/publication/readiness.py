"""What is missing before a congress's result can be published: everything at once.

A publication says who is elected, so every district must be settled: all sheets of all rounds
signed, each round certified as its sheets say, and nothing more asked for by law (R9.14).
"""

from collections.abc import Iterator

from election.rules.counting import Papers
from election.rules.profile import Profile
from election.rules.publication.codes import (
    NO_ACCOUNT,
    NO_DISTRICTS,
    NO_ROLL,
    NOT_CERTIFIED,
    NOT_HELD,
    NOT_SIGNED,
    ROUND_DUE,
    STALE_RESULT,
)
from election.rules.publication.shape import Frozen, FrozenDistrict, FrozenRound
from election.rules.results import BallotKind, Case, RoundRule, decide
from election.rules.terms import Fact, Finding, InputFaults, Text, finding

SETTLED = (None, "vacant")  # what the last outcome of a settled district may ask for
_DUE = {
    "rerun_election": Text("重新选举", "a rerun election"),
    "tie_repeat_vote": Text("再次投票", "a repeat vote"),
    "further_election": Text("另行选举", "a further election"),
    "unresolved_tie": Text("选举委员会对得票相等作出决定", "the committee's decision on a tie"),
}
_COMPARED = ("valid", "reasons", "need", "elected", "tied", "tied_seats", "missing", "next")
_NAMED = 3  # places named in a sentence before "and others"


def missing(frozen: Frozen, profile: Profile) -> list[Finding]:
    """Every finding E.701-E.708, district by district; [] when the congress can be published."""
    if not frozen.districts:
        return [finding(NO_DISTRICTS)]
    names = frozen.place_names()
    return [f for d in frozen.districts for f in _district(d, names, profile, frozen.level)]


def district_text(number: int, level: str) -> Text:
    """镇级第3选区 / town district 3."""
    zh = {"town": "镇级", "county": "县级"}.get(level, "")
    return Text(f"{zh}第{number}选区", f"{level} district {number}")


def _district(
    district: FrozenDistrict, names: dict[str, str], profile: Profile, level: str
) -> Iterator[Finding]:
    who = district_text(district.number, level)
    if district.registered is None:
        yield finding(NO_ROLL, district=who)
    if not district.rounds:
        yield finding(NOT_HELD, district=who)
        return
    findings = [f for r in district.rounds for f in _round(r, district, names, profile, who)]
    yield from findings
    last = district.rounds[-1]
    if not findings and last.next not in SETTLED:
        yield finding(ROUND_DUE, district=who, next=_DUE.get(str(last.next), str(last.next)))


def _round(
    ballot: FrozenRound,
    district: FrozenDistrict,
    names: dict[str, str],
    profile: Profile,
    who: Text,
) -> Iterator[Finding]:
    where: dict[str, Fact] = {"district": who, "number": ballot.number}
    if ballot.unsigned or not ballot.sheets:
        yield finding(
            NOT_SIGNED,
            **where,
            places=len(ballot.sheets),
            open=len(ballot.unsigned),
            names=_listed(ballot.unsigned, names),
        )
        return
    if ballot.unaccounted:
        yield finding(NO_ACCOUNT, **where, names=_listed(ballot.unaccounted, names))
    if ballot.outcome is None:
        yield finding(NOT_CERTIFIED, **where)
    elif district.registered is not None and not _agrees(ballot, district.registered, profile):
        yield finding(STALE_RESULT, **where)


def _listed(places: tuple[str, ...], names: dict[str, str]) -> Text:
    place_names = [names.get(place, place) for place in places[:_NAMED]]
    more = len(places) > _NAMED
    zh, en = "、".join(place_names) or "无场所", ", ".join(place_names) or "no place"
    return Text(zh + "等" * more, en + " and others" * more)


def _agrees(ballot: FrozenRound, registered: int, profile: Profile) -> bool:
    """Whether the certified outcome is what the law makes of the signed sheets now."""
    totals = ballot.totals or {}
    try:
        case = Case(
            kind=BallotKind.DEPUTIES,
            round=RoundRule(ballot.counts_as),
            seats=ballot.seats,
            registered=registered,
            issued=totals[Papers.ISSUED],
            returned=totals[Papers.RETURNED],
            void=totals[Papers.VOID],
            votes=ballot.votes or {},
            attempt=ballot.attempt,
            profile=profile,
        )
    except InputFaults:
        return False
    right = decide(case)
    return all(getattr(ballot.outcome, name) == getattr(right, name) for name in _COMPARED)
