"""The explanation for the village board: tables, sentences, sources spelled out, both languages."""

import subprocess
from pathlib import Path

from election.reports.documents.districts_why import Why, why_data, why_pdf
from election.rules.districts.why import alternatives, seat_options, sections
from tests.reports.district_paper import a_line, a_plan, same
from tests.rules.districts.layouts import PROFILE, a_layout

ZH, EN = "zh_Hans_CN", "en"


def a_why(number: int = 1, **people: int | None) -> Why:
    layout = a_layout(**people)
    area = layout.area(number)
    moves = alternatives(area, layout)
    return Why(
        line=a_line(number, area.people, units=tuple(p.label for p in area.pieces), name="港区"),
        units=tuple((piece.label, piece.people) for piece in area.pieces),
        options=seat_options(area, layout),
        moves=moves,
        sections=sections(area, layout, PROFILE, moves),
    )


def test_a_district_is_told_with_its_tables() -> None:
    (told,) = why_data(a_plan(), [a_why()], ZH)["districts"]
    assert (told["name"], told["seats"], told["area"]) == (
        "第1选区 港区",
        "应选代表2名",
        "A1村、A2村",
    )
    assert told["units"] == [["A1村", "1000"], ["A2村", "1100"]]
    assert told["options"] == [
        ["1", "2100.0", "+110.00%", "11/10", False],
        ["2", "1050.0", "+5.00%", "1/20", True],
        ["3", "700.0", "-30.00%", "-3/10", False],
    ]
    assert told["moves"] == [
        [
            "A2村",
            "第1选区",
            "第2选区",
            "2 + 2 → 1 + 3",
            "5.00% → 6.67%",
            "10.00% → 10.00%",
            "更不均等",
        ],
        [
            "A3村",
            "第2选区",
            "第1选区",
            "2 + 2 → 1 + 3",
            "5.00% → 20.00%",
            "10.00% → 20.00%",
            "更不均等",
        ],
    ]
    assert [(one["key"], one["basis"]) for one in told["sections"]] == [
        (
            "people",
            "依据：《选举法》第十五条、第二十六条；《浙江省选举实施细则》第十八条、第二十一条",
        ),
        (
            "seats",
            "依据：《选举法》第十五条、第二十五条、第二十六条；《浙江省选举实施细则》第二十一条",
        ),
        (
            "units",
            "依据：《选举法》第二十六条；《浙江省选举实施细则》第二十一条、第二十二条、第二十三条",
        ),
        ("average", "依据：《选举法》第二十六条；《浙江省选举实施细则》第二十一条"),
        (
            "law",
            "依据：《选举法》第十五条、第二十五条、第二十六条；"
            "《浙江省选举实施细则》第十八条、第二十条、第二十一条、第二十二条、第二十三条",
        ),
    ]


def test_it_is_complete_in_english() -> None:
    data = why_data(a_plan(), [a_why()], EN)
    (told,) = data["districts"]
    assert (data["title"], told["name"], told["seats"]) == (
        "Why this district",
        "District 1 港区",
        "2 deputies",
    )
    assert told["options"][0] == ["1", "2,100.0", "+110.00%", "11/10", False]
    assert told["moves"][0] == [
        "A2村",
        "1",
        "2",
        "2 + 2 → 1 + 3",
        "5.00% → 6.67%",
        "10.00% → 10.00%",
        "less equal",
    ]
    assert told["sections"][0]["basis"] == (
        "Source: Electoral Law Art. 15, 26; Zhejiang Electoral Rules Art. 18, 21"
    )


def test_unknown_people_leave_dashes_and_no_comparison() -> None:
    (told,) = why_data(a_plan(), [a_why(A2=None)], ZH)["districts"]
    assert told["units"][1] == ["A2村", "—"]
    assert told["options"] == []
    assert [row[3:] for row in told["moves"]] == [["—", "—", "—", "不能计算"]] * 2


def test_each_district_begins_a_page_and_a_draft_says_so(tmp_path: Path) -> None:
    path = tmp_path / "why.pdf"
    path.write_bytes(why_pdf(a_plan(decision=""), [a_why(1), a_why(2)], ZH))
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    pages = ["".join(page.split()) for page in done.stdout.split("\f") if page.strip()]
    heads = [page for page in pages if page.count("选区划分说明")]
    assert [f"第{n}选区港区" in page for n, page in enumerate(heads, start=1)] == [True, True]
    assert all(page.startswith("象山县鹤浦镇选举委员会草案") for page in pages)


def test_a_name_is_never_markup(tmp_path: Path) -> None:
    wild = a_why()
    units = ((same("#read(1) *粗* $x$ <a>"), 5),)
    path = tmp_path / "why.pdf"
    path.write_bytes(
        why_pdf(a_plan(), [Why(wild.line, units, wild.options, wild.moves, wild.sections)], ZH)
    )
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    assert "#read(1)*粗*$x$<a>" in "".join(done.stdout.split())
