"""One GeoJSON geometry made into the text that is stored, and which outlines touch.

Strict where people must decide (what is not closed, not a surface, out of range is a fault);
an outline that crosses itself is repaired, and that is said.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from election.exchange.cells import BadCell, shortened
from election.queries.units.table import UnitRow
from election.rules.files.shapes import (
    BAD_COORDINATE,
    NOT_A_SHAPE,
    RING_OPEN,
    SHAPE_EMPTY,
    TOO_INTRICATE,
    TOO_MANY_POINTS,
)
from election.rules.terms import Text
from election.rules.units.codes import (
    SHAPE_BEYOND_REPAIR,
    SHAPE_INTRICATE,
    TOO_MANY_CROSS,
    TOO_MANY_TOUCH,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DIGITS = 6
TOLERANCE = 0.00002  # degrees, about 2 m: so far apart two outlines still touch
LEAST_BORDER = 0.0002  # degrees, about 20 m: a shorter common border is a corner
_MOST_TOUCHING, _MOST_COMPARED = 100_000, 4_000_000  # pairs, and points of all pairs
_REPAIRS, _MOST_CROSSINGS = 3, 1000
# of one file: each bound is about a second of work
MOST_POINTS, MOST_RINGS = 500_000, 40_000
_MOST_OVERLAPS, _MOST_REPAIRED = 20_000_000, 50_000
_REPAIR = 50  # points that can be repaired in the time that beginning a repair takes
_SMALL, _AT_ONCE = 200, 4_000_000  # points that need no measuring; pairs of edges in memory

Position = tuple[float, float]
Ring: TypeAlias = "npt.NDArray[np.float64]"  # rows of longitude and latitude


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline as the text that is stored, or a point.

    points: how many positions it has; pieces: of how many parts a repaired outline is made, 0 when
    nothing had to be repaired.
    """

    outline: str | None = None
    x: float | None = None
    y: float | None = None
    points: int = 1
    pieces: int = 0

    @property
    def description(self) -> Text:
        """What it is, in a few words."""
        if self.outline is None:
            return Text("点", "point")
        return Text(f"图形，{self.points}个顶点", f"outline, {self.points} points")


class TooMuch(BadCell):
    """The file as a whole asks for more than a layer of units ever does."""


@dataclass(slots=True)
class ShapeBudget:
    """What one file may still ask for, so that nobody waits for it longer than a few seconds.

    overlaps: pairs of edges whose rectangles meet, of which an outline has a few for each edge;
    repairs: points of the outlines that cross themselves.
    """

    points: int = MOST_POINTS
    rings: int = MOST_RINGS
    overlaps: int = _MOST_OVERLAPS
    repairs: int = _MOST_REPAIRED

    def ring(self, points: int) -> None:
        """A ring is read. Raises TooMuch."""
        self.points, self.rings = self.points - points, self.rings - 1
        if self.points < 0:
            raise TooMuch(TOO_MANY_POINTS, most=MOST_POINTS)
        if self.rings < 0:
            raise TooMuch(TOO_INTRICATE, what=Text("环", "rings"), most=MOST_RINGS)

    def overlap(self, pairs: int) -> None:
        """Edges lie close to each other. Raises BadCell."""
        self.overlaps -= pairs
        if self.overlaps < 0:
            raise BadCell(SHAPE_INTRICATE)

    def repair(self, points: int) -> None:
        """An outline is to be repaired. Raises BadCell when too much of the file crosses itself."""
        if points + _REPAIR > self.repairs:
            raise BadCell(TOO_MANY_CROSS)
        self.repairs -= points + _REPAIR


