"""Reads of units: the table of an election, its totals, and the digest a preview is bound to."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, null, select
from sqlalchemy.orm import Session

from election.models import Assignment, Congress, Neighbour, NeighbourKind, Plan, PlanStatus, Unit
from election.rules.canonical import sha256
from election.rules.terms import Level
from election.rules.units.checks import ListedUnit, VoterGroup
from election.rules.units.kinds import UnitKind

_COLUMNS = (
    Unit.id,
    Unit.version,
    Unit.code,
    Unit.name,
    Unit.kind,
    Unit.hukou_population,
    Unit.resident_population,
    Unit.x,
    Unit.y,
    Unit.voter_groups,
    Unit.county_only,
)
_RUNS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class UnitValues:
    """What a table says of one unit. None: not known (never zero).

    neighbours, ferries: codes of the units it touches by land and is joined to by ferry, in order.
    outline: the text of a GeoJSON geometry, exactly as stored; None also when it was not asked for.
    county_only: a workplace whose people do not vote for the town congress (R2.10).
    """

    code: str
    name: str
    kind: UnitKind
    hukou_population: int | None = None
    resident_population: int | None = None
    neighbours: tuple[str, ...] = ()
    ferries: tuple[str, ...] = ()
    x: float | None = None
    y: float | None = None
    voter_groups: tuple[VoterGroup, ...] = ()
    outline: str | None = None
    county_only: bool = False

    def to_json(self) -> dict[str, object]:
        """As the audit chain keeps it; an outline has a record of its own.

        The mark stands there only where it is set: digests made before there was one still hold.
        """
        mark = {"county_only": True} if self.county_only else {}
        return mark | {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "hukou_population": self.hukou_population,
            "resident_population": self.resident_population,
            "neighbours": list(self.neighbours),
            "ferries": list(self.ferries),
            "x": None if self.x is None else repr(self.x),
            "y": None if self.y is None else repr(self.y),
            "voter_groups": [group.to_json() for group in self.voter_groups],
        }

    def listed(self, row: int) -> ListedUnit:
        """The unit as rules.units checks it."""
        misplaced = self.county_only and self.kind is not UnitKind.WORKPLACE
        return ListedUnit(row, self.code, self.neighbours, self.ferries, self.name, misplaced)

    @property
    def ties(self) -> dict[str, NeighbourKind]:
        """Code of each neighbour -> how they touch."""
        ferries = dict.fromkeys(self.ferries, NeighbourKind.FERRY)
        return ferries | dict.fromkeys(self.neighbours, NeighbourKind.LAND)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A stored unit: its id, the version of its row, its values."""

    id: int
    version: int
    values: UnitValues


@dataclass(frozen=True, slots=True)
class Total:
    """People of the units whose figure is known: `known` of `units`."""

    people: int
    known: int
    units: int

    @property
    def complete(self) -> bool:
        """Every unit has its figure."""
        return self.known == self.units


