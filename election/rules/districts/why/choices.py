"""What the office fixed beforehand, and what the planner proved, as far as either is known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.rules.districts.why.layout import DistrictLayout, UnitPart
from election.rules.rounding import in_seats, percent
from election.rules.terms import Step, Text, step


@dataclass(frozen=True, slots=True)
class PlanProof:
    """What the planner said of the plan it drew.

    value: what it kept small (the largest deviation, or "sum": all of them weighted by seats);
    bound: no plan can be below, None when it is not known; unchanged: districts, seats and people
    are still those it drew; whole_districts: it kept the districts of the town plan whole.
    """

    objective: str
    value: Fraction
    bound: Fraction | None
    unchanged: bool
    whole_districts: bool = False

    @property
    def optimal(self) -> bool:
        """The value meets the proven bound."""
        return self.bound is not None and self.value <= self.bound


@dataclass(frozen=True, slots=True)
class FixedChoices:
    """Fixed choices that concern one district, units by name; see planning.districting.Wishes."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()
    locked: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class KeptChoices:
    """Fixed choices as a move is judged by them: unit codes; locked: numbers of districts."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    alone: frozenset[str] = frozenset()
    within: tuple[tuple[str, ...], ...] = ()
    locked: frozenset[int] = frozenset()

    def against(self, piece: UnitPart, source: DistrictLayout, target: DistrictLayout) -> bool:
        """Whether a choice would be broken by this piece of `source` being in `target`."""
        unit = piece.unit
        remaining = {member.unit for member in source.pieces if member.code != piece.code}
        target_units = {member.unit for member in target.pieces}
        return (
            bool(self.locked & {source.number, target.number})
            or any(unit in group and remaining & (set(group) - {unit}) for group in self.together)
            or any(unit in pair and target_units & (set(pair) - {unit}) for pair in self.apart)
            or bool(self.alone & (target_units | {unit}))
            or self._region(unit) not in {self._region(resident) for resident in target_units}
        )

    def broken(self, area: DistrictLayout) -> bool:
        """Whether the district as it is drawn now does not keep a choice about its units."""
        units = {piece.unit for piece in area.pieces}
        return (
            any(units & set(group) and not units >= set(group) for group in self.together)
            or any(units >= set(pair) for pair in self.apart)
            or (len(units) > 1 and bool(units & self.alone))
            or len({self._region(unit) for unit in units}) > 1
        )

    def _region(self, unit: str) -> int | None:
        """The region of a unit; those in none are one together."""
        return next((n for n, region in enumerate(self.within) if unit in region), None)


NOTHING_FIXED = KeptChoices()


def fixed_steps(fixed: FixedChoices) -> Iterator[Step]:
    """One sentence per fixed choice; none without any."""
    for group in fixed.together:
        yield _fixed("{units}要在同一选区。", "{units} are to be in one district.", group)
    for pair in fixed.apart:
        yield _fixed("{units}不在同一选区。", "{units} are not to share a district.", pair)
    for unit in fixed.alone:
        yield _fixed("{units}单独成为一个选区。", "{units} is a district by itself.", (unit,))
    for unit in fixed.split:
        yield _fixed("{units}要拆分。", "{units} is to be split.", (unit,))
    for region in fixed.within:
        yield _fixed(
            "选区不跨越下列单元组成的范围：{units}。",
            "Districts do not cross the region of {units}.",
            region,
        )
    yield from _whole_plan(fixed)


def broken_step() -> Step:
    """That a choice is not kept, as after a change by hand."""
    return _step(
        "本选区现在的划法不符合上列的某项条件；理由由选举委员会说明。",
        "As it is drawn now the district does not keep one of these choices; why, is for the "
        "election committee to say.",
    )


def _whole_plan(fixed: FixedChoices) -> Iterator[Step]:
    if fixed.locked:
        yield _step("本选区已锁定，划分时保持不变。", "The district is locked: it stays as it is.")
    if fixed.least is not None:
        yield _step("选区不少于{n}个。", "There are to be at least {n} districts.", n=fixed.least)
    if fixed.most is not None:
        yield _step("选区不多于{n}个。", "There are to be at most {n} districts.", n=fixed.most)


def proof_steps(proof: PlanProof) -> Iterator[Step]:
    """What was proven, and whether it still speaks of this plan."""
    what, figure = _measured(proof.objective)
    yield _step(
        "本方案由程序按人口均等提出：{what}为{value}。",
        "The plan was proposed by the program to make people per deputy equal: {what} is {value}.",
        what=what,
        value=figure(proof.value),
    )
    if proof.whole_districts:
        yield _step(
            "划分时镇级选区保持完整，不拆开。",
            "It kept every district of the town plan whole.",
        )
    yield _bound_step(proof)
    if not proof.unchanged:
        yield _step(
            "提出之后方案或人口有过改动，上述数字说的是改动之前的方案。",
            "The plan or its people were changed afterwards: these figures speak of it as it was "
            "proposed.",
        )


def _measured(objective: str) -> tuple[Text, Callable[[Fraction], str | Text]]:
    """What was kept small, and how its figure is written."""
    if objective == "sum":
        name = Text(
            "偏差总和（各选区应得名额与应选名额之差的合计）",
            "the sum of deviations (the differences between exact share and seats, added up)",
        )
        return name, in_seats
    return Text("最大偏差", "the largest deviation"), percent


def _bound_step(proof: PlanProof) -> Step:
    """How far the proof goes."""
    if proof.bound is None:
        return _step("没有记录可以证明的下限。", "No proven bound is on record.")
    what, figure = _measured(proof.objective)
    if proof.optimal:
        return _step(
            "已证明：在当时的单元、相邻关系、拆分办法和固定条件下，没有方案能使{what}更小（下限{bound}）。",
            "Proven: with the units, neighbours, splits and fixed choices of that moment no plan "
            "makes {what} smaller (bound {bound}).",
            what=what,
            bound=figure(proof.bound),
        )
    return _step(
        "已证明：在同样的条件下，任何方案的{what}都不能低于{bound}；是否存在介于两者之间的方案，"
        "尚未证明。",
        "Proven: under the same conditions no plan can bring {what} below {bound}; whether "
        "there is one in between is not proven.",
        what=what,
        bound=figure(proof.bound),
    )


def _fixed(zh: str, en: str, units: Sequence[str]) -> Step:
    return _step(zh, en, units=Text("、".join(units), ", ".join(units)))


def _step(zh: str, en: str, **facts: int | str | Text) -> Step:
    return step("R2.1", "ZJ 13", zh, en, **facts)
