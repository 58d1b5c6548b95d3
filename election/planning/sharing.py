"""The arithmetic of sharing seats: six methods, floors and caps, true ties. Integers and Fraction.

Everything here works on checked input (see apportionment.py): codes with whole populations, and
for each code the least and the most seats it may get. Nothing depends on the order of the codes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from election.rules.terms import Step, step

RULE, ARTICLE = "R2.1", "EL 15"


@dataclass(frozen=True, slots=True)
class SharingTask:
    """What is to be shared: persons per code, seats, and least / most seats per code.

    sum(least) <= seats <= sum(most); a code without persons has most == least.
    """

    population: Mapping[str, int]
    seats: int
    least: Mapping[str, int]
    most: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Shared:
    """Sure seats per code in the order of the task, who is level at the last seats, seats held.

    explain: makes the steps, which take longer to say than the seats to find.
    """

    seats: Mapping[str, int]
    tied: frozenset[str]
    held_back: int
    explain: Callable[[], tuple[Step, ...]] = field(compare=False, repr=False)


@dataclass(slots=True)
class _Settled:
    """Codes fixed at their least or most seats, pass by pass, and the persons of all others."""

    fixed: dict[str, int]
    free: dict[str, int]
    seats_left: int
    passes: list[dict[str, int]] = field(default_factory=list)

    @property
    def persons(self) -> int:
        """The persons of all codes that are not fixed."""
        return sum(self.free.values())

    @property
    def shares(self) -> dict[str, Fraction]:
        """The exact shares of the codes that are not fixed."""
        persons = self.persons
        return {c: Fraction(p * self.seats_left, persons) for c, p in self.free.items()}


def settle(task: SharingTask) -> _Settled:
    """Fix codes whose exact share falls outside their bounds, share the rest anew until none does.

    Shares below the floor and shares above the cap are fixed in the same pass, as the rule says.
    That can end with every unit fixed and seats over or missing although floors and caps allow the
    total; only then one side a pass is fixed, the one that moves more seats, which always arrives.
    """
    both = _settle(task, _both_sides)
    arrived = both.free or not both.seats_left
    return both if arrived else _settle(task, _heavier_side)


def _settle(task: SharingTask, out_of_bounds: "_Fixing") -> _Settled:
    free, fixed = dict(task.population), {}
    if not all(free.values()):
        fixed = {c: task.least[c] for c, p in free.items() if not p}
        free = {c: p for c, p in free.items() if p}
    settled = _Settled(fixed, free, task.seats - sum(fixed.values()))
    while settled.free:
        out = out_of_bounds(task, settled)
        if not out:
            break
        settled.passes.append(out)
        settled.fixed |= out
        settled.seats_left -= sum(out.values())
        settled.free = {c: p for c, p in settled.free.items() if c not in out}
    return settled


_Fixing = Callable[[SharingTask, _Settled], dict[str, int]]


def _both_sides(task: SharingTask, settled: _Settled) -> dict[str, int]:
    """The codes to fix in this pass, at which number of seats."""
    return _below(task, settled) | _above(task, settled)


def _below(task: SharingTask, settled: _Settled) -> dict[str, int]:
    """Whose share is less than the least: persons x seats < least x all persons."""
    persons, left, least = settled.persons, settled.seats_left, task.least
    if min(settled.free.values()) * left >= max(least.values()) * persons:
        return {}  # the smallest has enough: nobody need be looked at
    return {c: least[c] for c, p in settled.free.items() if p * left < least[c] * persons}


def _above(task: SharingTask, settled: _Settled) -> dict[str, int]:
    persons, left, most = settled.persons, settled.seats_left, task.most
    if max(settled.free.values()) * left <= min(most.values()) * persons:
        return {}
    return {c: most[c] for c, p in settled.free.items() if p * left > most[c] * persons}


def _heavier_side(task: SharingTask, settled: _Settled) -> dict[str, int]:
    """Only the floors or only the caps, whichever moves more seats."""
    low, high = _below(task, settled), _above(task, settled)
    persons, left, free = settled.persons, settled.seats_left, settled.free
    missing = sum(low[c] * persons - free[c] * left for c in low)
    surplus = sum(free[c] * left - high[c] * persons for c in high)
    return low if missing >= surplus else high


def _fixed_step(out: Mapping[str, int]) -> Step:
    units = "、".join(f"{code}={seats}" for code, seats in sorted(out.items()))
    return step(
        RULE,
        ARTICLE,
        "下列单元按比例应得数超出上下限，名额固定，其余单元重新分配：{units}",
        "these units' exact shares fall outside the limits; their seats are fixed and the rest is "
        "shared anew: {units}",
        units=units,
    )


def largest_remainder(task: SharingTask) -> Shared:
    """Hamilton's method: whole parts first, then the largest remainders, after `settle`.

    Everybody at or above the last remainder served gets a seat; if that are too many, those level
    there get none. Remainders are persons x seats modulo the persons of all who are not fixed.
    """
    settled = settle(task)
    persons, left = settled.persons, settled.seats_left
    claims = {code: people * left for code, people in settled.free.items()}
    whole = settled.fixed | {code: claim // persons for code, claim in claims.items()}
    remainder = {code: claim % persons for code, claim in claims.items()}
    over = task.seats - sum(whole.values())
    tied, served = _cut(remainder, over)
    for code in served:
        whole[code] += 1
    seats = whole if not settled.fixed else {code: whole[code] for code in task.population}
    explain = partial(_remainder_steps, settled.passes, task.seats - over, over, tied)
    return Shared(seats, tied, over - len(served), explain)


def _cut(remainder: Mapping[str, int], over: int) -> tuple[frozenset[str], list[str]]:
    """(codes level at the cut with too few seats for all of them, codes that surely get one)."""
    if not over:
        return frozenset(), []
    cut = sorted(remainder.values(), reverse=True)[over - 1]
    served = [code for code, value in remainder.items() if value >= cut]
    if len(served) == over:
        return frozenset(), served
    tied = frozenset(code for code in served if remainder[code] == cut)
    return tied, [code for code in served if code not in tied]


def _remainder_steps(
    passes: list[dict[str, int]], given: int, over: int, tied: frozenset[str]
) -> tuple[Step, ...]:
    whole = step(
        RULE,
        ARTICLE,
        "按整数部分分配{given}名，余{left}名按余数大小分配",
        "{given} seats go by whole parts, {left} by the largest remainders",
        given=given,
        left=over,
    )
    return (*map(_fixed_step, passes), whole, *_tie_steps(tied))


def _tie_steps(tied: frozenset[str]) -> list[Step]:
    if not tied:
        return []
    return [
        step(
            RULE,
            ARTICLE,
            "{units}对最后的名额条件完全相同，程序不作取舍，由选举委员会决定",
            "{units} are exactly level for the last seats; the election committee decides, "
            "not the program",
            units="、".join(sorted(tied)),
        )
    ]


@dataclass(frozen=True, slots=True)
class Divisor:
    """A divisor method: a unit with s seats claims one more by persons / threshold(s).

    weight: s -> (above, below) of the reciprocal threshold, but for one factor common to all s.
    persons and threshold are raised to `power`: the square keeps the geometric mean of
    Huntington-Hill a whole number. With `zero_first` the threshold before the first seat is zero:
    every unit with people has a claim to one seat that no divisor can refuse.
    """

    weight: Callable[[int], tuple[int, int]]
    power: int = 1

    @property
    def zero_first(self) -> bool:
        """Whether a unit with people always gets a first seat."""
        return self.weight(0)[1] == 0

    def __call__(self, task: SharingTask) -> Shared:
        """Serve the highest claims: one divisor for all, quotients clamped to least and most.

        Codes with equal claims are served together; if the seats left do not reach for all of them
        they are tied.
        """
        codes, seats = list(task.population), list(task.least.values())
        open_seats = task.seats - sum(seats)
        served, level = _highest(list(self._claims(task)), open_seats, len(codes))
        for place in served:
            seats[place] += 1
        tied, held_back = frozenset(codes[place] for place in level), open_seats - len(served)
        explain = partial(_divisor_steps, task, held_back, tied)
        return Shared(dict(zip(codes, seats, strict=True)), tied, held_back, explain)

    def _claims(self, task: SharingTask) -> Iterator[int]:
        """The claims that can be served, each a whole number that says who makes it too.

        A claim is above / below x persons, brought to whole numbers that keep the order: two
        different fractions differ by more than 1 / (largest below)^2, so times that square their
        whole parts differ. Times the number of units, plus the place of the unit: one number.
        """
        tops = _tops(task)
        weights = [self.weight(s) for s in range(max(tops, default=0))]
        scale = max((below for _above, below in weights), default=0) ** 2
        size = len(tops)
        bounds = zip(task.population.values(), task.least.values(), tops, strict=True)
        for place, (people, least, top) in enumerate(bounds):
            strength = people**self.power * scale
            for above, below in weights[least:top]:
                yield strength * above // below * size + place


def _highest(claims: list[int], number: int, size: int) -> tuple[list[int], list[int]]:
    """Who is surely among the highest `number` claims, once a claim; who is level at the cut.

    claims: strength x size + place, see `_claims`. Nobody is level when all find a seat.
    """
    claims.sort(reverse=True)
    served, level = claims[:number], claims[number:]
    if served and level and served[-1] // size == level[0] // size:
        cut = served[-1] // size
        level = [claim for claim in claims if claim // size == cut]
        served = [claim for claim in served if claim // size > cut]
    else:
        level = []
    return [claim % size for claim in served], [claim % size for claim in level]


def _tops(task: SharingTask) -> list[int]:
    """Up to how many seats the claims of each unit must be looked at, in the order of the task.

    The threshold before seat s + 1 is from s to s + 1. So at a divisor D a unit has claims above D
    to persons / D seats at least, and to persons / D + 1 at most. D is made so small that the
    former make up all seats: then no claim below D is ever served.
    """
    people, most = list(task.population.values()), list(task.most.values())
    bounds = list(zip(people, task.least.values(), most, strict=True))
    total, reach = sum(people), task.seats + len(people)  # D is total / reach
    while sum(min(m, max(low, p * reach // total)) for p, low, m in bounds) < task.seats:
        reach *= 2
    return [min(m, p * reach // total + 1) for p, m in zip(people, most, strict=True)]


def _divisor_steps(task: SharingTask, held_back: int, tied: frozenset[str]) -> tuple[Step, ...]:
    given = step(
        RULE,
        ARTICLE,
        "先按下限分配{least}名，其余名额逐名分给商数最大的单元，共分配{given}名",
        "the floors take {least} seats, the others go one by one to the highest quotient: "
        "{given} in all",
        least=sum(task.least.values()),
        given=task.seats - held_back,
    )
    return (given, *_tie_steps(tied))


DIVISORS: dict[str, Divisor] = {
    "sainte-lague": Divisor(lambda s: (1, 2 * s + 1)),
    "huntington-hill": Divisor(lambda s: (1, s * (s + 1)), power=2),
    "dhondt": Divisor(lambda s: (1, s + 1)),
    "adams": Divisor(lambda s: (1, s)),
    "dean": Divisor(lambda s: (2 * s + 1, s * (s + 1))),
}
