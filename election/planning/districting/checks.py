"""What the planner refuses before it starts, and what it proves of a plan before it answers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from election.planning.districting.pieces import Neighbours
from election.planning.districting.plans import PlannedDistrict, PlannerUnit, Split
from election.planning.districting.wish_checks import wish_faults
from election.planning.districting.wishes import Wishes
from election.rules.districts.contiguity import connected_pieces
from election.rules.terms import InputFault


def input_faults(
    units: Sequence[PlannerUnit],
    pairs: Sequence[tuple[str, str]],
    seats: int,
    max_seats: int,
    wishes: Wishes,
) -> list[InputFault]:
    """Every fault of the input: units, borders, figures, wishes; empty when it can be planned."""
    faults = [
        *_unit_faults(units),
        *_edge_faults(units, pairs),
        *_figure_faults(units, seats, max_seats),
    ]
    return faults or wish_faults(units, pairs, seats, max_seats, wishes)


def _unit_faults(units: Sequence[PlannerUnit]) -> Iterator[InputFault]:
    codes = Counter(unit.code for unit in units)
    for code, times in codes.items():
        if times > 1:
            yield InputFault(
                f"units.{code}",
                f"单元编码“{code}”重复{times}次",
                f'unit code "{code}" stands {times} times',
            )
        if not code:
            yield InputFault("units", "单元编码为空", "a unit code is empty")
        if "#" in code and code.rpartition("#")[0] in codes:
            yield InputFault(
                f"units.{code}",
                f"单元编码“{code}”会与拆分后的编号混淆",
                f'unit code "{code}" would be mistaken for a part',
            )
    for unit in units:
        if unit.population < 0:
            yield InputFault(
                f"units.{unit.code}",
                f"单元“{unit.code}”的人口数不能为负",
                f'unit "{unit.code}": a population cannot be negative',
            )
        yield from _group_faults(unit)


def _group_faults(unit: PlannerUnit) -> Iterator[InputFault]:
    """Voter groups make up the whole unit, each under a name of its own."""
    grouped = sum(persons for _, persons in unit.groups)
    if unit.groups and (grouped != unit.population or min(p for _, p in unit.groups) < 0):
        yield InputFault(
            f"units.{unit.code}",
            f"单元“{unit.code}”各选民小组合计{grouped}人，与人口{unit.population}人不符",
            f'the voter groups of unit "{unit.code}" have {grouped} people together, '
            f"the unit has {unit.population}",
        )
    if len({name for name, _ in unit.groups}) < len(unit.groups):
        yield InputFault(
            f"units.{unit.code}",
            f"单元“{unit.code}”有同名的选民小组",
            f'unit "{unit.code}" has voter groups of one name',
        )


def _edge_faults(
    units: Sequence[PlannerUnit], pairs: Sequence[tuple[str, str]]
) -> Iterator[InputFault]:
    codes = {unit.code for unit in units}
    for a, b in pairs:
        if a == b:
            yield InputFault("edges", f"单元“{a}”与自身相邻", f'unit "{a}" cannot touch itself')
        for code in sorted({a, b} - codes):
            yield InputFault(
                "edges",
                f"相邻关系中的单元“{code}”不在单元表中",
                f'unit "{code}" of a border is not in the list of units',
            )


def _figure_faults(
    units: Sequence[PlannerUnit], seats: int, max_seats: int
) -> Iterator[InputFault]:
    people = sum(unit.population for unit in units)
    if max_seats < 1:
        yield InputFault("max_seats", "每个选区至少应有1名", "a district needs at least 1 seat")
    if seats < 1:
        yield InputFault("seats", "名额至少1名", "there must be at least 1 seat")
    if people < 1:
        yield InputFault("population", "总人口为0，无从划分", "the total population is 0")


def prove(
    units: Sequence[PlannerUnit],
    neighbours: Neighbours,
    figures: tuple[int, int],
    districts: Sequence[PlannedDistrict],
    splits: Sequence[Split],
    wishes: Wishes,
) -> None:
    """Let no plan out that breaks its promises; a broken one is our fault, never the user's.

    figures: seats in all and most of a district.
    """
    seats, most = figures
    parts = {part.code: part.population for split in splits for part in split.parts}
    people = {unit.code: unit.population for unit in units} | parts
    whole = {unit.code for unit in units} - {split.unit for split in splits}
    placed = [code for district in districts for code in district.units]
    _claim(sorted(placed) == sorted([*whole, *parts]), "a plan lost or doubled units")
    _claim(sum(district.seats for district in districts) == seats, "a plan lost or doubled seats")
    _claim(all(1 <= district.seats <= most for district in districts), "a district breaks the law")
    for split in splits:
        _claim(sum(p.population for p in split.parts) == split.population, "parts lose people")
    place = {unit.code: i for i, unit in enumerate(units)}
    for district in districts:
        _claim(district.population == sum(people[c] for c in district.units), "people miscounted")
        contiguous = _contiguous(district.units, place, neighbours)
        _claim(contiguous, "a planned district is not contiguous")
    _claim(not list(broken_wishes(districts, wishes)), "a plan breaks a wish")


def _contiguous(codes: Sequence[str], place: dict[str, int], neighbours: Neighbours) -> bool:
    """Whether the units hang together; a single one does, and so does a part of one."""
    if len(codes) == 1:
        return True
    return len(connected_pieces([place[code] for code in codes], neighbours.__getitem__)) == 1


def _claim(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def broken_wishes(districts: Sequence[PlannedDistrict], wishes: Wishes) -> Iterator[str]:
    """The kind of each wish these districts do not keep."""
    home = {code: i for i, district in enumerate(districts) for code in district.units}
    drawn = {(frozenset(district.units), district.seats) for district in districts}
    if any(len({home.get(code) for code in group}) > 1 for group in wishes.together):
        yield "together"
    if any(home.get(a, -1) == home.get(b, -2) for a, b in wishes.apart):
        yield "apart"
    if any(code not in home or len(districts[home[code]].units) > 1 for code in wishes.alone):
        yield "alone"
    if any((frozenset(lock.units), lock.seats) not in drawn for lock in wishes.locked):
        yield "locked"
    if any(code in home for code in wishes.split):
        yield "split"
    if not (wishes.least or 0) <= len(districts) <= (wishes.most or len(districts)):
        yield "number"
    region = wishes.region_of
    whole = [district.units for district in districts if len(district.units) > 1]
    if any(len({region.get(code) for code in codes}) > 1 for codes in whole):
        yield "within"
