"""An election as a whole: list, set-up, phases, calendar.

Importing the modules adds their views to the one blueprint.
"""

from election.web.elections import calendar, law, pages, set_up
from election.web.elections.blueprint import bp

__all__ = ["bp", "calendar", "law", "pages", "set_up"]
