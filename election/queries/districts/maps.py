"""What the map of a plan is drawn from: where units lie, their shapes, who touches whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import NeighbourKind, Unit
from election.queries.districts.boards import PlanBoard, unit_ties
from election.queries.units.table import UnitRow


@dataclass(frozen=True, slots=True)
class UnitOnMap:
    """Where a unit lies; parts: the numbers of its parts in this plan, none for a whole unit."""

    code: str
    x: float | None
    y: float | None
    outline: str | None
    parts: tuple[int, ...]


def units_on_map(session: Session, board: PlanBoard, rows: Sequence[UnitRow]) -> list[UnitOnMap]:
    """The units of a plan in the order of their codes; one query for the shapes."""
    shapes = select(Unit.id, Unit.outline).where(Unit.id.in_([row.id for row in rows]))
    outlines = {row.id: row.outline for row in session.execute(shapes)}
    parts: dict[int, list[int]] = defaultdict(list)
    for brick in board.bricks:
        if brick.part:
            parts[brick.unit_id].append(brick.part)
    return [
        UnitOnMap(
            row.values.code,
            row.values.x,
            row.values.y,
            outlines.get(row.id),
            tuple(parts.get(row.id, ())),
        )
        for row in rows
    ]


def ties(rows: Sequence[UnitRow]) -> list[tuple[str, str, bool]]:
    """Pairs of unit codes that are neighbours, each once, and whether by ferry."""
    return [(a, b, kind is NeighbourKind.FERRY) for (a, b), kind in unit_ties(rows).items()]
