"""A small town for tests of plans: six units in a row, an office that draws districts over them."""

from collections.abc import Callable
from typing import Any

import pytest

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.actions.districts import plans
from election.actions.districts.drafts import DistrictValues
from election.actions.elections import set_up
from election.actions.units import table as unit_acts
from election.clock import local
from election.database import db, transaction
from election.models import Congress, Election, Plan, PopulationBasis, Unit
from election.queries.districts import plans as queries
from election.queries.districts.boards import PlanBoard
from election.queries.units.table import UnitValues, of_election
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.rules.terms import Level, RuleViolation
from election.rules.units.kinds import UnitKind
from tests.builders import AT, Office, an_election, congress_of

# A1 - A2 - A3 - A4 - A5 - A6, 6,000 people
PEOPLE = {"A1": 1000, "A2": 1100, "A3": 900, "A4": 1200, "A5": 800, "A6": 1000}

DAY = local(AT).date()  # of the committee's decisions


def units(**people: int | None) -> list[UnitValues]:
    """The row of units, with other people where given; A6 is a workplace."""
    codes = list(PEOPLE)
    counts: dict[str, int | None] = {**PEOPLE, **people}
    return [
        UnitValues(
            code,
            f"{code}村",
            UnitKind.WORKPLACE if code == "A6" else UnitKind.VILLAGE,
            counts[code],
            None,
            tuple(codes[n] for n in (place - 1, place + 1) if 0 <= n < len(codes)),
        )
        for place, code in enumerate(codes)
    ]


class DistrictTown:
    """An election with six units, 6 town seats and 3 county seats, and its director's acts."""

    def __init__(self, office: Office, table: list[UnitValues] | None = None) -> None:
        self.office, self.by = office, office.actor(Role.DIRECTOR)
        self.election_id = an_election(office)
        for level, seats in ((Level.TOWN, 6), (Level.COUNTY, 3)):
            self.congress(level, seats)
        with transaction() as session:
            unit_acts.save_table(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                add=table or units(),
                change={},
                remove=[],
            )

    def congress(
        self, level: Level, seats: int, basis: PopulationBasis = PopulationBasis.HUKOU
    ) -> None:
        with transaction() as session:
            set_up.set_congress(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                level=level,
                name=level.value,
                term=1,
                approved_seats=seats,
                decision_reference="1号",
                population=None,
                population_basis=basis,
                population_date=None,
                population_source="",
                population_confirmed=False,
            )

    def change_units(self, table: list[UnitValues]) -> None:
        ids = self.ids
        with transaction() as session:
            unit_acts.save_table(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                add=[],
                change={ids[values.code]: values for values in table},
                remove=[],
            )

    def congress_id(self, level: Level = Level.TOWN) -> int:
        db.session.rollback()
        return congress_of(self.election_id, level).id

    @property
    def ids(self) -> dict[str, int]:
        db.session.expire_all()
        rows = of_election(db.session(), self.election_id)
        return {row.values.code: row.id for row in rows}

    def create(self, name: str = "方案一", *, level: Level = Level.TOWN, copy: int = 0) -> int:
        key = self.congress_id(level)
        with transaction() as session:
            source = session.get_one(Plan, copy) if copy else None
            return plans.create(
                Act(session, self.by, AT), session.get_one(Congress, key), name=name, copy_of=source
            ).id

    def act(self, act: Callable[..., Any], plan_id: int, **given: Any) -> Any:
        """One act on a plan by the director."""
        with transaction() as session:
            return act(Act(session, self.by, AT), session.get_one(Plan, plan_id), **given)

    def on_unit(self, act: Callable[..., Any], plan_id: int, code: str, **given: Any) -> None:
        key = self.ids[code]
        with transaction() as session:
            unit = session.get_one(Unit, key)
            act(Act(session, self.by, AT), session.get_one(Plan, plan_id), unit, **given)

    def board(self, plan_id: int) -> PlanBoard:
        db.session.rollback()
        db.session.expire_all()
        return queries.board(db.session(), db.session.get_one(Plan, plan_id))

    def save(
        self,
        plan_id: int,
        places: dict[str, int | None],
        seats: dict[int, int] | None = None,
        *,
        remove: tuple[int, ...] = (),
        people: dict[str, int] | None = None,
    ) -> list[int]:
        """Put bricks (A1, A1#2) into districts by number; seats by number."""
        board = self.board(plan_id)
        keys = {brick.code: brick.key for brick in board.bricks}
        lines = {line.number: line for line in board.districts}
        values = {
            line.id: DistrictValues(line.name, line.kind, (seats or {}).get(number, line.seats))
            for number, line in lines.items()
            if number not in remove
        }
        return self.act(
            edits.save,
            plan_id,
            districts=values,
            remove=[lines[n].id for n in remove],
            places={keys[code]: number for code, number in places.items()},
            people={keys[code]: count for code, count in (people or {}).items()},
        )

    def drawn(self, name: str = "方案一", level: Level = Level.TOWN) -> int:
        """A good plan: three districts of two units and two seats (one seat for the county)."""
        plan_id = self.create(name, level=level)
        self.save(plan_id, {"A1": 1, "A2": 1, "A3": 2, "A4": 2, "A5": 3, "A6": 3})
        seats = 2 if level is Level.TOWN else 1
        self.save(plan_id, {}, {1: seats, 2: seats, 3: seats})
        return plan_id

    def adopt(self, plan_id: int, *, acknowledged: bool = False) -> None:
        self.act(
            plans.adopt,
            plan_id,
            decision_reference="选举委员会第2次会议",
            decided_on=DAY,
            acknowledged=acknowledged,
        )

    def begin_nomination(self) -> None:
        with transaction() as session:
            set_up.move_phase(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                to=Phase.NOMINATION,
                reason="",
                faults=0,
                alerts=0,
                records=0,
            )


def refused(act: Callable[[], object]) -> str:
    """The code with which an act is refused."""
    with pytest.raises(RuleViolation) as refusal:
        act()
    db.session.rollback()
    return refusal.value.code.id


def shape(board: PlanBoard) -> dict[int, tuple[int, list[str]]]:
    """District number -> seats and codes of its bricks."""
    return {line.number: (line.seats, [b.code for b in line.bricks]) for line in board.districts}
