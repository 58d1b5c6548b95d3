"""From a draft over bricks to the plan that is answered: codes, numbers, deviations; proven."""

from collections.abc import Iterator, Sequence

from election.planning.districting.checks import prove
from election.planning.districting.drafts import PlanDraft
from election.planning.districting.ground import Ground
from election.planning.districting.measure import Measure
from election.planning.districting.pieces import Neighbours
from election.planning.districting.plans import PlannedDistrict, PlannerUnit, Split
from election.planning.districting.wishes import Wishes
from election.rules.districts.checks import deviation


class Writer:
    """Writes drafts out in the words of the user."""

    def __init__(
        self,
        units: Sequence[PlannerUnit],
        neighbours: Neighbours,
        measure: Measure,
        ground: Ground,
        wishes: Wishes,
    ) -> None:
        self.units, self.neighbours, self.measure = units, neighbours, measure
        self.ground, self.wishes = ground, wishes

    def write(self, draft: PlanDraft) -> tuple[tuple[PlannedDistrict, ...], tuple[Split, ...]]:
        """Districts and splits of a draft, after every promise was checked."""
        splits = self._splits(draft)
        districts = tuple(self._districts(draft, splits))
        figures = (self.measure.seats, self.measure.most)
        prove(self.units, self.neighbours, figures, districts, splits, self.wishes)
        return districts, splits

    def _splits(self, draft: PlanDraft) -> tuple[Split, ...]:
        splits = []
        for way in sorted(draft.divisions, key=lambda way: way.unit):
            unit = self.units[way.unit]
            splits.append(Split(unit.code, unit.population, way.parts))
        return tuple(splits)

    def _districts(self, draft: PlanDraft, splits: Sequence[Split]) -> Iterator[PlannedDistrict]:
        """All districts, numbered in the order of their first unit."""
        place = {unit.code: i for i, unit in enumerate(self.units)}
        whole = [
            (tuple(sorted(unit for brick in bricks for unit in self.ground.bricks[brick])), seats)
            for bricks, seats in draft.pieces
        ]
        whole += [(tuple(sorted(units)), seats) for units, seats in self.ground.locked]
        drawn = []
        for units, seats in whole:
            codes = tuple(self.units[i].code for i in units)
            people = sum(self.units[i].population for i in units)
            drawn.append((units[0], codes, seats, people))
        for split in splits:
            drawn.extend((place[split.unit], (p.code,), p.seats, p.population) for p in split.parts)
        drawn.sort(key=lambda row: row[0])  # stable: the parts of a unit stay in order
        for number, (_, codes, seats, people) in enumerate(drawn, start=1):
            off = deviation(people, seats, self.measure.persons, self.measure.seats)
            yield PlannedDistrict(number, seats, people, codes, off)
