"""Cells grown from points: each place gets the ground that is nearer to it than to any other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import cos, dist, pi, sin

import shapely
from shapely import MultiPoint, Point, voronoi_polygons

from election.reports.maps.frames import Area, fit, flattened, moved
from election.reports.maps.values import Tie

_ROOM = 70.0  # free around the outermost points, filled by their cells
_STRAIT = 9.0  # the water that is drawn between islands
_TRIES = 9  # to part places that share a point
_REACH = 0.8  # how far a cell reaches, of the way to the farthest neighbour by land


def cells_around(where: Mapping[str, tuple[float, float]], ties: Sequence[Tie]) -> dict[str, Area]:
    """Code -> its cell in the box. Islands (joined by ferry only) have water around them."""
    if not where:
        return {}
    spots = _apart(_in_box(where))
    reach = _typical(list(spots.values()))
    codes = list(spots)
    grown = voronoi_polygons(
        MultiPoint(list(spots.values())),
        extend_to=MultiPoint(list(spots.values())).buffer(4 * reach),
        ordered=True,
    )
    # of points nearly in a line GEOS makes cells that cross themselves
    raw = dict(zip(codes, shapely.make_valid(list(grown.geoms)), strict=True))
    farthest = _farthest(spots, ties)
    cells: dict[str, Area] = {}
    islands = _islands(spots, ties)
    for island in islands:
        ground = _ground([spots[code] for code in island], reach)
        grown_here = {
            code: raw[code] & ground & _disc(spots[code], farthest[code], reach) for code in island
        }
        cells |= _with_water(grown_here) if len(islands) > 1 else grown_here
    return {code: flattened(cells[code]) for code in codes}


def _in_box(where: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    xs, ys = [x for x, _y in where.values()], [y for _x, y in where.values()]
    by = fit((min(xs), min(ys), max(xs), max(ys)), edge=_ROOM)
    return {code: moved(point, by) for code, point in where.items()}


def _apart(spots: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Places that share a point stand around it in a small circle, in the order of their codes.

    Drawn a little wider each time while somebody of a circle meets another place.
    """
    ring = _typical(list(_sharing(spots))) / 3
    placed = dict(spots)
    for widened in range(_TRIES):
        sharing = _sharing(placed)
        if len(sharing) == len(placed):
            break
        for (x, y), codes in sharing.items():
            radius = ring * (1 + widened / 7) if len(codes) > 1 else 0.0
            for turn, code in enumerate(codes):
                angle = 2 * pi * turn / len(codes)
                placed[code] = (x + radius * cos(angle), y + radius * sin(angle))
    return placed


def _sharing(
    spots: Mapping[str, tuple[float, float]],
) -> dict[tuple[float, float], list[str]]:
    """Point, as near as one can see -> the codes of the places there."""
    by_point: dict[tuple[float, float], list[str]] = defaultdict(list)
    for code, (x, y) in spots.items():
        by_point[round(x, 1), round(y, 1)].append(code)
    return by_point


def _typical(points: Sequence[tuple[float, float]]) -> float:
    """The median way from a place to the nearest other one; 90 where there is only one."""
    if len(points) < 2:
        return 90.0
    tree = shapely.STRtree([Point(point) for point in points])
    pairs, ways = tree.query_nearest(
        tree.geometries, exclusive=True, return_distance=True, all_matches=False
    )
    nearest = sorted(ways.tolist())
    return max(float(nearest[len(nearest) // 2]), 1.0) if pairs.size else 90.0


def _ground(points: Sequence[tuple[float, float]], reach: float) -> shapely.Geometry:
    """The land of one island: around its points, rounded."""
    return MultiPoint(points).convex_hull.buffer(0.62 * reach)


def _farthest(spots: Mapping[str, tuple[float, float]], ties: Sequence[Tie]) -> dict[str, float]:
    """The way to the farthest neighbour by land; 0 where there is none."""
    ways = dict.fromkeys(spots, 0.0)
    for tie in ties:
        if not tie.ferry and tie.a in spots and tie.b in spots:
            way = dist(spots[tie.a], spots[tie.b])
            ways[tie.a], ways[tie.b] = max(ways[tie.a], way), max(ways[tie.b], way)
    return ways


def _disc(spot: tuple[float, float], farthest: float, reach: float) -> shapely.Geometry:
    """No cell reaches much farther than half-way to its neighbours."""
    return Point(spot).buffer(max(1.15 * reach, _REACH * farthest))


def _with_water(cells: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """The cells of one island, with a strait kept free around all of them together."""
    shore = shapely.union_all(list(cells.values())).buffer(-_STRAIT / 2)
    return {code: cut if (cut := cell & shore).area > 0 else cell for code, cell in cells.items()}


def _islands(spots: Mapping[str, tuple[float, float]], ties: Sequence[Tie]) -> list[list[str]]:
    """Groups that hang together by land. Who has no recorded tie belongs to the nearest place."""
    neighbours: dict[str, set[str]] = {code: set() for code in spots}
    tied: set[str] = set()
    for tie in ties:
        if tie.a in neighbours and tie.b in neighbours:
            tied |= {tie.a, tie.b}
            if not tie.ferry:
                neighbours[tie.a].add(tie.b)
                neighbours[tie.b].add(tie.a)
    if not tied:
        return [list(spots)]
    for code in spots.keys() - tied:
        closest = min(tied, key=lambda place: (dist(spots[code], spots[place]), place))
        neighbours[code].add(closest)
        neighbours[closest].add(code)
    return _groups(neighbours)


def _groups(neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """The connected groups, each in the order of the places."""
    ungrouped, groups = dict.fromkeys(neighbours), []
    while ungrouped:
        group, border = set[str](), [next(iter(ungrouped))]
        while border:
            code = border.pop()
            if code not in group:
                group.add(code)
                border.extend(neighbours[code] - group)
        groups.append([code for code in ungrouped if code in group])
        ungrouped = {code: None for code in ungrouped if code not in group}
    return groups
