"""What hangs together (相连): pieces of units over borders, ferries and parts of one unit.

One walk for the law's checks, the reasons of a plan and the planner; units are named by whatever
tells them apart: codes in a plan, positions in the planner.
Source: ZJ 22, 23; rulebook R2.6.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Unit = TypeVar("Unit", bound=Hashable)


def neighbours_of(pairs: Iterable[tuple[Unit, Unit]]) -> dict[Unit, set[Unit]]:
    """The neighbours of every unit that stands in a pair; the order of a pair means nothing."""
    neighbours: dict[Unit, set[Unit]] = {}
    for a, b in pairs:
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    return neighbours


def take_piece(
    start: Unit, free: set[Unit], neighbours: Callable[[Unit], Iterable[Unit]]
) -> list[Unit]:
    """`start` and all of `free` that hangs together with it over `free`; they leave `free`."""
    free.discard(start)
    piece, border = [start], [start]
    while border:
        for neighbour in neighbours(border.pop()):
            if neighbour in free:
                free.remove(neighbour)
                piece.append(neighbour)
                border.append(neighbour)
    return piece


def connected_pieces(
    units: Iterable[Unit], neighbours: Callable[[Unit], Iterable[Unit]]
) -> list[list[Unit]]:
    """The connected pieces of these units: each in their order, by its first unit."""
    place = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    free = set(place)
    return [
        sorted(take_piece(unit, free, neighbours), key=place.__getitem__)
        for unit in place
        if unit in free
    ]
