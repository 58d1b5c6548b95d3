"""The records of one congress, read in a fixed number of queries into plain frozen values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from election.models import (
    Assignment,
    Candidacy,
    CandidacyStatus,
    Congress,
    CountSheet,
    District,
    PlaceDistrict,
    Plan,
    PlanStatus,
    PollingPlace,
    PopulationBasis,
    Result,
    Round,
)
from election.queries.counting import in_force
from election.rules.counting import SheetState
from election.rules.profile import Profile
from election.rules.publication import (
    Frozen,
    FrozenCandidate,
    FrozenDistrict,
    FrozenPlace,
    FrozenRound,
    FrozenSheet,
)

_STANDING = (CandidacyStatus.FORMAL, CandidacyStatus.INACTIVE, CandidacyStatus.WRITE_IN)


def freeze(session: Session, congress: Congress) -> Frozen:
    """Everything that is published of a congress, as the records are at this moment.

    Nothing is judged here: what is not counted, signed or certified yet stays None.
    """
    election = congress.election
    districts = _districts(session, congress)
    return Frozen(
        id=f"{election.id}/{congress.level.value}",
        election=election.id,
        title=election.title,
        township=election.township.name,
        township_code=election.township.code,
        county=election.township.county,
        is_sample=election.township.is_sample,
        congress=congress.name,
        level=congress.level.value,
        term=congress.term,
        seats=congress.approved_seats,
        election_day=election.election_day.isoformat(),
        profile=election.profile_name,
        rules=rules_of(election.profile),
        districts=districts,
        places=_places(session, congress),
    )


def rules_of(profile: Profile) -> dict[str, int | str | None]:
    """What a verifier needs of the law profile. The shares are the law's own words (EL 45)."""
    most = profile["further_election_rounds"]
    return {
        "turnout_over": "1/2",
        "win_over": "1/2",
        "win_base": profile.word("majority_basis").lower(),
        "further_at_least": "1/3",
        "further_base": profile.word("third_basis").lower(),
        "tie_repeat_max": profile.whole("tie_repeat_max"),
        "further_election_rounds": most if isinstance(most, int) else None,
    }


def _districts(session: Session, congress: Congress) -> tuple[FrozenDistrict, ...]:
    query = (
        select(District)
        .join(Plan, District.plan_id == Plan.id)
        .where(Plan.congress_id == congress.id, Plan.status == PlanStatus.ADOPTED)
        .options(selectinload(District.assignments))
        .order_by(District.number)
    )
    rows = session.scalars(query).all()
    keys = [row.id for row in rows]
    people, rounds = _candidates(session, keys), _rounds(session, keys)
    return tuple(
        FrozenDistrict(
            id=row.code,
            number=row.number,
            name=row.name or f"第{row.number}选区",
            seats=row.seats,
            registered=row.registered,
            population=_population(row.assignments, congress.population_basis),
            units=tuple(assignment.unit.name for assignment in row.assignments),
            candidates=people[row.id],
            rounds=rounds[row.id],
        )
        for row in rows
    )


def _population(assignments: Sequence[Assignment], basis: PopulationBasis) -> int | None:
    """People of a district on this basis; None as soon as one unit's figure is not known."""
    column = {
        PopulationBasis.HUKOU: "hukou_population",
        PopulationBasis.RESIDENT: "resident_population",
    }.get(basis)
    if column is None or not assignments:
        return None
    people = 0
    for assignment in assignments:
        part: int | None = (
            assignment.population if assignment.part else getattr(assignment.unit, column)
        )
        if part is None:
            return None
        people += part
    return people


def _candidates(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[FrozenCandidate, ...]]:
    """District -> who stood in any round, in order of entry."""
    query = (
        select(Candidacy)
        .where(Candidacy.district_id.in_(keys), Candidacy.status.in_(_STANDING))
        .order_by(Candidacy.id)
    )
    candidates: dict[int, tuple[FrozenCandidate, ...]] = defaultdict(tuple)
    for row in session.scalars(query):
        sex = row.person.sex.value if row.person.sex else None
        formal = row.status is not CandidacyStatus.WRITE_IN
        candidates[row.district_id] += (FrozenCandidate(row.code, row.person.name, sex, formal),)
    return candidates


def _rounds(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[FrozenRound, ...]]:
    query = select(Round).where(Round.district_id.in_(keys))
    rows = session.scalars(query.order_by(Round.district_id, Round.number)).unique().all()
    ids = [ballot.id for ballot in rows]
    certified = session.scalars(select(Result).where(Result.round_id.in_(ids)))
    results = {result.round_id: result for result in certified}
    sheets = _sheets(session, ids)
    rounds: dict[int, tuple[FrozenRound, ...]] = defaultdict(tuple)
    for ballot in rows:
        rounds[ballot.district_id] += (_round(ballot, results.get(ballot.id), sheets[ballot.id]),)
    return rounds


def _sheets(session: Session, keys: Sequence[int]) -> Mapping[int, list[CountSheet]]:
    query = (
        select(CountSheet)
        .join(PollingPlace, CountSheet.place_id == PollingPlace.id)
        .where(CountSheet.round_id.in_(keys))
        .order_by(PollingPlace.code)
    )
    sheets: dict[int, list[CountSheet]] = defaultdict(list)
    for sheet in session.scalars(query):
        sheets[sheet.round_id].append(sheet)
    return sheets


def _round(ballot: Round, result: Result | None, sheets: Sequence[CountSheet]) -> FrozenRound:
    accounts = [sheet.account for sheet in sheets if sheet.account is not None]
    whole = bool(sheets) and len(accounts) == len(sheets)
    return FrozenRound(
        id=ballot.code,
        number=ballot.number,
        kind=ballot.kind.value,
        counts_as=ballot.counts_as,
        attempt=ballot.attempt,
        seats=ballot.seats,
        polling_day=ballot.polling_day.isoformat(),
        candidates=tuple(row.candidacy.code for row in ballot.candidates),
        decision=ballot.decision,
        sheets=tuple(_sheet(sheet) for sheet in sheets),
        checked_in=sum(account.checked_in for account in accounts) if whole else None,
        proxy=sum(account.proxy for account in accounts) if whole else None,
        unaccounted=tuple(sheet.place.code for sheet in sheets if sheet.account is None),
        outcome=result.outcome if result else None,
    )


def _sheet(sheet: CountSheet) -> FrozenSheet:
    entries = {slot: entry.figures for slot, entry in in_force(sheet).items()}
    signed = sheet.figures if sheet.state is SheetState.SIGNED else None
    return FrozenSheet(sheet.place.code, entries.get(1), entries.get(2), signed)


def _places(session: Session, congress: Congress) -> tuple[FrozenPlace, ...]:
    query = (
        select(PlaceDistrict, PollingPlace)
        .join(PollingPlace, PlaceDistrict.place_id == PollingPlace.id)
        .where(PlaceDistrict.congress_id == congress.id)
        .order_by(PollingPlace.code)
    )
    return tuple(
        FrozenPlace(place.code, link.district.code, place.kind.value, place.name)
        for link, place in session.execute(query)
    )
