"""Apportionment (名额分配): share the approved seats among units in proportion to population.

Six methods, floors and caps, exact throughout. A tie for the last seats is a result: the tied units
get their sure seats only, the rest is held back for the election committee.
Source: Electoral Law Art. 15, ZJ 18 (by population, equal persons per deputy); rulebook R2.1.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from numbers import Integral
from operator import le
from typing import Any, NamedTuple

import pandas as pd

from election.planning.sharing import DIVISORS, Shared, SharingTask, largest_remainder, settle
from election.rules.districts.checks import deviation
from election.rules.terms import InputFault, InputFaults, Step

DEFAULT_METHOD = "largest-remainder"
METHODS: dict[str, Callable[[SharingTask], Shared]] = {
    DEFAULT_METHOD: largest_remainder,
    **DIVISORS,
}
# Divisor methods go seat by seat; nobody shares more than this, and a typing error must not hang.
MOST_SEATS = 1_000_000

Population = pd.Series | Mapping[str, int]


class UnitSeats(NamedTuple):
    """What one unit gets: sure seats, of `total_seats` for `total_population` persons in all."""

    code: str
    population: int
    seats: int
    tied: bool
    total_population: int
    total_seats: int

    @property
    def persons_per_seat(self) -> Fraction | None:
        """None without a sure seat."""
        return Fraction(self.population, self.seats) if self.seats else None

    @property
    def deviation(self) -> Fraction | None:
        """Of its persons per seat from those of all; None without a sure seat."""
        if not self.seats:
            return None
        return deviation(self.population, self.seats, self.total_population, self.total_seats)

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc apportion`; the deviation as a float, for reading only."""
        return {
            "code": self.code,
            "population": self.population,
            "seats": self.seats,
            "tied": self.tied,
            "persons_per_seat": _fraction_json(self.persons_per_seat),
            "deviation": None if self.deviation is None else float(self.deviation),
        }


@dataclass(frozen=True)
class Apportionment:
    """The outcome: sum of the units' seats + tied_seats = seats.

    population: persons per unit; shared: what they get. Units, fractions and steps are made when
    they are first read: planners share seats thousands of times for each outcome that is read.
    """

    method: str
    seats: int
    population: Mapping[str, int]
    shared: Shared

    @property
    def tied_seats(self) -> int:
        """The seats held back for a decision."""
        return self.shared.held_back

    @property
    def quota(self) -> Fraction:
        """Persons per seat of the whole area."""
        return Fraction(sum(self.population.values()), self.seats)

    @cached_property
    def units(self) -> tuple[UnitSeats, ...]:
        """Every unit, in the order of the population."""
        figures = zip(
            self.population,
            self.population.values(),
            self.shared.seats.values(),
            map(self.shared.tied.__contains__, self.population),
            repeat(sum(self.population.values())),
            repeat(self.seats),
        )
        return tuple(map(UnitSeats._make, figures))

    @cached_property
    def max_deviation(self) -> Fraction | None:
        """The largest absolute deviation of a unit with seats, None when no unit has any."""
        deviations = (unit.deviation for unit in self.units)
        return max((abs(off) for off in deviations if off is not None), default=None)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """How the seats were shared, step by step, the tie last."""
        return self.shared.explain()

    def to_json(self) -> dict[str, object]:
        """The document promised by `calc apportion`."""
        return {
            "method": self.method,
            "seats": self.seats,
            "quota": _fraction_json(self.quota),
            "units": [unit.to_json() for unit in self.units],
            "tied_seats": self.tied_seats,
            "max_deviation": None if self.max_deviation is None else float(self.max_deviation),
        }


def _fraction_json(value: Fraction | None) -> dict[str, int] | None:
    return None if value is None else {"num": value.numerator, "den": value.denominator}


