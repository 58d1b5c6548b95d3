"""Every plan of a tiny area, wishes and splits included, drawn by brute force; and a checker.

Written apart from the planner: it knows the definitions only.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import ceil, floor

from election.planning.districting import PlannerUnit, Wishes
from tests.planning.oracle_districting import _connected_count, _partitions

Pairs = Sequence[tuple[str, str]]
District = tuple[tuple[str, ...], int, int]  # unit codes, seats, people


def best_value_where_big_units_may_stay_whole(
    units: Sequence[PlannerUnit], edges: Pairs, figures: tuple[int, int], objective: str
) -> Fraction | None:
    """The best objective over every choice of big units to divide."""
    big = sorted(split_units(units, figures, Wishes()))
    choices = [set(some) for size in range(len(big) + 1) for some in combinations(big, size)]
    keys = [best_key(units, edges, figures, objective, Wishes(), some) for some in choices]
    return min((key[0] for key in keys if key), default=None)


def best_key(
    units: Sequence[PlannerUnit],
    edges: Pairs,
    figures: tuple[int, int],
    objective: str,
    wishes: Wishes,
    divided: set[str] | None = None,
) -> tuple[Fraction, Fraction, int, int] | None:
    """(objective, the other figure, districts, minus borders inside) of the best plan."""
    seats, _ = figures
    average = Fraction(sum(unit.population for unit in units), seats)
    keys = []
    for plan in all_plans(units, edges, figures, wishes, divided):
        off = [(s, abs(Fraction(p, s) / average - 1)) for _, s, p in plan]
        worst, together = max(x for _, x in off), sum(s * x for s, x in off)
        first, second = (worst, together) if objective == "max" else (together, worst)
        inside = sum(
            a in codes and b in codes for codes, _, _ in plan for a, b in set(map(_sorted, edges))
        )
        keys.append((first, second, len(plan), -inside))
    return min(keys, default=None)


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    return min(pair), max(pair)


def split_units(units: Sequence[PlannerUnit], figures: tuple[int, int], wishes: Wishes) -> set[str]:
    """Units that must be divided: too big and not held by a wish, or by choice."""
    seats, most = figures
    total = sum(unit.population for unit in units)
    held = {c for g in wishes.together for c in g} | {c for d in wishes.locked for c in d.units}
    held |= set(wishes.alone)
    big = {u.code for u in units if u.population * seats > most * total} - held
    return big | set(wishes.split)


def all_plans(
    units: Sequence[PlannerUnit],
    edges: Pairs,
    figures: tuple[int, int],
    wishes: Wishes,
    divided: set[str] | None = None,
) -> Iterator[list[District]]:
    seats, most = figures
    people = {unit.code: unit.population for unit in units}
    divided = split_units(units, figures, wishes) if divided is None else divided
    whole = [unit for unit in units if unit.code not in divided]
    ways = [list(_divisions(u, figures)) for u in units if u.code in divided]
    for blocks in _partitions(whole):
        codes = [tuple(sorted(unit.code for unit in block)) for block in blocks]
        if not _drawable(codes, edges, wishes):
            continue
        for numbers in product(range(1, most + 1), repeat=len(codes)):
            for chosen in product(*ways):
                plan = [
                    (c, s, sum(people[u] for u in c)) for c, s in zip(codes, numbers, strict=True)
                ]
                plan += [district for parts in chosen for district in parts]
                if sum(s for _, s, _ in plan) == seats and not broken(plan, wishes):
                    yield plan


def _drawable(blocks: Sequence[tuple[str, ...]], edges: Pairs, wishes: Wishes) -> bool:
    region = {code: i for i, codes in enumerate(wishes.within) for code in codes}
    return all(
        _connected_count(block, edges) == 1 and len({region.get(c) for c in block}) == 1
        for block in blocks
    )


def broken(plan: Sequence[District], wishes: Wishes) -> bool:
    """Whether a plan breaks a wish that looks at districts."""
    homes = [set(codes) for codes, _, _ in plan]
    return not (
        all(any(set(g) <= h for h in homes) for g in wishes.together)
        and not any({a, b} <= h for a, b in wishes.apart for h in homes)
        and all({c} in homes for c in wishes.alone)
        and all(
            any(set(d.units) == set(c) and d.seats == s for c, s, _ in plan) for d in wishes.locked
        )
        and (wishes.least or 0) <= len(plan) <= (wishes.most or len(plan))
    )


def _divisions(unit: PlannerUnit, figures: tuple[int, int]) -> Iterator[list[District]]:
    seats, most = figures
    if len(unit.groups) > 1:
        yield from _grouped(unit, most)
        return
    for number in range(2, min(seats, most * unit.population) + 1):
        count = max(2, -(-number // most))
        sizes = [number // count + (i < number % count) for i in range(count)]
        exact = [Fraction(unit.population * size, number) for size in sizes]
        for people in product(*({floor(share), ceil(share)} for share in exact)):
            if sum(people) == unit.population and min(people) > 0:
                yield [
                    ((f"{unit.code}#{i + 1}",), size, persons)
                    for i, (size, persons) in enumerate(zip(sizes, people, strict=True))
                ]


def _grouped(unit: PlannerUnit, most: int) -> Iterator[list[District]]:
    bags = [PlannerUnit(name, name, persons) for name, persons in unit.groups]
    for blocks in _partitions(bags):
        if len(blocks) < 2:
            continue
        for sizes in product(range(1, most + 1), repeat=len(blocks)):
            yield [
                ((f"{unit.code}#{i + 1}",), s, sum(bag.population for bag in block))
                for i, (s, block) in enumerate(zip(sizes, blocks, strict=True))
            ]


def ring(populations: Sequence[int], chords: Sequence[int]) -> tuple[list[PlannerUnit], Pairs]:
    """Units in a ring with some of the chords."""
    units = [PlannerUnit(f"v{i}", "", p) for i, p in enumerate(populations)]
    codes = [unit.code for unit in units]
    round_about = list(zip(codes, [*codes[1:], *codes[:1]], strict=True)) if len(codes) > 2 else []
    possible = list(combinations(codes, 2))
    extra = [possible[i % len(possible)] for i in chords] if possible else []
    return units, [pair for pair in [*round_about, *extra] if pair[0] != pair[1]]
