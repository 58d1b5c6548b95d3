"""Which round follows a certified one, among whom and for how many seats (docs/states/round.md).

Source: EL 44, 45; ZJ 48, 49, 51; rulebook R9.3-R9.12. The outcome is what rules/results decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from election.rules.candidates.lists import legal_number
from election.rules.counting import WRITE_IN
from election.rules.profile import Profile
from election.rules.results import Consequence
from election.rules.results.certified import CertifiedOutcome
from election.rules.results.codes import (
    BEFORE_POLLING,
    CHOSEN_TWICE,
    NOBODY_CHOSEN,
    NOT_IN_ORDER,
    NOTHING_FOLLOWS,
    NUMBER,
    OUT_OF_ORDER,
    TOO_EARLY,
    TOO_FEW_LEFT,
    TOO_LATE,
    WRITE_IN_STANDS,
)
from election.rules.terms import Finding, RuleViolation, finding

FIRST, TIE_REPEAT, FURTHER, RERUN = "first", "tie_repeat", "further", "rerun"
FOLLOWS: Mapping[Consequence | None, str] = {
    Consequence.TIE_REPEAT_VOTE: TIE_REPEAT,
    Consequence.FURTHER_ELECTION: FURTHER,
    Consequence.RERUN_ELECTION: RERUN,
}
"""What an outcome asks for -> the kind of round that is opened."""


def check_voted(polling_day: date, *, today: date, decision: str) -> None:
    """Raise R.639 when the vote is still to come and no decision of the committee allows it.

    Source: ZJ 51 (a district may vote earlier with the committee's consent); rulebook R7.16.
    """
    if today < polling_day and not decision.strip():
        raise RuleViolation(BEFORE_POLLING, day=polling_day.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A certified round. candidates: ids in ballot order; votes: id or "write-in:NAME" -> votes.

    outcome: with these ids. furthers_held: valid further elections in
    the district up to and with this round; names: id -> name, for the sentences of refusals;
    inactive: printed on the ballot and fallen away since (R5.20), so they stand no more;
    by_election: no more candidates than seats are asked for (R10.11).
    """

    counts_as: str
    attempt: int
    seats: int
    candidates: tuple[str, ...]
    polling_day: date
    votes: Mapping[str, int]
    outcome: CertifiedOutcome
    furthers_held: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    inactive: frozenset[str] = frozenset()
    by_election: bool = False

    def name(self, who: str) -> str:
        """How people call somebody of this round."""
        return self.names.get(who, who.removeprefix(WRITE_IN))


@dataclass(frozen=True, slots=True)
class Planned:
    """The round to be opened; candidates are ids or "write-in:NAME", in no order yet."""

    kind: str
    counts_as: str
    attempt: int
    seats: int
    candidates: tuple[str, ...]


def plan_next(held: Held, *, chosen: Sequence[str] = (), decision: str = "") -> Planned:
    """The round that a certified one, or the committee's decision on its tie, asks for.

    tie_repeat: the tied only, for the seats they hold up (R9.3); rerun: the same people and seats,
    decided by the same rule, without who fell away since (R9.12, R5.20); further: the missing
    seats among `chosen` (R9.5, R9.11).
    Raises R.611 when nothing follows; R.614-R.617, R.620, R.622, R.623 for candidates the law does
    not allow.
    """
    kind = FOLLOWS.get(held.outcome.due)
    if kind is None:
        raise RuleViolation(NOTHING_FOLLOWS)
    seats = held.outcome.next_seats
    if kind == RERUN:
        standing = _still_standing(held, seats, decided=bool(decision.strip()))
        return Planned(RERUN, held.counts_as, held.attempt, seats, standing)
    if kind == TIE_REPEAT:
        attempt = held.attempt + 1 if held.counts_as == TIE_REPEAT else 1
        return Planned(kind, kind, attempt, seats, held.outcome.tied)
    _require_candidates(held, chosen, decided=bool(decision.strip()))
    return Planned(kind, kind, held.furthers_held + 1, seats, tuple(chosen))


def _still_standing(held: Held, seats: int, *, decided: bool) -> tuple[str, ...]:
    """Who stands in a rerun: the same people, but for those fallen away since (R5.20)."""
    standing = tuple(who for who in held.candidates if who not in held.inactive)
    least = _fewest(held, seats)
    if len(standing) < min(least, len(held.candidates)) and not decided:
        raise RuleViolation(TOO_FEW_LEFT, count=len(standing), least=least)
    return standing


def _fewest(held: Held, seats: int) -> int:
    """How many must stand for a vote on these seats (R5.8, R9.3, R10.11)."""
    if held.counts_as == TIE_REPEAT:
        return seats + 1
    return seats if held.by_election else legal_number(seats)[0]


def proposed(held: Held) -> tuple[str, ...]:
    """The candidates of a further election where the order of votes leaves nothing to decide.

    The largest legal number that parts nobody from an equal; empty when people must choose.
    """
    legal = held.outcome.next_candidates
    if legal is None or legal.cut_tied:
        return ()
    order = [who for who in legal.order if who not in held.inactive]
    for number in range(legal.max, legal.min - 1, -1):
        tied = number < len(order) and _votes(held, order[number - 1]) == _votes(
            held, order[number]
        )
        if number <= len(order) and not tied:
            return tuple(order[:number])
    return ()


def _require_candidates(held: Held, chosen: Sequence[str], *, decided: bool) -> None:
    legal = held.outcome.next_candidates
    if legal is None:
        raise TypeError("a further election follows, and nobody is said to stand in it")
    order = [who for who in legal.order if who not in held.inactive]
    least, most = legal.min, legal.max
    _require_people(held, chosen, order)
    few = len(order) < least
    allowed = range(len(order), len(order) + 1) if few else range(least, most + 1)
    if len(chosen) not in allowed:
        raise RuleViolation(NUMBER, count=len(chosen), least=allowed[0], most=allowed[-1])
    if few and not decided:
        raise RuleViolation(TOO_FEW_LEFT, count=len(order), least=least)
    _require_order(held, chosen, order, decided=decided)


def _require_people(held: Held, chosen: Sequence[str], order: Sequence[str]) -> None:
    """Somebody is chosen, nobody twice, and nobody who may not stand."""
    if not chosen:
        raise RuleViolation(NOBODY_CHOSEN)
    for place, name in enumerate(chosen):
        if name in chosen[:place]:
            raise RuleViolation(CHOSEN_TWICE, name=held.name(name))
        if name not in order:
            raise RuleViolation(NOT_IN_ORDER, name=held.name(name))


def _require_order(
    held: Held, chosen: Sequence[str], order: Sequence[str], *, decided: bool
) -> None:
    """Nobody is passed over, and without a written decision nobody written in stands.

    A decision leaves the order of votes as it is (R9.5): it only chooses between people level at
    the cut (R9.11), and says whether somebody written in stands or is left out (R9.10).
    """
    last = min(chosen, key=lambda name: _votes(held, name))
    cut = _votes(held, last)
    for name in order:
        open_to_decision = _votes(held, name) == cut or name.startswith(WRITE_IN)
        if name not in chosen and _votes(held, name) >= cut and not (decided and open_to_decision):
            raise RuleViolation(OUT_OF_ORDER, left=held.name(name), taken=held.name(last))
    for name in chosen:
        if name.startswith(WRITE_IN) and not decided:
            raise RuleViolation(WRITE_IN_STANDS, name=held.name(name))


def _votes(held: Held, name: str) -> int:
    return held.votes.get(name, 0)


def check_day(day: date, before: date, *, profile: Profile) -> list[Finding]:
    """Whether the day of a further round is late; raises R.618 for one before the last round.

    Source: R9.9: the law names no day, so `further_election_max_days` only warns.
    """
    if day < before:
        raise RuleViolation(TOO_EARLY, day=day.isoformat(), before=before.isoformat())
    most = profile.whole("further_election_max_days")
    if day <= before + timedelta(days=most):
        return []
    days = (day - before).days
    return [finding(TOO_LATE, "polling_day", day=day.isoformat(), days=days, most=most)]
