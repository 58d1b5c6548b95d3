"""A plan as pages and acts see it: its bricks and districts, their people, what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from election.models import DistrictKind, NeighbourKind, PlanStatus, PopulationBasis, UnitKind
from election.queries.units.table import Total, UnitRow, UnitValues
from election.rules.canonical import sha256
from election.rules.districts.codes.plans import PEOPLE_UNKNOWN, WEIGHTED
from election.rules.terms import Finding, RuleViolation, Severity, Text

BASIS_NAMES = {
    PopulationBasis.HUKOU: Text("户籍人口", "household-registered population"),
    PopulationBasis.RESIDENT: Text("常住人口", "resident population"),
    PopulationBasis.WEIGHTED: Text("加权人口", "weighted population"),
}


class Band(StrEnum):
    """How far a district is from the average, as R2.3 has it; UNKNOWN where people are missing."""

    OK = "ok"
    WARN = "warn"
    ALERT = "alert"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Brick:
    """A unit, or one part of a split unit (part 1, 2, ...), and the district it is in, if any."""

    unit_id: int
    part: int
    unit_code: str
    name: str
    kind: UnitKind
    population: int | None
    district: int | None

    @property
    def code(self) -> str:
        """A3, or A3#2 for the second part of A3."""
        return f"{self.unit_code}#{self.part}" if self.part else self.unit_code

    @property
    def label(self) -> str:
        """Code and name, as sentences name it."""
        return f"{self.code} {self.name}"

    @property
    def whole_label(self) -> str:
        """Code and name of the whole unit."""
        return f"{self.unit_code} {self.name}"

    @property
    def key(self) -> tuple[int, int]:
        """Unit id and part."""
        return self.unit_id, self.part


