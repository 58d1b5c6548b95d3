"""What must be there before the next phase of an election may begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from election.rules.candidates.lists import check_formal_number
from election.rules.elections.codes.phases import (
    NO_CONGRESS,
    NO_DECISION,
    NO_PLACE,
    NO_PLAN,
    NO_ROLL,
    NOT_CERTIFIED,
    NOT_LEGAL_NUMBER,
    TOO_FEW_LEFT,
    UNNAMED,
)
from election.rules.elections.phases import Phase
from election.rules.terms import Finding, Text, finding


@dataclass(frozen=True, slots=True)
class CongressState:
    """What is known of one congress before districts can be used."""

    name: Text
    decision_reference: str
    plan_adopted: bool


@dataclass(frozen=True, slots=True)
class DistrictState:
    """What is known of one district of an adopted plan. registered None: unknown, not zero."""

    name: Text
    seats: int
    formal: int  # who stand
    inactive: int  # on the formal list, but dead or without the right by now
    registered: int | None
    places: int
    settled: bool


def missing(
    to: Phase,
    congresses: Sequence[CongressState],
    districts: Sequence[DistrictState],
    *,
    by_election: bool = False,
    named: bool = True,
) -> list[Finding]:
    """Everything that is missing before phase `to`, all at once; named: whether the township is."""
    if to is Phase.NOMINATION:
        return [finding(UNNAMED)] * (not named) + _before_nomination(congresses)
    if to is Phase.POLLING:
        return [f for d in districts for f in _legal_list(d, by_election=by_election)]
    if to is Phase.COUNTING:
        fallen = [f for d in districts for f in _too_few_left(d, by_election=by_election)]
        return _before_counting(districts) + fallen
    if to is Phase.CLOSED:
        return [finding(NOT_CERTIFIED, district=d.name) for d in districts if not d.settled]
    return []


def _legal_list(district: DistrictState, *, by_election: bool) -> list[Finding]:
    """The list as fixed must have a legal number; who fell away since is the committee's case."""
    if check_formal_number(
        district.seats, district.formal + district.inactive, by_election=by_election
    ):
        return [
            finding(
                NOT_LEGAL_NUMBER,
                district=district.name,
                formal=district.formal,
                seats=district.seats,
            )
        ]
    return _too_few_left(district, by_election=by_election)


def _too_few_left(district: DistrictState, *, by_election: bool) -> list[Finding]:
    if not district.inactive or not check_formal_number(
        district.seats, district.formal, by_election=by_election
    ):
        return []
    return [
        finding(
            TOO_FEW_LEFT,
            district=district.name,
            formal=district.formal,
            seats=district.seats,
            inactive=district.inactive,
        )
    ]


def _before_nomination(congresses: Sequence[CongressState]) -> list[Finding]:
    if not congresses:
        return [finding(NO_CONGRESS)]
    undecided = [
        finding(NO_DECISION, congress=c.name) for c in congresses if not c.decision_reference
    ]
    return undecided + [finding(NO_PLAN, congress=c.name) for c in congresses if not c.plan_adopted]


def _before_counting(districts: Sequence[DistrictState]) -> list[Finding]:
    unregistered = [finding(NO_ROLL, district=d.name) for d in districts if d.registered is None]
    return unregistered + [finding(NO_PLACE, district=d.name) for d in districts if not d.places]
