"""The fixed choices of the office, looked at before planning: unknown, contradictory, impossible.

Every fault names the units and says what would be right; all of them come back together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from election.planning.districting.ground import joined
from election.planning.districting.plans import PlannerUnit
from election.planning.districting.splits import SplitUnit
from election.planning.districting.wishes import Locked, Wishes
from election.rules.districts.contiguity import connected_pieces, neighbours_of, take_piece
from election.rules.terms import InputFault

_TWO = 2


def wish_faults(
    units: Sequence[PlannerUnit],
    pairs: Sequence[tuple[str, str]],
    seats: int,
    max_seats: int,
    wishes: Wishes,
) -> list[InputFault]:
    """Every fault of the wishes; units and borders are expected to be faultless."""
    by_code = {unit.code: unit for unit in units}
    unknown = list(_unknown(by_code, wishes))
    if unknown:
        return unknown
    return [
        *_locked_faults(by_code, pairs, seats, max_seats, wishes),
        *_apart_faults(wishes),
        *_alone_faults(by_code, wishes),
        *_split_faults(by_code, wishes),
        *_region_faults(wishes),
        *_number_faults(seats, max_seats, wishes),
        *_together_faults(units, pairs, wishes),
    ]


def _listed(codes: Iterable[str], mark: str) -> str:
    return mark.join(codes)


def _unknown(by_code: dict[str, PlannerUnit], wishes: Wishes) -> Iterator[InputFault]:
    named = {
        "together": [code for group in wishes.together for code in group],
        "apart": [code for pair in wishes.apart for code in pair],
        "alone": wishes.alone,
        "locked": [c for d in wishes.locked for c in d.units if part_of(c, by_code) is None],
        "split": wishes.split,
        "within": [code for region in wishes.within for code in region],
    }
    for wish, codes in named.items():
        for code in sorted(set(codes) - set(by_code)):
            yield InputFault(
                f"wishes.{wish}",
                f"固定要求中的单元“{code}”不在单元表中，请改正编码",
                f'unit "{code}" of the fixed choices is not in the list of units; correct its code',
            )


def part_of(code: str, codes: Iterable[str]) -> tuple[str, int] | None:
    """("A3", 1) for part A3#1 of a known unit; None for a unit or nonsense."""
    unit, sign, number = code.rpartition("#")
    if code in codes or not sign or unit not in codes:
        return None
    return (unit, int(number)) if number.isascii() and number.isdigit() and int(number) else None


def _locked_faults(
    by_code: dict[str, PlannerUnit],
    pairs: Sequence[tuple[str, str]],
    seats: int,
    max_seats: int,
    wishes: Wishes,
) -> Iterator[InputFault]:
    region, neighbours = wishes.region_of, neighbours_of(pairs)
    for district in wishes.locked:
        yield from _locked_fault(district, by_code, max_seats)
        yield from _torn_fault(district, by_code, neighbours, region)
    for code, times in Counter(c for d in wishes.locked for c in d.units).items():
        if times > 1:
            yield InputFault(
                "wishes.locked",
                f"单元“{code}”被锁定了{times}次，只能在一个选区",
                f'unit "{code}" is locked {times} times; keep one',
            )
    yield from _locked_seats(by_code, seats, wishes)


def _locked_seats(
    by_code: dict[str, PlannerUnit], seats: int, wishes: Wishes
) -> Iterator[InputFault]:
    """Seats the locked districts take too many, or leave without a unit."""
    used = sum(district.seats for district in wishes.locked)
    held = {code for district in wishes.locked for code in district.units}
    if used > seats:
        yield InputFault(
            "wishes.locked",
            f"锁定的选区共{used}名，多于名额{seats}名，请减少锁定",
            f"the locked districts have {used} seats together, more than the "
            f"{seats} there are; unlock some",
        )
    elif used < seats and held >= set(by_code):
        yield InputFault(
            "wishes.locked",
            f"全部单元都已锁定，还有{seats - used}名没有选区",
            f"all units are locked and {seats - used} seats are left; unlock a district",
        )


