"""Strokes of characters: what the kept table knows, and what it does not."""

import pytest

from election.planning.strokes import strokes_of

# The surnames of nearly everybody, by the strokes that cnchar and hanzi-writer-data both give them.
SURNAMES = {
    2: "丁刁",
    3: "马于万卫习干上",
    4: "王邓韦方尹毛孔文牛尤丰凤卞车水元仇从区支公",
    5: "冯田叶卢石付白龙史包左兰艾古宁冉申甘司台厉占令丘",
    6: "刘孙朱许吕任江闫向汤乔邬巩阮齐华关池成匡牟戎邢阳阴先买米那农曲全权师竹",
    7: "李张陈杨吴何宋肖余杜苏沈陆汪邹邱邵严应励岑忻芦花谷闵芮沙时佟辛巫迟况旷连束邰佘甫轩麦",
    8: "周林罗郑范金孟武易欧竺庞季苗尚房单卓郎冼郁苑岳苟官杭练狐郏",
    9: "赵胡姚钟姜侯段贺郝俞柯柳施娄祝项骆饶洪费宫荣宣羿闻咸相胥荀封南皇闾禹郗郜",
    10: "徐郭高唐袁贾夏秦陶顾钱莫奚柴翁殷凌倪耿聂桂桑涂晏席桓诸徒容莘",
    11: "黄梁曹崔龚常康屠章盛戚符隋尉谌鄂寇鹿麻",
    12: "谢韩彭曾董蒋程覃葛童葵舒焦温喻游储湛傅黑税粟",
    13: "雷赖詹鲍虞裘蓝褚简蒙蒲解鄢楚窦廉骞",
    14: "蔡谭廖熊缪裴管臧阚慕辕鲜",
    15: "潘黎樊滕",
    16: "薛穆霍",
    17: "魏戴鞠檀",
    18: "瞿",
}


@pytest.mark.parametrize(
    ("char", "count"),
    [
        ("丁", 2),
        ("王", 4),
        ("李", 7),
        ("张", 7),
        ("鹤", 15),
        ("𬭎", 12),
        ("䶮", 20),
        ("𠮷", 6),
        ("〇", 1),
        ("一", 1),
    ],
)
def test_a_chinese_character_has_its_number_of_strokes(char: str, count: int) -> None:
    assert strokes_of(char) == count


@pytest.mark.parametrize(("count", "surnames"), SURNAMES.items())
def test_common_surnames_have_the_strokes_that_two_other_tables_give_them(
    count: int, surnames: str
) -> None:
    assert {name: strokes_of(name) for name in surnames} == dict.fromkeys(surnames, count)


@pytest.mark.parametrize("char", ["A", "·", " ", "1", "\U0002ebf0", "\U00033479", "\ue123"])
def test_what_the_table_does_not_know_is_none_not_zero(char: str) -> None:
    assert strokes_of(char) is None


@pytest.mark.parametrize("text", ["", "王伟"])
def test_exactly_one_character_is_counted(text: str) -> None:
    with pytest.raises(ValueError, match="exactly one character"):
        strokes_of(text)
