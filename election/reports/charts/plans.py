"""Charts of a plan of districts, one row per district, in one language: deviation, seats, people.

Every figure also stands in the table beside the chart; a figure not known is said, never drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from election.reports.charts.canvas import (
    ACCENT,
    CHOSEN,
    INK,
    OTHER,
    SOFT,
    WARN,
    blank,
    label_rows,
    printable,
    shortened,
    titled,
    wide,
)
from election.rules.districts.checks import MOST_SEATS
from election.rules.rounding import percent, rate
from election.rules.terms import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_UNKNOWN = Text("未知", "unknown")
_WARN, _ALERT = Text("提示", "warn"), Text("警示", "alert")
_NAME = 14  # characters of a plan's name in a legend, of a unit's beside its row
_AXIS = 20  # characters of a line under the panel
_CROWDED = 4  # with a reach of so many times the lower limit the names of the limits collide


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A district: people None where not known; deviation None where it cannot be computed."""

    label: str
    seats: int
    people: int | None
    deviation: Fraction | None


@dataclass(frozen=True, slots=True)
class DeviationLimits:
    """From which deviation (a share: 1/5) a district is pointed out, and from which loudly."""

    warn: Fraction
    alert: Fraction


@dataclass(frozen=True, slots=True)
class Deviations:
    """How far people per seat is from the average, district by district, with the band (R2.3)."""

    title: str
    rows: tuple[PlanRow, ...]
    limits: DeviationLimits
    language: str

    def draw(self) -> "Figure":
        """Bars to the left (fewer people per seat) and right (more); dashed lines at the limits."""
        figure, (axes,) = blank(len(self.rows))
        heading = Text("各选区人口偏差", "Deviation per district").say(self.language)
        titled(figure, heading, self.title)
        for place, row in enumerate(self.rows):
            if row.deviation is None:
                axes.text(1, place, _UNKNOWN.say(self.language), va="center", color=SOFT)
                continue
            self._bar(axes, place, row.deviation)
        axes.axvline(0, color=INK, linewidth=0.8)
        deviations = [
            abs(float(100 * row.deviation)) for row in self.rows if row.deviation is not None
        ]
        reach = max([float(100 * self.limits.alert) + 6, *(value + 11 for value in deviations)])
        axes.set_xlim(-reach, reach)
        _band(axes, self.limits, reach, self.language)
        axes.set_xlabel(
            Text(
                "每名代表所代表的人口数与平均数相差（%）",
                "people per deputy against the average (%)",
            ).say(self.language)
        )
        label_rows(axes, [row.label for row in self.rows])
        return figure

    def _bar(self, axes: "Axes", place: int, deviation: Fraction) -> None:
        off = float(100 * deviation)
        axes.barh(place, off, color=_shade(abs(deviation), self.limits), height=0.66)
        axes.text(
            off + (0.6 if off >= 0 else -0.6),
            place,
            percent(deviation, 1, sign=True),
            va="center",
            ha="left" if off >= 0 else "right",
            fontsize=8,
            bbox=_BACK,
        )


