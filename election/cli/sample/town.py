"""A generated town of the size of 鹤浦镇 in 2021: 34 villages, 4 communities, 42,600 people.

Only the totals are the real town's; villages, places and people are made up and marked as a sample.
"""

from dataclasses import dataclass
from math import dist

from election.cli.sample.dice import Dice

PEOPLE = 42_600
TOWN_SEATS, COUNTY_SEATS = 73, 15
VILLAGES, COMMUNITIES = 34, 4
COLUMNS, ROWS = 8, 5
_SPACING, _JITTER = 100, 22
_TOUCHING = 128.0  # units closer than this have a common border
_FIRST = "东西南北前后上下大小新石金青白龙云长"
_LAST = ("山", "岙", "塘", "湾", "岭", "坑", "浦", "洋", "沙", "田", "溪", "桥")
_COMMUNITY = ("样浦", "渔港", "新城", "海滨")


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """One unit: code, name, kind word, people by household and resident, place on the map."""

    code: str
    name: str
    kind: str
    hukou: int
    resident: int
    x: int
    y: int


def bricks(seed: str = "hepu") -> list[SampleUnit]:
    """38 units; household populations sum to 42,600."""
    dice = Dice(f"{seed}/units")
    spots = _spots(dice)
    names = _names(dice)
    people = _people(dice)
    units = []
    for number, ((x, y), name, count) in enumerate(zip(spots, names, people, strict=True), 1):
        community = number > VILLAGES
        units.append(
            SampleUnit(
                code=f"{number:03d}",
                name=f"{name}社区" if community else f"{name}村",
                kind="community" if community else "village",
                hukou=count,
                resident=count * dice.between(72, 118 if community else 98) // 100,
                x=x,
                y=y,
            )
        )
    return units


def borders(units: list[SampleUnit]) -> list[tuple[str, str]]:
    """Pairs of codes that touch; the two that stand alone reach the nearest by ferry."""
    pairs = {
        (a.code, b.code)
        for a in units
        for b in units
        if a.code < b.code and dist((a.x, a.y), (b.x, b.y)) < _TOUCHING
    }
    for unit in units:
        if not any(unit.code in pair for pair in pairs):
            nearest = min(
                (u for u in units if u is not unit),
                key=lambda u: dist((u.x, u.y), (unit.x, unit.y)),
            )
            pairs.add((min(unit.code, nearest.code), max(unit.code, nearest.code)))
    return sorted(pairs)


def _spots(dice: Dice) -> list[tuple[int, int]]:
    """A jittered grid with two corners left to the sea; communities in the middle."""
    grid = [(c, r) for r in range(ROWS) for c in range(COLUMNS)]
    grid.remove((0, 0))
    grid.remove((COLUMNS - 1, ROWS - 1))
    middle = [(3, 2), (4, 2), (3, 1), (4, 3)]
    ordered = [spot for spot in grid if spot not in middle] + middle
    return [
        (
            c * _SPACING + dice.between(-_JITTER, _JITTER),
            r * _SPACING + dice.between(-_JITTER, _JITTER),
        )
        for c, r in ordered
    ]


def _names(dice: Dice) -> list[str]:
    names: list[str] = []
    while len(names) < VILLAGES:
        name = dice.pick(_FIRST) + dice.pick(_LAST)
        if name not in names:
            names.append(name)
    return [*names, *_COMMUNITY]


def _people(dice: Dice) -> list[int]:
    """Household populations near one, two or three seats' worth, exactly PEOPLE in all.

    Some villages are smaller than one seat's worth, so that neighbours must join to elect.
    """
    worth = PEOPLE // TOWN_SEATS
    sizes = [3] * 9 + [2] * 12 + [1] * 6
    raw = [size * worth * dice.between(90, 96) // 100 for size in sizes]
    raw += [worth * dice.between(62, 78) // 100 for _ in range(VILLAGES - len(sizes))]
    _shuffle(dice, raw)
    raw += [3 * worth * dice.between(92, 96) // 100 for _ in range(COMMUNITIES)]
    whole = sum(raw)
    shared = [count * PEOPLE // whole for count in raw]
    for index in range(PEOPLE - sum(shared)):
        shared[index] += 1
    return shared


def _shuffle(dice: Dice, things: list[int]) -> None:
    for place in range(len(things) - 1, 0, -1):
        partner = dice.below(place + 1)
        things[place], things[partner] = things[partner], things[place]
