"""Districts and seats: plans per congress, editing a draft, seats, charts, papers, adoption."""

from election.web.districts import (
    charts,
    drafts,
    fairness,
    overview,
    papers,
    proposing,
    seats,
    what_if,
    why,
)
from election.web.districts.blueprint import bp

__all__ = [
    "bp", "charts", "drafts", "fairness", "overview", "papers", "proposing", "seats", "what_if",
    "why",
]  # fmt: skip
