"""What would happen if a unit on the border were in the next district instead.

Every such single move is tried, out of a district and into it. The two districts keep their seats
together and share them as equally as 1 to 3 seats each allow; all other districts stay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from election.rules.districts.checks import MOST_SEATS
from election.rules.districts.why.choices import NOTHING_FIXED, KeptChoices
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
    codes, links = {piece.code for piece in area.pieces}, layout.links
    return [
        district.number
        for district in layout.areas
        if district.number != area.number
        and any(codes & set(links.get(piece.code, ())) for piece in district.pieces)
    ]


def alternatives(
    area: DistrictLayout, layout: PlanLayout, choices: KeptChoices = NOTHING_FIXED
) -> tuple[Alternative, ...]:
    """Every move of one piece over the border of this district, out of it first.

    choices: those fixed beforehand; a move against one is measured, but is no way out.
    """
    around = [layout.area(number) for number in neighbours(area, layout)]
    ways = [(area, neighbour) for neighbour in around] + [(neighbour, area) for neighbour in around]
    return tuple(
        _marked(_try(piece, source, target, layout), (source, target), choices)
        for source, target in ways
        for piece in _border(source, target, layout)
    )


def _marked(
    move: Alternative, areas: tuple[DistrictLayout, DistrictLayout], choices: KeptChoices
) -> Alternative:
    """The move, marked when it can be made but breaks a fixed choice."""
    if move.verdict in _MADE and choices.against(move.piece, *areas):
        return replace(move, verdict=MoveVerdict.FIXED)
    return move


def _border(area: DistrictLayout, target: DistrictLayout, layout: PlanLayout) -> Iterator[UnitPart]:
    """Pieces of `area` that touch `other`."""
    links, target_codes = layout.links, {piece.code for piece in target.pieces}
    for piece in area.pieces:
        if target_codes & set(links.get(piece.code, ())):
            yield piece


def _try(
    piece: UnitPart, source: DistrictLayout, target: DistrictLayout, layout: PlanLayout
) -> Alternative:
    remaining = tuple(stays for stays in source.pieces if stays.code != piece.code)
    before = (source.seats, target.seats)
    move = Alternative(piece, source.number, target.number, MoveVerdict.EMPTY, before, before)
    if not remaining:
        return move
    if _falls_apart(source, remaining, layout):
        return replace(move, verdict=MoveVerdict.BROKEN)
    moved = replace(source, pieces=remaining), replace(target, pieces=(*target.pieces, piece))
    return _measured(move, (source, target), moved, layout)


def _falls_apart(
    source: DistrictLayout, remaining: tuple[UnitPart, ...], layout: PlanLayout
) -> bool:
    """Whether taking the piece out makes more groups than there were."""
    links = layout.links
    groups_now = groups([piece.code for piece in source.pieces], links)
    return len(groups([piece.code for piece in remaining], links)) > len(groups_now)


def _measured(
    move: Alternative,
    before: tuple[DistrictLayout, DistrictLayout],
    moved: tuple[DistrictLayout, DistrictLayout],
    layout: PlanLayout,
) -> Alternative:
    """The move with its figures: the way of sharing the seats that is best for the plan."""
    elsewhere = [area for area in layout.areas if area.number not in (move.source, move.target)]
    largest_elsewhere, pair_now = _worst(elsewhere, layout), _worst(before, layout)
    if largest_elsewhere is None or pair_now is None:
        return replace(move, verdict=MoveVerdict.UNKNOWN)
    tried = []
    for seats in _shares(sum(move.seats_before)):
        areas = replace(moved[0], seats=seats[0]), replace(moved[1], seats=seats[1])
        pair = _worst(areas, layout)
        if pair is not None:
            tried.append((pair, seats != move.seats_before, seats))
    if not tried:
        return replace(move, verdict=MoveVerdict.UNKNOWN)
    pair, _changed, seats = min(tried)
    after, now = max(largest_elsewhere, pair), max(largest_elsewhere, pair_now)
    return replace(
        move,
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
    sizes = [abs(off) for off in offs if off is not None]
    return max(sizes, default=Fraction()) if len(sizes) == len(offs) else None
