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
from election.queries.candidates.lists import DistrictProgress, congress_line
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
            plan = _first_round(line, election.election_day)
            opened.append(_in_use(act.session, plan) or open_round(act.session, plan))
    data = {"election": election.id, "rounds": [facts(round_) for round_ in opened]}
    act.record(under=Permission.SET_UP, what="count.open", subject=str(election.id), data=data)
    return opened


def _first_round(line: DistrictProgress, polling_day: date) -> NewRound:
    standing = (row for row in line.formal if row.status is CandidacyStatus.FORMAL)
    return NewRound(
        district=line.district,
        number=1,
        kind=RoundKind.FIRST,
        counts_as="first",
        attempt=1,
        seats=line.district.seats,
        polling_day=polling_day,
        candidates=tuple(standing),
    )


def open_round(session: Session, plan: NewRound) -> Round:
    """Store a round with its candidates and a sheet for every place of the district; no record."""
    round_ = Round(
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
    round_.candidates = [
        RoundCandidate(township_id=round_.township_id, candidacy=candidacy, position=position)
        for position, candidacy in enumerate(plan.candidates, start=1)
    ]
    session.add(round_)
    session.flush()
    _add_sheets(session, round_, places_of(session, plan.district.id))
    return round_


def places_of(session: Session, district_id: int) -> Sequence[PollingPlace]:
    """The places that serve a district, by code."""
    return session.scalars(
        select(PollingPlace)
        .join(PlaceDistrict, PlaceDistrict.place_id == PollingPlace.id)
        .where(PlaceDistrict.district_id == district_id)
        .order_by(PollingPlace.code)
    ).all()


def facts(round_: Round) -> dict[str, Any]:
    """What the audit entry says of a round, in public ids."""
    return {
        "round": round_.code,
        "kind": round_.kind.value,
        "counts_as": round_.counts_as,
        "attempt": round_.attempt,
        "seats": round_.seats,
        "polling_day": round_.polling_day.isoformat(),
        "candidates": [row.candidacy.code for row in round_.candidates],
        "places": [sheet.place.code for sheet in round_.sheets],
    }


def _add_sheets(session: Session, round_: Round, places: Sequence[PollingPlace]) -> None:
    for place in places:
        sheet = CountSheet(township_id=round_.township_id, place_id=place.id, place=place)
        sheet.entries, sheet.notes, sheet.account = [], [], None
        round_.sheets.append(sheet)
    session.flush()


def _in_use(session: Session, plan: NewRound) -> Round | None:
    """The district's first round if it is in use already; an unused one is removed."""
    round_ = session.scalar(
        select(Round).where(Round.district_id == plan.district.id, Round.number == 1)
    )
    if round_ is None:
        return None
    if in_use(session, round_.sheets):
        served = {sheet.place_id for sheet in round_.sheets}
        places = places_of(session, plan.district.id)
        _add_sheets(session, round_, [place for place in places if place.id not in served])
        return round_
    remove(session, round_)
    return None


def remove(session: Session, round_: Round) -> None:
    """Take away a round that is not `in_use`, with its empty sheets."""
    for row in (*round_.sheets, *round_.candidates):
        session.delete(row)
    session.flush()
    session.expire(round_, ["sheets", "candidates"])
    session.delete(round_)
    session.flush()
