"""Plans of any small area: every promise kept, refusals and bounds true, as good as brute force."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.planning.districting import PlannerUnit, plan
from election.rules.terms import InputFaults
from tests.planning.oracle_districting import best_value, complaints, grid

Pairs = list[tuple[str, str]]


@st.composite
def areas(draw, most_units: int, highest: int) -> tuple[list[PlannerUnit], Pairs]:
    """A few units, joined by some of all possible borders; not always in one piece."""
    populations = draw(st.lists(st.integers(0, highest), min_size=1, max_size=most_units))
    assume(sum(populations) > 0)
    villages = [PlannerUnit(f"v{i}", "", p) for i, p in enumerate(populations)]
    codes = [village.code for village in villages]
    possible = [(a, b) for i, a in enumerate(codes) for b in codes[:i]]
    borders = st.lists(st.sampled_from(possible), unique=True) if possible else st.just([])
    return villages, draw(borders)


@given(
    area=areas(9, 900),
    seats=st.integers(1, 30),
    most=st.integers(1, 3),
    objective=st.sampled_from(["max", "sum"]),
)
def test_every_plan_keeps_every_promise(area, seats, most, objective) -> None:
    villages, edges = area
    try:
        found = plan(
            villages,
            edges,
            seats=seats,
            max_seats=most,
            objective=objective,
            steps=4_000,
        )
    except InputFaults as refused:
        assert [fault.field for fault in refused.faults] == ["seats"]
        return
    assert complaints(found, villages, edges, seats, most) == []


@given(area=areas(6, 60), seats=st.integers(1, 9), objective=st.sampled_from(["max", "sum"]))
def test_tiny_areas_are_refused_only_when_no_plan_exists_and_the_bound_is_true(
    area, seats, objective
) -> None:
    villages, edges = area
    total = sum(village.population for village in villages)
    assume(seats <= total)
    assume(all(village.population * seats <= 3 * total for village in villages))
    best = best_value(villages, edges, seats, objective)
    try:
        found = plan(villages, edges, seats=seats, objective=objective, steps=4_000)
    except InputFaults:
        assert best is None
        return
    assert found.lower_bound <= best <= found.value


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["max", "sum"])
@pytest.mark.parametrize(
    ("populations", "seats"),
    [
        ([49, 32, 40], 6),
        ([47, 49, 21], 6),
        ([22, 58, 31, 44], 5),
        ([60, 20, 35, 35, 50], 8),
        ([41, 37, 59, 26, 33], 4),
        ([25, 45, 30, 55, 40, 21], 7),
        ([33, 27, 56, 48, 39, 50], 8),
    ],
)
def test_on_a_tiny_connected_area_the_search_finds_the_best_plan(
    populations, seats, objective
) -> None:
    villages, edges = grid(populations, 3)
    found = plan(villages, edges, seats=seats, objective=objective)
    assert found.value == best_value(villages, edges, seats, objective)
