"""What hangs together: one walk for checks, reasons and the planner (ZJ 22, 23)."""

from itertools import product

from hypothesis import given
from hypothesis.strategies import lists, permutations, sampled_from, tuples

from election.rules.districts.contiguity import connected_pieces, neighbours_of, take_piece

VILLAGES = "ABCDEF"
BORDERS = [("A", "B"), ("C", "B"), ("D", "E")]


def pieces_of(villages: list[str], borders: list[tuple[str, str]]) -> list[list[str]]:
    neighbours = neighbours_of(borders)
    return connected_pieces(villages, lambda village: neighbours.get(village, ()))


def test_pieces_stand_by_their_first_unit_each_in_the_order_given() -> None:
    assert pieces_of(list("FCEBDA"), BORDERS) == [["F"], ["C", "B", "A"], ["E", "D"]]


def test_a_way_through_units_that_are_not_asked_for_does_not_count() -> None:
    assert pieces_of(["A", "C"], BORDERS) == [["A"], ["C"]]


def test_a_unit_named_twice_stands_once_and_no_unit_makes_no_piece() -> None:
    assert pieces_of(["B", "A", "B"], BORDERS) == [["B", "A"]]
    assert pieces_of([], BORDERS) == []


def test_a_piece_is_taken_out_of_what_is_free() -> None:
    free = set(VILLAGES)
    neighbours = neighbours_of(BORDERS)
    piece = take_piece("B", free, lambda village: neighbours.get(village, ()))
    assert sorted(piece) == ["A", "B", "C"]
    assert free == {"D", "E", "F"}


def joined_by_steps(villages: list[str], borders: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Who reaches whom, by closing the relation step by step (Warshall)."""
    joined = {(a, b) for pair in borders for a, b in (pair, pair[::-1])}
    joined = {pair for pair in joined if set(pair) <= set(villages)}
    joined |= {(village, village) for village in villages}
    for way, start, end in product(villages, repeat=3):
        if (start, way) in joined and (way, end) in joined:
            joined.add((start, end))
    return joined


@given(
    villages=permutations(VILLAGES).map(lambda order: list(order[:5])),
    borders=lists(tuples(sampled_from(VILLAGES), sampled_from(VILLAGES)), max_size=9),
)
def test_two_units_share_a_piece_exactly_if_a_way_joins_them(villages, borders) -> None:
    pieces = pieces_of(villages, borders)
    assert sorted(village for piece in pieces for village in piece) == sorted(villages)
    together = {(a, b) for piece in pieces for a, b in product(piece, repeat=2)}
    assert together == joined_by_steps(villages, borders)
