"""Cutting a connected group of units into connected districts along a random spanning tree.

Every edge of a spanning tree divides the group into two connected sides, so whatever is cut here is
contiguous by construction. Floats steer the choice; plans are judged elsewhere, in whole numbers.
"""

from collections.abc import Sequence
from math import log

import numpy as np

from election.planning.districting.measure import Measure

Piece = tuple[list[int], int]  # units (by position) and seats

_TINY = 1e-300  # keeps the logarithm of a drawn zero finite
_MANY_SEATS = 4  # times the most of one district: from here on halves are cut before districts
_IN_TWO = 0.3  # how often what makes two districts is cut in two: a rest looks better than it is
_MANY_UNITS = 500  # from here on a tree without a balanced cut is peeled in one pass


class Draws:
    """A seeded stream of numbers in [0, 1), the same on every machine."""

    def __init__(self, seed: Sequence[int]) -> None:
        self._source = np.random.default_rng(seed)
        self._ready: list[float] = []

    def __call__(self) -> float:
        """The next number."""
        if not self._ready:
            self._ready = self._source.random(4096).tolist()
        return self._ready.pop()

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1."""
        return int(self() * count)


class _Tree:
    """A spanning tree as it grew: `up` gives for each place in `order` its parent's place."""

    def __init__(self, order: list[int], up: list[int], people: Sequence[int]) -> None:
        self.order, self.up = order, up
        self.people = [people[unit] for unit in order]
        self.size = [1] * len(order)

    def gather(self) -> None:
        """Add to each place the people and units of everything below it."""
        people, size, up = self.people, self.size, self.up
        for place in range(len(up) - 1, 0, -1):
            people[up[place]] += people[place]
            size[up[place]] += size[place]

    def fall_apart(self, cuts: dict[int, int], seats: int) -> list[Piece]:
        """The pieces when the tree is cut above these places, which take so many seats each."""
        owner = [0] * len(self.order)
        pieces: dict[int, Piece] = {0: ([], seats - sum(cuts.values()))}
        for place, unit in enumerate(self.order):
            if place in cuts:
                owner[place] = place
                pieces[place] = ([], cuts[place])
            elif place:
                owner[place] = owner[self.up[place]]
            pieces[owner[place]][0].append(unit)
        return list(pieces.values())


