"""The papers of a plan in the browser: files in both languages, the notice's form, the reasons."""

import io
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from docx import Document
from flask import Flask
from flask_babel import refresh
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from election.actions.districts.drafts import split
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, units
from tests.builders import found_office
from tests.client import StrictClient
from tests.web.desks import queries_of, text_of

FILES = (
    "papers/districts.pdf",
    "papers/districts.xlsx",
    "papers/allocation.pdf",
    "papers/allocation.xlsx",
    "papers/notice.pdf",
    "papers/notice.docx",
    "papers/why.pdf",
    "districts/1/why.pdf",
)
PAGES = ("papers", "districts/1/why")


@pytest.fixture
def town(client: StrictClient) -> DistrictTown:
    client.sign_in(Role.DIRECTOR)
    return DistrictTown(client.office)


def name_of(answer: TestResponse) -> str:
    """The name under which a browser saves a file."""
    return unquote(answer.headers["Content-Disposition"].rpartition("''")[2])


def pdf_text(body: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(body)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return "".join(done.stdout.split())


def fields(page: str) -> dict[str, str]:
    """The form of the notice as a browser would send it."""
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]*value="([^"]*)"', page))
    closing = re.search(
        r'<textarea[^>]*name="closing"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL
    )
    assert closing is not None
    return {**found, "closing": closing[1]}


def test_the_page_lists_every_paper_in_both_languages(client: StrictClient, town) -> None:
    page = text_of(client.get(f"/plans/{town.drawn()}/papers"))
    links = re.findall(r'href="(/plans/\d+/papers/[^"]+)"', page)
    assert [link.partition("/papers/")[2] for link in links] == [
        f"{name}.{form}?paper={tongue}"
        for name in ("districts", "allocation")
        for tongue in ("zh_Hans_CN", "en")
        for form in ("pdf", "xlsx")
    ] + ["why.pdf?paper=zh_Hans_CN", "why.pdf?paper=en"]
    for link in links:
        assert client.http.get(link).status_code == 200
    english = StrictClient(client.http.application, client.office).sign_in(Role.DIRECTOR)
    english.language = "en"
    refresh()  # the language is remembered as long as the application's context of the test
    assert "This plan is a draft" in text_of(english.get(f"/plans/{town.drawn('方案二')}/papers"))


def test_an_old_program_saves_a_paper_under_what_it_is(client: StrictClient, town) -> None:
    plan = town.drawn()
    plain = {
        "papers/allocation.pdf": "allocation-town.pdf",
        "papers/notice.docx": "notice-town.docx",
        "districts/1/why.pdf": "why-town-1.pdf",
    }
    for file, name in plain.items():
        sent = client.get(f"/plans/{plan}/{file}").headers["Content-Disposition"]
        assert sent.partition("; filename*")[0] == f'attachment; filename="{name}"'


def test_the_spreadsheet_has_the_figures_of_the_board(client: StrictClient, town) -> None:
    plan = town.drawn()
    board = town.board(plan)
    body = client.get(f"/plans/{plan}/papers/districts.xlsx").get_data()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [(row[2], row[3], row[4], row[5]) for row in rows[3:6]] == [
        (line.people, line.seats, float(line.per_seat), pytest.approx(float(line.deviation)))
        for line in board.districts
    ]
    assert (rows[6][2], rows[6][3]) == (board.people.people, board.seats)


def test_the_table_of_the_town_has_no_unit_that_votes_for_the_county_only(
    client: StrictClient,
) -> None:
    client.sign_in(Role.DIRECTOR)
    table = [replace(one, county_only=one.code == "A6", neighbours=()) for one in units()]
    town = DistrictTown(client.office, table)
    for level, people in ((Level.TOWN, 5000), (Level.COUNTY, 6000)):
        plan = town.create(level=level)
        town.save(plan, {code: 1 for code in town.ids if people == 6000 or code != "A6"})
        raw = client.get(f"/plans/{plan}/papers/districts.xlsx").get_data()
        cells = [
            c
            for line in CalamineWorkbook.from_object(io.BytesIO(raw))
            .get_sheet_by_index(0)
            .to_python()
            for c in line
        ]
        assert any("A6村" in str(cell) for cell in cells) is (people == 6000)
        assert people in cells
        client.get(f"/plans/{plan}/map")
        shown = client.get(f"/plans/{plan}/map.json").get_json()
        assert len(shown["cells"]) == len(town.ids) - (people == 5000)


def test_a_paper_says_draft_until_the_plan_is_adopted(
    client: StrictClient, town, tmp_path: Path
) -> None:
    plan = town.drawn()
    draft = client.get(f"/plans/{plan}/papers/districts.pdf")
    assert name_of(draft) == "town第一届人民代表大会代表选区划分一览表（草案）.pdf"
    assert "草案，未经选举委员会通过" in pdf_text(draft.get_data(), tmp_path)
    town.adopt(plan)
    adopted = client.get(f"/plans/{plan}/papers/districts.pdf")
    assert name_of(adopted) == "town第一届人民代表大会代表选区划分一览表.pdf"
    text = pdf_text(adopted.get_data(), tmp_path)
    assert "2021年12月16日选举委员会通过（选举委员会第2次会议）" in text
    assert "草案" not in text


