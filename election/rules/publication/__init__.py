"""What a publication consists of, what must be there before it, and what is refused.

shape.py: one congress frozen into plain values; readiness.py: what is missing; codes.py: 7xx.
Source: EL 11, 46; ZJ 13, 50 (the committee decides on validity and publishes); rulebook R9.14.
"""

from election.rules.publication.readiness import SETTLED, missing
from election.rules.publication.shape import (
    Frozen,
    FrozenCandidate,
    FrozenDistrict,
    FrozenPlace,
    FrozenRound,
    FrozenSheet,
)

__all__ = [
    "SETTLED",
    "Frozen",
    "FrozenCandidate",
    "FrozenDistrict",
    "FrozenPlace",
    "FrozenRound",
    "FrozenSheet",
    "missing",
]
