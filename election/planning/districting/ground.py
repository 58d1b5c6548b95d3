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
    Neighbours,
    SeatPiece,
    least_cost,
    needed,
    pieces_of,
    share,
    too_big,
    whole_bound,
)
from election.planning.districting.plans import PlannerUnit
from election.planning.districting.splits import SplitUnit
from election.planning.districting.wishes import Wishes
from election.rules.districts.contiguity import connected_pieces
from election.rules.terms import InputFault, InputFaults

MOST_CHOICES = 30_000  # units x choices of big ones, that are all tried where not all are divided

LockedUnits = tuple[tuple[int, ...], int]  # units of a locked district by position, its seats


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
    locked: tuple[LockedUnits, ...]
    splits: tuple[SplitUnit, ...]
    split_seats: tuple[int, ...]
    seats: int
    least: int | None
    most: int | None
    bound: Fraction


@dataclass(frozen=True, slots=True)
class _Site:
    """The units and the wishes in their positions: what all grounds of a plan share.

    place: position of each code. locked: as in Ground. divided: by the office's choice. groups:
    units that stay together. borders: neighbours that districts may grow across.
    """

    units: Sequence[PlannerUnit]
    measure: Measure
    wishes: Wishes
    place: dict[str, int]
    locked: tuple[LockedUnits, ...]
    divided: dict[int, SplitUnit]
    groups: list[frozenset[int]]
    borders: Neighbours

    @property
    def locked_units(self) -> set[int]:
        """Units that have their district already."""
        return {unit for district, _ in self.locked for unit in district}

    @property
    def alone(self) -> set[int]:
        """Units that are a district by themselves, and so stay whole however big."""
        return {self.place[code] for code in self.wishes.alone}

    @property
    def free(self) -> int:
        """Seats without those of the locked districts."""
        return self.measure.seats - sum(seats for _, seats in self.locked)

    def big(self) -> list[int]:
        """Units that are too big for a district and of which no wish decides; largest first."""
        decided = self.locked_units.union(self.divided, self.alone, *self.groups)
        big = [
            i
            for i, unit in enumerate(self.units)
            if i not in decided and too_big(unit, self.measure)
        ]
        return sorted(big, key=lambda i: (-self.units[i].population, i))

    def pieces(self, big: Iterable[int]) -> list[SeatPiece]:
        """What seats are shared among when these big units are divided as well."""
        splits = {**self.divided, **{i: SplitUnit(i, self.units[i]) for i in big}}
        return pieces_of(
            self.units, self.borders, self.measure, splits, self.locked_units, self.groups
        )

    def fits(self, pieces: Sequence[SeatPiece]) -> bool:
        """Whether they can take all seats that are free."""
        return needed(pieces) <= self.free <= sum(piece.most for piece in pieces)


def _site(
    units: Sequence[PlannerUnit], neighbours: Neighbours, measure: Measure, wishes: Wishes
) -> _Site:
    place = {unit.code: i for i, unit in enumerate(units)}
    return _Site(
        units=units,
        measure=measure,
        wishes=wishes,
        place=place,
        locked=tuple(
            (tuple(place[code] for code in lock.units), lock.seats)
            for lock in wishes.locked
            if all(code in place for code in lock.units)
        ),
        divided=_divided_by_choice(units, place, wishes),
        groups=joined([[place[code] for code in group] for group in wishes.together]),
        borders=_open(neighbours, place, wishes),
    )


def grounds(
    units: Sequence[PlannerUnit], neighbours: Neighbours, measure: Measure, wishes: Wishes
) -> tuple[list[Ground], Fraction | None]:
    """Divide big units, close borders, join bricks, find islands, share the seats among them.

    A unit is big when it has more people than the seats of one district stand for; all of them are
    divided. Only where a district has one seat, or where the seats do not suffice for all of them
    and the islands between them, there are several grounds, the most promising first: the objective
    decides which of them are divided. Not None: not all of those grounds are given, and this bounds
    the others. Raises InputFaults when no plan exists.
    """
    site = _site(units, neighbours, measure, wishes)
    big = site.big()
    all_divided = site.pieces(big)
    choices, others_bound = [all_divided], None
    if big and (measure.most == 1 or needed(all_divided) > site.free):
        divided, others_bound = _choices(big, units, measure)
        choices = [site.pieces(some) for some in divided]
    fitting = [pieces for pieces in choices if site.fits(pieces)]
    if not fitting:
        tight = all_divided if needed(all_divided) <= site.free else min(choices, key=needed)
        raise InputFaults([_impossible(site, tight)])
    _enough_districts(fitting, len(site.locked), wishes)
    drawable = [_ground(site, pieces) for pieces in fitting]
    return sorted(drawable, key=lambda ground: ground.bound), others_bound


