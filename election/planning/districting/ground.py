"""The ground of a plan: what is fixed taken out, what belongs together joined, seats shared.

Locked districts and units to be divided leave the ground; borders across regions and around units
that stand alone are closed; units that stay together and touch become one brick. What is left falls
into islands. Here they get a first share of the seats; the exact planner shares them anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from election.planning.districting.columns import BrickGraph
from election.planning.districting.measure import Measure
from election.planning.districting.pieces import (
    Near,
    SeatPiece,
    needed,
    pieces_of,
    share,
    too_big,
)
from election.planning.districting.plans import PlannerUnit
from election.planning.districting.splits import SplitUnit
from election.planning.districting.wishes import Wishes
from election.rules.districts.contiguity import connected_pieces
from election.rules.terms import InputFault, InputFaults

MOST_CHOICES = 30_000  # units x choices of big ones, that are all tried where not all are divided


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
    area: BrickGraph
    islands: tuple[Island, ...]
    locked: tuple[tuple[tuple[int, ...], int], ...]
    splits: tuple[SplitUnit, ...]
    split_seats: tuple[int, ...]
    seats: int
    least: int | None
    most: int | None
    bound: Fraction


def grounds(
    units: Sequence[PlannerUnit], near: Near, measure: Measure, wishes: Wishes
) -> tuple[list[Ground], Fraction | None]:
    """Divide big units, close borders, join bricks, find islands, share the seats among them.

    A unit is big when it has more people than the seats of one district stand for; all of them are
    divided. Only where a district has one seat, or where the seats do not suffice for all of them
    and the islands between them, there are several grounds, the most promising first: the objective
    decides which of them are divided. Not None: not all of those grounds are given, and this bounds
    the others. Raises InputFaults when no plan exists.
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
    kept = {*gone, *asked}.union(place[c] for group in wishes.together for c in group)
    big = [i for i, unit in enumerate(units) if i not in kept and too_big(unit, measure)]
    big.sort(key=lambda i: (-units[i].population, i))

    def parted(divided: Sequence[int]) -> list[SeatPiece]:
        splits = {**asked, **{i: SplitUnit(i, units[i]) for i in divided}}
        return pieces_of(units, open_borders, measure, splits, gone, groups)

    def fits(pieces: Sequence[SeatPiece]) -> bool:
        return needed(pieces) <= free <= sum(piece.most for piece in pieces)

    whole = parted(big)
    choices, others = [whole], None
    if big and (measure.most == 1 or needed(whole) > free):
        divided, others = _choices(big, units, measure)
        choices = [parted(some) for some in divided]
    fitting = [pieces for pieces in choices if fits(pieces)]
    if not fitting:
        tight = whole if needed(whole) <= free else min(choices, key=needed)
        raise InputFaults([_impossible(measure, tight, free, len(units), locked)])
    _enough_districts(fitting, len(locked), wishes)
    found = [_ground(units, open_borders, measure, wishes, pieces, locked) for pieces in fitting]
    return sorted(found, key=lambda ground: ground.bound), others


