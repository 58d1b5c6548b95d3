"""One run on one ground: search, improve, prove, until it is proven or its limits are reached."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil
from time import monotonic

from election.planning.districting.answers import Writer
from election.planning.districting.bounds import UnitBounds, whole_person_bound
from election.planning.districting.columns import TooMany
from election.planning.districting.drafts import Judge, PlanDraft
from election.planning.districting.effort import Effort, Stopped
from election.planning.districting.exact import (
    LARGEST,
    MOST_COLUMNS,
    ConnectedSets,
    Desk,
    ProofSearch,
)
from election.planning.districting.exchanges import STEPS as EXCHANGE_STEPS
from election.planning.districting.exchanges import Exchanges
from election.planning.districting.ground import Ground
from election.planning.districting.measure import Measure
from election.planning.districting.neighbourhoods import Neighbourhoods
from election.planning.districting.pieces import Neighbours, least_cost
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
MANY = 300  # bricks that cannot be listed together
SETS = 400_000  # connected sets listed for the proof
UNIT_SETS = 60_000  # connected sets listed for the bound where the proof is out of reach
FEW_STEPS = 25  # neighbourhoods drawn anew before a proof
PATIENCE = 150  # neighbourhoods without a better plan, then the search goes on from it
KICKS = 40  # times exchanges begin anew before the search goes on
ALTERNATIONS = 3  # of neighbourhoods and search between two tries at a proof
TURNS = 6  # times that helps nothing, then the plan is settled
FIRST_TURN = 40_000  # steps of the first try at a proof; each has twice as many as the one before
QUIET = 0.2  # seconds between two reports of progress

Report = Callable[[PlannerProgress], None]
Improved = Callable[[ProposedPlan], None]


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
        effort: Effort,
        wishes: Wishes,
        ground: Ground,
    ) -> None:
        self.measure, self.effort, self.wishes, self.seed = measure, effort, wishes, seed
        self.ground = ground
        self.judge = Judge(self.ground, measure, units)
        self.starts = Starts(self.judge, seed)
        self.writer = Writer(units, neighbours, measure, self.ground, wishes)
        self.hoods = Neighbourhoods(self.judge, (seed, 10**6), effort)
        self.exchanges = Exchanges(self.judge, (seed, 10**6 + 1))
        self.best: PlanDraft | None = None
        self.bound = 0  # on the scale of the key
        self.phase = PlannerPhase.SEARCH
        self._scale = measure.persons * (
            measure.common if measure.objective is Objective.MAX else 1
        )
        self._reported_at = -QUIET
        self._raise_bound(ceil(max(whole_person_bound(measure), self.ground.bound) * self._scale))

    def run(self) -> ProposedPlan:
        """Search, then list and prove where that is possible, else improve place by place.

        Nothing but input and seed decides what is done; the effort says where it stops.
        """
        try:
            self._work()
            ending = Ending.SETTLED
        except Stopped as stopped:
            ending = stopped.ending
        if self.best is None:
            raise InputFaults([none_found(self.wishes, self.measure.seats)])
        if self.best.key[0] == self.bound and ending is not Ending.CANCELLED:
            ending = Ending.OPTIMAL
        self.phase = PlannerPhase.DONE
        self._report_progress(force=True)
        return self._plan(self.best, ending)

    def _work(self) -> None:
        searches = self.starts.searches()
        self._offer_searched(searches)
        for _ in range(FIRST_ROUNDS):
            self._search(searches)
        while self.best is None and self._many():
            self._search(searches)
        try:
            self._exactly(searches)
        except TooMany:
            self._patiently(searches)

    # --- heuristics ---

    def _search(self, searches: Sequence[IslandSearch]) -> None:
        """A round on every island."""
        self.phase = PlannerPhase.SEARCH

        def offer() -> bool:
            self._offer_searched(searches)
            return self._done()

        for search in searches:
            if self._done():
                return
            before = search.best_score
            try:
                search.round(self.effort, offer)
            finally:
                if search.best_score != before:
                    self._offer_searched(searches)

    def _offer_searched(self, searches: Sequence[IslandSearch]) -> None:
        pieces = [(tuple(units), seats) for search in searches for units, seats in search.best]
        self._offer(self.judge.draft(pieces, self.starts.divisions))

    def _many(self) -> bool:
        """Whether there is no hope to list all districts: then only the search finds a plan."""
        return len(self.ground.bricks) > MANY

    def _done(self) -> bool:
        return self.best is not None and self.best.key[0] <= self.bound

    def _improve(self, steps: int, patience: int) -> None:
        """Draw neighbourhoods anew until nothing better was found for a while."""
        self.phase = PlannerPhase.NEIGHBOURHOODS
        current, idle = self.best, 0
        for _ in range(steps):
            if current is None or idle >= patience or self._done() or self.hoods.hopeless:
                return
            better = self.hoods.step(current)
            idle = 0 if better else idle + 1
            current = better or current
            self._offer(better)
            self._report_progress()
            if not better and self.hoods.whole:
                return

    def _exchange(self) -> None:
        """Where districts are large: few bricks change sides; begun anew where that is at its end.

        Every beginning is the last end with two districts cut anew, so that many are tried.
        """
        self.phase = PlannerPhase.NEIGHBOURHOODS
        current = self.best
        for _ in range(KICKS):
            if current is None or self._done() or not self.exchanges.pays(current):
                return
            current = self.exchanges.kick(self._descend(current))

    def _descend(self, draft: PlanDraft) -> PlanDraft:
        """Exchanges between neighbours until a few of them in a row find nothing."""
        idle, patience = 0, 4 + 2 * len(draft.pieces)
        while idle < patience and not self._done():
            self.effort.spend(EXCHANGE_STEPS)
            better = self.exchanges.step(draft)
            idle = 0 if better else idle + 1
            draft = better or draft
            self._offer(better)
            self._report_progress()
        return draft

    # --- proof ---

    def _exactly(self, searches: Sequence[IslandSearch]) -> None:
        """List all districts that could be drawn and prove; raises TooMany where that cannot be."""
        if self.measure.persons * self.measure.seats * self.measure.common >= LARGEST:
            raise TooMany
        listing = ConnectedSets(self.judge, SETS, self.effort)
        desk = Desk(self._offer, self._raise_bound, self.effort)
        proof = ProofSearch(self.judge, listing, desk, self.seed)
        if self.best is None:
            self._offer(proof.any_draft())
        if self.best is None:
            raise NoPlan(self.wishes, self.measure.seats)
        self._improve(10 * FEW_STEPS, FEW_STEPS)
        self._settle(proof, searches)
        self._polish(proof, self.best)

    def _settle(self, proof: ProofSearch, searches: Sequence[IslandSearch]) -> None:
        """Prove and improve by turns until it is proven; a turn has twice the steps of the last."""
        turn = FIRST_TURN
        while not self._done() and self.best:
            self.phase, proof.steps = PlannerPhase.PROOF, turn
            self._report_progress(force=True)
            proof.improve(self.best)
            turn, proof.heavy = 2 * turn, MOST_COLUMNS
            for _ in range(ALTERNATIONS):
                self._alternate(searches)

    def _polish(self, proof: ProofSearch, best: PlanDraft) -> None:
        """Of the proven plans the best by what comes next."""
        self.phase, proof.steps = PlannerPhase.POLISH, None
        self._report_progress(force=True)
        try:
            proof.polish(best)
        except TooMany:
            self._improve(FEW_STEPS, FEW_STEPS)

    def _patiently(self, searches: Sequence[IslandSearch]) -> None:
        """Where not all districts can be listed: improve, search on from there, by turns."""
        self._unit_bounds()
        idle = 0
        while idle < TURNS and not self._done():
            before = self.best.key if self.best else None
            self._alternate(searches)
            idle = 0 if self.best and self.best.key != before else idle + 1

    def _alternate(self, searches: Sequence[IslandSearch]) -> None:
        """Neighbourhoods until they help no more, exchanges, then the search from there."""
        self._improve(10**9, PATIENCE)
        self._exchange()
        if self._done():
            return
        if self.best:
            searches = self.starts.again(searches, self.best)
        self._search(searches)

    def _unit_bounds(self) -> None:
        """What the best district around each unit proves; for `sum` split units and locks add."""
        if self.best is None:
            return
        area = self.ground.area
        bounds = UnitBounds(area.people, area.neighbours, self.measure, self.effort.spend)
        people_of_district = {
            brick: sum(area.people[b] for b in bricks)
            for bricks, _ in self.best.pieces
            for brick in bricks
        }
        units = range(len(area.people))
        proven = bounds.bound(units, people_of_district.__getitem__, UNIT_SETS)
        if self.measure.objective is Objective.SUM:
            alone = [least_cost(split, self.measure) for split in self.ground.splits]
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
        self._report_progress(force=better)

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
        if not force and monotonic() < self._reported_at + QUIET:
            return
        self._reported_at = monotonic()
        key = self.best.key
        count = key[2] + len(self.ground.locked)
        bound = self._value(min(self.bound, key[0]))
        self.report(
            PlannerProgress(self.effort.seconds, self._value(key[0]), bound, count, self.phase)
        )

    def _plan(self, draft: PlanDraft, ending: Ending) -> ProposedPlan:
        districts, splits = self.writer.write(draft)
        return ProposedPlan(
            objective=self.measure.objective,
            value=self._value(draft.key[0]),
            lower_bound=self._value(min(self.bound, draft.key[0])),
            seconds=self.effort.seconds,
            ending=ending,
            districts=districts,
            splits=splits,
            steps=self.effort.steps,
        )
