"""Reads of results: what the signed sheets of a round add up to, and what the law makes of it.

People are told by their public ids (c12, write-in:NAME); the steps of an outcome use their names.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, lazyload

from election.models import (
    CandidacyStatus,
    CountSheet,
    District,
    Election,
    Entry,
    PollingPlace,
    Result,
    Round,
)
from election.queries.candidates.lists import by_election
from election.queries.counting import names_of
from election.queries.elections.progress import adopted_districts
from election.rules.canonical import sha256
from election.rules.counting import (
    WRITE_IN,
    Papers,
    SheetState,
    Vote,
    total,
    votes_by_person,
    writeins,
)
from election.rules.results import BallotKind, Case, Flag, Outcome, RoundRule, decide
from election.rules.results.codes import NO_ROLL
from election.rules.results.kinds import BallotStanding
from election.rules.results.outcome import most_votes_first
from election.rules.results.rounds import FURTHER, TIE_REPEAT, Held
from election.rules.results.written_in import check_alike
from election.rules.terms import Finding, InputFaults, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """One person's figures in a round.

    share: votes over the votes needed, None without; standing: None while nothing is decided.
    """

    id: str
    name: str
    written_in: bool
    votes: int
    against: int | None
    abstain: int | None
    share: Fraction | None
    standing: BallotStanding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCount:
    """One round: of how many places the signed sheets are, their sum, and its outcome.

    totals: item -> figure of the signed sheets, None while there is none (unknown is not zero);
    outcome: only once all sheets are signed and the figures can be; problems: why there is none.
    alerts: codes of places with more papers returned than issued.
    """

    round: Round
    names: Mapping[str, str]
    places: int
    signed: int
    totals: Mapping[str, int] | None
    outcome: Outcome | None
    problems: tuple[Text, ...]
    alerts: tuple[str, ...]
    result: Result | None

    @property
    def complete(self) -> bool:
        """Whether every place has reported."""
        return 0 < self.places == self.signed

    @property
    def digest(self) -> str:
        """What a certification binds to: round, totals and outcome as seen."""
        outcome = self.outcome.to_json() if self.outcome else None
        totals = dict(self.totals or {})
        return sha256({"round": self.round.code, "totals": totals, "outcome": outcome})

    @property
    def needs_decision(self) -> bool:
        """Whether the committee must decide in writing: the law is silent, or an alert stands."""
        silent = self.outcome is not None and Flag.LAW_SILENT in self.outcome.flags
        return silent or bool(self.alerts) or bool(self.alike)

    @property
    def alike(self) -> list[Finding]:
        """An alert for names written in on several sheets in several spellings."""
        return check_alike(writeins(self.totals or {}))

    @property
    def by_need(self) -> bool:
        """Whether a number of votes must be reached; a repeat vote goes to the higher count."""
        return self.round.counts_as != TIE_REPEAT

    @property
    def turnout(self) -> Fraction | None:
        """Ballots issued over registered voters, once every place has reported."""
        registered = self.round.district.registered
        if not self.complete or self.totals is None or not registered:
            return None
        return Fraction(self.totals[Papers.ISSUED], registered)

    def name(self, who: str) -> str:
        """How people call an id of this round."""
        return self.names.get(who, who.removeprefix(WRITE_IN))

    def elected_names(self) -> tuple[str, ...]:
        """Who is elected, by votes, equal votes in the order of the ballot."""
        return () if self.outcome is None else self._ordered(self.outcome.elected)

    def tied_names(self) -> tuple[str, ...]:
        """Who is tied, in the order of the ballot."""
        return () if self.outcome is None else self._ordered(self.outcome.tied)

    def _ordered(self, people: Sequence[str]) -> tuple[str, ...]:
        votes = votes_of(self.round, self.totals or {})
        return tuple(self.name(who) for who in most_votes_first(votes, people))

    def votes(self, who: str) -> int | None:
        """The votes of an id of this round; None while no sheet is signed."""
        return None if self.totals is None else votes_of(self.round, self.totals).get(who)

    def candidates(self) -> tuple[CandidateLine, ...]:
        """Everybody on the ballot in its order, then the write-ins, most votes first."""
        if self.totals is None:
            return ()
        printed = [self._printed(row.candidacy.code) for row in self.round.candidates]
        lines = [self._written(name, n) for name, n in writeins(self.totals).items()]
        return (*printed, *sorted(lines, key=lambda line: (-line.votes, line.name)))

    def _printed(self, code: str) -> CandidateLine:
        totals = self.totals or {}
        return self._line(
            code,
            totals[Vote.FOR.of(code)],
            against=totals.get(Vote.AGAINST.of(code)),
            abstain=totals.get(Vote.ABSTAIN.of(code)),
        )

    def _written(self, name: str, votes: int) -> CandidateLine:
        return self._line(WRITE_IN + name, votes)

    def _line(
        self, who: str, votes: int, *, against: int | None = None, abstain: int | None = None
    ) -> CandidateLine:
        need = self.outcome.need if self.outcome else None
        return CandidateLine(
            id=who,
            name=self.name(who),
            written_in=who.startswith(WRITE_IN),
            votes=votes,
            against=against,
            abstain=abstain,
            share=Fraction(votes, need) if need and self.by_need else None,
            standing=self.outcome.standing(who) if self.outcome else None,
        )


def count_round(session: Session, round_: Round) -> RoundCount:
    """One round as its sheets stand now."""
    return _counts(session, [round_])[0]


def counts(session: Session, election: Election) -> list[RoundCount]:
    """Every round of an election, by congress, district and number; a fixed number of queries."""
    rounds = session.scalars(rounds_in(adopted_districts(election.id))).unique().all()
    ordered = sorted(
        rounds, key=lambda r: (r.district.congress.level, -r.district.number, -r.number)
    )
    return _counts(session, list(reversed(ordered)))


def held(session: Session, round_: Round, result: Result) -> Held:
    """A certified round as the rules of the next one take it."""
    return Held(
        counts_as=round_.counts_as,
        attempt=round_.attempt,
        seats=round_.seats,
        candidates=tuple(row.candidacy.code for row in round_.candidates),
        polling_day=round_.polling_day,
        votes=votes_of(round_, result.totals),
        outcome=result.outcome,
        furthers_held=_furthers(session, round_),
        names=names_of(round_),
        inactive=frozenset(
            row.candidacy.code
            for row in round_.candidates
            if row.candidacy.status is CandidacyStatus.INACTIVE
        ),
        by_election=by_election(round_.district),
    )


def follower(session: Session, round_: Round) -> Round | None:
    """The round that was opened after this one."""
    return session.scalar(select(Round).where(Round.previous_id == round_.id))


def counted_by(session: Session, round_: Round) -> set[str]:
    """The numbers of everybody who entered or signed a sheet of this round."""
    of_round = CountSheet.round_id == round_.id
    entered = select(Entry.person).join(CountSheet, Entry.sheet_id == CountSheet.id).where(of_round)
    signed = select(CountSheet.signed_by).where(of_round, CountSheet.signed_by.isnot(None))
    return {person for query in (entered, signed) for person in session.scalars(query) if person}


def judge(round_: Round, totals: Mapping[str, int]) -> tuple[Outcome | None, tuple[Text, ...]]:
    """What the law makes of the figures of a whole round; or why they cannot be."""
    registered = round_.district.registered
    if registered is None:
        return None, (NO_ROLL.cause,)
    names = names_of(round_)
    by_id = votes_of(round_, totals)
    by_name = {names.get(who, who): votes for who, votes in by_id.items()}
    try:
        outcome = decide(_case(round_, totals, registered, by_id))
        by_names = decide(_case(round_, totals, registered, by_name))
    except InputFaults as impossible:
        return None, tuple(fault.text for fault in impossible.faults)
    return replace(outcome, steps=by_names.steps), ()


def votes_of(round_: Round, totals: Mapping[str, int]) -> dict[str, int]:
    """Id on the ballot, or "write-in:NAME", -> votes in these figures of a whole round."""
    return votes_by_person(totals, [row.candidacy.code for row in round_.candidates])


def _case(
    round_: Round, totals: Mapping[str, int], registered: int, votes: Mapping[str, int]
) -> Case:
    return Case(
        kind=BallotKind.DEPUTIES,
        round=RoundRule(round_.counts_as),
        attempt=round_.attempt,
        seats=round_.seats,
        registered=registered,
        issued=totals[Papers.ISSUED],
        returned=totals[Papers.RETURNED],
        void=totals[Papers.VOID],
        votes=votes,
        profile=round_.district.congress.election.profile,
    )


def rounds_in(districts: Select[District]) -> Select[Round]:
    """The rounds of these districts, by district and number."""
    keys = districts.with_only_columns(District.id).order_by(None)
    return (
        select(Round).where(Round.district_id.in_(keys)).order_by(Round.district_id, Round.number)
    )


def _counts(session: Session, rounds: Sequence[Round]) -> list[RoundCount]:
    keys = [round_.id for round_ in rounds]
    sheets: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(CountSheet.round_id, CountSheet.state, CountSheet.figures, PollingPlace.code)
        .join(PollingPlace, CountSheet.place_id == PollingPlace.id)
        .where(CountSheet.round_id.in_(keys))
        .order_by(PollingPlace.code)
    ):
        sheets[row.round_id].append(row)
    results = results_of(session, rounds)
    return [_count(round_, sheets[round_.id], results.get(round_.id)) for round_ in rounds]


def _count(round_: Round, sheets: Sequence[Any], result: Result | None) -> RoundCount:
    signed = [row for row in sheets if row.state is SheetState.SIGNED]
    totals = total([row.figures for row in signed]) if signed else None
    whole = totals is not None and len(signed) == len(sheets)
    outcome, problems = judge(round_, totals) if whole and totals is not None else (None, ())
    return RoundCount(
        round=round_,
        names=names_of(round_),
        places=len(sheets),
        signed=len(signed),
        totals=totals,
        outcome=outcome,
        problems=problems,
        alerts=tuple(
            r.code for r in signed if r.figures[Papers.RETURNED] > r.figures[Papers.ISSUED]
        ),
        result=result,
    )


def results_of(session: Session, rounds: Sequence[Round]) -> dict[int, Result]:
    """Round id -> its certificate, of those that have one."""
    keys = [round_.id for round_ in rounds]
    query = select(Result).options(lazyload(Result.round)).where(Result.round_id.in_(keys))
    results = session.scalars(query)
    return {result.round_id: result for result in results}


def _furthers(session: Session, round_: Round) -> int:
    """Valid further elections of the district so far."""
    rows = session.scalars(
        select(Result)
        .join(Round, Result.round_id == Round.id)
        .where(
            Round.district_id == round_.district_id,
            Round.number <= round_.number,
            Round.counts_as == FURTHER,
        )
    )
    return sum(result.outcome.valid for result in rows)
