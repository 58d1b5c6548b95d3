"""Reads of an election as a whole: its stages, how far each is, and what the calendar says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from election.models import (
    Candidacy,
    CandidacyStatus,
    Congress,
    CountSheet,
    District,
    Election,
    Milestone,
    PlaceDistrict,
    Plan,
    PlanStatus,
    Publication,
    Result,
    Round,
    Township,
    Unit,
)
from election.rules.accounts import UNNAMED
from election.rules.counting import SheetState
from election.rules.elections.calendar import Calendar, calendar
from election.rules.terms import Text

Counts = Callable[[Session, Election], tuple[int, int]]  # done, total


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the way. due: the key of the calendar item whose day is its deadline."""

    key: str
    name: Text
    due: str | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far one stage is: done of total things; deadline if the law names one."""

    key: str
    name: Text
    done: int
    total: int
    deadline: date | None

    @property
    def complete(self) -> bool:
        """Everything there is to do is done, and there is something."""
        return self.total > 0 and self.done >= self.total


def is_named(session: Session, township_id: int) -> bool:
    """Whether the administrator has named the township of a new office."""
    return session.get_one(Township, township_id).code != UNNAMED


def of_township(session: Session, township_id: int) -> Sequence[Election]:
    """The elections of a township, the latest first."""
    query = select(Election).where(Election.township_id == township_id)
    return session.scalars(query.order_by(Election.election_day.desc(), Election.id.desc())).all()


def calendar_of(election: Election) -> Calendar:
    """The legal calendar of an election under its own profile."""
    return calendar(
        election.election_day,
        by_election=election.kind.value == "by_election",
        profile=election.profile,
    )


def milestones(session: Session, congress_id: int) -> dict[str, Milestone]:
    """Calendar key -> the day it was really done."""
    rows = session.scalars(select(Milestone).where(Milestone.congress_id == congress_id))
    return {milestone.key: milestone for milestone in rows}


def adopted_districts(election_id: int) -> Select[District]:
    """The districts of the adopted plans of an election."""
    return (
        select(District)
        .join(Plan, District.plan_id == Plan.id)
        .join(Congress, Plan.congress_id == Congress.id)
        .where(Congress.election_id == election_id, Plan.status == PlanStatus.ADOPTED)
    )


def progress(session: Session, election: Election) -> list[StageProgress]:
    """How far each stage is, by counting; nothing is judged here."""
    limits = {item.key: item.limit for item in calendar_of(election).items}
    return [
        StageProgress(
            stage.key,
            stage.name,
            *stage.counts(session, election),
            limits[stage.due] if stage.due else None,
        )
        for stage in STAGES
    ]


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _set_up(_session: Session, election: Election) -> tuple[int, int]:
    decided = sum(bool(congress.decision_reference) for congress in election.congresses)
    return decided, max(len(election.congresses), 1)


def _units(session: Session, election: Election) -> tuple[int, int]:
    units = select(func.count()).select_from(Unit).where(Unit.election_id == election.id)
    counted = units.where(Unit.hukou_population.isnot(None) | Unit.resident_population.isnot(None))
    return _count(session, counted), _count(session, units)


def _plans(session: Session, election: Election) -> tuple[int, int]:
    adopted = (
        select(func.count())
        .select_from(Plan)
        .join(Congress)
        .where(Congress.election_id == election.id, Plan.status == PlanStatus.ADOPTED)
    )
    return _count(session, adopted), len(election.congresses)


def _districts(session: Session, election: Election) -> int:
    districts = adopted_districts(election.id).with_only_columns(func.count()).order_by(None)
    return _count(session, districts)


def _candidates(session: Session, election: Election) -> tuple[int, int]:
    listed = (
        adopted_districts(election.id)
        .join(Candidacy, Candidacy.district_id == District.id)
        .where(Candidacy.status == CandidacyStatus.FORMAL)
        .with_only_columns(func.count(func.distinct(District.id)))
    )
    return _count(session, listed), _districts(session, election)


def _rolls(session: Session, election: Election) -> tuple[int, int]:
    counted = adopted_districts(election.id).where(District.registered.isnot(None))
    counted_number = counted.with_only_columns(func.count()).order_by(None)
    return _count(session, counted_number), _districts(session, election)


def _polling(session: Session, election: Election) -> tuple[int, int]:
    served = (
        adopted_districts(election.id)
        .join(PlaceDistrict, PlaceDistrict.district_id == District.id)
        .where(District.registered.isnot(None))
        .with_only_columns(func.count(func.distinct(District.id)))
    )
    return _count(session, served), _districts(session, election)


def _sheets(session: Session, election: Election) -> tuple[int, int]:
    sheets = (
        adopted_districts(election.id)
        .join(Round, Round.district_id == District.id)
        .join(CountSheet, CountSheet.round_id == Round.id)
        .with_only_columns(func.count(CountSheet.id))
    )
    signed = sheets.where(CountSheet.state == SheetState.SIGNED)
    return _count(session, signed), _count(session, sheets)


def _results(session: Session, election: Election) -> tuple[int, int]:
    rounds = (
        adopted_districts(election.id)
        .join(Round, Round.district_id == District.id)
        .outerjoin(Result, Result.round_id == Round.id)
    )
    certified = rounds.with_only_columns(func.count(Result.id))
    return _count(session, certified), _count(
        session, rounds.with_only_columns(func.count(Round.id))
    )


def _publications(session: Session, election: Election) -> tuple[int, int]:
    published = (
        select(func.count(func.distinct(Publication.congress_id)))
        .join(Congress, Publication.congress_id == Congress.id)
        .where(Congress.election_id == election.id)
    )
    return _count(session, published), len(election.congresses)


STAGES = (
    Stage("set_up", Text("选举设置", "Set-up"), None, _set_up),
    Stage("units", Text("选区单元", "Units"), None, _units),
    Stage("districts", Text("选区和名额", "Districts and seats"), "roll_published", _plans),
    Stage("roll", Text("选民名单", "Voters' roll"), "roll_published", _rolls),
    Stage("candidates", Text("候选人", "Candidates"), "formal_list_published", _candidates),
    Stage("polling", Text("投票场所", "Polling places"), "election_day", _polling),
    Stage("counting", Text("计票", "Counting"), "election_day", _sheets),
    Stage("results", Text("选举结果", "Results"), "further_election_last", _results),
    Stage("publication", Text("公布", "Publication"), "first_session_last", _publications),
)
"""The pages of the way, in order."""
