"""What the planner takes and what it answers."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Objective(StrEnum):
    """What a good plan keeps small: the largest deviation, or all of them weighted by seats."""

    MAX = "max"
    SUM = "sum"


class Ending(StrEnum):
    """Why the planner stopped."""

    OPTIMAL = "optimal"  # the value meets the proven bound
    SETTLED = "settled"  # nothing better was found for a fixed number of rounds
    TIME_LIMIT = "time_limit"
    STEP_LIMIT = "step_limit"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PlannerUnit:
    """A village, community or workplace: the brick of districts, with its persons.

    groups: its voter groups (name, persons), along which it is split when it must be.
    """

    code: str
    name: str
    population: int
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDistrict:
    """A district of the plan; deviation = (population/seats) / (total/total seats) - 1."""

    number: int
    seats: int
    population: int
    units: tuple[str, ...]
    deviation: Fraction

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc districts`; the deviation as a float, for reading only."""
        return {
            "district": self.number,
            "seats": self.seats,
            "population": self.population,
            "units": list(self.units),
            "deviation": float(self.deviation),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a divided unit: `CODE#1`, a district of its own; the voter groups it is made of.

    groups: names; empty when the unit is divided by persons.
    """

    code: str
    seats: int
    population: int
    groups: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The part; its voter groups where it has some."""
        document: dict[str, object] = {
            "unit": self.code,
            "seats": self.seats,
            "population": self.population,
        }
        return {**document, "groups": list(self.groups)} if self.groups else document


@dataclass(frozen=True, slots=True)
class Split:
    """How a unit is divided: too big for one district, or by the office's choice."""

    unit: str
    population: int
    parts: tuple[Part, ...]

    @property
    def seats(self) -> int:
        """All seats of the unit."""
        return sum(part.seats for part in self.parts)

    def to_json(self) -> dict[str, object]:
        """The unit and its parts."""
        return {
            "unit": self.unit,
            "seats": self.seats,
            "population": self.population,
            "parts": [part.to_json() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """Districts that use all seats, and how good they are.

    value: by the objective, exact. lower_bound: no plan the wishes allow is better, proven.
    seconds: of the processor. steps: asked for so many the planner answers the same plan again.
    """

    objective: Objective
    value: Fraction
    lower_bound: Fraction
    seconds: float
    ending: Ending
    districts: tuple[PlannedDistrict, ...]
    splits: tuple[Split, ...]
    steps: int = 0

    @property
    def optimal(self) -> bool:
        """Whether the value is proven to be the best possible."""
        return self.value == self.lower_bound

    def to_json(self) -> dict[str, object]:
        """The document promised by `calc districts`; fractions become floats here only."""
        return {
            "objective": self.objective.value,
            "value": float(self.value),
            "lower_bound": float(self.lower_bound),
            "optimal": self.optimal,
            "seconds": round(self.seconds, 3),
            "steps": self.steps,
            "districts": [district.to_json() for district in self.districts],
            "splits": [split.to_json() for split in self.splits],
        }


class PlannerPhase(StrEnum):
    """What the planner is doing."""

    SEARCH = "search"  # a first plan by merging and cutting
    NEIGHBOURHOODS = "neighbourhoods"  # parts of it drawn anew as well as can be
    PROOF = "proof"  # all districts that could be drawn are listed: is there a better plan?
    POLISH = "polish"  # of the equally good plans the one that is better otherwise
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PlannerProgress:
    """What a waiting official sees: value and bound so far, number of districts.

    seconds: of the processor, so far.
    """

    seconds: float
    value: Fraction
    lower_bound: Fraction
    districts: int
    phase: PlannerPhase = PlannerPhase.SEARCH
