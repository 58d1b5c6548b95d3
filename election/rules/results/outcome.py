"""What a ballot leads to, and the sharing out of places that every round has in common.

A tie is a result: nobody here draws lots, and the order of the input never decides anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from election.rules.results.kinds import BallotStanding
from election.rules.terms import Step


class Reason(StrEnum):
    """Why a ballot is void as a whole."""

    TURNOUT = "turnout"
    QUORUM = "quorum"
    RETURNED_EXCEEDS_ISSUED = "returned_exceeds_issued"


class Consequence(StrEnum):
    """What has to follow."""

    RERUN_ELECTION = "rerun_election"
    TIE_REPEAT_VOTE = "tie_repeat_vote"
    FURTHER_ELECTION = "further_election"
    VACANT = "vacant"
    UNRESOLVED_TIE = "unresolved_tie"
    CONGRESS_DECIDES = "congress_decides"


class Flag(StrEnum):
    """What people must look at before they rely on the outcome."""

    BASIS_SENSITIVE = "BASIS_SENSITIVE"
    LAW_SILENT = "LAW_SILENT"


@dataclass(frozen=True, slots=True)
class NextCandidates:
    """Who may stand in the further election: `order` by votes, `min` to `max` of them by law.

    cut_tied: every legal number of candidates would cut between people with equal votes.
    """

    order: tuple[str, ...]
    min: int
    max: int
    cut_tied: bool

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc result`."""
        return {
            "order": list(self.order),
            "min": self.min,
            "max": self.max,
            "cut_tied": self.cut_tied,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of one ballot with every step that led to it.

    need: fewest votes to be elected in this round, None when the ballot is void; elected and tied
    are sorted by name; elected + tied_seats + missing = seats in a valid election.
    """

    valid: bool
    reasons: tuple[Reason, ...] = ()
    need: int | None
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    missing: int = 0
    next: Consequence | None
    next_seats: int
    next_candidates: NextCandidates | None = None
    flags: tuple[Flag, ...] = ()
    steps: tuple[Step, ...]

    def standing(self, who: str) -> BallotStanding:
        """What this ballot made of somebody."""
        if who in self.elected:
            return BallotStanding.ELECTED
        return BallotStanding.TIED if who in self.tied else BallotStanding.NOT_ELECTED

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc result`."""
        following = self.next_candidates
        return {
            "valid": self.valid,
            "reasons": [reason.value for reason in self.reasons],
            "need": self.need,
            "elected": list(self.elected),
            "tied": list(self.tied),
            "tied_seats": self.tied_seats,
            "missing": self.missing,
            "next": self.next.value if self.next else None,
            "next_seats": self.next_seats,
            "next_candidates": following.to_json() if following else None,
            "flags": [flag.value for flag in self.flags],
            "steps": [step.to_json() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Parts:
    """How the places of one ballot part: filled, held by a tie, missing."""

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    tied_seats: int
    missing: int


def most_votes_first(votes: Mapping[str, int], people: Iterable[str]) -> tuple[str, ...]:
    """These people as lists name them: by votes, equal votes in the order of the ballot.

    votes: everybody's, in the order of the ballot. An order for the eye: it decides nothing.
    """
    place = {who: place for place, who in enumerate(votes)}
    return tuple(sorted(people, key=lambda who: (-votes[who], place[who])))


def more_than_half(base: int) -> int:
    """The least whole number above half of the base: 612 -> 307, 73 -> 37."""
    return base // 2 + 1


def at_least(share: Fraction, base: int) -> int:
    """The least whole number that reaches this share of the base: 1/3 of 636 -> 212."""
    return ceil(share * base)


def share_out(votes: Mapping[str, int], *, need: int, seats: int) -> Parts:
    """Fill the seats with those who reach `need`, the higher count first.

    Equal votes across the last seat hold back the seats they compete for.
    Source: EL 45(1), 45(3); OL 29(1).
    """
    over = {name: n for name, n in votes.items() if n >= need}
    if len(over) <= seats:
        return Parts(tuple(sorted(over)), (), 0, seats - len(over))
    cut = sorted(over.values(), reverse=True)[seats - 1]
    above = sorted(name for name, n in over.items() if n > cut)
    level = sorted(name for name, n in over.items() if n == cut)
    if len(above) + len(level) == seats:
        return Parts(tuple(sorted(above + level)), (), 0, 0)
    return Parts(tuple(above), tuple(level), seats - len(above), 0)


def share_out_repeat(votes: Mapping[str, int], *, seats: int) -> Parts:
    """Fill the seats by plurality among those who stood level.

    People still level at the cut stay tied, even without a vote; otherwise one vote is needed.
    Source: EL 45(3); default R9.4.
    """
    parts = share_out(votes, need=0, seats=seats)
    elected = tuple(name for name in parts.elected if votes[name] > 0)
    return Parts(elected, parts.tied, parts.tied_seats, seats - len(elected) - parts.tied_seats)


def concluded(
    parts: Parts,
    *,
    need: int,
    following: Consequence | None,
    steps: Sequence[Step],
    candidates: NextCandidates | None = None,
    basis_sensitive: bool = False,
) -> Outcome:
    """The outcome of a valid ballot; LAW_SILENT is read from its steps."""
    flags = (Flag.BASIS_SENSITIVE,) if basis_sensitive else ()
    return Outcome(
        valid=True,
        need=need,
        elected=parts.elected,
        tied=parts.tied,
        tied_seats=parts.tied_seats,
        missing=parts.missing,
        next=following,
        next_seats=parts.tied_seats + parts.missing,
        next_candidates=candidates,
        flags=(*flags, *_silent(steps)),
        steps=tuple(steps),
    )


def void_election(seats: int, reasons: Sequence[Reason], steps: Sequence[Step]) -> Outcome:
    """The outcome of a void ballot: nobody is elected, all seats are voted on again."""
    return Outcome(
        valid=False,
        reasons=tuple(reasons),
        need=None,
        next=Consequence.RERUN_ELECTION,
        next_seats=seats,
        flags=_silent(steps),
        steps=tuple(steps),
    )


def _silent(steps: Sequence[Step]) -> tuple[Flag, ...]:
    return (Flag.LAW_SILENT,) if any(s.figures.get("law_silent") for s in steps) else ()
