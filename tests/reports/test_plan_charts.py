"""Charts of plans: equal bytes for equal data, both languages, titles, units, the unknown."""

from fractions import Fraction

import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from election.reports.charts import (
    Chart,
    CurvePoint,
    DeviationLimits,
    Deviations,
    FairnessCurve,
    PairRow,
    Pairs,
    PeoplePerSeat,
    PlanRow,
    SeatsOf,
    compared_deviations,
    to_png,
    to_svg,
)
from election.reports.charts.canvas import _settings
from tests.reports.test_charts import said

LIMITS = DeviationLimits(Fraction(1, 5), Fraction(3, 10))
ROWS = (
    PlanRow("第1选区", 2, 1200, Fraction(1, 5)),
    PlanRow("第2选区", 1, 400, Fraction(-21, 100)),
    PlanRow("第3选区", 3, 2400, Fraction(31, 100)),
    PlanRow("第4选区", 2, None, None),
)
PAIRS = (
    PairRow("第1选区", Fraction(1, 5), Fraction(-1, 10)),
    PairRow("第2选区", None, Fraction(2, 5)),
    PairRow("第3选区", None, None),
)
POINTS = (
    CurvePoint(5, Fraction(1, 2), gap=True),
    CurvePoint(6, Fraction(1, 10)),
    CurvePoint(7, Fraction(1, 4), tied=True),
    CurvePoint(8, None),
)


def charts(language: str) -> dict[str, Chart]:
    return {
        "deviation": Deviations("方案一", ROWS, LIMITS, language),
        "seats": SeatsOf("方案一", ROWS, language),
        "people": PeoplePerSeat("方案一", ROWS, Fraction(1750, 3), language),
        "compared": compared_deviations(("方案一", "方案二"), PAIRS, LIMITS, language),
        "curve": FairnessCurve("最大偏差", 7, (6,), POINTS, LIMITS, language),
        "basis": Pairs(
            "按两种人口",
            "名额（名）",
            ("户籍人口", "常住人口"),
            (PairRow("大岭村", 2, 1), PairRow("龙山村", 3, None)),
            language,
        ),
    }


SAID = {
    ("deviation", "zh"): {
        "各选区人口偏差　方案一",
        "每名代表所代表的人口数与平均数相差（%）",
        "提示+20%",
        "警示-30%",
        "未知",
        "+20.0%",
        "-21.0%",
    },
    ("deviation", "en"): {
        "Deviation per district　方案一",
        "people per deputy against the average (%)",
        "warn-20%",
        "alert+30%",
        "unknown",
    },
    ("seats", "zh"): {"各选区应选代表名额　方案一", "名额（名）"},
    ("seats", "en"): {"Seats per district　方案一", "seats"},
    ("people", "zh"): {
        "每名代表所代表的人口数　方案一",
        "每名代表所代表的人口数（人）   竖线：平均583.3人",
        "600.0",
        "未知",
    },
    ("people", "en"): {"People per deputy　方案一", "people per deputy   line: average 583.3"},
    ("compared", "zh"): {"两方案各选区人口偏差", "偏差（%）   ○ 方案一   ● 方案二", "未知"},
    ("compared", "en"): {
        "Deviation per district, two plans",
        "deviation (%)   ○ 方案一   ● 方案二",
        "unknown",
    },
    ("curve", "zh"): {"最大偏差", "最大偏差（%）", "确定的名额7"},
    ("curve", "en"): {"largest deviation (%)", "fixed: 7"},
    ("basis", "zh"): {"按两种人口", "名额（名）   ○ 户籍人口   ● 常住人口", "大岭村"},
}


@pytest.mark.parametrize(("name", "language"), SAID, ids="-".join)
def test_titles_and_units_stand_on_the_chart(name, language) -> None:
    assert SAID[name, language] - set(said(to_svg(charts(language)[name]))) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", charts("zh"))
def test_equal_data_give_equal_bytes_without_a_date_or_a_style(name, language) -> None:
    svg = to_svg(charts(language)[name])
    assert svg == to_svg(charts(language)[name])
    assert to_png(charts(language)[name]) == to_png(charts(language)[name])
    assert [mark for mark in (b"style=", b"<style", b"<text", b"dc:date") if mark in svg] == []