def _locked_fault(
    district: Locked, by_code: dict[str, PlannerUnit], max_seats: int
) -> Iterator[InputFault]:
    if not district.units:
        yield InputFault("wishes.locked", "锁定的选区没有单元", "a locked district has no unit")
    if not 1 <= district.seats <= max_seats:
        yield _locked(
            district,
            f"锁定了{district.seats}名，应为1至{max_seats}名",
            f"are locked with {district.seats} seats; it should be 1 to {max_seats}",
        )
    parts = [code for code in district.units if part_of(code, by_code)]
    if parts and len(district.units) > 1:
        yield _locked(
            district,
            "不能锁定在一起：拆分后的部分自成一个选区",
            "cannot be locked together: a part is a district of its own",
        )


def _torn_fault(
    district: Locked,
    by_code: dict[str, PlannerUnit],
    neighbours: dict[str, set[str]],
    region: dict[str, int],
) -> Iterator[InputFault]:
    """Its units do not hang together, or lie in several regions."""
    whole = [code for code in district.units if code in by_code]
    if len(connected_pieces(whole, lambda code: neighbours.get(code, ()))) > 1:
        yield _locked(
            district,
            "互不相连，不能锁定为一个选区；请补充相邻关系或改变锁定",
            "do not hang together; add a border, or lock other units",
        )
    elif len({region.get(code) for code in whole}) > 1:
        yield _locked(
            district,
            "跨越了片区边界；请改变锁定或片区",
            "cross the border of a region; change lock or region",
        )


def _locked(district: Locked, zh: str, en: str) -> InputFault:
    return InputFault(
        "wishes.locked",
        f"单元{_listed(district.units, '、')}{zh}",
        f"units {_listed(district.units, ', ')} {en}",
    )


def _apart_faults(wishes: Wishes) -> Iterator[InputFault]:
    code_groups = _together(wishes)
    homes = [*code_groups, *(frozenset(d.units) for d in wishes.locked)]
    for a, b in wishes.apart:
        if a == b:
            yield InputFault(
                "wishes.apart",
                f"单元“{a}”不能与自身分开，请写两个不同的单元",
                f'unit "{a}" cannot be apart from itself; name two units',
            )
        elif any({a, b} <= home for home in homes):
            yield InputFault(
                "wishes.apart",
                f"单元“{a}”和“{b}”既要在一起又要分开，只能取其一",
                f'units "{a}" and "{b}" shall be both together and apart; choose one',
            )


def _together(wishes: Wishes) -> list[frozenset[str]]:
    codes = list(dict.fromkeys(code for group in wishes.together for code in group))
    place = {code: i for i, code in enumerate(codes)}
    groups = joined([[place[code] for code in group] for group in wishes.together])
    return [frozenset(codes[i] for i in group) for group in groups]


def _alone_faults(by_code: dict[str, PlannerUnit], wishes: Wishes) -> Iterator[InputFault]:
    """Units alone that are also joined to others, or divided."""
    crowded = {c for d in wishes.locked for c in d.units if len(d.units) > 1} | _grouped(wishes)
    parts = (part_of(code, by_code) for district in wishes.locked for code in district.units)
    divided = {*wishes.split, *(part[0] for part in parts if part)}
    for code in dict.fromkeys(wishes.alone):
        if code in crowded:
            yield InputFault(
                "wishes.alone",
                f"单元“{code}”既要单独成选区又要与其他单元在一起",
                f'unit "{code}" shall be both alone and with others; choose one',
            )
        if code in divided:
            yield InputFault(
                "wishes.alone",
                f"单元“{code}”既要单独成一个选区又要拆分，只能取其一",
                f'unit "{code}" shall be both one district and divided; choose one',
            )


def _grouped(wishes: Wishes) -> set[str]:
    return {code for group in wishes.together for code in group if len(set(group)) > 1}