def apportion(
    population: Population,
    seats: int,
    *,
    method: str = DEFAULT_METHOD,
    floor: int = 0,
    cap: int | None = None,
) -> Apportionment:
    """Share `seats` whole seats among units in proportion to population.

    population: persons (int >= 0) per unit code, codes unique; the answer keeps this order but does
    not depend on it. Each unit gets at least `floor` and at most `cap` seats; a unit without people
    gets exactly the floor. Persons per seat and deviation of a tied unit count its sure seats.
    Raises InputFaults, all together, for an unknown method, unusable figures, and limits that no
    allocation of this method can keep.
    Source: EL 15; the fixing of small units follows the rule for the Swiss National Council.
    """
    counts = _counts(population)
    faults = _parameter_faults(counts, seats, method, floor, cap)
    if faults:
        raise InputFaults(faults)
    task = _task(counts, seats, method, floor, cap)
    faults = _limit_faults(task, method)
    if faults:
        raise InputFaults(faults)
    shared = METHODS[method](task)
    _prove(task, shared)
    return Apportionment(method, seats, counts, shared)


def _counts(population: Population) -> dict[str, int]:
    """Codes with whole populations; raises InputFaults naming each bad one."""
    pairs: Collection[tuple[Any, Any]]
    if isinstance(population, pd.Series):
        pairs = tuple(zip(population.index, population.tolist(), strict=True))
    else:
        pairs = population.items()
    counts = dict(pairs)
    if len(counts) == len(pairs) and _all_whole(counts.values()):
        return counts
    faults: list[InputFault] = []
    counts = {}
    for code, persons in pairs:
        name = f"population.{code}"
        if code in counts:
            faults.append(InputFault(name, "单元编码重复", "this code stands more than once"))
        elif isinstance(persons, bool) or not isinstance(persons, Integral) or persons < 0:
            faults.append(
                InputFault(
                    name,
                    f"人口数“{persons}”应为0或正整数",
                    f'population "{persons}" must be a whole number, 0 or more',
                )
            )
        counts[code] = 0 if faults else int(persons)
    if faults:
        raise InputFaults(faults)
    return counts


def _all_whole(persons: Collection[int]) -> bool:
    """Whether all are plain whole numbers, 0 or more: then nothing has to be looked at singly."""
    return set(map(type, persons)) <= {int} and min(persons, default=0) >= 0


def _parameter_faults(
    counts: Mapping[str, int], seats: int, method: str, floor: int, cap: int | None
) -> list[InputFault]:
    faults = []
    if method not in METHODS:
        faults.append(_no_method(method))
    if seats < 1 or seats > MOST_SEATS:
        faults.append(
            InputFault(
                "seats",
                f"名额应为1至{MOST_SEATS}的整数，不是{seats}",
                f"seats must be 1 to {MOST_SEATS}, not {seats}",
            )
        )
    if sum(counts.values()) == 0:
        faults.append(
            InputFault(
                "population",
                "总人口为0，无从按比例分配",
                "the total population is 0: there is no proportion to keep",
            )
        )
    if floor < 0 or (cap is not None and cap < floor):
        faults.append(
            InputFault(
                "floor",
                f"下限{floor}、上限{cap}矛盾",
                f"floor {floor} and cap {cap} contradict each other",
            )
        )
    return faults


def _no_method(method: str) -> InputFault:
    names = ", ".join(METHODS)
    return InputFault(
        "method",
        f"没有“{method}”这种方法；可用：{names}",
        f'there is no method "{method}"; choose one of {names}',
    )


def _task(
    counts: Mapping[str, int], seats: int, method: str, floor: int, cap: int | None
) -> SharingTask:
    """Bounds per unit: floor and cap, the floor alone for a unit without persons.

    Adams, Dean and Huntington-Hill round every quotient above zero up to a first seat.
    """
    top = max(floor, seats if cap is None else min(cap, seats))
    first = method in DIVISORS and DIVISORS[method].zero_first and cap != 0
    least, most = dict.fromkeys(counts, max(floor, int(first))), dict.fromkeys(counts, top)
    if not all(counts.values()):
        nobody = dict.fromkeys((code for code, persons in counts.items() if not persons), floor)
        least, most = least | nobody, most | nobody
    return SharingTask(counts, seats, least, most)


def _limit_faults(task: SharingTask, method: str) -> list[InputFault]:
    """Why no allocation keeps the limits, if so."""
    least, most = sum(task.least.values()), sum(task.most.values())
    if least > task.seats:
        zh, en = _TOO_FEW[method in DIVISORS and DIVISORS[method].zero_first]
        return [InputFault("seats", zh.format(task.seats, least), en.format(task.seats, least))]
    if most < task.seats:
        return [
            InputFault(
                "cap",
                f"名额{task.seats}名放不下：按上限最多只能分配{most}名（无人口的单元只得下限）",
                f"{task.seats} seats do not fit: the caps leave room for {most} "
                "(a unit without people gets the floor only)",
            )
        ]
    return []


