"""Preparing a publication: everything is read, written and drawn, and kept for its preview.

Nothing becomes public here. The job ends with the digests of what lies ready.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from election.actions import jobs as acts
from election.clock import now
from election.database import db
from election.exchange.publication import prepared
from election.exchange.publication.package import drawings
from election.exchange.publication.publishing import PublicationDraft, Settled, drawn, settled
from election.jobs import failures
from election.jobs.apart import Apart, process_apart
from election.jobs.claim import Claim
from election.jobs.task import Task
from election.models import Congress
from election.rules.jobs import UNPREPARED
from election.tenant import stay_in


class Unwanted(Exception):
    """The server goes down, or the job was ended elsewhere."""


class PreparationTask(Task):
    """asked: {"congresses": [ids], "reason": text}; result: {"prepared": {id as text: digest}}."""

    crashed = failures.PREPARATION_CRASHED

    def __init__(self, claim: Claim) -> None:
        super().__init__(claim)
        self.done = self.of = 0  # drawings

    def _work(self) -> None:
        try:
            contents = self._read()
            self.of = sum(drawings(content.frozen) for content in contents)
            with process_apart() as apart:
                drafts = [self._drawn(content, apart) for content in contents]
        except Unwanted:
            self._fail(UNPREPARED)
        else:
            self._store(drafts)

    def _read(self) -> list[Settled]:
        with self.claim.app.app_context():
            session = db.session()
            stay_in(session, self.claim.township_id)
            keys = self.claim.asked["congresses"]
            return [settled(session, session.get_one(Congress, key)) for key in keys]

    def _drawn(self, content: Settled, apart: Apart) -> PublicationDraft:
        def draw(function: Callable[..., bytes], *arguments: Any) -> bytes:  # noqa: ANN401 - see Draw
            if self.heart.stopped():
                raise Unwanted
            congress = content.frozen.congress
            self.heart.hear("drawing", done=self.done, of=self.of, congress=congress)
            drawing = apart(function, *arguments)
            self.done += 1
            return drawing

        return drawn(content, reason=self.claim.asked["reason"], at=now(), draw=draw)

    def _store(self, drafts: list[PublicationDraft]) -> None:
        """Keep the files, then end the job with their digests."""
        self.heart.hear("keeping", done=self.done, of=self.of)
        data = Path(self.claim.app.config["XUANBAN_DATA"])
        digests = {
            str(draft.congress_id): prepared.keep(data, draft.congress_id, draft.built)
            for draft in drafts
        }

        def act(session: Session) -> None:
            job_id, worker = self.claim.job_id, self.claim.worker
            acts.finish(session, job_id, worker=worker, result={"prepared": digests}, at=now())

        self.claim.write(act)
