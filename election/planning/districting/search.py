"""The search for a good plan of one island: merge neighbouring districts, cut them anew, anneal."""

from collections.abc import Callable, Sequence
from math import exp

from election.planning.districting.columns import BrickGraph
from election.planning.districting.effort import Effort
from election.planning.districting.layout import ScoredDistrict, ScoredLayout, Standing
from election.planning.districting.measure import Measure
from election.planning.districting.trees import Cutter, Draws, Piece

# (power of the penalty, heat at the start of a round): by turns all districts and the worst one
# alone, cool and hot. Found by trial on grids of 38 to 2,000 units, as are the figures below.
ROUNDS = ((2.0, 0.1), (8.0, 0.3), (2.0, 0.3), (8.0, 1.0))
FIRST_STEPS, MOST_STEPS = 25, 200  # per district; each round is twice as long as the one before
BROKEN = 1e6  # penalty of a wish not kept: above that of any deviation worth the name
OFFER = 256  # steps between two offers of what was found
LOOK = 16  # steps between two looks for the worst district
WORST_FIRST = 0.4  # how often the worst district is among those cut anew
GROUPS = (0.05, 0.5, 0.8, 0.92)  # how often at most 1, 2, 3, 4 districts are cut anew; else 5

Offer = Callable[[], bool]  # says whether the plan is good enough to end


class IslandSearch:
    """Finds districts for connected units; keeps the best plan it has seen.

    Everything is decided by the seed; the effort only says when to stop.
    """

    def __init__(
        self,
        bricks: Sequence[int],
        seats: int,
        area: BrickGraph,
        measure: Measure,
        seed: Sequence[int],
        numbers: tuple[int, int] = (0, 10**9),
    ) -> None:
        """Draw a first plan.

        bricks: positions in `area`, connected; neighbours outside them are ignored.
        seats: 1 to most x number of bricks. numbers: the least and the most districts wished for.
        """
        self.units = list(bricks)
        self.measure = measure
        self.draws = Draws(seed)
        self.cutter = Cutter(area.people, area.neighbours, measure, self.draws)
        self.layout = ScoredLayout(area, measure, numbers)
        self.layout.replace((), [self.layout.draw(p) for p in self.cutter.cut(self.units, seats)])
        self._worst_key = next(iter(self.layout.districts))
        self.best: list[Piece] = self.layout.pieces()
        self.best_score: Standing = self.layout.score
        self._turn = 0

    def round(self, effort: Effort, offer: Offer) -> None:
        """The next cooling, each step of it spent; ends early when what it offers is enough.

        Raises Stopped; whatever was found until then is in `best`, offered or not.
        """
        if len(self.units) > 1:
            self._cool(effort, offer)
            self._turn += 1

    def adopt(self, pieces: Sequence[Piece]) -> None:
        """Go on from another plan of the same bricks and seats."""
        self.layout.replace(list(self.layout.districts), [self.layout.draw(p) for p in pieces])
        if self.layout.score < self.best_score:
            self.best, self.best_score = self.layout.pieces(), self.layout.score

    def _cool(self, effort: Effort, offer: Offer) -> None:
        """One cooling; its heat falls with the best plan found, so that it never destroys it."""
        power, heat = ROUNDS[self._turn % len(ROUNDS)]
        factor = min(MOST_STEPS, FIRST_STEPS * 2 ** min(self._turn, 9))
        steps, offered = factor * len(self.layout.districts), self.best_score
        self._weigh(power)
        for at in range(steps):
            effort.spend()
            if at % OFFER == 0 and self.best_score != offered:
                offered = self.best_score
                if offer():
                    return
            if at % LOOK == 0:
                self._worst_key = self.layout.worst()
                worst = self.measure.worst(self.best_score[1:])
                self.cutter.heat = heat * worst**power * (1 - at / steps) ** 2
            self._step()
            if self.layout.score < self.best_score:
                self.best, self.best_score = self.layout.pieces(), self.layout.score

    def _weigh(self, power: float) -> None:
        """Give every district its penalty by this power."""
        self.cutter.power = power
        for drawn in self.layout.districts.values():
            drawn.penalty = self._penalty(drawn)

    def _penalty(self, drawn: ScoredDistrict) -> float:
        return self.cutter.penalty(drawn.people, drawn.seats) + BROKEN * drawn.broken

    def _step(self) -> None:
        """Merge a few neighbouring districts and cut them anew; keep it if it pays, or by heat."""
        group = self._group()
        districts = [self.layout.districts[key] for key in group]
        units = [unit for district in districts for unit in district.units]
        seats = sum(district.seats for district in districts)
        new = [self._drawn(piece) for piece in self.cutter.cut(units, seats)]
        gain = sum(d.penalty for d in districts) - sum(d.penalty for d in new)
        count = len(self.layout.districts)
        after = count - len(group) + len(new)
        gain += BROKEN * (self.layout.surplus(count) - self.layout.surplus(after))
        heat = self.cutter.heat
        if gain >= 0 or (heat > 0 and self.draws() < exp(gain / heat)):
            self.layout.replace(group, new)

    def _drawn(self, piece: Piece) -> ScoredDistrict:
        drawn = self.layout.draw(piece)
        drawn.penalty = self._penalty(drawn)
        return drawn

    def _group(self) -> list[int]:
        """One to five districts that hang together, often around the worst one."""
        draws, layout = self.draws, self.layout
        group = [layout.home[self.units[draws.below(len(self.units))]]]
        if draws() < WORST_FIRST and self._worst_key in layout.districts:
            group = [self._worst_key]
        draw = draws()
        size = 1 + sum(draw >= share for share in GROUPS)
        while len(group) < size:
            options = layout.districts_around(group, group[draws.below(len(group))])
            if not options:
                break
            group.append(options[draws.below(len(options))])
        return group
