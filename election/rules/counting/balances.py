"""One balance equation everywhere: a total and the parts that must make it up.

Entry, check, report and test use these same helpers, and show the sum with its numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from election.rules.counting.sheet import WRITEIN, Papers, SheetShape, Vote

Known = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Balance:
    """total = sum of parts; None is an unknown number (of 0 or more), not zero."""

    total: int | None
    parts: tuple[int | None, ...]

    @property
    def known_sum(self) -> int:
        """The sum of the parts that are known."""
        return sum(part for part in self.parts if part is not None)

    @property
    def complete(self) -> bool:
        """Whether every part is known."""
        return None not in self.parts

    def holds(self) -> bool | None:
        """True or False where that is sure, None where an unknown number leaves it open.

        Unknown parts cannot be negative: parts already above the total fail at once.
        """
        if self.total is None:
            return None
        if self.complete:
            return self.known_sum == self.total
        return False if self.known_sum > self.total else None

    def equation(self) -> str:
        """The sum with its numbers: "610 = 400 + 210"; "610 ≠ 400 + 200 = 600"; "5 < 6 + ?"."""
        total, parts = _digits(self.total), " + ".join(_digits(part) for part in self.parts)
        if self.holds() is not False:
            return f"{total} = {parts}"
        return f"{total} ≠ {parts} = {self.known_sum}" if self.complete else f"{total} < {parts}"


def balance(total: int | None, *parts: int | None) -> Balance:
    """Build one equation; as in `balance(returned, void, valid)`."""
    return Balance(total, parts)


def _digits(number: int | None) -> str:
    return "?" if number is None else str(number)


@dataclass(frozen=True, slots=True)
class PaperAccount:
    """The papers of one place, in papers; None is not known (yet).

    printed: received for the place; spoiled_replaced: taken back before the box and replaced;
    unused: left over; checked_in: voters who drew their own; proxy: drawn for others (R8.15).
    """

    printed: int | None = None
    spoiled_replaced: int | None = None
    unused: int | None = None
    checked_in: int | None = None
    proxy: int | None = None

    def figures(self) -> dict[str, int]:
        """The known ones under their field names: "account.printed" ..."""
        values = {f"account.{field.name}": getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def valid_papers(figures: Known) -> int | None:
    """Valid papers = returned - void; None while they are unknown or contradict each other."""
    return _without(figures.get(Papers.RETURNED), figures.get(Papers.VOID))


def marked_papers(figures: Known) -> int | None:
    """Valid papers that are not blank; None while they are unknown or contradict each other."""
    return _without(valid_papers(figures), figures.get(Papers.BLANK))


def _without(papers: int | None, part: int | None) -> int | None:
    return None if papers is None or part is None or part > papers else papers - part


def candidate_balance(figures: Known, candidate: str) -> Balance:
    """Valid = for + against + abstain: each valid paper says one of the three of everybody."""
    answers = (figures.get(answer.of(candidate)) for answer in Vote)
    return balance(valid_papers(figures), *answers)


def issue_balance(figures: Known) -> Balance:
    """Issued = checked in + proxy: ballots drawn in person and for others (EL 37, 42)."""
    return balance(
        figures.get(Papers.ISSUED),
        figures.get("account.checked_in"),
        figures.get("account.proxy"),
    )


def stock_balance(figures: Known) -> Balance:
    """Printed = issued + spoiled and replaced + unused (R8.15)."""
    return balance(
        figures.get("account.printed"),
        figures.get(Papers.ISSUED),
        figures.get("account.spoiled_replaced"),
        figures.get("account.unused"),
    )


def choices(figures: Known, shape: SheetShape) -> tuple[int, int | None]:
    """Votes cast that are known, and the most that the marked papers can carry (R8.4).

    A paper that is neither void nor blank chooses at most `seats` persons, write-ins included.
    """
    chosen = sum(figures.get(Vote.FOR.of(candidate), 0) for candidate in shape.candidates)
    chosen += sum(votes for item, votes in figures.items() if item.startswith(WRITEIN))
    marked = marked_papers(figures)
    return chosen, None if marked is None else shape.seats * marked
