"""The ground of a plan: units and borders, big units cut into parts, seats for each island."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective, Part, Split, Unit
from election.rules.terms import InputFault, InputFaults

Near = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Island:
    """Units (by position) that hang together once big units are taken out, and their seats."""

    units: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Ground:
    """Islands to be planned, units already split, and the bound that follows from the seats alone.

    bound: no way of giving seats to islands and split units does better, whatever the borders.
    """

    islands: tuple[Island, ...]
    splits: tuple[Split, ...]
    bound: Fraction


@dataclass(frozen=True, slots=True)
class _Piece:
    """An island, or a big unit alone: what seats are shared among first."""

    units: tuple[int, ...]
    population: int
    big: bool
    least: int
    most: int


def prepare(units: Sequence[Unit], near: Near, measure: Measure) -> Ground:
    """Split big units, find the islands, share the seats among them.

    A unit is big when it has more people than the seats of one district stand for. When the seats
    do not suffice to give big units and all the islands between them districts of their own, the
    smallest big units stay whole. Raises InputFaults when no plan exists at all.
    """
    big = sorted(_big(units, measure), key=lambda i: (-units[i].population, i))
    while True:
        pieces = _pieces(units, near, measure, frozenset(big))
        least, most = sum(p.least for p in pieces), sum(p.most for p in pieces)
        if least <= measure.seats <= most:
            break
        if not big:
            raise InputFaults([_impossible(measure, len(pieces), len(units), least)])
        big.pop()
    seats, bound = _share(pieces, measure)
    both = list(zip(pieces, seats, strict=True))
    return Ground(
        islands=tuple(Island(p.units, n) for p, n in both if not p.big),
        splits=tuple(_split(units[p.units[0]], n, measure.most) for p, n in both if p.big),
        bound=bound,
    )


def _big(units: Sequence[Unit], measure: Measure) -> list[int]:
    limit = measure.most * measure.persons
    return [i for i, unit in enumerate(units) if unit.population * measure.seats > limit]


def _pieces(
    units: Sequence[Unit], near: Near, measure: Measure, big: frozenset[int]
) -> list[_Piece]:
    """Big units and islands in the order of their first unit, with the seats they can take."""
    seen, pieces = set(big), []
    for start in range(len(units)):
        if start in big:
            population = units[start].population
            pieces.append(_Piece((start,), population, True, 2, max(2, population)))
        elif start not in seen:
            island = _reach(start, near, seen)
            population = sum(units[i].population for i in island)
            pieces.append(_Piece(island, population, False, 1, measure.most * len(island)))
    return pieces


def _reach(start: int, near: Near, seen: set[int]) -> tuple[int, ...]:
    """All units connected with `start` outside `seen`, in order; they are added to `seen`."""
    island, border = [start], [start]
    seen.add(start)
    while border:
        for other in near[border.pop()]:
            if other not in seen:
                seen.add(other)
                island.append(other)
                border.append(other)
    return tuple(sorted(island))


def _impossible(measure: Measure, islands: int, units: int, least: int) -> InputFault:
    seats = measure.seats
    if seats < least:
        return InputFault(
            "seats",
            f"单元互不相连，分成{islands}片，每片至少1名，名额{seats}名不够",
            f"the units fall into {islands} unconnected parts that need a seat each; "
            f"{seats} seats are too few",
        )
    return InputFault(
        "seats",
        f"{units}个单元最多划{units}个选区，每个选区最多{measure.most}名，名额{seats}名放不下",
        f"{units} units make at most {units} districts of at most {measure.most} seats; "
        f"{seats} seats do not fit",
    )


def _share(pieces: Sequence[_Piece], measure: Measure) -> tuple[list[int], Fraction]:
    """Seats of each piece, as near to its population as the whole allows; the cost is a bound.

    Every piece starts at the seats that suit it best. What is given too much or too little is then
    moved where it costs least. As the cost of a piece only grows with the distance from its best,
    this is the best way to share (the largest cost, or the sum of costs, is least). A piece's
    average is a bound for its districts: they cannot all be better than it.
    """
    seats = [_best(piece, measure) for piece in pieces]
    short = measure.seats - sum(seats)
    step = 1 if short > 0 else -1

    def price(i: int) -> Fraction:
        after = measure.cost(pieces[i].population, seats[i] + step)
        if measure.objective is Objective.SUM:
            return after - measure.cost(pieces[i].population, seats[i])
        return after

    _move(abs(short), seats, step, pieces, price)
    costs = [measure.cost(p.population, n) for p, n in zip(pieces, seats, strict=True)]
    return seats, sum(costs, Fraction()) if measure.objective is Objective.SUM else max(costs)


def _best(piece: _Piece, measure: Measure) -> int:
    """The seats that cost least; of equal ones the fewer."""
    whole = piece.population * measure.seats // measure.persons
    options = {min(max(n, piece.least), piece.most) for n in (whole, whole + 1)}
    return min(sorted(options), key=lambda n: measure.cost(piece.population, n))


def _move(
    count: int,
    seats: list[int],
    step: int,
    pieces: Sequence[_Piece],
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


def _split(unit: Unit, seats: int, most: int) -> Split:
    """Parts as equal in seats as possible; whole persons in proportion to the seats."""
    count = max(2, -(-seats // most))
    sizes = [seats // count + (i < seats % count) for i in range(count)]
    # cut the people where the seats so far end: each part is within one person of its share
    ends = [unit.population * sum(sizes[: i + 1]) // seats for i in range(count)]
    people = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    parts = [
        Part(f"{unit.code}#{i + 1}", size, persons)
        for i, (size, persons) in enumerate(zip(sizes, people, strict=True))
    ]
    return Split(unit.code, unit.population, tuple(parts))
