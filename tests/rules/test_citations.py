"""Articles spelled out as the law itself and the papers of an office spell them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import election
from election.rules.citations import LAWS, chinese_number, cite


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("EL 45(1)", "《选举法》第四十五条第一款", "Electoral Law Art. 45(1)"),
        (
            "EL 12(1)(4); ZJ 15(2)",
            "《选举法》第十二条第一款第四项；《浙江省选举实施细则》第十五条第二款",
            "Electoral Law Art. 12(1)(4); Zhejiang Electoral Rules Art. 15(2)",
        ),
        (
            "EL 30; EL 32; ZJ 34",
            "《选举法》第三十条、第三十二条；《浙江省选举实施细则》第三十四条",
            "Electoral Law Art. 30, 32; Zhejiang Electoral Rules Art. 34",
        ),
        ("EL 44-45", "《选举法》第四十四条至第四十五条", "Electoral Law Art. 44-45"),
        (
            "OL 29(2)-(3), 25",
            "《地方组织法》第二十九条第二款至第三款、第二十五条",
            "Local Organic Law Art. 29(2)-(3), 25",
        ),
        (
            "election measures of the session; cf. BJT 25, CQT 24",
            "大会选举办法；参见《北京市乡镇人民代表大会工作条例》第二十五条；"
            "参见《重庆市乡镇人民代表大会工作条例》第二十四条",
            "the session's election measures; cf. Beijing Township Congress Regulation Art. 25; "
            "cf. Chongqing Township Congress Regulation Art. 24",
        ),
        ("CPL 188", "《民事诉讼法》第一百八十八条", "Civil Procedure Law Art. 188"),
        ("law silent", "法律未作规定", "the law is silent"),
        ("EL 43; house rule T7", "《选举法》第四十三条；本系统的核对要求", None),
        ("—", "", ""),
        ("", "", ""),
    ],
)
def test_an_article_is_spelled_out(article: str, zh: str, en: str | None) -> None:
    cited = cite(article)
    assert cited.zh == zh
    assert en is None or cited.en == en


@pytest.mark.parametrize("law", ["BJ", "SH", "SD", "BJT", "CQT"])
def test_a_rule_of_another_place_is_only_compared(law: str) -> None:
    """Rulebook 0.5: what binds here is national, provincial, of the county, of the session."""
    cited = cite(f"EL 43; {law} 43")
    assert cited.zh == f"《选举法》第四十三条；参见{LAWS[law].zh}第四十三条"
    assert cited.en == f"Electoral Law Art. 43; cf. {LAWS[law].en} Art. 43"


@pytest.mark.parametrize("article", ["XX 3", "EL", "EL 45(1", "EL 0", "EL 4; house", "EL 45 1"])
def test_a_form_nobody_knows_is_refused_not_guessed(article: str) -> None:
    with pytest.raises(ValueError):
        cite(article)


def test_every_article_written_in_the_program_can_be_spelled_out() -> None:
    articles = set(_articles())
    assert {"EL 45(1)", "OL 29(2)-(3), 25", "law silent"} <= articles
    for article in articles:
        assert "《" in cite(article).zh or not article[0].isupper(), article


def _articles() -> Iterator[str]:
    """Every constant that is an article, and nothing but that: a docstring is a sentence."""
    law = re.compile(
        rf"(cf\. )?({'|'.join(LAWS)}) \d[^.:]*|(law silent|house rule|election measures)[^\\]*"
    )
    for module in (Path(election.__file__).parent / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and law.fullmatch(value):
                yield value


@given(st.integers(1, 999))
def test_chinese_numbers_are_read_back(number: int) -> None:
    value, digit = 0, 0
    for sign in chinese_number(number):
        if sign in "百十":
            value += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    assert value + digit == number
    assert "零零" not in chinese_number(number)
