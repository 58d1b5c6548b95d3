"""For understanding: how equal people per seat could be with other numbers of seats.

The number of seats is fixed by the standing committee one level up; nothing here changes it.
Source: rulebook R1.6 for EL 13, ZJ 16 (who fixes it), R2.3 for EL 26, ZJ 21 (deviation).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.planning.apportionment import Apportionment, apportion
from election.rules.districts.checks import deviation
from election.rules.terms import InputFaults


@dataclass(frozen=True, slots=True)
class Point:
    """One number of seats.

    largest: the largest absolute deviation of people per seat; where seats are tied the largest
    that a decision could bring, None when nobody has a seat. worst: who has it. tied: seats held
    back. without: units with people that have no sure seat, hence nobody to speak for them.
    """

    seats: int
    largest: Fraction | None
    worst: tuple[str, ...]
    tied: int
    without: tuple[str, ...]

    @property
    def comparable(self) -> bool:
        """Whether the number can be among the best: no tie, nobody without a seat."""
        return self.largest is not None and not self.tied and not self.without


def curve(
    population: Mapping[str, int],
    sizes: Iterable[int],
    *,
    method: str,
    floor: int = 0,
    cap: int | None = None,
) -> tuple[Point, ...]:
    """The point of every number of seats the method and the limits allow; others are left out.

    Raises InputFaults when none is allowed, for the reason of the last.
    """
    points: list[Point] = []
    refusal: InputFaults | None = None
    for size in sizes:
        try:
            outcome = apportion(population, size, method=method, floor=floor, cap=cap)
        except InputFaults as refused:
            refusal = refused
        else:
            points.append(_point(outcome))
    if not points and refusal is not None:
        raise refusal
    return tuple(points)


def _point(outcome: Apportionment) -> Point:
    persons = sum(unit.population for unit in outcome.units)
    off: dict[str, Fraction] = {}
    for unit in outcome.units:
        counts = {unit.seats, unit.seats + unit.tied} - {0}
        deviations = [abs(deviation(unit.population, n, persons, outcome.seats)) for n in counts]
        if deviations:
            off[unit.code] = max(deviations)
    largest = max(off.values(), default=None)
    return Point(
        seats=outcome.seats,
        largest=largest,
        worst=tuple(code for code, value in off.items() if value == largest),
        tied=outcome.tied_seats,
        without=tuple(u.code for u in outcome.units if u.population and not u.seats),
    )


def best(points: Sequence[Point]) -> tuple[int, ...]:
    """The numbers of seats with the smallest largest deviation, of those that can be compared."""
    fit = [point for point in points if point.comparable]
    least = min((point.largest for point in fit if point.largest is not None), default=None)
    return tuple(point.seats for point in fit if point.largest == least)
