"""Formal candidates (正式代表候选人): how many, how a primary cuts, in which order they stand.

Ties are results: who is tied at the cut of a primary, and whom the stroke order cannot separate,
is told to people; nothing here decides it.
Source: Electoral Law (EL) 31-32, 57; Zhejiang rules (ZJ) 35-36, 59; rulebook section 5.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from election.rules.candidates.codes.lists import (
    EQUAL_STROKES,
    LOW_PRIMARY_TURNOUT,
    SAME_NAME,
    TOO_FEW_FORMAL,
    TOO_FEW_NOMINEES,
    TOO_MANY_FORMAL,
    TOO_MANY_NOMINEES,
    UNKNOWN_STROKES,
    WRONG_STROKE_ORDER,
)
from election.rules.names import MIDDLE_DOT
from election.rules.profile import Profile
from election.rules.terms import Code, Finding, InputFault, Text, finding

StrokesOf = Callable[[str], int | None]
StrokeKey = tuple[tuple[bool, int, int], ...]
_Counted = tuple[str, int | None]


FALLEN = Text(
    "{names}不再参选。选票上仍印有其姓名的，对其所作的赞成、反对、弃权一律不计，计票单不设其栏；"
    "只对其作了记号的选票不是空白票；连同其在内所选人数多于应选名额的，按选举委员会的书面决定认定。",
    "{names}: no longer standing. Where the ballot still bears the name, no mark for or against it "
    "is counted and the sheet has no line for it; a paper marked there only is not blank; a paper "
    "with too many choices only because of it is ruled on as the committee decided in writing.",
)
"""What tellers are told of who fell away after the formal list; the law is silent (R5.20)."""


def fallen_note(names: Sequence[str]) -> Text | None:
    """FALLEN for these people; None for nobody. Source: rulebook R5.20."""
    listed = Text("、".join(names), ", ".join(names))
    return FALLEN.filled({"names": listed}) if names else None


def require_seats(seats: int) -> None:
    """Raise InputFault unless there is at least one seat."""
    if seats < 1:
        raise InputFault(
            "seats",
            f"应选名额“{seats}”不可用，应为1以上的整数",
            f'seats "{seats}" cannot be used; give a whole number of 1 or more',
        )


def legal_number(seats: int) -> tuple[int, int]:
    """Least and most formal candidates for so many seats: one third to the same number more.

    1 seat: exactly 2; 2 seats: 3-4; 3 seats: 4-6. Raises InputFault for fewer than one seat.
    Source: EL 31(2); ZJ 36(1); rule R5.8.
    """
    require_seats(seats)
    return seats + -(-seats // 3), 2 * seats


def _limits(seats: int, *, by_election: bool) -> tuple[int, int | None]:
    """In a by-election candidates may equal or exceed the seats (EL 57; ZJ 59; R10.11)."""
    least, most = legal_number(seats)
    return (seats, None) if by_election else (least, most)


def check_formal_number(seats: int, formal: int, *, by_election: bool = False) -> list[Finding]:
    """Too few or too many formal candidates (persons) for the seats of a district.

    Source: EL 31(2), 57; ZJ 36(1), 59; rules R5.8, R10.11.
    """
    least, most = _limits(seats, by_election=by_election)
    if formal < least:
        return [finding(TOO_FEW_FORMAL, "formal", seats=seats, count=formal, least=least)]
    if most is not None and formal > most:
        return [finding(TOO_MANY_FORMAL, "formal", seats=seats, count=formal, most=most)]
    return []


def check_nominees(seats: int, nominees: int, *, by_election: bool = False) -> list[Finding]:
    """Too few nominees: no vote can be held; too many: consultation, else a primary.

    Source: EL 31-32; ZJ 36; rules R5.9, R5.13, R10.11.
    """
    least, most = _limits(seats, by_election=by_election)
    if nominees < least:
        return [
            finding(
                TOO_FEW_NOMINEES,
                "nominees",
                seats=seats,
                count=nominees,
                least=least,
                missing=least - nominees,
            )
        ]
    if most is not None and nominees > most:
        return [finding(TOO_MANY_NOMINEES, "nominees", seats=seats, count=nominees, most=most)]
    return []


@dataclass(frozen=True, slots=True)
class PrimaryCut:
    """Outcome of a primary: who is through, who is tied for how many of the last places.

    chosen: by votes, most first (equal votes: by name, which decides nothing). tied: by name.
    """

    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    tied_places: int


def primary_cut(votes: Mapping[str, int], places: int) -> PrimaryCut:
    """Cut a primary (预选) at so many places of formal candidates by order of votes.

    A tie across the cut is a result: the tied get no place and a second primary is held between
    them (law silent, R5.21). Raises InputFault for negative votes or fewer than one place.
    Source: EL 32(1); ZJ 36; rules R5.9, R5.21.
    """
    _require_primary(votes, places)
    order = sorted(votes, key=lambda name: (-votes[name], name))
    if places >= len(order):
        return PrimaryCut(tuple(order), (), 0)
    last_in, first_out = votes[order[places - 1]], votes[order[places]]
    if last_in > first_out:
        return PrimaryCut(tuple(order[:places]), (), 0)
    chosen = tuple(name for name in order if votes[name] > last_in)
    tied = tuple(name for name in order if votes[name] == last_in)
    return PrimaryCut(chosen, tied, places - len(chosen))


def _require_primary(votes: Mapping[str, int], places: int) -> None:
    if places < 1:
        raise InputFault("places", "候选人名额应为1以上的整数", "places must be 1 or more")
    for name, count in votes.items():
        if count < 0:
            raise InputFault(
                f"votes.{name}",
                f"“{name}”的得票数{count}不能是负数",
                f"{name} cannot have {count} votes; a number of votes is 0 or more",
            )


def clean_cuts(votes: Mapping[str, int], seats: int) -> tuple[int, ...]:
    """The legal numbers of formal candidates at which a primary's order cuts through no tie."""
    least, most = legal_number(seats)
    usable = range(least, min(most, len(votes)) + 1)
    return tuple(places for places in usable if not primary_cut(votes, places).tied)


