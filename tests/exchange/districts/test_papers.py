"""The tables of a plan as workbooks: read back, they have the figures of the paper."""

import io
import zipfile
from dataclasses import replace

from python_calamine import CalamineWorkbook

from election.exchange.districts.papers import HEADER_ROW, workbook
from election.reports.documents.districts_tables import allocation, overview
from tests.reports.district_paper import a_line, a_plan, same

ZH, EN = "zh_Hans_CN", "en"


def read(body: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return book.get_sheet_by_index(0).to_python()


def part(body: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(name).decode()


def test_the_table_of_districts_comes_back_as_numbers() -> None:
    rows = read(workbook(overview(a_plan()), ZH))
    assert rows[0][0] == "鹤浦镇第十九届人民代表大会代表选区划分一览表"
    assert (rows[1][0], rows[1][4]) == ("编制单位：象山县鹤浦镇选举委员会", "日期：2021年10月8日")
    assert rows[HEADER_ROW] == [
        "选区",
        "所辖单元",
        "人口",
        "应选代表",
        "每名代表人口",
        "偏差",
        "类别",
    ]
    assert rows[3:7] == [
        ["第1选区（港区）", "甲1村、乙1村", 1100.0, 2.0, 550.0, 0.1, "按居住状况"],
        ["第2选区", "甲2村、乙2村", 900.0, 2.0, 450.0, -0.1, "按居住状况"],
        ["第3选区", "甲3村、乙3村", 1000.0, 2.0, 500.0, 0.0, "按居住状况"],
        ["合计", "3个选区", 3000.0, 6.0, 500.0, "", ""],
    ]


def test_the_table_of_seats_comes_back_with_exact_shares() -> None:
    rows = read(workbook(allocation(a_plan()), EN))
    assert rows[3] == ["District 1 (港区)", 1100.0, "11/5", 2.2, 2.0, 550.0, 0.1]
    assert rows[6] == ["Total (3 districts)", 3000.0, "", 6.0, 6.0, 500.0, ""]


def test_an_unknown_figure_is_an_empty_cell() -> None:
    plan = a_plan(people=None, lines=(a_line(1, None),))
    assert read(workbook(allocation(plan), ZH))[3][1:] == ["", "", "", 2.0, "", ""]


def test_a_draft_is_marked_in_the_title_and_on_each_page() -> None:
    draft = workbook(overview(a_plan(decision="")), ZH)
    assert read(draft)[0][0] == "鹤浦镇第十九届人民代表大会代表选区划分一览表（草案）"
    sheet = part(draft, "xl/worksheets/sheet1.xml")
    assert "<oddHeader>&amp;R草案</oddHeader>" in sheet
    assert "<oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter>" in sheet
    adopted = part(workbook(overview(a_plan()), ZH), "xl/worksheets/sheet1.xml")
    assert "oddHeader" not in adopted


def test_seventy_three_districts_print_on_a4_with_heads_on_each_page() -> None:
    plan = a_plan(lines=tuple(a_line(n) for n in range(1, 74)))
    body = workbook(overview(plan), ZH)
    assert [row[0] for row in read(body)[3:76]] == [f"第{n}选区" for n in range(1, 74)]
    sheet = part(body, "xl/worksheets/sheet1.xml")
    assert 'paperSize="9" fitToHeight="0" orientation="landscape"' in sheet
    assert "Print_Titles" in part(body, "xl/workbook.xml")


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    plan = a_plan(lines=(a_line(1, units=(same("=1+1"),)),))
    body = workbook(overview(plan), ZH)
    assert read(body)[3][1] == "=1+1"
    assert "<f>" not in part(body, "xl/worksheets/sheet1.xml")


def test_long_names_get_a_row_high_enough() -> None:
    units = tuple(same(f"很长名字的第{n}个行政村") for n in range(40))
    body = workbook(overview(a_plan(lines=(a_line(1, units=units), a_line(2)))), ZH)
    sheet = part(body, "xl/worksheets/sheet1.xml")
    heights = [float(cut.split('"')[0]) for cut in sheet.split(' ht="')[1:]]
    long, short = heights[HEADER_ROW + 1], heights[HEADER_ROW + 2]
    assert long > 5 * short


def test_equal_tables_give_equal_bytes() -> None:
    table = overview(a_plan())
    assert workbook(table, ZH) == workbook(replace(table), ZH)
