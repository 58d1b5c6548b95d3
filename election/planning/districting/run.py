"""One run on one ground: search, improve, prove, until it is proven or the time is up."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil

from election.planning.districting.answers import Writer
from election.planning.districting.bounds import UnitBounds, rounding_bound
from election.planning.districting.columns import TooMany
from election.planning.districting.drafts import Judge, PlanDraft
from election.planning.districting.exact import (
    LARGEST,
    MOST_COLUMNS,
    ConnectedSets,
    Desk,
    ProofSearch,
)
from election.planning.districting.ground import Ground
from election.planning.districting.measure import Measure
from election.planning.districting.neighbourhoods import Neighbourhoods
from election.planning.districting.pieces import Neighbours
from election.planning.districting.plans import (
    Ending,
    Objective,
    PlannerPhase,
    PlannerProgress,
    PlannerUnit,
    ProposedPlan,
)
from election.planning.districting.search import IslandSearch
from election.planning.districting.starts import Starts
from election.planning.districting.wishes import NoPlan, Wishes, none_found
from election.rules.terms import InputFaults

FIRST_ROUNDS = 3  # of the search, before anything else
SEARCHING = 0.4  # of the time limit at most for them
MANY = 300  # bricks that cannot be listed together
SETS = 400_000  # connected sets listed for the proof
UNIT_SETS = 60_000  # connected sets listed for the bound where the proof is out of reach
FEW_STEPS = 25  # neighbourhoods drawn anew before a proof
PATIENCE = 150  # neighbourhoods without a better plan, then the search goes on from it
ALTERNATIONS = 3  # of neighbourhoods and search between two tries at a proof
TURNS = 6  # times that helps nothing, then the plan is settled
LEAST_TURN, TURN = 4.0, 0.4  # of the time left for one try at a proof; seconds at least
QUIET = 0.2  # seconds between two reports of progress
SOLVER = 5.0  # seconds for one neighbourhood, far more than it takes

Stopwatch = Callable[[], float]
Report = Callable[[PlannerProgress], None]
Improved = Callable[[ProposedPlan], None]


class Watch:
    """How much time is left, and whether somebody wants us to stop."""

    def __init__(self, stopwatch: Stopwatch, limit: float, cancelled: Callable[[], bool]) -> None:
        self._stopwatch, self._started, self.limit = stopwatch, stopwatch(), limit
        self.cancelled = cancelled

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._stopwatch() - self._started

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit, 0 when it is over."""
        return max(0.0, self.limit - self.seconds)

    def until(self, end: float) -> Callable[[], Ending | None]:
        """A question for the search: must it stop, and for what reason."""

        def stop() -> Ending | None:
            if self.cancelled():
                return Ending.CANCELLED
            return Ending.TIME_LIMIT if self.seconds >= end else None

        return stop