def check_primary_turnout(participants: int, voters: int, *, profile: Profile) -> list[Finding]:
    """Fewer voters in the primary than the profile demands (`primary.min_turnout`, default 0).

    EL and ZJ name no quorum; Beijing asks for one third of the district's voters (BJ 41; R5.10).
    """
    share = profile.share("primary.min_turnout")
    if Fraction(participants) >= share * voters:
        return []
    return [
        finding(
            LOW_PRIMARY_TURNOUT,
            "participants",
            participants=participants,
            voters=voters,
            share=str(share),
        )
    ]


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person to be put in order: id, name, and the strokes of the surname a person counted."""

    id: str
    name: str
    surname_strokes: int | None = None


@dataclass(frozen=True, slots=True)
class StrokeOrder:
    """Ids in stroke order, and the neighbours a person must confirm."""

    order: tuple[str, ...]
    findings: tuple[Finding, ...]


def stroke_key(name: str, strokes_of: StrokesOf, override: int | None = None) -> StrokeKey:
    """What to sort names by: each character's strokes, then its code point; unknown ones last.

    override: the strokes of the first character as a person counted them. The middle dot of
    minority names has no strokes and is passed over. Source: EL 32; ZJ 35; rules R5.7, R5.12.
    """
    counted = _counted(name, strokes_of, override)
    return tuple((count is None, count or 0, ord(char)) for char, count in counted)


def _counted(name: str, strokes_of: StrokesOf, override: int | None) -> list[_Counted]:
    """Each character with its strokes, the first one as overridden."""
    chars = name.replace(MIDDLE_DOT, "")
    return [
        (char, override if place == 0 and override is not None else strokes_of(char))
        for place, char in enumerate(chars)
    ]


def stroke_order(people: Sequence[ListedPerson], strokes_of: StrokesOf) -> StrokeOrder:
    """Put people in surname-stroke order (姓名笔划) and report what a person must confirm.

    Reported: characters without a known count, neighbours whose first different characters have
    equal strokes (the code point is no legal ground), namesakes (kept in the order of their ids).
    """
    ordered = sorted(
        people,
        key=lambda person: (stroke_key(person.name, strokes_of, person.surname_strokes), person.id),
    )
    findings = [
        finding(UNKNOWN_STROKES, person.id, name=person.name, char=char)
        for person in ordered
        for char, count in _counted(person.name, strokes_of, person.surname_strokes)
        if count is None
    ]
    for first, second in pairwise(ordered):
        findings.extend(_undecided(first, second, strokes_of))
    return StrokeOrder(tuple(person.id for person in ordered), tuple(findings))


def check_stroke_order(people: Sequence[ListedPerson], strokes_of: StrokesOf) -> list[Finding]:
    """Errors of a list ordered by hand: every pair that the strokes alone order the other way."""
    errors = []
    for first, second in combinations(people, 2):
        apart = _first_difference(first, second, strokes_of)
        if apart is None:
            continue
        (char, count), (other_char, fewer) = apart
        if count is not None and fewer is not None and count > fewer:
            chars = (char, other_char)
            errors.append(
                _of_pair(WRONG_STROKE_ORDER, first, second, chars, more=count, fewer=fewer)
            )
    return errors


def _of_pair(
    code: Code, first: ListedPerson, second: ListedPerson, chars: tuple[str, str], **strokes: int
) -> Finding:
    """A finding on two people, with the first characters in which their names differ."""
    return finding(
        code,
        first.id,
        second.id,
        first=first.name,
        second=second.name,
        first_char=chars[0],
        second_char=chars[1],
        **strokes,
    )


def _first_difference(
    first: ListedPerson, second: ListedPerson, strokes_of: StrokesOf
) -> tuple[_Counted, _Counted] | None:
    """The first characters in which two names differ; None when one name begins with the other."""
    pairs = zip(
        _counted(first.name, strokes_of, first.surname_strokes),
        _counted(second.name, strokes_of, second.surname_strokes),
        strict=False,
    )
    return next((pair for pair in pairs if pair[0] != pair[1]), None)


def _undecided(first: ListedPerson, second: ListedPerson, strokes_of: StrokesOf) -> list[Finding]:
    """What the strokes leave open between two neighbours."""
    if first.name == second.name:
        return [finding(SAME_NAME, first.id, second.id, name=first.name)]
    apart = _first_difference(first, second, strokes_of)
    if apart is None:
        return []
    (char, count), (other_char, other_count) = apart
    if count is None or count != other_count:
        return []
    return [_of_pair(EQUAL_STROKES, first, second, (char, other_char), strokes=count)]


def formal_order(
    people: Sequence[ListedPerson],
    strokes_of: StrokesOf,
    *,
    profile: Profile,
    primary_votes: Mapping[str, int] | None = None,
) -> StrokeOrder:
    """The order of the formal list: strokes, or by votes after a primary where the profile says so.

    primary_votes: votes of every person by id when there was a primary. Equal votes stand in stroke
    order. Raises InputFault when somebody's votes are missing: unknown is not zero.
    Source: ZJ 36(4) strokes always; DR 10 by primary votes; parameter formal_list_order; R5.12.
    """
    by_strokes = stroke_order(people, strokes_of)
    if primary_votes is None or profile.word("formal_list_order") == "STROKE":
        return by_strokes
    _require_votes(people, primary_votes)
    by_votes: dict[int, list[ListedPerson]] = defaultdict(list)
    for person in people:
        by_votes[primary_votes[person.id]].append(person)
    groups = [stroke_order(by_votes[count], strokes_of) for count in sorted(by_votes, reverse=True)]
    undecided = [
        warning for group in groups for warning in group.findings if warning.code is not SAME_NAME
    ]
    namesakes = [warning for warning in by_strokes.findings if warning.code is SAME_NAME]
    return StrokeOrder(
        tuple(key for group in groups for key in group.order), (*undecided, *namesakes)
    )


def _require_votes(people: Sequence[ListedPerson], votes: Mapping[str, int]) -> None:
    for person in people:
        if person.id not in votes:
            raise InputFault(
                f"primary_votes.{person.id}",
                f"缺少“{person.name}”的预选得票数",
                f"the primary votes of {person.name} are missing",
            )
