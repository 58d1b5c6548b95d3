"""A random walk over one round: certified, withdrawn, corrected; nothing certified is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions import counting
from election.actions.act import Act
from election.actions.elections.set_up import move_phase
from election.actions.results import certification, corrections
from election.database import db, transaction
from election.models import Election, Result, Withdrawal
from election.queries.results.outcomes import count_round
from election.rules.access import Actor, Role
from election.rules.elections.phases import Phase
from election.rules.results.corrections import WithdrawalState
from tests.actions import small_town as small
from tests.actions.walking import RecordWalk, take
from tests.builders import AT, Office

PEOPLE = st.integers(0, 2)
EVERYTHING = frozenset({Role.SCRUTINEER, Role.DIRECTOR})


class RoundWalk(RecordWalk):
    """Three people who may do everything, one round whose sheet is read in two ways."""

    def __init__(self) -> None:
        super().__init__()
        self.town = small.counting_town(self.office)
        ids = self.town.ids(2)
        self.papers = [
            small.paper({ids["李四"]: one, ids["赵五"]: 290 - one}) for one in (180, 110)
        ]
        self.key = self.town.round(2).id
        self.sheet_id = self.town.sheet(2, "S02").id
        small.count(self.town, self.sheet_id, self.papers[0])
        self.certified: list[dict[str, Any]] = []  # every certificate there ever was

    def actor(self, who: int) -> Actor:
        one = self.office.actor(Role.SCRUTINEER, who) if who < 2 else self.town.actor(Role.DIRECTOR)
        return Actor(one.township_id, one.official_id, one.number, EVERYTHING)

    def act(self, function: Callable[..., Any], who: int, **more: Any) -> bool:
        """Try something on the round."""
        by = self.actor(who)

        def move(session: Session) -> object:
            held = certification.hold(session, self.key)
            return function(Act(session, by, AT), held, **more)

        code = self.attempt(move)
        assert code is None or code[:4] in {"R.15", "R.38", "R.60", "R.62", "R.63"}
        return code is None

    @rule(who=PEOPLE)
    def certify(self, who: int) -> None:
        digest = count_round(db.session(), self.town.round(2)).digest
        if self.act(certification.certify, who, digest=digest, decision=""):
            self.certified.append(dict(self.result().totals))

    @rule(who=PEOPLE, reason=st.sampled_from(["漏数", " "]))
    def ask(self, who: int, reason: str) -> None:
        self.act(corrections.ask_withdrawal, who, reason=reason, reference="15号")

    @rule(who=PEOPLE, granted=st.booleans())
    def decide(self, who: int, granted: bool) -> None:
        self.act(corrections.decide_withdrawal, who, granted=granted)

    @rule(who=PEOPLE, which=st.integers(0, 1))
    def correct(self, who: int, which: int) -> None:
        """Open the sheet again and count it anew, as one of two readings."""

        def reopen(act, _one, **more: Any) -> None:
            sheet = counting.locked(act.session, self.sheet_id)
            counting.reopen(act, sheet, reason="重数", **more)

        if self.act(reopen, who):
            for teller in (0, 1):
                small.enter(self.town, self.sheet_id, self.papers[which], teller, confirmed=True)
            small.sign(self.town, self.sheet_id)

    @rule()
    def close(self) -> None:
        if self.phase() is Phase.COUNTING:
            with transaction() as session:
                move_phase(
                    Act(session, self.town.actor(Role.DIRECTOR), AT),
                    session.get_one(Election, self.town.election_id),
                    to=Phase.CLOSED,
                    reason="",
                    faults=0,
                    alerts=0,
                    records=0,
                )

    def phase(self) -> Phase:
        db.session.expire_all()
        return db.session.get_one(Election, self.town.election_id).phase

    def result(self) -> Any:
        return db.session.scalar(select(Result).where(Result.round_id == self.key))

    @invariant()
    def every_certificate_is_in_force_or_on_file(self) -> None:
        db.session.expire_all()
        mine = select(Withdrawal).where(Withdrawal.round_id == self.key).order_by(Withdrawal.id)
        rows = db.session.scalars(mine).all()
        filed = [row.certificate["totals"] for row in rows if row.certificate]
        now = self.result()
        assert filed + ([now.totals] if now else []) == self.certified
        assert all(row.decided_by != row.asked_by for row in rows)
        assert sum(row.state is WithdrawalState.ASKED for row in rows) <= 1

    @invariant()
    def what_is_certified_is_what_the_sheet_says(self) -> None:
        now = self.result()
        if now is not None:
            assert now.totals == self.town.sheet(2, "S02").figures


@pytest.mark.slow
def test_no_walk_loses_a_certificate(app: Flask, office: Office) -> None:
    take(RoundWalk, office, walks=6, steps=25)
