"""The arithmetic of sharing seats: six methods, floors and caps, true ties. Integers and Fraction.

Everything here works on checked input (see apportionment.py): codes with whole populations, and
for each code the least and the most seats it may get. Nothing depends on the order of the codes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush

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
    """Sure seats per code, the codes level at the last seats, the seats held back, the steps."""

    seats: Mapping[str, int]
    tied: frozenset[str] = frozenset()
    held_back: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class _Settled:
    """Codes fixed at their least or most seats; the exact shares of all others."""

    fixed: dict[str, int] = field(default_factory=dict)
    shares: dict[str, Fraction] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def settle(task: SharingTask) -> _Settled:
    """Fix codes whose exact share falls outside their bounds, share the rest anew until none does.

    Shares below the floor and shares above the cap are fixed in the same pass, as the rule says.
    That can end with every unit fixed and seats over or missing although floors and caps allow the
    total; only then one side a pass is fixed, the one that moves more seats, which always arrives.
    """
    both = _settle(task, _both_sides)
    return both if _reaches(task, both) else _settle(task, _heavier_side)


def _reaches(task: SharingTask, settled: _Settled) -> bool:
    """Whether the seats left are exactly what the units not fixed can carry."""
    seats_left = task.seats - sum(settled.fixed.values())
    return seats_left == sum(settled.shares.values(), Fraction())


def _settle(task: SharingTask, out_of_bounds: "_Fixing") -> _Settled:
    settled = _Settled(fixed={c: task.least[c] for c, p in task.population.items() if p == 0})
    free = {c: p for c, p in task.population.items() if p > 0}
    while free:
        seats_left = task.seats - sum(settled.fixed.values())
        persons = sum(free.values())
        settled.shares = {c: Fraction(p * seats_left, persons) for c, p in free.items()}
        out = out_of_bounds(task, settled.shares)
        if not out:
            break
        settled.fixed |= out
        settled.steps.append(_fixed_step(out))
        free = {c: p for c, p in free.items() if c not in out}
    settled.shares = {c: settled.shares[c] for c in free}
    return settled


_Fixing = Callable[[SharingTask, Mapping[str, Fraction]], dict[str, int]]


def _both_sides(task: SharingTask, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """The codes to fix in this pass, at which number of seats."""
    low = {c: task.least[c] for c, share in shares.items() if share < task.least[c]}
    return low | {c: task.most[c] for c, share in shares.items() if share > task.most[c]}


def _heavier_side(task: SharingTask, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Only the floors or only the caps, whichever moves more seats."""
    low = {c: task.least[c] for c, share in shares.items() if share < task.least[c]}
    high = {c: task.most[c] for c, share in shares.items() if share > task.most[c]}
    missing = sum((low[c] - shares[c] for c in low), Fraction())
    surplus = sum((shares[c] - high[c] for c in high), Fraction())
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

    Source: EL 15 (equal population per deputy); the method is the office's choice.
    """
    settled = settle(task)
    seats = settled.fixed | {c: int(share) for c, share in settled.shares.items()}
    remainders = {c: share - int(share) for c, share in settled.shares.items()}
    seats_left = task.seats - sum(seats.values())
    whole = step(
        RULE,
        ARTICLE,
        "按整数部分分配{given}名，余{left}名按余数大小分配",
        "{given} seats go by whole parts, {left} by the largest remainders",
        given=task.seats - seats_left,
        left=seats_left,
    )
    tied, served = _cut(remainders, seats_left)
    for code in served:
        seats[code] += 1
    return Shared(seats, tied, seats_left - len(served), (*settled.steps, whole, *_tie_steps(tied)))


def _cut(
    remainders: Mapping[str, Fraction], seats_left: int
) -> tuple[frozenset[str], frozenset[str]]:
    """(codes level at the cut with too few seats for all of them, codes that surely get one)."""
    if seats_left == 0:
        return frozenset(), frozenset()
    cut = sorted(remainders.values(), reverse=True)[seats_left - 1]
    above = frozenset(c for c, r in remainders.items() if r > cut)
    level = frozenset(c for c, r in remainders.items() if r == cut)
    if len(above) + len(level) > seats_left:
        return level, above
    return frozenset(), above | level


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
    """A divisor method by its rounding threshold between s and s + 1 seats, raised to `power`.

    The square keeps the geometric mean of Huntington-Hill a whole number. With `zero_first` the
    threshold before the first seat is zero: every unit with people has a claim to one seat that no
    divisor can refuse.
    """

    threshold: Callable[[int], Fraction]
    power: int = 1

    @property
    def zero_first(self) -> bool:
        """Whether a unit with people always gets a first seat."""
        return self.threshold(0) == 0

    def claim(self, population: int, seats: int) -> Fraction:
        """The strength of the claim to seat number `seats` + 1; higher comes first."""
        return Fraction(population**self.power) / self.threshold(seats)

    def __call__(self, task: SharingTask) -> Shared:
        """Give seat after seat to the highest claim: one divisor for all, quotients clamped.

        Every code starts at its least seats and claims no more than its most. Codes with equal
        claims are served together; if the seats left do not reach for all of them they are tied.
        """
        seats = dict(task.least)
        seats_left = task.seats - sum(seats.values())
        queue: list[tuple[Fraction, str]] = []
        for code in seats:
            self._queue(task, queue, code, seats[code])
        heapify(queue)
        while seats_left:
            level = _pop_level(queue)
            if len(level) > seats_left:
                tied = frozenset(level)
                return Shared(
                    seats, tied, seats_left, (_divisor_step(task, seats_left), *_tie_steps(tied))
                )
            seats_left -= len(level)
            for code in level:
                seats[code] += 1
                self._queue(task, queue, code, seats[code])
        return Shared(seats, steps=(_divisor_step(task, 0),))

    def _queue(
        self, task: SharingTask, queue: list[tuple[Fraction, str]], code: str, seats: int
    ) -> None:
        if seats < task.most[code]:
            heappush(queue, (-self.claim(task.population[code], seats), code))


def _pop_level(queue: list[tuple[Fraction, str]]) -> list[str]:
    """Take all codes with the highest claim from the queue."""
    highest, code = heappop(queue)
    level = [code]
    while queue and queue[0][0] == highest:
        level.append(heappop(queue)[1])
    return level


def _divisor_step(task: SharingTask, held_back: int) -> Step:
    return step(
        RULE,
        ARTICLE,
        "先按下限分配{least}名，其余名额逐名分给商数最大的单元，共分配{given}名",
        "the floors take {least} seats, the others go one by one to the highest quotient: "
        "{given} in all",
        least=sum(task.least.values()),
        given=task.seats - held_back,
    )


DIVISORS: dict[str, Divisor] = {
    "sainte-lague": Divisor(lambda s: Fraction(2 * s + 1, 2)),
    "huntington-hill": Divisor(lambda s: Fraction(s * (s + 1)), power=2),
    "dhondt": Divisor(lambda s: Fraction(s + 1)),
    "adams": Divisor(Fraction),
    "dean": Divisor(lambda s: Fraction(2 * s * (s + 1), 2 * s + 1)),
}
