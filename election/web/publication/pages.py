"""What each public page shows, computed from the frozen values of a package."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from election.exchange.publication.package import CHART_NAMES, ResultTable, tables
from election.exchange.publication.package.tables import KINDS, PLACES, SEXES, need, turnout
from election.rules.counting import WRITE_IN, Papers, votes_item
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound
from election.rules.results.kinds import BallotStanding, RoundKind
from election.rules.terms import Step, Text
from election.rules.words import round_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A congress at a glance. registered, issued, share: of the first ballots, None if unknown.

    later: the districts that voted again, by the kind of the ballot.
    """

    seats: int
    registered: int | None
    issued: int | None
    share: Fraction | None
    signed: int
    sheets: int
    later: tuple[tuple[Text, list[FrozenDistrict]], ...]
    alerts: tuple[tuple[str, Text], ...]
    shares: dict[str, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person in one ballot."""

    name: str
    sex: Text | None
    written: bool
    votes: int | None
    against: int | None
    abstain: int | None
    standing: BallotStanding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceResult:
    """One place in one ballot: its papers, then the votes of each person in order."""

    name: str
    kind: Text
    papers: tuple[int | None, ...]
    votes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView:
    """One ballot of a district as its page shows it."""

    round: FrozenRound
    kind: Text
    day: date
    need: int | Text | None
    share: Fraction | None
    lines: tuple[PersonLine, ...]
    places: tuple[PlaceResult, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DistrictView:
    """A district, its ballots, and the districts before and after it."""

    heads: ClassVar[tuple[Papers, ...]] = tuple(Papers)

    district: FrozenDistrict
    ballots: tuple[BallotView, ...]
    before: FrozenDistrict | None
    after: FrozenDistrict | None


def summary(frozen: Frozen, _subject: str = "") -> Summary:
    """The overview of a congress."""
    firsts = [(d.registered, d.rounds[0].totals) for d in frozen.districts if d.rounds]
    complete = len(firsts) == len(frozen.districts) and all(r and t for r, t in firsts)
    registered = sum(r or 0 for r, _ in firsts) if complete else None
    issued = sum(t[Papers.ISSUED] for _, t in firsts if t) if complete else None
    rounds = [ballot for d in frozen.districts for ballot in d.rounds]
    later = (
        (KINDS[kind], [d for d in frozen.districts if any(b.kind == kind for b in d.rounds[1:])])
        for kind in KINDS
    )
    names = {
        place.id: (place.name, PLACES.get(place.kind, Text("", ""))) for place in frozen.places
    }
    return Summary(
        seats=sum(d.seats for d in frozen.districts),
        registered=registered,
        issued=issued,
        share=Fraction(issued, registered) if registered and issued is not None else None,
        signed=sum(len(ballot.sheets) - len(ballot.unsigned) for ballot in rounds),
        sheets=sum(len(ballot.sheets) for ballot in rounds),
        later=tuple((kind, districts) for kind, districts in later if districts),
        alerts=tuple(names[place] for place in frozen.alerts),
        shares={d.id: turnout(d, d.rounds[0]) if d.rounds else None for d in frozen.districts},
    )


def district(frozen: Frozen, key: str) -> DistrictView | None:
    """One district; None when there is no such district."""
    order = [d.id for d in frozen.districts]
    if key not in order:
        return None
    place = order.index(key)
    around = (None, *frozen.districts, None)
    current = frozen.districts[place]
    ballots = tuple(_ballot(frozen, current, ballot) for ballot in current.rounds)
    return DistrictView(current, ballots, around[place], around[place + 2])


def _ballot(frozen: Frozen, where: FrozenDistrict, ballot: FrozenRound) -> BallotView:
    people = sorted(ballot.votes or ballot.candidates, key=lambda who: (who.startswith(WRITE_IN),))
    return BallotView(
        round=ballot,
        kind=round_words(RoundKind(ballot.kind), ballot.number),
        day=date.fromisoformat(ballot.polling_day),
        need=need(ballot),
        share=turnout(where, ballot),
        lines=tuple(_line(where, ballot, who) for who in people),
        places=_places(frozen, ballot, people),
        steps=ballot.outcome.steps if ballot.outcome else (),
    )


def _line(where: FrozenDistrict, ballot: FrozenRound, who: str) -> PersonLine:
    sexes = {candidate.id: candidate.sex for candidate in where.candidates}
    votes, against, abstain = ballot.answers(who)
    return PersonLine(
        name=where.names[who],
        sex=SEXES.get(str(sexes.get(who))),
        written=who.startswith(WRITE_IN),
        votes=votes,
        against=against,
        abstain=abstain,
        standing=ballot.standing(who),
    )


def _places(frozen: Frozen, ballot: FrozenRound, people: list[str]) -> tuple[PlaceResult, ...]:
    places = {place.id: place for place in frozen.places}
    items = [votes_item(who) for who in people]
    lines = []
    for sheet in ballot.sheets:
        place, signed = places[sheet.place], sheet.signed or {}
        lines.append(
            PlaceResult(
                name=place.name,
                kind=PLACES.get(place.kind, Text(place.kind, place.kind)),
                papers=tuple(signed.get(head) for head in Papers),
                votes=tuple(signed.get(item) for item in items),
            )
        )
    return tuple(lines)


def candidates(frozen: Frozen, _subject: str = "") -> ResultTable:
    """Everybody with votes, over all districts and ballots."""
    return tables(frozen)["candidates"]


def turnout_page(frozen: Frozen, _subject: str = "") -> dict[str, ResultTable]:
    """The tables beside the charts of the whole congress, by the name of the chart."""
    by_name = tables(frozen)
    return {name: by_name[name] for name in CHART_NAMES}


PAGES: dict[str, Callable[[Frozen, str], Any]] = {
    "overview": summary,
    "district": district,
    "candidates": candidates,
    "turnout": turnout_page,
}
