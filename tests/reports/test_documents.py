"""Printed papers: names are data, equal data give equal bytes, missing characters are told."""

import re
import subprocess
import sys
import zlib
from datetime import date

import pytest

from election.reports.documents import font_path, missing_glyphs, render
from election.reports.documents.candidates import (
    Notice,
    NoticeDistrict,
    NoticePerson,
    born_text,
    candidates_notice,
    day_text,
    notice_data,
    opening_of,
    subject_of,
    term_name,
)
from election.rules.citations import chinese_number
from election.settings import ROOT

PEOPLE = (
    NoticePerson("丁一", "女", "汉族", "1980年5月", "大学", "中共党员", "鹤浦村党支部书记"),
    NoticePerson("马·买买提", "男", "回族"),
    NoticePerson("王𬭎", "男", remark="不再参选"),
)
NOTICE = Notice(
    which="first",
    congress="鹤浦镇人民代表大会",
    term=19,
    issuer="象山县鹤浦镇选举委员会",
    number="第5号",
    signatory="象山县鹤浦镇选举委员会",
    day=date(2021, 11, 30),
    districts=(NoticeDistrict(1, "鹤浦村、樊岙村", 2, PEOPLE), NoticeDistrict(2, "", 1, ())),
)


def printed(pdf: bytes) -> set[str]:
    """Every character the fonts of a PDF can be copied as, read from their ToUnicode tables."""
    found: set[str] = set()
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            table = zlib.decompress(raw)
        except zlib.error:
            continue
        for hexes in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", table):
            found |= set(bytes.fromhex(hexes.decode()).decode("utf-16-be"))
    return found


def test_the_notice_is_a_pdf_that_says_every_name_exactly() -> None:
    pdf = candidates_notice(NOTICE)
    assert pdf.startswith(b"%PDF-")
    wanted = set("".join(one.name for one in PEOPLE))
    assert wanted - printed(pdf) == set()


def test_equal_data_give_equal_bytes() -> None:
    assert candidates_notice(NOTICE) == candidates_notice(NOTICE)


def test_a_name_is_never_read_as_markup() -> None:
    code = '#panic("x") $1/0$ *b* \\ #read("/etc/passwd") <a> @b'
    other = Notice(
        **{
            **{name: getattr(NOTICE, name) for name in NOTICE.__slots__},
            "districts": (NoticeDistrict(1, code, 2, (NoticePerson(code, "男"),)),),
        }
    )
    pdf = candidates_notice(other)
    assert set("#$*\\<@") - printed(pdf) == set()


def test_a_template_that_is_not_there_is_an_error() -> None:
    for name in ("nothing", "../documents/notice_list"):
        with pytest.raises(FileNotFoundError):
            render(name, {})


def test_data_that_json_cannot_tell_is_refused() -> None:
    with pytest.raises(TypeError):
        render("notice_list", {"day": date(2021, 11, 30)})


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ("王𬭎〇䶮·", ()),
        ({"name": ["王𠮷", ("𠮷", "a")], "n": 3, "none": None}, ("𠮷",)),
        ("　 \n\t", ()),
        ("\ue000\U0003347f", ("\ue000", "\U0003347f")),
    ],
)
def test_characters_the_font_lacks_are_named_once_each(data, missing) -> None:
    assert missing_glyphs(data) == missing


def test_the_font_package_is_found_and_never_imported() -> None:
    program = (
        "import sys; from election.reports.documents import font_path, missing_glyphs;"
        "missing_glyphs('王'); print(font_path().name, 'zhplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [font_path().name, "False"]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (105, "一百零五"),
        (110, "一百一十"),
        (189, "一百八十九"),
    ],
)
def test_terms_are_counted_in_chinese(number: int, word: str) -> None:
    assert chinese_number(number) == word


@pytest.mark.parametrize("number", [0, 1000])
def test_a_term_outside_one_to_a_thousand_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)


def test_titles_name_congress_term_and_list() -> None:
    assert term_name("鹤浦镇人民代表大会", 19) == "鹤浦镇第十九届人民代表大会"
    assert term_name("鹤浦镇人民代表大会（样例）", 19) == "鹤浦镇第十九届人民代表大会（样例）"
    assert subject_of(NOTICE) == "鹤浦镇第十九届人民代表大会代表候选人名单"
    formal = Notice(**{n: getattr(NOTICE, n) for n in NOTICE.__slots__} | {"which": "formal"})
    assert subject_of(formal) == "鹤浦镇第十九届人民代表大会正式代表候选人名单"
    again = Notice(**{n: getattr(NOTICE, n) for n in NOTICE.__slots__} | {"by_election": True})
    assert subject_of(again) == "鹤浦镇第十九届人民代表大会补选代表候选人名单"


def test_the_opening_cites_the_articles_and_the_order() -> None:
    assert opening_of(NOTICE) == (
        "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》第三十二条和"
        "《浙江省县、乡两级人民代表大会代表选举实施细则》第三十五条的规定，"
        "现将鹤浦镇第十九届人民代表大会代表候选人名单（以姓名笔划为序）公布如下："
    )
    by_votes = Notice(**{n: getattr(NOTICE, n) for n in NOTICE.__slots__} | {"by_votes": True})
    assert "（以预选得票多少为序）" in opening_of(by_votes)


def test_dates_and_months_are_printed_in_official_style() -> None:
    assert day_text(date(2021, 12, 1)) == "2021年12月1日"
    assert (born_text("1970-05"), born_text("")) == ("1970年5月", "")


def test_what_is_not_known_is_a_dash_and_an_inactive_name_says_so() -> None:
    districts = notice_data(NOTICE)["districts"]
    assert isinstance(districts, list)
    assert districts[0]["title"] == "第1选区"
    assert districts[0]["seats"] == "应选代表2名，候选人3名"
    assert districts[0]["rows"][1] == ["马·买买提", "男", "回族", "—", "—", "—", "—"]
    assert districts[0]["rows"][2][0] == "王𬭎\n（不再参选）"
