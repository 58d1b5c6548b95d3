"""Charts: equal data give equal bytes, no style attribute, rare characters and unknown figures."""

import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.reports.charts import (
    BallotChart,
    Bar,
    Chart,
    Deputies,
    DeputyRow,
    Need,
    NeedRow,
    PairRow,
    Pairs,
    Turnout,
    TurnoutRow,
    Votes,
    to_png,
    to_svg,
)
from election.reports.charts.canvas import (
    ACCENT,
    CHOSEN,
    FIELD,
    GOOD,
    INK,
    LINE,
    OTHER,
    SOFT,
    WARN,
    printable,
    shortened,
)
from election.reports.charts.districts import lanes
from election.rules.results.kinds import BallotStanding
from election.settings import ROOT

TURNOUT = Turnout([TurnoutRow("第1选区", 1000, 860), TurnoutRow("第2选区", 800, None)])
DEPUTIES = Deputies([DeputyRow("第1选区", 2, 1200, 1000), DeputyRow("第2选区", 1, None, None)])
NEED = Need(
    [
        NeedRow(
            "第1选区", 860, 431, [(600, BallotStanding.ELECTED), (100, BallotStanding.NOT_ELECTED)]
        ),
        NeedRow("第2选区", 0, None, []),
        NeedRow("第3选区", 400, None, [(300, BallotStanding.NOT_ELECTED)]),
    ]
)
VOTES = Votes(
    "第1选区",
    [
        BallotChart(
            "第一次投票",
            [Bar("王芳", 600, BallotStanding.ELECTED), Bar("钱$多$", 3, written_in=True)],
            431,
            "票",
            took_part=860,
        ),
        BallotChart("再次投票", [Bar("李明", None)]),
    ],
)
ALL: list[Chart] = [TURNOUT, DEPUTIES, NEED, VOTES]


def said(svg: bytes) -> list[str]:
    """The texts of a chart: matplotlib writes each beside its outline, as a comment."""
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))  # noqa: S314 - our own bytes
    root = ET.fromstring(svg, parser)  # noqa: S314
    return [str(node.text).strip() for node in root.iter() if node.tag is ET.Comment]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_equal_data_give_equal_bytes(chart: Chart) -> None:
    assert to_svg(chart) == to_svg(chart)
    assert to_png(chart) == to_png(chart)
    assert to_png(chart)[:8] == b"\x89PNG\r\n\x1a\n"


def test_other_data_give_other_bytes() -> None:
    other = Turnout([TurnoutRow("第1选区", 1000, 861), TurnoutRow("第2选区", 800, None)])
    assert to_svg(other) != to_svg(TURNOUT)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_a_page_without_inline_styles_can_show_it(chart: Chart) -> None:
    svg = to_svg(chart)
    ET.fromstring(svg)  # noqa: S314 - our own bytes
    assert [
        mark for mark in (b"style=", b"<style", b"<script", b"<text", b"<image") if mark in svg
    ] == []


def test_charts_drawn_at_the_same_time_do_not_mix() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(to_svg, [TURNOUT, NEED] * 4))
    assert set(found) == {to_svg(TURNOUT), to_svg(NEED)}


def test_what_is_not_counted_or_void_says_so() -> None:
    assert "未计票 not counted" in said(to_svg(TURNOUT))
    assert "86.00%" in said(to_svg(TURNOUT))
    assert "未知 unknown" in said(to_svg(DEPUTIES))
    assert {"未计票 not counted", "选举无效 void"} <= set(said(to_svg(NEED)))
    assert "未计票 not counted" in said(to_svg(VOTES))


def test_elected_and_written_in_are_marked_in_words() -> None:
    texts = said(to_svg(VOTES))
    assert {"600　当选", "3　另选人", "钱$多$"} <= set(texts)


def test_a_character_the_font_lacks_becomes_the_printers_sign() -> None:
    assert printable("李𠮷明") == "李〓明"
    assert printable("买买提·艾力𬭎") == "买买提·艾力𬭎"
    to_svg(
        Votes("第1选区", [BallotChart("x", [Bar("李𠮷", 1)])])
    )  # a missing glyph would be a warning


def test_a_long_name_is_cut_for_the_label_only() -> None:
    assert shortened("买买提·艾力·吐尔逊江·阿不都", 12) == "买买提·艾力·吐尔逊江·…"
    assert shortened("王芳", 12) == "王芳"


def test_an_empty_ballot_still_draws() -> None:
    assert to_svg(Votes("第1选区", [BallotChart("第一次投票", [])])).startswith(b"<?xml")


def _dots(chart: Chart) -> list[tuple[float, float, float]]:
    """(x, y, size) of every round dot drawn, in the order of drawing."""
    (axes,) = chart.draw().axes
    return [
        (float(x), float(y), line.get_markersize())
        for line in axes.lines
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_no_dot_of_the_votes_hides_another(votes: list[int]) -> None:
    offsets = lanes([100 * n / 60 for n in votes])
    assert all(abs(offset) <= 0.45 for offset in offsets)
    dots = sorted(zip(offsets, votes, strict=True))
    side_by_side = [(n, m) for (lane, n), (other, m) in pairwise(dots) if lane == other]
    assert all(100 * (m - n) / 60 >= 1.4 for n, m in side_by_side)


def test_equal_votes_are_two_dots() -> None:
    (_, y1, _), (_, y2, _), (_, alone, _) = _dots(
        Need(
            [
                NeedRow(
                    "第1选区", 600, 301, [(n, BallotStanding.NOT_ELECTED) for n in (290, 290, 100)]
                )
            ]
        )
    )
    assert abs(y1 - y2) > 0.25
    assert alone == 0


def test_a_dot_is_full_half_or_empty() -> None:
    votes = [
        (400, BallotStanding.ELECTED),
        (350, BallotStanding.TIED),
        (100, BallotStanding.NOT_ELECTED),
    ]
    (axes,) = Need([NeedRow("第1选区", 600, 301, votes)]).draw().axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [dot.get_fillstyle() for dot in dots] == ["full", "left", "full"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, False, True]
    assert "得票相等" in axes.get_xlabel()


def test_equal_values_of_two_plans_are_a_ring_around_a_dot() -> None:
    first, second = _dots(Pairs("两方案", "名额", ("甲", "乙"), (PairRow("第1选区", 3, 3),), "zh"))
    assert first[:2] == second[:2]
    assert first[2] > second[2] + 3


def test_charts_have_the_colours_of_the_pages() -> None:
    css = (ROOT / "static/css/xuanban.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    drawn = (INK, SOFT, LINE, CHOSEN, OTHER, ACCENT, WARN, GOOD, FIELD)
    names = ("ink", "ink-2", "line", "sea", "sea-2", "seal", "amber", "jade", "soft")
    assert drawn == tuple(tokens[name] for name in names)


def test_equal_votes_stand_in_rows_of_their_own_and_are_said_to_be_equal() -> None:
    level = [Bar("付国", 421, BallotStanding.TIED), Bar("雷建鹏", 421, BallotStanding.TIED)]
    texts = said(to_svg(Votes("第1选区", [BallotChart("第一次投票", level, 399, took_part=796)])))
    assert texts.count("421　得票相等") == 2
