"""Kinds of units and of how two of them touch."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is."""

    VILLAGE = "village"
    COMMUNITY = "community"
    WORKPLACE = "workplace"


class NeighbourKind(StrEnum):
    """How two units touch."""

    LAND = "land"
    FERRY = "ferry"
