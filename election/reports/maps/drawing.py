"""From areas to what is drawn: parts, borders, links, and where labels stand."""

from collections.abc import Mapping, Sequence
from math import hypot

import shapely
from shapely import LineString, Polygon, box
from shapely.affinity import translate

from election.reports.maps.frames import MARGIN, Area, flattened
from election.reports.maps.values import Cell, Drawing, Edge, Link, MapKind, Place, Tie

_NEAR = 0.7  # borders this close to each other are one
_SHORTEST = 4.0  # a common border shorter than this is a corner


def drawing_of(
    kind: MapKind, places: Sequence[Place], areas: Mapping[str, Area], ties: Sequence[Tie]
) -> Drawing:
    """The whole drawing of these areas (code -> area in the box)."""
    if not places:
        return Drawing(kind, 2 * MARGIN, 2 * MARGIN)
    areas, width, height = _trimmed(areas)
    pieces = {
        key: piece
        for place in places
        for key, piece in zip(place.keys, _sliced(areas[place.code], len(place.keys)), strict=True)
    }
    cells = {key: _cell(key, piece) for key, piece in pieces.items()}
    pairs, unknown = _recorded(places, ties)
    edges = _edges(pieces, pairs, unknown, borders=kind is not MapKind.GRAPH)
    meeting = {frozenset((e.a, e.b)) for e in edges if e.b is not None}
    return Drawing(
        kind,
        width,
        height,
        tuple(cells.values()),
        tuple(edges),
        tuple(_links(cells, places, ties, meeting)),
    )


def _trimmed(areas: Mapping[str, Area]) -> tuple[dict[str, Area], float, float]:
    """The areas moved to the corner of a box that is no larger than they need."""
    west, north, east, south = shapely.total_bounds(list(areas.values())).tolist()
    placed = {k: translate(a, MARGIN - west, MARGIN - north) for k, a in areas.items()}
    return placed, round(east - west + 2 * MARGIN, 1), round(south - north + 2 * MARGIN, 1)


def _sliced(area: Area, parts: int) -> list[Area]:
    """The area in upright slices of equal width; one part is the whole."""
    if parts == 1:
        return [area]
    west, north, east, south = area.bounds
    step = (east - west) / parts
    return [
        flattened(area & box(west + n * step, north, west + (n + 1) * step, south))
        for n in range(parts)
    ]


def _recorded(
    places: Sequence[Place], ties: Sequence[Tie]
) -> tuple[dict[frozenset[str], bool], set[str]]:
    """Pairs of cells that are neighbours -> by ferry only; and the cells of which none is known."""
    keys = {place.code: place.keys for place in places}
    pairs: dict[frozenset[str], bool] = {}
    for tie in ties:
        for a in keys.get(tie.a, ()):
            for b in keys.get(tie.b, ()):
                pairs[frozenset((a, b))] = tie.ferry
    tied = {tie.a for tie in ties} | {tie.b for tie in ties}
    for place in places:
        pairs |= {frozenset((a, b)): False for a in place.keys for b in place.keys if a < b}
    return pairs, {key for place in places if place.code not in tied for key in place.keys}


def _edges(
    pieces: Mapping[str, Area],
    pairs: Mapping[frozenset[str], bool],
    unknown: set[str],
    *,
    borders: bool,
) -> list[Edge]:
    """The border between every two cells that meet in the drawing, and to the outside."""
    if not borders:
        return [Edge(key, None, _path(piece)) for key, piece in pieces.items()]
    codes, areas = list(pieces), list(pieces.values())
    wide = [area.buffer(_NEAR, quad_segs=2) for area in areas]
    lines = [area.boundary for area in areas]
    meeting: list[list[int]] = [[] for _code in codes]
    edges: list[Edge] = []
    for first, second in shapely.STRtree(areas).query(wide, predicate="intersects").T.tolist():
        if first != second:
            meeting[first].append(second)
        if first < second:
            common = lines[first] & wide[second]
            if common.length > _SHORTEST:
                pair = frozenset((codes[first], codes[second]))
                adjoining = (
                    None if pair & unknown and pair not in pairs else pairs.get(pair) is False
                )
                edges.append(Edge(codes[first], codes[second], _path(common), adjoining))
    for place, code in enumerate(codes):
        around = shapely.union_all([wide[neighbour] for neighbour in meeting[place]])
        outer = lines[place] - around
        if outer.length > _SHORTEST:
            edges.append(Edge(code, None, _path(outer)))
    return edges


def _links(
    cells: Mapping[str, Cell],
    places: Sequence[Place],
    ties: Sequence[Tie],
    meeting: set[frozenset[str]],
) -> list[Link]:
    """Ferries, and neighbours whose cells do not meet in the drawing; one for each two units."""
    keys = {place.code: place.keys for place in places}
    links = []
    for tie in ties:
        pairs = [(a, b) for a in keys.get(tie.a, ()) for b in keys.get(tie.b, ())]
        if pairs and (tie.ferry or not any(frozenset(pair) in meeting for pair in pairs)):
            a, b = min(pairs, key=lambda pair: _way(cells[pair[0]], cells[pair[1]]))
            links.append(Link(a, b, tie.ferry, *_between(cells[a], cells[b])))
    return links


def _way(a: Cell, b: Cell) -> float:
    return hypot(b.x - a.x, b.y - a.y)


def _between(a: Cell, b: Cell) -> tuple[float, float, float, float]:
    """A line that leaves room for the labels at both ends."""
    way = max(_way(a, b), 1.0)
    begin, end = (min(0.5 * cell.height, 0.35 * way) / way for cell in (a, b))
    dx, dy = b.x - a.x, b.y - a.y
    return (
        round(a.x + dx * begin, 1),
        round(a.y + dy * begin, 1),
        round(b.x - dx * end, 1),
        round(b.y - dy * end, 1),
    )


def _cell(key: str, area: Area) -> Cell:
    """Where the label stands: the middle of the widest free circle, with its free line."""
    largest = max(shapely.get_parts(area).tolist(), key=lambda piece: piece.area)
    if not isinstance(largest, Polygon) or largest.is_empty:
        return Cell(key, _path(area), 0.0, 0.0, 0.0, 0.0)
    circle = shapely.maximum_inscribed_circle(largest, 1.0)
    x, y = _middle(largest, circle.length) or circle.coords[0]
    west, _north, east, _south = largest.bounds
    line = largest & LineString([(west - 1, y), (east + 1, y)])
    free = next(
        (g for g in shapely.get_parts(line).tolist() if g.bounds[0] <= x <= g.bounds[2]), None
    )
    room = 2 * min(x - free.bounds[0], free.bounds[2] - x) if free is not None else 0.0
    width = round(max(room, 2 * circle.length), 1)
    return Cell(key, _path(area), round(x, 1), round(y, 1), width, round(2 * circle.length, 1))


def _middle(area: Polygon, radius: float) -> tuple[float, float] | None:
    """The centre of gravity, where about as much is free around it as there can be."""
    centre = area.centroid
    free = area.contains(centre) and centre.distance(area.boundary) >= 0.8 * radius
    return (centre.x, centre.y) if free else None


def _path(geometry: shapely.Geometry) -> str:
    """SVG path data with one decimal."""
    out: list[str] = []
    for part in shapely.get_parts(geometry).tolist():
        if isinstance(part, Polygon):
            rings = (part.exterior, *part.interiors)
            out.extend(_run(list(ring.coords)[:-1]) + "Z" for ring in rings)
        elif isinstance(part, LineString) and part.length > 0:
            out.append(_run(list(part.coords)))
    return "".join(out)


def _run(points: Sequence[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, *_height in points)
