"""Long work that no request waits for."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from election.models.base import CODE, LINE, Model, Unaudited
from election.models.types import words
from election.rules.jobs import JobState
from election.tenant import Tenant, reference

__all__ = ["Job", "JobState"]


class Job(Tenant, Unaudited, Model):
    """One piece of long work somebody asked for.

    House-keeping: what it stores in the end is an act of its own, recorded as such. asked: what was
    asked for, and "keep" when its best so far was asked for; progress: the last thing heard;
    result: what came of it; fault: {"zh", "en"}. cancel_asked: nothing is to be kept.
    beat_at: the worker was alive then; a running job without a beat has died.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "(ended_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))",
            name="ended_with_a_time",
        ),
        Index("ix_job_state", "state"),
        Index("ix_job_congress", "township_id", "congress_id"),
        Index("ix_job_official", "township_id", "official_id"),
        reference("congress_id", "congress"),
        reference("official_id", "official"),
    )

    congress_id: Mapped[int]
    official_id: Mapped[int]
    kind: Mapped[str] = mapped_column(CODE)
    title: Mapped[str] = mapped_column(LINE)
    state: Mapped[JobState] = mapped_column(words(JobState), default=JobState.WAITING)
    asked: Mapped[dict[str, Any]]
    progress: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]
    fault: Mapped[dict[str, Any] | None]
    worker: Mapped[str | None] = mapped_column(CODE)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
