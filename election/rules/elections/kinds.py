"""Kinds of elections, and the figure that people are counted by."""

from enum import StrEnum


class ElectionKind(StrEnum):
    """A general election or a by-election."""

    GENERAL = "general"
    BY_ELECTION = "by_election"


class PopulationBasis(StrEnum):
    """Which count of people (R1.9)."""

    HUKOU = "HUKOU"
    RESIDENT = "RESIDENT"
    WEIGHTED = "WEIGHTED"
