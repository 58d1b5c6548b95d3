"""Districting (选区划分): propose contiguous districts with equal population per deputy.

`plan` decides borders and seats together, improves its plan until the time is up and proves how
good it is. It proposes; the election committee decides. jobs.planner runs it beside a server.
Source: Electoral Law Art. 25, 26; rulebook section 2.
"""

from typing import TYPE_CHECKING, Any

from election.planning.districting.plans import (
    Ending,
    Objective,
    Part,
    PlannedDistrict,
    PlannerPhase,
    PlannerProgress,
    PlannerUnit,
    ProposedPlan,
    Split,
)
from election.planning.districting.wishes import Locked, PlanRequest, Wishes

if TYPE_CHECKING:
    from election.planning.districting.planner import plan

__all__ = [
    "Ending",
    "Locked",
    "Objective",
    "Part",
    "PlanRequest",
    "PlannedDistrict",
    "PlannerPhase",
    "PlannerProgress",
    "PlannerUnit",
    "ProposedPlan",
    "Split",
    "Wishes",
    "plan",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what Python asks of a module
    """`plan` is loaded when it is first used: numbers and solver stay out of who only asks."""
    if name != "plan":
        raise AttributeError(name)
    from election.planning.districting.planner import plan  # noqa: PLC0415

    return plan
