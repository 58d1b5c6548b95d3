"""Rounds and their sheets: the first rounds of an election, and what follows a certified one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.models import (
    Candidacy,
    CandidacyStatus,
    CountSheet,
    District,
    Election,
    PlaceDistrict,
    PollingPlace,
    Round,
    RoundCandidate,
    RoundKind,
)
from election.queries.candidates.lists import congress_line
from election.queries.counting import in_use
from election.rules.access import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """A round to be opened: who stands, in ballot order, for how many seats, on which day."""

    district: District
    number: int
    kind: RoundKind
    counts_as: str
    attempt: int
    seats: int
    polling_day: date
    candidates: tuple[Candidacy, ...]
    previous_id: int | None = None
    decision: str = ""


def open_first_rounds(act: Act, election: Election) -> list[Round]:
    """Open the first ballot of every district of the adopted plans, with a sheet for each place.

    Called as the phase moves to counting, in the same transaction. A first round from an earlier
    visit to that phase in which nobody kept an account or entered anything is made anew, so that
    later changes of candidates and places are in it; one in use stays and gets missing sheets.
    """
    opened = []
    for congress in election.congresses:
        for line in congress_line(act.session, congress).districts:
            standing = [one for one in line.formal if one.status is CandidacyStatus.FORMAL]
            plan = NewRound(
                district=line.district,
                number=1,
                kind=RoundKind.FIRST,
                counts_as="first",
                attempt=1,
                seats=line.district.seats,
                polling_day=election.election_day,
                candidates=tuple(standing),
            )
            opened.append(_kept(act.session, plan) or open_round(act.session, plan))
    data = {"election": election.id, "rounds": [told(one) for one in opened]}
    act.record(under=Permission.SET_UP, what="count.open", subject=str(election.id), data=data)
    return opened


def open_round(session: Session, plan: NewRound) -> Round:
    """Store a round with its candidates and a sheet for every place of the district; no record."""
    one = Round(
        township_id=plan.district.township_id,
        district=plan.district,
        number=plan.number,
        kind=plan.kind,
        counts_as=plan.counts_as,
        attempt=plan.attempt,
        seats=plan.seats,
        polling_day=plan.polling_day,
        previous_id=plan.previous_id,
        decision=plan.decision,
    )
    one.candidates = [
        RoundCandidate(township_id=one.township_id, candidacy=candidacy, position=position)
        for position, candidacy in enumerate(plan.candidates, start=1)
    ]
    session.add(one)
    session.flush()
    _add_sheets(session, one, places_of(session, plan.district.id))
    return one


def places_of(session: Session, district_id: int) -> Sequence[PollingPlace]:
    """The places that serve a district, by code."""
    return session.scalars(
        select(PollingPlace)
        .join(PlaceDistrict, PlaceDistrict.place_id == PollingPlace.id)
        .where(PlaceDistrict.district_id == district_id)
        .order_by(PollingPlace.code)
    ).all()


def told(one: Round) -> dict[str, Any]:
    """A round as its audit entry tells it, in public ids."""
    return {
        "round": one.code,
        "kind": one.kind.value,
        "counts_as": one.counts_as,
        "attempt": one.attempt,
        "seats": one.seats,
        "polling_day": one.polling_day.isoformat(),
        "candidates": [row.candidacy.code for row in one.candidates],
        "places": [sheet.place.code for sheet in one.sheets],
    }


def _add_sheets(session: Session, one: Round, places: Sequence[PollingPlace]) -> None:
    for place in places:
        sheet = CountSheet(township_id=one.township_id, place_id=place.id, place=place)
        sheet.entries, sheet.notes, sheet.account = [], [], None
        one.sheets.append(sheet)
    session.flush()


def _kept(session: Session, plan: NewRound) -> Round | None:
    """The district's first round if it is in use already; an unused one is removed."""
    one = session.scalar(
        select(Round).where(Round.district_id == plan.district.id, Round.number == 1)
    )
    if one is None:
        return None
    if in_use(session, one.sheets):
        there = {sheet.place_id for sheet in one.sheets}
        places = places_of(session, plan.district.id)
        _add_sheets(session, one, [place for place in places if place.id not in there])
        return one
    remove(session, one)
    return None


def remove(session: Session, one: Round) -> None:
    """Take away a round that is not `in_use`, with its empty sheets."""
    for row in (*one.sheets, *one.candidates):
        session.delete(row)
    session.flush()
    session.expire(one, ["sheets", "candidates"])
    session.delete(one)
    session.flush()
