"""Maps: cells cover their points, islands lie apart, and nothing a town sends breaks a drawing."""

import json
import re
from math import dist

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import Polygon

from election.reports import maps
from election.reports.maps import MapKind, Place, Tie

# A - B - C over D - E - F, north up; G lies to the east, joined to C by a ferry only
ROWS = {"A": (0, 10), "B": (10, 10), "C": (20, 10), "D": (0, 0), "E": (10, 0), "F": (20, 0)}
TIES = (
    Tie("A", "B"),
    Tie("B", "C"),
    Tie("D", "E"),
    Tie("E", "F"),
    Tie("A", "D"),
    Tie("B", "E"),
    Tie("C", "F"),
)


def points(where: dict[str, tuple[float, float]] | None = None) -> tuple[Place, ...]:
    return tuple(Place(code, x, y) for code, (x, y) in (where or ROWS).items())


def square(west: float, south: float, size: float = 10) -> str:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def area_of(path: str) -> Polygon:
    """The first ring of a path as a polygon."""
    ring = path.split("Z")[0]
    return Polygon([tuple(map(float, pair)) for pair in re.findall(r"([\d.-]+) ([\d.-]+)", ring)])


def cells(drawing: maps.Drawing) -> dict[str, maps.Cell]:
    return {cell.key: cell for cell in drawing.cells}


def borders(drawing: maps.Drawing) -> set[tuple[str, str]]:
    return {(edge.a, edge.b) for edge in drawing.edges if edge.b is not None}


def test_cells_grown_from_points_meet_where_units_are_neighbours() -> None:
    drawing = maps.draw(points(), TIES)
    assert drawing.kind is MapKind.POINTS
    assert borders(drawing) == {(tie.a, tie.b) for tie in TIES}
    assert {edge.near for edge in drawing.edges if edge.b is not None} == {True}
    assert drawing.links == ()


def test_north_is_up_and_east_is_right() -> None:
    found = cells(maps.draw(points(), TIES))
    assert found["A"].y < found["D"].y
    assert found["A"].x < found["C"].x


def test_no_cell_lies_over_another_and_each_holds_its_label() -> None:
    drawing = maps.draw(points(), TIES)
    areas = {cell.key: area_of(cell.path) for cell in drawing.cells}
    for key, cell in cells(drawing).items():
        assert areas[key].buffer(0.5).contains(maps.frames.shapely.Point(cell.x, cell.y))
        assert cell.width > 0
        assert cell.height > 0
        for other in areas.keys() - {key}:
            assert areas[key].intersection(areas[other]).area < 5


def test_a_border_between_units_that_are_not_neighbours_is_marked() -> None:
    drawing = maps.draw(points(), tuple(tie for tie in TIES if tie != Tie("B", "E")))
    marked = [(edge.a, edge.b) for edge in drawing.edges if edge.near is False]
    assert marked == [("B", "E")]


def test_where_no_neighbours_are_recorded_no_border_is_judged() -> None:
    drawing = maps.draw(points(), ())
    assert {edge.near for edge in drawing.edges if edge.b is not None} == {None}


def test_an_island_has_water_around_it_and_a_ferry_to_it() -> None:
    drawing = maps.draw(points(ROWS | {"G": (30, 10)}), (*TIES, Tie("C", "G", ferry=True)))
    assert {pair for pair in borders(drawing) if "G" in pair} == set()
    assert [(link.a, link.b, link.ferry) for link in drawing.links] == [("C", "G", True)]
    areas = {cell.key: area_of(cell.path) for cell in drawing.cells}
    assert areas["G"].distance(areas["C"]) > 5


def test_neighbours_whose_cells_do_not_meet_are_joined_by_a_line() -> None:
    drawing = maps.draw(points(), (*TIES, Tie("A", "F")))
    assert [(link.a, link.b, link.ferry) for link in drawing.links] == [("A", "F", False)]


def test_shapes_are_drawn_as_they_are() -> None:
    places = tuple(
        Place(code, outline=square(x, y)) for code, (x, y) in ROWS.items()
    )  # no points at all
    drawing = maps.draw(places, TIES)
    assert drawing.kind is MapKind.SHAPES
    assert borders(drawing) == {(tie.a, tie.b) for tie in TIES}
    assert drawing.width / drawing.height == pytest.approx(3 / 2, rel=0.05)


def test_degrees_are_narrower_than_high_away_from_the_equator() -> None:
    # one tenth of a degree each way at 60 degrees north would be half as wide; here about 29
    places = tuple(
        Place(code, outline=square(121.9 + x / 100, 29.1 + y / 100, 0.1))
        for code, (x, y) in ROWS.items()
    )
    drawing = maps.draw(places, TIES)
    assert drawing.width / drawing.height == pytest.approx(3 / 2 * 0.874, rel=0.05)


def test_mixed_shapes_fall_back_to_points_and_say_which_are_missing() -> None:
    places = (Place("A", 0, 0, square(-5, -5)), Place("B", 10, 0), Place("C", 20, 0))
    drawing = maps.draw(places, ())
    assert (drawing.kind, drawing.without_shape) == (MapKind.POINTS, ("B", "C"))


def test_a_shape_without_a_point_still_says_where_the_unit_is() -> None:
    drawing = maps.draw((Place("A", outline=square(0, 0)), Place("B", 30, 5)), ())
    assert (drawing.kind, drawing.without_point) == (MapKind.POINTS, ())


