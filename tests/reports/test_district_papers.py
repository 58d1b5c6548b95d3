"""The papers of a plan: official words, every district, nothing unknown made zero."""

import io
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from election.reports.documents import missing_glyphs
from election.reports.documents.districts_notice import (
    DistrictNotice,
    notice_data,
    notice_docx,
    notice_pdf,
)
from election.reports.documents.districts_tables import allocation, overview, table_data, table_pdf
from election.rules.terms import Level, Text
from tests.reports.district_paper import DAY, a_line, a_plan, same

NOTICE = DistrictNotice(
    plan=a_plan(), number="第1号", signatory="象山县鹤浦镇选举委员会", day=DAY, closing="特此公告。"
)
ZH, EN = "zh_Hans_CN", "en"


def text_of(pdf: bytes, folder: Path) -> str:
    """All text of a PDF, without blanks and line ends."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return "".join(done.stdout.split())


def paragraphs(docx: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(docx)).paragraphs]


def test_the_table_of_districts_has_every_district_with_its_figures() -> None:
    data = table_data(overview(a_plan()), ZH)
    assert data["title"] == "鹤浦镇第十九届人民代表大会"
    assert data["tail"] == "代表选区划分一览表"
    assert data["left"] == "编制单位：象山县鹤浦镇选举委员会"
    assert data["right"] == "日期：2021年10月8日"
    assert data["rows"] == [
        ["第1选区（港区）", "甲1村、乙1村", "1100", "2", "550.0", "+10.00%", "按居住状况"],
        ["第2选区", "甲2村、乙2村", "900", "2", "450.0", "-10.00%", "按居住状况"],
        ["第3选区", "甲3村、乙3村", "1000", "2", "500.0", "0.00%", "按居住状况"],
        ["合计", "3个选区", "3000", "6", "500.0", "", ""],
    ]
    assert data["draft"] == ""
    assert data["notes"][0] == "状态：2021年10月8日选举委员会通过（选举委员会第2次会议）。"


def test_the_table_of_seats_states_exact_shares_and_the_method() -> None:
    data = table_data(allocation(a_plan()), ZH)
    assert data["rows"] == [
        ["第1选区（港区）", "1100", "11/5", "2.2000", "2", "550.0", "+10.00%"],
        ["第2选区（甲2村、乙2村）", "900", "9/5", "1.8000", "2", "450.0", "-10.00%"],
        ["第3选区（甲3村、乙3村）", "1000", "2", "2.0000", "2", "500.0", "0.00%"],
        ["合计（3个选区）", "3000", "", "6.0000", "6", "500.0", ""],
    ]
    assert data["notes"][1:3] == [
        "应得名额＝选区人口×6÷3000，按分数精确计算。",
        "与最大余数法相同。",
    ]


def test_the_tables_are_complete_in_english() -> None:
    data = table_data(allocation(a_plan(lines=(a_line(1, 1100),))), EN)
    assert data["title"] == "Allocation of seats: 鹤浦镇人民代表大会 (term 19)"
    assert data["rows"][0] == [
        "District 1 (甲1村, 乙1村)",
        "1,100",
        "11/5",
        "2.2000",
        "2",
        "550.0",
        "+10.00%",
    ]
    assert data["signatures"] == ["Made by: ", "Checked by: ", "Election committee (seal): "]


def test_what_is_not_known_is_a_dash() -> None:
    plan = a_plan(people=None, lines=(a_line(1, None), a_line(2)))
    data = table_data(allocation(plan), ZH)
    assert data["rows"][0][1:] == ["—", "—", "—", "2", "—", "—"]
    assert data["rows"][-1][1:] == ["—", "", "—", "4", "—", ""]
    assert data["notes"][1] == "部分单元人口未知，应得名额不能计算。"


def test_the_county_s_paper_says_of_which_town() -> None:
    county = a_plan(level=Level.COUNTY, congress="象山县人民代表大会", term=19)
    data = table_data(overview(county), ZH)
    assert data["title"] + data["tail"] == (
        "象山县第十九届人民代表大会代表选区划分一览表（鹤浦镇）"
    )


@pytest.mark.parametrize("make", [overview, allocation])
@pytest.mark.parametrize("language", [ZH, EN])
def test_a_draft_is_marked_on_every_page_of_the_print(make, language, tmp_path: Path) -> None:
    lines = tuple(a_line(number) for number in range(1, 74))
    plan = a_plan(lines=lines, decision="", people=73_000, seats=146)
    pdf = table_pdf(make(plan), language)
    text = text_of(pdf, tmp_path)
    sheets = int(text.rpartition("/")[2].rstrip("—"))
    assert sheets > 1
    marks = text.count("DRAFT" if language == EN else "草案") - text.count(
        "草案，未经选举委员会通过"
    )
    assert marks == sheets
    named = "District{}(" if language == EN else "第{}选区"
    if make is allocation:
        assert [n for n in range(1, 74) if named.format(n) not in text] == []
    adopted = text_of(table_pdf(make(replace(plan, decision="1号")), language), tmp_path)
    assert adopted.count("草案") + adopted.count("DRAFT") == 0


def test_equal_plans_give_equal_bytes() -> None:
    assert table_pdf(overview(a_plan()), ZH) == table_pdf(overview(a_plan()), ZH)
    assert notice_pdf(NOTICE, ZH) == notice_pdf(NOTICE, ZH)


def test_the_notice_has_a_line_for_each_district() -> None:
    data = notice_data(NOTICE, ZH)
    assert data["heading"] == ["象山县鹤浦镇选举委员会", "公　告"]
    assert data["subject"] == ["鹤浦镇第十九届人民代表大会代表选区划分"]
    assert data["opening"] == (
        "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》第十五条、第二十五条、第二十六条和"
        "《浙江省县、乡两级人民代表大会代表选举实施细则》第十八条、第二十条至第二十三条的规定，"
        "经选举委员会决定（选举委员会第2次会议），将鹤浦镇第十九届人民代表大会代表选举划分为3个选区，"
        "应选代表6名。现将选区划分和代表名额分配公告如下："
    )
    assert data["lines"] == [
        "第1选区（港区）：甲1村、乙1村，应选代表2名。",
        "第2选区：甲2村、乙2村，应选代表2名。",
        "第3选区：甲3村、乙3村，应选代表2名。",
    ]
    assert data["day"] == "2021年10月8日"


def test_document_and_print_of_the_notice_say_the_same(tmp_path: Path) -> None:
    data = notice_data(NOTICE, ZH)
    expected = [
        *data["heading"],
        data["number"],
        *data["subject"],
        data["opening"],
        *data["lines"],
        *data["closing"],
        data["signatory"],
        data["day"],
    ]
    assert paragraphs(notice_docx(NOTICE, ZH)) == expected
    printed = text_of(notice_pdf(NOTICE, ZH), tmp_path)
    assert printed == "".join("".join(expected).split()) + "—1/1—"


def test_the_notice_of_a_draft_says_so_on_paper_and_in_the_document(tmp_path: Path) -> None:
    draft = replace(NOTICE, plan=a_plan(decision=""))
    document = Document(io.BytesIO(notice_docx(draft, ZH)))
    assert document.sections[0].header.paragraphs[0].text == "草案"
    assert text_of(notice_pdf(draft, ZH), tmp_path).count("草案") == 1
    assert "的规定，拟将鹤浦镇第十九届人民代表大会" in str(notice_data(draft, ZH)["opening"])
    adopted = Document(io.BytesIO(notice_docx(NOTICE, ZH)))
    assert adopted.sections[0].header.paragraphs[0].text == ""


def test_what_the_office_types_is_text_and_never_markup(tmp_path: Path) -> None:
    wild = replace(
        NOTICE,
        number="",
        signatory="A&B <w:p/> {{ number }} #set text",
        closing="第一段 <b>\n\n第二段\x07 & “引号”",
        day=date(2021, 1, 2),
    )
    found = paragraphs(notice_docx(wild, ZH))
    assert found[-4:] == [
        "第一段 <b>",
        "第二段 & “引号”",
        "A&B <w:p/> {{ number }} #set text",
        "2021年1月2日",
    ]
    assert "A&B<w:p/>{{number}}#settext" in text_of(notice_pdf(wild, ZH), tmp_path)


def test_the_notice_is_complete_in_english() -> None:
    data = notice_data(replace(NOTICE, number="No. 1", closing="So noticed."), EN)
    assert data["heading"] == ["象山县鹤浦镇选举委员会", "Notice"]
    assert data["lines"][0] == "District 1 (港区): 甲1村, 乙1村; 2 deputies."
    assert data["opening"].endswith(
        "the election committee has decided (选举委员会第2次会议) that 6 deputies to "
        "鹤浦镇人民代表大会 (term 19) are elected in 3 districts, as follows:"
    )
    assert data["day"] == "8 October 2021"


def test_a_subject_too_long_for_a_line_breaks_before_its_last_words() -> None:
    plan = a_plan(congress="某某省某某市某某县某某民族乡人民代表大会")
    assert notice_data(replace(NOTICE, plan=plan), ZH)["subject"] == [
        "某某省某某市某某县某某民族乡第十九届人民代表大会",
        "代表选区划分",
    ]


def test_seventy_three_districts_with_long_names_fill_pages_in_order(tmp_path: Path) -> None:
    units = tuple(same(f"很长名字的第{n}个行政村") for n in range(9))
    lines = tuple(
        a_line(n, 10_000 + n, name=f"沿海工业园区与老城联合第{n}片", units=units)
        for n in range(1, 74)
    )
    plan = a_plan(lines=lines, people=None)
    text = text_of(notice_pdf(replace(NOTICE, plan=plan), ZH), tmp_path)
    places = [text.index(f"第{n}选区（沿海工业园区") for n in range(1, 74)]
    assert places == sorted(places)
    assert len(paragraphs(notice_docx(replace(NOTICE, plan=plan), ZH))) == 73 + 8


@pytest.mark.parametrize("closing", ["特此公告。", ""])
def test_the_signature_never_stands_alone_on_a_page(closing: str, tmp_path: Path) -> None:
    for number in (*range(13, 17), *range(39, 45)):  # around the ends of the first pages
        plan = a_plan(lines=tuple(a_line(n) for n in range(1, number)))
        notice = replace(NOTICE, plan=plan, closing=closing)
        path = tmp_path / "paper.pdf"
        path.write_bytes(notice_pdf(notice, ZH))
        done = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)
        *_before, last = done.stdout.decode().rstrip("\f").split("\f")
        assert last.split()[0] != NOTICE.signatory or "公" in last.split()[1]
        kept, said = last_of(notice), Document(io.BytesIO(notice_docx(notice, ZH))).paragraphs
        tied = [p.text for p in said if p.paragraph_format.keep_with_next and p.text in kept]
        assert tied == kept


def last_of(notice: DistrictNotice) -> list[str]:
    """The last district and what closes the notice: what the signature is put under."""
    data = notice_data(notice, ZH)
    return [list(data["lines"])[-1], *data["closing"]]


def test_characters_the_font_lacks_are_found_before_printing() -> None:
    plan = a_plan(lines=(a_line(1, units=(same("𠮷山村"),)),))
    for data in (
        table_data(overview(plan), ZH),
        notice_data(replace(NOTICE, plan=plan), ZH),
    ):
        assert missing_glyphs(data) == ("𠮷",)


def test_a_sample_says_so_on_each_paper() -> None:
    plan = a_plan(is_sample=True)
    said = Text(
        "样本数据：地名和人口均为生成，不是真实选区。",
        "Sample data: names and people are generated; these are no real districts.",
    )
    assert table_data(overview(plan), ZH)["notes"][-1] == said.zh
    assert notice_data(replace(NOTICE, plan=plan), EN)["sample"] == said.en
