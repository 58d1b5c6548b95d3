"""Random walks over stored records: every try is an act on record, or leaves nothing behind."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.database import db, transaction
from election.models import AuditEntry
from election.queries.audit import verify
from election.rules.terms import RuleViolation
from tests.builders import Office


class RecordWalk(RuleBasedStateMachine):
    """A walk of which the audit chain tells every step."""

    office: Office

    def attempt(self, change: Callable[[Session], object]) -> str | None:
        """Try something in one transaction: the code of its refusal, None when it was done."""
        before = _records()
        try:
            with transaction() as session:
                change(session)
        except RuleViolation as refused:
            assert _records() == before
            return refused.code.id
        assert _records() > before
        return None

    def teardown(self) -> None:
        assert verify(db.session()) == []


def _records() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def take(walk: type[RecordWalk], office: Office, *, walks: int, steps: int) -> None:
    """So many random walks of so many steps in this office."""
    walk.office = office
    limits = settings(max_examples=walks, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(walk, settings=limits)
