"""The worker: one thread of a serving process that does the waiting jobs, one at a time.

The calculation holds no transaction and no connection; beside it a second thread says every second
that the job is alive and how far it is, and hears whether somebody wants it ended. What came of it
is stored in the transaction that ends the job, or not at all.
"""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from time import monotonic, sleep
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from election.actions import jobs as acts
from election.actions.act import Act
from election.actions.audit import take_turn
from election.actions.districts import plans
from election.actions.units.table import UnitsChanged
from election.clock import now
from election.database import Busy, db, transaction
from election.models import Congress, Job, Official
from election.planning.districting import Plan, PlanRequest, Progress
from election.queries import jobs as queries
from election.queries.districts import plans as districts
from election.queries.districts import proposals
from election.queries.districts.proposals import Asked, Question
from election.rules.access import Actor
from election.rules.jobs import DIED
from election.rules.terms import InputFaults, RuleViolation, Text

BEAT_EVERY, LOOK_EVERY = 1.0, 2.0  # seconds
OVERDUE = 30.0  # seconds beyond the limit after which a calculation is told to stop
PATIENCE = 10  # times a job tries to write its end
_ROOM = 115  # characters of a name of 120 that leave room for a number
_KEY = "xuanban_worker"
log = logging.getLogger("xuanban")

UNITS_CHANGED = Text(
    "计算期间选区单元有改动，结果未保存；请核对单元后重新开始。",
    "Units were changed during the calculation; its result was not stored. Look at the units and "
    "start it again.",
)
STOPPED_EARLY = Text(
    "停止时尚未得出任何方案，没有保存；请延长时间后重新开始。",
    "It was stopped before the first plan was found; nothing was stored. Start it again with more "
    "time.",
)
CRASHED = Text(
    "计算中出现程序错误（{kind}），方案未作任何改动；可重新开始，仍出现的请联系维护人员。",
    "The calculation met a fault of the program ({kind}); no plan was changed. Start it again, and "
    "tell whoever maintains the program when it comes back.",
)


