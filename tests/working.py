"""Doing background jobs in a test: one waiting job at a time, in the test's own thread."""

from collections.abc import Callable

from flask import Flask

from election.database import db
from election.jobs import planner
from election.jobs.worker import Solve, Worker
from election.models import Job
from election.planning.districting import Plan, PlanRequest


def work(app: Flask, *, solve: Solve = planner.run, name: str = "test") -> bool:
    """Do the oldest waiting job; whether there was one."""
    db.session.remove()  # another session writes now
    done = Worker(app, name=name, solve=solve).run_one()
    db.session.rollback()
    return done


def job_at(location: str) -> Job:
    """The job whose page this is, as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Job, int(location.rpartition("/")[2]))


def meanwhile(act: Callable[[], object]) -> Solve:
    """The planner, and something that happens while it calculates."""

    def solve(request: PlanRequest, **how) -> Plan:
        found = planner.run(request, **how)
        act()
        return found

    return solve
