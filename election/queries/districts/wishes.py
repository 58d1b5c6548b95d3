"""Fixed choices for the planner, checked against the units, and told over other bricks.

A fault's field is the name of the choice, so that a form can show the sentence beside it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import District
from election.planning.districting import Locked, Wishes
from election.queries.districts.boards import PlanBoard
from election.rules.districts.checks import MOST_SEATS
from election.rules.terms import InputFault

Homes = Mapping[str, Collection[str]]


def locked_in(session: Session, board: PlanBoard) -> tuple[Locked, ...]:
    """The locked districts of a plan, as they stay."""
    query = select(District.id).where(District.plan_id == board.plan_id, District.locked)
    keys = set(session.scalars(query))
    return tuple(
        Locked(units=tuple(brick.code for brick in line.bricks), seats=line.seats)
        for line in board.districts
        if line.id in keys
    )


def faults(wishes: Wishes, codes: Collection[str], seats: int) -> list[InputFault]:
    """What is wrong with the choices by themselves. codes: of the units there are."""
    return [
        *_unknown(wishes, codes),
        *_too_few(wishes),
        *_against_each_other(wishes),
        *_numbers(wishes, seats),
    ]


def _unknown(wishes: Wishes, unit_codes: Collection[str]) -> Iterator[InputFault]:
    named = {
        "together": [code for group in wishes.together for code in group],
        "apart": [code for pair in wishes.apart for code in pair],
        "alone": wishes.alone,
        "split": wishes.split,
        "locked_from": [c.partition("#")[0] for d in wishes.locked for c in d.units],
    }
    for field, codes in named.items():
        missing = [code for code in dict.fromkeys(codes) if code not in unit_codes]
        if missing:
            listed = "、".join(missing)
            yield InputFault(field, f"没有编码为{listed}的单元", f"no unit has the code {listed}")


def _too_few(wishes: Wishes) -> Iterator[InputFault]:
    if any(len(set(group)) < 2 for group in wishes.together):
        yield InputFault(
            "together", "每行至少写两个单元的编码", "name at least two units in each line"
        )
    if any(a == b for a, b in wishes.apart):
        yield InputFault(
            "apart",
            "每行至少写两个不同单元的编码",
            "name at least two different units in each line",
        )


def _against_each_other(wishes: Wishes) -> Iterator[InputFault]:
    """Two choices that no plan can keep both."""
    homes = _joined(wishes)
    for a, b in wishes.apart:
        if a != b and homes.get(a, a) == homes.get(b, b):
            yield InputFault(
                "apart",
                f"{a}和{b}已要求划在一起，不能同时要求分开",
                f"{a} and {b} are to stay together: they cannot be kept apart",
            )
    fixed = Counter(code for district in wishes.locked for code in district.units)
    for code in wishes.alone:
        if code in homes:
            yield InputFault(
                "alone",
                f"{code}已要求与其他单元划在一起，不能单独成为选区",
                f"{code} is to stay with other units: it cannot be a district by itself",
            )
        elif code in fixed and not any(d.units == (code,) for d in wishes.locked):
            yield InputFault(
                "alone",
                f"{code}在锁定的选区内，不能单独成为选区",
                f"{code} is in a locked district: it cannot be a district by itself",
            )


def _joined(wishes: Wishes) -> dict[str, int]:
    """Code -> the group it stays in; groups that share a unit are one."""
    homes: dict[str, int] = {}
    for number, group in enumerate(wishes.together):
        shared = {homes[code] for code in group if code in homes}
        homes = {code: number if home in shared else home for code, home in homes.items()}
        homes |= dict.fromkeys(group, number)
    return homes


def _numbers(wishes: Wishes, seats: int) -> Iterator[InputFault]:
    fewest = -(-seats // MOST_SEATS)
    if wishes.least is not None and wishes.least > seats:
        yield InputFault(
            "least",
            f"名额共{seats}名，最多划{seats}个选区",
            f"there are {seats} seats: at most {seats} districts",
        )
    if wishes.most is not None and wishes.most < fewest:
        yield InputFault(
            "most",
            f"名额共{seats}名，每个选区至多{MOST_SEATS}名，至少要划{fewest}个选区",
            f"{seats} seats at {MOST_SEATS} a district need at least {fewest} districts",
        )
    if wishes.least is not None and wishes.most is not None and wishes.least > wishes.most:
        yield InputFault("most", "最多选区数小于最少选区数", "the most is below the least")


def over_districts(wishes: Wishes, homes: Homes) -> tuple[Wishes, list[InputFault]]:
    """The same choices over whole districts as bricks, and those that cannot be kept so.

    homes: unit code, or code of a part -> the bricks (districts) it lies in; a brick is named by
    its number.
    """
    units: dict[str, set[str]] = {}
    for code, bricks in homes.items():
        for brick in bricks:
            units.setdefault(brick, set()).add(code.partition("#")[0])
    wrong = [*_inside_one(wishes, homes), *_not_whole(wishes, homes, units)]
    groups = (tuple(sorted(_bricks(group, homes))) for group in wishes.together)
    pairs = {
        (min(brick_a, brick_b), max(brick_a, brick_b))
        for a, b in wishes.apart
        for brick_a in homes[a]
        for brick_b in homes[b]
    }
    over_bricks = replace(
        wishes,
        together=tuple(group for group in groups if len(group) > 1),
        apart=tuple(sorted(pairs)),
        alone=tuple(sorted(_bricks(wishes.alone, homes))),
        split=(),
        locked=tuple(
            Locked(units=tuple(sorted(_bricks(d.units, homes))), seats=d.seats)
            for d in wishes.locked
        ),
    )
    return over_bricks, wrong


def _bricks(codes: Collection[str], homes: Homes) -> set[str]:
    return {brick for code in codes for brick in homes[code]}


def _inside_one(wishes: Wishes, homes: Homes) -> Iterator[InputFault]:
    for a, b in wishes.apart:
        if set(homes[a]) & set(homes[b]):
            yield InputFault(
                "apart",
                f"{a}和{b}在镇级同一选区内，按镇级选区合并时不能分开",
                f"{a} and {b} are in one town district: they cannot be kept apart here",
            )
    if wishes.split:
        yield InputFault(
            "split",
            "按镇级选区合并时不能拆分单元",
            "units cannot be split when districts are joined",
        )


def _not_whole(
    wishes: Wishes, homes: Homes, units: Mapping[str, Collection[str]]
) -> Iterator[InputFault]:
    for code in wishes.alone:
        if any(set(units[brick]) != {code} for brick in homes[code]):
            yield InputFault(
                "alone",
                f"{code}与其他单元同在一个镇级选区，不能单独成为选区",
                f"{code} shares a town district with other units: it cannot be one by itself",
            )
    for district in wishes.locked:
        held = {code.partition("#")[0] for code in district.units}
        if any(not set(units[brick]) <= held for brick in _bricks(district.units, homes)):
            listed = "、".join(district.units)
            yield InputFault(
                "locked_from",
                f"锁定的选区（{listed}）不是由整个镇级选区组成",
                f"the locked district ({listed}) is not made of whole town districts",
            )
