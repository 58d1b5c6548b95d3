"""Every district that could be drawn: connected sets of bricks, with seats, as columns of a matrix.

A plan is a choice of columns that holds each brick once. What is listed here is complete, so what
the solver proves of the list is proven of all plans; a list that would be too long is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from election.planning.districting.effort import SETS
from election.planning.districting.measure import Measure
from election.planning.districting.splits import Division

Ints = NDArray[np.int64]
BrickSet = tuple[tuple[int, ...], int, int]  # bricks, people, borders inside


class TooMany(Exception):
    """There are more connected sets than may be listed."""


@dataclass(frozen=True, slots=True)
class BrickGraph:
    """What districts are drawn over: bricks by position, who touches whom, what must not be.

    people: persons of each brick. neighbours: of each brick, by position. together: sets of
    bricks that share a district. apart: pairs that never do.
    """

    people: Sequence[int]
    neighbours: Sequence[Sequence[int]]
    together: Sequence[frozenset[int]] = ()
    apart: Sequence[tuple[int, int]] = ()

    def part(self, bricks: Sequence[int]) -> "BrickGraph":
        """The same area cut down to some bricks, numbered anew in their order.

        Bricks that must stay together are expected to be all in or all out.
        """
        place = {brick: i for i, brick in enumerate(bricks)}
        return BrickGraph(
            people=[self.people[brick] for brick in bricks],
            neighbours=[
                [place[o] for o in self.neighbours[brick] if o in place] for brick in bricks
            ],
            together=[
                frozenset(place[b] for b in group)
                for group in self.together
                if all(b in place for b in group)
            ],
            apart=[(place[a], place[b]) for a, b in self.apart if a in place and b in place],
        )


def connected_sets(
    area: BrickGraph,
    most_people: int,
    limit: int,
    spend: Callable[[], object] = lambda: None,
) -> Iterator[BrickSet]:
    """Each connected set of bricks with at most so many people, once; a single brick always.

    spend: called for every hundred sets.

    Sets that break a wish are passed over. Raises TooMany after `limit` sets were looked at.
    """
    neighbours = [sum(1 << neighbour for neighbour in touching) for touching in area.neighbours]
    people = area.people
    allowed = _Allowed(area)
    looked = 0
    for root in range(len(people)):
        closed = (2 << root) - 1  # bricks before the root have had their turn
        border = neighbours[root] & ~closed
        stack: list[tuple[tuple[int, ...], int, int, int, int, int]]
        stack = [((root,), 1 << root, people[root], border, closed | border, 0)]
        while stack:
            bricks, mask, count, border, reached, inside = stack.pop()
            looked += 1
            if looked > limit:
                raise TooMany
            if looked % SETS == 0:
                spend()
            if allowed(mask):
                yield bricks, count, inside
            while border:
                lowest = border & -border
                border ^= lowest
                brick = lowest.bit_length() - 1
                more = count + people[brick]
                if more <= most_people:
                    fresh = neighbours[brick] & ~reached
                    edges = inside + (neighbours[brick] & mask).bit_count()
                    grown = (*bricks, brick)
                    stack.append(
                        (grown, mask | lowest, more, border | fresh, reached | fresh, edges)
                    )


class _Allowed:
    """Whether a set of bricks keeps the wishes."""

    def __init__(self, area: BrickGraph) -> None:
        self._together = [sum(1 << b for b in group) for group in area.together]
        self._apart = [(1 << a) | (1 << b) for a, b in area.apart]

    def __call__(self, mask: int) -> bool:
        for group in self._together:
            if mask & group not in (0, group):
                return False
        return all(mask & pair != pair for pair in self._apart)


@dataclass(slots=True)
class GatheredColumns:
    """Columns while they are gathered: the rows each covers and its figures."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)
    worst: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)
    districts: list[int] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)

    def add(
        self, rows: tuple[int, ...], seats: int, worst: int, off: int, districts: int, inside: int
    ) -> None:
        """One column more."""
        self.rows.append(rows)
        self.seats.append(seats)
        self.worst.append(worst)
        self.off.append(off)
        self.districts.append(districts)
        self.inside.append(inside)

    def matrix(self, choices: Sequence[Division | None], height: int) -> "ColumnMatrix":
        """All of them, side by side."""
        return ColumnMatrix(
            rows=self.rows,
            seats=np.array(self.seats, dtype=np.int64),
            worst=np.array(self.worst, dtype=np.int64),
            off=np.array(self.off, dtype=np.int64),
            districts=np.array(self.districts, dtype=np.int64),
            inside=np.array(self.inside, dtype=np.int64),
            choices=choices,
            height=height,
        )


@dataclass(frozen=True)
class ColumnMatrix:
    """The matrix: which rows (bricks, then split units) each column covers, and its figures.

    seats, worst, off (as Measure.score counts them), districts and borders inside: one number per
    column. choices: for a column of a split unit its division, else None.
    """

    rows: Sequence[tuple[int, ...]]
    seats: Ints
    worst: Ints
    off: Ints
    districts: Ints
    inside: Ints
    choices: Sequence[Division | None]
    height: int

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def starts(self) -> Ints:
        """Where the rows of each column begin in `flat`."""
        lengths = np.fromiter((len(rows) for rows in self.rows), np.int64, len(self.rows))
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))

    @cached_property
    def flat(self) -> Ints:
        """The rows of all columns, one after the other."""
        return np.fromiter((r for rows in self.rows for r in rows), np.int64)

    def take(self, keep: NDArray[np.bool_]) -> "ColumnMatrix":
        """Only these columns."""
        where = np.flatnonzero(keep).tolist()
        return ColumnMatrix(
            [self.rows[i] for i in where],
            self.seats[keep],
            self.worst[keep],
            self.off[keep],
            self.districts[keep],
            self.inside[keep],
            [self.choices[i] for i in where],
            self.height,
        )


def columns_of(
    sets: Iterable[BrickSet],
    divisions: Sequence[Sequence[Division]],
    measure: Measure,
    bricks: int,
    *,
    below: int | None = None,
    share: int | None = None,
) -> ColumnMatrix:
    """Every set with every number of seats, every division of every split unit.

    below: only columns whose `worst` is less. share: only sets whose `off` is at most this.
    """
    listing = GatheredColumns()
    choices: list[Division | None] = []
    whole, persons, common = measure.seats, measure.persons, measure.common
    options = [(s, s * persons, common // s) for s in range(1, measure.most + 1)]
    for rows, people, inside in sets:
        claim = people * whole
        for seats, due, weight in options:
            off = abs(claim - due)
            if (below is None or off * weight < below) and (share is None or off <= share):
                listing.add(rows, seats, off * weight, off, 1, inside)
    choices.extend([None] * len(listing.rows))
    for row, ways in enumerate(divisions, start=bricks):
        for way in ways:
            if below is None or way.worst < below:
                listing.add((row,), way.seats, way.worst, way.off, len(way.parts), 0)
                choices.append(way)
    return listing.matrix(choices, bricks + len(divisions))
