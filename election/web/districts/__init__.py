"""Districts and seats: plans per congress, editing a draft, apportionment, adoption."""

from election.web.districts import drafts, overview, papers, seats, why
from election.web.districts.blueprint import bp

__all__ = ["bp", "drafts", "overview", "papers", "seats", "why"]