def _choices(
    big: Sequence[int], units: Sequence[PlannerUnit], measure: Measure
) -> tuple[Iterable[Sequence[int]], Fraction | None]:
    """Which of the big units, largest first, to divide; a bound where not every choice is given."""
    if len(units) << len(big) <= MOST_CHOICES:
        sizes = range(len(big), -1, -1)
        return chain.from_iterable(combinations(big, size) for size in sizes), None
    costs = [_costs(units[i], measure) for i in big]
    gaining = sum(parts <= whole for whole, parts in costs)
    step = max(1, len(big) // min(max(MOST_CHOICES // len(units), 4), 64))
    numbers = sorted({gaining, *range(len(big), -1, -step)}, reverse=True)
    return [big[:number] for number in numbers], measure.together([min(cost) for cost in costs])


def _costs(unit: PlannerUnit, measure: Measure) -> tuple[Fraction, Fraction]:
    """What a big unit costs at least: whole, and divided."""
    near = max(2, unit.population * measure.seats // measure.persons)
    parts = min(measure.cost(unit.population, seats) for seats in (near, near + 1))
    return measure.cost(unit.population, measure.most), parts


def _enough_districts(choices: Sequence[Sequence[SeatPiece]], locked: int, wishes: Wishes) -> None:
    """Every island is a district at least, every divided unit two: so many must be wished for."""
    count = locked + min(
        sum(1 if piece.split is None else 2 for piece in pieces) for pieces in choices
    )
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
    units: Sequence[PlannerUnit], place: dict[str, int], wishes: Wishes
) -> dict[int, SplitUnit]:
    """Units divided by the office's choice, with the parts that are locked."""
    fixed: dict[int, dict[int, int]] = {place[code]: {} for code in wishes.split}
    for lock in wishes.locked:
        if lock.units[0] not in place:
            code, _, number = lock.units[0].rpartition("#")
            fixed.setdefault(place[code], {})[int(number)] = lock.seats
    return {i: SplitUnit(i, units[i], parts) for i, parts in fixed.items()}


def _open(near: Near, place: dict[str, int], wishes: Wishes) -> list[list[int]]:
    """The borders districts may grow across: not out of a region, not around who stands alone."""
    region = {place[code]: number for code, number in wishes.region_of.items()}
    alone = {place[code] for code in wishes.alone}
    return [
        [o for o in others if region.get(i) == region.get(o) and not alone & {i, o}]
        for i, others in enumerate(near)
    ]


def _impossible(
    measure: Measure,
    pieces: Sequence[SeatPiece],
    free: int,
    units: int,
    locked: Sequence[object],
) -> InputFault:
    seats, fixed = measure.seats, len(locked)
    least = needed(pieces)
    if free < least:
        count = len(pieces)
        divided = any(piece.split for piece in pieces)
        two = f"，拆分的单元至少2名，共需{least}名" if divided else ""
        each = f", a divided unit two, {least} together" if divided else ""
        rest = f"，除锁定的选区外还有{free}名" if fixed else ""
        left = f" ({free} are left beside the locked districts)" if fixed else ""
        return InputFault(
            "seats",
            f"单元互不相连，分成{count}片，每片至少1名{two}，名额{seats}名不够{rest}",
            f"the units fall into {count} unconnected parts that need a seat each{each}; "
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
    units: Sequence[PlannerUnit],
    near: Near,
    measure: Measure,
    wishes: Wishes,
    pieces: Sequence[SeatPiece],
    locked: tuple[tuple[tuple[int, ...], int], ...],
) -> Ground:
    place = {unit.code: i for i, unit in enumerate(units)}
    here = [unit for piece in pieces if piece.split is None for unit in piece.units]
    groups = joined([[place[c] for c in group] for group in wishes.together])
    groups = [group for group in groups if group <= set(here)]
    bricks = _bricks(here, near, groups)
    home = {unit: i for i, brick in enumerate(bricks) for unit in brick}
    area = BrickGraph(
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
    seats, costs = share(pieces, measure, free)
    costs = list(map(max, costs, (_whole(piece, units, measure) for piece in pieces)))
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
        bound=measure.together(costs),
    )


def _whole(piece: SeatPiece, units: Sequence[PlannerUnit], measure: Measure) -> Fraction:
    """What the big units of an island that stay whole cost at least."""
    big = [units[i] for i in piece.units if piece.split is None and too_big(units[i], measure)]
    return measure.together([measure.cost(unit.population, measure.most) for unit in big])


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
    grouped = {unit for group in groups for unit in group}
    bricks: list[tuple[int, ...]] = [(unit,) for unit in here if unit not in grouped]
    bricks += [
        tuple(brick)
        for group in groups
        for brick in connected_pieces(sorted(group), near.__getitem__)
    ]
    return sorted(bricks)
