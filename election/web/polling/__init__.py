"""Polling places, the voters of each district, and blank count sheets."""

from election.web.polling import pages, papers
from election.web.polling.blueprint import bp

__all__ = ["bp", "pages", "papers"]
