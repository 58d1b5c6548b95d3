"""Dividing a unit that is too big for one district, or that the office wants divided (ZJ 23).

Its parts are districts of their own. They share its people in proportion to their seats, or, when
its voter groups are known, whole groups go together so that the parts deviate least.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective, Part, PlannerUnit

MOST_GROUPS = 8  # voter groups shared out in every way; of more the smallest are joined first

Bag = tuple[tuple[str, ...], int]  # voter groups by name, their persons
Figures = tuple[int, int]  # worst and off, in the order that matters


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide a unit: its parts and how far they are off, as Measure counts it."""

    unit: int
    parts: tuple[Part, ...]
    seats: int
    worst: int
    off: int


@dataclass(frozen=True, slots=True)
class SplitUnit:
    """A unit to be divided: position, the unit, and parts whose seats are fixed (number: seats)."""

    place: int
    unit: PlannerUnit
    fixed: Mapping[int, int] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """The fewest seats its parts can have: two parts, and those that are fixed."""
        missing = max(0, max(self.fixed, default=0) - len(self.fixed), 2 - len(self.fixed))
        return sum(self.fixed.values()) + missing

    def most(self, measure: Measure) -> int:
        """The most seats its parts can have: each holds a person, or a voter group, at least."""
        if self.fixed:
            return self.unit.population
        parts = len(self.bags()) if self.by_groups(measure) else self.unit.population
        return measure.most * parts

    def options(self, measure: Measure, seats: int) -> range:
        """The numbers of seats its parts can have, where there are so many."""
        return range(self.least, min(seats, self.most(measure)) + 1)

    def bags(self) -> list[Bag]:
        """Its voter groups; of many the smallest joined."""
        bags: list[Bag] = [((name,), persons) for name, persons in self.unit.groups]
        while len(bags) > MOST_GROUPS:
            bags.sort(key=lambda bag: (-bag[1], bag[0]))
            (a, m), (b, n) = bags.pop(), bags.pop()
            bags.append(((*b, *a), m + n))
        return bags

    def by_groups(self, measure: Measure) -> bool:
        """Whether it is divided along voter groups: known, several, none too big for a district.

        Fixed parts leave no choice of groups: then it is divided by persons.
        """
        full, bags = measure.most * measure.persons, self.bags()
        return (
            len(bags) > 1
            and not self.fixed
            and all(persons * measure.seats <= full for _, persons in bags)
        )


