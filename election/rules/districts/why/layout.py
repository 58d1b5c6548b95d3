"""A plan as its reasons see it, and the exact figures they speak of.

Pieces are units or parts of split units. People are whole persons or None (not known); every
figure that would need an unknown one is None as well, never zero.
Source: EL 25, 26; ZJ 20-23; rulebook R2.1-R2.6.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from election.rules.districts import contiguity
from election.rules.districts.checks import MOST_SEATS
from election.rules.terms import Text


class Touch(StrEnum):
    """How two pieces hang together: border on land, ferry, parts of one unit."""

    LAND = "land"
    FERRY = "ferry"
    PART = "part"


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit, or one part of a split unit (part 1, 2, ...)."""

    code: str
    name: str
    people: int | None
    part: int = 0

    @property
    def unit(self) -> str:
        """The code of the whole unit."""
        return self.code.removesuffix(f"#{self.part}") if self.part else self.code

    @property
    def label(self) -> Text:
        """As sentences name it: 金星村, or 金星村第2部分."""
        if not self.part:
            return Text(self.name, self.name)
        return Text(f"{self.name}第{self.part}部分", f"{self.name} (part {self.part})")


@dataclass(frozen=True, slots=True)
class DistrictLayout:
    """One district: its number, its seats, its pieces."""

    number: int
    seats: int
    pieces: tuple[UnitPart, ...]

    @property
    def people(self) -> int | None:
        """People of the district, when all are known."""
        return together(self.pieces)


@dataclass(frozen=True)
class PlanLayout:
    """A whole plan. seats: the approved total; loose: pieces in no district.

    touching: pair of piece codes -> how they hang together, each pair once.
    """

    seats: int
    basis: Text
    areas: tuple[DistrictLayout, ...]
    touching: Mapping[tuple[str, str], Touch]
    loose: tuple[UnitPart, ...] = ()

    @property
    def pieces(self) -> tuple[UnitPart, ...]:
        """Every piece, placed or not."""
        return tuple(piece for area in self.areas for piece in area.pieces) + self.loose

    @cached_property
    def people(self) -> int | None:
        """People of the whole plan, when all are known and there are any."""
        return together(self.pieces) or None

    @property
    def average(self) -> Fraction | None:
        """People per seat of the whole plan."""
        return None if self.people is None else Fraction(self.people, self.seats)

    def area(self, number: int) -> DistrictLayout:
        """The district of that number. Raises KeyError."""
        for area in self.areas:
            if area.number == number:
                return area
        raise KeyError(number)

    @cached_property
    def links(self) -> dict[str, dict[str, Touch]]:
        """Code -> code of each piece it touches -> how."""
        touches: dict[str, dict[str, Touch]] = {}
        for (a, b), how in self.touching.items():
            touches.setdefault(a, {})[b] = how
            touches.setdefault(b, {})[a] = how
        return touches


@dataclass(frozen=True, slots=True)
class SeatOption:
    """What a number of seats would mean for a district. deviation: from the average per seat."""

    seats: int
    per_seat: Fraction
    deviation: Fraction
    chosen: bool
    nearest: bool


def together(pieces: Sequence[UnitPart]) -> int | None:
    """People of these pieces; None when one is not known."""
    counts = [piece.people for piece in pieces if piece.people is not None]
    return sum(counts) if len(counts) == len(pieces) else None


def share(area: DistrictLayout, layout: PlanLayout) -> Fraction | None:
    """The seats a district's people would have exactly: people x seats of all / people of all."""
    if area.people is None or layout.people is None:
        return None
    return Fraction(area.people * layout.seats, layout.people)


def deviation(area: DistrictLayout, layout: PlanLayout) -> Fraction | None:
    """(people / seats) / (people of all / seats of all) - 1; None without people or seats."""
    exact = share(area, layout)
    return None if exact is None or not area.seats else exact / area.seats - 1


def largest(layout: PlanLayout) -> Fraction | None:
    """The largest absolute deviation of a plan; None unless every district has one."""
    deviations = [deviation(area, layout) for area in layout.areas]
    sizes = [abs(off) for off in deviations if off is not None]
    return max(sizes) if sizes and len(sizes) == len(deviations) else None


def seat_options(area: DistrictLayout, layout: PlanLayout) -> tuple[SeatOption, ...]:
    """1, 2 and 3 seats side by side; empty while figures are unknown. Several can be nearest."""
    exact = share(area, layout)
    if exact is None or not area.people:
        return ()
    offs = {seats: exact / seats - 1 for seats in range(1, MOST_SEATS + 1)}
    least = min(abs(off) for off in offs.values())
    return tuple(
        SeatOption(
            seats=seats,
            per_seat=Fraction(area.people, seats),
            deviation=off,
            chosen=seats == area.seats,
            nearest=abs(off) == least,
        )
        for seats, off in offs.items()
    )


def groups(codes: Iterable[str], links: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The connected groups of these pieces, each in the order of `codes`."""
    return contiguity.connected_pieces(codes, lambda code: links.get(code, ()))


def ties(area: DistrictLayout, layout: PlanLayout) -> Iterator[tuple[UnitPart, UnitPart, Touch]]:
    """Pairs of pieces of a district that touch, in the order of the pieces."""
    links, place = layout.links, {piece.code: n for n, piece in enumerate(area.pieces)}
    for number, first in enumerate(area.pieces):
        linked = links.get(first.code, {})
        for position in sorted(place[code] for code in linked if place.get(code, -1) > number):
            second = area.pieces[position]
            yield first, second, linked[second.code]


def listed(texts: Sequence[Text], zh: str = "、", en: str = ", ") -> Text:
    """Texts one after the other."""
    return Text(zh.join(text.zh for text in texts), en.join(text.en for text in texts))
