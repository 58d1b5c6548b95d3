"""Where the search starts: island by island, each with a share of the seats and of the wishes."""

from collections.abc import Iterable, Sequence

from election.planning.districting.drafts import Judge, PlanDraft
from election.planning.districting.search import IslandSearch
from election.planning.districting.splits import Division, divisions


class Starts:
    """Makes the searches of a ground and the first division of every split unit."""

    def __init__(self, judge: Judge, seed: int) -> None:
        self.judge, self.ground, self.seed = judge, judge.ground, seed
        self.divisions = [
            self._best(divisions(split, judge.measure, [seats]))
            for split, seats in zip(self.ground.splits, self.ground.split_seats, strict=True)
        ]

    def _best(self, ways: Iterable[Division]) -> Division:
        measure = self.judge.measure
        return min(ways, key=lambda way: measure.ordered(way.worst, way.off))

    def searches(self) -> list[IslandSearch]:
        """One search for each island; each may have its share of the number of districts."""
        ground, numbers = self.ground, self._numbers()
        return [
            IslandSearch(
                island.bricks, island.seats, ground.area, self.judge.measure, (self.seed, i), number
            )
            for i, (island, number) in enumerate(zip(ground.islands, numbers, strict=True))
        ]

    def _numbers(self) -> list[tuple[int, int]]:
        """How many districts each island should have: wishes for the whole, shared by seats."""
        ground, most = self.ground, self.judge.measure.most
        fewest = [-(-island.seats // most) for island in ground.islands]
        top = [min(island.seats, len(island.bricks)) for island in ground.islands]
        parts = sum(len(way.parts) for way in self.divisions)
        low, high = list(fewest), list(top)
        least = (ground.least or 0) - parts
        for i in range(len(low)):
            low[i] += min(max(0, least - sum(low)), top[i] - low[i])
        if ground.most is not None:
            for i in range(len(high)):
                high[i] -= min(max(0, sum(high) + parts - ground.most), high[i] - low[i])
        return list(zip(low, high, strict=True))

    def again(self, searches: Sequence[IslandSearch], best: PlanDraft) -> Sequence[IslandSearch]:
        """The searches, each set upon the best plan where that has the same seats for it."""
        home = {brick: i for i, search in enumerate(searches) for brick in search.units}
        parts: list[list[tuple[list[int], int]]] = [[] for _ in searches]
        for bricks, seats in best.pieces:
            parts[home[bricks[0]]].append((list(bricks), seats))
        for search, pieces, island in zip(searches, parts, self.ground.islands, strict=True):
            if sum(seats for _, seats in pieces) == island.seats:
                search.adopt(pieces)
        return searches
