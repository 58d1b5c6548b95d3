"""Lower bounds: how good no plan can be, whatever it looks like. Proven, exact, often weak.

Every unit that is not split lies in some connected district. The best district that can be drawn
around it, of all connected sets of units that contain it, bounds the whole plan. Those sets are
listed; where there are too many to list, the unit says nothing. This is for places too large for a
proof over all plans (exact.py), whose bounds are higher and can never undercut these.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from election.planning.districting.effort import SETS
from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective

SETS_PER_UNIT = 4_000  # connected sets listed around one unit before it is given up
_LONG = 64  # neighbours whose copying takes as long as listing a set

_ZERO = Fraction()
_NEVER = float("inf")


def whole_person_bound(measure: Measure) -> Fraction:
    """People are whole: districts cannot all have exactly their share.

    No sharing of the people among any districts of 1 to most seats is better, borders or not.
    """
    if measure.objective is Objective.SUM:
        return Fraction(_least_sum(measure), measure.persons)
    low, high = 0, measure.common * measure.seats  # each within one person of its share
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _shareable(measure, middle) else (middle + 1, high)
    return Fraction(low, measure.common * measure.persons)


def _shareable(measure: Measure, worst: int) -> bool:
    """Whether districts off by at most `worst` can hold all people: the fewest and the most."""
    persons, seats = measure.persons, measure.seats
    options = []
    for size in range(1, measure.most + 1):
        off = worst * size // measure.common
        fewest, most = max(0, -((off - size * persons) // seats)), (size * persons + off) // seats
        if fewest <= most:
            options.append((size, fewest, most))
    low: list[float] = [0.0] + [_NEVER] * seats
    high: list[float] = [0.0] + [-_NEVER] * seats
    for used in range(1, seats + 1):
        ways = [(used - size, least, most) for size, least, most in options if size <= used]
        low[used] = min((low[rest] + least for rest, least, _ in ways), default=_NEVER)
        high[used] = max((high[rest] + most for rest, _, most in ways), default=-_NEVER)
    return low[seats] <= persons <= high[seats]


def _least_sum(measure: Measure) -> int:
    """The least sum of `off` of districts that hold all people between them.

    To be more than one person off never helps: another district is then off the other way. So each
    is rounded down or up. Seats are used up one district after the other; what is kept is the least
    sum for each difference between people so far and the exact share of these seats, rounded down.
    """
    persons, seats, most = measure.persons, measure.seats, measure.most
    exact = [used * persons // seats for used in range(seats + 1)]
    width = 2 * seats + 3
    table = np.full((seats + 1, width), np.iinfo(np.int64).max // 2)
    table[0, seats + 1] = 0
    for used in range(1, seats + 1):
        for size in range(1, min(most, used) + 1):
            whole, remainder = divmod(size * persons, seats)
            for people, off in ((whole, remainder), (whole + 1, seats - remainder)):
                shift = people - (exact[used] - exact[used - size])
                table[used] = np.minimum(table[used], np.roll(table[used - size], shift) + off)
    return int(table[seats, seats + 1])


class UnitBounds:
    """The bound from the best district around each unit; people and borders as in the search."""

    def __init__(
        self,
        people: Sequence[int],
        neighbours: Sequence[Sequence[int]],
        measure: Measure,
        spend: Callable[[int], object] = lambda _steps: None,
    ) -> None:
        """spend: called with the steps that were taken."""
        self.people, self.neighbours, self.measure, self.spend = people, neighbours, measure, spend
        self._shares = measure.objective is Objective.SUM
        common = measure.common
        self._weights = [1 if self._shares else common // s for s in range(1, measure.most + 1)]
        self._unit = measure.persons * (1 if self._shares else common)
        self._full = measure.most * measure.persons

    def bound(self, units: Sequence[int], district_of: Callable[[int], int], sets: int) -> Fraction:
        """The largest (`max`) or the sum (`sum`) of what the units of an island prove.

        By `max` a unit proves the least |deviation| of a district around it. By `sum` a district's
        cost is charged to its units in proportion to their people, and a unit proves the least
        charge it can have. district_of gives the people of some district that holds the unit: the
        search for a better one starts there. sets: how many connected sets may be listed in all;
        counted and not timed, so the answer repeats.
        """
        proven = _ZERO
        inside = frozenset(units)
        for unit in sorted(units, key=lambda u: (-self.people[u], u)):
            if sets <= 0:
                break
            enough = _ZERO if self._shares else proven
            limit = min(sets, SETS_PER_UNIT)
            price, used = self._cheapest(unit, inside, district_of(unit), enough, limit)
            sets -= used
            self.spend(1 + used // SETS)
            proven = proven + price if self._shares else max(proven, price)
        return proven

    def _price(self, unit: int, people: int) -> tuple[int, int]:
        """What `unit` proves in a district of so many people, as num / den in `_unit`s."""
        measure = self.measure
        cost = min(
            measure.off(people, seats) * weight for seats, weight in enumerate(self._weights, 1)
        )
        return (cost * self.people[unit], people) if self._shares and people else (cost, 1)

    def _cheapest(
        self, unit: int, inside: frozenset[int], start: int, enough: Fraction, limit: int
    ) -> tuple[Fraction, int]:
        """(the least price of any connected set around the unit, sets listed); 0 if given up.

        Stops as soon as the unit cannot prove more than `enough`.
        """
        if self._shares and not self.people[unit]:
            return _ZERO, 0
        price_num, price_den = self._price(unit, start)
        used, floor = 0, enough * self._unit
        touching = [neighbour for neighbour in self.neighbours[unit] if neighbour in inside]
        stack = [iter([(self.people[unit], touching, frozenset((unit, *touching)))])]
        while stack and price_num * floor.denominator > floor.numerator * price_den:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                continue
            people, border, reached = following
            used += 1 + len(border) // _LONG  # copying a long border is work too
            if used > limit:
                return _ZERO, used
            price = self._price(unit, people)
            dearer = price[0] * price_den >= price_num * price[1]
            if not dearer:
                price_num, price_den = price
            if not (dearer and people * self.measure.seats > self._full):
                stack.append(self._extend(people, border, reached, inside))
        return Fraction(price_num, price_den * self._unit), used

    def _extend(
        self, people: int, border: list[int], reached: frozenset[int], inside: frozenset[int]
    ) -> Iterator[tuple[int, list[int], frozenset[int]]]:
        """Every connected set with one unit more, each set on one way only.

        A unit of the border that is passed over stays in `reached` and is never taken on this way.
        More people than the most seats stand for only cost more and more: see the caller.
        """
        for i, unit in enumerate(border):
            fresh = [
                neighbour
                for neighbour in self.neighbours[unit]
                if neighbour in inside and neighbour not in reached
            ]
            yield people + self.people[unit], border[i + 1 :] + fresh, reached.union(fresh)
