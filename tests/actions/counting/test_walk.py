"""A random walk over one count sheet: whatever people try, the promises of the count hold."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import func, select

from election.actions import counting
from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Entry
from election.queries.counting import differing, in_force, open_findings, pending
from election.rules.access import Actor, Role
from election.rules.counting import SheetState
from election.rules.counting.entry import finding_key
from tests.actions import small_town as small
from tests.actions.walking import RecordWalk, take
from tests.builders import AT, Office

# everybody holds every role: only the separations of persons may keep them apart
PEOPLE = st.integers(0, 4)
EVERYTHING = frozenset({Role.TELLER, Role.SCRUTINEER, Role.STATION_OFFICER, Role.DIRECTOR})


class SheetWalk(RecordWalk):
    """Five people who may do everything, one sheet of which the paper says one thing."""

    def __init__(self) -> None:
        super().__init__()
        self.town = small.counting_town(self.office)
        ids = self.town.ids(2)
        self.right = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
        self.wrong = self.right | {f"for:{ids['赵五']}": 101}
        self.sheet_id = self.town.sheet(2, "S02").id
        self.signed: tuple[dict[str, int], str] | None = None
        self.entries = 0

    def actor(self, who: int) -> Actor:
        tellers = [self.office.actor(Role.TELLER, n) for n in range(3)]
        others = [self.office.actor(Role.SCRUTINEER, n) for n in range(2)]
        one = [*tellers, *others][who]
        return Actor(one.township_id, one.official_id, one.number, EVERYTHING)

    def act(self, function: Callable[..., Any], who: int, **more: Any) -> bool:
        """Try something on the sheet."""
        by = self.actor(who)
        code = self.attempt(
            lambda session: function(
                Act(session, by, AT), counting.locked(session, self.sheet_id), **more
            )
        )
        assert code is None or code.startswith("R.3")
        return code is None

    def sheet(self) -> CountSheet:
        db.session.expire_all()
        return db.session.get_one(CountSheet, self.sheet_id)

    @rule(who=PEOPLE, wrong=st.booleans(), confirmed=st.booleans())
    def enter(self, who: int, wrong: bool, confirmed: bool) -> None:
        figures = self.wrong if wrong else self.right
        self.entries += self.act(counting.enter, who, figures=figures, confirmed=confirmed)

    @rule(who=PEOPLE, slots=st.sampled_from([[1], [2], [1, 2], []]))
    def send_back(self, who: int, slots: list[int]) -> None:
        self.act(counting.send_back, who, slots=slots)

    @rule(who=PEOPLE, wrong=st.booleans())
    def correct(self, who: int, wrong: bool) -> None:
        note = pending(self.sheet()).get(self.actor(who).number)
        paper = self.wrong if wrong else self.right
        fields = note.details["fields"] if note else ["issued"]
        typed = {item: paper[item] for item in fields}
        self.entries += self.act(counting.correct, who, typed=typed, confirmed=True)

    @rule(who=PEOPLE, side=st.sampled_from([1, 2]))
    def resolve(self, who: int, side: int) -> None:
        sides = dict.fromkeys(differing(self.sheet()), side)
        self.act(counting.resolve, who, sides=sides, reason="看纸面")

    @rule(who=PEOPLE)
    def return_to_tellers(self, who: int) -> None:
        self.act(counting.return_to_tellers, who, reason="重录")

    @rule(who=PEOPLE, seen=st.booleans())
    def sign(self, who: int, seen: bool) -> None:
        sheet = self.sheet()
        digest = (sheet.digest or "") if seen else "0" * 64
        answers = {finding_key(one): "核对过" for one, _ in open_findings(sheet)}
        if self.act(counting.sign, who, digest=digest, answers=answers):
            signed = self.sheet()
            self.signed = (dict(signed.figures or {}), str(signed.signed_by))

    @rule(who=PEOPLE)
    def reopen(self, who: int) -> None:
        if self.act(counting.reopen, who, reason="漏数"):
            self.signed = None

    @rule()
    def keep_account(self) -> None:
        sheet = self.sheet()
        if sheet.state is not SheetState.SIGNED:
            small.keep(self.town, self.sheet_id, self.right)

    @invariant()
    def a_signed_sheet_has_three_persons_and_does_not_change(self) -> None:
        sheet = self.sheet()
        assert (sheet.state is SheetState.SIGNED) == (self.signed is not None)
        if self.signed is not None:
            persons = {entry.person for entry in in_force(sheet).values()}
            assert len(persons) == 2
            assert sheet.signed_by not in persons
            assert (sheet.figures, sheet.signed_by) == self.signed
            assert sheet.figures == self.right  # the wrong figures do not add up

    @invariant()
    def figures_stand_exactly_when_both_entries_are_settled(self) -> None:
        sheet = self.sheet()
        settled = sheet.state in (SheetState.AGREED, SheetState.SIGNED)
        assert (sheet.figures is not None) == settled
        assert (sheet.digest is not None) == settled

    @invariant()
    def nothing_is_ever_removed(self) -> None:
        mine = select(func.count()).select_from(Entry).where(Entry.sheet_id == self.sheet_id)
        assert db.session.scalar(mine) == self.entries


@pytest.mark.slow
def test_no_walk_breaks_the_promises_of_the_count(app: Flask, office: Office) -> None:
    take(SheetWalk, office, walks=8, steps=30)