def divisions(
    split: SplitUnit,
    measure: Measure,
    seats: Iterable[int],
    *,
    below: int | None = None,
    share: int | None = None,
) -> Iterator[Division]:
    """Its divisions into these numbers of seats, the best by each order of the two figures.

    below, share: only those whose `worst` is less, whose `off` is at most this.
    """
    groups = _Groups(split, measure) if split.by_groups(measure) else None
    for count in seats:
        gap = measure.off(split.unit.population, count)
        worst = -(-gap * measure.common // count)  # no parts are all nearer than their average
        if (below is not None and worst >= below) or (share is not None and gap > share):
            continue
        ways = groups.divisions(count) if groups else _by_persons(split, count, measure)
        for way in ways:
            if (below is None or way.worst < below) and (share is None or way.off <= share):
                yield way


def divisions_of(
    splits: Iterable[SplitUnit],
    measure: Measure,
    seats: int,
    below: int | None,
    share: int | None,
) -> list[list[Division]]:
    """For each of these units its divisions into any number of seats up to `seats`."""
    return [
        list(divisions(split, measure, split.options(measure, seats), below=below, share=share))
        for split in splits
    ]


def _division(split: SplitUnit, parts: Sequence[Part], measure: Measure) -> Division:
    offs = [(measure.off(part.population, part.seats), part.seats) for part in parts]
    return Division(
        unit=split.place,
        parts=tuple(parts),
        seats=sum(part.seats for part in parts),
        worst=max(off * (measure.common // seats) for off, seats in offs),
        off=sum(off for off, _ in offs),
    )


def _by_persons(split: SplitUnit, seats: int, measure: Measure) -> list[Division]:
    """As few parts as can be, as equal in seats as can be; whole persons in proportion.

    Who gets the persons left over by rounding: the best by each order of the two figures.
    """
    sizes = _sizes(split, seats, measure.most)
    ways = [
        _division(
            split,
            [
                Part(f"{split.unit.code}#{i}", size, persons)
                for i, (size, persons) in enumerate(zip(sizes, people, strict=True), start=1)
            ],
            measure,
        )
        for people in _shares(split.unit.population, sizes)
    ]
    by_worst = min(ways, key=lambda way: (way.worst, way.off))
    by_off = min(ways, key=lambda way: (way.off, way.worst))
    level = (by_worst.worst, by_worst.off) == (by_off.worst, by_off.off)
    return [by_worst] if level else [by_worst, by_off]


def _shares(population: int, sizes: Sequence[int]) -> Iterator[list[int]]:
    """Whole persons in proportion to the seats, each part within one person of its exact share.

    The persons left over go to parts of one size first, then of the next: no mixture is better,
    for it has the deviations of both.
    """
    shares = [divmod(population * size, sum(sizes)) for size in sizes]
    persons_left = population - sum(whole for whole, _ in shares)
    for order in permutations(sorted(set(sizes), reverse=True)):
        places = [
            i
            for size in order
            for i, part_size in enumerate(sizes)
            if part_size == size and shares[i][1]
        ]
        lucky = set(places[:persons_left])
        yield [whole + (i in lucky) for i, (whole, _) in enumerate(shares)]


def _sizes(split: SplitUnit, seats: int, most: int) -> list[int]:
    """Seats of the parts in their order; fixed ones keep theirs."""
    free_seats = seats - sum(split.fixed.values())
    holes = max(0, max(split.fixed, default=0) - len(split.fixed), 2 - len(split.fixed))
    count = max(holes, -(-free_seats // most))
    seats_of_free = iter(
        [free_seats // count + (i < free_seats % count) for i in range(count)] if count else []
    )
    return [
        split.fixed[number] if number in split.fixed else next(seats_of_free)
        for number in range(1, count + len(split.fixed) + 1)
    ]


class _Groups:
    """All ways to make parts of voter groups, by number of seats: the best by either order."""

    def __init__(self, split: SplitUnit, measure: Measure) -> None:
        self.split, self.measure = split, measure
        self.bags = split.bags()
        count = 1 << len(self.bags)
        self.people = [
            sum(p for i, (_, p) in enumerate(self.bags) if mask >> i & 1) for mask in range(count)
        ]
        orders = list(dict.fromkeys((measure.objective is Objective.MAX, True, False)))
        self.tables = [self._table(worst_first=order) for order in orders]

    def _table(self, *, worst_first: bool) -> list[dict[int, tuple[Figures, int, int]]]:
        """For each set of groups and number of seats: (figures, last part, its seats)."""
        count = len(self.people)
        table: list[dict[int, tuple[Figures, int, int]]] = [{} for _ in range(count)]
        table[0][0] = ((0, 0), 0, 0)
        for mask in range(1, count):
            first, entries = mask & -mask, table[mask]
            other_groups = mask ^ first
            part = other_groups
            while True:  # every part that holds the first group
                self._add(table, entries, mask, part | first, worst_first=worst_first)
                if not part:
                    break
                part = (part - 1) & other_groups
        return table

    def _add(
        self,
        table: list[dict[int, tuple[Figures, int, int]]],
        entries: dict[int, tuple[Figures, int, int]],
        mask: int,
        part: int,
        *,
        worst_first: bool,
    ) -> None:
        measure = self.measure
        for seats in range(1, measure.most + 1):
            off = measure.off(self.people[part], seats)
            worst = off * (measure.common // seats)
            for before, (figures, _, _) in table[mask ^ part].items():
                high = max(worst, figures[0] if worst_first else figures[1])
                total = off + (figures[1] if worst_first else figures[0])
                new = (high, total) if worst_first else (total, high)
                old = entries.get(before + seats)
                if mask == part and mask == len(self.people) - 1:
                    continue  # a unit that is split has two parts at least
                if old is None or new < old[0]:
                    entries[before + seats] = (new, part, seats)

    def divisions(self, seats: int) -> Iterator[Division]:
        """The best divisions into so many seats; none where the groups are too few."""
        yielded = set()
        for table in self.tables:
            parts, mask, seats_left = [], len(self.people) - 1, seats
            while mask and seats_left in table[mask]:
                _, part, part_seats = table[mask][seats_left]
                parts.append((part, part_seats))
                mask, seats_left = mask ^ part, seats_left - part_seats
            if mask or not parts or tuple(parts) in yielded:
                continue
            yielded.add(tuple(parts))
            yield _division(
                self.split, [self._part(i, *p) for i, p in enumerate(parts, 1)], self.measure
            )

    def _part(self, number: int, mask: int, seats: int) -> Part:
        names = {n for i, (names, _) in enumerate(self.bags) if mask >> i & 1 for n in names}
        code = f"{self.split.unit.code}#{number}"
        ordered = tuple(name for name, _ in self.split.unit.groups if name in names)
        return Part(code, seats, self.people[mask], ordered)
