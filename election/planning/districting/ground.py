"""The ground of a plan: what is fixed taken out, what belongs together joined, seats shared.

Locked districts and units to be divided leave the ground; borders across regions and around units
that stand alone are closed; units that stay together and touch become one brick. What is left falls
into islands. Here they get a first share of the seats; the exact planner shares them anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from election.planning.districting.columns import Area
from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective, Unit
from election.planning.districting.splits import SplitUnit
from election.planning.districting.wishes import Wishes
from election.rules.terms import InputFault, InputFaults

Near = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Island:
    """Bricks (by position) that hang together, and their seats in the first plan."""

    bricks: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What is to be planned.

    bricks: positions of the units each is made of; area: people, borders, wishes over bricks.
    locked: districts that stay, as (units, seats). splits and split_seats: units to be divided and
    their seats in the first plan. seats, least, most: seats and number of districts without the
    locked ones. bound: no sharing of seats does better, whatever the borders.
    """

    bricks: tuple[tuple[int, ...], ...]
    area: Area
    islands: tuple[Island, ...]
    locked: tuple[tuple[tuple[int, ...], int], ...]
    splits: tuple[SplitUnit, ...]
    split_seats: tuple[int, ...]
    seats: int
    least: int | None
    most: int | None
    bound: Fraction


@dataclass(frozen=True, slots=True)
class _Piece:
    """An island, or a unit to be divided: what seats are shared among first."""

    units: tuple[int, ...]
    population: int
    split: SplitUnit | None
    least: int
    most: int


def prepare(units: Sequence[Unit], near: Near, measure: Measure, wishes: Wishes) -> Ground:
    """Divide big units, close borders, join bricks, find islands, share the seats among them.

    A unit is big when it has more people than the seats of one district stand for. When the seats
    do not suffice to give big units and all the islands between them districts of their own, the
    smallest big units stay whole. Raises InputFaults when no plan exists at all.
    """
    place = {unit.code: i for i, unit in enumerate(units)}
    locked = tuple(
        (tuple(place[code] for code in lock.units), lock.seats)
        for lock in wishes.locked
        if all(code in place for code in lock.units)
    )
    gone = {unit for district, _ in locked for unit in district}
    free = measure.seats - sum(seats for _, seats in locked)
    open_borders = _open(near, place, wishes)
    asked = _asked(units, place, wishes)
    groups = joined([[place[code] for code in group] for group in wishes.together])
    kept = gone.union(place[c] for group in wishes.together for c in group)
    big = [i for i in _big(units, measure) if i not in kept and i not in asked]
    big.sort(key=lambda i: (-units[i].population, i))
    while True:
        divided = {**asked, **{i: SplitUnit(i, units[i]) for i in big}}
        pieces = _pieces(units, open_borders, measure, divided, gone, groups)
        least, most = sum(p.least for p in pieces), sum(p.most for p in pieces)
        if least <= free <= most:
            break
        if not big:
            raise InputFaults([_impossible(measure, pieces, free, len(units), locked)])
        big.pop()
    _enough_districts(pieces, len(locked), wishes)
    return _ground(units, open_borders, measure, wishes, pieces, locked)


def _enough_districts(pieces: Sequence[_Piece], locked: int, wishes: Wishes) -> None:
    """Every island is a district at least, every divided unit two: so many must be wished for."""
    count = locked + sum(1 if piece.split is None else 2 for piece in pieces)
    if wishes.most is not None and count > wishes.most:
        raise InputFaults(
            [
                InputFault(
                    "max_districts",
                    f"最多{wishes.most}个选区不可行：互不相连、单独、锁定和拆分的单元至少要{count}个",
                    f"at most {wishes.most} districts cannot be: units that are unconnected, "
                    f"alone, locked or divided take {count} at least",
                )
            ]
        )


def _asked(
    units: Sequence[Unit], place: dict[str, int], wishes: Wishes
) -> dict[int, SplitUnit]:  # fmt: skip
    """Units divided by the office's choice, with the parts that are locked."""
    fixed: dict[int, dict[int, int]] = {place[code]: {} for code in wishes.split}
    for lock in wishes.locked:
        if lock.units[0] not in place:
            code, _, number = lock.units[0].rpartition("#")
            fixed.setdefault(place[code], {})[int(number)] = lock.seats
    return {i: SplitUnit(i, units[i], parts) for i, parts in fixed.items()}


def _open(near: Near, place: dict[str, int], wishes: Wishes) -> list[list[int]]:
    """The borders districts may grow across: not out of a region, not around who stands alone."""
    region = {place[code]: i for i, codes in enumerate(wishes.within, 1) for code in codes}
    alone = {place[code] for code in wishes.alone}
    return [
        [o for o in others if region.get(i) == region.get(o) and not alone & {i, o}]
        for i, others in enumerate(near)
    ]


def _big(units: Sequence[Unit], measure: Measure) -> list[int]:
    limit = measure.most * measure.persons
    return [i for i, unit in enumerate(units) if unit.population * measure.seats > limit]


