"""Names of persons: one spelling for one name, and what cannot be a name.

Rare characters (𬭎, 〇, 䶮) stay exactly what they are; only canonical forms are unified (NFC). The
compatibility forms (NFKC) would change characters that people have in their identity cards.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from election.rules.terms import Code, Finding, declare_code, finding

MAX_LENGTH = 40  # characters
MIDDLE_DOT = "·"  # 间隔号 of GB/T 15834
# Look-alikes that keyboards and office programs put in its place.
_DOTS = dict.fromkeys(map(ord, "•・･‧∙⋅"), MIDDLE_DOT)
_WIDE_LETTERS = {wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HAN_BLOCKS = (
    (0x4E00, 0x9FFF),  # basic
    (0x3400, 0x4DBF),  # extension A
    (0x20000, 0x2A6DF),  # B
    (0x2A700, 0x2EE5D),  # C, D, E, F, I
    (0x30000, 0x33479),  # G, H, J
    (0x3007, 0x3007),  # 〇
)
# The twelve characters of the compatibility block that are characters of their own.
_HAN_SINGLES = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
_FORMULA_STARTS = "=+-@＝＋－＠﹦﹢﹣﹫"
_SEXES = {"male": "男", "female": "女"}
_LATIN_JOINERS = " -'’"
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_SPACES = r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"

EMPTY = declare_code(
    "E.401",
    rule="R4.14",
    article="—",
    zh="姓名为空",
    en="the name is empty",
    remedy_zh="填写身份证上的姓名",
    remedy_en="enter the name as on the identity card",
)
TOO_LONG = declare_code(
    "E.402",
    rule="R4.14",
    article="—",
    zh="姓名有{length}个字，超过{most}个",
    en="the name has {length} characters, more than {most}",
    remedy_zh="检查是否填入了其他内容",
    remedy_en="check whether something else was put in",
)
FORMULA = declare_code(
    "E.403",
    rule="R4.14",
    article="—",
    zh="姓名以“{sign}”开头，会被表格软件当作公式",
    en='the name starts with "{sign}", which spreadsheets run as a formula',
    remedy_zh="删去开头的符号",
    remedy_en="delete the sign at the start",
)
INVISIBLE = declare_code(
    "E.404",
    rule="R4.14",
    article="—",
    zh="姓名第{place}个字符是换行、制表或其他不可见字符（{point}）",
    en="character {place} of the name is a line break, tab or other invisible sign ({point})",
    remedy_zh="删去该字符后重新填写",
    remedy_en="delete it and enter the name again",
)
NOT_A_LETTER = declare_code(
    "E.405",
    rule="R4.14",
    article="—",
    zh="姓名第{place}个字符“{sign}”（{point}）不能用于姓名",
    en='character {place} of the name, "{sign}" ({point}), cannot stand in a name',
    remedy_zh="姓名用汉字，少数民族姓名用间隔号“·”分隔",
    remedy_en="use Chinese characters, with · between parts",
)
PRIVATE_CHARACTER = declare_code(
    "E.406",
    rule="R4.14",
    article="—",
    zh="姓名第{place}个字符（{point}）是自造字，换一台计算机就显示不出来",
    en="character {place} of the name ({point}) is privately made; other computers cannot show it",
    remedy_zh="向公安机关核对该字的国家标准（GB 18030）编码后填写",
    remedy_en="ask the police for the character's GB 18030 code and enter that",
)
MISPLACED_DOT = declare_code(
    "E.407",
    rule="R4.14",
    article="—",
    zh="姓名中的间隔号“·”在开头、结尾或者连续出现",
    en="the dot · stands at the start, at the end or twice in a row",
    remedy_zh="间隔号只用在姓名两部分之间",
    remedy_en="the dot stands only between two parts of a name",
)
LATIN = declare_code(
    "A.408",
    rule="R4.14",
    article="—",
    zh="姓名含有拉丁字母“{letters}”",
    en='the name has Latin letters "{letters}"',
    remedy_zh="与身份证核对后由第二人确认",
    remedy_en="compare with the identity card; a second person confirms",
)


def normalise_name(raw: str) -> str:
    """One spelling for one name: 王　伟 and 王伟 are the same, so are 买买提•艾力 and 买买提·艾力.

    Spaces around the name, between Chinese characters and beside the middle dot fall away; runs of
    spaces elsewhere become one; dots become ·, full-width Latin letters half-width. Line breaks,
    tabs and invisible signs stay, so that check_name can refuse them. Applying it twice changes
    nothing more.
    """
    name = unicodedata.normalize("NFC", raw).translate(_DOTS).translate(_WIDE_LETTERS)
    name = unicodedata.normalize("NFC", name)  # a letter made narrow may now join its accent
    name = re.sub(f"{_SPACES}+", " ", name).strip(" ")
    return re.sub(r"(?<=(.)) (?=(.))", _space_or_none, name, flags=re.DOTALL)


def _space_or_none(match: re.Match[str]) -> str:
    before, after = match.group(1), match.group(2)
    beside_dot = MIDDLE_DOT in (before, after)
    return "" if beside_dot or (is_han(before) and is_han(after)) else " "


def told_apart(people: Mapping[str, tuple[str, str | None]]) -> dict[str, str]:
    """Id -> name as it is shown; namesakes are told apart by sex, else by their place here.

    people: id -> name and sex, in an order that does not change. 王芳（男）, 王芳（女）; 王芳（1）.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for who, (name, _sex) in people.items():
        alike[name].append(who)
    names = {}
    for who, (name, _sex) in people.items():
        sexes = [people[other][1] for other in alike[name]]
        by_sex = None not in sexes and len(set(sexes)) == len(sexes)
        mark = _SEXES[people[who][1] or ""] if by_sex else alike[name].index(who) + 1
        names[who] = f"{name}（{mark}）" if len(sexes) > 1 else name
    return names


