"""Acts on backups: that the passphrase or the folders were set, that an office was restored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from election.actions.accounts import CONSOLE
from election.actions.act import Act
from election.models import Ticket, Township
from election.rules.access import Actor, Permission, Role


def set_passphrase(act: Act, *, public: str) -> None:
    """The public half of the key that closes backups from now on; never the passphrase."""
    data = {"public": public}
    act.record(under=Permission.KEEP_BACKUPS, what="backup.lock", subject="backup", data=data)


def set_targets(act: Act, *, folders: Sequence[str]) -> None:
    """Where backups go from now on."""
    data = {"folders": list(folders)}
    act.record(under=Permission.KEEP_BACKUPS, what="backup.targets", subject="backup", data=data)


def restored(session: Session, *, data: Mapping[str, Any], at: datetime) -> None:
    """Every town of a restored office was restored, by whoever has the machine; log-ins end.

    data: of which backup, with which code on paper, what is missing, and why an older one.
    """
    tickets = update(Ticket).where(Ticket.ended_at.is_(None)).values(ended_at=at)
    session.execute(tickets)
    for town in session.scalars(select(Township).order_by(Township.id)):
        by = Actor(town.id, None, CONSOLE, frozenset({Role.ADMINISTRATOR}))
        act = Act(session, by, at)
        right = Permission.KEEP_BACKUPS
        act.record(under=right, what="backup.restore", subject=town.code, data=data)