def test_the_notice_carries_what_the_office_typed(client: StrictClient, town) -> None:
    plan = town.drawn()
    sent = fields(text_of(client.get(f"/plans/{plan}/papers")))
    assert (sent["number"], sent["signatory"]) == ("第1号", "象山县鹤浦镇选举委员会")
    assert sent["closing"] == "特此公告。"
    sent |= {"number": "第3号", "day": "2021-10-08", "closing": "第一段\r\n第二段"}
    body = client.get(f"/plans/{plan}/papers/notice.docx", **sent).get_data()
    lines = [p.text for p in Document(io.BytesIO(body)).paragraphs]
    assert lines[:3] == ["象山县鹤浦镇选举委员会", "公　告", "第3号"]
    assert lines[5:] == [
        "第1选区：A1村、A2村，应选代表2名。",
        "第2选区：A3村、A4村，应选代表2名。",
        "第3选区：A5村、A6村，应选代表2名。",
        "第一段",
        "第二段",
        "象山县鹤浦镇选举委员会",
        "2021年10月8日",
    ]


def test_the_county_s_committee_signs_for_county_districts(client: StrictClient, town) -> None:
    page = text_of(client.get(f"/plans/{town.drawn(level=Level.COUNTY)}/papers"))
    assert fields(page)["signatory"] == "象山县选举委员会"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signatory": ""}, "signatory"),
        ({"day": "x"}, "notice-day"),
        ({"number": "号" * 41}, "number"),
        ({"closing": "证件11010519491231002X"}, "closing"),
    ],
)
def test_a_faulty_form_comes_back_with_what_was_typed(
    client: StrictClient, town, change: dict[str, str], fault: str
) -> None:
    plan = town.drawn()
    sent = fields(text_of(client.get(f"/plans/{plan}/papers"))) | change
    page = text_of(client.get(f"/plans/{plan}/papers/notice.pdf", status=422, **sent))
    assert f'id="{fault}-help"' in page
    assert page.count('class="field-error"') == 1


def test_why_a_district_is_as_it_is_is_a_page_and_a_paper(
    client: StrictClient, town, tmp_path: Path
) -> None:
    plan = town.drawn()
    page = text_of(client.get(f"/plans/{plan}/districts/1/why"))
    assert "按人口，本选区应得2100×6÷6000＝21/10名，约2.1000名。" in page
    assert "法律没有规定“大体相等”的具体数值" in page
    paper = client.get(f"/plans/{plan}/districts/1/why.pdf")
    assert name_of(paper) == "town第一届人民代表大会第1选区划分说明（草案）.pdf"
    text = pdf_text(paper.get_data(), tmp_path)
    assert "本选区应得2100×6÷6000＝21/10名" in text
    assert "依据：《选举法》第十五条、第二十六条；" in text
    client.get(f"/plans/{plan}/districts/9/why", status=404)
    client.get(f"/plans/{plan}/districts/9/why.pdf", status=404)


def test_all_reasons_in_one_file_are_those_of_each_district(
    client: StrictClient, town, tmp_path: Path
) -> None:
    plan = town.drawn()
    text = pdf_text(client.get(f"/plans/{plan}/papers/why.pdf").get_data(), tmp_path)
    assert re.findall(r"选区划分说明town第一届人民代表大会.*?第(\d)选区应选", text) == [
        "1",
        "2",
        "3",
    ]


def test_a_split_unit_is_named_by_its_parts(client: StrictClient, town) -> None:
    plan = town.drawn()
    town.on_unit(split, plan, "A4", parts=2)
    body = client.get(f"/plans/{plan}/papers/notice.docx").get_data()
    lines = [p.text for p in Document(io.BytesIO(body)).paragraphs]
    assert lines[6] == "第2选区：A3村、A4村第1部分，应选代表2名。"
    assert lines[8] == "第4选区：A4村第2部分，应选代表0名。"
    for path in (*FILES, *PAGES):
        client.get(f"/plans/{plan}/{path}")


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_unknown_people_and_an_empty_plan_have_papers_too(
    client: StrictClient, language: str
) -> None:
    client.language = language
    client.sign_in(Role.DIRECTOR)
    town = DistrictTown(client.office, units(A2=None))
    plan, empty = town.drawn(), town.create("空方案")
    refresh()
    heading = text_of(client.get(f"/plans/{plan}/papers"))
    assert ("Tables and explanations" in heading) == (language == "en")
    for path in (*FILES, *PAGES):
        client.get(f"/plans/{plan}/{path}")
    for path in FILES[:6]:
        client.get(f"/plans/{empty}/{path}")
    client.get(f"/plans/{empty}/papers")
    client.get(f"/plans/{empty}/papers/why.pdf", status=404)