class Run:
    """One run: the ground, the best draft and the bound proven so far."""

    report: Report | None = None
    improved: Improved | None = None

    def __init__(
        self,
        units: Sequence[PlannerUnit],
        neighbours: Neighbours,
        measure: Measure,
        seed: int,
        watch: Watch,
        wishes: Wishes,
        ground: Ground,
    ) -> None:
        self.measure, self.watch, self.wishes, self.seed = measure, watch, wishes, seed
        self.ground = ground
        self.judge = Judge(self.ground, measure, units)
        self.starts = Starts(self.judge, seed)
        self.writer = Writer(units, neighbours, measure, self.ground, wishes)
        self.hoods = Neighbourhoods(self.judge, (seed, 10**6))
        self.best: PlanDraft | None = None
        self.bound = 0  # on the scale of the key
        self._solving = watch.limit  # when the solver's turn ends
        self.phase = PlannerPhase.SEARCH
        self._scale = measure.persons * (
            measure.common if measure.objective is Objective.MAX else 1
        )
        self._reported_at = -QUIET
        self._raise_bound(ceil(max(rounding_bound(measure), self.ground.bound) * self._scale))

    def run(self) -> ProposedPlan:
        """Search, then list and prove where that is possible, else improve place by place."""
        searches = self.starts.searches()
        ending = self._search(searches, FIRST_ROUNDS, self.watch.limit * SEARCHING)
        while self.best is None and ending is not Ending.CANCELLED and self._many():
            ending = self._search(searches, 1, self.watch.limit)
            if self.best is None and self._late():
                raise InputFaults([none_found(self.wishes, self.measure.seats)])
        if ending is not Ending.CANCELLED:
            ending = self._exactly(searches) or ending
        if self.best is None:
            raise InputFaults([none_found(self.wishes, self.measure.seats)])
        if self.best.key[0] == self.bound and ending is not Ending.CANCELLED:
            ending = Ending.OPTIMAL
        self.phase = PlannerPhase.DONE
        self._report_progress(force=True)
        return self._plan(self.best, ending)

    # --- heuristics ---

    def _search(self, searches: Sequence[IslandSearch], rounds: int, end: float) -> Ending:
        """Some rounds on every island, each in its share of the time until `end`.

        The first reason not to settle is the reason for all.
        """
        ways = self.starts.divisions
        ending = Ending.SETTLED

        def look() -> None:
            if self.watch.seconds >= self._reported_at + QUIET:
                offer()

        def offer() -> None:
            pieces = [(tuple(u), n) for search in searches for u, n in search.best]
            self._offer(self.judge.draft(pieces, ways))

        offer()
        bricks_left = sum(len(search.units) for search in searches)
        for search in searches:
            if self._done():
                break
            now = self.watch.seconds
            share = (end - now) * len(search.units) / bricks_left
            bricks_left -= len(search.units)
            reason = search.run(rounds, self.watch.until(now + share), look)
            offer()
            if reason is Ending.CANCELLED:
                return reason
            ending = ending if reason is Ending.SETTLED else reason
        return ending

    def _many(self) -> bool:
        """Whether there is no hope to list all districts: then only the search finds a plan."""
        return len(self.ground.bricks) > MANY

    def _done(self) -> bool:
        return self.best is not None and self.best.key[0] <= self.bound

    def _improve(self, steps: int, patience: int) -> Ending | None:
        """Draw neighbourhoods anew; None: nothing better was found for a while."""
        self.phase = PlannerPhase.NEIGHBOURHOODS
        current, idle = self.best, 0
        stop = self.watch.until(self.watch.limit)
        for _ in range(steps):
            if current is None or idle >= patience or self._done():
                return None
            ending = stop()
            if ending is not None:
                return ending
            better = self.hoods.step(current, min(SOLVER, self.watch.seconds_left))
            idle = 0 if better else idle + 1
            current = better or current
            self._offer(better)
            self._report_progress()
            if not better and self.hoods.whole:
                return None
        return None

    # --- proof ---

    def _exactly(self, searches: Sequence[IslandSearch]) -> Ending | None:
        if self.measure.persons * self.measure.seats * self.measure.common >= LARGEST:
            return self._patiently(searches)
        listing = ConnectedSets(self.judge, min(SETS, int(SETS * self.watch.limit / 10)))
        desk = Desk(self._offer, self._raise_bound, self._solver_seconds)
        proof = ProofSearch(self.judge, listing, desk, self.seed)
        try:
            if self.best is None and not self._find_any(proof):
                raise NoPlan(self.wishes, self.measure.seats)
            ending = self._improve(10 * FEW_STEPS, FEW_STEPS)
            return ending or self._prove(proof, searches)
        except TooMany:
            return self._patiently(searches)

    def _find_any(self, proof: ProofSearch) -> bool:
        try:
            draft = proof.any_draft()
        except TimeoutError:
            raise InputFaults([none_found(self.wishes, self.measure.seats)]) from None
        self._offer(draft)
        return draft is not None

    def _prove(self, proof: ProofSearch, searches: Sequence[IslandSearch]) -> Ending:
        self.phase = PlannerPhase.PROOF
        self._report_progress(force=True)
        if self.best is None:
            raise AssertionError("nothing to prove")
        ending = self._settle(proof, searches)
        if ending:
            return ending
        self.phase, self._solving = PlannerPhase.POLISH, self.watch.limit
        self._report_progress(force=True)
        try:
            proof.polish(self.best)
        except TooMany:
            self._improve(FEW_STEPS, FEW_STEPS)
        return self._late() or Ending.SETTLED

    def _settle(self, proof: ProofSearch, searches: Sequence[IslandSearch]) -> Ending | None:
        """Prove and improve by turns; None: it is proven. A turn is a part of the time left."""
        while not self._done() and self.best:
            self.phase = PlannerPhase.PROOF
            self._solving = self.watch.seconds + max(LEAST_TURN, self.watch.seconds_left * TURN)
            proof.improve(self.best)
            if self._done():
                break
            for _ in range(ALTERNATIONS):
                ending = self._late() or self._alternate(searches)
                if ending:
                    return ending
            proof.heavy = MOST_COLUMNS
        return None

    def _solver_seconds(self) -> float:
        """How long the solver may try at most."""
        return min(self.watch.seconds_left, self._solving - self.watch.seconds)

    def _late(self) -> Ending | None:
        return self.watch.until(self.watch.limit)()

    def _patiently(self, searches: Sequence[IslandSearch]) -> Ending:
        """Where not all districts can be listed: improve, search on from there, by turns."""
        self._unit_bounds()
        idle = 0
        while idle < TURNS and not self._done():
            before = self.best.key if self.best else None
            ending = self._alternate(searches)
            if ending is not None:
                return ending
            idle = 0 if self.best and self.best.key != before else idle + 1
        return Ending.SETTLED

    def _alternate(self, searches: Sequence[IslandSearch]) -> Ending | None:
        """Neighbourhoods until they help no more, then the search for a round from there."""
        ending = self._improve(10**9, PATIENCE)
        if ending is None and not self._done():
            if self.best:
                searches = self.starts.again(searches, self.best)
            reason = self._search(searches, 1, self.watch.limit)
            ending = None if reason is Ending.SETTLED else reason
        return ending

    def _unit_bounds(self) -> None:
        """What the best district around each unit proves; for `sum` split units and locks add."""
        if self.best is None:
            return
        area = self.ground.area
        bounds = UnitBounds(area.people, area.neighbours, self.measure)
        people_of_district = {
            brick: sum(area.people[b] for b in bricks)
            for bricks, _ in self.best.pieces
            for brick in bricks
        }
        sets = min(UNIT_SETS, int(UNIT_SETS * self.watch.limit / 60))
        units = range(len(area.people))
        proven = bounds.bound(units, people_of_district.__getitem__, sets)
        if self.measure.objective is Objective.SUM:
            alone = [
                _least_cost(split.unit.population, self.measure) for split in self.ground.splits
            ]
            proven = sum([proven, *alone], Fraction(self.judge.off, self.measure.persons))
        self._raise_bound(ceil(proven * self._scale))

    # --- what is known ---

    def _offer(self, draft: PlanDraft | None) -> None:
        if draft is None or (self.best is not None and draft.key >= self.best.key):
            return
        better = self.best is None or draft.key[0] < self.best.key[0]
        self.best = draft
        if self.improved:
            self.improved(self._plan(draft, Ending.TIME_LIMIT))
        self._report_progress(force=better and self.improved is not None)

    def _raise_bound(self, bound: int) -> None:
        """A higher bound is proven; never above the plan that is there."""
        if bound > self.bound:
            self.bound = bound
            self._report_progress()

    def _value(self, figure: int) -> Fraction:
        return Fraction(figure, self._scale)

    def _report_progress(self, *, force: bool = False) -> None:
        if self.report is None or self.best is None:
            return
        if not force and self.watch.seconds < self._reported_at + QUIET:
            return
        self._reported_at = self.watch.seconds
        key = self.best.key
        count = key[2] + len(self.ground.locked)
        bound = self._value(min(self.bound, key[0]))
        self.report(
            PlannerProgress(self._reported_at, self._value(key[0]), bound, count, self.phase)
        )

    def _plan(self, draft: PlanDraft, ending: Ending) -> ProposedPlan:
        districts, splits = self.writer.write(draft)
        return ProposedPlan(
            objective=self.measure.objective,
            value=self._value(draft.key[0]),
            lower_bound=self._value(min(self.bound, draft.key[0])),
            seconds=self.watch.seconds,
            ending=ending,
            districts=districts,
            splits=splits,
        )


def _least_cost(population: int, measure: Measure) -> Fraction:
    """What a split unit costs at least, whatever seats it gets."""
    lower = population * measure.seats // measure.persons
    return min(measure.cost(population, seats) for seats in (max(lower, 1), lower + 1))
