"""Reading outlines, and fitting coordinates into the box of the drawing: y downwards."""

import json
from collections.abc import Sequence
from math import cos, isfinite, radians
from typing import TypeAlias

import shapely
from shapely import MultiPolygon, Polygon
from shapely.affinity import affine_transform
from shapely.geometry import shape

from election.reports.maps.values import Place

Area: TypeAlias = Polygon | MultiPolygon
Point = tuple[float, float]
Affine = tuple[float, float, float, float, float, float]

WIDTH, HEIGHT, MARGIN = 1000.0, 700.0, 14.0
_DEGREES = ((70.0, 140.0), (3.0, 55.0))  # longitudes and latitudes of China
_TALLEST = 5.0  # how much narrower than high, or lower than wide, a map may be
_FINE = 0.4  # detail finer than this is left out of outlines


def outline_of(place: Place) -> Area | None:
    """The shape of a unit; None where there is none, or none that can be drawn."""
    if place.outline is None:
        return None
    try:
        geometry = shape(json.loads(place.outline))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.GEOSException):
        return None
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    pieces = _polygons(geometry)
    if not pieces or not all(isfinite(value) for value in geometry.bounds):
        return None
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


def point_of(place: Place, outline: Area | None) -> Point | None:
    """Where a unit lies: its point, or else the middle of its shape."""
    if place.x is not None and place.y is not None and isfinite(place.x) and isfinite(place.y):
        return place.x, place.y
    if outline is None:
        return None
    middle = outline.representative_point()
    return middle.x, middle.y


def _squeeze(west: float, south: float, east: float, north: float) -> float:
    """How much shorter a degree of longitude is than one of latitude; 1 for plain coordinates."""
    (west_end, east_end), (low, high) = _DEGREES
    inside = west_end <= west <= east <= east_end and low <= south <= north <= high
    return cos(radians((south + north) / 2)) if inside else 1.0


def fit(bounds: Sequence[float], *, edge: float = MARGIN) -> Affine:
    """Moves these bounds into the box, north up, keeping proportions; `edge` stays free around."""
    west, south, east, north = bounds
    ratio = _squeeze(west, south, east, north)
    wide, high = (east - west) * ratio, north - south
    scale = min(
        (WIDTH - 2 * edge) / max(wide, high / _TALLEST, 1e-9),
        (HEIGHT - 2 * edge) / max(high, wide / _TALLEST, 1e-9),
    )
    return (scale * ratio, 0.0, 0.0, -scale, edge - west * scale * ratio, edge + north * scale)


def moved(point: Point, by: Affine) -> Point:
    """A point in the box."""
    return by[0] * point[0] + by[4], by[3] * point[1] + by[5]


def outlines_in_box(outlines: Sequence[Area]) -> list[Area]:
    """The shapes in the box, simplified together so that common borders stay common."""
    by = fit(shapely.total_bounds(list(outlines)).tolist())
    placed = [affine_transform(outline, list(by)) for outline in outlines]
    plain = shapely.coverage_simplify(placed, _FINE).tolist()
    return [
        new if new is not None and new.area > 0 else old
        for new, old in zip(plain, placed, strict=True)
    ]


def flattened(area: shapely.Geometry) -> Area:
    """Only what has an area of whatever an operation gave back."""
    pieces = _polygons(area)
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


def _polygons(geometry: shapely.Geometry) -> list[Polygon]:
    """All polygons inside a geometry, also those of collections in collections."""
    if isinstance(geometry, Polygon):
        return [geometry] if geometry.area > 0 else []
    inner: list[shapely.Geometry] = list(getattr(geometry, "geoms", ()))
    return [piece for part in inner for piece in _polygons(part)]
