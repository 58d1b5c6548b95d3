"""Districts and seats: plans per congress, editing a draft, apportionment, adoption."""

from election.web.districts import compare, drafts, map, overview, seats
from election.web.districts.blueprint import bp

__all__ = ["bp", "compare", "drafts", "map", "overview", "seats"]
