"""The votes of a district: per ballot the field of who took part, a dot per person, the need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from election.reports.charts.canvas import (
    ACCENT,
    CHOSEN,
    FIELD,
    GOOD,
    INK,
    SOFT,
    WARN,
    blank,
    printable,
    shortened,
    titled,
)
from election.rules.results.kinds import BallotStanding
from election.rules.words import words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL = 12  # characters of a name beside its bar
_COLOURS: Mapping[BallotStanding | None, str] = {
    BallotStanding.ELECTED: GOOD,
    BallotStanding.TIED: WARN,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One person in a row of their own. votes None: not counted; standing None: not certified."""

    name: str
    votes: int | None
    standing: BallotStanding | None = None
    written_in: bool = False


@dataclass(frozen=True, slots=True)
class BallotChart:
    """One ballot: its title, its people, the votes needed if a line is to show them, and a note.

    took_part: persons who took part, of whom the need is counted; None where they are not known.
    """

    title: str
    bars: Sequence[Bar]
    need: int | None = None
    note: str = "票 votes"
    took_part: int | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """All ballots of a district, below each other."""

    title: str
    ballots: Sequence[BallotChart]

    def draw(self) -> "Figure":
        """Jade dots are elected, amber ones tied; write-ins carry a mark."""
        figure, panels = blank(*(max(len(ballot.bars), 1) for ballot in self.ballots))
        for axes, ballot in zip(panels, self.ballots, strict=True):
            _panel(axes, ballot)
        titled(figure, self.title)
        return figure


def _panel(axes: "Axes", ballot: BallotChart) -> None:
    most = max([bar.votes or 0 for bar in ballot.bars] + [ballot.need or 0, 1])
    reach = max(most, ballot.took_part or 0)
    axes.set_title(printable(ballot.title), loc="left", fontsize=9)
    if ballot.took_part:
        axes.axvspan(0, ballot.took_part, color=FIELD, zorder=0)
    for place, bar in enumerate(ballot.bars):
        _dot(axes, place, bar, gap=reach * 0.025)
    if ballot.need is not None:
        axes.axvline(ballot.need, color=ACCENT, linewidth=1.4, zorder=2)
    axes.set_xlabel(ballot.note)
    axes.set_xlim(0, max(most * 1.22, reach * 1.02))
    labels = [printable(shortened(bar.name, _LABEL)) for bar in ballot.bars]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(max(len(labels), 1) - 0.4, -0.6)


def _dot(axes: "Axes", place: int, bar: Bar, *, gap: float) -> None:
    """A line up to the votes with a dot at its end, and the number beside it."""
    if bar.votes is None:
        axes.text(0, place, "未计票 not counted", va="center", color=SOFT)
        return
    color = _COLOURS.get(bar.standing, CHOSEN)
    axes.plot([0, bar.votes], [place, place], color=color, linewidth=2, zorder=3)
    axes.plot([bar.votes], [place], "o", color=color, markersize=7, zorder=4)
    axes.text(bar.votes + gap, place, _bar_text(bar), va="center", color=INK, zorder=5)


def _bar_text(bar: Bar) -> str:
    written = "　另选人" if bar.written_in else ""
    marked = bar.standing if bar.standing in _COLOURS else None
    standing = "　" + words_of(marked).zh if marked else ""
    return f"{bar.votes}{written}{standing}"
