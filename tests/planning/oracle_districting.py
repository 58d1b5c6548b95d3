"""An independent checker of plans, the best plan of tiny areas by brute force, and test towns."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from election.planning.districting import PlannedDistrict, PlannerUnit, ProposedPlan

Pairs = Sequence[tuple[str, str]]


def complaints(
    plan: ProposedPlan, units: Sequence[PlannerUnit], edges: Pairs, seats: int, most: int = 3
) -> list[str]:
    """Everything the contract promises of a plan that this one does not keep."""
    people = {unit.code: unit.population for unit in units}
    said = [*_split_complaints(plan, people, seats, most)]
    parts = {part.code: part.population for split in plan.splits for part in split.parts}
    expected = sorted({*people, *parts} - {split.unit for split in plan.splits})
    if sorted(code for d in plan.districts for code in d.units) != expected:
        said.append("units are not each in exactly one district")
    if sum(d.seats for d in plan.districts) != seats:
        said.append("not all seats are used")
    if [d.number for d in plan.districts] != list(range(1, len(plan.districts) + 1)):
        said.append("districts are not numbered 1, 2, 3")
    average = Fraction(sum(people.values()), seats)
    for district in plan.districts:
        said += _district_complaints(district, {**people, **parts}, edges, most, average)
    return [*said, *_value_complaints(plan)]


def _district_complaints(
    d: PlannedDistrict, people: dict[str, int], edges: Pairs, most: int, average: Fraction
) -> Iterator[str]:
    if not 1 <= d.seats <= most:
        yield f"district {d.number} has {d.seats} seats"
    if d.population != sum(people[code] for code in d.units):
        yield f"district {d.number} miscounts its people"
    if _connected_count(d.units, edges) != 1:
        yield f"district {d.number} does not hang together"
    if d.deviation != Fraction(d.population, d.seats) / average - 1:
        yield f"district {d.number} has a wrong deviation"


def _value_complaints(plan: ProposedPlan) -> Iterator[str]:
    if plan.value != value([(d.seats, abs(d.deviation)) for d in plan.districts], plan.objective):
        yield "the value is wrong"
    if plan.lower_bound > plan.value:
        yield "the bound is above the value"
    if plan.optimal != (plan.value == plan.lower_bound):
        yield "optimal without proof, or proof without optimal"


def value(off: Sequence[tuple[int, Fraction]], objective: str) -> Fraction:
    """The objective of districts given as (seats, |deviation|)."""
    if objective == "max":
        return max(x for _, x in off)
    return sum((s * x for s, x in off), Fraction())


def _split_complaints(
    plan: ProposedPlan, people: dict[str, int], seats: int, most: int
) -> Iterator[str]:
    total = sum(people.values())
    alone = {d.units[0]: d for d in plan.districts if len(d.units) == 1}
    for split in plan.splits:
        if people[split.unit] * seats <= most * total:
            yield f"{split.unit} is split though one district can carry it"
        if sum(part.population for part in split.parts) != people[split.unit]:
            yield f"the parts of {split.unit} lose people"
        if [p.code for p in split.parts] != [
            f"{split.unit}#{i + 1}" for i in range(len(split.parts))
        ]:
            yield f"the parts of {split.unit} are misnamed"
        for part in split.parts:
            fair = Fraction(people[split.unit] * part.seats, split.seats)
            if abs(part.population - fair) >= 1:
                yield f"{part.code} is not in proportion to its seats"
            if part.code not in alone or alone[part.code].seats != part.seats:
                yield f"{part.code} is no district of its own"


def _connected_count(codes: Sequence[str], edges: Pairs) -> int:
    """Number of connected pieces, by merging names."""
    label = {code: code for code in codes}
    for _ in codes:
        for a, b in edges:
            if a in label and b in label:
                label[a] = label[b] = min(label[a], label[b])
    return len(set(label.values()))


def best_value(
    units: Sequence[PlannerUnit], edges: Pairs, seats: int, objective: str, most: int = 3
) -> Fraction | None:
    """The best value of all plans with whole units; None when there is none. Tiny areas only."""
    average = Fraction(sum(unit.population for unit in units), seats)
    values = []
    for blocks in _partitions(list(units)):
        if any(_connected_count([u.code for u in block], edges) > 1 for block in blocks):
            continue
        people = [sum(unit.population for unit in block) for block in blocks]
        for given in product(range(1, most + 1), repeat=len(blocks)):
            if sum(given) == seats:
                off = [
                    (s, abs(Fraction(p, s) / average - 1))
                    for p, s in zip(people, given, strict=True)
                ]
                values.append(value(off, objective))
    return min(values, default=None)


def _partitions(units: list[PlannerUnit]) -> Iterator[list[list[PlannerUnit]]]:
    if not units:
        yield []
        return
    first, rest = units[0], units[1:]
    for blocks in _partitions(rest):
        yield [[first], *blocks]
        for i, block in enumerate(blocks):
            yield [*blocks[:i], [first, *block], *blocks[i + 1 :]]


def grid(populations: Sequence[int], width: int) -> tuple[list[PlannerUnit], list[tuple[str, str]]]:
    """Units in rows of `width`, each touching left, right, above, below and along one diagonal."""
    count = len(populations)
    units = [PlannerUnit(f"v{i:04}", f"第{i + 1}村", p) for i, p in enumerate(populations)]
    pairs = []
    for i in range(count):
        edge = (i + 1) % width == 0
        steps = [width] if edge else [1, width, width + 1]
        pairs += [(units[i].code, units[i + step].code) for step in steps if i + step < count]
    return units, pairs


def town() -> tuple[list[PlannerUnit], list[tuple[str, str]], Fraction]:
    """38 villages of 300 to 3,000 people for 73 seats, and how good its hidden plan is.

    A plan is drawn first (seed 168: 25 districts of 1 to 3 villages, 73 seats), then each district
    gets its people, within 5 % of its share, and its villages divide them by chance.
    """
    draws = np.random.default_rng(168)
    units, pairs = grid([0] * 38, 7)
    place = {unit.code: i for i, unit in enumerate(units)}
    near: list[set[int]] = [set() for _ in units]
    for a, b in pairs:
        near[place[a]].add(place[b])
        near[place[b]].add(place[a])
    groups = _grow_groups(near, draws)
    seats = [3] * len(groups)
    for k in draws.permutation(len(groups))[: 3 * len(groups) - 73].tolist():
        seats[k] = 2
    people = [0] * 38
    off = []
    for group, count in zip(groups, seats, strict=True):
        low, high = (0.93, 0.97) if len(group) == 1 else (0.99, 1.03)
        whole = int(700 * count * draws.uniform(low, high))
        shares = draws.dirichlet([8.0] * len(group)).tolist()
        parts = [max(300, int(whole * share)) for share in shares[1:]]
        for unit, persons in zip(group, [whole - sum(parts), *parts], strict=True):
            people[unit] = persons
        off.append((count, whole))
    average = Fraction(sum(people), 73)
    units = [PlannerUnit(u.code, u.name, p) for u, p in zip(units, people, strict=True)]
    return units, pairs, max(abs(Fraction(w, s) / average - 1) for s, w in off)


def _grow_groups(near: list[set[int]], draws: np.random.Generator) -> list[list[int]]:
    left, groups = set(range(len(near))), []
    while left:
        group = [min(left)]
        wanted = int(draws.integers(1, 4))
        while len(group) < wanted and (
            options := sorted(set().union(*(near[i] for i in group)) & (left - set(group)))
        ):
            group.append(options[int(draws.integers(len(options)))])
        left -= set(group)
        groups.append(group)
    return groups
