"""The largest deviation against the number of seats: for understanding, the number is fixed."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from election.reports.charts.canvas import ACCENT, CHOSEN, INK, LINE, SOFT, WARN, blank, titled
from election.reports.charts.plans import DeviationLimits
from election.rules.terms import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT = 9  # the curve is as high as nine bars


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One number of seats; largest None: nobody has a seat. tied: the last seats are undecided.

    gap: somebody with people has no seat, so that the number cannot be among the best.
    """

    seats: int
    largest: Fraction | None
    tied: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class FairnessCurve:
    """A dot per number of seats; the approved number and the best ones stand out."""

    title: str
    approved: int
    best: tuple[int, ...]
    points: tuple[CurvePoint, ...]
    limits: DeviationLimits
    language: str

    def draw(self) -> "Figure":
        """Filled: decided. Open: a tie. Cross: somebody has no seat. Ring: best."""
        figure, (axes,) = blank(_HEIGHT)
        titled(figure, self.title)
        heights = [(p, float(100 * p.largest)) for p in self.points if p.largest is not None]
        axes.plot([p.seats for p, _ in heights], [y for _, y in heights], color=SOFT, linewidth=0.8)
        for point, y in heights:
            self._dot(axes, point, y)
        self._limits(axes)
        axes.set_ylim(0, max([y for _, y in heights] + [float(100 * self.limits.warn)]) * 1.1)
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        sizes = [point.seats for point in self.points]
        axes.set_xticks(sizes[:: max(1, len(sizes) // 8)])
        axes.set_ylabel(Text("最大偏差（%）", "largest deviation (%)").say(self.language))
        axes.set_xlabel(
            Text(
                "名额（名）   空心：并列   叉：有的没有名额   圆圈：最小",
                "seats   open: tie   cross: somebody has none   ring: smallest",
            ).say(self.language)
        )
        return figure

    def _dot(self, axes: "Axes", point: CurvePoint, y: float) -> None:
        mark, face = ("x", INK) if point.gap else ("o", "white" if point.tied else CHOSEN)
        axes.plot(
            point.seats,
            y,
            mark,
            markersize=5,
            markerfacecolor=face,
            markeredgecolor=SOFT if point.gap else CHOSEN,
            zorder=3,
        )
        if point.seats in self.best:
            axes.plot(
                point.seats,
                y,
                "o",
                markersize=11,
                markerfacecolor="none",
                markeredgecolor=ACCENT,
                zorder=4,
            )

    def _limits(self, axes: "Axes") -> None:
        """Where a deviation is a warning or an alert, and the number of seats that is fixed."""
        for limit, color in ((self.limits.warn, WARN), (self.limits.alert, ACCENT)):
            axes.axhline(float(100 * limit), color=color, linewidth=0.8, linestyle="--", zorder=1)
        axes.axvline(self.approved, color=INK, linewidth=0.8, linestyle=":")
        axes.annotate(
            Text(f"确定的名额{self.approved}", f"fixed: {self.approved}").say(self.language),
            (self.approved, 1),
            (0, 2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
        )