class Cutter:
    """Cuts groups of units into districts; `power` and `heat` say how strict it is.

    A district's penalty is seats x |deviation| ** power: a high power looks at the worst district
    only. Heat is the noise of the choice, in penalties; at 0 the best cut of the tree is made.
    """

    def __init__(
        self,
        people: Sequence[int],
        neighbours: Sequence[Sequence[int]],
        measure: Measure,
        draws: Draws,
    ) -> None:
        self.people, self.neighbours, self.draws = people, neighbours, draws
        self.most = measure.most
        self.average = measure.persons / measure.seats
        self.power, self.heat = 1.0, 0.0

    def penalty(self, people: int, seats: int) -> float:
        """How far a district, or a group still to be cut, is from the average."""
        off: float = abs(people / (seats * self.average) - 1.0) ** self.power
        return seats * off

    def cut(self, units: list[int], seats: int) -> list[Piece]:
        """Districts of 1..most seats that use these connected units and all these seats.

        Needs 1 <= seats <= most x number of units.
        """
        done: list[Piece] = []
        todo: list[Piece] = [(units, seats)]
        while todo:
            group, count = todo.pop()
            pieces = self._divide(group, count)
            (todo if len(pieces) > 1 else done).extend(pieces)
        return done

    def _divide(self, units: list[int], seats: int) -> list[Piece]:
        """The group whole, when it makes a district, or cut at one place (or peeled)."""
        if seats == 1 or len(units) == 1:
            return [(units, seats)]
        tree = self._grow(units)
        if seats > _MANY_SEATS * self.most:
            cut = self._best_cut(tree, seats, seats // 4)
            if cut is None and len(units) > _MANY_UNITS:
                return tree.fall_apart(self._peel(tree, seats), seats)
            cut = cut or self._best_cut(tree, seats, 1)
        elif self.most < seats <= 2 * self.most and self.draws() < _IN_TWO:
            cut = self._best_cut(tree, seats, seats - self.most) or self._best_cut(tree, seats, 1)
        else:
            cut = self._best_cut(tree, seats, 1)
        return tree.fall_apart(dict([cut]), seats) if cut else [(units, seats)]

    def _grow(self, units: list[int]) -> _Tree:
        """A random spanning tree: now bushy, now stringy, so that cuts of many shapes turn up."""
        inside, draws = set(units), self.draws
        bushy = draws() < 0.5
        order: list[int] = []
        up: list[int] = []
        border = [(units[draws.below(len(units))], -1)]
        while border:
            if bushy:
                pick = draws.below(len(border))
                border[pick], border[-1] = border[-1], border[pick]
            unit, parent = border.pop()
            if unit not in inside:
                continue
            inside.remove(unit)
            place = len(order)
            order.append(unit)
            up.append(parent)
            fresh = [
                (neighbour, place) for neighbour in self.neighbours[unit] if neighbour in inside
            ]
            if not bushy and len(fresh) > 1:
                pick = draws.below(len(fresh))
                fresh[pick], fresh[-1] = fresh[-1], fresh[pick]
            border.extend(fresh)
        return _Tree(order, up, self.people)

    def _best_cut(self, tree: _Tree, seats: int, least: int) -> tuple[int, int] | None:
        """(place, seats below it) of the least penalty; None: leave whole, or no such cut.

        Both sides get at least `least` seats and no more than their units can carry.
        """
        if tree.size[0] == 1:
            tree.gather()
        total, count, most = tree.people[0], tree.size[0], self.most
        best, lowest = None, float("inf")
        if seats <= most:
            lowest = self._noisy(self.penalty(total, seats))
        for place in range(1, count):
            people, size = tree.people[place], tree.size[place]
            low = max(least, seats - most * (count - size))
            high = min(seats - least, most * size)
            if low > high:
                continue
            nearest = min(max(int(people / self.average), low), high)
            for seats_below in (nearest, nearest + 1) if nearest < high else (nearest,):
                above = self.penalty(total - people, seats - seats_below)
                penalty = self._noisy(self.penalty(people, seats_below) + above)
                if penalty < lowest or (best is None and seats > most):
                    best, lowest = (place, seats_below), penalty
        return best

    def _noisy(self, penalty: float) -> float:
        return penalty - self.heat * log(self.draws() + _TINY) if self.heat else penalty

    def _peel(self, tree: _Tree, seats: int) -> dict[int, int]:
        """Many cuts in one pass, from the leaves inwards, until half of the seats are used.

        First only where people suffice for a seat, then, when that finds nothing, anywhere: a hub
        with thousands of small villages must not take a pass for each of them.
        """
        for forced in (0, 1):
            cuts = self._peel_once(tree, seats, forced)
            if cuts:
                break
        return cuts

    def _peel_once(self, tree: _Tree, seats: int, forced: int) -> dict[int, int]:
        people = [self.people[unit] for unit in tree.order]
        size, cuts = [1] * len(people), {}
        budget, units_left = seats // 2, len(people)
        seats_left = seats
        for place in range(len(people) - 1, 0, -1):
            deserved = max(forced, round(people[place] / self.average))
            part_seats = min(deserved, self.most * size[place], budget)
            if part_seats and seats_left - part_seats <= self.most * (units_left - size[place]):
                cuts[place] = part_seats
                budget -= part_seats
                units_left -= size[place]
                seats_left -= part_seats
            else:
                people[tree.up[place]] += people[place]
                size[tree.up[place]] += size[place]
        return cuts