def test_mixed_points_fall_back_to_the_neighbours_and_say_which_are_missing() -> None:
    places = (*points(), Place("G"))
    drawing = maps.draw(places, (*TIES, Tie("F", "G")))
    assert (drawing.kind, drawing.without_point) == (MapKind.GRAPH, ("G",))


@pytest.mark.parametrize(
    "outline",
    [
        "",
        "{",
        "[]",
        '{"type":"Point","coordinates":[1,2]}',
        '{"type":"Polygon"}',
        '{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}',
        "null",
        "7",
    ],
)
def test_what_is_no_shape_counts_as_missing(outline: str) -> None:
    assert maps.draw((Place("A", 1, 1, outline),), ()).without_shape == ("A",)


def test_the_layout_of_neighbours_keeps_neighbours_near_and_cells_apart() -> None:
    drawing = maps.draw(tuple(Place(code) for code in ROWS), TIES)
    assert drawing.kind is MapKind.GRAPH
    assert {(link.a, link.b) for link in drawing.links} == {(tie.a, tie.b) for tie in TIES}
    at = {cell.key: (cell.x, cell.y) for cell in drawing.cells}
    near = {frozenset((tie.a, tie.b)) for tie in TIES}
    ways = {
        pair: dist(at[a], at[b]) for a in at for b in at if a < b for pair in [frozenset((a, b))]
    }
    assert min(ways.values()) > 60
    farthest = max(way for pair, way in ways.items() if pair in near)
    assert farthest < max(way for pair, way in ways.items() if pair not in near)


def test_the_same_units_give_the_same_map() -> None:
    first = maps.draw(tuple(Place(code) for code in ROWS), TIES)
    maps.draw.cache_clear()
    assert maps.draw(tuple(Place(code) for code in ROWS), TIES) == first


def test_a_split_unit_has_a_cell_for_each_part_inside_its_own() -> None:
    whole = cells(maps.draw(points(), TIES))["B"]
    places = tuple(
        Place(p.code, p.x, p.y, parts=(1, 2, 3) if p.code == "B" else ()) for p in points()
    )
    drawing = maps.draw(places, TIES)
    parts = [cell for key, cell in cells(drawing).items() if key.startswith("B")]
    assert [cell.key for cell in parts] == ["B#1", "B#2", "B#3"]
    assert sum(area_of(cell.path).area for cell in parts) == pytest.approx(
        area_of(whole.path).area, rel=0.02
    )
    assert ("B#1", "B#2") in borders(drawing)


def test_no_unit_and_one_unit_can_be_drawn() -> None:
    assert maps.draw((), ()).cells == ()
    for place in (Place("A"), Place("A", 3, 4), Place("A", outline=square(0, 0))):
        drawing = maps.draw((place,), ())
        assert [cell.key for cell in drawing.cells] == ["A"]
        assert drawing.width > 20


def test_units_at_one_point_stand_beside_each_other() -> None:
    drawing = maps.draw(points({"A": (5, 5), "B": (5, 5), "C": (9, 5)}), ())
    at = {cell.key: (cell.x, cell.y) for cell in drawing.cells}
    assert len(set(at.values())) == 3
    assert all(area_of(cell.path).area > 100 for cell in drawing.cells)


@pytest.mark.parametrize("step", [(1, 0), (0, 1), (1, 1)])
def test_units_in_one_line_have_cells_one_behind_the_other(step: tuple[int, int]) -> None:
    where = {f"A{n}": (n * step[0], n * step[1]) for n in range(5)}
    drawing = maps.draw(points(where), ())
    assert borders(drawing) == {(f"A{n}", f"A{n + 1}") for n in range(4)}


def test_more_units_than_can_be_read_are_not_drawn() -> None:
    places = tuple(Place(str(n), n, n % 7) for n in range(maps.MOST_DRAWN + 1))
    assert maps.draw(places, ()).cells == ()


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=20))
@example(  # nearly in a line: cells that cross themselves
    [(0, 0), (0, -2), (0, 40), (0, -50), (-4, 0), (-21, 0), (-25, -2), (-45, 0)]
)
@example(  # places on one point, and another just where one of them would stand
    [
        (0, 0),
        (0, 0),
        (0, -23),
        (0, 0),
        (0, 0),
        (3, 0),
        (0, 0),
        (-24, 0),
        (49, 32),
        (0, -38),
        (0, 0),
        (0, -27),
        (0, -14),
    ]
)
def test_every_place_gets_a_cell_inside_the_box(spots: list[tuple[int, int]]) -> None:
    places = tuple(Place(f"U{n}", x, y) for n, (x, y) in enumerate(spots))
    ties = tuple(Tie(f"U{n}", f"U{n + 1}") for n in range(len(spots) - 1))
    drawing = maps.draw(places, ties)
    assert [cell.key for cell in drawing.cells] == [place.code for place in places]
    for cell in drawing.cells:
        assert cell.path
        assert 0 <= cell.x <= drawing.width
        assert 0 <= cell.y <= drawing.height


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 14), st.data())
def test_any_neighbours_can_be_laid_out(units: int, data: st.DataObject) -> None:
    codes = [f"U{n}" for n in range(units)]
    pairs = [(a, b) for a in codes for b in codes if a < b]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    drawing = maps.draw(tuple(Place(code) for code in codes), tuple(Tie(*p) for p in chosen))
    assert [cell.key for cell in drawing.cells] == codes
    assert len(drawing.links) == len(chosen)
    assert len({(cell.x, cell.y) for cell in drawing.cells}) == units
