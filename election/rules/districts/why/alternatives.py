"""What would happen if a unit on the border were in the next district instead.

Every such single move is tried, out of a district and into it. The two districts keep their seats
together and share them as equally as 1 to 3 seats each allow; all other districts stay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from election.rules.districts.checks import MOST_SEATS
from election.rules.districts.why.choices import NOTHING_FIXED, Kept
from election.rules.districts.why.layout import (
    DistrictLayout,
    PlanLayout,
    UnitPart,
    deviation,
    groups,
)


class MoveVerdict(StrEnum):
    """What a move does to the plan."""

    EMPTY = "empty"  # a district would have no unit left
    BROKEN = "broken"  # a district would fall apart
    UNKNOWN = "unknown"  # people are missing
    FIXED = "fixed"  # a choice fixed beforehand would be broken
    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


_MADE = (MoveVerdict.WORSE, MoveVerdict.SAME, MoveVerdict.BETTER)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One move: `piece` from one district to another.

    seats: of the district it leaves and of the one it comes to, shared anew. largest: largest
    absolute deviation of the whole plan; pair: of the two districts; before and after the move.
    """

    piece: UnitPart
    source: int
    target: int
    verdict: MoveVerdict
    seats_before: tuple[int, int]
    seats: tuple[int, int]
    largest_before: Fraction | None = None
    largest: Fraction | None = None
    pair_before: Fraction | None = None
    pair: Fraction | None = None


def neighbours(area: DistrictLayout, layout: PlanLayout) -> list[int]:
    """Numbers of the districts that touch this one."""
    mine, links = {piece.code for piece in area.pieces}, layout.links
    return [
        other.number
        for other in layout.areas
        if other.number != area.number
        and any(mine & set(links.get(piece.code, ())) for piece in other.pieces)
    ]


def alternatives(
    area: DistrictLayout, layout: PlanLayout, kept: Kept = NOTHING_FIXED
) -> tuple[Alternative, ...]:
    """Every move of one piece over the border of this district, out of it first.

    kept: the choices fixed beforehand; a move against one is measured, but is no way out.
    """
    others = [layout.area(number) for number in neighbours(area, layout)]
    ways = [(area, other) for other in others] + [(other, area) for other in others]
    return tuple(
        _kept(_try(piece, source, target, layout), (source, target), kept)
        for source, target in ways
        for piece in _border(source, target, layout)
    )


def _kept(
    found: Alternative, areas: tuple[DistrictLayout, DistrictLayout], kept: Kept
) -> Alternative:
    """The move, marked when it can be made but breaks a fixed choice."""
    if found.verdict in _MADE and kept.against(found.piece, *areas):
        return replace(found, verdict=MoveVerdict.FIXED)
    return found


def _border(area: DistrictLayout, other: DistrictLayout, layout: PlanLayout) -> Iterator[UnitPart]:
    """Pieces of `area` that touch `other`."""
    links, there = layout.links, {piece.code for piece in other.pieces}
    for piece in area.pieces:
        if there & set(links.get(piece.code, ())):
            yield piece


def _try(
    piece: UnitPart, source: DistrictLayout, target: DistrictLayout, layout: PlanLayout
) -> Alternative:
    left = tuple(one for one in source.pieces if one.code != piece.code)
    before = (source.seats, target.seats)
    found = Alternative(piece, source.number, target.number, MoveVerdict.EMPTY, before, before)
    if not left:
        return found
    if _falls_apart(source, left, layout):
        return replace(found, verdict=MoveVerdict.BROKEN)
    moved = replace(source, pieces=left), replace(target, pieces=(*target.pieces, piece))
    return _measured(found, (source, target), moved, layout)


def _falls_apart(source: DistrictLayout, left: tuple[UnitPart, ...], layout: PlanLayout) -> bool:
    """Whether taking the piece out makes more groups than there were."""
    links = layout.links
    now = groups([one.code for one in source.pieces], links)
    return len(groups([one.code for one in left], links)) > len(now)


def _measured(
    found: Alternative,
    before: tuple[DistrictLayout, DistrictLayout],
    moved: tuple[DistrictLayout, DistrictLayout],
    layout: PlanLayout,
) -> Alternative:
    """The move with its figures: the way of sharing the seats that is best for the plan."""
    others = [area for area in layout.areas if area.number not in (found.source, found.target)]
    rest, pair_now = _worst(others, layout), _worst(before, layout)
    if rest is None or pair_now is None:
        return replace(found, verdict=MoveVerdict.UNKNOWN)
    tried = []
    for seats in _shares(sum(found.seats_before)):
        areas = replace(moved[0], seats=seats[0]), replace(moved[1], seats=seats[1])
        pair = _worst(areas, layout)
        if pair is not None:
            tried.append((pair, seats != found.seats_before, seats))
    if not tried:
        return replace(found, verdict=MoveVerdict.UNKNOWN)
    pair, _changed, seats = min(tried)
    after, now = max(rest, pair), max(rest, pair_now)
    return replace(
        found,
        seats=seats,
        largest_before=now,
        largest=after,
        pair_before=pair_now,
        pair=pair,
        verdict=_verdict((after, pair), (now, pair_now)),
    )


def _verdict(after: tuple[Fraction, Fraction], before: tuple[Fraction, Fraction]) -> MoveVerdict:
    """By the whole plan first; where its largest deviation stays, by the two districts."""
    if after == before:
        return MoveVerdict.SAME
    return MoveVerdict.BETTER if after < before else MoveVerdict.WORSE


def _shares(seats: int) -> Iterator[tuple[int, int]]:
    """Ways to give two districts these seats, 1 to 3 each."""
    for first in range(1, MOST_SEATS + 1):
        if 1 <= seats - first <= MOST_SEATS:
            yield first, seats - first


def _worst(areas: Sequence[DistrictLayout], layout: PlanLayout) -> Fraction | None:
    """The largest absolute deviation of these districts; None when one has none."""
    offs = [deviation(area, layout) for area in areas]
    known = [abs(off) for off in offs if off is not None]
    return max(known, default=Fraction()) if len(known) == len(offs) else None
