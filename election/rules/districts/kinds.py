"""Kinds of districts, and where a plan stands."""

from enum import StrEnum


class PlanStatus(StrEnum):
    """A draft may be edited; one plan of a congress is adopted by the committee."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class DistrictKind(StrEnum):
    """R2.7."""

    RESIDENCE = "RESIDENCE"
    SINGLE_UNIT = "SINGLE_UNIT"
    JOINT_UNIT = "JOINT_UNIT"
    MIXED = "MIXED"
