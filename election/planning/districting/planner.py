"""From units and borders to a plan: check, prepare, search island by island, prove a bound."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from time import monotonic

from election.planning.districting.bounds import UnitBounds, rounding_bound
from election.planning.districting.checks import input_faults, prove
from election.planning.districting.ground import Ground, Near, prepare
from election.planning.districting.measure import Measure, Score
from election.planning.districting.plans import (
    Ending,
    Objective,
    Plan,
    PlannedDistrict,
    Progress,
    Unit,
)
from election.planning.districting.search import IslandSearch
from election.rules.districts import deviation
from election.rules.terms import InputFaults

SETS_PER_SECOND = 4_000  # connected sets listed for the bound, per second of the limit
MOST_SETS = 200_000
SEARCHING = 0.95  # of the time limit; the rest is for the bound
QUIET = 0.2  # seconds between two reports of progress

Stopwatch = Callable[[], float]
Report = Callable[[Progress], None]


def plan(
    units: Sequence[Unit],
    edges: Iterable[tuple[str, str]],
    *,
    seats: int,
    max_seats: int = 3,
    time_limit: float = 60.0,
    seed: int = 0,
    objective: Objective | str = Objective.MAX,
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
    stopwatch: Stopwatch = monotonic,
) -> Plan:
    """Draw contiguous districts of 1..max_seats that use all seats and keep units whole.

    units: codes unique, persons >= 0. edges: pairs of codes that touch. time_limit: seconds by
    `stopwatch`, any clock that only runs forward. Same input, limit and seed (>= 0) give the same
    plan whenever the search ends by itself. A unit with more people than max_seats average seats
    stand for is split into parts, districts of their own. `progress` hears of better plans;
    `cancelled` is asked often, the best plan so far is the answer.
    Raises InputFaults, all together, for unusable input and where no plan exists.
    Source: EL 25, 26; ZJ 20-23 (rulebook R2.2, R2.3, R2.6, R2.17). A proposal: people decide.
    """
    watch = _Watch(stopwatch, time_limit, cancelled or (lambda: False))
    pairs = list(edges)
    faults = input_faults(units, pairs, seats, max_seats)
    if faults:
        raise InputFaults(faults)
    people = sum(unit.population for unit in units)
    measure = Measure(people, seats, max_seats, Objective(objective))
    planner = _Planner(units, _near(units, pairs), measure, seed, watch, progress)
    return planner.run()


def _near(units: Sequence[Unit], pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """The neighbours of each unit by position, in fixed order; borders given twice count once."""
    place = {unit.code: i for i, unit in enumerate(units)}
    near: list[set[int]] = [set() for _ in units]
    for a, b in pairs:
        near[place[a]].add(place[b])
        near[place[b]].add(place[a])
    return [sorted(others) for others in near]


class _Watch:
    """How much time is left, and whether somebody wants us to stop."""

    def __init__(self, stopwatch: Stopwatch, limit: float, cancelled: Callable[[], bool]) -> None:
        self._stopwatch, self._started, self.limit = stopwatch, stopwatch(), limit
        self._cancelled = cancelled

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._stopwatch() - self._started

    def until(self, end: float) -> Callable[[], Ending | None]:
        """A question for the search: must it stop, and for what reason."""

        def stop() -> Ending | None:
            if self._cancelled():
                return Ending.CANCELLED
            return Ending.TIME_LIMIT if self.seconds >= end else None

        return stop


class _Planner:
    """One run: the ground, one search per island, the bound proven so far."""

    def __init__(
        self,
        units: Sequence[Unit],
        near: Near,
        measure: Measure,
        seed: int,
        watch: _Watch,
        report: Report | None,
    ) -> None:
        self.units, self.near, self.measure = units, near, measure
        self.watch, self.report = watch, report
        self.people = [unit.population for unit in units]
        self.ground: Ground = prepare(units, near, measure)
        self.searches = [
            IslandSearch(island.units, island.seats, self.people, near, measure, (seed, i))
            for i, island in enumerate(self.ground.islands)
        ]
        self.bound = max(rounding_bound(measure), self.ground.bound)
        self._told = -QUIET

    def run(self) -> Plan:
        """Search every island in its share of the time, then prove what can be proven."""
        self._raise_bound()
        self._tell(force=True)
        ending = self._search()
        if ending is not Ending.CANCELLED and self._value() > self.bound:
            self._raise_bound()
        if self._value() == self.bound:
            ending = Ending.OPTIMAL
        self._tell(force=True)
        districts = tuple(self._districts())
        prove(self.units, self.near, self.measure.seats, districts, self.ground.splits)
        return Plan(
            objective=self.measure.objective,
            value=self._value(),
            lower_bound=self.bound,
            seconds=self.watch.seconds,
            ending=ending,
            districts=districts,
            splits=self.ground.splits,
        )

    def _search(self) -> Ending:
        """Search island after island; the first reason not to settle is the reason for all."""
        waiting = [search for search in self.searches if len(search.units) > 1]
        ending = Ending.SETTLED
        while waiting:
            count = sum(len(search.units) for search in waiting)
            search = waiting.pop(0)
            now = self.watch.seconds
            share = (self.watch.limit * SEARCHING - now) * len(search.units) / count
            reason = search.run(self.watch.until(now + share), self._tell)
            if reason is Ending.CANCELLED:
                return reason
            ending = ending if reason is Ending.SETTLED else reason
        return ending

    def _raise_bound(self) -> None:
        """Prove more with the districts found so far as a start; never lowers the bound.

        By `sum` what the units of the islands prove adds to the least cost of every split unit.
        """
        sets = min(MOST_SETS, int(SETS_PER_SECOND * self.watch.limit)) // 2
        bounds = UnitBounds(self.people, self.near, self.measure)
        proven = []
        for search in self.searches:
            here = {unit: self._people(units) for units, _ in search.best for unit in units}
            share = sets * len(search.units) // len(self.units)
            proven.append(bounds.bound(search.units, here.__getitem__, share))
        if self.measure.objective is Objective.MAX:
            self.bound = max([self.bound, *proven])
        else:
            alone = [_least_cost(split.population, self.measure) for split in self.ground.splits]
            self.bound = max(self.bound, sum([*proven, *alone], Fraction()))

    def _people(self, units: Iterable[int]) -> int:
        return sum(self.people[unit] for unit in units)

    def _value(self) -> Fraction:
        return self.measure.value(self._score())

    def _score(self) -> Score:
        """The score of all districts: those of the islands and the parts of split units."""
        parts = [(part.population, part.seats) for s in self.ground.splits for part in s.parts]
        scores = [self.measure.score(parts), *(search.best_score for search in self.searches)]
        worst, together = zip(*(self.measure.ordered(*score) for score in scores), strict=True)
        return self.measure.ordered(max(worst), sum(together))

    def _tell(self, *, force: bool = False) -> None:
        if self.report is None or (not force and self.watch.seconds < self._told + QUIET):
            return
        self._told = self.watch.seconds
        count = sum(len(s.best) for s in self.searches)
        count += sum(len(split.parts) for split in self.ground.splits)
        self.report(Progress(self._told, self._value(), self.bound, count))

    def _districts(self) -> Iterator[PlannedDistrict]:
        """All districts, numbered in the order of their first unit."""
        place = {unit.code: i for i, unit in enumerate(self.units)}
        drawn = []
        for search in self.searches:
            for units, seats in search.best:
                codes = tuple(self.units[i].code for i in sorted(units))
                drawn.append((min(units), codes, seats, self._people(units)))
        for split in self.ground.splits:
            drawn.extend((place[split.unit], (p.code,), p.seats, p.population) for p in split.parts)
        drawn.sort(key=lambda row: row[0])  # stable: the parts of a unit stay in order
        for number, (_, codes, seats, people) in enumerate(drawn, start=1):
            off = deviation(people, seats, self.measure.persons, self.measure.seats)
            yield PlannedDistrict(number, seats, people, codes, off)


def _least_cost(population: int, measure: Measure) -> Fraction:
    """What a split unit costs at least, whatever seats it gets."""
    near = population * measure.seats // measure.persons
    return min(measure.cost(population, seats) for seats in (max(near, 1), near + 1))