def read_geometry(geometry: Any, effort: ShapeBudget) -> Shape | None:  # noqa: ANN401 - JSON
    """The shape of a feature, None for null. Raises BadCell for what cannot be used."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon", "Point"):
        raise BadCell(NOT_A_SHAPE, value=shortened(kind if isinstance(kind, str) else "?"))
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        raise BadCell(SHAPE_EMPTY)
    if kind == "Point":
        x, y = _position(coordinates)
        return Shape(x=x, y=y)
    parts = [coordinates] if kind == "Polygon" else coordinates
    return _outline([polygon for part in parts if (polygon := _polygon(part, effort))], effort)


def _position(position: Any) -> Position:  # noqa: ANN401 - JSON
    """Longitude and latitude, kept to 15 digits; a height after them is left out."""
    plain = isinstance(position, list) and all(type(number) in (int, float) for number in position)
    if not plain or not 2 <= len(position) <= 4:
        raise BadCell(BAD_COORDINATE, value=shortened(str(position)) if plain else "?")
    x, y = (float(f"{number:.15g}") for number in position[:2])
    if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
        raise BadCell(BAD_COORDINATE, value=shortened(str(position[:2])))
    return x + 0.0, y + 0.0


def _polygon(rings: Any, effort: ShapeBudget) -> list[Ring]:  # noqa: ANN401 - JSON
    """Outer ring and holes, rounded; empty when nothing is left of the outer ring."""
    if not isinstance(rings, list):
        raise BadCell(RING_OPEN)
    read = [_ring(ring, effort) for ring in rings]
    if not read or len(read[0]) < 4:
        return []
    return [ring for ring in read if len(ring) >= 4]


def _ring(positions: Any, effort: ShapeBudget) -> Ring:  # noqa: ANN401 - JSON
    if not isinstance(positions, list) or len(positions) < 4:
        raise BadCell(RING_OPEN)
    effort.ring(len(positions))
    exact = _positions(positions)
    if (exact[0] != exact[-1]).any():
        raise BadCell(RING_OPEN)
    return _rounded(exact)


def _positions(positions: list[Any]) -> Ring:
    """The positions of a ring, all at once; one by one only to say which of them is at fault."""
    import numpy as np  # noqa: PLC0415 - heavy

    plain = set(map(type, positions)) == {list} and set(map(len, positions)) <= {2, 3, 4}
    if plain and set(map(type, chain.from_iterable(positions))) <= {int, float}:
        exact = np.array([position[:2] for position in positions], dtype=float)
        if (np.abs(exact) <= (180, 90)).all():
            return exact
    return np.array([_position(position) for position in positions])


def _rounded(ring: Ring) -> Ring:
    """Rounded, without positions that fall together with the one before."""
    import numpy as np  # noqa: PLC0415 - heavy

    ring = ring.round(DIGITS) + 0.0
    moves = (ring[1:] != ring[:-1]).any(axis=1)
    return ring[np.concatenate(([True], moves))]


def _outline(polygons: Sequence[list[Ring]], effort: ShapeBudget) -> Shape:
    """The text of the polygons, repaired when they cross themselves or each other."""
    import shapely  # noqa: PLC0415 - heavy

    geometry, repaired = _built(polygons), False
    if shapely.get_num_coordinates(geometry) > _SMALL:
        _measure(geometry, effort)
    for _attempt in range(_REPAIRS):
        if geometry.is_valid:
            if geometry.area == 0:
                raise BadCell(SHAPE_EMPTY)
            return _text(shapely.orient_polygons(geometry), repaired=repaired)
        if not repaired:
            effort.repair(int(shapely.get_num_coordinates(geometry)))
        if _crosses_too_often(geometry):
            break
        repaired = True
        mended = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        geometry = _built(list(_rings(mended)))
    raise BadCell(SHAPE_BEYOND_REPAIR)


def _edges(geometry: Any) -> Any:  # noqa: ANN401 - shapely is imported late
    """Every edge of every ring as a line of its own."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[:-1] == ring[1:]
    return shapely.linestrings(np.stack([points[:-1][same_ring], points[1:][same_ring]], axis=1))


