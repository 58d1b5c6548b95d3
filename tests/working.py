"""Background jobs in a test: asked for, and done one at a time in the test's own thread."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from election.actions import jobs
from election.actions.act import Act
from election.database import db, transaction
from election.jobs import planner
from election.jobs.proposal import Solve
from election.jobs.worker import Worker
from election.models import Congress, Job, JobState, Plan
from election.planning.districting import PlanRequest
from election.planning.districting import ProposedPlan as Outcome
from election.queries.districts.proposals import ProposalRequest
from election.rules.jobs import PLAN
from tests.actions.districts_town import DistrictTown
from tests.builders import AT


def ask(town: DistrictTown, name: str = "建议", **choices: Any) -> int:
    """A new waiting job of the town's director: its number."""
    congress_id = town.congress_id()
    asked = ProposalRequest(name=name, limit=10, **choices)
    with transaction() as session:
        return jobs.ask(
            Act(session, town.by, AT),
            session.get_one(Congress, congress_id),
            kind=PLAN,
            title=name,
            asked=asked.to_json(),
        ).id


def act(move: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """One act on jobs in a transaction of its own."""
    with transaction() as session:
        return move(session, *arguments, **named)


def asked(town: DistrictTown, move: Callable[..., Job], job_id: int) -> Job:
    """One move of the official at the desk on a job."""
    with transaction() as session:
        return move(Act(session, town.by, AT), job_id)


def work(app: Flask, *, solve: Solve = planner.run, name: str = "test") -> bool:
    """Do the oldest waiting job; whether there was one."""
    db.session.remove()  # another session writes now
    done = Worker(app, name=name, solve=solve).run_one()
    db.session.rollback()
    return done


def stored_job(job_id: int) -> Job:
    """The job as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Job, job_id)


def job_at(location: str) -> Job:
    """The job whose page this is, as it is stored now."""
    return stored_job(int(location.rpartition("/")[2]))


def fault_of(job_id: int) -> str:
    """Why the failed job came to nothing, in Chinese."""
    job = stored_job(job_id)
    assert job.state is JobState.FAILED
    return (job.fault or {})["zh"]


def plan_names() -> list[str]:
    """The stored plans, in the order in which they were made."""
    db.session.rollback()
    return list(db.session.scalars(select(Plan.name).order_by(Plan.id)))


def meanwhile(event: Callable[[], object]) -> Solve:
    """The planner, and something that happens while it calculates."""

    def solve(request: PlanRequest, **how: Any) -> Outcome:
        plan = planner.run(request, **how)
        event()
        return plan

    return solve
