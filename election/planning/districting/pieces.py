"""What seats are shared among first: islands of units that hang together, and units to be divided.

The shares make the first plan and a bound: no drawing of borders does better than its averages.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective, PlannerUnit
from election.planning.districting.splits import SplitUnit
from election.rules.districts.contiguity import connected_pieces, neighbours_of

Neighbours = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class SeatPiece:
    """An island, or a unit to be divided: what seats are shared among first."""

    units: tuple[int, ...]
    population: int
    split: SplitUnit | None
    least: int
    most: int


def neighbours_by_place(
    units: Sequence[PlannerUnit], pairs: Sequence[tuple[str, str]]
) -> list[list[int]]:
    """The neighbours of each unit by position, in fixed order; borders given twice count once."""
    place = {unit.code: i for i, unit in enumerate(units)}
    by_place = neighbours_of((place[a], place[b]) for a, b in pairs)
    return [sorted(by_place.get(i, ())) for i in range(len(units))]


def too_big(unit: PlannerUnit, measure: Measure) -> bool:
    """Whether a unit has more people than the seats of one district stand for; two at least."""
    share = unit.population * measure.seats
    return unit.population > 1 and share > measure.most * measure.persons


def pieces_of(
    units: Sequence[PlannerUnit],
    neighbours: Neighbours,
    measure: Measure,
    divided: dict[int, SplitUnit],
    locked: set[int],
    groups: Sequence[frozenset[int]],
) -> list[SeatPiece]:
    """Units to be divided and islands in the order of their first unit; seats they can take.

    locked: units that have their district already.
    """
    drawn = [i for i in range(len(units)) if i not in divided and i not in locked]
    both = [
        _island(island, units, measure, groups)
        for island in connected_pieces(drawn, neighbours.__getitem__)
    ]
    for place, split in divided.items():
        population = units[place].population
        both.append(SeatPiece((place,), population, split, split.least, split.most(measure)))
    return sorted(both, key=lambda piece: piece.units)


def _island(
    island: Sequence[int],
    units: Sequence[PlannerUnit],
    measure: Measure,
    groups: Sequence[frozenset[int]],
) -> SeatPiece:
    # units that stay together make one district at most
    bound = sum(len(group) - 1 for group in groups if group <= set(island))
    return SeatPiece(
        units=tuple(island),
        population=sum(units[i].population for i in island),
        split=None,
        least=1,
        most=measure.most * (len(island) - bound),
    )


def needed(pieces: Iterable[SeatPiece]) -> int:
    """The fewest seats they can have together."""
    return sum(piece.least for piece in pieces)


def share(
    pieces: Sequence[SeatPiece], measure: Measure, free: int
) -> tuple[list[int], list[Fraction]]:
    """Seats of each piece, as near to its population as the whole allows; what they cost at least.

    Every piece starts at the seats that suit it best. What is given too much or too little is then
    moved where it costs least. As the cost of a piece only grows with the distance from its best,
    this is the best way to share (the largest cost, or the sum of costs, is least). A piece's
    average is a bound for its districts: they cannot all be better than it.
    """
    seats = [_best(piece, measure) for piece in pieces]
    short = free - sum(seats)
    step = 1 if short > 0 else -1

    def price(i: int) -> Fraction:
        after = measure.cost(pieces[i].population, seats[i] + step)
        if measure.objective is Objective.SUM:
            return after - measure.cost(pieces[i].population, seats[i])
        return after

    _move(abs(short), seats, step, pieces, price)
    return seats, [measure.cost(p.population, n) for p, n in zip(pieces, seats, strict=True)]


def _best(piece: SeatPiece, measure: Measure) -> int:
    """The seats that cost least; of equal ones the fewer."""
    whole = piece.population * measure.seats // measure.persons
    options = {min(max(n, piece.least), piece.most) for n in (whole, whole + 1)}
    return min(sorted(options), key=lambda n: measure.cost(piece.population, n))


def _move(
    count: int,
    seats: list[int],
    step: int,
    pieces: Sequence[SeatPiece],
    price: Callable[[int], Fraction],
) -> None:
    """Give (step 1) or take (step -1) `count` seats, always where the price is lowest."""

    def free(i: int) -> bool:
        return pieces[i].least <= seats[i] + step <= pieces[i].most

    queue = [(price(i), i) for i in range(len(pieces)) if free(i)]
    heapify(queue)
    for _ in range(count):
        _, i = heappop(queue)
        seats[i] += step
        if free(i):
            heappush(queue, (price(i), i))
