"""A random walk over the plans of a congress: what is adopted stays, whatever is tried."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import select

from election.actions.act import Act
from election.actions.districts import drafts, plans
from election.actions.elections import set_up
from election.database import db
from election.models import Congress, DistrictKind, Plan, PlanStatus, Unit
from election.queries.districts.boards import DrawnDistrict
from election.queries.units.table import basis, of_election
from election.rules.access import Role
from tests.actions.districts_town import DAY, PEOPLE, DistrictTown, refused, shape, units
from tests.actions.walking import RecordWalk, take
from tests.builders import AT, Office

UNITS, NUMBERS = tuple(PEOPLE), (1, 2, 3)
EVEN = dict(zip(UNITS, (1, 1, 2, 2, 3, 3), strict=True))
SOME = st.integers(0, 5)  # which of the plans there are


@dataclass(frozen=True)
class Known:
    """What the walk knows of a plan: unit -> number of its district, number -> seats."""

    name: str
    places: dict[str, int] = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)
    locked: frozenset[int] = frozenset()

    @property
    def complete(self) -> bool:
        """Every unit in a district, every district with units and 1 to 3 of the six seats."""
        filled = set(self.places.values()) == set(self.seats) and len(self.places) == len(UNITS)
        return filled and sum(self.seats.values()) == 6 and set(self.seats.values()) <= {1, 2, 3}

    @property
    def shape(self) -> dict[int, tuple[int, list[str]]]:
        """As districts_town.shape tells it."""
        return {
            number: (seats, [code for code in UNITS if self.places.get(code) == number])
            for number, seats in sorted(self.seats.items())
        }


class PlanWalk(RecordWalk):
    """The director draws over six units in a row; the model says what each try must answer."""

    def __init__(self) -> None:
        super().__init__()
        self.town = DistrictTown(self.office)
        self.congress, self.ids = self.town.congress_id(), self.town.ids
        self.plans: dict[int, Known] = {}
        self.adopted: int | None = None
        self.frozen = False

    def key(self, which: int) -> int:
        return list(self.plans)[which % len(self.plans)]

    def tried(self, key: int, act: Any, answer: str | None, *given: Any, **named: Any) -> bool:
        """One act on a plan, answered as the model says; a plan in force refuses every edit."""
        code = self.attempt(
            lambda session: act(
                Act(session, self.town.by, AT), session.get_one(Plan, key), *given, **named
            )
        )
        assert code == answer
        return code is None

    def edit(self, key: int, act: Any, answer: str | None, *given: Any, **named: Any) -> bool:
        return self.tried(key, act, "R.245" if key == self.adopted else answer, *given, **named)

    def name_taken(self, name: str, key: int = 0) -> str | None:
        return "R.252" if name in {k.name for i, k in self.plans.items() if i != key} else None

    def made(self, name: str, known: Known, act: Any, **named: Any) -> None:
        rows: list[int] = []
        code = self.attempt(
            lambda session: rows.append(
                act(
                    Act(session, self.town.by, AT),
                    session.get_one(Congress, self.congress),
                    name=name,
                    **named,
                ).id
            )
        )
        assert code == self.name_taken(name)
        self.plans |= dict.fromkeys(rows, known)

    @rule(name=st.sampled_from("甲乙丙"))
    def create(self, name: str) -> None:
        self.made(name, Known(name), plans.create)

    @rule(name=st.sampled_from("甲乙丙丁"))
    def propose(self, name: str) -> None:
        """As the planner stores it: three districts of two units and two seats."""
        drawn = [
            DrawnDistrict(
                number,
                2,
                DistrictKind.RESIDENCE,
                tuple((self.ids[code], 0, None) for code, home in EVEN.items() if home == number),
            )
            for number in NUMBERS
        ]
        over = basis(of_election(db.session(), self.town.election_id))
        known = Known(name, dict(EVEN), dict.fromkeys(NUMBERS, 2))
        self.made(name, known, plans.store_proposal, drawn=drawn, basis=over, planning_record={})

    @precondition(lambda self: self.plans)
    @rule(which=SOME, name=st.sampled_from("甲乙丙丁"))
    def copy(self, which: int, name: str) -> None:
        source = self.key(which)
        self.made(name, replace(self.plans[source], name=name), self._copy, source=source)

    @staticmethod
    def _copy(act: Act, body: Congress, *, source: int, name: str) -> Plan:
        return plans.create(act, body, copy_of=act.session.get_one(Plan, source), name=name)

    @precondition(lambda self: self.plans)
    @rule(which=SOME, code=st.sampled_from(UNITS), to=st.sampled_from((None, *NUMBERS)))
    def put(self, which: int, code: str, to: int | None) -> None:
        key = self.key(which)
        known = self.plans[key]
        here = known.places.get(code)
        touched = {here, to} if here != to else set()
        done = self.edit(
            key,
            drafts.save,
            "R.281" if touched & known.locked else None,
            remove=[],
            people={},
            places={(self.ids[code], 0): to},
            districts={},
        )
        if done:
            places = {c: n for c, n in known.places.items() if c != code}
            seats = known.seats if to is None else {to: 0} | known.seats
            self.plans[key] = replace(
                known, places=places | ({code: to} if to else {}), seats=seats
            )

    @precondition(lambda self: self.plans)
    @rule(which=SOME, number=st.sampled_from(NUMBERS), seats=st.integers(0, 4))
    def set_seats(self, which: int, number: int, seats: int) -> None:
        key = self.key(which)
        known = self.plans[key]
        other = number in known.locked and known.seats[number] != seats
        given = {"seats": {number: seats}, "method": "x"}
        if self.edit(key, drafts.set_seats, "R.281" if other else None, **given):
            changed = {number: seats} if number in known.seats else {}
            self.plans[key] = replace(known, seats=known.seats | changed)

    @precondition(lambda self: self.plans)
    @rule(which=SOME, number=st.sampled_from(NUMBERS))
    def remove(self, which: int, number: int) -> None:
        key = self.key(which)
        known = self.plans[key]
        row = next((d.id for d in self.town.board(key).districts if d.number == number), 0)
        refusal = "R.281" if number in known.locked else None
        rest = {"districts": {}, "places": {}, "people": {}}
        if self.edit(key, drafts.save, refusal, remove=[row], **rest):
            self.plans[key] = replace(
                known,
                places={c: n for c, n in known.places.items() if n != number},
                seats={n: s for n, s in known.seats.items() if n != number},
            )

    @precondition(lambda self: self.plans)
    @rule(which=SOME, number=st.sampled_from(NUMBERS), locked=st.booleans())
    def lock(self, which: int, number: int, locked: bool) -> None:
        key = self.key(which)
        known = self.plans[key]
        if number not in known.seats:
            return

        def act(session, plan: Plan, **named: Any) -> None:
            row = next(d for d in plan.districts if d.number == number)
            drafts.lock(session, plan, row, locked=locked, **named)

        if self.edit(key, act, None):
            held = known.locked | {number} if locked else known.locked - {number}
            self.plans[key] = replace(known, locked=held)

    @precondition(lambda self: self.plans)
    @rule(which=SOME, name=st.sampled_from("甲乙丙丁"))
    def rename(self, which: int, name: str) -> None:
        key = self.key(which)
        if self.edit(key, plans.rename, self.name_taken(name, key), name=name):
            self.plans[key] = replace(self.plans[key], name=name)

    @precondition(lambda self: self.plans)
    @rule(which=SOME)
    def delete(self, which: int) -> None:
        key = self.key(which)
        if self.edit(key, plans.delete, None):
            del self.plans[key]

    @precondition(lambda self: self.plans)
    @rule(which=SOME)
    def adopt(self, which: int) -> None:
        key = self.key(which)
        refusal = None if self.plans[key].complete else "R.248"
        refusal = refusal if self.adopted is None else "R.247"
        if self.edit(
            key, plans.adopt, refusal, decided_on=DAY, decision_reference="1号", acknowledged=True
        ):
            self.adopted = key

    @precondition(lambda self: self.plans)
    @rule(which=SOME)
    def release(self, which: int) -> None:
        key = self.key(which)
        refusal = "R.282" if self.frozen else None
        refusal = refusal if key == self.adopted else "R.246"
        if self.tried(key, plans.release, refusal, decided_on=DAY, reason="改划"):
            self.adopted = None

    @precondition(lambda self: self.adopted and not self.frozen)
    @rule(really=st.integers(0, 3))
    def publish_roll(self, really: int) -> None:
        if really:
            return  # mostly later: afterwards little can happen
        by = self.office.actor(Role.DIRECTOR)
        self.attempt(
            lambda session: set_up.set_milestone(
                Act(session, by, AT),
                session.get_one(Congress, self.congress),
                key="roll_published",
                done_on=date(2021, 11, 25),
                note="",
            )
        )
        self.frozen = True

    @rule(people=st.integers(1000, 1002))
    def count_people(self, people: int) -> None:
        """Other people in a unit, which no plan in force allows."""
        table = [values for values in units(A1=people) if values.code == "A1"]
        now = self.people_of("A1")
        if people != now and self.adopted:
            assert refused(lambda: self.town.change_units(table)) == "R.230"
            people = now
        else:
            self.town.change_units(table)
        assert self.people_of("A1") == people

    def people_of(self, code: str) -> int | None:
        db.session.rollback()
        return db.session.get_one(Unit, self.ids[code]).hukou_population

    @invariant()
    def every_plan_is_as_the_walk_left_it(self) -> None:
        for key, known in self.plans.items():
            board = self.town.board(key)
            assert (board.name, shape(board), board.locked) == (
                known.name,
                known.shape,
                known.locked,
            )

    @invariant()
    def exactly_the_adopted_plan_is_in_force(self) -> None:
        rows = db.session.scalars(select(Plan).where(Plan.congress_id == self.congress)).all()
        assert {row.id for row in rows} == set(self.plans)
        in_force = [row.id for row in rows if row.status is PlanStatus.ADOPTED]
        assert in_force == ([self.adopted] if self.adopted else [])


@pytest.mark.slow
def test_no_walk_changes_a_plan_in_force(app: Flask, office: Office) -> None:
    take(PlanWalk, office, walks=8, steps=40)