def _choices(
    big: Sequence[int], units: Sequence[PlannerUnit], measure: Measure
) -> tuple[Iterable[Sequence[int]], Fraction | None]:
    """Which of the big units, largest first, to divide; a bound where not every choice is given."""
    if len(units) << len(big) <= MOST_CHOICES:
        sizes = range(len(big), -1, -1)
        return chain.from_iterable(combinations(big, size) for size in sizes), None
    costs = [_costs(SplitUnit(i, units[i]), measure) for i in big]
    gaining = sum(parts <= whole for whole, parts in costs)
    step = max(1, len(big) // min(max(MOST_CHOICES // len(units), 4), 64))
    numbers = sorted({gaining, *range(len(big), -1, -step)}, reverse=True)
    return [big[:number] for number in numbers], measure.together([min(cost) for cost in costs])


def _costs(split: SplitUnit, measure: Measure) -> tuple[Fraction, Fraction]:
    """What a big unit costs at least: whole, and divided."""
    return measure.cost(split.unit.population, measure.most), least_cost(split, measure)


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


def _divided_by_choice(
    units: Sequence[PlannerUnit], place: dict[str, int], wishes: Wishes
) -> dict[int, SplitUnit]:
    """Units divided by the office's choice, with the parts that are locked."""
    fixed: dict[int, dict[int, int]] = {place[code]: {} for code in wishes.split}
    for lock in wishes.locked:
        if lock.units[0] not in place:
            code, _, number = lock.units[0].rpartition("#")
            fixed.setdefault(place[code], {})[int(number)] = lock.seats
    return {i: SplitUnit(i, units[i], parts) for i, parts in fixed.items()}


def _open(neighbours: Neighbours, place: dict[str, int], wishes: Wishes) -> list[list[int]]:
    """The borders districts may grow across: not out of a region, not around who stands alone."""
    region = {place[code]: number for code, number in wishes.region_of.items()}
    alone = {place[code] for code in wishes.alone}
    return [
        [
            neighbour
            for neighbour in touching
            if region.get(i) == region.get(neighbour) and not alone & {i, neighbour}
        ]
        for i, touching in enumerate(neighbours)
    ]


def _impossible(site: _Site, pieces: Sequence[SeatPiece]) -> InputFault:
    """Too few seats for these pieces, or too many."""
    if site.free < needed(pieces):
        return _too_few_seats(site, pieces)
    seats, most = site.measure.seats, site.measure.most
    undivided = [i for i in sorted(site.alone) if too_big(site.units[i], site.measure)]
    if undivided:
        return _too_many_seats([site.units[i].code for i in undivided], site.measure)
    units = len(site.units)
    districts = len(site.locked) + sum(-(-piece.most // most) for piece in pieces)
    return InputFault(
        "seats",
        f"{units}个单元最多划{districts}个选区，每个选区最多{most}名，名额{seats}名放不下",
        f"{units} units make at most {districts} districts of at most {most} seats; "
        f"{seats} seats do not fit",
    )


def _too_many_seats(codes: Sequence[str], measure: Measure) -> InputFault:
    """Big units that shall be alone stay whole, and so take too few seats."""
    return InputFault(
        "wishes.alone",
        f"单元{'、'.join(codes)}须单独成一个选区，不拆分，一个选区最多{measure.most}名，"
        f"名额{measure.seats}名放不下；请不要求其中一个单独成选区，使其可以拆分",
        f"units {', '.join(codes)} shall each be one district, undivided, of at most "
        f"{measure.most} seats; {measure.seats} seats do not fit; let one of them be divided",
    )


def _too_few_seats(site: _Site, pieces: Sequence[SeatPiece]) -> InputFault:
    seats, free = site.measure.seats, site.free
    count, least = len(pieces), needed(pieces)
    divided = any(piece.split for piece in pieces)
    zh_divided = f"，拆分的单元至少2名，共需{least}名" if divided else ""
    en_divided = f", a divided unit two, {least} together" if divided else ""
    zh_locked = f"，除锁定的选区外还有{free}名" if site.locked else ""
    en_locked = f" ({free} are left beside the locked districts)" if site.locked else ""
    return InputFault(
        "seats",
        f"单元互不相连，分成{count}片，每片至少1名{zh_divided}，名额{seats}名不够{zh_locked}",
        f"the units fall into {count} unconnected parts that need a seat each{en_divided}; "
        f"{seats} seats are too few{en_locked}",
    )


def _ground(site: _Site, pieces: Sequence[SeatPiece]) -> Ground:
    wishes, locked = site.wishes, len(site.locked)
    islands = [piece for piece in pieces if piece.split is None]
    drawn_units = [unit for piece in islands for unit in piece.units]
    groups = [group for group in site.groups if group <= set(drawn_units)]
    bricks = _bricks(drawn_units, site.borders, groups)
    home = {unit: i for i, brick in enumerate(bricks) for unit in brick}
    seats, bound = _shares(site, pieces)
    both = list(zip(pieces, seats, strict=True))
    return Ground(
        bricks=tuple(bricks),
        area=_area(site, bricks, home, groups),
        islands=tuple(
            Island(tuple(sorted({home[unit] for unit in piece.units})), number)
            for piece, number in both
            if piece.split is None
        ),
        locked=site.locked,
        splits=tuple(piece.split for piece in pieces if piece.split),
        split_seats=tuple(number for piece, number in both if piece.split),
        seats=site.free,
        least=None if wishes.least is None else max(0, wishes.least - locked),
        most=None if wishes.most is None else wishes.most - locked,
        bound=bound,
    )


def _area(
    site: _Site,
    bricks: Sequence[tuple[int, ...]],
    home: dict[int, int],
    groups: Sequence[frozenset[int]],
) -> BrickGraph:
    """People, borders and wishes over bricks. home: the brick of each unit."""
    place, borders = site.place, site.borders
    torn = (frozenset(home[unit] for unit in group) for group in groups)
    apart = {
        (home[place[a]], home[place[b]])
        for a, b in site.wishes.apart
        if place[a] in home and place[b] in home
    }
    return BrickGraph(
        people=[sum(site.units[unit].population for unit in brick) for brick in bricks],
        neighbours=[
            sorted({home[o] for unit in brick for o in borders[unit] if o in home} - {i})
            for i, brick in enumerate(bricks)
        ],
        together=[group for group in torn if len(group) > 1],
        apart=sorted({(min(pair), max(pair)) for pair in apart}),
    )


def _shares(site: _Site, pieces: Sequence[SeatPiece]) -> tuple[list[int], Fraction]:
    """Seats of each piece, and the bound of all plans: what pieces and locked districts cost."""
    units, measure = site.units, site.measure
    seats, costs = share(pieces, measure, site.free)
    costs = list(map(max, costs, (_whole(piece, units, measure) for piece in pieces)))
    for district, number in site.locked:
        costs.append(measure.cost(sum(units[unit].population for unit in district), number))
    return seats, max(measure.together(costs), whole_bound(pieces, measure, site.free))


def _whole(piece: SeatPiece, units: Sequence[PlannerUnit], measure: Measure) -> Fraction:
    """What the big units of an island that stay whole cost at least."""
    big = [units[i] for i in piece.units if piece.split is None and too_big(units[i], measure)]
    return measure.together([measure.cost(unit.population, measure.most) for unit in big])


def joined(groups: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """Groups with a common member are one group."""
    whole: list[set[int]] = []
    for group in map(set, groups):
        touching = [former for former in whole if former & group]
        for former in touching:
            group |= former
            whole.remove(former)
        whole.append(group)
    return [frozenset(group) for group in whole]


def _bricks(
    drawn_units: Sequence[int], neighbours: Neighbours, groups: Sequence[frozenset[int]]
) -> list[tuple[int, ...]]:
    """Units, and groups that touch each other as one; a scattered group stays several bricks."""
    grouped = {unit for group in groups for unit in group}
    bricks: list[tuple[int, ...]] = [(unit,) for unit in drawn_units if unit not in grouped]
    bricks += [
        tuple(brick)
        for group in groups
        for brick in connected_pieces(sorted(group), neighbours.__getitem__)
    ]
    return sorted(bricks)
