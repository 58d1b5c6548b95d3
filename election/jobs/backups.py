"""Backups nobody has to think of: each minute while a count is open, else each hour.

They are made in a process of their own, so that no page waits for the checks; this thread only
looks whether one is due.
"""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from election.clock import now
from election.database import db
from election.exchange.backups.lock import PASSPHRASE, stored_lock
from election.exchange.backups.state import read_state
from election.models import Election
from election.rules.backups import is_due
from election.rules.elections.phases import Phase
from election.rules.terms import RuleViolation
from election.settings import ROOT

LOOK_EVERY = 5.0  # seconds
LONGEST = 300  # seconds one backup or check may take
log = logging.getLogger("xuanban")


class BackupKeeper:
    """Looks whether a backup is due and has it made; `look` does so in the caller's thread."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look in a thread of its own; again does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="backups", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; a backup under way ends by itself, whole or not at all."""
        self._closing.set()

    def look(self) -> bool:
        """Have a backup made when one is due; whether it was."""
        with self.app.app_context():
            try:
                due = _is_due()
            finally:
                db.session.remove()
            if due:
                made = in_child("backup")
                if made.returncode:
                    log.warning("backup", extra={"status": made.returncode})
            return due

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_EVERY):
            try:
                self.look()
            except (OSError, OperationalError, RuleViolation, subprocess.SubprocessError):
                log.exception("backup")


def in_child(*arguments: str, passphrase: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of this installation in a process of its own; its answer.

    A passphrase goes by the environment of the child, which only this account can read.
    """
    settings = {
        "XUANBAN_DATA": current_app.config["XUANBAN_DATA"],
        "DATABASE_URL": current_app.config["SQLALCHEMY_DATABASE_URI"],
        PASSPHRASE: passphrase,
        "PYTHONUTF8": "1",
    }
    return subprocess.run(  # noqa: S603 - our own program; a file name is one argument
        [sys.executable, "-m", "election", *arguments],
        cwd=ROOT,
        env=os.environ | settings,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
    )


def a_count_is_open() -> bool:
    """Whether an election of this database is being counted."""
    return (
        db.session.scalar(select(Election.id).where(Election.phase == Phase.COUNTING)) is not None
    )


def _is_due() -> bool:
    data = Path(current_app.config["XUANBAN_DATA"])
    if db.engine.dialect.name != "sqlite" or stored_lock(data) is None:
        return False
    return is_due(read_state(data).since_begun(now()), counting=a_count_is_open())
