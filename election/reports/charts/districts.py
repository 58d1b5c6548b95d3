"""Charts with one row per district: turnout, people per deputy, votes against the need."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from election.reports.charts.canvas import ACCENT, CHOSEN, OTHER, SOFT, blank, label_rows
from election.rules.results.kinds import BallotStanding
from election.rules.rounding import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NOT_COUNTED = "未计票 not counted"
VOID = "选举无效 void"
UNKNOWN = "未知 unknown"
_NEED_NOTE = (
    "占参加投票选民 % of those who took part"
    "   实心：当选 filled: elected   半实心：得票相等 half filled: tied"
)
_APART = 1.4  # per cent of the width that a dot takes
_LANE, _ROOM = 0.3, 0.8  # of a row: between two dots above each other, and for all of them


@dataclass(frozen=True, slots=True)
class TurnoutRow:
    """A district's first ballot: voters registered, papers issued (None: not counted)."""

    label: str
    registered: int | None
    issued: int | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """Issued over registered, district by district, with the legal half."""

    rows: Sequence[TurnoutRow]

    def draw(self) -> "Figure":
        """Bars from 0 to 100 %; a dashed line at one half."""
        figure, (axes,) = blank(len(self.rows))
        axes.set_title("第一次投票投票率 Turnout, first ballot", loc="left")
        for place, row in enumerate(self.rows):
            if row.issued is None or not row.registered:
                axes.text(1, place, NOT_COUNTED, va="center", color=SOFT)
                continue
            turnout = Fraction(row.issued, row.registered)
            length, words = 100 * float(turnout), percent(turnout)
            axes.barh(place, length, color=CHOSEN, height=0.66)
            axes.text(min(length, 99) - 1, place, words, va="center", ha="right", color="white")
        axes.axvline(50, color=ACCENT, linewidth=1, linestyle="--")
        axes.set_xlim(0, 100)
        axes.set_xlabel("占登记选民 % of registered voters   虚线：须过半 dashed: half")
        label_rows(axes, [row.label for row in self.rows])
        return figure


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """A district: its seats; people and registered voters per deputy need both to be known."""

    label: str
    seats: int
    population: int | None
    registered: int | None


@dataclass(frozen=True, slots=True)
class Deputies:
    """How many people (and voters) one deputy stands for, district by district (EL 26)."""

    rows: Sequence[DeputyRow]

    def draw(self) -> "Figure":
        """Bars of people, dots of voters per deputy; a line at the average of people."""
        figure, (axes,) = blank(len(self.rows))
        axes.set_title("每名代表所代表的人口数 People per deputy", loc="left")
        for place, row in enumerate(self.rows):
            if row.population is None and row.registered is None:
                axes.text(0, place, UNKNOWN, va="center", color=SOFT)
            if row.population is not None:
                axes.barh(place, row.population / row.seats, color=OTHER, height=0.66)
            if row.registered is not None:
                axes.plot(row.registered / row.seats, place, "o", color=CHOSEN, markersize=4)
        counted = [row for row in self.rows if row.population is not None]
        note = "条：人口 bar: people   点：选民 dot: voters"
        if counted and len(counted) == len(self.rows):
            people = sum(row.population or 0 for row in counted)
            axes.axvline(people / sum(row.seats for row in counted), color=ACCENT, linewidth=1)
            note += "   线：平均 line: average"
        axes.set_xlim(left=0)
        axes.set_xlabel(note)
        label_rows(axes, [row.label for row in self.rows])
        return figure


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A district's first ballot; votes: (votes, what it made of the person) of everybody.

    base: papers the need is counted from, 0 while not counted; need: None when the ballot is void.
    """

    label: str
    base: int
    need: int | None
    votes: Sequence[tuple[int, BallotStanding]]


@dataclass(frozen=True, slots=True)
class Need:
    """Votes as a share of those who took part, against the majority needed."""

    rows: Sequence[NeedRow]

    def draw(self) -> "Figure":
        """Filled dots are elected, half dots tied; the tick is the need.

        Dots that would meet lie side by side.
        """
        figure, (axes,) = blank(len(self.rows))
        axes.set_title("得票与当选所需票数 Votes against the need, first ballot", loc="left")
        for place, row in enumerate(self.rows):
            if not row.base or row.need is None:
                text = VOID if row.base else NOT_COUNTED
                axes.text(1, place, text, va="center", color=SOFT)
                continue
            axes.plot(100 * row.need / row.base, place, "|", color=ACCENT, markersize=11)
            shares = [100 * votes / row.base for votes, _ in row.votes]
            for share, lane, (_, standing) in zip(shares, lanes(shares), row.votes, strict=True):
                axes.plot(
                    share,
                    place + lane,
                    "o",
                    markersize=5,
                    markeredgewidth=0.8,
                    fillstyle="left" if standing is BallotStanding.TIED else "full",
                    markerfacecolor="white" if standing is BallotStanding.NOT_ELECTED else CHOSEN,
                    markerfacecoloralt="white",
                    markeredgecolor=CHOSEN,
                )
        axes.set_xlim(-2, 102)
        axes.set_xlabel(_NEED_NOTE)
        label_rows(axes, [row.label for row in self.rows])
        return figure


def lanes(shares: Sequence[float]) -> list[float]:
    """For each dot of a row (in per cent) how far off the middle it lies, in rows.

    Dots nearer than _APART to the next one lie above each other, so that none hides another.
    """
    offsets = [0.0] * len(shares)
    for group in _close(shares):
        step = min(_LANE, _ROOM / max(len(group) - 1, 1))
        for lane, place in enumerate(group):
            offsets[place] = (lane - (len(group) - 1) / 2) * step
    return offsets


def _close(shares: Sequence[float]) -> list[list[int]]:
    """The places of the dots from left to right, in groups of those that would meet."""
    groups: list[list[int]] = []
    for place in sorted(range(len(shares)), key=shares.__getitem__):
        if groups and shares[place] - shares[groups[-1][-1]] < _APART:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
