"""The stage "units": table, single units, the whole table at once, files in and out.

Importing the modules adds their views to the one blueprint.
"""

from election.web.units import exports, imports, pages
from election.web.units.blueprint import bp

__all__ = ["bp", "exports", "imports", "pages"]
