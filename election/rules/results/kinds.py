"""The closed words of a count: what is decided, in which round, and which figures each takes."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from election.rules.counting import WRITE_IN


class BallotKind(StrEnum):
    """What the papers decide."""

    DEPUTIES = "deputies"
    OFFICERS = "officers"
    PROJECTS = "projects"
    RECALL = "recall"


class RoundRule(StrEnum):
    """Which ballot of one and the same election the figures belong to."""

    FIRST = "first"
    FURTHER = "further"
    TIE_REPEAT = "tie_repeat"


RECALL_FOR = "for"
PAPERS = ("issued", "returned", "void")
_SESSION = ("all_deputies", "present", *PAPERS)
FIGURES: Mapping[BallotKind, tuple[str, ...]] = MappingProxyType(
    {
        BallotKind.DEPUTIES: ("registered", *PAPERS),
        BallotKind.OFFICERS: _SESSION,
        BallotKind.PROJECTS: _SESSION,
        BallotKind.RECALL: ("registered",),
    }
)
_IN_SESSION = ("tie_repeat_max", "all_deputies_basis", "session_quorum")
PARAMETERS_OF: Mapping[BallotKind, tuple[str, ...]] = MappingProxyType(
    {
        BallotKind.DEPUTIES: (
            "majority_basis",
            "third_basis",
            "further_election_rounds",
            "further_include_writeins",
            "tie_repeat_max",
        ),
        BallotKind.OFFICERS: _IN_SESSION,
        BallotKind.PROJECTS: (*_IN_SESSION, "project.method", "project.threshold"),
        BallotKind.RECALL: (),
    }
)
"""The parameters that decide each kind of count, beside the version of the law."""
ALL_FIGURES = ("registered", *_SESSION)


def is_write_in(name: str) -> bool:
    """Whether voters wrote this person in, who was no candidate."""
    return name.startswith(WRITE_IN)


class BallotStanding(StrEnum):
    """What a ballot made of one person. Somebody tied is not elected and not out."""

    ELECTED = "elected"
    TIED = "tied"
    NOT_ELECTED = "not_elected"


class RoundKind(StrEnum):
    """Why people vote: R9.3, R9.5, R9.12."""

    FIRST = "first"
    TIE_REPEAT = "tie_repeat"
    FURTHER = "further"
    RERUN = "rerun"