# whether the method gives every unit with people a first seat -> the sentence for too few seats
_TOO_FEW = {
    False: ("名额{}名不够：各单元下限合计{}名", "{} seats are too few: the floors take {}"),
    True: (
        "名额{}名不够：按此方法有人口的单元至少1名，连同下限共需{}名",
        "{} seats are too few: this method gives every unit with people at least 1, "
        "with the floors that takes {}",
    ),
}


def _prove(task: SharingTask, shared: Shared) -> None:
    """No allocation leaves without its invariants: sum, floors, caps, seats held for ties only."""
    total = sum(shared.seats.values()) + shared.held_back
    in_order = shared.seats.keys() == task.population.keys()
    within_bounds = all(map(le, task.least.values(), shared.seats.values())) and all(
        map(le, shared.seats.values(), task.most.values())
    )
    room = all(shared.seats[c] < task.most[c] for c in shared.tied)
    true_tie = shared.held_back == len(shared.tied) == 0 or 0 < shared.held_back < len(shared.tied)
    if not (total == task.seats and in_order and within_bounds and room and true_tie):
        raise AssertionError("apportionment broke its own invariants")


def by_every_method(
    population: Population, seats: int, *, floor: int = 0, cap: int | None = None
) -> dict[str, Apportionment]:
    """Method -> its outcome, in the order of METHODS; a method that refuses the limits is left out.

    Raises InputFaults when no method can answer.
    """
    answers: dict[str, Apportionment] = {}
    refusal: InputFaults | None = None
    for method in METHODS:
        try:
            answers[method] = apportion(population, seats, method=method, floor=floor, cap=cap)
        except InputFaults as refused:
            refusal = refused
    if not answers and refusal is not None:
        raise refusal
    return answers


def exact_shares(
    population: Population, seats: int, *, floor: int = 0, cap: int | None = None
) -> dict[str, Fraction]:
    """Seats in proportion, as fractions, with nobody below the floor or above the cap.

    Whoever would be outside is held at the limit and the rest is shared anew (see `settle`).
    Raises InputFaults where `apportion` by largest remainder does.
    """
    counts = _counts(population)
    faults = _parameter_faults(counts, seats, DEFAULT_METHOD, floor, cap)
    task = None if faults else _task(counts, seats, DEFAULT_METHOD, floor, cap)
    if task is None or (faults := _limit_faults(task, DEFAULT_METHOD)):
        raise InputFaults(faults)
    settled = settle(task)
    fixed = {code: Fraction(held) for code, held in settled.fixed.items()}
    return {code: (fixed | settled.shares)[code] for code in counts}


def methods_frame(answers: Mapping[str, Apportionment], seats: int) -> pd.DataFrame:
    """All methods side by side, for the committee that has to choose one.

    answers: outcomes of the same units. Index `code`; columns: population; exact_share (text of the
    reduced fraction seats x population / total, before floors and caps); one Int64 column per
    method with the sure seats, all missing when the method refuses these limits; ties (the methods
    in which the unit is tied, comma separated); differs (bool: the methods that answer do not agree
    on this unit).
    """
    units = next(iter(answers.values())).units
    total = sum(unit.population for unit in units)
    frame = pd.DataFrame(
        {
            "population": [unit.population for unit in units],
            "exact_share": [str(Fraction(unit.population * seats, total)) for unit in units],
        },
        index=pd.Index([unit.code for unit in units], name="code", dtype=object),
    )
    for method in METHODS:
        answer = answers.get(method)
        column = [unit.seats for unit in answer.units] if answer else [None] * len(units)
        frame[method] = pd.array(column, dtype="Int64")
    frame["ties"] = [
        ", ".join(method for method, answer in answers.items() if answer.units[i].tied)
        for i in range(len(units))
    ]
    sure_seats = frame[list(answers)]
    frame["differs"] = (sure_seats.max(axis=1) != sure_seats.min(axis=1)).astype(bool)
    return frame