class Solve(Protocol):
    """What finds a plan: election.jobs.planner.run."""

    def __call__(
        self,
        request: PlanRequest,
        *,
        report: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Plan:
        """The plan for this request."""


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

    def __init__(self, app: Flask, *, name: str | None = None, solve: Solve | None = None) -> None:
        self.app, self.name, self.solve = app, name or name_for(), solve or _run
        self._bell, self._ended = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self.current: int | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work in a thread of its own; again does nothing."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """Look now instead of in a moment."""
        self._bell.set()

    def stop(self, patience: float = 5.0) -> None:
        """End; a calculation under way is given up and says so."""
        self._ended.set()
        self._bell.set()
        if self._thread is not None:
            self._thread.join(patience)

    def run_one(self) -> bool:
        """Bury the dead, then do the oldest waiting job; whether there was one."""
        with self.app.app_context():
            bury_dead(worker=self.name)
            job = self._claim()
        if job is None:
            return False
        self.current = job[0]
        try:
            _Task(self, *job).do()
        finally:
            self.current = None
        return True

    @property
    def ended(self) -> bool:
        """Whether the process is going down."""
        return self._ended.is_set()

    def _claim(self) -> tuple[int, Asked] | None:
        if not queries.anything_waits(db.session()):
            return None
        with transaction() as session:
            job = acts.claim(session, worker=self.name, at=now())
            return (job.id, Asked.from_json(job.asked)) if job else None

    def _work(self) -> None:
        while not self.ended:
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


class _Task:
    """One claimed job: read, calculate while the heart beats, store or say why not."""

    def __init__(self, worker: Worker, job_id: int, asked: Asked) -> None:
        self.worker, self.job_id, self.asked = worker, job_id, asked
        self.heart = _Heart(worker, job_id, asked.limit)

    def do(self) -> None:
        """From the question to the end of the job; whatever happens, the job ends."""
        with self.heart.beating():
            try:
                self._solve()
            except UnitsChanged:
                self._fail(UNITS_CHANGED)
            except RuleViolation as refused:
                self._fail(_sentence(refused))
            except InputFaults as faults:
                self._fail(_together([fault.text for fault in faults.faults]))
            except RuntimeError:  # the planner's process ended without any plan
                log.exception("planner", extra={"job": self.job_id})
                self._fail(STOPPED_EARLY if self.heart.keep else DIED)
            except Exception as error:
                log.exception("job", extra={"job": self.job_id})
                self._fail(CRASHED.filled({"kind": type(error).__name__}))

    def _solve(self) -> None:
        with self.worker.app.app_context():
            question = proposals.question(db.session(), self._congress(db.session()), self.asked)
        plan = self.worker.solve(
            question.request, report=self.heart.hear, cancelled=self.heart.stopped
        )
        self.heart.phase = "storing"
        if self.worker.ended:
            self._fail(DIED)
        elif self.heart.unwanted:
            self._fail(DIED)  # cancelled, as a rule: then that is what it says
        else:
            self._store(question, plan)

    def _congress(self, session: Session) -> Congress:
        return session.get_one(Congress, session.get_one(Job, self.job_id).congress_id)

    def _store(self, question: Question, plan: Plan) -> None:
        drawn = proposals.drawn(question, plan)
        found = proposals.found(question, plan) | {"job": self.job_id}

        def act(session: Session) -> None:
            take_turn(session, self._congress(session).township_id)
            acts.require_wanted(session, self.job_id, worker=self.worker.name, at=now())
            congress = self._congress(session)
            stored = plans.store_proposal(
                Act(session, self._who(session), now()),
                congress,
                name=_free_name(session, congress, self.asked.name),
                drawn=drawn,
                basis=question.basis,
                found=found,
                wishes=question.wishes.to_json(),
            )
            result = _result(plan) | {"plan_id": stored.id, "plan": stored.name}
            acts.finish(session, self.job_id, worker=self.worker.name, result=result, at=now())

        self._write(act)

    def _who(self, session: Session) -> Actor:
        """Who asked, with the roles of now; an account that was closed has none."""
        who = session.get_one(Official, session.get_one(Job, self.job_id).official_id)
        actor = who.as_actor()
        return actor if who.active else Actor(actor.township_id, actor.official_id, actor.number)

    def _fail(self, fault: Text) -> None:
        """Say why; cancelled meanwhile it is cancelled, ended elsewhere it stays as it was."""

        def act(session: Session) -> None:
            if session.get_one(Job, self.job_id).cancel_asked:
                acts.abandon(session, self.job_id, worker=self.worker.name, at=now())
            else:
                acts.fail(session, self.job_id, worker=self.worker.name, fault=fault, at=now())

        try:
            self._write(act)
        except RuleViolation as refused:
            log.info("job ended elsewhere", extra={"job": self.job_id, "code": refused.code.id})

    def _write(self, act: Callable[[Session], None]) -> None:
        """One transaction; minutes of work do not end because somebody else is writing."""
        for attempt in range(PATIENCE, -1, -1):
            try:
                with self.worker.app.app_context(), transaction() as session:
                    act(session)
            except (Busy, OperationalError):
                if not attempt:
                    raise
                sleep(BEAT_EVERY)
            else:
                return


class _Heart:
    """Beats while a calculation runs, and hears whether it is still wanted."""

    def __init__(self, worker: Worker, job_id: int, limit: int) -> None:
        self.worker, self.job_id = worker, job_id
        self.phase, self.unwanted = "preparing", False
        self._heard: Progress | None = None
        self.keep, self._quiet = False, threading.Event()
        self._began, self._last = monotonic(), monotonic() + limit + OVERDUE

    def hear(self, progress: Progress) -> None:
        """The planner's report; told with the next beat."""
        self.phase, self._heard = progress.phase.value, progress

    def stopped(self) -> bool:
        """Whether the planner shall end now."""
        overdue = monotonic() > self._last
        return self.unwanted or self.keep or self.worker.ended or overdue

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat in a thread of its own until the work is over."""
        thread = threading.Thread(target=self._beat, name="jobs-heart", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._quiet.set()
            thread.join()

    def _beat(self) -> None:
        while True:
            try:
                self._beat_once()
            except RuleViolation:  # buried or ended elsewhere: nobody waits for this any more
                self.unwanted = True
                return
            except (Busy, OperationalError):
                pass  # somebody writes; the next beat is near
            if self._quiet.wait(BEAT_EVERY):
                return

    def _beat_once(self) -> None:
        with self.worker.app.app_context(), transaction() as session:
            job = acts.beat(
                session, self.job_id, worker=self.worker.name, progress=self._progress(), at=now()
            )
            self.unwanted, self.keep = job.cancel_asked, bool(job.asked.get("keep"))

    def _progress(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "phase": self.phase,
            "seconds": round(monotonic() - self._began, 1),
        }
        if self._heard is not None:
            told |= {
                "value": str(self._heard.value),
                "lower_bound": str(self._heard.lower_bound),
                "districts": self._heard.districts,
            }
        return told


def _run(request: PlanRequest, **how: Any) -> Plan:  # noqa: ANN401 - as the planner takes them
    from election.jobs import planner  # noqa: PLC0415 - heavy

    return planner.run(request, **how)


def _free_name(session: Session, congress: Congress, wanted: str) -> str:
    """The name asked for, numbered when it was taken meanwhile: a name costs nobody the result."""
    taken = districts.names_of(session, congress.id)
    short = wanted[:_ROOM]
    names = (wanted, *(f"{short} {n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _result(plan: Plan) -> dict[str, Any]:
    largest = max((abs(d.deviation) for d in plan.districts), default=Fraction())
    return {
        "objective": plan.objective.value,
        "value": str(plan.value),
        "lower_bound": str(plan.lower_bound),
        "largest": str(largest),
        "optimal": plan.optimal,
        "ending": plan.ending.value,
        "seconds": round(plan.seconds, 1),
        "districts": len(plan.districts),
    }


def _sentence(refused: RuleViolation) -> Text:
    cause, remedy = refused.cause, refused.remedy
    code = refused.code.id
    return Text(f"{code} {cause.zh}。{remedy.zh}。", f"{code} {cause.en}; {remedy.en}.")


def _together(texts: list[Text]) -> Text:
    zh, en = "；".join(t.zh for t in texts), "; ".join(t.en for t in texts)
    return Text(f"无法划分：{zh}。", f"No plan can be drawn: {en}.")
