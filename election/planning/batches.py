"""Many small apportionments at once, in machine integers, as exact as apportionment.py.

For simulations and benchmarks: thousands of problems with the same number of units. Every product
stays below 2**63; where it could not, the whole batch is refused. Problems are worked off in blocks
that stay in the processor's cache, turned so that one unit of all problems lies side by side, and
in 32 bits where these hold every product.
Source: Electoral Law Art. 15; rulebook R2.1.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from election.rules.terms import InputFault

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Block = NDArray[Any]  # int32 or int64, [units, problems] or [problems]

LIMIT = 2**62  # total population x seats of one problem must stay below
NARROW = 2**30  # below this, twice total population x seats fits 32 bits
_BLOCK = 16_384  # problems at a time; twelve units of them fill about half a megabyte


def apportion_many(
    populations: Whole, seats: int | Whole, method: str = "largest-remainder"
) -> tuple[Whole, Flags]:
    """Share seats in every row; the exact function of apportionment.py, row by row.

    populations: persons, int64 [n, units], >= 0, no row without people. seats: one number or
    int64 [n], >= 1. Returns (sure seats int64 [n, units], tied bool [n, units]); the seats held
    back of a row are seats - sum. Raises InputFault when a figure is unusable, or when total
    population x seats of a row reaches 2**62 or could (the largest population x units 2**63);
    unknown methods likewise.
    """
    if method not in _METHODS:
        raise InputFault("method", f"没有“{method}”这种批量方法", f'no batch method "{method}"')
    seats_of = _seats_of_rows(populations, seats)
    sure = np.empty(populations.shape, dtype=np.int64)
    tied = np.empty(populations.shape, dtype=np.bool_)
    for start in range(0, len(populations), _BLOCK):
        part = slice(start, start + _BLOCK)
        people, total, to_share = _checked(populations[part], seats_of[part])
        sure_part, tied_part = _METHODS[method](people, total, to_share)
        sure[part], tied[part] = sure_part.T, tied_part.T
    return sure, tied


def _seats_of_rows(populations: Whole, seats: int | Whole) -> Whole:
    if populations.dtype != np.int64 or populations.ndim != 2 or populations.shape[1] < 1:
        raise InputFault("populations", "应为int64的二维表", "must be int64 [n, units]")
    seats_of = np.broadcast_to(np.asarray(seats), populations.shape[:1])
    if seats_of.dtype != np.int64:
        raise InputFault("seats", "名额应为int64整数", "must be whole numbers (int64)")
    return seats_of


def _checked(populations: Whole, seats: Whole) -> tuple[Block, Block, Block]:
    """People [units, n], their total [n] and the seats [n], after refusing what cannot be exact."""
    people = np.ascontiguousarray(populations.T)
    if people.min() < 0 or seats.min() < 1:
        raise InputFault("populations", "人口不能为负，名额至少1名", "persons >= 0, seats >= 1")
    # Python integers: the sum itself must not overflow before it is compared with the limit.
    if int(people.max()) * len(people) >= 2**63:
        raise _too_large()
    total = people.sum(axis=0)
    if total.min() < 1:
        raise InputFault("populations", "有一行总人口为0", "a row has no people")
    if int(total.max()) * int(seats.max()) < NARROW:
        return people.astype(np.int32), total.astype(np.int32), seats.astype(np.int32)
    if (total > (LIMIT - 1) // seats).any():
        raise _too_large()
    return people, total, seats


def _too_large() -> InputFault:
    return InputFault(
        "populations", "人口与名额之积达到2的62次方", "total population x seats reaches 2**62"
    )


def _whole_parts(people: Block, total: Block, seats: Block) -> tuple[Block, Block]:
    """The whole seats of every exact share, and what remains, in persons x seats."""
    remainder = people * seats
    whole = remainder // total
    remainder -= whole * total
    return whole, remainder


def _largest_remainder(people: Block, total: Block, seats: Block) -> tuple[Block, Flags]:
    """Whole parts first; who is among the largest remainders is found by counting, not sorting.

    above: how many units have a larger remainder; reach: how many have one at least as large. With
    `over` seats to give, a unit surely has one if reach <= over, and is tied if above < over then.
    """
    whole, remainder = _whole_parts(people, total, seats)
    over = (seats - whole.sum(axis=0)).astype(np.int16 if len(people) < 2**15 else np.int64)
    above = np.zeros(people.shape, dtype=over.dtype)
    reach = np.ones(people.shape, dtype=over.dtype)
    for unit in range(1, len(people)):
        ahead = remainder[unit] > remainder[:unit]
        level = remainder[unit] >= remainder[:unit]
        above[:unit] += ahead
        reach[:unit] += level
        above[unit] = unit - level.sum(axis=0, dtype=over.dtype)
        reach[unit] += unit - ahead.sum(axis=0, dtype=over.dtype)
    sure = reach <= over
    return whole + sure, (above < over) & ~sure


def _sainte_lague(people: Block, total: Block, seats: Block) -> tuple[Block, Flags]:
    """Round every exact share to the nearest seat, then give or take the nearest claims.

    Rounding with the divisor total / seats serves the highest claims first, so only the difference
    of each problem, at most units / 2, has to be settled claim by claim.
    """
    sure, remainder = _whole_parts(people, total, seats)
    sure += remainder >= total - remainder
    tied = np.zeros(people.shape, dtype=np.bool_)
    missing = seats - sure.sum(axis=0, dtype=seats.dtype)
    _give(people, sure, tied, missing)
    _take_back(people, sure, tied, missing)
    return sure, tied


def _give(people: Block, sure: Block, tied: Flags, missing: Block) -> None:
    """Serve the highest next claims, people / (2 seats + 1), of the problems that lack seats.

    Level claims too many for the seats left: nobody gets one, that is a tie.
    """
    while (rows := np.flatnonzero(missing > 0)).size:
        current, persons, short = sure.take(rows, axis=1), people.take(rows, axis=1), missing[rows]
        level = _largest(persons, 2 * current + 1)
        count = level.sum(axis=0, dtype=missing.dtype)
        split = count > short
        unit, place = np.nonzero(level)
        sure[unit, rows[place]] += ~split[place]
        tied[unit, rows[place]] = split[place]
        missing[rows] = np.where(split, 0, short - count)


def _take_back(people: Block, sure: Block, tied: Flags, missing: Block) -> None:
    """Take the lowest last claims, people / (2 seats - 1), from the problems that gave too many.

    Level claims more than need be taken: all lose theirs, and what then is left is too little for
    all of them, which is the same tie. A unit without a seat has the lowest (2 seats - 1) / people.
    """
    while (rows := np.flatnonzero(missing < 0)).size:
        current, persons, over = sure.take(rows, axis=1), people.take(rows, axis=1), -missing[rows]
        level = _largest(2 * current - 1, persons)
        count = level.sum(axis=0, dtype=missing.dtype)
        split = count > over
        unit, place = np.nonzero(level)
        sure[unit, rows[place]] -= 1
        tied[unit, rows[place]] = split[place]
        missing[rows] = np.where(split, 0, count - over)


def _largest(above: Block, below: Block) -> Flags:
    """The units with the largest fraction above / below of each problem; below may be 0.

    In 32 bits above x below' of any two units is below 2**31. Two different fractions then differ
    by more than one part in 2**31, and float64, which rounds at the 53rd bit, keeps their order;
    equal fractions give the same float64. Wider ones are compared by cross-multiplication.
    """
    if above.dtype == np.int32:
        with np.errstate(divide="ignore"):
            ratio = above / below
        largest: Flags = ratio == ratio.max(axis=0)
        return largest
    best_above, best_below = above[0], below[0]
    for unit in range(1, len(above)):
        better = above[unit] * best_below > best_above * below[unit]
        best_above = np.where(better, above[unit], best_above)
        best_below = np.where(better, below[unit], best_below)
    equal: Flags = above * best_below == best_above * below
    return equal


_METHODS: dict[str, Callable[[Block, Block, Block], tuple[Block, Flags]]] = {
    "largest-remainder": _largest_remainder,
    "sainte-lague": _sainte_lague,
}
