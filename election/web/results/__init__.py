"""Results: certificates, the rounds after them, ties, records, and the correction of a certificate.

Importing the modules adds their views to the one blueprint; corrections has a name of its own.
"""

from election.web.results import corrections, next_round, pages, record, tie, together
from election.web.results.blueprint import bp

__all__ = ["bp", "corrections", "next_round", "pages", "record", "tie", "together"]
