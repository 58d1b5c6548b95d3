"""Reads of where a district stands over all its certified rounds: who is elected, what follows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Candidacy, District, Election, Result, Round
from election.queries.counting import names_of
from election.queries.elections.progress import adopted_districts
from election.queries.results.outcomes import results_of, rounds_in, votes_of
from election.rules.counting import WRITE_IN
from election.rules.results import Consequence
from election.rules.results.outcome import most_votes_first

# what follows a result after which nobody votes again; and after which others may stand
_FINAL = frozenset({None, Consequence.VACANT})
_TAKES_CANDIDATES = frozenset({Consequence.FURTHER_ELECTION, Consequence.RERUN_ELECTION})


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody elected: id (c12 or write-in:NAME), name, in which round, with how many votes."""

    id: str
    name: str
    round: str
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictOutcome:
    """Where one district stands over all its certified rounds.

    elected: round by round, in each by votes; open_seats: not filled (yet); vacant: those that stay
    empty; settled: nothing more is voted on; next: what the last certified round asks for.
    """

    district_id: int
    seats: int
    elected: tuple[Seat, ...]
    settled: bool
    next: Consequence | None
    rounds: tuple[Round, ...]

    @property
    def open_seats(self) -> int:
        """Seats nobody holds (yet)."""
        return self.seats - len(self.elected)

    @property
    def vacant(self) -> int:
        """Seats that stay empty once the district is settled."""
        return self.open_seats if self.settled else 0


def district_outcome(session: Session, district: District) -> DistrictOutcome:
    """Who is elected in a district, how many seats stay open, and whether anything follows."""
    query = select(District).where(District.id == district.id)
    rounds = session.scalars(rounds_in(query)).unique().all()
    return _outcome(district, rounds, results_of(session, rounds))


def district_outcomes(session: Session, election: Election) -> dict[int, DistrictOutcome]:
    """District id -> its outcome, for all adopted districts in a fixed number of queries."""
    districts = session.scalars(adopted_districts(election.id).order_by(District.id)).all()
    rounds = session.scalars(rounds_in(adopted_districts(election.id))).unique().all()
    results = results_of(session, rounds)
    by_district: dict[int, list[Round]] = defaultdict(list)
    for round_ in rounds:
        by_district[round_.district_id].append(round_)
    return {row.id: _outcome(row, by_district[row.id], results) for row in districts}


def may_stand_next(session: Session, candidacy: Candidacy) -> bool:
    """Whether another vote is due in the district, not open yet, in which somebody may stand."""
    outcome = district_outcome(session, candidacy.district)
    elected = {seat.id for seat in outcome.elected}
    return outcome.next in _TAKES_CANDIDATES and candidacy.code not in elected


def _outcome(
    district: District, rounds: Sequence[Round], results: Mapping[int, Result]
) -> DistrictOutcome:
    elected: list[Seat] = []
    for round_ in rounds:
        if round_.id in results:
            elected += _seats(round_, results[round_.id])
    last = results.get(rounds[-1].id) if rounds else None
    following = last.outcome.due if last else None
    return DistrictOutcome(
        district_id=district.id,
        seats=district.seats,
        elected=tuple(elected),
        settled=last is not None and following in _FINAL,
        next=following,
        rounds=tuple(rounds),
    )


def _seats(round_: Round, result: Result) -> list[Seat]:
    names, votes = names_of(round_), votes_of(round_, result.totals)
    return [
        Seat(who, names.get(who, who.removeprefix(WRITE_IN)), round_.code, votes[who])
        for who in most_votes_first(votes, result.outcome.elected)
    ]
