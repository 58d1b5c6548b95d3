"""What beats beside long work: it says that the job is alive, and hears if it is to end.

Each beat is one short transaction; between two beats nothing of the database is held.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy.exc import OperationalError

from election.actions import jobs as acts
from election.clock import now
from election.database import Busy, transaction
from election.jobs.claim import Claim
from election.rules.terms import RuleViolation
from election.tenant import stay_in

BEAT_EVERY = 1.0  # seconds


class Heart:
    """Beats while the work goes on, and hears whether it is still wanted.

    phase: what the job is doing. unwanted: nobody waits for a result any more. keep: somebody asked
    to end now with the best plan so far.
    """

    def __init__(self, claim: Claim) -> None:
        self.phase, self.unwanted, self.keep = "preparing", False, False
        self._claim, self._quiet = claim, threading.Event()
        self._progress: Mapping[str, Any] = {}

    def hear(self, phase: str, **progress: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """How far the work is; the next beat stores it."""
        self.phase, self._progress = phase, progress

    def stopped(self) -> bool:
        """Whether the planner shall end now."""
        return self.unwanted or self.keep or self._claim.closing.is_set()

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
                with suppress(Busy, OperationalError):  # somebody writes; the next beat is near
                    self._beat_once()
            except RuleViolation:  # buried or ended elsewhere: nobody waits for this any more
                self.unwanted = True
                return
            if self._quiet.wait(BEAT_EVERY):
                return

    def _beat_once(self) -> None:
        claim = self._claim
        with claim.app.app_context(), transaction() as session:
            stay_in(session, claim.township_id)
            job = acts.beat(
                session, claim.job_id, worker=claim.worker, progress=self._so_far(), at=now()
            )
            self.unwanted, self.keep = job.cancel_asked, bool(job.asked.get("keep"))

    def _so_far(self) -> dict[str, Any]:
        """How far the job is, as its row keeps it."""
        return {"seconds": 0.0, **self._progress, "phase": self.phase}
