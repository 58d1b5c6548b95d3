"""Without points: a layout of the neighbours that can be read, one cell around each place.

It shows who touches whom and nothing else; distances and directions mean nothing.
"""

from collections.abc import Sequence
from math import ceil, sqrt

import networkx as nx
import numpy as np
from shapely import MultiPoint, Point, voronoi_polygons

from election.reports.maps.frames import HEIGHT, WIDTH, Area, flattened
from election.reports.maps.values import Tie

MOST_LAID_OUT = 450  # beyond, the layout would take too long: the places stand in rows
_SEED, _ROUNDS = 7, 150
_STEP = 100.0  # typical way between neighbours
_CLEAR, _PUSHES = 84.0, 60  # the least way between two places


def cells_of_graph(codes: Sequence[str], ties: Sequence[Tie]) -> dict[str, Area]:
    """Code -> its cell, cut at half-way to the others so that none lie over each other."""
    if not codes:
        return {}
    spots = _spots(codes, ties)
    at = MultiPoint([spots[code] for code in codes])
    grown = voronoi_polygons(at, extend_to=at.buffer(4 * _STEP), ordered=True)
    size = 0.36 * _STEP
    discs = [Point(spots[code]).buffer(size, quad_segs=6) for code in codes]
    cells = [cell & disc for cell, disc in zip(grown.geoms, discs, strict=True)]
    return {
        code: flattened(cell.buffer(-1.2) if cell.area > 60 else cell)
        for code, cell in zip(codes, cells, strict=True)
    }


def _spots(codes: Sequence[str], ties: Sequence[Tie]) -> dict[str, tuple[float, float]]:
    graph = nx.Graph()
    graph.add_nodes_from(codes)
    code_set = set(codes)
    graph.add_edges_from((tie.a, tie.b) for tie in ties if {tie.a, tie.b} <= code_set)
    if len(codes) > MOST_LAID_OUT:
        return _rows([{code: (0.0, 0.0)} for code in codes])
    groups = sorted(
        nx.connected_components(graph), key=lambda members: (-len(members), min(members))
    )
    return _rows([_laid_out(graph.subgraph(sorted(group))) for group in groups])


def _laid_out(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """One group that hangs together, neighbours about one step apart."""
    if len(graph) < 3:
        return {code: (_STEP * n, 0.0) for n, code in enumerate(graph)}
    begin = nx.spectral_layout(graph) if len(graph) > 3 else None
    spots = nx.spring_layout(
        graph,
        pos=begin,
        seed=_SEED,
        iterations=_ROUNDS,
        method="force",
        k=1.4 / sqrt(len(graph)),
    )
    ways = sorted(_way(spots[a], spots[b]) for a, b in graph.edges)
    scale = _STEP / max(ways[len(ways) // 2], 1e-6)
    return _spread({code: (float(x) * scale, float(y) * scale) for code, (x, y) in spots.items()})


def _spread(spots: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Pushes apart what stands closer than a cell and its margin need; the rest hardly moves."""
    codes = list(spots)
    at = np.array([spots[code] for code in codes])
    for _round in range(_PUSHES):
        offsets = at[:, None, :] - at[None, :, :]
        ways = np.hypot(offsets[..., 0], offsets[..., 1])
        np.fill_diagonal(ways, np.inf)
        close = np.clip(_CLEAR - ways, 0, None) / np.maximum(ways, 1e-6)
        push = (offsets * close[..., None]).sum(axis=1) / 2
        if np.abs(push).max() < 0.1:
            break
        at = at + push
    return {code: (float(x), float(y)) for code, (x, y) in zip(codes, at, strict=True)}


def _way(a: Sequence[float], b: Sequence[float]) -> float:
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _rows(groups: Sequence[dict[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Groups beside each other, then in the next row; no two points at one place."""
    placed: dict[str, tuple[float, float]] = {}
    across = max(_row_width(groups), _STEP)
    x = y = row = 0.0
    for group in groups:
        west, north = min(p[0] for p in group.values()), min(p[1] for p in group.values())
        wide = max(p[0] for p in group.values()) - west
        high = max(p[1] for p in group.values()) - north
        if x and x + wide > across:
            x, y, row = 0.0, y + row + _STEP, 0.0
        placed |= {c: (x + px - west, y + py - north) for c, (px, py) in group.items()}
        x, row = x + wide + _STEP, max(row, high)
    return _distinct(placed)


def _row_width(groups: Sequence[dict[str, tuple[float, float]]]) -> float:
    """Wide enough for the widest group, and for all of them in the shape of the box."""
    widest = max(max(p[0] for p in g.values()) - min(p[0] for p in g.values()) for g in groups)
    return max(widest, _STEP * ceil(sqrt(len(groups) * WIDTH / HEIGHT)))


def _distinct(spots: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Nudges apart what the layout put on one point."""
    occupied: set[tuple[float, float]] = set()
    for code, (x, y) in spots.items():
        spot = (round(x, 1), round(y, 1))
        while spot in occupied:
            spot = (round(spot[0] + 9.0, 1), spot[1])
        occupied.add(spot)
        spots[code] = spot
    return spots
