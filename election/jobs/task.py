"""One claimed job from what was asked to its end, whatever is made.

What came of it is stored in the transaction that ends the job, or not at all. The work holds no
transaction and no connection.
"""

import logging
from abc import ABC, abstractmethod
from typing import ClassVar

from sqlalchemy.orm import Session

from election.actions import jobs as acts
from election.clock import now
from election.jobs import failures
from election.jobs.claim import Claim
from election.jobs.heart import Heart
from election.models import Job
from election.rules.terms import RuleViolation, Text

log = logging.getLogger("xuanban")


class Task(ABC):
    """Works while the heart beats, stores what came of it or says why not.

    crashed: what is said of a fault of the program, {kind} being its class.
    """

    crashed: ClassVar[Text]

    def __init__(self, claim: Claim) -> None:
        self.claim, self.heart = claim, Heart(claim)

    def do(self) -> None:
        """From the question to the end of the job; whatever happens, the job ends."""
        with self.heart.beating():
            try:
                self._work()
            except RuleViolation as refused:
                self._fail(failures.refusal(refused))
            except Exception as error:
                log.exception("job", extra={"job": self.claim.job_id})
                self._fail(failures.crash(self.crashed, error))

    @abstractmethod
    def _work(self) -> None:
        """Make it, store it and end the job."""

    def _fail(self, fault: Text) -> None:
        """Say why; cancelled meanwhile it is cancelled, ended elsewhere it stays as it was."""
        job_id, worker = self.claim.job_id, self.claim.worker

        def act(session: Session) -> None:
            if session.get_one(Job, job_id).cancel_asked:
                acts.abandon(session, job_id, worker=worker, at=now())
            else:
                acts.fail(session, job_id, worker=worker, fault=fault, at=now())

        try:
            self.claim.write(act)
        except RuleViolation as refused:
            log.info("job ended elsewhere", extra={"job": job_id, "code": refused.code.id})
