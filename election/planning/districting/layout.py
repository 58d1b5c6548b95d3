"""The districts of one island while the search moves them about, with their score kept exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from election.planning.districting.measure import Measure, Score
from election.planning.districting.trees import Piece


@dataclass(slots=True)
class Drawn:
    """One district: units (by position), seats, people, `worst` and `off` as in Measure.score."""

    units: list[int]
    seats: int
    people: int
    worst: int
    off: int
    penalty: float = 0.0


class Layout:
    """Districts by key, the district of each unit, and the score of them all."""

    def __init__(
        self, people: Sequence[int], near: Sequence[Sequence[int]], measure: Measure
    ) -> None:
        self.people, self.near, self.measure = people, near, measure
        self.districts: dict[int, Drawn] = {}
        self.home: dict[int, int] = {}
        self._common = measure.common
        self._next = 0
        self._worst: int | None = 0  # None: the worst district went, look again
        self._together = 0

    @property
    def score(self) -> Score:
        """The score of these districts, as Measure.score would compute it from scratch."""
        if self._worst is None:
            self._worst = max((drawn.worst for drawn in self.districts.values()), default=0)
        return self.measure.ordered(self._worst, self._together)

    def draw(self, piece: Piece) -> Drawn:
        """Measure a piece without placing it."""
        units, seats = piece
        people = sum([self.people[unit] for unit in units])
        off = self.measure.off(people, seats)
        return Drawn(units, seats, people, off * (self._common // seats), off)

    def replace(self, old: Iterable[int], new: Iterable[Drawn]) -> None:
        """Take these districts away and place those."""
        for key in old:
            drawn = self.districts.pop(key)
            self._together -= drawn.off
            if drawn.worst == self._worst:
                self._worst = None
        for drawn in new:
            self.districts[self._next] = drawn
            for unit in drawn.units:
                self.home[unit] = self._next
            self._together += drawn.off
            if self._worst is not None and drawn.worst > self._worst:
                self._worst = drawn.worst
            self._next += 1

    def neighbours(self, group: Sequence[int], key: int) -> list[int]:
        """The districts that touch district `key`, without those of the group; in fixed order."""
        touching = {
            self.home[other]
            for unit in self.districts[key].units
            for other in self.near[unit]
            if other in self.home
        }
        return sorted(touching.difference(group))

    def worst(self) -> int:
        """The key of the district with the highest penalty."""
        return max(self.districts, key=lambda key: (self.districts[key].penalty, key))

    def pieces(self) -> list[Piece]:
        """Units and seats of every district; the lists are never changed afterwards."""
        return [(drawn.units, drawn.seats) for drawn in self.districts.values()]
