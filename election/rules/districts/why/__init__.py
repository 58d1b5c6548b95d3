"""Why a district has these units and this number of seats: exact figures and plain sentences."""

from election.rules.districts.why.alternatives import (
    Alternative,
    MoveVerdict,
    alternatives,
    neighbours,
)
from election.rules.districts.why.choices import (
    FixedChoices,
    KeptChoices,
    PlanProof,
    broken_step,
    fixed_steps,
    proof_steps,
)
from election.rules.districts.why.layout import (
    DistrictLayout,
    PlanLayout,
    SeatOption,
    Touch,
    UnitPart,
    deviation,
    seat_options,
    share,
)
from election.rules.districts.why.moves import verdict_text
from election.rules.districts.why.sentences import Section, sections

__all__ = [
    "Alternative",
    "DistrictLayout",
    "FixedChoices",
    "KeptChoices",
    "MoveVerdict",
    "PlanLayout",
    "PlanProof",
    "SeatOption",
    "Section",
    "Touch",
    "UnitPart",
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
