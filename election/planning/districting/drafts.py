"""A plan in the making: which bricks make which district, how units are divided, how good it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from election.planning.districting.ground import Ground
from election.planning.districting.measure import Measure
from election.planning.districting.plans import PlannerUnit
from election.planning.districting.splits import Division

Piece = tuple[tuple[int, ...], int]  # bricks in order, seats
Key = tuple[int, int, int, int]  # both figures by the objective, districts, borders cut


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Districts over the bricks, divisions of the split units in their order, and their key."""

    pieces: tuple[Piece, ...]
    divisions: tuple[Division, ...]
    key: Key


class Judge:
    """Measures drafts exactly; smaller keys are better plans.

    worst, off, net: of the locked districts alone (net: people too many, with sign, as `off`).
    """

    def __init__(self, ground: Ground, measure: Measure, units: Sequence[PlannerUnit]) -> None:
        self.ground, self.measure = ground, measure
        self._borders = sum(len(neighbours) for neighbours in ground.area.neighbours) // 2
        locked = [(sum(units[u].population for u in us), s) for us, s in ground.locked]
        offs = [(measure.off(people, seats), seats) for people, seats in locked]
        self.worst = max((off * (measure.common // s) for off, s in offs), default=0)
        self.off = sum(off for off, _ in offs)
        self.net = sum(people * measure.seats - s * measure.persons for people, s in locked)

    def figures(self, piece: Piece) -> tuple[int, int]:
        """(worst, off) of one district."""
        bricks, seats = piece
        people = self.ground.area.people
        off = self.measure.off(sum([people[brick] for brick in bricks]), seats)
        return off * (self.measure.common // seats), off

    def draft(self, pieces: Iterable[Piece], divisions: Iterable[Division]) -> PlanDraft | None:
        """Measure these districts; None when they break a wish."""
        drawn = tuple(sorted((tuple(sorted(bricks)), seats) for bricks, seats in pieces))
        ways = tuple(divisions)
        count = len(drawn) + sum(len(way.parts) for way in ways)
        if not self._keeps_wishes(drawn, count):
            return None
        figures = [self.figures(piece) for piece in drawn] + [(w.worst, w.off) for w in ways]
        worst = max([self.worst, *(worst for worst, _ in figures)])
        first, second = self.measure.ordered(worst, self.off + sum(off for _, off in figures))
        return PlanDraft(drawn, ways, (first, second, count, self._cut(drawn)))

    def _cut(self, pieces: Sequence[Piece]) -> int:
        neighbours, inside = self.ground.area.neighbours, 0
        for bricks, _ in pieces:
            if len(bricks) > 1:
                district = set(bricks)
                inside += sum(
                    neighbour in district for brick in bricks for neighbour in neighbours[brick]
                )
        return self._borders - inside // 2

    def _keeps_wishes(self, pieces: Sequence[Piece], count: int) -> bool:
        """Whether the wishes are kept; contiguity, seats and locks hold by construction."""
        ground = self.ground
        if not (ground.least or 0) <= count <= (count if ground.most is None else ground.most):
            return False
        area = ground.area
        if not area.together and not area.apart:
            return True
        home = {brick: i for i, (bricks, _) in enumerate(pieces) for brick in bricks}
        torn = any(len({home[brick] for brick in group}) > 1 for group in area.together)
        return not torn and all(home[a] != home[b] for a, b in area.apart)

    def worst_of(self, draft: PlanDraft) -> int:
        """The largest deviation of a draft, on the scale of Measure.score."""
        return draft.key[self.measure.ordered(0, 1)[0]]

    def off_of(self, draft: PlanDraft) -> int:
        """The weighted sum of a draft, on the scale of Measure.score."""
        return draft.key[self.measure.ordered(1, 0)[0]]