def _split_faults(by_code: dict[str, PlannerUnit], wishes: Wishes) -> Iterator[InputFault]:
    """Units to be divided that are held whole, or have too few people for it."""
    held = {code for district in wishes.locked for code in district.units} | _grouped(wishes)
    parts: dict[str, dict[int, int]] = {}
    for district in wishes.locked:
        for unit, number in filter(None, (part_of(code, by_code) for code in district.units)):
            parts.setdefault(unit, {})[number] = district.seats
    for code in dict.fromkeys([*wishes.split, *sorted(parts)]):
        if code in held:
            yield InputFault(
                "wishes.split",
                f"单元“{code}”要拆分，不能整体锁定或与其他单元在一起",
                f'unit "{code}" shall be divided: it cannot be locked whole or '
                "together with others",
            )
        persons = by_code[code].population
        least = SplitUnit(0, by_code[code], parts.get(code, {})).least
        if persons < _TWO:
            yield InputFault(
                "wishes.split",
                f"单元“{code}”只有{persons}人，不能拆分",
                f'unit "{code}" has {persons} people and cannot be divided',
            )
        elif persons < least:
            yield InputFault(
                "wishes.locked",
                f"单元“{code}”只有{persons}人，按锁定的部分要分{least}名，请减少锁定",
                f'unit "{code}" has {persons} people, and with its locked parts it '
                f"takes {least} seats; unlock some",
            )


def _region_faults(wishes: Wishes) -> Iterator[InputFault]:
    times = Counter(code for region in wishes.within for code in dict.fromkeys(region))
    for code, count in times.items():
        if count > 1:
            yield InputFault(
                "wishes.within",
                f"单元“{code}”属于{count}个片区，只能属于一个",
                f'unit "{code}" is in {count} regions; keep one',
            )


def _number_faults(seats: int, max_seats: int, wishes: Wishes) -> Iterator[InputFault]:
    least, most = wishes.least, wishes.most
    needed = -(-seats // max_seats)
    if least is not None and not 1 <= least <= seats:
        yield InputFault(
            "min_districts",
            f"最少{least}个选区不可行，名额{seats}名，应为1至{seats}个",
            f"at least {least} districts cannot be; with {seats} seats it should be 1 to {seats}",
        )
    if most is not None and most < needed:
        yield InputFault(
            "max_districts",
            f"最多{most}个选区、每个最多{max_seats}名，放不下{seats}名，至少要{needed}个",
            f"{most} districts of at most {max_seats} seats do not hold {seats} "
            f"seats; it takes {needed} at least",
        )
    if least is not None and most is not None and least > most:
        yield InputFault(
            "min_districts",
            f"最少{least}个选区多于最多{most}个",
            f"at least {least} districts are more than at most {most}",
        )


def _together_faults(
    units: Sequence[PlannerUnit], pairs: Sequence[tuple[str, str]], wishes: Wishes
) -> Iterator[InputFault]:
    """Groups that no district can hold: across regions, or without a way between their units."""
    region = wishes.region_of
    homes = [set(district.units) for district in wishes.locked]
    torn = {*wishes.alone, *wishes.split}  # who is in a group and here is told of already
    closed = torn.union(*homes)
    place = {unit.code: i for i, unit in enumerate(units)}
    neighbours = neighbours_of(
        (a, b) for a, b in pairs if region.get(a) == region.get(b) and not closed & {a, b}
    )
    for group in _together(wishes):
        codes = sorted(group, key=place.__getitem__)
        if any(group <= home for home in homes) or len(group) < _TWO or group & torn:
            continue
        if any(group & home for home in homes):
            yield _scattered(
                codes,
                "其中一部分锁定在别的选区",
                "some of them are locked without the others",
            )
        elif len({region.get(code) for code in codes}) > 1:
            yield _scattered(codes, "不属于同一片区", "lie in different regions")
        elif not group <= set(
            take_piece(codes[0], set(place), lambda code: neighbours.get(code, ()))
        ):
            yield _scattered(
                codes,
                "互不相连，请补充相邻关系",
                "nothing connects them; add a border or a ferry link",
            )


def _scattered(codes: Sequence[str], zh: str, en: str) -> InputFault:
    return InputFault(
        "wishes.together",
        f"单元{_listed(codes, '、')}要在一起，但{zh}",
        f"units {_listed(codes, ', ')} shall be together, but {en}",
    )
