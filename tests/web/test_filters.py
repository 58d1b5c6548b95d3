"""How figures are written on pages."""

from fractions import Fraction

import pytest

from election.rules.rounding import percent as printed
from election.web.filters import House, cards, cells_named, percent, tenths


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (None, "—", "—"),
        (Fraction(21, 500), "4.2%", "+4.2%"),
        (Fraction(-21, 500), "-4.2%", "-4.2%"),
        (Fraction(0), "0.0%", "0.0%"),
        (Fraction(1, 10**5), "0.0%", "0.0%"),
        (Fraction(-1, 10**5), "0.0%", "0.0%"),
    ],
)
def test_a_share_has_a_sign_unless_it_rounds_to_nothing(
    value: Fraction | None, plain: str, signed: str
) -> None:
    assert (percent(value, 1), percent(value, 1, sign=True)) == (plain, signed)


def test_a_page_rounds_halves_as_paper_does() -> None:
    for value in (Fraction(1, 800), Fraction(-3, 800), Fraction(21, 160)):
        assert percent(value, 2, sign=True) == printed(value, 2, sign=True)
    assert (percent(Fraction(1, 800)), percent(Fraction(-1, 800))) == ("0.13%", "-0.13%")
    assert (tenths(Fraction(42_605, 20)), tenths(None)) == ("2130.3", "—")


def test_each_cell_but_the_first_says_its_column() -> None:
    rows = '<tr><td>大岭村</td><td class="num">1,191</td><th scope="row">a &amp; b</th></tr>'
    assert cells_named(rows, ["单元", ("户籍<人口>", "num"), "备注"]) == (
        '<tr><td>大岭村</td><td data-label="户籍&lt;人口&gt;" class="num">1,191</td>'
        '<th data-label="备注" scope="row">a &amp; b</th></tr>'
    )


def test_a_cell_without_content_is_marked_and_a_wide_one_has_no_name() -> None:
    rows = '<tr><td colspan="2">合计</td><td class="num">\n</td><td> </td></tr>'
    assert cells_named(rows, ["甲", "乙", "丙", "丁"]) == (
        '<tr><td colspan="2">合计</td><td data-label="丙" class="is-blank num">\n</td>'
        '<td data-label="丁" class="is-blank"> </td></tr>'
    )


def test_a_row_may_have_more_cells_than_columns() -> None:
    assert cells_named("<tr><td>1</td><td>2</td></tr>", ["甲"]) == "<tr><td>1</td><td>2</td></tr>"


def test_a_table_written_by_hand_names_its_cells_by_its_own_head() -> None:
    table = "<thead><tr><th>甲 &amp; 乙</th><th>\n <b>丙</b> 丁</th></tr></thead>"
    rows = "<tbody><tr><td>1</td><td>2</td></tr></tbody>"
    assert cards(table + rows) == table + rows.replace("<td>2", '<td data-label="丙 丁">2')
    both = rows.replace("<td>1", '<td data-label="甲 &amp; 乙">1')
    assert cards(table + rows, first=0) == table + both.replace("<td>2", '<td data-label="丙 丁">2')


@pytest.mark.parametrize(
    ("town", "name", "seal"),
    [
        ("鹤浦镇（样例）", "鹤浦镇", "浦"),
        ("石浦乡", "石浦乡", "浦"),
        ("丹西街道", "丹西街道", "西"),
        ("大桥镇 (sample)", "大桥镇", "桥"),
        ("", "", "选"),
    ],
)
def test_the_seal_is_the_last_character_of_the_towns_own_name(
    town: str, name: str, seal: str
) -> None:
    assert (House(town).name, House(town).seal) == (name, seal)
