"""Many small apportionments at once, in machine integers, as exact as apportionment.py.

For simulations and benchmarks: thousands of problems with the same number of units. Every product
stays below 2**63; where it could not, the whole batch is refused.
Source: Electoral Law Art. 15; rulebook R2.1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from election.rules.terms import InputFault

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

LIMIT = 2**62  # total population x seats of one problem must stay below


def apportion_many(
    populations: Whole, seats: int | Whole, method: str = "largest-remainder"
) -> tuple[Whole, Flags]:
    """Share seats in every row; the exact function of apportionment.py, row by row.

    populations: persons, int64 [n, units], >= 0, no row without people. seats: one number or
    int64 [n], >= 1. Returns (sure seats int64 [n, units], tied bool [n, units]); the seats held
    back of a row are seats - sum. Raises InputFault when a figure is unusable or when total
    population x seats of a row reaches 2**62; unknown methods likewise.
    """
    if method not in _METHODS:
        raise InputFault("method", f"没有“{method}”这种批量方法", f'no batch method "{method}"')
    seats_of = _checked(populations, seats)
    return _METHODS[method](populations, seats_of)


def _checked(populations: Whole, seats: int | Whole) -> Whole:
    """The seats of each row, after refusing what cannot be computed exactly."""
    if populations.dtype != np.int64 or populations.ndim != 2 or populations.shape[1] < 1:
        raise InputFault("populations", "应为int64的二维表", "must be int64 [n, units]")
    seats_of = np.broadcast_to(np.asarray(seats), populations.shape[:1])
    if seats_of.dtype != np.int64:
        raise InputFault("seats", "名额应为int64整数", "must be whole numbers (int64)")
    if populations.size == 0:
        return seats_of
    if populations.min() < 0 or seats_of.min() < 1:
        raise InputFault("populations", "人口不能为负，名额至少1名", "persons >= 0, seats >= 1")
    # Python integers: the sum itself must not overflow before it is compared with the limit.
    if int(populations.max()) * populations.shape[1] >= 2**63:
        raise _too_large()
    totals = populations.sum(axis=1)
    if totals.min() < 1:
        raise InputFault("populations", "有一行总人口为0", "a row has no people")
    if (totals > (LIMIT - 1) // seats_of).any():
        raise _too_large()
    return seats_of


def _too_large() -> InputFault:
    return InputFault(
        "populations", "人口与名额之积达到2的62次方", "total population x seats reaches 2**62"
    )


def _largest_remainder(populations: Whole, seats: Whole) -> tuple[Whole, Flags]:
    totals = populations.sum(axis=1, keepdims=True)
    shares, remainders = np.divmod(populations * seats[:, None], totals)
    left = seats - shares.sum(axis=1)
    falling = -np.sort(-remainders, axis=1)
    place = np.maximum(left - 1, 0)[:, None]  # rows with nothing left are masked below
    cut = np.take_along_axis(falling, place, axis=1)
    reaches = (remainders >= cut) & (left > 0)[:, None]
    too_many = reaches.sum(axis=1) > left
    tied = reaches & (remainders == cut) & too_many[:, None]
    return shares + (reaches & ~tied), tied


def _sainte_lague(populations: Whole, seats: Whole) -> tuple[Whole, Flags]:
    """Round every exact share to the nearest seat, then give or take the nearest claims.

    Rounding with the divisor total / seats serves the highest claims first, so only the difference
    of each row, at most units / 2, has to be settled claim by claim.
    """
    totals = populations.sum(axis=1, keepdims=True)
    given, rest = np.divmod(populations * seats[:, None], totals)
    given += rest >= totals - rest
    tied = np.zeros(populations.shape, dtype=np.bool_)
    left = seats - given.sum(axis=1)
    while (rows := np.flatnonzero(left)).size:
        more = left[rows] > 0
        now, people = given[rows], populations[rows]
        # the next claim of a row that lacks seats, the last claim of a row that gave too many
        level = _level(people, 2 * now + np.where(more, 1, -1)[:, None], more)
        count, short = level.sum(axis=1), np.abs(left[rows])
        # too many level claims to add: nobody gets one; too many to take back: all lose it, and
        # what then is left is too little for all of them, which is the same tie
        split = count > short
        moved = np.where(more & split, 0, np.where(more, 1, -1))
        given[rows] = now + level * moved[:, None]
        tied[rows] = level & split[:, None]
        left[rows] = np.where(split, 0, left[rows] - count * np.where(more, 1, -1))
    return given, tied


def _level(people: Whole, divisors: Whole, highest: Flags) -> Flags:
    """The units with the highest (else the lowest) people / divisor of each row.

    A unit that has no seat to give back has divisor -1 there and is never chosen. Fractions are
    compared by cross-multiplication, unit after unit, all rows at once.
    """
    best_p, best_d = people[:, 0].copy(), divisors[:, 0].copy()
    for unit in range(1, people.shape[1]):
        p, d = people[:, unit], divisors[:, unit]
        ahead = np.where(highest, p * best_d > best_p * d, p * best_d < best_p * d)
        better = (d > 0) & (ahead | (best_d < 0))
        best_p, best_d = np.where(better, p, best_p), np.where(better, d, best_d)
    same: Flags = (people * best_d[:, None] == best_p[:, None] * divisors) & (divisors > 0)
    return same


_METHODS: dict[str, Callable[[Whole, Whole], tuple[Whole, Flags]]] = {
    "largest-remainder": _largest_remainder,
    "sainte-lague": _sainte_lague,
}
