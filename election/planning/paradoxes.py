"""What a method does on this data that people find unfair: it breaks quota, or takes a seat away.

Quota: a unit gets less than its exact share rounded down, or more than rounded up. House
monotonicity: a unit loses a seat because there is one more to share (the Alabama paradox); divisor
methods cannot do that. Nothing is broken while a tie could still be decided so that it is not.
Source: the law is silent on the method (EL 15); rulebook R2.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from election.planning.apportionment import Apportionment, Population, apportion, exact_shares
from election.planning.sharing import DIVISORS
from election.rules.rounding import decimal
from election.rules.terms import InputFaults, Text

REACH = 10  # how many seats below and above the house is looked at
_UP = Text("多于上整数{bound}名", "more than its share rounded up, {bound}")
_DOWN = Text("少于下整数{bound}名", "less than its share rounded down, {bound}")
_QUOTA = Text(
    "突破份额：{unit}按比例应得{share}名，得{seats}名，{side}",
    "breaks quota: {unit} has an exact share of {share} and gets {seats}, {side}",
)
_HOUSE = Text(
    "总名额由{before}名增至{after}名时，{unit}反由{had}名减为{has}名（亚拉巴马悖论）",
    "with {after} seats instead of {before}, {unit} falls from {had} to {has} (Alabama paradox)",
)


@dataclass(frozen=True, slots=True)
class QuotaBreach:
    """A unit outside its exact share rounded down and up; bound is the side it passes."""

    code: str
    share: Fraction
    seats: int
    bound: int

    def text(self, names: Mapping[str, str]) -> Text:
        """The sentence, with the unit as people name it."""
        side = (_UP if self.seats > self.bound else _DOWN).filled({"bound": self.bound})
        return _QUOTA.filled(
            {
                "unit": names.get(self.code, self.code),
                "share": decimal(self.share, 3),
                "seats": self.seats,
                "side": side,
            }
        )


@dataclass(frozen=True, slots=True)
class HouseBreach:
    """A unit that has `had` seats of `before`, and only `has` when there is one more to share."""

    code: str
    before: int
    had: int
    has: int

    def text(self, names: Mapping[str, str]) -> Text:
        """The sentence, with the unit as people name it."""
        return _HOUSE.filled(
            {
                "unit": names.get(self.code, self.code),
                "before": self.before,
                "after": self.before + 1,
                "had": self.had,
                "has": self.has,
            }
        )


def quota_breaches(
    outcome: Apportionment, *, floor: int = 0, cap: int | None = None
) -> tuple[QuotaBreach, ...]:
    """Units outside their exact share within the limits; a tied unit may still get one seat."""
    population = {unit.code: unit.population for unit in outcome.units}
    shares = exact_shares(population, outcome.seats, floor=floor, cap=cap)
    breaches = []
    for unit in outcome.units:
        bound = _passed(shares[unit.code], unit.seats, unit.seats + unit.tied)
        if bound is not None:
            breaches.append(QuotaBreach(unit.code, shares[unit.code], unit.seats, bound))
    return tuple(breaches)


def _passed(share: Fraction, least: int, most: int) -> int | None:
    """The bound that any number from least to most passes."""
    if most < floor(share):
        return floor(share)
    return ceil(share) if least > ceil(share) else None


def house_breaches(
    population: Population,
    seats: int,
    *,
    method: str,
    floor: int = 0,
    cap: int | None = None,
    reach: int = REACH,
) -> tuple[HouseBreach, ...]:
    """Seats lost by one more seat, for every step from seats - reach to seats + reach.

    Sizes the limits do not allow are left out. Divisor methods hand seats out one after another,
    so none is ever taken back: they are not tried.
    """
    if method in DIVISORS:
        return ()
    sizes = range(max(seats - reach, 1), seats + reach + 1)
    outcomes = [_or_none(population, size, method, floor, cap) for size in sizes]
    breaches = []
    for smaller, larger in pairwise(outcomes):
        if smaller is not None and larger is not None:
            breaches += _lost(smaller, larger)
    return tuple(breaches)


def _lost(smaller: Apportionment, larger: Apportionment) -> list[HouseBreach]:
    pairs = zip(smaller.units, larger.units, strict=True)
    return [
        HouseBreach(before.code, smaller.seats, before.seats, after.seats)
        for before, after in pairs
        if before.seats > after.seats + after.tied
    ]


def _or_none(
    population: Population, seats: int, method: str, floor: int, cap: int | None
) -> Apportionment | None:
    try:
        return apportion(population, seats, method=method, floor=floor, cap=cap)
    except InputFaults:
        return None