def is_han(sign: str) -> bool:
    """Whether one character is a Chinese one: every block up to extension J, and 〇.

    Written out, because the tables of Python's own unicodedata end before the newest blocks.
    """
    point = ord(sign)
    return sign in _HAN_SINGLES or any(first <= point <= last for first, last in _HAN_BLOCKS)


def is_latin(sign: str) -> bool:
    """Whether one character is a Latin letter, with or without accent."""
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN ")


def check_name(name: str) -> list[Finding]:
    """Every fault of a normalised name, one finding each; none for a good Chinese name.

    Latin letters (with space, hyphen and apostrophe between them) are an alert: somebody entitled
    must confirm them. Everything but Chinese characters, the dot and Latin letters is an error.
    """
    if not name:
        return [finding(EMPTY, "name")]
    findings = []
    if len(name) > MAX_LENGTH:
        findings.append(finding(TOO_LONG, "name", length=len(name), most=MAX_LENGTH))
    if name[0] in _FORMULA_STARTS:
        findings.append(finding(FORMULA, "name", sign=name[0]))
    letters = "".join(sign for sign in name if is_latin(sign))
    findings.extend(_bad_signs(name, joiners=_LATIN_JOINERS if letters else ""))
    parts = name.split(MIDDLE_DOT)
    if not all(parts):
        findings.append(finding(MISPLACED_DOT, "name"))
    if letters:
        findings.append(finding(LATIN, "name", letters=letters))
    return findings


def _bad_signs(name: str, *, joiners: str) -> list[Finding]:
    findings = []
    for place, sign in enumerate(name, start=1):
        if is_han(sign) or is_latin(sign) or sign == MIDDLE_DOT or sign in joiners:
            continue
        if place == 1 and sign in _FORMULA_STARTS:
            continue  # said already, with its own reason
        code = _sign_code(sign)
        facts = {"sign": sign} if code is NOT_A_LETTER else {}
        findings.append(finding(code, "name", place=place, point=f"U+{ord(sign):04X}", **facts))
    return findings


def _sign_code(sign: str) -> Code:
    category = unicodedata.category(sign)
    if category in _INVISIBLE:
        return INVISIBLE
    return PRIVATE_CHARACTER if category == "Co" else NOT_A_LETTER