@pytest.mark.parametrize("name", charts("zh"))
def test_a_chart_can_be_kept_by_its_data(name) -> None:
    one, same, other = (charts(language)[name] for language in ("zh", "zh", "en"))
    assert (hash(one), repr(one)) == (hash(same), repr(same))
    assert repr(one) != repr(other)


def test_a_district_exactly_at_a_limit_is_within_it() -> None:
    figure = charts("zh")["deviation"].draw()
    colours = [bar.get_facecolor()[:3] for bar in figure.axes[0].patches]
    assert len({*colours}) == 3  # within, warn, alert; the first, at 20 %, is within
    within = SeatsOf("", ROWS, "zh").draw().axes[0].patches[0].get_facecolor()[:3]
    assert colours[0] == within


def test_forty_districts_have_forty_named_rows_of_readable_height() -> None:
    rows = tuple(PlanRow(f"第{n}选区", 2, 1000, Fraction(n - 20, 100)) for n in range(1, 41))
    figure = Deviations("方案一", rows, LIMITS, "zh").draw()
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == [r.label for r in rows]
    assert figure.get_figheight() / 40 > 0.25  # inches: a line of nine points has room


def test_a_plan_without_anything_to_compare_still_draws() -> None:
    assert to_svg(compared_deviations(("甲", "乙"), (), LIMITS, "zh")).startswith(b"<?xml")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_and_no_words_collide_however_long_the_names(language) -> None:
    long = "七十三个选区的方案（名字很长很长的一个方案，用来试图表标题）"
    village = "沿海工业园区与老城联合第九十九片区经济合作社行政村"
    far = (PlanRow("第1选区", 1, 9000, Fraction(13, 10)), *ROWS)
    pairs = (PairRow("第1→3选区", Fraction(13, 10), Fraction(-1, 2)), *PAIRS)
    drawn: list[Chart] = [
        Deviations(long, far, LIMITS, language),
        SeatsOf(long, far, language),
        PeoplePerSeat(long, far, Fraction(1750, 3), language),
        compared_deviations((long, long[::-1]), pairs, LIMITS, language),
        Pairs(
            "按两种人口",
            "seats",
            ("household-registered population", "resident population"),
            (PairRow(village, 0, 1), PairRow("龙山村", 3, 3)),
            language,
        ),
        FairnessCurve(
            "Largest deviation by number of seats, Huntington–Hill",
            7,
            (6,),
            POINTS,
            LIMITS,
            language,
        ),
    ]
    for chart in drawn:
        assert outside(chart) == []
        assert colliding(chart) == []


def test_seats_are_counted_in_whole_numbers() -> None:
    figure = charts("zh")["basis"].draw()
    assert [int(x) for x in figure.axes[0].get_xticks()] == [0, 1, 2, 3]
    assert figure.axes[0].get_xlim()[0] < 0  # a dot at no seat is drawn whole


def boxes(chart: Chart) -> list[tuple[str, Bbox, Bbox]]:
    """Every text of a chart but the numbers of its axes, with its box, and the box of the paper."""
    with _settings():
        figure = chart.draw()
        figure.draw_without_rendering()  # lays it out
        return [
            (text.get_text(), text.get_window_extent(), figure.bbox)
            for text in figure.findobj(Text)
            if text.get_text().strip("-0123456789 ") and text.get_visible()
        ]


def outside(chart: Chart) -> list[str]:
    """Texts that leave the paper."""
    return [
        text
        for text, box, paper in boxes(chart)
        if box.x0 < paper.x0 - 1 or box.x1 > paper.x1 + 1 or box.y1 > paper.y1 + 1 or box.y0 < -1
    ]


def colliding(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other."""
    found = boxes(chart)
    return [
        (one, other)
        for place, (one, box, _paper) in enumerate(found)
        for other, there, _paper in found[place + 1 :]
        if box.overlaps(there) and Bbox.intersection(box, there).size.min() > 1
    ]
