"""The checks of a district plan (选区划分): seats, units, equal population per deputy, contiguity.

A plan is checked as a whole and all its faults come back together. The law gives no number for
"roughly equal", so a deviation is pointed out with its figures and never blocks.
Source: Electoral Law (EL) 25, 26; Zhejiang rules (ZJ) 20-23; rulebook section 2.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.rules.districts.codes.checks import (
    DEVIATION_ALERT,
    DEVIATION_WARN,
    DISTRICT_EMPTY,
    MOST_SEATS_PASSED,
    NOT_CONTIGUOUS,
    NUMBER_TWICE,
    POPULATION_NEGATIVE,
    POPULATION_UNKNOWN,
    POPULATION_UNUSABLE,
    SEATS_PER_DISTRICT,
    SEATS_TOTAL,
    UNIT_LEFT_OUT,
    UNIT_TWICE,
    UNIT_UNKNOWN,
)
from election.rules.districts.contiguity import connected_pieces, neighbours_of
from election.rules.profile import Profile
from election.rules.rounding import decimal
from election.rules.terms import Code, Finding, RuleViolation, Severity, finding

MOST_SEATS = 3  # EL 25: one to three deputies per district

Neighbours = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DistrictDraft:
    """A district as drafted: its number, its seats, the codes of the units that elect together."""

    number: int
    seats: int
    units: tuple[str, ...]


def deviation(population: int, seats: int, total_population: int, total_seats: int) -> Fraction:
    """(population / seats) / (total population / total seats) - 1, exactly.

    Persons and seats; seats, total_population and total_seats must be at least 1 (ValueError).
    Source: rulebook R2.3 for EL 26, ZJ 21.
    """
    if seats < 1 or total_population < 1 or total_seats < 1:
        raise ValueError("deviation needs seats and people to divide by")
    return Fraction(population * total_seats, seats * total_population) - 1


def check_most_seats(seats: int) -> None:
    """Refuse (R.214) to plan districts with more seats than the law allows: three.

    Source: EL 25; ZJ 20; rulebook R2.2 ("4+ is illegal").
    """
    if seats > MOST_SEATS:
        raise RuleViolation(MOST_SEATS_PASSED, seats=seats)


def check_plan(
    districts: Sequence[DistrictDraft],
    population: Mapping[str, int | None],
    *,
    seats: int,
    neighbours: Neighbours | None,
    profile: Profile,
) -> list[Finding]:
    """All faults of a district plan, errors first; an empty list means that nothing is wrong.

    population: persons of every unit of the area (None: not known, which is not zero).
    seats: the approved total. neighbours: pairs of unit codes that touch, in either order; none
    at all means that nothing is known and contiguity is not judged. Where some are known, a unit
    that stands in no pair touches nobody (to meet at a corner is not to touch).
    Source: EL 25, 26; ZJ 20-23.
    """
    findings = [
        *_numbers(districts),
        *_seats(districts, seats),
        *_placement(districts, population),
        *_population_faults(population),
        *_deviations(districts, population, seats, profile),
        *_contiguity(districts, population.keys(), neighbours or ()),
    ]
    return sorted(findings, key=lambda fault: fault.severity is not Severity.ERROR)


def _numbers(districts: Sequence[DistrictDraft]) -> Iterator[Finding]:
    used = Counter(district.number for district in districts)
    for number, times in sorted(used.items()):
        if times > 1:
            yield finding(NUMBER_TWICE, f"districts.{number}.number", district=number, times=times)


def _seats(districts: Sequence[DistrictDraft], seats: int) -> Iterator[Finding]:
    for district in districts:
        number = district.number
        if not 1 <= district.seats <= MOST_SEATS:
            yield finding(
                SEATS_PER_DISTRICT,
                f"districts.{number}.seats",
                district=number,
                seats=district.seats,
            )
    together = sum(district.seats for district in districts)
    if together != seats:
        yield finding(SEATS_TOTAL, "seats", sum=together, seats=seats)


def _placement(
    districts: Sequence[DistrictDraft], population: Mapping[str, int | None]
) -> Iterator[Finding]:
    """Every unit in exactly one district, every district with known units."""
    places: dict[str, list[int]] = {code: [] for code in population}
    for district in districts:
        number = district.number
        if not district.units:
            yield finding(DISTRICT_EMPTY, f"districts.{number}.units", district=number)
        for unit in district.units:
            if unit in places:
                places[unit].append(number)
            else:
                yield finding(UNIT_UNKNOWN, f"districts.{number}.units", district=number, unit=unit)
    for unit, numbers in places.items():
        if not numbers:
            yield finding(UNIT_LEFT_OUT, f"units.{unit}", unit=unit)
        elif len(numbers) > 1:
            listed = ", ".join(str(number) for number in sorted(numbers))
            yield finding(UNIT_TWICE, f"units.{unit}", unit=unit, districts=listed)


def _population_faults(population: Mapping[str, int | None]) -> Iterator[Finding]:
    for unit, persons in population.items():
        if persons is None:
            yield finding(POPULATION_UNKNOWN, f"units.{unit}.population", unit=unit)
        elif persons < 0:
            yield finding(
                POPULATION_NEGATIVE, f"units.{unit}.population", unit=unit, population=persons
            )
    if not _unknown(population) and sum(p or 0 for p in population.values()) < 1:
        total = sum(p or 0 for p in population.values())
        yield finding(POPULATION_UNUSABLE, "units", total=total)


def _unknown(population: Mapping[str, int | None]) -> bool:
    return any(persons is None for persons in population.values())


def _deviations(
    districts: Sequence[DistrictDraft],
    population: Mapping[str, int | None],
    seats: int,
    profile: Profile,
) -> Iterator[Finding]:
    """Deviation of each district that can be computed: all units known, seats to divide by."""
    persons_of = {unit: persons for unit, persons in population.items() if persons is not None}
    total = sum(persons_of.values())
    if len(persons_of) < len(population) or total < 1 or seats < 1 or min(persons_of.values()) < 0:
        return
    for district in districts:
        if district.seats < 1 or not district.units or not persons_of.keys() >= set(district.units):
            continue
        persons = sum(persons_of[unit] for unit in dict.fromkeys(district.units))
        off = deviation(persons, district.seats, total, seats)
        code, limit = _judge(off, profile)
        if code is not None:
            average = Fraction(total, seats)
            yield _deviation_finding(code, district, persons, average, off, limit)


def _deviation_finding(
    code: Code,
    district: DistrictDraft,
    persons: int,
    average: Fraction,
    off: Fraction,
    limit: Fraction,
) -> Finding:
    """A deviation with its figures. average: persons per seat of the whole area."""
    number = district.number
    return finding(
        code,
        f"districts.{number}.units",
        f"districts.{number}.seats",
        district=number,
        population=persons,
        seats=district.seats,
        per_seat=_decimal(Fraction(persons, district.seats)),
        average=_decimal(average),
        deviation=f"{'+' if off > 0 else '-'}{_decimal(abs(off) * 100)}%",
        limit=f"{_decimal(limit * 100)}%",
    )


def _judge(off: Fraction, profile: Profile) -> tuple[Code | None, Fraction]:
    """Which code a deviation deserves, and the limit it passes; exactly at a limit is within it."""
    alert = profile.share("district.deviation_alert")
    warn = profile.share("district.deviation_warn")
    if abs(off) > alert:
        return DEVIATION_ALERT, alert
    if abs(off) > warn:
        return DEVIATION_WARN, warn
    return None, warn


def _decimal(value: Fraction) -> str:
    """A value >= 0 for reading, to one decimal, halves up; whole numbers without a decimal."""
    return decimal(value).removesuffix(".0")


def _contiguity(
    districts: Sequence[DistrictDraft], known: Collection[str], neighbours: Neighbours
) -> Iterator[Finding]:
    touching = neighbours_of(neighbours)
    for district in districts if touching else ():
        units = [unit for unit in district.units if unit in known]
        parts = connected_pieces(units, lambda unit: touching.get(unit, ()))
        if len(parts) > 1:
            yield finding(
                NOT_CONTIGUOUS,
                f"districts.{district.number}.units",
                district=district.number,
                parts=len(parts),
                pieces="; ".join(", ".join(part) for part in parts),
            )
