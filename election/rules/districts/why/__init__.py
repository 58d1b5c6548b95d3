"""Why a district has these units and this number of seats: exact figures and plain sentences."""

from election.rules.districts.why.alternatives import (
    Alternative,
    Verdict,
    alternatives,
    neighbours,
)
from election.rules.districts.why.choices import (
    Fixed,
    Kept,
    Proof,
    broken_step,
    fixed_steps,
    proof_steps,
)
from election.rules.districts.why.layout import (
    Area,
    Layout,
    Piece,
    SeatOption,
    Touch,
    deviation,
    seat_options,
    share,
)
from election.rules.districts.why.moves import verdict_text
from election.rules.districts.why.sentences import Section, sections

__all__ = [
    "Alternative",
    "Area",
    "Fixed",
    "Kept",
    "Layout",
    "Piece",
    "Proof",
    "SeatOption",
    "Section",
    "Touch",
    "Verdict",
    "alternatives",
    "broken_step",
    "deviation",
    "fixed_steps",
    "neighbours",
    "proof_steps",
    "seat_options",
    "sections",
    "share",
    "verdict_text",
]
