"""Names of persons: one spelling for one name, rare characters exact, formulas refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.names import check_name, is_han, is_latin, normalise_name, told_apart

RARE = "𬭎〇䶮𠮷㐂\u9fff\U0002ebf0\U00031350\U00032400﨑"  # basic to extension J, and a single
names = st.text(
    st.sampled_from("王伟𬭎〇·•・ \u3000\u00a0aＡe\u0301\u200b\n=-買\uf92c"), max_size=12
)


def codes(name: str) -> list[object]:
    return [found.to_json()["code"] for found in check_name(name)]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("王　伟", "王伟"),
        ("王 伟", "王伟"),
        (" 王\u00a0小 明\u3000", "王小明"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提 ･ 艾力", "买买提·艾力"),
        ("买买提\u0387艾力", "买买提·艾力"),
        ("Anna  Maria", "Anna Maria"),
        ("王 Anna", "王 Anna"),
        ("Anna 王", "Anna 王"),
        ("Ａｎｎａ", "Anna"),
        ("ＡＺａｚ", "AZaz"),
        ("＠［｀｛", "＠［｀｛"),  # the neighbours of the letters
        ("e\u0301", "é"),
        ("Ｅ\u0301", "É"),
        ("", ""),
        ("\u3000", ""),
        ("王\n伟", "王\n伟"),  # left for check_name to refuse
        ("\uf92c", "郎"),  # the compatibility form is canonically the same character
    ],
)
def test_one_name_has_one_spelling(raw: str, name: str) -> None:
    assert normalise_name(raw) == name


@pytest.mark.parametrize("char", RARE)
def test_rare_characters_stay_exactly_what_they_are(char: str) -> None:
    name = f"李{char}"
    assert normalise_name(name).encode() == name.encode()
    assert codes(name) == []


def test_compatibility_folding_is_not_applied() -> None:
    assert normalise_name("⼩") == "⼩"  # the radical, which NFKC would turn into 小
    assert codes("⼩") == ["E.405"]


@given(names)
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    assert normalise_name(normalise_name(raw)) == normalise_name(raw)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_normalised_and_judged_without_failing(raw: str) -> None:
    name = normalise_name(raw)
    assert normalise_name(name) == name
    for found in check_name(name):
        found.to_json()


@given(names)
def test_the_characters_of_a_name_survive_but_for_spaces_and_dots(raw: str) -> None:
    def han(text: str) -> str:
        return "".join(char for char in unicodedata.normalize("NFC", text) if is_han(char))

    assert han(normalise_name(raw)) == han(raw)


@pytest.mark.parametrize("name", ["王伟", "王", "欧阳娜娜", "买买提·艾力", "李〇", "鹤" * 40])
def test_good_names_have_no_findings(name: str) -> None:
    assert codes(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", ["E.401"]),
        ("王" * 41, ["E.402"]),
        ("=1", ["E.403", "E.405"]),
        ("=王伟", ["E.403"]),
        ("+王伟", ["E.403"]),
        ("-王伟", ["E.403"]),
        ("@王伟", ["E.403"]),
        ("＝王伟", ["E.403"]),
        ("＋王伟", ["E.403"]),
        ("－王伟", ["E.403"]),
        ("＠王伟", ["E.403"]),
        ("\t王伟", ["E.404"]),
        ("\r王伟", ["E.404"]),
        ("王\n伟", ["E.404"]),
        ("王\u2028伟", ["E.404"]),
        ("王\u200b伟", ["E.404"]),
        ("王\x00伟", ["E.404"]),
        ("王\u202e伟", ["E.404"]),
        ("王\ud800伟", ["E.404"]),
        ("王1", ["E.405"]),
        ("王?", ["E.405"]),
        ("王\ufffd", ["E.405"]),
        ("王=伟", ["E.405"]),
        ("'王伟", ["E.405"]),
        ("王 伟", ["E.405"]),  # not normalised
        ("王，伟", ["E.405"]),
        ("Иван", ["E.405"] * 4),
        ("王\ue123", ["E.406"]),
        ("·王", ["E.407"]),
        ("王·", ["E.407"]),
        ("王··伟", ["E.407"]),
        ("·", ["E.407"]),
        ("Anna Maria", ["A.408"]),
        ("Jean-Luc O'Neil", ["A.408"]),
        ("王A", ["A.408"]),
        ("é", ["A.408"]),
        ("<b>王", ["E.405", "E.405", "A.408"]),
        ("-A", ["E.403", "A.408"]),
    ],
)
def test_what_cannot_be_a_name_is_told(name: str, expected: list[str]) -> None:
    assert codes(name) == expected


def test_the_place_and_code_point_of_a_bad_character_are_named() -> None:
    (bad,) = check_name("王a\u200b伟")[:1]
    assert bad.cause.zh == "姓名第3个字符是换行、制表或其他不可见字符（U+200B）"
    (digit,) = check_name("王1")
    assert digit.cause.en == 'character 2 of the name, "1" (U+0031), cannot stand in a name'


def test_the_sign_of_a_formula_is_named() -> None:
    (found,) = check_name("＝王伟")
    assert found.cause.zh == "姓名以“＝”开头，会被表格软件当作公式"


def test_latin_letters_are_shown_to_the_second_person() -> None:
    (found,) = check_name("王 Anna")
    assert (found.cause.zh, found.severity) == ("姓名含有拉丁字母“Anna”", "alert")


@pytest.mark.parametrize(
    ("char", "han"),
    [
        ("\u3400", True),
        ("\u4dbf", True),
        ("\u4dc0", False),
        ("\u4e00", True),
        ("\u9fff", True),
        ("\ua000", False),
        ("\u3006", False),
        ("\u3008", False),
        ("\ufa0d", False),
        ("\ufa0e", True),
        ("\ufa29", True),
        ("\ufa2a", False),
        ("\U0001ffff", False),
        ("\U00020000", True),
        ("\U0002a6df", True),
        ("\U0002a6e0", False),
        ("\U0002a700", True),
        ("\U0002a6ff", False),
        ("\U0002ee5e", False),
        ("\U0002ee5d", True),
        ("\U0002f800", False),
        ("\U00030000", True),
        ("\U00033479", True),
        ("\U0003347a", False),
        ("ア", False),
        ("a", False),
    ],
)
def test_the_chinese_characters_are_those_of_the_unified_blocks(char: str, han: bool) -> None:
    assert is_han(char) is han


def test_exactly_twelve_characters_of_the_compatibility_block_stand_for_themselves() -> None:
    kept = [chr(point) for point in range(0xF900, 0xFB00) if is_han(chr(point))]
    stable = [
        chr(point)
        for point in range(0xF900, 0xFB00)
        if unicodedata.category(chr(point)) == "Lo"
        and unicodedata.normalize("NFC", chr(point)) == chr(point)
    ]
    assert kept == stable
    assert len(kept) == 12


def test_latin_letters_are_known_with_accents_and_without() -> None:
    assert [is_latin(char) for char in "aZéřя王1'"] == [True] * 4 + [False] * 4


@pytest.mark.parametrize(
    ("sexes", "names"),
    [
        (("male", "female"), ["王芳（男）", "王芳（女）"]),
        (("male", "male"), ["王芳（1）", "王芳（2）"]),
        (("male", None), ["王芳（1）", "王芳（2）"]),
    ],
)
def test_namesakes_are_told_apart(sexes: tuple[str | None, ...], names: list[str]) -> None:
    people = {f"c{n}": ("王芳", sex) for n, sex in enumerate(sexes)}
    assert list(told_apart(people | {"c9": ("李明", "male")}).values()) == [*names, "李明"]
