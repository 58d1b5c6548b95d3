"""The checks of a district plan (选区划分): seats, units, equal population per deputy, contiguity.

A plan is checked as a whole and all its faults come back together. The law gives no number for
"roughly equal", so a deviation is pointed out with its figures and never blocks.
Source: Electoral Law (EL) 25, 26; Zhejiang rules (ZJ) 20-23; rulebook section 2.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.rules.profile import Profile
from election.rules.terms import Code, Finding, RuleViolation, Severity, Text, finding

MOST_SEATS = 3  # EL 25: one to three deputies per district

Neighbours = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DistrictDraft:
    """A district as drafted: its number, its seats, the codes of the units that elect together."""

    number: int
    seats: int
    units: tuple[str, ...]


SEATS_PER_DISTRICT = Code(
    "E.201", "R2.2", "EL 25; ZJ 20",
    Text("第{district}选区应选代表{seats}名，每个选区应选1至3名",
         "district {district} has {seats} seats; a district elects 1 to 3 deputies"),
    Text("调整该选区名额，或将选区拆分、合并", "change its seats, or split or join the district"),
)  # fmt: skip
SEATS_TOTAL = Code(
    "E.202", "R2.17", "EL 25",
    Text("各选区名额合计{sum}名，与确定的代表总名额{seats}名不符",
         "the districts have {sum} seats together, the total fixed is {seats}"),
    Text("使各选区名额之和等于{seats}名", "make the districts' seats add up to {seats}"),
)  # fmt: skip
UNIT_LEFT_OUT = Code(
    "E.203", "R2.8", "EL 25; ZJ 23",
    Text("单元“{unit}”未划入任何选区", 'unit "{unit}" is in no district'),
    Text("将其划入一个选区", "put it into one district"),
)  # fmt: skip
UNIT_TWICE = Code(
    "E.204", "R2.8", "EL 25; ZJ 23",
    Text("单元“{unit}”重复划入选区：{districts}",
         'unit "{unit}" is placed more than once, in districts {districts}'),
    Text("只保留在一个选区；大村需要拆分的，先拆分单元",
         "keep it in one district; if a big village is to be split, split the unit first"),
)  # fmt: skip
DISTRICT_EMPTY = Code(
    "E.205", "R2.6", "EL 25; ZJ 23",
    Text("第{district}选区没有划入任何单元", "district {district} has no unit"),
    Text("划入单元，或撤销该选区", "put units into it, or remove the district"),
)  # fmt: skip
NUMBER_TWICE = Code(
    "E.206", "R2.8", "EL 25",
    Text("选区编号{district}重复使用{times}次", "district number {district} is used {times} times"),
    Text("每个选区使用不同的编号", "give each district a number of its own"),
)  # fmt: skip
UNIT_UNKNOWN = Code(
    "E.207", "R2.6", "EL 25; ZJ 23",
    Text("第{district}选区中的单元“{unit}”不在单元表中",
         'unit "{unit}" of district {district} is not in the list of units'),
    Text("核对单元编码，或先登记该单元", "check the code, or record the unit first"),
)  # fmt: skip
POPULATION_UNUSABLE = Code(
    "E.208", "R2.3", "EL 26; ZJ 21",
    Text("各单元人口合计为{total}，无法计算每一代表所代表的人口数",
         "the units' population adds up to {total}: persons per deputy cannot be computed"),
    Text("核对各单元人口数", "check the population figures of the units"),
)  # fmt: skip
POPULATION_NEGATIVE = Code(
    "E.209", "R2.3", "EL 26; ZJ 21",
    Text("单元“{unit}”的人口数为{population}，人口数不能为负",
         'unit "{unit}" has population {population}; a population cannot be negative'),
    Text("核对该单元人口数", "check the population of this unit"),
)  # fmt: skip
DEVIATION_WARN = Code(
    "W.210", "R2.3", "EL 26; ZJ 21",
    Text("第{district}选区{population}人选{seats}名，"
         "每一代表所代表的人口数为{per_seat}人，与平均数{average}人相差{deviation}，超过{limit}",
         "district {district}: {population} persons, {seats} seats, {per_seat} per deputy; "
         "{deviation} from the average of {average}, more than {limit}"),
    Text("能调整的作调整；不能调整的，记录理由",
         "adjust the district where possible; otherwise record the reason"),
)  # fmt: skip
DEVIATION_ALERT = Code(
    "W.211", "R2.3", "EL 26; ZJ 21",
    Text("第{district}选区{population}人选{seats}名，"
         "每一代表所代表的人口数为{per_seat}人，与平均数{average}人相差{deviation}，超过{limit}，明显偏离“大体相等”",
         "district {district}: {population} persons, {seats} seats, {per_seat} per deputy; "
         '{deviation} from the average of {average}, more than {limit}: far from "roughly equal"'),
    Text("重新划分，或由选举委员会记录保留的理由",
         "redraw it, or let the election committee record why it stays"),
)  # fmt: skip
NOT_CONTIGUOUS = Code(
    "W.212", "R2.6", "ZJ 22, 23",
    Text("第{district}选区不相连，分成{parts}片：{pieces}",
         "district {district} is not contiguous, it falls into {parts} parts: {pieces}"),
    Text("调整单元使其相连；确属联合选区或飞地的，记录理由",
         "move units so that it holds together; record the reason for a joint district or exclave"),
)  # fmt: skip
POPULATION_UNKNOWN = Code(
    "W.213", "R2.3", "EL 26; ZJ 21",
    Text("单元“{unit}”没有人口数；在补齐之前不能计算各选区的偏差",
         'unit "{unit}" has no population figure; until it has, no deviation can be computed'),
    Text("补录人口数；确无人口的填0", "enter the population; 0 if nobody lives there"),
)  # fmt: skip

MOST_SEATS_PASSED = Code(
    "R.214", "R2.2", "EL 25; ZJ 20",
    Text("不能按每个选区最多{seats}名划分，每个选区应选1至3名",
         "districts of up to {seats} seats cannot be planned; a district elects 1 to 3 deputies"),
    Text("每个选区最多名额取1至3", "allow at most 1, 2 or 3 seats per district"),
)  # fmt: skip

CODES: tuple[Code, ...] = (
    SEATS_PER_DISTRICT, SEATS_TOTAL, UNIT_LEFT_OUT, UNIT_TWICE, DISTRICT_EMPTY, NUMBER_TWICE,
    UNIT_UNKNOWN, POPULATION_UNUSABLE, POPULATION_NEGATIVE, DEVIATION_WARN, DEVIATION_ALERT,
    NOT_CONTIGUOUS, POPULATION_UNKNOWN, MOST_SEATS_PASSED,
)  # fmt: skip


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
    seats: the approved total. neighbours: pairs of unit codes that touch, in either order; None, or
    a unit that stands in no pair, means that nothing is known and contiguity is not judged.
    Source: EL 25, 26; ZJ 20-23.
    """
    found = [
        *_numbers(districts),
        *_seats(districts, seats),
        *_placement(districts, population),
        *_population_faults(population),
        *_deviations(districts, population, seats, profile),
        *_contiguity(districts, neighbours or ()),
    ]
    return sorted(found, key=lambda one: one.severity is not Severity.ERROR)


