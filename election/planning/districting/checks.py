"""What the planner refuses before it starts, and what it proves of a plan before it answers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from election.planning.districting.ground import Near
from election.planning.districting.plans import PlannedDistrict, Split, Unit
from election.rules.terms import InputFault


def input_faults(
    units: Sequence[Unit], pairs: Sequence[tuple[str, str]], seats: int, max_seats: int
) -> list[InputFault]:
    """Every fault of the input: units, borders, figures; empty when it can be planned."""
    return [
        *_unit_faults(units),
        *_edge_faults(units, pairs),
        *_figure_faults(units, seats, max_seats),
    ]


def _unit_faults(units: Sequence[Unit]) -> Iterator[InputFault]:
    codes = Counter(unit.code for unit in units)
    for code, times in codes.items():
        if times > 1:
            yield InputFault(f"units.{code}", f"单元编码“{code}”重复{times}次",
                             f'unit code "{code}" stands {times} times')  # fmt: skip
        if not code:
            yield InputFault("units", "单元编码为空", "a unit code is empty")
        if "#" in code and code.rpartition("#")[0] in codes:
            yield InputFault(f"units.{code}", f"单元编码“{code}”会与拆分后的编号混淆",
                             f'unit code "{code}" would be mistaken for a part')  # fmt: skip
    for unit in units:
        if unit.population < 0:
            yield InputFault(f"units.{unit.code}", f"单元“{unit.code}”的人口数不能为负",
                             f'unit "{unit.code}": a population cannot be negative')  # fmt: skip


def _edge_faults(units: Sequence[Unit], pairs: Sequence[tuple[str, str]]) -> Iterator[InputFault]:
    known = {unit.code for unit in units}
    for a, b in pairs:
        if a == b:
            yield InputFault("edges", f"单元“{a}”与自身相邻", f'unit "{a}" cannot touch itself')
        for code in sorted({a, b} - known):
            yield InputFault("edges", f"相邻关系中的单元“{code}”不在单元表中",
                             f'unit "{code}" of a border is not in the list of units')  # fmt: skip


def _figure_faults(units: Sequence[Unit], seats: int, max_seats: int) -> Iterator[InputFault]:
    people = sum(unit.population for unit in units)
    if max_seats < 1:
        yield InputFault("max_seats", "每个选区至少应有1名", "a district needs at least 1 seat")
    if seats < 1:
        yield InputFault("seats", "名额至少1名", "there must be at least 1 seat")
    if people < 1:
        yield InputFault("population", "总人口为0，无从划分", "the total population is 0")
    elif seats > people:
        yield InputFault("seats", f"名额{seats}名多于人口{people}人",
                         f"{seats} seats are more than {people} people")  # fmt: skip


def prove(
    units: Sequence[Unit],
    near: Near,
    seats: int,
    districts: Sequence[PlannedDistrict],
    splits: Sequence[Split],
) -> None:
    """Let no plan out that breaks its promises; a broken one is our fault, never the user's."""
    parts = {part.code: part for split in splits for part in split.parts}
    whole = {unit.code for unit in units} - {split.unit for split in splits}
    placed = [code for district in districts for code in district.units]
    people = sum(unit.population for unit in units)
    if (
        sorted(placed) != sorted([*whole, *parts])
        or sum(district.seats for district in districts) != seats
        or sum(district.population for district in districts) != people
    ):
        raise AssertionError("a plan lost or doubled units, seats or people")
    place = {unit.code: i for i, unit in enumerate(units)}
    for district in districts:
        if len(district.units) > 1 and not _connected([place[c] for c in district.units], near):
            raise AssertionError("a planned district is not contiguous")


def _connected(inside: Sequence[int], near: Near) -> bool:
    left, border = set(inside[1:]), [inside[0]]
    while border:
        new = left.intersection(near[border.pop()])
        left -= new
        border.extend(new)
    return not left
