"""The blank count sheet and the result record: what is printed, a page a place, rare names told."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which

import pytest

from election.reports.documents.count_sheet import count_sheets
from election.reports.documents.result_sheet import ResultRecord, result_sheet
from election.rules.counting.paper import SheetPaper
from election.rules.results.kinds import BallotStanding
from tests.builders import head_figures

FORM = SheetPaper(
    code="T03-1-S01",
    election="鹤浦镇2021年换届选举",
    congress="鹤浦镇人民代表大会",
    level="town",
    district_number=3,
    district_name="大岭",
    place_code="S01",
    place_name="大岭村投票站",
    place_kind="station",
    round_kind="first",
    round_number=1,
    seats=2,
    polling_day=date(2021, 12, 16),
    allows_writeins=True,
    candidates=("丁一", "买买提·艾力", '#read("/etc/passwd")'),
)
RECORD = ResultRecord(
    election="鹤浦镇2021年换届选举",
    congress="鹤浦镇人民代表大会",
    district="镇级第3选区",
    round_kind="first",
    round_number=1,
    polling_day=date(2021, 12, 16),
    seats=2,
    registered=952,
    totals=head_figures(issued=796, returned=794, void=3, blank=1),
    places=2,
    lines=[
        ("何杰", False, 616, 64, 111, BallotStanding.ELECTED),
        ("李四", False, 400, 64, 111, BallotStanding.TIED),
        ("钱多", True, 12, None, None, BallotStanding.NOT_ELECTED),
    ],
    need=399,
    elected=["何杰"],
    steps=[("发出选票796张，过半数为399票。", "R8.5 EL 45(1)")],
    decision="镇选委会〔2021〕7号",
    certified_at=datetime(2021, 12, 16, 14, tzinfo=UTC),
    certified_by="周主任",
    seal="6c66 56bf 2a49 5021 04ee 22ce 8596 417e",
)
needs_pdftotext = pytest.mark.skipif(
    which("pdftotext") is None, reason="pdftotext is not installed"
)


def _pages(pdf: bytes, tmp_path: Path) -> list[str]:
    """The text of each page, without spaces."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return ["".join(page.split()) for page in done.stdout.split("\f") if page.strip()]


@needs_pdftotext
def test_a_blank_sheet_names_code_place_district_seats_and_candidates(tmp_path: Path) -> None:
    (page,) = _pages(count_sheets([FORM]), tmp_path)
    for words in (
        "计票结果报告单",
        "T03-1-S01",
        "镇级第3选区（大岭）",
        "S01大岭村投票站",
        "应选代表2名",
        "2021年12月16日",
        "赞成反对弃权",
        "另选人",
        "监票人（签名）",
        "计票人（签名）",
        '#read("/etc/passwd")',
    ):
        assert words in page, words
    places = [page.index(name) for name in ("丁一", "买买提·艾力")]
    assert places == sorted(places)


@needs_pdftotext
def test_a_repeat_vote_has_its_own_sheets_without_lines_for_write_ins(tmp_path: Path) -> None:
    again = replace(FORM, round_kind="tie_repeat", round_number=2, allows_writeins=False)
    pages = _pages(count_sheets([FORM, again]), tmp_path)
    assert ["另选人" in page for page in pages] == [True, False]
    assert "第二次投票（再次投票）" in pages[1]


@needs_pdftotext
def test_a_sheet_says_whose_votes_are_not_counted(tmp_path: Path) -> None:
    """R5.20: the name stays on the ballot and has no line here."""
    pages = _pages(count_sheets([FORM, replace(FORM, fallen=("王二", "赵五"))]), tmp_path)
    note = "王二、赵五不再参选。选票上仍印有其姓名的，对其所作的赞成、反对、弃权一律不计"
    assert [note in page for page in pages] == [False, True]
    assert len(pages) == 2


@needs_pdftotext
def test_a_character_the_font_lacks_is_told_on_the_paper(tmp_path: Path) -> None:
    (page,) = _pages(count_sheets([replace(FORM, candidates=("𠮷田", "丁一"))]), tmp_path)
    assert "字库缺字U+20BB7" in page


@needs_pdftotext
def test_a_result_record_holds_every_figure_the_reasons_and_the_check_code(tmp_path: Path) -> None:
    (page,) = _pages(result_sheet(RECORD), tmp_path)
    for words in (
        "镇级第3选区",
        "952796",
        "794791",
        "何杰61664111当选",
        "李四40064111得票相等",
        "当选代表：（按得票多少排列）何杰",
        "周主任",
        "钱多（另选人）12——",
        "过半数为399票",
        "R8.5EL45(1)",
        "镇选委会〔2021〕7号",
        "2021年12月16日22:00",
        "6c6656bf2a49502104ee22ce8596417e",
    ):
        assert words in page, words


def test_equal_data_give_equal_bytes() -> None:
    assert count_sheets([FORM]) == count_sheets([FORM])
    assert result_sheet(RECORD) == result_sheet(RECORD)


def test_a_void_election_prints_a_dash_for_the_votes_needed() -> None:
    assert result_sheet(replace(RECORD, need=None, elected=[], registered=None))[:5] == b"%PDF-"
