"""Thousands of small apportionments at once give exactly what the single ones give."""

from itertools import product

import numpy as np
import pytest

from election.planning.apportionment import apportion
from election.planning.batches import NARROW, apportion_many
from election.rules.terms import InputFault

METHODS = ("largest-remainder", "sainte-lague")
# small populations make ties, large ones the rounding cases
RANGES = ((4, 1, 12), (20, 5, 30), (3000, 6, 80), (10**9, 4, 400))


def one_by_one(populations, seats, method):
    rows = [
        apportion({str(i): int(p) for i, p in enumerate(row)}, int(count), method=method).units
        for row, count in zip(populations, seats, strict=True)
    ]
    return [[u.seats for u in row] for row in rows], [[u.tied for u in row] for row in rows]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("highest", "units", "most_seats"), RANGES)
def test_every_row_equals_the_exact_single_apportionment(
    method, highest, units, most_seats
) -> None:
    draws = np.random.default_rng(highest)
    populations = draws.integers(0, highest, size=(600, units))
    populations[:, 0] += 1
    seats = draws.integers(1, most_seats + 1, size=600)
    got, tied = apportion_many(populations, seats, method)
    assert (got.tolist(), tied.tolist()) == one_by_one(populations, seats, method)


@pytest.mark.parametrize("method", METHODS)
def test_the_random_problems_above_do_contain_ties(method) -> None:
    draws = np.random.default_rng(1)
    populations = draws.integers(1, 5, size=(500, 4))
    got, tied = apportion_many(populations, 7, method)
    held = 7 - got.sum(axis=1)
    assert (held > 0).sum() > 50
    assert ((held > 0) == tied.any(axis=1)).all()
    assert (held[held > 0] < tied.sum(axis=1)[held > 0]).all()


def test_the_float_trap_is_three_ties_here_too() -> None:
    got, tied = apportion_many(np.array([[56, 8, 44]]), 9)
    assert (got.tolist(), tied.tolist()) == ([[4, 0, 3]], [[True, True, True]])


@pytest.mark.parametrize("method", METHODS)
def test_the_largest_products_that_fit_are_still_exact(method) -> None:
    big = 2**61 // 3
    populations = np.array([[big, big, big - 1], [2**60, 2**59, 1]])
    got, tied = apportion_many(populations, 2, method)
    assert (got.tolist(), tied.tolist()) == one_by_one(populations, [2, 2], method)


@pytest.mark.parametrize(
    ("populations", "seats", "text"),
    [
        (np.array([[2**61, 2**61]]), 2, "populations: total population x seats reaches 2**62"),
        (np.array([[2**62, 2**62]]), 1, "populations: total population x seats reaches 2**62"),
        (np.array([[5, -1]]), 1, "populations: persons >= 0, seats >= 1"),
        (np.array([[5, 1]]), 0, "populations: persons >= 0, seats >= 1"),
        (np.array([[5, 1], [0, 0]]), 1, "populations: a row has no people"),
        (np.array([[5.0, 1.0]]), 1, "populations: must be int64 [n, units]"),
        (np.array([5, 1]), 1, "populations: must be int64 [n, units]"),
        (np.array([[5, 1]]), np.array([1.5]), "seats: must be whole numbers (int64)"),
    ],
)
def test_what_could_not_be_computed_exactly_is_refused(populations, seats, text) -> None:
    with pytest.raises(InputFault) as caught:
        apportion_many(populations, seats)
    assert str(caught.value) == text


def test_a_method_without_a_fast_path_is_refused() -> None:
    with pytest.raises(InputFault, match="no batch method"):
        apportion_many(np.array([[5, 1]]), 1, "adams")


def test_no_problems_have_no_answers() -> None:
    got, tied = apportion_many(np.empty((0, 3), dtype=np.int64), 5)
    assert (got.shape, tied.shape) == ((0, 3), (0, 3))


@pytest.mark.parametrize("method", METHODS)
def test_narrow_and_wide_arithmetic_agree_on_each_side_of_their_border(method) -> None:
    # 6 units of about 2**22 people and 40 seats lie around total x seats = 2**30
    draws = np.random.default_rng(4)
    populations = draws.integers(2**22 - 9, 2**22 + 9, size=(300, 6))
    populations[:, 0] = populations[:, 1]  # level claims, and claims that nearly are
    seats = draws.integers(38, 47, size=300)
    assert 50 < (populations.sum(axis=1) * seats < NARROW).sum() < 250
    got, tied = apportion_many(populations, seats, method)
    for row in (slice(n, n + 1) for n in range(300)):  # each row alone takes its own path
        alone, level = apportion_many(populations[row], seats[row], method)
        assert (alone.tolist(), level.tolist()) == (got[row].tolist(), tied[row].tolist())
    assert (got.tolist(), tied.tolist()) == one_by_one(populations, seats, method)


@pytest.mark.parametrize("method", METHODS)
def test_more_problems_than_one_block_and_more_units_than_a_byte_counts(method) -> None:
    draws = np.random.default_rng(5)
    many = np.tile(draws.integers(1, 40, size=(7, 3)), (3000, 1))
    got, tied = apportion_many(many, 8, method)
    assert (got.reshape(3000, 7, 3) == got[:7]).all()
    assert (got[:7].tolist(), tied[:7].tolist()) == one_by_one(many[:7], [8] * 7, method)
    wide = draws.integers(1, 9, size=(3, 300))
    got, tied = apportion_many(wide, 500, method)
    assert (got.tolist(), tied.tolist()) == one_by_one(wide, [500] * 3, method)


@pytest.mark.parametrize("method", METHODS)
def test_rows_made_of_level_claims_are_ties_as_the_fractions_say(method) -> None:
    # every pattern of one, two and three times a population, for every number of seats
    shapes = np.array(list(product((0, 1, 2, 3), repeat=4)))[1:] * 7
    for count in range(1, 13):
        got, tied = apportion_many(shapes, count, method)
        assert (got.tolist(), tied.tolist()) == one_by_one(shapes, [count] * len(shapes), method)