@dataclass(frozen=True, slots=True)
class DrawnDistrict:
    """A district as a proposal or a copy draws it; not stored yet.

    parts: (unit id, part, people); part 0 is the whole unit and then people is None.
    """

    number: int
    seats: int
    kind: DistrictKind
    parts: tuple[tuple[int, int, int | None], ...]
    name: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """One district of a plan with its figures; None where people are not known or seats are 0.

    pairs_inside, pairs_cut: pairs of neighbours both in it, and with one of them elsewhere.
    """

    id: int
    number: int
    name: str
    kind: DistrictKind
    seats: int
    bricks: tuple[Brick, ...]
    people: int | None
    per_seat: Fraction | None
    deviation: Fraction | None
    band: Band
    locked: bool = False
    pairs_inside: int = 0
    pairs_cut: int = 0


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """One plan as a whole: its bricks and districts, what is wrong, and the totals.

    seats: the approved total; people: of all bricks. `average` is people per seat.
    pairs: of neighbours; pairs_cut: those that do not share a district.
    """

    plan_id: int
    version: int
    name: str
    status: PlanStatus
    basis: PopulationBasis
    seats: int
    bricks: tuple[Brick, ...]
    districts: tuple[DistrictFigures, ...]
    people: Total
    findings: tuple[Finding, ...]
    pairs: int = 0
    pairs_cut: int = 0

    @property
    def seats_given(self) -> int:
        """Seats of all districts."""
        return sum(line.seats for line in self.districts)

    @property
    def average(self) -> Fraction | None:
        """People per seat of the whole area, when all are known."""
        if not self.people.complete or not self.people.people:
            return None
        return Fraction(self.people.people, self.seats)

    @property
    def largest_deviation(self) -> Fraction | None:
        """The largest absolute deviation of a district."""
        sizes = [abs(line.deviation) for line in self.districts if line.deviation is not None]
        return max(sizes, default=None)

    @property
    def weighted_sum(self) -> Fraction | None:
        """The absolute deviations weighted by seats, together; None while one is not known."""
        offs = [(line.seats, line.deviation) for line in self.districts]
        if not offs or any(off is None for _seats, off in offs):
            return None
        return sum((seats * abs(off) for seats, off in offs if off is not None), Fraction())

    @property
    def locked(self) -> frozenset[int]:
        """Numbers of the districts that are locked."""
        return frozenset(line.number for line in self.districts if line.locked)

    @property
    def errors(self) -> list[Finding]:
        """Findings that stop the adoption."""
        return [fault for fault in self.findings if fault.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """Findings the committee has to look at."""
        return [fault for fault in self.findings if fault.severity is not Severity.ERROR]

    @property
    def seen(self) -> str:
        """Digest of plan and findings: an adoption is bound to what was on the page."""
        return sha256([self.to_json(), [fault.to_json() for fault in self.findings]])

    def to_json(self) -> dict[str, object]:
        """The plan as the audit chain keeps it."""
        return {
            "name": self.name,
            "status": self.status.value,
            "districts": [
                {
                    "id": line.id,
                    "number": line.number,
                    "name": line.name,
                    "kind": line.kind.value,
                    "seats": line.seats,
                    "locked": line.locked,
                    "units": [
                        {"code": brick.code, "population": brick.population}
                        for brick in line.bricks
                    ],
                }
                for line in self.districts
            ],
        }


def population_of(values: UnitValues, basis: PopulationBasis) -> int | None:
    """People of a unit by the congress's basis; units have no weighted figure."""
    if basis is PopulationBasis.HUKOU:
        return values.hukou_population
    return values.resident_population if basis is PopulationBasis.RESIDENT else None


def require_people(rows: Sequence[UnitRow], basis: PopulationBasis) -> dict[str, int]:
    """Code -> people of every unit; raises R.243 naming the units without, R.244 for WEIGHTED."""
    if basis is PopulationBasis.WEIGHTED:
        raise RuleViolation(WEIGHTED)
    people = {row.values.code: population_of(row.values, basis) for row in rows}
    missing = [row.values for row in rows if people[row.values.code] is None]
    if missing or not rows:
        named = "、".join(f"{unit.code} {unit.name}" for unit in missing) or "—"
        raise RuleViolation(PEOPLE_UNKNOWN, basis=BASIS_NAMES[basis], units=named)
    return {code: count for code, count in people.items() if count is not None}


def unit_ties(rows: Iterable[UnitRow]) -> dict[tuple[str, str], NeighbourKind]:
    """Pairs of codes of units that touch, each once and in order -> on land or by ferry."""
    kinds = {
        (min(row.values.code, neighbour), max(row.values.code, neighbour)): kind
        for row in rows
        for neighbour, kind in row.values.ties.items()
    }
    return {pair: kinds[pair] for pair in sorted(kinds)}


def touching(rows: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """Pairs of codes that touch, by land or joined by ferry, each once."""
    return list(unit_ties(rows))


def kind_of(kinds: Iterable[UnitKind]) -> DistrictKind:
    """The kind of a district by its units (R2.7): residence, one workplace, several, mixed."""
    unit_kinds = list(kinds)
    workplaces = unit_kinds.count(UnitKind.WORKPLACE)
    if not workplaces:
        return DistrictKind.RESIDENCE
    if workplaces < len(unit_kinds):
        return DistrictKind.MIXED
    return DistrictKind.SINGLE_UNIT if workplaces == 1 else DistrictKind.JOINT_UNIT


def brick_ties(
    bricks: Iterable[Brick], rows: Iterable[UnitRow]
) -> dict[tuple[str, str], NeighbourKind | None]:
    """Pairs of brick codes that touch -> how: parts as their units do; None: parts of one unit."""
    codes: dict[str, list[str]] = defaultdict(list)
    for brick in bricks:
        codes[brick.unit_code].append(brick.code)
    ties: dict[tuple[str, str], NeighbourKind | None] = {}
    for (unit, neighbour), kind in unit_ties(rows).items():
        ties |= {(a, b): kind for a in codes[unit] for b in codes[neighbour]}
    return ties | {(a, b): None for parts in codes.values() for a in parts for b in parts if a < b}


def brick_pairs(bricks: Iterable[Brick], rows: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """Pairs of brick codes that touch: parts as their units do, and with each other."""
    return list(brick_ties(bricks, rows))
