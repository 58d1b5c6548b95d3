"""One job in the hands of one worker."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import sleep
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from election.database import Busy, transaction
from election.tenant import stay_in

ATTEMPTS = 11  # times a job tries to write its end
PAUSE = 1.0  # seconds between two of them


@dataclass(frozen=True, slots=True)
class Claim:
    """A running job, and the worker whose it is.

    worker: its name. closing: set when the process of the worker goes down. township_id: of the
    job; every session of this claim stays in it. kind, asked: of the job (actions.jobs).
    """

    app: Flask
    worker: str
    closing: threading.Event
    township_id: int
    job_id: int
    kind: str
    asked: Mapping[str, Any]

    def write(self, act: Callable[[Session], None]) -> None:
        """One transaction; minutes of work do not end because somebody else is writing.

        Raises Busy or OperationalError when it was in vain for many seconds.
        """
        for attempts_left in reversed(range(ATTEMPTS)):
            try:
                with self.app.app_context(), transaction() as session:
                    stay_in(session, self.township_id)
                    act(session)
            except (Busy, OperationalError):
                if not attempts_left:
                    raise
                sleep(PAUSE)
            else:
                return
