"""Apportionment frames: the approved seats shared by every method, side by side.

Over the units (how many seats would each deserve), over the districts of a plan (1 to 3 each), and
over any table of people for a question of "what if".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from election.models import Congress
from election.planning.apportionment import (
    DEFAULT_METHOD,
    METHODS,
    Apportionment,
    Population,
    by_every_method,
    methods_frame,
)
from election.planning.paradoxes import house_breaches, quota_breaches
from election.queries.districts.boards import BASIS_NAMES, PlanBoard, require_people
from election.queries.units import table as unit_queries
from election.rules.districts.checks import MOST_SEATS
from election.rules.districts.codes.plans import DISTRICTS_UNKNOWN, SEATS_TIED
from election.rules.terms import RuleViolation, Text

METHOD_NAMES: dict[str, Text] = {
    "largest-remainder": Text("最大余数法", "largest remainder"),
    "sainte-lague": Text("圣拉古法", "Sainte-Laguë"),
    "huntington-hill": Text("亨廷顿—希尔法", "Huntington–Hill"),
    "dhondt": Text("洪德法", "D'Hondt"),
    "adams": Text("亚当斯法", "Adams"),
    "dean": Text("迪安法", "Dean"),
}


@dataclass(frozen=True, slots=True)
class MethodNote:
    """What the committee should know of one method on this data.

    largest: the largest absolute deviation of people per seat, of rows with seats. moved: seats
    more (+) or fewer (-) than by the default method, by row; sure seats only. without: rows with
    people and no sure seat. paradoxes: where it breaks quota or house monotonicity.
    """

    method: str
    largest: Fraction | None
    moved: tuple[tuple[str, int], ...]
    without: int
    paradoxes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SeatTable:
    """All methods side by side.

    frame: index code; name, population, exact_share (text of a fraction), one Int64 column per
    method with the sure seats (missing where the method cannot keep the limits), ties (methods in
    which the row is tied), differs (the methods do not agree on this row). outcomes: method -> its
    outcome; a method that cannot keep the limits is missing.
    """

    frame: pd.DataFrame
    seats: int
    floor: int
    cap: int | None
    outcomes: Mapping[str, Apportionment]

    @property
    def quota(self) -> Fraction:
        """People per seat of the whole area."""
        return next(iter(self.outcomes.values())).quota

    @property
    def labels(self) -> dict[str, str]:
        """Code -> code and name, as sentences name a row."""
        rows = self.frame["name"].items()
        return {str(code): f"{code} {name}".strip() for code, name in rows}

    def notes(self) -> list[MethodNote]:
        """One note for each method that answers."""
        return [self._note(outcome) for outcome in self.outcomes.values()]

    def _note(self, outcome: Apportionment) -> MethodNote:
        people = {unit.code: unit.population for unit in outcome.units}
        quota = quota_breaches(outcome, floor=self.floor, cap=self.cap)
        house = house_breaches(
            people, self.seats, method=outcome.method, floor=self.floor, cap=self.cap
        )
        paradoxes = [breach.text(self.labels) for breach in quota] + [
            breach.text(self.labels) for breach in house
        ]
        without = sum(unit.population > 0 and not unit.seats for unit in outcome.units)
        return MethodNote(
            outcome.method, outcome.max_deviation, self._moved(outcome), without, tuple(paradoxes)
        )

    def _moved(self, outcome: Apportionment) -> tuple[tuple[str, int], ...]:
        usual = self.outcomes.get(DEFAULT_METHOD)
        pairs = zip(outcome.units, usual.units, strict=True) if usual else ()
        return tuple(
            (self.labels[a.code], a.seats - b.seats) for a, b in pairs if a.seats != b.seats
        )

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods in the order of the columns."""
        return tuple(METHODS)

    def rows(self) -> dict[str, dict[str, Any]]:
        """Code -> column -> value, in the order of the frame."""
        records = self.frame.to_dict("index").items()
        return {str(code): {str(name): v for name, v in row.items()} for code, row in records}

    def answers(self, method: str) -> bool:
        """Whether the method can keep the limits at all."""
        return bool(self.frame[method].notna().all())

    def tied(self, method: str) -> int:
        """Seats the method holds back for people to decide; 0 when it does not answer."""
        return self.seats - int(self.frame[method].sum()) if self.answers(method) else 0

    def seats_by(self, method: str) -> dict[str, int]:
        """Code -> sure seats. Raises R.259 while seats are tied."""
        if self.tied(method) or not self.answers(method):
            raise RuleViolation(SEATS_TIED, tied=self.tied(method))
        return {str(code): int(count) for code, count in self.frame[method].items()}


def over_units(
    session: Session, congress: Congress, *, floor: int = 0, cap: int | None = None
) -> SeatTable:
    """The seats of a congress shared among the units.

    Raises R.243 naming units without people; InputFaults when no method can keep floor and cap.
    """
    rows = unit_queries.of_congress(session, congress)
    people = require_people(rows, congress.population_basis)
    return over_table(
        people, unit_queries.names(rows), congress.approved_seats, floor=floor, cap=cap
    )


def over_districts(board: PlanBoard) -> SeatTable:
    """The seats of a congress shared among the districts of a plan: at least 1, at most 3 each.

    Raises R.260 naming districts whose people are not known or that have none.
    """
    people = people_of_districts(board)
    names = {
        str(line.number): line.name or "、".join(brick.name for brick in line.bricks)
        for line in board.districts
    }
    return over_table(people, names, board.seats, floor=1, cap=MOST_SEATS)


def people_of_districts(board: PlanBoard) -> dict[str, int]:
    """Number -> people of every district of a plan. Raises R.260 naming those without."""
    unknown = [line for line in board.districts if not line.people]
    if unknown or not board.districts:
        named = "、".join(str(line.number) for line in unknown) or "—"
        raise RuleViolation(DISTRICTS_UNKNOWN, basis=BASIS_NAMES[board.basis], districts=named)
    return {str(line.number): line.people or 0 for line in board.districts}


def over_table(
    people: Population,
    names: Mapping[str, str],
    seats: int,
    *,
    floor: int = 0,
    cap: int | None = None,
) -> SeatTable:
    """Any seats shared over any table of people: county seats over towns, a question of what if.

    Raises InputFaults for unusable figures, and when no method can keep floor and cap.
    """
    outcomes = by_every_method(people, seats, floor=floor, cap=cap)
    frame = methods_frame(outcomes, seats)
    frame.insert(0, "name", [names[str(code)] for code in frame.index])
    return SeatTable(frame, seats, floor, cap, outcomes)
