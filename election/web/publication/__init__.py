"""Publication: the desk of the office, and the public pages that read published packages only.

Importing the modules adds their views to the one blueprint.
"""

from election.web.publication import desk, files, prepared_pages, preparing, public
from election.web.publication.blueprint import bp

__all__ = ["bp", "desk", "files", "prepared_pages", "preparing", "public"]