def test_a_character_the_font_lacks_is_told_before_it_is_printed(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    first, *others = units()
    town = DistrictTown(client.office, [replace(first, name="𠮷山村"), *others])
    plan = town.drawn()
    page = text_of(client.get(f"/plans/{plan}/papers/districts.pdf", status=422))
    assert "U+20BB7" in page
    assert "𠮷山村" in page
    anyway = re.search(r'href="([^"]*anyway=1[^"]*)"', page)
    assert anyway is not None
    printed = client.http.get(urljoin(f"/plans/{plan}/papers/districts.pdf", unescape(anyway[1])))
    assert printed.mimetype == "application/pdf"
    assert client.get(f"/plans/{plan}/papers/districts.xlsx").status_code == 200


def test_nobody_from_outside_sees_a_paper(app: Flask, client: StrictClient, town) -> None:
    plan = town.drawn()
    stranger = StrictClient(app, client.office)
    foreign = StrictClient(app, found_office(code="330225104", name="石浦镇"))
    foreign.sign_in(Role.DIRECTOR)
    teller = StrictClient(app, client.office).sign_in(Role.TELLER)
    for path in (*FILES, *PAGES):
        assert stranger.http.get(f"/plans/{plan}/{path}").status_code in (302, 303)
        foreign.get(f"/plans/{plan}/{path}", status=404)
        teller.get(f"/plans/{plan}/{path}", status=403 if not may_see(teller) else 200)


def may_see(client: StrictClient) -> bool:
    return client.http.get("/elections").status_code == 200


def test_more_districts_take_no_more_queries(client: StrictClient, town) -> None:
    plan = town.drawn()
    few = town.create("一个选区")
    town.save(few, dict.fromkeys(("A1", "A2", "A3", "A4", "A5", "A6"), 1), {})
    for path in ("papers", "districts/1/why", "papers/why.pdf"):
        counts = {queries_of(lambda p=p: client.get(f"/plans/{p}/{path}")) for p in (plan, few)}  # noqa: B023
        assert len(counts) == 1, path


def test_every_page_of_a_plan_is_headed_by_its_name_and_shows_its_tabs(
    client: StrictClient, town: DistrictTown
) -> None:
    plan = town.create("方案甲")
    town.save(plan, {"A1": 1, "A2": 1, "A3": 2, "A4": 2}, {1: 3, 2: 3})
    heads = {
        "": "方案甲",
        "/map": "方案甲 · 地图",
        "/seats": "方案甲 · 各种方法分配名额",
        "/charts": "方案甲 · 图表",
        "/papers": "方案甲 · 文书和说明",
        "/districts/1/why": "第1选区为什么这样划？",
    }
    pages = {path: text_of(client.get(f"/plans/{plan}{path}")) for path in heads}
    assert {path: re.findall(r"<h1[^>]*>(.*?)</h1>", page) for path, page in pages.items()} == {
        path: [head] for path, head in heads.items()
    }
    current = r'<a class="nav-link active" aria-current="\w+" href="/plans/\d+(/\w+)?">'
    assert {path: re.findall(current, page) for path, page in pages.items()} == {
        path: ["/papers" if path.endswith("why") else path] for path in heads
    }


def test_totals_are_one_on_page_print_spreadsheet_and_map(
    client: StrictClient, town: DistrictTown, tmp_path: Path
) -> None:
    plan = town.drawn()
    board = town.board(plan)
    people, seats = board.people.people, board.seats_given
    page = text_of(client.get(f"/plans/{plan}/charts"))
    feet = [
        re.findall(r"<td[^>]*>(.*?)</td>", foot) for foot in re.findall(r"<tfoot>.*?</tfoot>", page)
    ]
    assert feet == [[f"{people:,}", str(seats), "1000.0"], [f"{seats} / {seats}"]]
    stored = client.get(f"/plans/{plan}/map.json").get_json()
    assert sum(unit["people"] for unit in stored["units"]) == people
    assert sum(district["seats"] for district in stored["districts"]) == seats
    for name, total in (("districts", "合计3个选区"), ("allocation", "合计（3个选区）")):
        text = pdf_text(client.get(f"/plans/{plan}/papers/{name}.pdf").get_data(), tmp_path)
        share = f"{seats}.0000" if name == "allocation" else ""
        assert f"{total}{people}{share}{seats}1000.0" in text
        raw = client.get(f"/plans/{plan}/papers/{name}.xlsx").get_data()
        rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
        sums = [cell for cell in rows[6] if isinstance(cell, float)]
        assert sums == [people, *([seats] if share else []), seats, 1000.0]
    notice = client.get(f"/plans/{plan}/papers/notice.docx").get_data()
    opening = Document(io.BytesIO(notice)).paragraphs[4].text
    assert f"划分为3个选区，应选代表{seats}名。" in opening
