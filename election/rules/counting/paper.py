"""The blank count sheet of one place: everything that is printed on it before the count."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """What one blank sheet says; candidates are names in ballot order.

    fallen: who stand no more though the ballots bear their names (R5.20).
    """

    code: str
    election: str
    congress: str
    level: str
    district_number: int
    district_name: str
    place_code: str
    place_name: str
    place_kind: str
    round_kind: str
    round_number: int
    seats: int
    polling_day: date
    allows_writeins: bool
    candidates: tuple[str, ...]
    fallen: tuple[str, ...] = ()
