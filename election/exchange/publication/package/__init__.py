"""The result package: one zip per published congress; docs/PACKAGE.md describes every field.

documents.py: frozen values -> data files; reading.py: a stored package -> the same values;
drawings.py: which charts; tables.py: the tables of pages and exports; building.py: the zip.
"""

from election.exchange.publication.package.building import (
    Built,
    Draw,
    assemble,
    build,
    commitments,
    draw_here,
    drawings,
    published_on,
)
from election.exchange.publication.package.drawings import CHART_NAMES, chart_names, chart_of
from election.exchange.publication.package.reading import Opened, open_package
from election.exchange.publication.package.tables import TABLES, ResultTable, tables

__all__ = [
    "CHART_NAMES",
    "TABLES",
    "Built",
    "Draw",
    "Opened",
    "ResultTable",
    "assemble",
    "build",
    "chart_names",
    "chart_of",
    "commitments",
    "draw_here",
    "drawings",
    "open_package",
    "published_on",
    "tables",
]
