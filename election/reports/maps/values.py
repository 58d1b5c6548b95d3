"""What a map is made of and what comes out: plain values, no records."""

from dataclasses import dataclass
from enum import StrEnum


class MapKind(StrEnum):
    """What the cells of a map are made from."""

    SHAPES = "shapes"
    POINTS = "points"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to be drawn.

    x to the east and y to the north; outline: text of a GeoJSON geometry in the same coordinates;
    parts: numbers of its parts where it is split, none for a whole unit.
    """

    code: str
    x: float | None = None
    y: float | None = None
    outline: str | None = None
    parts: tuple[int, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The codes of its cells: A3, or A3#1 and A3#2."""
        return tuple(f"{self.code}#{part}" for part in self.parts) or (self.code,)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two units that are neighbours, by land or joined by a ferry only."""

    a: str
    b: str
    ferry: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit or part on the map.

    path: SVG path data; x, y: where its label stands; width, height: the room it has there.
    """

    key: str
    path: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A border line: between two cells, or of one cell to the outside (b is None).

    near: whether the two are recorded as neighbours; None where nothing is recorded.
    """

    a: str
    b: str | None
    path: str
    near: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A straight line between two cells that are neighbours although the map does not show it."""

    a: str
    b: str
    ferry: bool
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map in a box of width x height, y downwards.

    without_shape, without_point: codes that kept the map from being drawn from shapes or points.
    """

    kind: MapKind
    width: float
    height: float
    cells: tuple[Cell, ...] = ()
    edges: tuple[Edge, ...] = ()
    links: tuple[Link, ...] = ()
    without_shape: tuple[str, ...] = ()
    without_point: tuple[str, ...] = ()
