"""Districts and seats: plans per congress, editing a draft, apportionment, charts, adoption."""

from election.web.districts import charts, drafts, fairness, overview, seats, what_if
from election.web.districts.blueprint import bp

__all__ = ["bp", "charts", "drafts", "fairness", "overview", "seats", "what_if"]
