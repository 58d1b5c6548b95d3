"""Acts on a nomination, as tests take them."""

from datetime import date

import pytest

from election.actions.act import Act
from election.actions.candidates import nominations as acts
from election.database import db, transaction
from election.models import Nomination
from election.rules.access import Role
from election.rules.candidates.kinds import SignerVerdict
from election.rules.terms import RuleViolation
from tests.builders import AT
from tests.queries.candidates.office import (
    Town,
)

NUMBER = "330225198005011229"  # a made-up woman born on 1 May 1980


def status(nomination_id: int) -> str:
    db.session.expire_all()
    return db.session.get_one(Nomination, nomination_id).status.value


def refused(code: str):
    return pytest.raises(RuleViolation, match=f"^{code}$".replace(".", r"\."))


def withdraw(town: Town, nomination_id: int, reason: str = "推荐人撤回") -> None:
    with transaction() as session:
        acts.withdraw(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            session.get_one(Nomination, nomination_id),
            reason=reason,
        )


def amend(town: Town, nomination_id: int, nominators) -> None:
    with transaction() as session:
        acts.amend(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            session.get_one(Nomination, nomination_id),
            nominators=nominators,
            received_on=date(2021, 11, 26),
        )


def judge(town: Town, nomination_id: int, place: int, verdict: SignerVerdict) -> None:
    with transaction() as session:
        row = session.get_one(Nomination, nomination_id).cosigners[place]
        acts.judge_signature(
            Act(session, town.office.actor(Role.REGISTRAR), AT), row, verdict=verdict
        )
