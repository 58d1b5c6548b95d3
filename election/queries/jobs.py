"""Reads of background jobs: those of a congress, those that wait, those whose worker has died."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Congress, Job, JobState, Official, Plan
from election.rules.jobs import DEAD_AFTER, PLAN, PUBLICATION, SUCCEEDED_AFTER, silence

RECENT = 5


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job with the name of who asked for it; plan: the name of its result, while it exists."""

    job: Job
    who: str
    plan: str | None

    @property
    def plan_id(self) -> int | None:
        """The stored plan, while it exists."""
        return self.job.result["plan_id"] if self.job.result and self.plan is not None else None


def recent(session: Session, congress: Congress, most: int = RECENT) -> list[JobRow]:
    """The latest jobs of a congress, the newest first; a fixed number of queries."""
    query = select(Job).where(
        Job.township_id == congress.township_id, Job.congress_id == congress.id, Job.kind == PLAN
    )
    return _rows(session, session.scalars(query.order_by(Job.id.desc()).limit(most)).all())


def row(session: Session, job: Job) -> JobRow:
    """One job as the page shows it."""
    return _rows(session, [job])[0]


def _rows(session: Session, jobs: Sequence[Job]) -> list[JobRow]:
    people = {job.official_id for job in jobs}
    named = select(Official.id, Official.name).where(Official.id.in_(people))
    names = {row.id: row.name for row in session.execute(named)}
    keys = {_stored(job) for job in jobs}
    stored = select(Plan.id, Plan.name).where(Plan.id.in_(keys))
    plans = {row.id: row.name for row in session.execute(stored)}
    return [
        JobRow(job, names[job.official_id], plans.get(key) if (key := _stored(job)) else None)
        for job in jobs
    ]


def job_behind(session: Session, plan: Plan) -> Job | None:
    """The job that stored a plan, if one did."""
    done = select(Job).where(
        Job.township_id == plan.township_id,
        Job.congress_id == plan.congress_id,
        Job.kind == PLAN,
        Job.state == JobState.DONE,
    )
    return next((job for job in session.scalars(done) if _stored(job) == plan.id), None)


def _stored(job: Job) -> int | None:
    return job.result.get("plan_id") if job.result else None


def latest_preparation(session: Session, election_id: int) -> Job | None:
    """The newest preparation of a publication of this election, however it ended."""
    query = (
        select(Job)
        .join(
            Congress, (Congress.township_id == Job.township_id) & (Congress.id == Job.congress_id)
        )
        .where(Congress.election_id == election_id, Job.kind == PUBLICATION)
    )
    return session.scalars(query.order_by(Job.id.desc()).limit(1)).first()


def before(session: Session, job: Job) -> int:
    """How many jobs of this township stand before a waiting one, running ones counted too."""
    earlier = select(Job.id).where(
        Job.township_id == job.township_id,
        Job.state.in_((JobState.WAITING, JobState.RUNNING)),
        Job.id < job.id,
    )
    return len(session.scalars(earlier).all())


def anything_waits(session: Session) -> bool:
    """Whether a worker would find something to do."""
    return bool(session.scalar(select(Job.id).where(Job.state == JobState.WAITING).limit(1)))


def dead(session: Session, *, at: datetime, worker: str | None = None) -> list[int]:
    """Running jobs without a sign of life. worker: who looks; its own old claims die sooner."""
    beats = select(Job.id, Job.worker, Job.beat_at).where(Job.state == JobState.RUNNING)
    return [
        key
        for key, claimed_by, beat_at in session.execute(beats.order_by(Job.id))
        if beat_at is not None
        and silence(beat_at, at)
        >= (SUCCEEDED_AFTER if worker is not None and claimed_by == worker else DEAD_AFTER)
    ]
