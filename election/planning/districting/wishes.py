"""The office's fixed choices, and everything one run of the planner is asked with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from election.planning.districting.plans import Objective, PlannerUnit
from election.rules.districts.checks import MOST_SEATS
from election.rules.terms import InputFault, InputFaults, Text

_NAMES = {
    "together": Text("须在一起", "together"),
    "apart": Text("须分开", "apart"),
    "alone": Text("单独成选区", "alone"),
    "locked": Text("锁定的选区", "locked districts"),
    "split": Text("须拆分", "divided"),
    "within": Text("不跨片区", "regions"),
    "least": Text("最少选区数", "least districts"),
    "most": Text("最多选区数", "most districts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A district that stays as it is: its unit codes (parts of a split unit as A3#1), its seats."""

    units: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Fixed choices; none by default. All name units by their codes.

    together: groups that stay in one district. apart: pairs that never share one. alone: units that
    form a district by themselves (a workplace), undivided however big. locked: districts that stay.
    split: units to be divided although they need not be. within: regions no district may cross
    (nesting inside the districts of the other congress); units in no region are a region of their
    own together. least, most: the number of districts.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()
    locked: tuple[Locked, ...] = ()
    split: tuple[str, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()
    least: int | None = None
    most: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As a plan keeps it; empty choices are left out."""
        document: dict[str, Any] = {
            "together": [list(group) for group in self.together],
            "apart": [list(pair) for pair in self.apart],
            "alone": list(self.alone),
            "locked": [{"units": list(d.units), "seats": d.seats} for d in self.locked],
            "split": list(self.split),
            "within": [list(region) for region in self.within],
            "least": self.least,
            "most": self.most,
        }
        return {key: value for key, value in document.items() if value not in ([], None)}

    @property
    def region_of(self) -> dict[str, int]:
        """Unit code -> number of its region; units in no region are missing."""
        return {code: number for number, codes in enumerate(self.within, 1) for code in codes}

    def named(self, seats: int, language: str) -> str:
        """Which kinds of choices are made, with the seats they stand beside, for a sentence."""
        kinds = [_NAMES[kind].say(language) for kind in self.to_json()]
        if language == "zh":
            return "、".join([*kinds, f"名额{seats}名"])
        return ", ".join([*kinds, f"{seats} seats"])

    @classmethod
    def from_json(cls, document: Mapping[str, Any] | None) -> "Wishes":
        """What `to_json` wrote."""
        document = document or {}
        return cls(
            together=tuple(tuple(group) for group in document.get("together", ())),
            apart=tuple((a, b) for a, b in document.get("apart", ())),
            alone=tuple(document.get("alone", ())),
            locked=tuple(
                Locked(units=tuple(d["units"]), seats=d["seats"])
                for d in document.get("locked", ())
            ),
            split=tuple(document.get("split", ())),
            within=tuple(tuple(region) for region in document.get("within", ())),
            least=document.get("least"),
            most=document.get("most"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What the planner is asked: see `plan` for the meaning of each field."""

    units: tuple[PlannerUnit, ...]
    edges: tuple[tuple[str, str], ...]
    seats: int
    max_seats: int = MOST_SEATS
    time_limit: float | None = 60.0
    steps: int | None = None
    seed: int = 0
    objective: Objective = Objective.MAX
    wishes: Wishes = field(default_factory=Wishes)


class NoPlan(InputFaults):
    """Proven: nothing keeps all of these."""

    def __init__(self, wishes: Wishes, seats: int) -> None:
        super().__init__(
            [
                InputFault(
                    "wishes",
                    f"没有一个方案能同时满足{wishes.named(seats, 'zh')}，请放宽其中一项",
                    f"no plan keeps all of these at once: {wishes.named(seats, 'en')}; "
                    "loosen one of them",
                )
            ]
        )


def none_found(wishes: Wishes, seats: int) -> InputFault:
    """Not proven: there may be a plan that keeps all of these."""
    return InputFault(
        "wishes",
        f"在时限内没有找到同时满足{wishes.named(seats, 'zh')}的方案，请放宽其中一项或延长时限",
        f"no plan that keeps all of these was found in time: {wishes.named(seats, 'en')}; "
        "loosen one of them or give more time",
    )
