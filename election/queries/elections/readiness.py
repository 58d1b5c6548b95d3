"""What is missing before the next phase, read from the records."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election import clock
from election.models import (
    BallotAccount,
    Candidacy,
    CandidacyStatus,
    Congress,
    CountSheet,
    District,
    Election,
    Entry,
    Nomination,
    Official,
    PlaceDistrict,
    PlaceKind,
    Plan,
    PlanStatus,
    PollingPlace,
    Publication,
    Result,
    Round,
)
from election.queries.elections.progress import adopted_districts, calendar_of, is_named, milestones
from election.rules.elections import conditions, readiness
from election.rules.elections.phases import Phase
from election.rules.polling.places import PlaceFacts
from election.rules.results.certified import CertifiedOutcome
from election.rules.terms import Finding, Level, Text
from election.rules.words import round_words

BODY = {
    Level.COUNTY: Text("县级代表", "county deputies"),
    Level.TOWN: Text("镇级代表", "town deputies"),
}


def district_name(district: District) -> Text:
    """县级第3选区 / county district 3."""
    county = district.plan.congress.level is Level.COUNTY
    zh = "县级" if county else "镇级"
    level = "County" if county else "Town"
    return Text(f"{zh}第{district.number}选区", f"{level} district {district.number}")


def round_title(round_: Round) -> Text:
    """镇级第3选区 第二次投票（另行选举） / Town district 3, ballot 2 (further election)."""
    where, which = district_name(round_.district), round_words(round_.kind, round_.number)
    return Text(f"{where.zh} {which.zh}", f"{where.en}, {which.en}")


def missing(
    session: Session, election: Election, to: Phase, *, today: date | None = None
) -> list[Finding]:
    """Everything missing before phase `to`; today: the township's date unless told otherwise."""
    findings = readiness.missing(
        to,
        _congresses(session, election),
        _districts(session, election),
        by_election=election.kind.value == "by_election",
        named=is_named(session, election.township_id),
    )
    day = today or clock.today()
    if to in (Phase.POLLING, Phase.COUNTING):
        findings += _publications(session, election, day)
    if to is Phase.COUNTING:
        findings += conditions.check_counting_day(election.election_day, today=day)
        findings += conditions.check_boxes(_boxes(session, election), profile=election.profile)
        findings += _officials(session, election)
    return findings


def _publications(session: Session, election: Election, today: date) -> list[Finding]:
    days = calendar_of(election)
    findings: list[Finding] = []
    for congress in election.congresses:
        done = {
            key: milestone.done_on for key, milestone in milestones(session, congress.id).items()
        }
        findings += conditions.check_publications(BODY[congress.level], done, days, today=today)
    return findings


def _boxes(session: Session, election: Election) -> list[PlaceFacts]:
    """The mobile boxes of an election. Whom they serve is no matter of who goes with them."""
    rows = session.scalars(
        select(PollingPlace)
        .where(PollingPlace.election_id == election.id, PollingPlace.kind == PlaceKind.MOBILE_BOX)
        .order_by(PollingPlace.code)
    )
    return [PlaceFacts(row.name, True, row.staff, row.scrutineers, 1) for row in rows]


def _officials(session: Session, election: Election) -> list[Finding]:
    """Officials called like somebody who stands in this election (R7.3)."""
    standing = session.scalars(
        select(Candidacy)
        .where(
            Candidacy.district_id.in_(
                adopted_districts(election.id).with_only_columns(District.id).order_by(None)
            ),
            Candidacy.status == CandidacyStatus.FORMAL,
        )
        .order_by(Candidacy.id)
    )
    officials = session.execute(
        select(Official.number, Official.name)
        .where(Official.township_id == election.township_id, Official.active.is_(True))
        .order_by(Official.id)
    )
    return conditions.check_officials(
        [(number, name) for number, name in officials],
        [
            conditions.Candidate(candidacy.person.name, district_name(candidacy.district))
            for candidacy in standing
        ],
    )


def records(session: Session, election: Election) -> int:
    """How much was done in the phase the election is in (a way back is closed by it)."""
    districts = adopted_districts(election.id).subquery()
    queries = {
        Phase.NOMINATION: select(func.count())
        .select_from(Nomination)
        .where(Nomination.township_id == election.township_id)
        .join(districts, Nomination.district_id == districts.c.id),
        Phase.COUNTING: select(func.count())
        .select_from(CountSheet)
        .where(
            CountSheet.township_id == election.township_id,
            select(Entry.id).where(Entry.sheet_id == CountSheet.id).exists()
            | select(BallotAccount.id).where(BallotAccount.sheet_id == CountSheet.id).exists(),
        )
        .join(Round, CountSheet.round_id == Round.id)
        .join(districts, Round.district_id == districts.c.id),
        Phase.CLOSED: select(func.count())
        .select_from(Publication)
        .where(Publication.township_id == election.township_id)
        .join(Congress, Publication.congress_id == Congress.id)
        .where(Congress.election_id == election.id),
    }
    query = queries.get(election.phase)
    return 0 if query is None else session.scalar(query) or 0


def _congresses(session: Session, election: Election) -> list[readiness.CongressState]:
    adopted = set(
        session.scalars(
            select(Plan.congress_id)
            .join(Congress, Plan.congress_id == Congress.id)
            .where(Congress.election_id == election.id, Plan.status == PlanStatus.ADOPTED)
        )
    )
    return [
        readiness.CongressState(BODY[c.level], c.decision_reference, c.id in adopted)
        for c in election.congresses
    ]


def _districts(session: Session, election: Election) -> list[readiness.DistrictState]:
    districts = session.scalars(adopted_districts(election.id).order_by(District.id)).all()
    keys = [district.id for district in districts]
    formal = _standing(session, keys, CandidacyStatus.FORMAL)
    inactive = _standing(session, keys, CandidacyStatus.INACTIVE)
    places = dict(
        session.execute(
            select(PlaceDistrict.district_id, func.count())
            .where(PlaceDistrict.district_id.in_(keys))
            .group_by(PlaceDistrict.district_id)
        ).all()
    )
    open_ = _unsettled(session, keys)
    return [
        readiness.DistrictState(
            name=district_name(d),
            seats=d.seats,
            formal=formal.get(d.id, 0),
            inactive=inactive.get(d.id, 0),
            registered=d.registered,
            places=places.get(d.id, 0),
            settled=d.id not in open_,
        )
        for d in districts
    ]


def _standing(session: Session, keys: Sequence[int], status: CandidacyStatus) -> dict[int, int]:
    """District id -> how many candidacies of a status."""
    query = (
        select(Candidacy.district_id, func.count())
        .where(Candidacy.district_id.in_(keys), Candidacy.status == status)
        .group_by(Candidacy.district_id)
    )
    return dict(session.execute(query).all())


def _unsettled(session: Session, keys: Sequence[int]) -> set[int]:
    """Districts whose latest round is missing, not certified, or asks for another round."""
    rounds = session.execute(
        select(Round.district_id, Round.number, Result.outcome_json)
        .outerjoin(Result, Result.round_id == Round.id)
        .where(Round.district_id.in_(keys))
        .order_by(Round.district_id, Round.number)
    )
    last = {key: outcome for key, _number, outcome in rounds}
    asks = ("rerun_election", "tie_repeat_vote", "further_election", "unresolved_tie")
    return {
        key
        for key in keys
        if (outcome := last.get(key)) is None or CertifiedOutcome.from_json(outcome).due in asks
    }
