"""What may be done with a plan of districts: when it is complete, adopted, released; split units.

A plan is drafted by the office and adopted by the election committee. One plan of a congress is in
force; it is released openly, with a reason, before another takes its place.
Source: EL 25, 26; ZJ 13, 20-23 (the committee draws the districts and shares the seats).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from election.rules.days import day_text
from election.rules.districts.codes.plans import (
    DAY_TO_COME,
    HAS_ERRORS,
    LOCKED,
    NOT_ACKNOWLEDGED,
    PARTS_SUM,
    ROLL_PUBLISHED,
    SPLIT_NUMBER,
)
from election.rules.terms import Finding, RuleViolation, Severity, finding

MOST_PARTS = 9


@dataclass(frozen=True, slots=True)
class PartDraft:
    """One part of a split unit: unit code, number from 1, persons."""

    unit: str
    part: int
    population: int


def require_come(day: date, today: date, adopted: date | None = None) -> date:
    """The day of a decision on a plan; R.285 for a day to come, or before the plan was adopted."""
    if day > today or (adopted is not None and day < adopted):
        before = day_text(adopted) if adopted else "—"
        raise RuleViolation(DAY_TO_COME, day=day_text(day), today=day_text(today), before=before)
    return day


def check_parts(
    parts: Sequence[PartDraft], population: Mapping[str, int | None]
) -> Iterator[Finding]:
    """E.241 for every split unit whose parts do not have its people together.

    population: persons of the whole units; None is not known and cannot be compared.
    """
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[part.unit] += part.population
    for unit, together in sums.items():
        whole = population.get(unit)
        if whole is not None and whole != together:
            yield finding(PARTS_SUM, f"units.{unit}", unit=unit, sum=together, population=whole)


def equal_parts(unit: str, population: int, parts: int) -> list[int]:
    """Whole persons of each part, as equal as possible. Raises R.257 for 1 or more than 9 parts."""
    if not 2 <= parts <= MOST_PARTS or population < parts:
        raise RuleViolation(SPLIT_NUMBER, unit=unit, population=population, parts=parts)
    return [population // parts + (place < population % parts) for place in range(parts)]


def require_unlocked(locked: Collection[int], touched: Iterable[int]) -> None:
    """Raise R.281 for the first of the touched district numbers that is locked."""
    for number in sorted(set(touched)):
        if number in locked:
            raise RuleViolation(LOCKED, district=number)


def require_roll_unpublished(plan: str, published: date | None) -> None:
    """Raise R.282 once the roll is published: voters then stand in the districts of this plan.

    Source: EL 28, ZJ 33 (the roll is published by district); no article lets districts change
    afterwards.
    """
    if published is not None:
        raise RuleViolation(ROLL_PUBLISHED, plan=plan, day=day_text(published))


def require_adoptable(findings: Sequence[Finding], *, acknowledged: bool) -> None:
    """Raise R.248 while there are errors, R.249 while warnings were not acknowledged."""
    errors = sum(fault.severity is Severity.ERROR for fault in findings)
    if errors:
        raise RuleViolation(HAS_ERRORS, errors=errors)
    if findings and not acknowledged:
        raise RuleViolation(NOT_ACKNOWLEDGED, warnings=len(findings))
