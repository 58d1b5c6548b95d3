"""Making a plan better piece by piece: a few districts side by side are drawn anew, exactly.

Around the worst district, or around any, as many districts are taken as can be listed in full; the
solver finds the best way to draw them. What it improves stays, then the next place is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from election.planning.districting.columns import ColumnMatrix, TooMany, columns_of, connected_sets
from election.planning.districting.drafts import Judge, Piece, PlanDraft
from election.planning.districting.effort import Effort
from election.planning.districting.partition import Demand, SolverLimits, solve
from election.planning.districting.plans import Objective
from election.planning.districting.splits import divisions_of
from election.planning.districting.trees import Draws

MOST_SETS = 25_000
# columns of a neighbourhood: with more it gets smaller, with fewer larger; sums are harder to solve
COLUMNS = {Objective.MAX: (1_000, 3_000), Objective.SUM: (400, 1_200)}
FIRST_SIZE, LEAST_SIZE = 16, 4  # bricks of a neighbourhood
WORST_FIRST, ELSEWHERE = 0.5, 0.25  # how often around the worst, how often with another place
NODES = 60
_STEEP = 4  # power of the deviation that the solver adds up: it looks at the worst first
_SCALE = 1e6
_REFUSALS = 10


@dataclass(slots=True)
class _Place:
    """What is drawn anew: districts and split units by position, and their bricks."""

    pieces: list[int]
    splits: list[int]
    bricks: list[int]


class Neighbourhoods:
    """Improves drafts; what it tries is decided by the seed alone."""

    def __init__(self, judge: Judge, seed: Sequence[int], effort: Effort) -> None:
        self.judge, self.ground, self.measure = judge, judge.ground, judge.measure
        self.effort = effort
        self.draws = Draws(seed)
        self.size = FIRST_SIZE
        self._refused = 0  # of the smallest places in a row, how many could not be listed
        self.whole = False  # whether everything was drawn anew: to try again is no use
        self._seed = seed[0]
        # between several islands and split units only seats can move
        self._several = len(self.ground.islands) + len(self.ground.splits) > 1

    @property
    def hopeless(self) -> bool:
        """Whether districts are so large that even two of them cannot be listed."""
        return self._refused >= _REFUSALS

    def step(self, draft: PlanDraft) -> PlanDraft | None:
        """A better draft, or None; a district outside the place drawn anew stays as it is."""
        self.effort.spend()
        figures = [self.judge.figures(piece) for piece in draft.pieces]
        place = self._place(draft, figures)
        self.whole = False
        place_figures = [figures[i] for i in place.pieces]
        place_figures += [(draft.divisions[i].worst, draft.divisions[i].off) for i in place.splits]
        worst, off = max(w for w, _ in place_figures), sum(o for _, o in place_figures)
        if not (worst if self.measure.objective is Objective.MAX else off):
            return None
        try:
            columns, cost = self._columns(draft, place, worst, off)
        except TooMany:
            self._refused += self.size == LEAST_SIZE
            self.size = max(LEAST_SIZE, self.size - 2)
            return None
        self._refused = 0
        few, most = COLUMNS[self.measure.objective]
        if len(columns) > most:
            self.size = max(LEAST_SIZE, self.size - 1)
            return None
        if len(columns) < few:
            self.size += 1
        self.whole = (len(place.pieces), len(place.splits)) == (
            len(draft.pieces),
            len(draft.divisions),
        )
        answer = solve(
            columns,
            self._demand(draft, place),
            cost,
            SolverLimits(nodes=NODES, seed=self._seed),
            self.effort,
        )
        new = self._drawn(draft, place, columns, answer.chosen) if answer.chosen else None
        better = new and (self.measure.objective is Objective.MAX or new.key < draft.key)
        return new if better else None

    def _place(self, draft: PlanDraft, figures: Sequence[tuple[int, int]]) -> _Place:
        """The worst district, or any, and districts around it up to the size."""
        draws, count = self.draws, len(draft.pieces)
        index = 0 if self.measure.objective is Objective.MAX else 1
        all_figures = [*figures, *((way.worst, way.off) for way in draft.divisions)]
        start = draws.below(len(all_figures))
        if draws() < WORST_FIRST:
            start = max(range(len(all_figures)), key=lambda i: (all_figures[i][index], i))
        home = {brick: i for i, (bricks, _) in enumerate(draft.pieces) for brick in bricks}
        chosen = [start] if start < count else []
        splits = [start - count] if start >= count else []
        if count and (not chosen or (self._several and draws() < ELSEWHERE)):
            chosen = list(dict.fromkeys([*chosen, draws.below(count)]))
        if draft.divisions and not splits and draws() < ELSEWHERE:
            splits = [draws.below(len(draft.divisions))]
        bricks = [brick for i in chosen for brick in draft.pieces[i][0]]
        while len(bricks) < self.size:
            around = {
                home[neighbour]
                for brick in bricks
                for neighbour in self.ground.area.neighbours[brick]
            }.difference(chosen)
            if not around:
                break
            options = sorted(around)
            pick = options[draws.below(len(options))]
            chosen.append(pick)
            bricks += draft.pieces[pick][0]
        return _Place(chosen, splits, sorted(bricks))

    def _columns(
        self, draft: PlanDraft, place: _Place, worst: int, off: int
    ) -> tuple[ColumnMatrix, np.ndarray]:
        """Everything that could be drawn here and be better, and what it costs."""
        measure, area = self.measure, self.ground.area.part(place.bricks)
        seats = self._seats(draft, place)
        people = sum(area.people) + sum(self.ground.splits[i].unit.population for i in place.splits)
        if measure.objective is Objective.MAX:
            below, share, spread = worst, None, None
            most = measure.most * measure.persons + worst * measure.most // measure.common
        else:
            # the offs here add up to the net; one that is far off needs others that make up for it
            net = abs(people * measure.seats - seats * measure.persons)
            below, share, spread = None, (off - 1 + net) // 2, off - 1
            most = measure.most * measure.persons + share
        sets = connected_sets(area, most // measure.seats, MOST_SETS, self.effort.spend)
        splits = [self.ground.splits[i] for i in place.splits]
        ways = divisions_of(splits, measure, seats, below, spread)
        columns = columns_of(sets, ways, measure, len(place.bricks), below=below, share=share)
        if measure.objective is Objective.SUM:
            return columns, columns.off
        return columns, np.rint((columns.worst / worst) ** _STEEP * _SCALE) * columns.districts

    def _seats(self, draft: PlanDraft, place: _Place) -> int:
        return sum(draft.pieces[i][1] for i in place.pieces) + sum(
            draft.divisions[i].seats for i in place.splits
        )

    def _demand(self, draft: PlanDraft, place: _Place) -> Demand:
        """The seats that are here; the number of districts that the others leave open."""
        inside = len(place.pieces) + sum(len(draft.divisions[i].parts) for i in place.splits)
        outside = draft.key[2] - inside
        least, most = self.ground.least, self.ground.most
        return Demand(
            self._seats(draft, place),
            None if least is None else max(0, least - outside),
            None if most is None else most - outside,
        )

    def _drawn(
        self, draft: PlanDraft, place: _Place, columns: ColumnMatrix, chosen: Sequence[int]
    ) -> PlanDraft | None:
        replaced = set(place.pieces)
        pieces: list[Piece] = [p for i, p in enumerate(draft.pieces) if i not in replaced]
        ways = list(draft.divisions)
        for column in chosen:
            way = columns.choices[column]
            if way is not None:
                index = columns.rows[column][0] - len(place.bricks)
                ways[place.splits[index]] = way
            else:
                bricks = tuple(place.bricks[row] for row in columns.rows[column])
                pieces.append((bricks, int(columns.seats[column])))
        return self.judge.draft(pieces, ways)
