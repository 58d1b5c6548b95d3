"""Maps of units: from shapes, else from points, else from the neighbours alone.

Places and ties in, drawable cells out; no records, no colours: what a cell means is for the page.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from election.reports.maps.drawing import drawing_of
from election.reports.maps.frames import Area, outline_of, outlines_in_box, point_of
from election.reports.maps.graphs import cells_of_graph
from election.reports.maps.points import cells_around
from election.reports.maps.values import Cell, Drawing, Edge, Link, MapKind, Place, Tie

__all__ = [
    "MOST_DRAWN",
    "Cell",
    "Drawing",
    "Edge",
    "Link",
    "MapKind",
    "Place",
    "Tie",
    "draw",
]
MOST_DRAWN = 1000  # beyond, a map could neither be drawn in time nor be read


@lru_cache(maxsize=8)
def draw(places: tuple[Place, ...], ties: tuple[Tie, ...]) -> Drawing:
    """The map of these units; the same units give the same map, kept from call to call.

    Drawn from shapes where every unit has one, else from points where every unit has one, else
    from the neighbours; `without_shape` and `without_point` of the answer say what was missing.
    More than MOST_DRAWN places are not drawn: the answer has no cells.
    """
    if len(places) > MOST_DRAWN:
        return drawing_of(MapKind.GRAPH, (), {}, ())
    outlines = {place.code: outline_of(place) for place in places}
    spots = {place.code: point_of(place, outlines[place.code]) for place in places}
    shaped = {code: outline for code, outline in outlines.items() if outline is not None}
    placed = {code: spot for code, spot in spots.items() if spot is not None}
    kind, areas = _areas([place.code for place in places], shaped, placed, ties)
    return replace(
        drawing_of(kind, places, areas, ties),
        without_shape=tuple(code for code in outlines if code not in shaped),
        without_point=tuple(code for code in spots if code not in placed),
    )


def _areas(
    codes: Sequence[str],
    shaped: dict[str, Area],
    spots: dict[str, tuple[float, float]],
    ties: Sequence[Tie],
) -> tuple[MapKind, dict[str, Area]]:
    if codes and len(shaped) == len(codes):
        placed = outlines_in_box(list(shaped.values()))
        return MapKind.SHAPES, dict(zip(shaped, placed, strict=True))
    if len(spots) == len(codes):
        return MapKind.POINTS, cells_around(spots, ties)
    return MapKind.GRAPH, cells_of_graph(codes, ties)
