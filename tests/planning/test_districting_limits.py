"""Counted steps: where a run stops, that it repeats, and that more of them are never worse."""

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.planning.districting import (
    Ending,
    PlannerProgress,
    PlannerUnit,
    ProposedPlan,
    plan,
)
from tests.planning.oracle_districting import complaints, grid, town


def layout(proposal: ProposedPlan) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(d.seats, d.population, d.units) for d in proposal.districts]


def figures(proposal: ProposedPlan) -> tuple[object, ...]:
    return layout(proposal), proposal.value, proposal.lower_bound, proposal.steps, proposal.ending


# --- steps ----------------------------------------------------------------------------------------


SMALL = st.fixed_dictionaries(
    {
        "populations": st.lists(st.integers(20, 900), min_size=4, max_size=16),
        "seats": st.integers(4, 16),
        "max_seats": st.integers(1, 3),
        "objective": st.sampled_from(["max", "sum"]),
        "seed": st.integers(0, 3),
    }
)


def run(case: dict, **limits) -> ProposedPlan:
    villages, edges = grid(case["populations"], 4)
    options = {key: value for key, value in case.items() if key != "populations"}
    return plan(villages, edges, **options, time_limit=None, **limits)


@given(case=SMALL, steps=st.integers(1, 1_500))
def test_twice_the_steps_are_never_worse_and_the_bound_never_lower(case, steps) -> None:
    shorter, longer = run(case, steps=steps), run(case, steps=2 * steps)
    assert longer.value <= shorter.value
    assert longer.lower_bound >= shorter.lower_bound
    assert shorter.lower_bound <= longer.value


@given(case=SMALL, steps=st.integers(1, 1_500))
def test_so_many_steps_are_the_same_plan_every_time(case, steps) -> None:
    assert figures(run(case, steps=steps)) == figures(run(case, steps=steps))


@pytest.mark.parametrize("objective", ["max", "sum"])
def test_a_town_gets_better_with_every_doubling_and_says_how_many_steps_it_took(objective) -> None:
    villages, edges, _ = town()
    proposals = [
        plan(villages, edges, seats=73, objective=objective, time_limit=None, steps=steps)
        for steps in (1, 250, 500, 1_000, 2_000, 4_000)
    ]
    values = [proposal.value for proposal in proposals]
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[0] * 2 / 3
    assert {proposal.ending for proposal in proposals} == {Ending.STEP_LIMIT}
    assert [complaints(proposal, villages, edges, 73) for proposal in proposals] == [[]] * 6


def test_a_run_that_its_seconds_ended_is_repeated_by_its_steps() -> None:
    villages, edges, _ = town()
    ticks = count()
    timed = plan(villages, edges, seats=73, time_limit=1, stopwatch=lambda: next(ticks) / 1_700)
    counted = plan(villages, edges, seats=73, time_limit=None, steps=timed.steps)
    assert (timed.ending, counted.ending) == (Ending.TIME_LIMIT, Ending.STEP_LIMIT)
    assert (layout(timed), timed.value, timed.lower_bound) == (
        layout(counted),
        counted.value,
        counted.lower_bound,
    )


def test_one_district_of_many_villages_meets_its_share_within_a_few_people() -> None:
    """Large districts: no two of them can be listed, a few villages change sides instead."""
    draws = [60 + (i * i * 7919) % 1801 for i in range(100)]
    villages, edges = grid(draws, 10)
    proposal = plan(villages, edges, seats=4, max_seats=1, time_limit=None, steps=20_000)
    assert complaints(proposal, villages, edges, 4, 1) == []
    share = sum(draws) / 4
    assert max(abs(d.population - share) for d in proposal.districts) < 30


# --- the search as a guest of an office -----------------------------------------------------------


def test_the_same_seed_gives_the_same_plan_when_the_search_ends_by_itself() -> None:
    villages, edges = grid([310, 420, 280, 510, 390, 330, 450, 270, 360], 3)
    first, second = (plan(villages, edges, seats=13, seed=5) for _ in range(2))
    assert first.ending in {Ending.OPTIMAL, Ending.SETTLED}
    assert layout(first) == layout(second)
    assert (first.value, first.lower_bound) == (second.value, second.lower_bound)


def test_borders_in_any_order_and_twice_give_the_same_plan() -> None:
    villages, edges = grid([310, 420, 280, 510, 390, 330], 3)
    turned = [(b, a) for a, b in reversed(edges)] + edges
    assert layout(plan(villages, edges, seats=8)) == layout(plan(villages, turned, seats=8))


def test_a_cancelled_search_still_answers_with_a_plan() -> None:
    villages, edges, _ = town()
    asked = count()
    proposal = plan(villages, edges, seats=73, cancelled=lambda: next(asked) >= 20)
    assert (proposal.ending, next(asked)) == (Ending.CANCELLED, 21)
    assert complaints(proposal, villages, edges, 73) == []


def test_progress_tells_of_better_plans_only_and_ends_with_the_answer() -> None:
    villages, edges, _ = town()
    heard: list[PlannerProgress] = []
    proposal = plan(villages, edges, seats=73, progress=heard.append, steps=20_000)
    values = [progress.value for progress in heard]
    assert len(values) > 3
    assert values == sorted(values, reverse=True)
    bounds = [progress.lower_bound for progress in heard]
    assert bounds == sorted(bounds)
    last = (heard[-1].value, heard[-1].lower_bound, heard[-1].districts)
    assert last == (proposal.value, proposal.lower_bound, len(proposal.districts))


def test_a_town_of_38_villages_and_73_seats_is_planned_well_in_a_few_thousand_steps() -> None:
    villages, edges, hidden = town()
    assert {300 <= village.population <= 3000 for village in villages} == {True}
    proposal = plan(villages, edges, seats=73, time_limit=None, steps=20_000)
    assert complaints(proposal, villages, edges, 73) == []
    assert proposal.lower_bound <= hidden < Fraction(6, 100)
    assert proposal.value < Fraction(8, 100)


@pytest.mark.slow
@pytest.mark.parametrize("seats", [73, 2_500])
def test_five_thousand_units_have_a_plan_at_the_first_step_and_a_better_one_later(seats) -> None:
    villages, edges = grid([300 + (i * i * 7919) % 2701 for i in range(5_000)], 71)
    first, later = (
        plan(villages, edges, seats=seats, time_limit=None, steps=steps) for steps in (1, 600)
    )
    assert later.value < first.value
    assert [sum(d.seats for d in proposal.districts) for proposal in (first, later)] == [seats] * 2


@pytest.mark.slow
def test_a_hub_with_thousands_of_hamlets_is_planned_at_the_first_step() -> None:
    villages = [PlannerUnit(f"v{i}", "", 300 + i) for i in range(3_000)]
    star = [("v0", village.code) for village in villages[1:]]
    proposal = plan(villages, star, seats=2_500, time_limit=None, steps=1)
    assert sum(district.seats for district in proposal.districts) == 2_500
