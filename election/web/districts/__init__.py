"""Districts and seats: plans, map, comparison, proposals, seats, charts, papers, adoption."""

from election.web.districts import (
    charts,
    compare,
    drafts,
    fairness,
    map,
    overview,
    papers,
    proposing,
    seats,
    what_if,
    why,
)
from election.web.districts.blueprint import bp

__all__ = [
    "bp",
    "charts",
    "compare",
    "drafts",
    "fairness",
    "map",
    "overview",
    "papers",
    "proposing",
    "seats",
    "what_if",
    "why",
]
