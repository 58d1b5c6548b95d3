"""One act under way: the transaction it is part of, who does it, when; and its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from election.actions import audit
from election.rules.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Act:
    """What every act is done with. at: a moment in UTC; an act never reads the clock."""

    session: Session
    by: Actor
    at: datetime

    def record(
        self, *, under: Permission | None, what: str, subject: str, data: Mapping[str, Any]
    ) -> None:
        """Write the act's audit entry; called last, when everything is changed.

        under: the right used; None for one's own account. what: stage and verb ("count.entry");
        subject: the thing in its public id; data: JSON, complete. Raises as `audit.record`.
        """
        audit.record(
            self.session,
            by=self.by,
            under=under,
            what=what,
            subject=subject,
            data=data,
            at=self.at,
        )
