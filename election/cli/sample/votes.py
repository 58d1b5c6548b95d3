"""Count sheets for the sample: figures that balance, with the cases the law has rules for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from election.cli.sample.dice import Dice
from election.rules.counting import WRITEIN, Papers, Vote


@dataclass(frozen=True, slots=True)
class Paper:
    """The figures of one place in one round, and how its papers were issued."""

    figures: dict[str, int]
    checked_in: int
    proxy: int
    printed: int
    spoiled: int

    @property
    def unused(self) -> int:
        """Papers left over."""
        return self.printed - self.figures[Papers.ISSUED] - self.spoiled


def share_out(total: int, parts: Sequence[int]) -> list[int]:
    """Split a total in proportion to parts; the sum is exact."""
    whole, shared = sum(parts), []
    remainder = total
    for index, part in enumerate(parts):
        piece = remainder if index == len(parts) - 1 else total * part // whole
        shared.append(piece)
        remainder -= piece
    return shared


def papers(
    dice: Dice,
    *,
    registered: Sequence[int],
    shares: Mapping[str, int],
    write_in: str | None,
) -> list[Paper]:
    """One sheet a place. registered: voters a place; shares: candidate -> votes per mille.

    A write-in takes the share under its own name; shares must leave room for the seats.
    """
    return [_paper(dice, voters=voters, shares=shares, write_in=write_in) for voters in registered]


def _paper(dice: Dice, *, voters: int, shares: Mapping[str, int], write_in: str | None) -> Paper:
    issued = max(voters * dice.between(835, 890) // 1000, 1)
    returned = issued - (dice.below(3) if issued > 60 else 0)
    void = returned * dice.between(5, 20) // 1000
    blank = returned * dice.between(2, 9) // 1000
    valid = returned - void
    marked = valid - blank
    heads = {Papers.ISSUED: issued, Papers.REPLACED: 0, Papers.RETURNED: returned}
    heads |= {Papers.VOID: void, Papers.BLANK: blank}
    figures = {head.value: papers for head, papers in heads.items()}
    for candidate, share in shares.items():
        votes = marked * (share + dice.between(-12, 12)) // 1000
        if candidate == write_in:
            figures[WRITEIN + candidate] = votes
            continue
        against = (marked - votes) * dice.between(25, 45) // 100
        figures[Vote.FOR.of(candidate)] = votes
        figures[Vote.AGAINST.of(candidate)] = against
        figures[Vote.ABSTAIN.of(candidate)] = valid - votes - against
    proxy = issued * dice.between(60, 130) // 1000
    spoiled = figures[Papers.REPLACED] = dice.below(3)  # thrown last: other figures stay
    return Paper(
        figures=figures,
        checked_in=issued - proxy,
        proxy=proxy,
        printed=voters + 5,
        spoiled=spoiled,
    )


def make_equal(sheets: Sequence[Paper], first: str, second: str) -> None:
    """Move the votes of `second` until both have the same total: a tie made of real sheets."""
    gap = _total(sheets, first) - _total(sheets, second)
    for sheet in sheets:
        figures = sheet.figures
        room = figures[Vote.ABSTAIN.of(second)] - figures[Papers.BLANK]
        move = max(min(gap, room), -figures[Vote.FOR.of(second)])
        figures[Vote.FOR.of(second)] += move
        figures[Vote.ABSTAIN.of(second)] -= move
        gap -= move
        if not gap:
            return
    raise ValueError("not enough papers to make a tie")


def _total(sheets: Sequence[Paper], candidate: str) -> int:
    return sum(sheet.figures[Vote.FOR.of(candidate)] for sheet in sheets)
