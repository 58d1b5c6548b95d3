"""Acts on background jobs: people ask, stop, cancel; workers claim, beat, end, bury the dead.

A job is house-keeping and leaves no audit entry; what it stores is an act with an entry of its own,
in the same transaction that ends the job. Source: docs/states/job.md.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.models import Congress, Job, JobState
from election.rules.access import Actor, Permission
from election.rules.elections.phases import require_open
from election.rules.jobs import (
    DIED,
    ENDED,
    PLAN,
    PUBLICATION,
    UNPREPARED,
    JobFacts,
    JobMove,
    next_state,
    require_room,
    silence,
)
from election.rules.terms import Text

UNDER = {PLAN: Permission.EDIT_DISTRICTS, PUBLICATION: Permission.PUBLISH}
"""Kind of job -> the right needed to ask for it and to end it."""
_STAGE = {PLAN: "districts", PUBLICATION: "publication"}
_DIED = {PLAN: DIED, PUBLICATION: UNPREPARED}


def ask(act: Act, congress: Congress, *, kind: str, title: str, asked: Mapping[str, Any]) -> Job:
    """Put a job into the queue. Raises R.901, R.151 outside its stage, R.271 for a full queue."""
    act.by.role_for(UNDER[kind])
    require_open(_STAGE[kind], congress.election.phase)
    require_room(_waiting(act.session, act.by))
    job = Job(
        township_id=congress.township_id,
        congress_id=congress.id,
        official_id=act.by.official_id,
        kind=kind,
        title=title,
        state=JobState.WAITING,
        asked=dict(asked),
        cancel_asked=False,
        created_at=act.at,
    )
    act.session.add(job)
    act.session.flush()
    return job


def _waiting(session: Session, by: Actor) -> int:
    query = select(func.count()).where(
        Job.township_id == by.township_id,
        Job.official_id == by.official_id,
        Job.state == JobState.WAITING,
    )
    return session.scalar(query) or 0


def stop(act: Act, job_id: int) -> Job:
    """End the calculation and keep the best so far; its worker does so within a second or two."""
    job = _locked(act.session, job_id)
    act.by.role_for(UNDER[job.kind])
    _move(job, JobMove.STOP, at=act.at)
    job.asked = {**job.asked, "keep": True}
    return job


def cancel(act: Act, job_id: int) -> Job:
    """End it and keep nothing: at once while it waits, by its worker while it runs."""
    job = _locked(act.session, job_id)
    act.by.role_for(UNDER[job.kind])
    _move(job, JobMove.CANCEL, at=act.at)
    job.cancel_asked = True
    return job


def claim(session: Session, *, worker: str, at: datetime) -> Job | None:
    """The oldest waiting job, now this worker's; None when nothing waits. Nobody else gets it."""
    job = session.scalars(
        select(Job)
        .where(Job.state == JobState.WAITING)
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).first()
    if job is None:
        return None
    _move(job, JobMove.CLAIM, at=at)
    job.worker, job.started_at, job.beat_at = worker, at, at
    return job


def beat(
    session: Session, job_id: int, *, worker: str, progress: Mapping[str, Any], at: datetime
) -> Job:
    """The worker is alive and this far. Raises R.275 when the job was ended meanwhile."""
    job = _locked(session, job_id)
    _move(job, JobMove.BEAT, at=at, worker=worker)
    job.beat_at, job.progress = at, dict(progress)
    return job


def require_wanted(session: Session, job_id: int, *, worker: str, at: datetime) -> Job:
    """The job, held until the end of the transaction that stores its result.

    Raises R.275-R.277 when it was ended, or cancelled, at the last moment.
    """
    job = _locked(session, job_id)
    next_state(job.state, JobMove.FINISH, _facts(job, at=at, worker=worker))
    return job


def finish(
    session: Session, job_id: int, *, worker: str, result: Mapping[str, Any], at: datetime
) -> None:
    """It is done; call in the transaction that stores what came of it."""
    job = _locked(session, job_id)
    _move(job, JobMove.FINISH, at=at, worker=worker)
    job.result = dict(result)


def fail(session: Session, job_id: int, *, worker: str, fault: Text, at: datetime) -> None:
    """Nothing came of it; fault: why, and what to do."""
    job = _locked(session, job_id)
    _move(job, JobMove.FAIL, at=at, worker=worker)
    job.fault = fault.to_json()


def abandon(session: Session, job_id: int, *, worker: str, at: datetime) -> None:
    """End it as somebody asked, keeping nothing."""
    job = _locked(session, job_id)
    _move(job, JobMove.ABANDON, at=at, worker=worker)


def bury(session: Session, job_id: int, *, at: datetime, worker: str | None = None) -> None:
    """Say that its worker died. worker: who looks, when it is one. Raises R.279 if it lives."""
    job = _locked(session, job_id)
    successor = worker is not None and worker == job.worker
    _move(job, JobMove.BURY, at=at, successor=successor)
    job.fault = _DIED[job.kind].to_json()


def _locked(session: Session, job_id: int) -> Job:
    """The row as it is now, held against everybody else until the transaction ends."""
    return session.get_one(Job, job_id, with_for_update=True, populate_existing=True)


def _facts(job: Job, *, at: datetime, **facts: Any) -> JobFacts:  # noqa: ANN401 - fields of JobFacts
    silent = silence(job.beat_at or job.created_at, at)
    return JobFacts(claimed_by=job.worker, cancel_asked=job.cancel_asked, silent=silent, **facts)


def _move(job: Job, move: JobMove, *, at: datetime, **facts: Any) -> None:  # noqa: ANN401 - as above
    job.state = next_state(job.state, move, _facts(job, at=at, **facts))
    if job.state in ENDED:
        job.ended_at = at
