"""Apportionment frames: the approved seats shared by every method, side by side.

Over the units (how many seats would each deserve), and over the districts of a plan (1 to 3 each).
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from election.models import Congress
from election.planning.apportionment import METHODS, compare_methods
from election.queries import units as unit_queries
from election.queries.boards import BASIS_NAMES, Board, require_people
from election.rules import plans
from election.rules.districts import MOST_SEATS
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
class SeatTable:
    """All methods side by side.

    frame: index code; name, population, exact_share (text of a fraction), one Int64 column per
    method with the sure seats (missing where the method cannot keep the limits), ties (methods in
    which the row is tied), differs (the methods do not agree on this row).
    """

    frame: pd.DataFrame
    seats: int
    floor: int
    cap: int | None

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
            raise RuleViolation(plans.SEATS_TIED, tied=self.tied(method))
        return {str(code): int(count) for code, count in self.frame[method].items()}


def over_units(
    session: Session, congress: Congress, *, floor: int = 0, cap: int | None = None
) -> SeatTable:
    """The seats of a congress shared among the units.

    Raises R.243 naming units without people; InputFaults when no method can keep floor and cap.
    """
    rows = unit_queries.of_election(session, congress.election_id)
    people = require_people(rows, congress.population_basis)
    return _table(people, unit_queries.names(rows), congress.approved_seats, floor, cap)


def over_districts(board: Board) -> SeatTable:
    """The seats of a congress shared among the districts of a plan: at least 1, at most 3 each.

    Raises R.243 naming districts whose people are not known or that have none.
    """
    unknown = [line for line in board.districts if not line.people]
    if unknown or not board.districts:
        named = "、".join(str(line.number) for line in unknown) or "—"
        raise RuleViolation(
            plans.DISTRICTS_UNKNOWN, basis=BASIS_NAMES[board.basis], districts=named
        )
    people = {str(line.number): line.people or 0 for line in board.districts}
    names = {
        str(line.number): line.name or "、".join(brick.name for brick in line.bricks)
        for line in board.districts
    }
    return _table(people, names, board.seats, 1, MOST_SEATS)


def _table(
    people: dict[str, int], names: dict[str, str], seats: int, floor: int, cap: int | None
) -> SeatTable:
    frame = compare_methods(people, seats, floor=floor, cap=cap)
    frame.insert(0, "name", [names[str(code)] for code in frame.index])
    return SeatTable(frame, seats, floor, cap)