def natural(code: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key of a code: A2 before A10; no two codes are equal."""
    runs = (run for run in _RUNS.split(code) if run)
    return [(0, int(run), "") if run.isdigit() else (1, 0, run) for run in runs], code


def of_election(session: Session, election_id: int, *, outlines: bool = False) -> list[UnitRow]:
    """All units in the order of their codes, with their neighbours; two queries.

    outlines: with their outlines, which may be megabytes.
    """
    drawn = Unit.outline if outlines else null().label("outline")
    query = select(*_COLUMNS, drawn).where(Unit.election_id == election_id)
    units = session.execute(query).all()
    codes = {unit.id: unit.code for unit in units}
    ties: dict[int, dict[NeighbourKind, list[str]]] = defaultdict(lambda: defaultdict(list))
    pairs = select(Neighbour.a_id, Neighbour.b_id, Neighbour.kind)
    for a, b, kind in session.execute(pairs.where(Neighbour.election_id == election_id)):
        ties[a][kind].append(codes[b])
        ties[b][kind].append(codes[a])
    rows = (UnitRow(unit.id, unit.version, _values(unit, ties[unit.id])) for unit in units)
    return sorted(rows, key=lambda row: natural(row.values.code))


def of_congress(session: Session, congress: Congress) -> list[UnitRow]:
    """The units whose people vote for a congress, as `of_election` orders them."""
    return voting(of_election(session, congress.election_id), congress.level)


def voting(rows: Sequence[UnitRow], level: Level) -> list[UnitRow]:
    """Those of the units that vote at a level: for the town, without the "county only" (R2.10).

    The others then name none of these as a neighbour.
    """
    out = {row.values.code for row in rows if row.values.county_only}
    if level is not Level.TOWN or not out:
        return list(rows)
    return [
        replace(row, values=_apart(row.values, out)) for row in rows if row.values.code not in out
    ]


def _apart(values: UnitValues, out: set[str]) -> UnitValues:
    neighbours, ferries = (
        tuple(code for code in codes if code not in out)
        for codes in (values.neighbours, values.ferries)
    )
    return replace(values, neighbours=neighbours, ferries=ferries)


def drawn(session: Session, election_id: int) -> set[int]:
    """Ids of the units that have an outline."""
    in_election = Unit.election_id == election_id
    return set(session.scalars(select(Unit.id).where(in_election, Unit.outline.is_not(None))))


def _values(unit: Row[Any], ties: dict[NeighbourKind, list[str]]) -> UnitValues:
    return UnitValues(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        hukou_population=unit.hukou_population,
        resident_population=unit.resident_population,
        neighbours=tuple(sorted(ties[NeighbourKind.LAND], key=natural)),
        ferries=tuple(sorted(ties[NeighbourKind.FERRY], key=natural)),
        x=unit.x,
        y=unit.y,
        voter_groups=tuple(VoterGroup(**group) for group in unit.voter_groups or ()),
        outline=unit.outline,
        county_only=bool(unit.county_only),
    )


def basis(rows: Iterable[UnitRow]) -> str:
    """Digest of all units and their versions: a preview holds only as long as this is the same.

    A new outline shows in the version of its unit.
    """
    return sha256([[row.id, row.version, row.values.to_json()] for row in rows])


def hukou_total(rows: Sequence[UnitRow]) -> Total:
    """Household-registered people."""
    return _total([row.values.hukou_population for row in rows])


def resident_total(rows: Sequence[UnitRow]) -> Total:
    """Resident people."""
    return _total([row.values.resident_population for row in rows])


def _total(figures: Sequence[int | None]) -> Total:
    known_figures = [figure for figure in figures if figure is not None]
    return Total(sum(known_figures), len(known_figures), len(figures))


def names(rows: Iterable[UnitRow]) -> dict[str, str]:
    """Code -> name."""
    return {row.values.code: row.values.name for row in rows}


def plans_holding(
    session: Session, unit_ids: Sequence[int], levels: Collection[Level] = tuple(Level)
) -> dict[str, list[str]]:
    """Unit code -> names of the plans of these levels in which it stands, if it stands in any."""
    rows = session.execute(
        select(Unit.code, Plan.name)
        .join(Assignment, Assignment.unit_id == Unit.id)
        .join(Plan, Assignment.plan_id == Plan.id)
        .join(Congress, Plan.congress_id == Congress.id)
        .where(Unit.id.in_(unit_ids), Congress.level.in_(levels))
        .order_by(Unit.code, Plan.name)
        .distinct()
    )
    plans: dict[str, list[str]] = {}
    for code, name in rows:
        plans.setdefault(code, []).append(name)
    return plans


def adopted_plan(session: Session, election_id: int) -> str | None:
    """The name of an adopted plan of the election, if there is one."""
    query = select(Plan.name).join(Congress, Plan.congress_id == Congress.id)
    adopted = query.where(Congress.election_id == election_id, Plan.status == PlanStatus.ADOPTED)
    return session.scalars(adopted.order_by(Plan.id)).first()
