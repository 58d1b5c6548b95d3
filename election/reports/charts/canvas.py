"""The canvas: one font, fixed settings, deterministic bytes, no style attribute in the SVG.

Matplotlib keeps its settings in the process; a lock lets one chart at a time be drawn. It is
imported inside the functions because it is heavy.
"""

import io
import re
import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from election.reports.documents import FONT_FAMILY, font_path, missing_glyphs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# the tokens of static/css/xuanban.css: ink, ink-2, line; sea, sea-2, seal, amber, jade, soft
INK, SOFT, LINE = "#1b2028", "#4d5663", "#e2ded5"
CHOSEN, OTHER, ACCENT, WARN, GOOD, FIELD = (
    "#1f5673",
    "#7fa6bb",
    "#b0231b",
    "#805300",
    "#1d6b4e",
    "#f1eee7",
)
UNPRINTABLE = "〓"  # the printers' sign for a character the font does not have
WIDTH = 4.8  # inches; about 460 CSS pixels, so that text stays legible on a phone
ROW, HEAD, FOOT = 0.27, 0.75, 0.62  # inches of one bar, of the title, of the axis
_LINE = 30  # Chinese characters of a line over the whole width
_SETTINGS: Any = {
    "font.family": FONT_FAMILY,
    "font.size": 9.0,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.parse_math": False,  # a name may hold a dollar sign
    "svg.fonttype": "path",
    "svg.hashsalt": "xuanban",
    "savefig.facecolor": "white",
}
_SVG_FACTS = {"Date": None, "Creator": None, "Format": None, "Type": None}
_pen = threading.Lock()
_STYLE = re.compile(r' style="([^"]*)"')
_SHEET = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")


class Chart(Protocol):
    """Values that know how to draw themselves."""

    def draw(self) -> "Figure":
        """A figure of its own; called on the canvas only."""


def to_svg(chart: Chart) -> bytes:
    """The chart as SVG; presentation attributes instead of styles, which pages may not carry."""
    buffer = io.BytesIO()
    with _pen, _settings():
        chart.draw().savefig(buffer, format="svg", metadata=_SVG_FACTS)
    text = _SHEET.sub("", buffer.getvalue().decode(), count=1)
    text = text.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    return _STYLE.sub(_as_attributes, text).encode()


def to_png(chart: Chart, *, dpi: int = 200) -> bytes:
    """The chart as PNG; at 200 dots per inch it is 960 pixels wide."""
    buffer = io.BytesIO()
    with _pen, _settings():
        chart.draw().savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def blank(*rows: int) -> tuple["Figure", list["Axes"]]:
    """A figure with a panel for each number of bars, below each other, and their axes."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy

    heights = [round(number * ROW + HEAD + FOOT, 2) for number in rows]
    figure = Figure(figsize=(WIDTH, sum(heights)), layout="constrained")
    panels = list(figure.subplots(len(rows), 1, height_ratios=heights, squeeze=False)[:, 0])
    for axes in panels:
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
    return figure, panels


def label_rows(axes: "Axes", labels: Sequence[str]) -> None:
    """The first row on top, every row named."""
    axes.set_yticks(range(len(labels)), [printable(label) for label in labels], color=INK)
    axes.set_ylim(max(len(labels), 1) - 0.4, -0.6)


def printable(text: str) -> str:
    """The text with 〓 for what the font lacks; the table beside the chart has it exactly."""
    for sign in missing_glyphs(text):
        text = text.replace(sign, UNPRINTABLE)
    return text


def shortened(text: str, most: int) -> str:
    """A label of at most so many characters, as wide as Chinese ones."""
    if wide(text) <= most:
        return text
    start = text
    while wide(start) > most - 1:
        start = start[:-1]
    return f"{start}…"


def wide(text: str) -> float:
    """How wide a text is, in Chinese characters; a Latin letter is half of one."""
    return sum(1 if sign > "\u2e80" else 0.5 for sign in text)


def titled(figure: "Figure", title: str, of: str = "") -> None:
    """The title over the whole width; what it is of on a line of its own where both are long."""
    mark = "　" if wide(title) + wide(of) < _LINE else "\n"
    heading = f"{title}{mark}{shortened(of, _LINE)}" if of else title
    figure.suptitle(printable(heading), x=0.01, ha="left", fontsize=10)


@cache
def _font() -> None:
    """Make the font known to matplotlib, once."""
    from matplotlib import font_manager  # noqa: PLC0415 - heavy

    font_manager.fontManager.addfont(str(font_path()))


def _settings() -> Any:  # noqa: ANN401 - matplotlib's context manager
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    _font()
    return mpl.rc_context(_SETTINGS)


def _as_attributes(match: re.Match[str]) -> str:
    """` style="fill: none; stroke: #000"` -> ` fill="none" stroke="#000"`."""
    pairs = (part.split(":", 1) for part in match[1].split(";") if part.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
