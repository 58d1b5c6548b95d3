"""A proposal of districts, from its question to the stored plan.

What came of it is stored in the transaction that ends the job, or not at all. The calculation holds
no transaction and no connection.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from sqlalchemy.orm import Session

from election.actions import jobs as acts
from election.actions.act import Act
from election.actions.audit import take_turn
from election.actions.districts import plans
from election.actions.units.table import UnitsChanged
from election.clock import now
from election.database import db
from election.jobs import failures
from election.jobs.claim import Claim
from election.jobs.planner import PlannerDied
from election.jobs.task import Task, log
from election.models import Congress, Job, Official, Plan
from election.planning.districting import PlannerProgress, PlanRequest
from election.planning.districting import ProposedPlan as Outcome
from election.queries.districts import plans as plan_queries
from election.queries.districts import proposals
from election.queries.districts.boards import DrawnDistrict
from election.queries.districts.proposals import PlannerQuestion, ProposalRequest
from election.rules.access import Actor
from election.rules.jobs import DIED
from election.rules.terms import InputFaults
from election.tenant import stay_in

_LONGEST_NUMBERED_NAME = 115  # characters of a name of 120 that leave space for a number


class Solve(Protocol):
    """What finds a plan: election.jobs.planner.run."""

    def __call__(
        self,
        request: PlanRequest,
        *,
        report: Callable[[PlannerProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        """The plan for this request."""


class ProposalTask(Task):
    """Reads the question, calculates while the heart beats, stores the plan or says why not."""

    crashed = failures.PLANNER_CRASHED

    def __init__(self, claim: Claim, solve: Solve) -> None:
        super().__init__(claim)
        self.solve, self.proposal = solve, ProposalRequest.from_json(claim.asked)

    def _work(self) -> None:
        try:
            self._solve()
        except UnitsChanged:
            self._fail(failures.UNITS_CHANGED)
        except InputFaults as refused:
            self._fail(failures.impossible(refused))
        except PlannerDied:
            log.exception("planner", extra={"job": self.claim.job_id})
            self._fail(failures.STOPPED_EARLY if self.heart.keep else DIED)

    def _hear(self, progress: PlannerProgress) -> None:
        """Exact fractions as text, as the row of the job keeps them."""
        self.heart.hear(
            progress.phase.value,
            seconds=round(progress.seconds, 1),
            value=str(progress.value),
            lower_bound=str(progress.lower_bound),
            districts=progress.districts,
        )

    def _solve(self) -> None:
        with self.claim.app.app_context():
            session = db.session()
            stay_in(session, self.claim.township_id)
            question = proposals.question(session, self._congress(session), self.proposal)
        outcome = self.solve(question.request, report=self._hear, cancelled=self.heart.stopped)
        self.heart.phase = "storing"
        if self.claim.closing.is_set() or self.heart.unwanted:
            self._fail(DIED)  # where it was cancelled, that is what it says
        else:
            self._store(question, outcome)

    def _store(self, question: PlannerQuestion, outcome: Outcome) -> None:
        """The plan, its audit entry and the end of the job, together."""
        job_id, worker = self.claim.job_id, self.claim.worker
        drawn = proposals.drawn(question, outcome)

        def act(session: Session) -> None:
            take_turn(session, self.claim.township_id)
            acts.require_wanted(session, job_id, worker=worker, at=now())
            plan = self._store_plan(session, question, outcome, drawn)
            result = _result(outcome) | {"plan_id": plan.id, "plan": plan.name}
            acts.finish(session, job_id, worker=worker, result=result, at=now())

        self.claim.write(act)

    def _store_plan(
        self,
        session: Session,
        question: PlannerQuestion,
        outcome: Outcome,
        drawn: Sequence[DrawnDistrict],
    ) -> Plan:
        congress = self._congress(session)
        return plans.store_proposal(
            Act(session, self._who_asked(session), now()),
            congress,
            name=_free_name(session, congress, self.proposal.name),
            drawn=drawn,
            basis=question.basis,
            planning_record=proposals.planning_record(question, outcome)
            | {"job": self.claim.job_id},
            wishes=question.wishes.to_json(),
        )

    def _congress(self, session: Session) -> Congress:
        return session.get_one(Congress, session.get_one(Job, self.claim.job_id).congress_id)

    def _who_asked(self, session: Session) -> Actor:
        """With the roles of now; an account that was closed has none."""
        official = session.get_one(Official, session.get_one(Job, self.claim.job_id).official_id)
        actor = official.as_actor()
        if official.active:
            return actor
        return Actor(actor.township_id, actor.official_id, actor.number)


def _free_name(session: Session, congress: Congress, wanted: str) -> str:
    """The name asked for, numbered when it was taken meanwhile: a name costs nobody the result."""
    taken = plan_queries.names_of(session, congress.id)
    short = wanted[:_LONGEST_NUMBERED_NAME]
    names = (wanted, *(f"{short} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _result(outcome: Outcome) -> dict[str, Any]:
    """What the page of the job says of its plan; exact fractions as text."""
    largest = max((abs(district.deviation) for district in outcome.districts), default=Fraction())
    return {
        "objective": outcome.objective.value,
        "value": str(outcome.value),
        "lower_bound": str(outcome.lower_bound),
        "largest": str(largest),
        "optimal": outcome.optimal,
        "ending": outcome.ending.value,
        "seconds": round(outcome.seconds, 1),
        "steps": outcome.steps,
        "districts": len(outcome.districts),
    }