def _measure(geometry: Any, effort: ShapeBudget) -> None:  # noqa: ANN401 - shapely is imported late
    """How much there is to compare in an outline, before it is compared: a scribble has minutes."""
    import shapely  # noqa: PLC0415 - heavy

    edges = _edges(geometry)
    tree, step = shapely.STRtree(edges), max(1, min(256, _AT_ONCE // len(edges)))
    for start in range(0, len(edges), step):
        effort.overlap(len(tree.query(edges[start : start + step])[0]))


def _crosses_too_often(geometry: Any) -> bool:  # noqa: ANN401 - shapely is imported late
    """Whether the edges meet so often that a repair would take minutes: a scribble, no border.

    Every edge meets itself and its two neighbours; the search stops at the first too many.
    """
    import shapely  # noqa: PLC0415 - heavy

    edges = _edges(geometry)
    tree, met, start, step = shapely.STRtree(edges), 0, 0, 8
    while start < len(edges) and met <= _MOST_CROSSINGS:
        some = edges[start : start + step]
        meetings = len(tree.query(some, predicate="intersects")[0])
        met, start, step = met + meetings - 3 * len(some), start + step, min(1024, 2 * step)
    return met > _MOST_CROSSINGS


def _built(polygons: Sequence[list[Ring]]) -> Any:  # noqa: ANN401 - shapely is imported late
    import shapely  # noqa: PLC0415 - heavy

    if not polygons:
        return shapely.MultiPolygon()
    rings = ([shapely.linearrings(ring) for ring in polygon] for polygon in polygons)
    return shapely.multipolygons(
        [shapely.polygons(outer, holes or None) for outer, *holes in rings]
    )


def _rings(geometry: Any) -> Iterator[list[Ring]]:  # noqa: ANN401 - shapely is imported late
    """The rings of every polygon in a geometry, rounded; lines and points are left out."""
    import shapely  # noqa: PLC0415 - heavy

    for part in shapely.get_parts(shapely.get_parts(geometry)):
        if part.geom_type == "Polygon":
            rings = [_rounded(ring) for ring in _coordinates(part)]
            if len(rings[0]) >= 4:
                yield [ring for ring in rings if len(ring) >= 4]


def _coordinates(polygon: Any) -> list[Ring]:  # noqa: ANN401 - shapely is imported late
    """The positions of its rings, the outer one first."""
    import shapely  # noqa: PLC0415 - heavy

    return [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]


def _text(geometry: Any, *, repaired: bool) -> Shape:  # noqa: ANN401 - shapely is imported late
    polygons = [[ring.tolist() for ring in _coordinates(part)] for part in geometry.geoms]
    points = sum(len(ring) for polygon in polygons for ring in polygon)
    single = len(polygons) == 1
    document = {
        "type": "Polygon" if single else "MultiPolygon",
        "coordinates": polygons[0] if single else polygons,
    }
    text = json.dumps(document, separators=(",", ":"))
    return Shape(outline=text, points=points, pieces=len(polygons) if repaired else 0)


def touching(stored: Sequence[UnitRow]) -> list[tuple[str, str]]:
    """Pairs of codes whose outlines share a border: a line of about 20 m, not a corner.

    Outlines up to about 2 m apart, or overlapping, count as touching. Raises BadCell when so many
    overlap that they cannot be the outlines of units.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    drawn = [row.values for row in stored if row.values.outline]
    if not drawn:
        return []
    outlines = shapely.from_geojson([values.outline for values in drawn])
    firsts, seconds = shapely.STRtree(outlines).query(
        outlines, predicate="dwithin", distance=TOLERANCE
    )
    once = firsts < seconds
    firsts, seconds = firsts[once], seconds[once]
    size = shapely.get_num_coordinates(outlines)
    if len(firsts) > _MOST_TOUCHING or (size[firsts] + size[seconds]).sum() > _MOST_COMPARED:
        raise BadCell(TOO_MANY_TOUCH, count=len(firsts))
    widened = shapely.buffer(outlines, TOLERANCE, quad_segs=2)
    border = shapely.length(
        shapely.intersection(shapely.boundary(outlines)[firsts], widened[seconds])
    )
    bordering = np.flatnonzero(border >= LEAST_BORDER)
    return [(drawn[firsts[n]].code, drawn[seconds[n]].code) for n in bordering]
