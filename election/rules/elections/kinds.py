"""Kinds of elections, the figure that people are counted by, and who decides."""

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


class DecidingBody(StrEnum):
    """Who may decide on what the law leaves open for the vote in the districts (R0.5)."""

    TOWN_COMMITTEE = "town_committee"
    COUNTY_COMMITTEE = "county_committee"
    STANDING_COMMITTEE = "standing_committee"
