"""The votes of one district: a panel per ballot, a bar per person, a line at the need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from election.reports.charts.canvas import (
    ACCENT,
    CHOSEN,
    INK,
    OTHER,
    SOFT,
    blank,
    printable,
    shortened,
    titled,
)
from election.rules.results.kinds import Standing
from election.rules.words import words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL = 12  # characters of a name beside its bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One person. votes None: not counted; standing None: not certified."""

    name: str
    votes: int | None
    standing: Standing | None = None
    written_in: bool = False


@dataclass(frozen=True, slots=True)
class BallotChart:
    """One ballot: its title, its people, the votes needed if a line is to show them, and a note."""

    title: str
    bars: Sequence[Bar]
    need: int | None = None
    note: str = "票 votes"


@dataclass(frozen=True, slots=True)
class Votes:
    """All ballots of a district, below each other."""

    title: str
    ballots: Sequence[BallotChart]

    def draw(self) -> "Figure":
        """Dark bars are elected; somebody tied and write-ins carry a mark."""
        figure, panels = blank(*(max(len(ballot.bars), 1) for ballot in self.ballots))
        for axes, ballot in zip(panels, self.ballots, strict=True):
            _panel(axes, ballot)
        titled(figure, self.title)
        return figure


def _panel(axes: "Axes", ballot: BallotChart) -> None:
    most = max([bar.votes or 0 for bar in ballot.bars] + [ballot.need or 0, 1])
    axes.set_title(printable(ballot.title), loc="left", fontsize=9)
    for place, bar in enumerate(ballot.bars):
        color = CHOSEN if bar.standing is Standing.ELECTED else OTHER
        if bar.votes is None:
            axes.text(0, place, "未计票 not counted", va="center", color=SOFT)
            continue
        axes.barh(place, bar.votes, color=color, height=0.66)
        axes.text(
            bar.votes + most * 0.015,
            place,
            _bar_text(bar),
            va="center",
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
    if ballot.need is not None:
        axes.axvline(ballot.need, color=ACCENT, linewidth=1, linestyle="--", zorder=2)
    axes.set_xlabel(ballot.note)
    axes.set_xlim(0, most * 1.22)
    labels = [printable(shortened(bar.name, _LABEL)) for bar in ballot.bars]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(max(len(labels), 1) - 0.4, -0.6)


def _bar_text(bar: Bar) -> str:
    written = "　另选人" if bar.written_in else ""
    standing = ""
    if bar.standing is not None and bar.standing is not Standing.NOT_ELECTED:
        standing = "　" + words_of(bar.standing).zh
    return f"{bar.votes}{written}{standing}"
