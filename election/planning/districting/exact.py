"""Proof: of all plans that the wishes allow none is better; borders and seats decided together.

All districts that could be drawn are columns, and a plan is a choice of them (set partitioning).
Smallest largest deviation: thresholds among the deviations that occur, halved by the linear
relaxation first (a bound) and by whole choices then. Smallest sum: prices of the relaxation give a
bound and leave out every column that no better plan can use. What ties is decided in order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from election.planning.districting.columns import (
    BrickSet,
    ColumnMatrix,
    Ints,
    TooMany,
    columns_of,
    connected_sets,
)
from election.planning.districting.drafts import Judge, Piece, PlanDraft
from election.planning.districting.effort import Effort, Stopped
from election.planning.districting.partition import (
    Answer,
    Cap,
    Demand,
    Floats,
    SolverLimits,
    SolverOutcome,
    price,
    solve,
    whole_bound,
)
from election.planning.districting.plans import Ending, Objective
from election.planning.districting.splits import Division, divisions_of

MOST_COLUMNS = 60_000  # more are not proven in minutes
HEAVY = 6_000  # the solver forgets the time over more: first everything else is tried
FIRST_COLUMNS, MORE_COLUMNS = 6_000, 3_000  # columns the relaxation starts with, and takes in
LARGEST = 2**50  # figures below this are exact in floats


@dataclass(frozen=True, slots=True)
class Desk:
    """What the proof tells the planner: better drafts, bounds, and what it spends."""

    offer: Callable[[PlanDraft], None]
    raise_bound: Callable[[int], None]
    effort: Effort


class ConnectedSets:
    """Every connected set of bricks up to a number of people, listed once and kept."""

    def __init__(self, judge: Judge, limit: int, effort: Effort) -> None:
        self.judge, self._limit, self._effort = judge, limit, effort
        self._most, self._sets = -1, list[BrickSet]()

    def sets(self, claim: int | None) -> list[BrickSet]:
        """Sets with people x seats up to `claim`; None: all. Raises TooMany."""
        area, measure = self.judge.ground.area, self.judge.measure
        most = measure.persons if claim is None else min(measure.persons, claim // measure.seats)
        if most > self._most:
            self._sets = list(connected_sets(area, most, self._limit, self._effort.spend))
            self._most = most
        return self._sets


class ProofSearch:
    """Finds the best draft and proves it, as far as the effort goes.

    steps: of one search for whole choices; None: whatever is left. heavy: more columns are not
    solved for whole choices (yet).
    """

    def __init__(self, judge: Judge, listing: ConnectedSets, desk: Desk, seed: int) -> None:
        self.judge, self.listing, self.desk = judge, listing, desk
        self.ground, self.measure = judge.ground, judge.measure
        self.demand = Demand(self.ground.seats, self.ground.least, self.ground.most)
        self.seed = seed
        self.steps: int | None = None
        self.heavy = HEAVY

    # --- any plan at all ---

    def any_draft(self) -> PlanDraft | None:
        """Some draft that keeps all wishes; None: there is none. Raises Stopped: not known."""
        columns = self._columns()
        answer = self._solve(columns, columns.off)
        if answer.chosen:
            return self._draft(columns, answer.chosen)
        if answer.verdict is SolverOutcome.INFEASIBLE:
            return None
        raise Stopped(Ending.SETTLED)

    def _columns(self, *, below: int | None = None, spread: int | None = None) -> ColumnMatrix:
        """Columns whose deviation is less than `below`, or that a sum of `spread` can hold.

        All deviations, with their signs, add up to nothing: what one district has too much the
        others have too little. So no district is off by more than about half of the sum.
        """
        measure, judge = self.measure, self.judge
        most, share = measure.most * measure.persons, None
        claim: int | None = None
        if below is not None:
            claim = most + below * measure.most // measure.common
        elif spread is not None:
            share = (spread + abs(judge.net)) // 2
            claim = most + share
        sets = self.listing.sets(claim)
        ways = divisions_of(self.ground.splits, measure, self.ground.seats, below, spread)
        columns = columns_of(sets, ways, measure, len(self.ground.bricks), below=below, share=share)
        if len(columns) > MOST_COLUMNS:
            raise TooMany
        return columns

    def _solve(
        self,
        columns: ColumnMatrix,
        cost: Ints,
        *,
        caps: Sequence[Cap] = (),
        start: Sequence[int] = (),
        first: bool = False,
    ) -> Answer:
        limits = SolverLimits(self.steps, solutions=1 if first else None, seed=self.seed)
        effort = self.desk.effort
        return solve(columns, self.demand, cost, limits, effort, caps=caps, start=start)

    def _relaxed(self, columns: ColumnMatrix, cost: Ints | Floats) -> Answer:
        """Columns may be chosen in fractions."""
        limits = SolverLimits(seed=self.seed)
        return solve(columns, self.demand, cost, limits, self.desk.effort, integer=False)

    def _draft(self, columns: ColumnMatrix, chosen: Sequence[int]) -> PlanDraft:
        pieces: list[Piece] = []
        ways: dict[int, Division] = {}
        for column in chosen:
            way = columns.choices[column]
            if way is None:
                pieces.append((columns.rows[column], int(columns.seats[column])))
            else:
                ways[columns.rows[column][0]] = way
        draft = self.judge.draft(pieces, [ways[row] for row in sorted(ways)])
        if draft is None:
            raise AssertionError("the solver chose what the wishes forbid")
        return draft

    # --- the objective ---

    def improve(self, draft: PlanDraft) -> PlanDraft:
        """The best draft by the objective; raises the bound as far as it is proven."""
        if self.measure.objective is Objective.MAX:
            return self._least_worst(draft)
        return self._least_sum(draft)

    def _least_worst(self, draft: PlanDraft) -> PlanDraft:
        worst = self.judge.worst_of(draft)
        if worst <= self.judge.worst:
            self.desk.raise_bound(worst)
            return draft
        columns = self._columns(below=worst)
        levels = np.unique(columns.worst)
        low = self._level(columns, levels)
        self.desk.raise_bound(self._at(levels, low, worst))
        return self._halve(draft, columns, levels, low)

    def _at(self, levels: Ints, index: int, top: int) -> int:
        """The deviation of a level; past the last one nothing is below `top`."""
        return max(self.judge.worst, int(levels[index]) if index < len(levels) else top)

    def _level(self, columns: ColumnMatrix, levels: Ints) -> int:
        """The first level at which columns can be chosen in fractions; below it nothing exists."""
        low, high = 0, len(levels)
        while low < high:
            middle = (low + high) // 2
            some = columns.take(columns.worst <= levels[middle])
            answer = self._relaxed(some, np.zeros(len(some)))
            if answer.verdict is SolverOutcome.INFEASIBLE:
                low = middle + 1
            elif answer.verdict is SolverOutcome.OPTIMAL:
                high = middle
            else:
                break
        return low

    def _halve(
        self,
        draft: PlanDraft,
        columns: ColumnMatrix,
        levels: Ints,
        low: int,
        caps: Sequence[Cap] = (),
    ) -> PlanDraft:
        """Whole choices at ever closer levels, until a level is proven or the time is up.

        caps: further rows, over all `columns`.
        """
        high, worst = len(levels), self.judge.worst_of(draft)
        while low < high:
            middle = (low + high) // 2
            keep = columns.worst <= levels[middle]
            some = columns.take(keep)
            if len(some) > self.heavy:
                break
            limits = [Cap(cap.figures[keep], cap.limit) for cap in caps]
            answer = self._solve(some, np.zeros(len(some), np.int64), caps=limits, first=True)
            if answer.chosen:
                draft = self._draft(some, answer.chosen)
                self.desk.offer(draft)
                worst = self.judge.worst_of(draft)
                high = int(np.searchsorted(levels, some.worst[list(answer.chosen)].max()))
            elif answer.verdict is SolverOutcome.INFEASIBLE:
                low = middle + 1
                if not caps:
                    self.desk.raise_bound(self._at(levels, low, worst))
            else:
                break
        return draft

    def _least_sum(self, draft: PlanDraft) -> PlanDraft:
        spread = self.judge.off_of(draft) - self.judge.off
        columns = self._columns(spread=spread)
        chosen, bound = self._cheapest(columns, spread, draft)
        self.desk.raise_bound(self.judge.off + bound)
        if not chosen:
            return draft
        better = self._draft(columns, chosen)
        if better.key < draft.key:
            self.desk.offer(better)
            return better
        return draft

    def _cheapest(
        self, columns: ColumnMatrix, top: int, draft: PlanDraft
    ) -> tuple[tuple[int, ...], int]:
        """(the choice of the smallest sum, or nothing; proven bound). top: the sum of the draft.

        Columns whose reduced cost is above the gap between top and the bound of the relaxation are
        in no better choice and are left out.
        """
        cost = columns.off
        relaxed = self._relax(columns, cost)
        if relaxed is None:
            return (), 0
        raw, reduced, scale = price(columns, self.demand, cost, relaxed)
        bound = min(top, -(-raw // scale))
        if self.measure.objective is Objective.SUM:
            self.desk.raise_bound(self.judge.off + bound)
        keep = reduced <= top * scale - raw
        some = columns.take(keep)
        if len(some) > self.heavy:
            return (), bound
        answer = self._solve(some, some.off, start=self._choice(some, draft))
        if answer.verdict is SolverOutcome.INFEASIBLE:
            return (), top
        if not answer.chosen:
            return (), bound
        picked = np.flatnonzero(keep)[list(answer.chosen)]
        value = int(cost[picked].sum())
        return tuple(picked.tolist()), max(bound, whole_bound(answer.bound, value))

    def _choice(self, columns: ColumnMatrix, draft: PlanDraft) -> list[int]:
        """The columns of a draft; empty when they are not all there."""
        pieces = {(frozenset(bricks), seats) for bricks, seats in draft.pieces}
        chosen = [
            i
            for i, (rows, seats) in enumerate(
                zip(columns.rows, columns.seats.tolist(), strict=True)
            )
            if columns.choices[i] is None and (frozenset(rows), seats) in pieces
        ]
        ways = set(draft.divisions)
        chosen += [i for i, way in enumerate(columns.choices) if way in ways]
        return chosen if len(chosen) == len(pieces) + len(ways) else []

    def _relax(self, columns: ColumnMatrix, cost: Ints) -> Floats | None:
        """Prices of the relaxation; with many columns only those that pay are taken in."""
        if len(columns) <= 2 * FIRST_COLUMNS:
            return self._prices(columns, cost)
        weight = np.diff(columns.starts)
        order = np.argsort(cost / weight, kind="stable")
        active = np.zeros(len(columns), bool)
        active[order[:FIRST_COLUMNS]] = True
        while True:
            duals = self._prices(columns.take(active), cost[active])
            if duals is None:
                if active.all():
                    return None
                active[order[: 2 * int(active.sum())]] = True
                continue
            _, reduced, _ = price(columns, self.demand, cost, duals)
            fresh = np.flatnonzero((reduced < -1) & ~active)
            if not len(fresh):
                return duals
            active[fresh[np.argsort(reduced[fresh], kind="stable")[:MORE_COLUMNS]]] = True

    def _prices(self, columns: ColumnMatrix, cost: Ints) -> Floats | None:
        answer = self._relaxed(columns, cost)
        return answer.duals if answer.verdict is SolverOutcome.OPTIMAL else None

    # --- what ties ---

    def polish(self, draft: PlanDraft) -> PlanDraft:
        """Of all plans as good as this proven one, the best by what comes next.

        That is the other figure, then fewer districts, then fewer borders cut.
        """
        worst, off = self.judge.worst_of(draft), self.judge.off_of(draft)
        spread = off - self.judge.off
        if self.measure.objective is Objective.MAX:
            columns = self._columns(below=worst + 1)
            chosen, _ = self._cheapest(columns, spread, draft)
        else:
            columns = self._columns(spread=spread)
            below = columns.take(columns.worst < worst)
            levels = np.unique(below.worst)
            caps = [Cap(below.off, spread)]
            draft = self._halve(draft, below, levels, self._level(below, levels), caps)
            chosen = ()
        if chosen:
            draft = min(draft, self._draft(columns, chosen), key=lambda candidate: candidate.key)
            self.desk.offer(draft)
        return self._neatest(draft)

    def _neatest(self, draft: PlanDraft) -> PlanDraft:
        worst, off = self.judge.worst_of(draft), self.judge.off_of(draft)
        spread = off - self.judge.off
        if self.measure.objective is Objective.MAX:
            columns = self._columns(below=worst + 1)
        else:
            columns = self._columns(spread=spread)
        columns = columns.take(columns.worst <= worst)
        duals = self._relax(columns, columns.off)
        if duals is not None:
            raw, reduced, scale = price(columns, self.demand, columns.off, duals)
            columns = columns.take(reduced <= spread * scale - raw)
        borders = 1 + sum(len(neighbours) for neighbours in self.ground.area.neighbours) // 2
        answer = self._solve(
            columns,
            columns.districts * borders - columns.inside,
            caps=[Cap(columns.off, spread)],
        )
        if answer.chosen:
            neat = self._draft(columns, answer.chosen)
            if neat.key < draft.key:
                self.desk.offer(neat)
                return neat
        return draft
