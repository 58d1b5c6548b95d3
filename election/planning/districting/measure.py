"""Deviations as whole numbers, so that plans are compared exactly and fast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from election.planning.districting.plans import Objective

Score = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """The average persons per seat of the area, and the yardstick made of it.

    persons, seats: of the whole area; most: seats a district may have.
    """

    persons: int
    seats: int
    most: int
    objective: Objective

    @property
    def common(self) -> int:
        """A number every allowed number of seats divides."""
        return lcm(*range(1, self.most + 1))

    def off(self, population: int, seats: int) -> int:
        """|deviation| x seats x persons of the area: the share of the sum, as a whole number."""
        return abs(population * self.seats - seats * self.persons)

    def cost(self, population: int, seats: int) -> Fraction:
        """What these seats for these people cost by the objective (also for several districts)."""
        off = Fraction(self.off(population, seats), self.persons)
        return off if self.objective is Objective.SUM else off / seats

    def together(self, costs: Sequence[Fraction]) -> Fraction:
        """What all these cost by the objective."""
        if self.objective is Objective.SUM:
            return sum(costs, Fraction())
        return max(costs, default=Fraction())

    def score(self, districts: Iterable[tuple[int, int]]) -> Score:
        """(objective, tie-break) of districts given as (population, seats); smaller is better.

        The largest |deviation| x common x persons and the sum of `off`, in the order of the
        objective: of plans equal by one the better by the other is preferred.
        """
        common, worst, together = self.common, 0, 0
        for population, seats in districts:
            off = self.off(population, seats)
            worst, together = max(worst, off * (common // seats)), together + off
        return self.ordered(worst, together)

    def ordered(self, worst: int, together: int) -> Score:
        """Put both measures into the order of the objective."""
        return (worst, together) if self.objective is Objective.MAX else (together, worst)

    def value(self, score: Score) -> Fraction:
        """The objective as the contract defines it."""
        if self.objective is Objective.MAX:
            return Fraction(score[0], self.common * self.persons)
        return Fraction(score[0], self.persons)

    def worst(self, score: Score) -> float:
        """The largest |deviation| behind a score, to steer by."""
        worst = score[0] if self.objective is Objective.MAX else score[1]
        return worst / (self.common * self.persons)
