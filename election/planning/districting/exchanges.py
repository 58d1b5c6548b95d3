"""Making a plan of large districts better: a few bricks change sides between two neighbours.

Where districts are too large to be listed, cutting them anew seldom meets their share to a few
people. Up to three bricks go over, up to three come back, and of the many ways that keep both
districts in one piece the one is taken that leaves them nearest to their share.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from election.planning.districting.drafts import Judge, Piece, PlanDraft
from election.planning.districting.trees import Cutter, Draws
from election.rules.districts.contiguity import connected_pieces

LARGE = 6  # bricks of a district on average from which on this pays
STEPS = 20  # what one exchange is counted as
MOST_LOOSE = 80  # sets of bricks that may leave a district, of which the best are sought
MOST_BRICKS = 3  # of such a set
TRIES = 16  # exchanges whose districts are looked at
WORST_FIRST = 0.5  # how often the worst district takes part


@dataclass(frozen=True, slots=True)
class _Loose:
    """Bricks that may leave their district for a neighbour, and their people."""

    people: int
    bricks: frozenset[int]


_NOTHING = _Loose(0, frozenset())


class Exchanges:
    """Improves drafts; what it tries is decided by the seed alone."""

    def __init__(self, judge: Judge, seed: Sequence[int]) -> None:
        area, self.judge, self.measure = judge.ground.area, judge, judge.measure
        self.people, self.neighbours = area.people, area.neighbours
        self.draws = Draws(seed)
        self._cutter = Cutter(area.people, area.neighbours, judge.measure, self.draws)

    def pays(self, draft: PlanDraft) -> bool:
        """Whether there are two districts, large enough for exchanges to be many."""
        count = len(draft.pieces)
        return count > 1 and len(self.people) >= LARGE * count

    def step(self, draft: PlanDraft) -> PlanDraft | None:
        """The draft with two neighbours nearer to their shares, or None."""
        pair = self._pair(draft)
        if pair is None:
            return None
        first, second = (draft.pieces[i] for i in pair)
        for out, back in self._candidates(first, second):
            mine = frozenset(first[0]) - out.bricks | back.bricks
            theirs = frozenset(second[0]) - back.bricks | out.bricks
            if self._whole(mine) and self._whole(theirs):
                better = self._with(draft, pair, [(mine, first[1]), (theirs, second[1])])
                if better is not None:
                    return better
        return None

    def kick(self, draft: PlanDraft) -> PlanDraft:
        """Two neighbours cut anew at random, whatever that costs; the draft where that fails."""
        pair = self._pair(draft)
        if pair is None:
            return draft
        both = [draft.pieces[i] for i in pair]
        bricks = [brick for district, _ in both for brick in district]
        pieces = self._cutter.cut(bricks, sum(seats for _, seats in both))
        return self._with(draft, pair, pieces) or draft

    def _with(
        self,
        draft: PlanDraft,
        pair: tuple[int, int],
        pieces: Sequence[tuple[Sequence[int] | frozenset[int], int]],
    ) -> PlanDraft | None:
        others = [piece for i, piece in enumerate(draft.pieces) if i not in pair]
        new = [(tuple(bricks), seats) for bricks, seats in pieces]
        return self.judge.draft([*others, *new], draft.divisions)

    def _pair(self, draft: PlanDraft) -> tuple[int, int] | None:
        """A district, often the worst, and one that touches it."""
        count = len(draft.pieces)
        index = self.measure.ordered(0, 1)[0]
        first = self.draws.below(count)
        if self.draws() < WORST_FIRST:
            first = max(range(count), key=lambda i: self.judge.figures(draft.pieces[i])[index])
        home = {brick: i for i, (bricks, _) in enumerate(draft.pieces) for brick in bricks}
        around = {home[o] for brick in draft.pieces[first][0] for o in self.neighbours[brick]}
        options = sorted(around - {first})
        return (first, options[self.draws.below(len(options))]) if options else None

    def _candidates(self, first: Piece, second: Piece) -> Iterator[tuple[_Loose, _Loose]]:
        """What may go over and what may come back, the best exchanges first."""
        seats = (first[1], second[1])
        mine, theirs = (sum(self.people[b] for b in bricks) for bricks, _ in (first, second))
        wanted = (mine * seats[1] - theirs * seats[0]) // sum(seats)
        outs = [_NOTHING, *self._loose(first, second)]
        backs = sorted([_NOTHING, *self._loose(second, first)], key=lambda loose: loose.people)
        figures = [back.people for back in backs]
        now, options = self._figures((mine, theirs), seats), []
        for i, out in enumerate(outs):
            place = bisect_left(figures, out.people - wanted)
            for j in range(max(0, place - 2), min(len(backs), place + 2)):
                moved = out.people - figures[j]
                after = self._figures((mine - moved, theirs + moved), seats)
                if after < now:
                    options.append((after, i, j))
        for _, i, j in sorted(options)[:TRIES]:
            yield outs[i], backs[j]

    def _figures(self, people: tuple[int, int], seats: tuple[int, int]) -> tuple[int, int]:
        return self.measure.score(zip(people, seats, strict=True))

    def _loose(self, district: Piece, other: Piece) -> list[_Loose]:
        """Sets of few bricks that hang together, touch the other district and leave a whole one."""
        inside, beyond = frozenset(district[0]), frozenset(other[0])
        border = [b for b in district[0] if not beyond.isdisjoint(self.neighbours[b])]
        sets = dict.fromkeys(frozenset((brick,)) for brick in border)
        grown = list(sets)
        for _ in range(MOST_BRICKS - 1):
            grown = [
                bricks | {neighbour}
                for bricks in grown
                for brick in sorted(bricks)
                for neighbour in self.neighbours[brick]
                if neighbour in inside and neighbour not in bricks
            ][: 2 * MOST_LOOSE]
            sets.update(dict.fromkeys(grown))
        loose = [b for b in list(sets)[: 2 * MOST_LOOSE] if self._whole(inside - b)]
        return [
            _Loose(sum(self.people[b] for b in bricks), bricks) for bricks in loose[:MOST_LOOSE]
        ]

    def _whole(self, bricks: frozenset[int]) -> bool:
        """Whether there are any, and they hang together."""
        return len(connected_pieces(sorted(bricks), self.neighbours.__getitem__)) == 1
