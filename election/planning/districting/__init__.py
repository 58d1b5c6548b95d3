"""Districting (选区划分): propose contiguous districts with equal population per deputy.

`plan` is a seeded search with a proven lower bound. It proposes; the election committee decides.
Source: Electoral Law Art. 25, 26; rulebook section 2.
"""

from election.planning.districting.planner import plan
from election.planning.districting.plans import (
    Ending,
    Objective,
    Part,
    Plan,
    PlannedDistrict,
    Progress,
    Split,
    Unit,
)
from election.planning.districting.wishes import Locked, PlanRequest, Wishes

__all__ = [
    "Ending",
    "Locked",
    "Objective",
    "Part",
    "Plan",
    "PlanRequest",
    "PlannedDistrict",
    "Progress",
    "Split",
    "Unit",
    "Wishes",
    "plan",
]
