"""Kinds of polling places."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """R7.1."""

    STATION = "station"
    MEETING = "meeting"
    MOBILE_BOX = "mobile_box"
