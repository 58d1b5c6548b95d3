"""Candidates: nominations, the first list, the reduction, the formal list.

Importing the modules adds their views to the one blueprint.
"""

from election.web.candidates import index, lists, nominations, people, reduction
from election.web.candidates.blueprint import bp

__all__ = ["bp", "index", "lists", "nominations", "people", "reduction"]
