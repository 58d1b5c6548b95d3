"""The districts of one island while the search moves them about, with their score kept exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from election.planning.districting.columns import BrickGraph
from election.planning.districting.measure import Measure
from election.planning.districting.trees import Piece

Standing = tuple[int, int, int]  # wishes broken, then Measure.score


@dataclass(slots=True)
class ScoredDistrict:
    """One district: bricks (by position), seats, people, `worst` and `off` as in Measure.score.

    broken: wishes it does not keep; the search may pass through such plans.
    """

    units: list[int]
    seats: int
    people: int
    worst: int
    off: int
    broken: int = 0
    penalty: float = 0.0


class ScoredLayout:
    """Districts by key, the district of each unit, and the score of them all."""

    def __init__(
        self, area: BrickGraph, measure: Measure, numbers: tuple[int, int] = (0, 10**9)
    ) -> None:
        """numbers: the least and the most districts wished for."""
        self.people, self.neighbours, self.measure = area.people, area.neighbours, measure
        self.numbers = numbers
        self.districts: dict[int, ScoredDistrict] = {}
        self.home: dict[int, int] = {}
        self._mates = {brick: group for group in area.together for brick in group}
        self._foes: dict[int, set[int]] = {}
        for a, b in area.apart:
            self._foes.setdefault(a, set()).add(b)
        self._wishes = bool(self._mates or self._foes)
        self._common = measure.common
        self._next = 0
        self._worst: int | None = 0  # None: the worst district went, look again
        self._together = self._broken = 0

    @property
    def score(self) -> Standing:
        """Wishes broken and the score, as Measure.score would compute it from scratch."""
        if self._worst is None:
            self._worst = max((drawn.worst for drawn in self.districts.values()), default=0)
        broken = self._broken + self.surplus(len(self.districts))
        return broken, *self.measure.ordered(self._worst, self._together)

    def surplus(self, count: int) -> int:
        """How far a number of districts is from what is wished."""
        return max(0, self.numbers[0] - count, count - self.numbers[1])

    def draw(self, piece: Piece) -> ScoredDistrict:
        """Measure a piece without placing it."""
        units, seats = piece
        people = sum([self.people[unit] for unit in units])
        off = self.measure.off(people, seats)
        broken = self._breaks(units) if self._wishes else 0
        return ScoredDistrict(units, seats, people, off * (self._common // seats), off, broken)

    def _breaks(self, units: Sequence[int]) -> int:
        """Pairs that should be apart, groups that are torn."""
        inside = set(units)
        pairs = sum(len(self._foes[unit] & inside) for unit in units if unit in self._foes)
        groups = {self._mates[unit] for unit in units if unit in self._mates}
        return pairs + sum(not group <= inside for group in groups)

    def replace(self, old: Iterable[int], new: Iterable[ScoredDistrict]) -> None:
        """Take these districts away and place those."""
        for key in old:
            drawn = self.districts.pop(key)
            self._together -= drawn.off
            self._broken -= drawn.broken
            if drawn.worst == self._worst:
                self._worst = None
        for drawn in new:
            self.districts[self._next] = drawn
            for unit in drawn.units:
                self.home[unit] = self._next
            self._together += drawn.off
            self._broken += drawn.broken
            if self._worst is not None and drawn.worst > self._worst:
                self._worst = drawn.worst
            self._next += 1

    def districts_around(self, group: Sequence[int], key: int) -> list[int]:
        """The districts that touch district `key`, without those of the group; in fixed order."""
        touching = {
            self.home[neighbour]
            for unit in self.districts[key].units
            for neighbour in self.neighbours[unit]
            if neighbour in self.home
        }
        return sorted(touching.difference(group))

    def worst(self) -> int:
        """The key of the district with the highest penalty."""
        return max(self.districts, key=lambda key: (self.districts[key].penalty, key))

    def pieces(self) -> list[Piece]:
        """Units and seats of every district; the lists are never changed afterwards."""
        return [(drawn.units, drawn.seats) for drawn in self.districts.values()]