def _numbers(districts: Sequence[DistrictDraft]) -> Iterator[Finding]:
    used = Counter(district.number for district in districts)
    for number, times in sorted(used.items()):
        if times > 1:
            yield finding(NUMBER_TWICE, f"districts.{number}.number", district=number, times=times)


def _seats(districts: Sequence[DistrictDraft], seats: int) -> Iterator[Finding]:
    for district in districts:
        number = district.number
        if not 1 <= district.seats <= MOST_SEATS:
            yield finding(SEATS_PER_DISTRICT, f"districts.{number}.seats",
                          district=number, seats=district.seats)  # fmt: skip
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
            yield finding(POPULATION_NEGATIVE, f"units.{unit}.population",
                          unit=unit, population=persons)  # fmt: skip
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
    known = {unit: persons for unit, persons in population.items() if persons is not None}
    total = sum(known.values())
    if len(known) < len(population) or total < 1 or seats < 1 or min(known.values()) < 0:
        return
    for district in districts:
        if district.seats < 1 or not district.units or not known.keys() >= set(district.units):
            continue
        persons = sum(known[unit] for unit in dict.fromkeys(district.units))
        off = deviation(persons, district.seats, total, seats)
        code, limit = _judge(off, profile)
        if code is not None:
            number = district.number
            yield finding(
                code, f"districts.{number}.units", f"districts.{number}.seats",
                district=number, population=persons, seats=district.seats,
                per_seat=_decimal(Fraction(persons, district.seats)),
                average=_decimal(Fraction(total, seats)),
                deviation=f"{'+' if off > 0 else '-'}{_decimal(abs(off) * 100)}%",
                limit=f"{_decimal(limit * 100)}%",
            )  # fmt: skip


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
    tenths = int(value * 10 + Fraction(1, 2))
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _contiguity(districts: Sequence[DistrictDraft], neighbours: Neighbours) -> Iterator[Finding]:
    near: dict[str, set[str]] = {}
    for a, b in neighbours:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    for district in districts:
        units = dict.fromkeys(district.units)
        if not near.keys() >= set(units):
            continue  # where a unit's neighbours are unknown, nothing can be said
        pieces = _pieces(list(units), near)
        if len(pieces) > 1:
            yield finding(
                NOT_CONTIGUOUS, f"districts.{district.number}.units",
                district=district.number, parts=len(pieces),
                pieces="; ".join(", ".join(piece) for piece in pieces),
            )  # fmt: skip


def _pieces(units: list[str], near: Mapping[str, set[str]]) -> list[list[str]]:
    """The connected pieces of these units, each in the order of `units`."""
    left, pieces = set(units), []
    for start in units:
        if start not in left:
            continue
        piece, border = {start}, [start]
        while border:
            new = near[border.pop()] & left - piece
            piece |= new
            border.extend(new)
        left -= piece
        pieces.append([unit for unit in units if unit in piece])
    return pieces
