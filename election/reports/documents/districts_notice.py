"""The notice of districts (选区划分公告): the same text as an editable DOCX and as a PDF.

The committee of the level draws the districts, shares the seats and makes both known (EL 15, 25,
26; ZJ 13, 18, 20-23).
districts_notice.docx is an ordinary document: an office may change its fonts and layout in WPS or
Word as long as the marks in double braces and the lines with {%p ... %} stay.
"""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from election.reports.documents import render
from election.reports.documents.districts_plan import (
    DRAFT,
    SAMPLE,
    PaperLine,
    PlanPaper,
    district_name,
    listed,
    long_day,
)
from election.rules.terms import Level, Text

DOCX_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CLOSING = Text("特此公告。", "This notice is hereby given.")
NUMBER = Text("第1号", "No. 1")
_TEMPLATE = Path(__file__).with_suffix(".docx")
_LINE = 24  # characters of a line of the subject
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # what XML cannot hold


@dataclass(frozen=True, slots=True)
class DistrictNotice:
    """A whole notice. number: such as 第1号, "" for none; closing: paragraphs after the list."""

    plan: PlanPaper
    number: str
    signatory: str
    day: date
    closing: str


def notice_pdf(notice: DistrictNotice, language: str) -> bytes:
    """The notice as a PDF in zh... or en."""
    return render("districts_notice", notice_data(notice, language))


def notice_docx(notice: DistrictNotice, language: str) -> bytes:
    """The notice as a document to be edited, from the template of this folder."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - heavy

    document, out = DocxTemplate(_TEMPLATE), io.BytesIO()
    document.render(notice_data(notice, language), autoescape=True)
    document.save(out)
    return out.getvalue()


def notice_data(notice: DistrictNotice, language: str) -> dict[str, object]:
    """Every text the notice prints; ask missing_glyphs about it before printing."""
    plan = notice.plan
    closing = [_writable(line) for line in notice.closing.splitlines() if line.strip()]
    return {
        "language": "zh" if language.startswith("zh") else "en",
        "heading": [_writable(line) for line in heading_of(notice).say(language).split("\n")],
        "number": _writable(notice.number),
        "subject": _two_lines(subject_of(plan).say(language)),
        "opening": _writable(opening_of(plan).say(language)),
        "lines": [_writable(line_of(line).say(language)) for line in plan.lines],
        "closing": closing,
        "signatory": _writable(notice.signatory),
        "day": long_day(notice.day).say(language),
        "draft": DRAFT.say(language) if plan.draft else "",
        "sample": SAMPLE.say(language) if plan.is_sample else "",
    }


def heading_of(notice: DistrictNotice) -> Text:
    """Who gives the notice, and on the next line that it is one."""
    return Text(f"{notice.signatory}\n公　告", f"{notice.signatory}\nNotice")


def subject_of(plan: PlanPaper) -> Text:
    """鹤浦镇第十九届人民代表大会代表选区划分; the county's part says of which town."""
    return Text(
        f"{plan.body.zh}代表选区划分{plan.place.zh}",
        f"Districts for the election to {plan.body.en}{plan.place.en}",
    )


def opening_of(plan: PlanPaper) -> Text:
    """The articles, the decision, how many districts and seats."""
    districts, seats = len(plan.lines), plan.seats_given
    where = f"在{plan.township}" if plan.level is Level.COUNTY else ""
    decided = (
        Text("拟", "it is proposed that")
        if plan.draft
        else Text(
            f"经选举委员会决定（{plan.decision}），",
            f"the election committee has decided ({plan.decision}) that",
        )
    )
    return Text(
        "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》第十五条、第二十五条、第二十六条"
        "和《浙江省县、乡两级人民代表大会代表选举实施细则》第十八条、第二十条至第二十三条的规定，"
        f"{decided.zh}将{plan.body.zh}代表选举{where}划分为{districts}个选区，应选代表{seats}名。"
        "现将选区划分和代表名额分配公告如下：",
        "Under Articles 15, 25 and 26 of the Electoral Law of the National People's Congress and "
        "the Local People's Congresses, and Articles 18 and 20 to 23 of the Zhejiang rules on the "
        f"election of deputies to the congresses of counties and townships, {decided.en} {seats} "
        f"deputies to {plan.body.en} are elected in {districts} districts"
        f"{' in ' + plan.township if where else ''}, as follows:",
    )


def line_of(line: PaperLine) -> Text:
    """One district: 第3选区（港区）：金星村、鹤浦村，应选代表2名."""
    name, units = district_name(line.number), listed(line.units)
    called = Text(f"（{line.name}）", f" ({line.name})") if line.name else Text("", "")
    seats = f"{line.seats} deput{'y' if line.seats == 1 else 'ies'}"
    return Text(
        f"{name.zh}{called.zh}：{units.zh}，应选代表{line.seats}名。",
        f"{name.en}{called.en}: {units.en}; {seats}.",
    )


def _two_lines(subject: str) -> list[str]:
    """A subject too long for its line is broken where it is read so."""
    head, _mark, tail = subject.partition("代表选区")
    if len(subject) <= _LINE or not tail:
        return [subject]
    return [head, f"代表选区{tail}"]


def _writable(text: str) -> str:
    """Without control characters, which no document can hold."""
    return _UNWRITABLE.sub("", text).strip()
