"""One word for one thing (glossary of the rulebook): the variants below stand nowhere in the house.

Not for words of the law in another sense: parties may recommend together (联合推荐, EL 32).
"""

import re

import pytest

from election.settings import ROOT

PLACES = (
    ("templates", "*.html"),
    ("election", "*.py"),
    ("election", "*.po"),
    ("election", "*.typ"),
    ("static/js", "*.js"),
    ("docs/manual", "*.md"),
    ("docs/states", "*.md"),
    (".", "README*.md"),
)
# what is not written -> the word of the house
BANNED = {
    "计票员": "计票人",
    "监票员": "监票人",
    "无效票": "废票",
    "回收选票|发放选票": "收回选票, 发出选票",
    "(?<!空)白票": "空白票",
    "联名提名|联合提名": "联名推荐",
    "重新投票": "再次投票, 重新选举",
    "另选举": "另行选举",
    "首次投票|首轮投票": "第一次投票",
    "当选须得票|当选票数": "当选所需票数",
    r"第(\{\w+\}|%\(\w+\)\w)轮": "第二次投票（再次投票）",
    r"（参数[a-z_]+）": "the words of the parameter",
    "投票地点|投票点": "投票场所, 投票站",
    "笔画": "笔划",
    "正式候选人": "正式代表候选人",
    "(?<!计票)结果报告单": "计票结果报告单",
    r"\bvote counters?\b": "teller",
    r"\binvalid (ballot|paper|vote)s?\b": "void",
    r"\b(run-?off|re-?vote|second ballot)s?\b": "repeat vote, further election",
    r"\bre-run\b": "rerun",
    r"\b(tally|result) sheets?\b": "count sheet, result record",
    r"\b(voter list|electoral roll|voting place|precinct|constituency)s?\b": "roll, polling place, "
    "district",
    r"\bjoint recommendations?\b": "joint nomination",
}


def _lines() -> list[tuple[str, str]]:
    """(place, line) of everything people read; the tree is small enough to be read whole."""
    found = []
    for folder, kind in PLACES:
        search = (ROOT / folder).glob if folder == "." else (ROOT / folder).rglob
        for path in sorted(search(kind)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                found.append((f"{path.relative_to(ROOT)}:{number}", line))
    return found


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    return _lines()


def test_there_is_something_to_read(lines: list[tuple[str, str]]) -> None:
    assert len({place.partition(":")[0] for place, _ in lines}) > 200


@pytest.mark.parametrize("variant", BANNED)
def test_a_thing_has_one_word(lines: list[tuple[str, str]], variant: str) -> None:
    sign = re.compile(variant, re.IGNORECASE)
    wrong = [f"{place}: {line.strip()[:80]}" for place, line in lines if sign.search(line)]
    assert wrong == [], f"write {BANNED[variant]}"
