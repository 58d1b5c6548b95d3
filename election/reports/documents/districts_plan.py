"""A plan of districts as its papers print it: values only, and the words they share."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from election.reports.documents.candidates import day_text, term_name
from election.rules.terms import Level, Text

SAMPLE = Text(
    "样本数据：地名和人口均为生成，不是真实选区。",
    "Sample data: names and people are generated; these are no real districts.",
)
DRAFT = Text("草案", "DRAFT")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One district; None where people or seats are not known. share: exact seats by people."""

    number: int
    name: str
    kind: Text
    units: tuple[Text, ...]
    seats: int
    people: int | None
    per_seat: Fraction | None
    deviation: Fraction | None
    share: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """A plan. people: of all units, None while one is not known; decision: "" for a draft.

    day: of the decision, or of the print of a draft; method: how the seats compare with methods.
    """

    level: Level
    township: str
    congress: str
    term: int
    committee: str
    plan: str
    basis: Text
    seats: int
    people: int | None
    lines: tuple[PaperLine, ...]
    day: date
    decision: str
    method: Text
    is_sample: bool = False

    @property
    def draft(self) -> bool:
        """Not adopted by the committee."""
        return not self.decision

    @property
    def average(self) -> Fraction | None:
        """People per seat."""
        return None if self.people is None else Fraction(self.people, self.seats)

    @property
    def seats_given(self) -> int:
        """Seats of all districts."""
        return sum(line.seats for line in self.lines)

    @property
    def body(self) -> Text:
        """鹤浦镇第十九届人民代表大会."""
        return Text(term_name(self.congress, self.term), f"{self.congress} (term {self.term})")

    @property
    def place(self) -> Text:
        """Which part of the county, for its congress; nothing for the town's own."""
        if self.level is Level.TOWN:
            return Text("", "")
        return Text(f"（{self.township}）", f", {self.township}")

    @property
    def standing(self) -> Text:
        """Adopted by which decision on which day, or a draft."""
        if self.draft:
            return Text("草案，未经选举委员会通过", "Draft, not adopted by the election committee")
        on = long_day(self.day)
        return Text(
            f"{on.zh}选举委员会通过（{self.decision}）",
            f"Adopted by the election committee on {on.en} ({self.decision})",
        )


def long_day(day: date) -> Text:
    """2021年12月16日; 16 December 2021, whatever the locale of the machine."""
    return Text(day_text(day), f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def district_name(number: int) -> Text:
    """第3选区."""
    return Text(f"第{number}选区", f"District {number}")


def listed(units: tuple[Text, ...]) -> Text:
    """Units one after the other; a dash for none."""
    return Text("、".join(u.zh for u in units) or "—", ", ".join(u.en for u in units) or "—")