@dataclass(frozen=True, slots=True)
class SeatsOf:
    """Seats per district."""

    title: str
    rows: tuple[PlanRow, ...]
    language: str

    def draw(self) -> "Figure":
        """A bar per district; whole seats on the axis."""
        figure, (axes,) = blank(len(self.rows))
        heading = Text("各选区应选代表名额", "Seats per district").say(self.language)
        titled(figure, heading, self.title)
        for place, row in enumerate(self.rows):
            axes.barh(place, row.seats, color=CHOSEN, height=0.66)
            axes.text(row.seats + 0.04, place, str(row.seats), va="center")
        most = max([row.seats for row in self.rows] + [MOST_SEATS])
        axes.set_xticks(range(0, most + 1, max(1, most // 6)))
        axes.set_xlim(0, most + 0.4)
        axes.set_xlabel(Text("名额（名）", "seats").say(self.language))
        label_rows(axes, [row.label for row in self.rows])
        return figure


@dataclass(frozen=True, slots=True)
class PeoplePerSeat:
    """People behind each deputy; average: of the whole area, None where people are not known."""

    title: str
    rows: tuple[PlanRow, ...]
    average: Fraction | None
    language: str

    def draw(self) -> "Figure":
        """A bar per district and a line at the average."""
        figure, (axes,) = blank(len(self.rows))
        heading = Text("每名代表所代表的人口数", "People per deputy").say(self.language)
        titled(figure, heading, self.title)
        per_seat = [row.people / row.seats for row in self.rows if row.people and row.seats]
        most = max([*per_seat, float(self.average or 0), 1.0])
        for place, row in enumerate(self.rows):
            if row.people is None or not row.seats:
                axes.text(0, place, _UNKNOWN.say(self.language), va="center", color=SOFT)
                continue
            value = Fraction(row.people, row.seats)
            axes.barh(place, float(value), color=OTHER, height=0.66)
            axes.text(most * 0.012, place, rate(value).en, va="center", fontsize=8)
        note = Text("每名代表所代表的人口数（人）", "people per deputy")
        if self.average is not None:
            axes.axvline(float(self.average), color=ACCENT, linewidth=1)
            mean = rate(self.average).en
            note = Text(f"{note.zh}   竖线：平均{mean}人", f"{note.en}   line: average {mean}")
        axes.set_xlim(0, most * 1.04)
        axes.set_xlabel(note.say(self.language))
        label_rows(axes, [row.label for row in self.rows])
        return figure


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two values of one row; None where one is not known, or the row is on one side only."""

    label: str
    first: Fraction | int | None
    second: Fraction | int | None


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two series side by side: an open dot, a filled dot, a line between them.

    limits: with them the values are deviations (shares, drawn in per cent) with the band.
    """

    title: str
    axis: str
    names: tuple[str, str]
    rows: tuple[PairRow, ...]
    language: str
    limits: DeviationLimits | None = None

    def draw(self) -> "Figure":
        """The first series open, the second filled."""
        figure, (axes,) = blank(max(len(self.rows), 1))
        titled(figure, self.title)
        scale = 100 if self.limits else 1
        values = [self._row(axes, place, row, scale) for place, row in enumerate(self.rows)]
        most = max([abs(value) for pair in values for value in pair] + [1.0])
        if self.limits:
            reach = max(float(100 * self.limits.alert) + 6, most * 1.1)
            axes.set_xlim(-reach, reach)
            axes.axvline(0, color=INK, linewidth=0.8)
            _band(axes, self.limits, reach, self.language)
        else:
            axes.set_xlim(-most * 0.05, most * 1.1)
            axes.set_xticks(range(0, int(most) + 1, max(1, int(most) // 6)))
        first, second = (shortened(name, _NAME) for name in self.names)
        legend = (self.axis, f"○ {first}", f"● {second}")
        mark = "   " if sum(map(wide, legend)) < _AXIS else "\n"
        axes.set_xlabel(printable(mark.join(legend)))
        label_rows(axes, [shortened(row.label, _NAME) for row in self.rows])
        return figure

    def _row(self, axes: "Axes", place: int, row: PairRow, scale: int) -> list[float]:
        values = [float(scale * v) for v in (row.first, row.second) if v is not None]
        if not values:
            axes.text(0, place, _UNKNOWN.say(self.language), va="center", color=SOFT)
        if len(values) == 2:
            axes.plot(values, [place, place], color=OTHER, linewidth=2.5, zorder=2)
        # the open dot is the larger one: where both are equal it is a ring around the filled one
        for value, face, size in ((row.first, "white", 8.5), (row.second, CHOSEN, 4.5)):
            if value is not None:
                axes.plot(
                    float(scale * value),
                    place,
                    "o",
                    markersize=size,
                    markeredgewidth=1,
                    markerfacecolor=face,
                    markeredgecolor=CHOSEN,
                    zorder=3,
                )
        return values


def compared_deviations(
    names: tuple[str, str], rows: Sequence[PairRow], limits: DeviationLimits, language: str
) -> Pairs:
    """The deviations of two plans, district by district: before open, after filled."""
    title = Text("两方案各选区人口偏差", "Deviation per district, two plans").say(language)
    axis = Text("偏差（%）", "deviation (%)").say(language)
    return Pairs(title, axis, names, tuple(rows), language, limits)


_BACK = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}


def _shade(off: Fraction, limits: DeviationLimits) -> str:
    """Exactly at a limit is within it, as the check list has it."""
    if off > limits.alert:
        return ACCENT
    return WARN if off > limits.warn else CHOSEN


def _band(axes: "Axes", limits: DeviationLimits, reach: float, language: str) -> None:
    """Dashed lines at both limits on both sides, named above the panel; in two rows if need be."""
    crowded = reach > float(100 * _CROWDED * limits.warn)
    for limit, name, color in ((limits.warn, _WARN, WARN), (limits.alert, _ALERT, ACCENT)):
        for side in (-1, 1):
            higher = crowded and limit is limits.warn
            outwards = (side > 0) == (limit is limits.alert or higher)
            x = side * float(100 * limit)
            axes.axvline(x, color=color, linewidth=0.9, linestyle="--", zorder=1)
            axes.annotate(
                f"{name.say(language)}{x:+g}%",
                (x, 1),
                (0, 10 if higher else 2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="left" if outwards else "right",
                fontsize=6.5,
                color=color,
            )
