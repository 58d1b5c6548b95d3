"""Districts and seats: plans per congress, editing a draft, apportionment, adoption."""

from election.web.districts import drafts, overview, proposing, seats
from election.web.districts.blueprint import bp

__all__ = ["bp", "drafts", "overview", "proposing", "seats"]
