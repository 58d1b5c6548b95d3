"""Articles as people cite them: "EL 45(1)" is 《选举法》第四十五条第一款.

Rules carry their source in a short form that programs compare: the abbreviation of a law, then its
articles, with paragraphs and items in brackets. Pages and papers spell it out by `cite`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from election.rules.terms import Text

LAWS: Mapping[str, Text] = {
    "EL": Text("《选举法》", "Electoral Law"),
    "DR": Text("《直接选举若干规定》", "Provisions on Direct Election"),
    "ZJ": Text("《浙江省选举实施细则》", "Zhejiang Electoral Rules"),
    "OL": Text("《地方组织法》", "Local Organic Law"),
    "OL2015": Text("《地方组织法》（2015年修正）", "Local Organic Law (2015 text)"),
    "DL15": Text("《代表法》（2015年修正）", "Deputies Law (2015 text)"),
    "DL25": Text("《代表法》（2025年修正）", "Deputies Law (2025 text)"),
    "ZDL": Text("《浙江省实施〈代表法〉办法》", "Zhejiang Measures on the Deputies Law"),
    "ZTC": Text("《浙江省乡镇人民代表大会工作条例》", "Zhejiang Township Congress Regulation"),
    "ZPV": Text(
        "《浙江省民生实事项目人大代表票决制规定》",
        "Zhejiang Rules on Deputies' Votes on Livelihood Projects",
    ),
    "BJT": Text("《北京市乡镇人民代表大会工作条例》", "Beijing Township Congress Regulation"),
    "CQT": Text("《重庆市乡镇人民代表大会工作条例》", "Chongqing Township Congress Regulation"),
    "BJ": Text("《北京市选举实施细则》", "Beijing Electoral Rules"),
    "SH": Text("《上海市选举实施细则》", "Shanghai Electoral Rules"),
    "SD": Text("《山东省选举实施细则》", "Shandong Electoral Rules"),
    "CPL": Text("《民事诉讼法》", "Civil Procedure Law"),
    "CC": Text("《民法典》", "Civil Code"),
    "PIPL": Text("《个人信息保护法》", "Personal Information Protection Law"),
}
"""The laws by the abbreviations of the rulebook, section 0.2."""

_ELSEWHERE = frozenset({"BJT", "CQT", "BJ", "SH", "SD"})
"""Rules of other places: they bind nobody here and only show how others have it (rulebook 0.5)."""

_OTHER: Mapping[str, Text] = {
    "law silent": Text("法律未作规定", "the law is silent"),
    "election measures of the session": Text("大会选举办法", "the session's election measures"),
    "house rule": Text("本系统的核对要求", "a check of this program"),
    "balance check": Text("数字核对", "a check of figures"),
    "W30": Text("浙江省女性候选人比例要求", "Zhejiang's share of women among candidates"),
    "—": Text("", ""),
    "": Text("", ""),
}
_BETWEEN = re.compile(r"; |, (?=[A-Z])")
_COMPARE = "cf. "  # written before a law, or understood before one of another place
_TEST = re.compile(r"house rule T\d+")
_ONE = r"\d+(?:\(\d+\))*"
_PART = re.compile(rf"(?P<first>{_ONE})(?:-(?P<last>{_ONE}|\(\d+\)))?")
_DIGITS = "零一二三四五六七八九"


def cite(article: str) -> Text:
    """The articles of a rule or code, spelled out; the same law is named once.

    article: "EL 31(2), 45(4); ZJ 36(1)", "EL 44-45", "law silent"; "" and "—" give no words.
    Raises ValueError for a law or a form the rulebook does not know.
    """
    laws: dict[str, list[str]] = {}
    for source in _BETWEEN.split(article):
        law, numbers = _source(source)
        laws.setdefault(law, []).extend(numbers)
    spelled = [_spelled(law, numbers) for law, numbers in laws.items()]
    return Text(
        "；".join(text.zh for text in spelled if text.zh),
        "; ".join(text.en for text in spelled if text.en),
    )


def chinese_number(number: int) -> str:
    """1 to 999 in Chinese: 十, 十九, 二十, 一百零五. Raises ValueError outside."""
    if not 1 <= number <= 999:
        raise ValueError(number)
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and ones and not tens:
        head += "零"
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _source(source: str) -> tuple[str, Sequence[str]]:
    """The law of one source and the articles named of it."""
    if source in _OTHER:
        return source, ()
    if _TEST.fullmatch(source):
        return "house rule", ()
    name, _space, numbers = source.removeprefix(_COMPARE).partition(" ")
    if name not in LAWS or not numbers:
        raise ValueError(source)
    return source.removesuffix(f" {numbers}"), numbers.split(", ")


def _spelled(law: str, numbers: Sequence[str]) -> Text:
    if law in _OTHER:
        return _OTHER[law]
    name = law.removeprefix(_COMPARE)
    text = LAWS[name]
    if law != name or name in _ELSEWHERE:
        text = Text(f"参见{text.zh}", f"{_COMPARE}{text.en}")
    zh = "、".join(dict.fromkeys(_part(number, _chinese, "至") for number in numbers))
    en = ", ".join(dict.fromkeys(_part(number, str, "-") for number in numbers))
    return Text(text.zh + zh, f"{text.en} Art. {en}")


def _part(number: str, say: Callable[[str], str], to: str) -> str:
    """An article, or the first and the last of several: 44-45, 29(2)-(3)."""
    part = _PART.fullmatch(number)
    if part is None:
        raise ValueError(number)
    first, last = part["first"], part["last"]
    return say(first) if last is None else say(first) + to + say(last)


def _chinese(number: str) -> str:
    """45(1) -> 第四十五条第一款, 12(1)(4) -> 第十二条第一款第四项, (3) -> 第三款."""
    article, *below = number.split("(")
    units = zip(below, ("款", "项"), strict=False)
    head = f"第{chinese_number(int(article))}条" if article else ""
    parts = (f"第{chinese_number(int(count.rstrip(')')))}{unit}" for count, unit in units)
    return head + "".join(parts)
