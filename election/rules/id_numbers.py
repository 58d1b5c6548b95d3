"""Identity numbers (公民身份号码, GB 11643-1999): one spelling, the check digit, what they say.

A number is 6 digits of the place, 8 of the birthday, 3 of order (odd: male), one check digit.
"""

import re
import unicodedata
from datetime import date

from election.rules.days import adult_on, day_text
from election.rules.terms import Finding, RuleViolation, declare_code, finding

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_INSIDE = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", re.ASCII)

NOT_EIGHTEEN = declare_code(
    "E.491",
    rule="R5.5",
    article="EL 30(2)",
    zh="身份证号码应为18位，末位可以是X，填入的不是",
    en="an identity number has 18 digits, the last may be X; this one has not",
    remedy_zh="对照身份证重新填写",
    remedy_en="enter it again from the identity card",
)
WRONG_CHECK_DIGIT = declare_code(
    "E.492",
    rule="R5.5",
    article="EL 30(2)",
    zh="身份证号码末位校验不符，号码有误",
    en="the check digit does not fit: a digit is wrong",
    remedy_zh="对照身份证逐位核对",
    remedy_en="compare every digit with the identity card",
)
NO_SUCH_BIRTHDAY = declare_code(
    "E.493",
    rule="R5.5",
    article="EL 30(2)",
    zh="身份证号码中的出生日期不存在",
    en="the number holds a birthday that does not exist",
    remedy_zh="对照身份证逐位核对",
    remedy_en="compare every digit with the identity card",
)
TOO_YOUNG = declare_code(
    "E.494",
    rule="R4.1",
    article="EL 4; ZJ 25",
    zh="被推荐人在选举日（{day}）不满18周岁",
    en="the nominee is under 18 on election day ({day})",
    remedy_zh="没有选举权和被选举权的人不能作候选人",
    remedy_en="somebody without the vote cannot stand",
)
OTHER_SEX = declare_code(
    "E.495",
    rule="R5.5",
    article="EL 30(2)",
    zh="填写的性别与身份证号码不一致",
    en="the sex does not agree with the identity number",
    remedy_zh="对照身份证核对",
    remedy_en="compare with the identity card",
)
OTHER_BIRTH_MONTH = declare_code(
    "E.496",
    rule="R5.5",
    article="EL 30(2)",
    zh="填写的出生年月与身份证号码不一致",
    en="the month of birth does not agree with the identity number",
    remedy_zh="对照身份证核对",
    remedy_en="compare with the identity card",
)
NUMBER_IN_TEXT = declare_code(
    "E.497",
    rule="R4.14",
    article="PIPL 28",
    zh="文字中有身份证号码，不能保存",
    en="the text holds an identity number and is not kept",
    remedy_zh="删去号码；身份证号码只填在专用的栏目",
    remedy_en="delete it: identity numbers go into their own field only",
)


def normalise_id_number(raw: str) -> str:
    """One spelling for one number: no spaces, half-width, a large X."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).upper()


def check_id_number(number: str) -> list[Finding]:
    """The first thing wrong with a normalised number, in a list; empty for a good one."""
    if not _SHAPE.fullmatch(number):
        return [finding(NOT_EIGHTEEN, "id_number")]
    if _CHECK[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11] != number[17]:
        return [finding(WRONG_CHECK_DIGIT, "id_number")]
    if _birthday(number) is None:
        return [finding(NO_SUCH_BIRTHDAY, "id_number")]
    return []


def check_holder(
    number: str, *, male: bool | None, birth_month: str, election_day: date
) -> list[Finding]:
    """What a good number says against what was entered; male None and month "" are not compared.

    Source: EL 4 (18 on election day), 30(2); rules R4.1, R5.5. Raises ValueError for a bad number.
    """
    birthday = birthday_of(number)
    findings = []
    if not adult_on(birthday, election_day):
        findings.append(finding(TOO_YOUNG, "id_number", day=day_text(election_day)))
    if male is not None and male != is_male(number):
        findings.append(finding(OTHER_SEX, "sex"))
    if birth_month and birth_month != f"{birthday:%Y-%m}":
        findings.append(finding(OTHER_BIRTH_MONTH, "birth_month"))
    return findings


def birthday_of(number: str) -> date:
    """The birthday in a good number; ValueError for a bad one."""
    birthday = _birthday(number)
    if birthday is None:
        raise ValueError("not an identity number")
    return birthday


def is_male(number: str) -> bool:
    """Whether a good number is a man's."""
    return int(number[16]) % 2 == 1


def mask(number: str) -> str:
    """The number as it may be shown: 330225********1234."""
    return f"{number[:6]}********{number[-4:]}"


def check_text(text: str, field: str = "reason") -> list[Finding]:
    """A free text that holds a good identity number: notes are read by more people than numbers."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = (match.group().upper() for match in _INSIDE.finditer(plain))
    if any(not check_id_number(number) for number in numbers):
        return [finding(NUMBER_IN_TEXT, field)]
    return []


def refuse_number(*texts: str) -> None:
    """Raise E.497 when a text that goes on record holds an identity number."""
    for text in texts:
        if check_text(text):
            raise RuleViolation(NUMBER_IN_TEXT)


def _birthday(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
