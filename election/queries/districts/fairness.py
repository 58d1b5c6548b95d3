"""For understanding: other numbers of seats, and the other population figure.

The number of seats itself is fixed by the standing committee one level up (R1.6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from election.models import Congress, PopulationBasis
from election.planning.apportionment import Apportionment, apportion
from election.planning.fairness import Point, best, curve
from election.queries.districts.boards import PlanBoard, population_of, require_people
from election.queries.districts.seats import people_of_districts
from election.queries.units import table as unit_queries
from election.queries.units.table import UnitRow
from election.rules.districts.checks import MOST_SEATS
from election.rules.terms import InputFaults, Text

AROUND = 15  # how many seats below and above the approved number are looked at
BASES = (PopulationBasis.HUKOU, PopulationBasis.RESIDENT)


@dataclass(frozen=True, slots=True)
class Curve:
    """The largest deviation at each number of seats around the approved one.

    labels: code -> how sentences name it; best: the numbers with the smallest largest deviation.
    """

    method: str
    approved: int
    points: tuple[Point, ...]
    best: tuple[int, ...]
    labels: Mapping[str, str]

    @property
    def here(self) -> Point | None:
        """The point of the approved number, if the limits allow it."""
        return next((point for point in self.points if point.seats == self.approved), None)

    @property
    def without(self) -> list[str]:
        """Who has no sure seat at the approved number."""
        return [self.labels[code] for code in (self.here.without if self.here else ())]


def over_units(
    session: Session, congress: Congress, *, method: str, floor: int = 0, cap: int | None = None
) -> Curve:
    """The curve over the units. Raises R.243 and InputFaults as the table of seats does."""
    rows = unit_queries.of_congress(session, congress)
    people = require_people(rows, congress.population_basis)
    names = unit_queries.names(rows)
    labels = {code: f"{code} {names[code]}" for code in people}
    return _curve(people, labels, congress.approved_seats, method, floor, cap)


def over_districts(board: PlanBoard, *, method: str) -> Curve:
    """The curve over the districts of a plan as they are drawn: 1 to 3 seats each."""
    people = people_of_districts(board)
    labels = {str(line.number): f"{line.number} {line.name}".strip() for line in board.districts}
    return _curve(people, labels, board.seats, method, 1, MOST_SEATS)


def _curve(
    people: Mapping[str, int],
    labels: Mapping[str, str],
    approved: int,
    method: str,
    floor: int,
    cap: int | None,
) -> Curve:
    sizes = range(max(approved - AROUND, 1), approved + AROUND + 1)
    points = curve(people, sizes, method=method, floor=floor, cap=cap)
    return Curve(method, approved, points, best(points), labels)


@dataclass(frozen=True, slots=True)
class BasisColumn:
    """The approved seats over the units by one population figure.

    people: by unit, None where the figure is not known. outcome is None while figures are missing
    (`missing` names the units) or where the limits cannot be kept (`problems` says why).
    """

    basis: PopulationBasis
    people: tuple[int | None, ...]
    outcome: Apportionment | None
    missing: tuple[str, ...]
    problems: tuple[Text, ...]

    def seats(self, place: int) -> int | None:
        """Sure seats of the unit at this place of the table."""
        return None if self.outcome is None else self.outcome.units[place].seats

    def tied(self, place: int) -> bool:
        """Whether this unit is tied for a further seat."""
        return self.outcome is not None and self.outcome.units[place].tied


@dataclass(frozen=True, slots=True)
class BasisEffect:
    """What the choice of the population figure does: household register and residents."""

    units: tuple[tuple[str, str], ...]  # code and name
    columns: tuple[BasisColumn, BasisColumn]

    def difference(self, place: int) -> int | None:
        """Sure seats by residents minus those by the household register; None if one is unknown."""
        first, second = (column.seats(place) for column in self.columns)
        return None if first is None or second is None else second - first

    @property
    def moved(self) -> int | None:
        """How many units get another number of seats; None while a column is not known."""
        if any(column.outcome is None for column in self.columns):
            return None
        return sum(bool(self.difference(place)) for place in range(len(self.units)))


def basis_effect(
    session: Session, congress: Congress, *, method: str, floor: int = 0, cap: int | None = None
) -> BasisEffect:
    """The seats over the units by both figures; a figure not known stays unknown (R1.9)."""
    rows = unit_queries.of_congress(session, congress)
    first, second = (
        _column(rows, basis, congress.approved_seats, method, floor, cap) for basis in BASES
    )
    names = tuple((row.values.code, row.values.name) for row in rows)
    return BasisEffect(names, (first, second))


def _column(
    rows: Sequence[UnitRow],
    basis: PopulationBasis,
    seats: int,
    method: str,
    floor: int,
    cap: int | None,
) -> BasisColumn:
    people = tuple(population_of(row.values, basis) for row in rows)
    units = [row.values for row in rows]
    missing = tuple(
        f"{unit.code} {unit.name}" for unit, n in zip(units, people, strict=True) if n is None
    )
    outcome: Apportionment | None = None
    problems: tuple[Text, ...] = ()
    if rows and not missing:
        counts = {unit.code: n or 0 for unit, n in zip(units, people, strict=True)}
        try:
            outcome = apportion(counts, seats, method=method, floor=floor, cap=cap)
        except InputFaults as faults:
            problems = tuple(fault.text for fault in faults.faults)
    return BasisColumn(basis, people, outcome, missing, problems)
