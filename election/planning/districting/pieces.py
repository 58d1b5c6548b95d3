"""What seats are shared among first: islands of units that hang together, and units to be divided.

The shares make the first plan and a bound: no drawing of borders does better than its averages.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective, PlannerUnit
from election.planning.districting.splits import SplitUnit, divisions
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


def least_cost(split: SplitUnit, measure: Measure) -> Fraction:
    """What a unit to be divided costs at least, in whole persons, whatever seats it gets."""
    near = _near(split, measure)
    beyond = {near[0] - 1, near[-1] + 1}.intersection(split.options(measure, near[-1] + 1))
    averages = [measure.cost(split.unit.population, seats) for seats in beyond]
    return min([_whole_cost(split, measure, seats) for seats in near] + averages)


def _near(split: SplitUnit, measure: Measure) -> list[int]:
    """The seats around its share; farther away already its average costs more and more."""
    share = split.unit.population * measure.seats // measure.persons
    most = split.most(measure)
    return sorted({min(max(n, split.least), most) for n in range(share - 1, share + 3)})


def _whole_cost(split: SplitUnit, measure: Measure, seats: int) -> Fraction:
    """The best division into so many seats; where there is none, what its average costs."""
    costs = [
        Fraction(way.off, measure.persons)
        if measure.objective is Objective.SUM
        else Fraction(way.worst, measure.common * measure.persons)
        for way in divisions(split, measure, [seats])
    ]
    return min(costs, default=measure.cost(split.unit.population, seats))


def whole_bound(pieces: Sequence[SeatPiece], measure: Measure, free: int) -> Fraction:
    """What units to be divided cost in whole persons, and everything beside them, at least.

    By `max` the seats of all pieces are looked at together: the bound is the least cost at which
    they can use all seats. By `sum` each unit takes the seats that suit it best.
    """
    splits = [piece.split for piece in pieces if piece.split]
    if measure.objective is Objective.SUM:
        return sum((least_cost(split, measure) for split in splits), Fraction())
    costs = {
        (split.place, seats): _whole_cost(split, measure, seats)
        for split in splits
        for seats in _near(split, measure)
    }
    top = max(costs.values(), default=Fraction())
    levels = sorted(
        {Fraction(), top}.union(
            cost
            for piece in pieces
            for seats in _around(piece, measure, top)
            if (cost := _piece_cost(piece, seats, measure, costs)) < top
        )
    )
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high) // 2
        usable = _usable(pieces, measure, costs, levels[middle])
        low, high = (low, middle) if _reach(usable, free) else (middle + 1, high)
    return levels[low]


def _piece_cost(
    piece: SeatPiece, seats: int, measure: Measure, costs: dict[tuple[int, int], Fraction]
) -> Fraction:
    """The whole cost that is known, or what its average costs."""
    return costs.get((piece.units[0], seats)) or measure.cost(piece.population, seats)


def _usable(
    pieces: Sequence[SeatPiece],
    measure: Measure,
    costs: dict[tuple[int, int], Fraction],
    level: Fraction,
) -> list[list[int]]:
    """For each piece the seats that cost no more than this level."""
    return [
        [
            seats
            for seats in _around(piece, measure, level)
            if _piece_cost(piece, seats, measure, costs) <= level
        ]
        for piece in pieces
    ]


def _around(piece: SeatPiece, measure: Measure, level: Fraction) -> range:
    """The seats whose average is within the level, and one more on either side."""
    share = Fraction(piece.population * measure.seats, measure.persons)
    low = int(share / (1 + level)) - 1
    high = piece.most if level >= 1 else int(share / (1 - level)) + 1
    return range(max(piece.least, low), min(piece.most, high, measure.seats) + 1)


def _reach(usable: Sequence[Sequence[int]], free: int) -> bool:
    """Whether these numbers of seats, one of each piece, can add up to all that are free."""
    sums = 1  # a bit for each sum
    for numbers in usable:
        after = 0
        for seats in numbers:
            after |= sums << seats
        sums = after & ((1 << (free + 1)) - 1)
    return bool(sums >> free & 1)
