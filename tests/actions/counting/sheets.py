"""Acts on one sheet, as tests take them."""

import pytest

from election.actions import counting
from election.actions.act import Act
from election.database import db, transaction
from election.models import (
    CountSheet,
)
from election.rules.access import Role
from election.rules.counting import SheetState
from election.rules.terms import RuleViolation
from tests.actions import small_town as small
from tests.builders import AT


def _sheet(town: small.Town) -> tuple[int, dict[str, str]]:
    """The one sheet of district 2, and its ids by name."""
    return town.sheet(2, "S02").id, town.ids(2)


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def _state(sheet_id: int) -> SheetState:
    db.session.expire_all()
    return db.session.get_one(CountSheet, sheet_id).state


def _by_scrutineer(town: small.Town, act, sheet_id: int, which: int = 0, **more) -> None:
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        act(Act(session, town.actor(Role.SCRUTINEER, which), AT), sheet, **more)


def _differ(town: small.Town) -> tuple[int, dict[str, str], dict[str, int], dict[str, int]]:
    """Two entries of one sheet that differ in one candidate."""
    sheet_id, ids = _sheet(town)
    right = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    wrong = small.paper({ids["李四"]: 180, ids["赵五"]: 101})
    small.keep(town, sheet_id, right)
    small.enter(town, sheet_id, wrong, 0)
    small.enter(town, sheet_id, right, 1)
    return sheet_id, ids, right, wrong