def _pieces(
    units: Sequence[Unit],
    near: Near,
    measure: Measure,
    divided: dict[int, SplitUnit],
    gone: set[int],
    groups: Sequence[frozenset[int]],
) -> list[_Piece]:
    """Units to be divided and islands in the order of their first unit; seats they can take."""
    seen, pieces = {*divided, *gone}, []
    for start in range(len(units)):
        if start in divided:
            split = divided[start]
            population = units[start].population
            top = max(split.least, population)
            if split.by_groups(measure):
                top = min(top, measure.most * len(units[start].groups))
            pieces.append(_Piece((start,), population, split, split.least, top))
        elif start not in seen:
            island = reach(start, near, seen)
            population = sum(units[i].population for i in island)
            # units that stay together make one district at most
            bound = sum(len(group) - 1 for group in groups if group <= set(island))
            top = measure.most * (len(island) - bound)
            pieces.append(_Piece(island, population, None, 1, top))
    return pieces


def reach(start: int, near: Near, seen: set[int]) -> tuple[int, ...]:
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


def _impossible(
    measure: Measure,
    pieces: Sequence[_Piece],
    free: int,
    units: int,
    locked: Sequence[object],
) -> InputFault:
    seats, fixed = measure.seats, len(locked)
    if free < sum(piece.least for piece in pieces):
        islands = len(pieces)
        rest = f"，除锁定的选区外还有{free}名" if fixed else ""
        left = f" ({free} are left beside the locked districts)" if fixed else ""
        return InputFault(
            "seats",
            f"单元互不相连，分成{islands}片，每片至少1名，名额{seats}名不够{rest}",
            f"the units fall into {islands} unconnected parts that need a seat each; "
            f"{seats} seats are too few{left}",
        )
    most = fixed + sum(-(-piece.most // measure.most) for piece in pieces)
    return InputFault(
        "seats",
        f"{units}个单元最多划{most}个选区，每个选区最多{measure.most}名，名额{seats}名放不下",
        f"{units} units make at most {most} districts of at most {measure.most} seats; "
        f"{seats} seats do not fit",
    )


def _ground(
    units: Sequence[Unit],
    near: Near,
    measure: Measure,
    wishes: Wishes,
    pieces: Sequence[_Piece],
    locked: tuple[tuple[tuple[int, ...], int], ...],
) -> Ground:
    place = {unit.code: i for i, unit in enumerate(units)}
    here = [unit for piece in pieces if piece.split is None for unit in piece.units]
    groups = joined([[place[c] for c in group] for group in wishes.together])
    groups = [group for group in groups if group <= set(here)]
    bricks = _bricks(here, near, groups)
    home = {unit: i for i, brick in enumerate(bricks) for unit in brick}
    area = Area(
        people=[sum(units[unit].population for unit in brick) for brick in bricks],
        near=[
            sorted({home[o] for unit in brick for o in near[unit] if o in home} - {i})
            for i, brick in enumerate(bricks)
        ],
        together=[
            whole for group in groups if len(whole := frozenset(home[unit] for unit in group)) > 1
        ],
        apart=sorted(
            {
                (min(pair), max(pair))
                for a, b in wishes.apart
                if place[a] in home and place[b] in home
                for pair in [(home[place[a]], home[place[b]])]
            }
        ),
    )
    fixed = [
        (sum(units[unit].population for unit in district), seats) for district, seats in locked
    ]
    free = measure.seats - sum(seats for _, seats in fixed)
    seats, costs = _share(pieces, measure, free)
    costs += [measure.cost(people, number) for people, number in fixed]
    both = list(zip(pieces, seats, strict=True))
    return Ground(
        bricks=tuple(bricks),
        area=area,
        islands=tuple(
            Island(tuple(sorted({home[unit] for unit in piece.units})), number)
            for piece, number in both
            if piece.split is None
        ),
        locked=locked,
        splits=tuple(piece.split for piece in pieces if piece.split),
        split_seats=tuple(number for piece, number in both if piece.split),
        seats=free,
        least=None if wishes.least is None else max(0, wishes.least - len(locked)),
        most=None if wishes.most is None else wishes.most - len(locked),
        bound=sum(costs, Fraction()) if measure.objective is Objective.SUM else max(costs),
    )


def joined(groups: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """Groups with a common member are one group."""
    whole: list[set[int]] = []
    for group in map(set, groups):
        touching = [other for other in whole if other & group]
        for other in touching:
            group |= other
            whole.remove(other)
        whole.append(group)
    return [frozenset(group) for group in whole]


def _bricks(
    here: Sequence[int], near: Near, groups: Sequence[frozenset[int]]
) -> list[tuple[int, ...]]:
    """Units, and groups that touch each other as one; a scattered group stays several bricks."""
    members = {unit: group for group in groups for unit in group}
    seen: set[int] = set()
    bricks = []
    for unit in sorted(here):
        if unit in seen:
            continue
        group = members.get(unit, frozenset([unit]))
        outside = set(range(len(near))) - group if len(group) > 1 else set()
        brick = reach(unit, near, outside | (seen & group)) if len(group) > 1 else (unit,)
        seen.update(brick)
        bricks.append(brick)
    return bricks


def _share(
    pieces: Sequence[_Piece], measure: Measure, free: int
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
