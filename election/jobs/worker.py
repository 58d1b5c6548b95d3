"""The worker: one thread of a serving process that does the waiting jobs, one at a time."""

import logging
import os
import secrets
import socket
import threading

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from election.actions import jobs as acts
from election.clock import now
from election.database import Busy, db, transaction
from election.jobs import planner
from election.jobs.backups import BackupKeeper
from election.jobs.claim import Claim
from election.jobs.preparation import PreparationTask
from election.jobs.proposal import ProposalTask, Solve
from election.jobs.task import Task
from election.queries import jobs as queries
from election.rules.jobs import PUBLICATION
from election.rules.terms import RuleViolation

LOOK_EVERY = 2.0  # seconds
_KEY = "xuanban_worker"
log = logging.getLogger("xuanban")


def name_for(port: int | None = None) -> str:
    """A worker's name. A server that owns a port has the same name again after it was restarted."""
    host = socket.gethostname()[:24]
    return f"{host}:{port}" if port else f"{host}-{os.getpid()}-{secrets.token_hex(2)}"


def start(app: Flask, *, port: int | None = None) -> "Worker":
    """The worker of this process, at work."""
    worker: Worker = app.extensions.setdefault(_KEY, Worker(app, name=name_for(port)))
    worker.start()
    return worker


def wake() -> None:
    """A job waits: look at once. A server that was not started by us starts its worker here."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if not app.testing:
        start(app).wake()


class Worker:
    """Claims waiting jobs and does them. `run_one` does one in the caller's thread."""

    def __init__(self, app: Flask, *, name: str | None = None, solve: Solve = planner.run) -> None:
        self.app, self.name, self.solve = app, name or name_for(), solve
        self.current: int | None = None
        self._bell, self._closing = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._backups = BackupKeeper(app)

    def start(self) -> None:
        """Begin to work in a thread of its own; again does nothing."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
                self._backups.start()

    def wake(self) -> None:
        """Look now instead of in a moment."""
        self._bell.set()

    def stop(self, patience: float = 5.0) -> None:
        """End, within so many seconds; a calculation under way is given up and says so."""
        self._closing.set()
        self._backups.stop()
        self._bell.set()
        if self._thread is not None:
            self._thread.join(patience)

    def run_one(self) -> bool:
        """Bury the dead, then do the oldest waiting job; whether there was one."""
        with self.app.app_context():
            bury_dead(worker=self.name)
            claim = self._claim()
        if claim is None:
            return False
        self.current = claim.job_id
        try:
            self._task(claim).do()
        finally:
            self.current = None
        return True

    def _claim(self) -> Claim | None:
        if not queries.anything_waits(db.session()):
            return None
        with transaction() as session:
            job = acts.claim(session, worker=self.name, at=now())
            if job is None:
                return None
            return Claim(
                self.app, self.name, self._closing, job.township_id, job.id, job.kind, job.asked
            )

    def _task(self, claim: Claim) -> Task:
        if claim.kind == PUBLICATION:
            return PreparationTask(claim)
        return ProposalTask(claim, self.solve)

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                busy = self.run_one()
            except (Busy, OperationalError):
                busy = False  # somebody writes; look again in a moment
            except Exception:  # the queue must outlive any one job
                log.exception("worker")
                busy = False
            if not busy:
                self._bell.wait(LOOK_EVERY)
                self._bell.clear()


def bury_dead(*, worker: str | None = None) -> None:
    """Mark jobs whose worker has died; worker: who looks, when it is one.

    What this very process is at work on lives, even while a long write lets no beat through.
    """
    here: Worker | None = current_app.extensions.get(_KEY)
    for key in queries.dead(db.session(), at=now(), worker=worker):
        if here and key == here.current:
            continue
        try:
            with transaction() as session:
                acts.bury(session, key, at=now(), worker=worker)
        except (RuleViolation, Busy, OperationalError):
            continue  # it came back, somebody else said so, or it is said the next time
