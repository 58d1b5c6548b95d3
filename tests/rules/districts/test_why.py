"""The reasons of a plan: every sentence against a layout counted by hand."""

from fractions import Fraction

from election.rules.districts.why import (
    MoveVerdict,
    Touch,
    seat_options,
    share,
)
from tests.rules.districts.layouts import LAND, a_layout, moves, sentences_of


def test_the_exact_share_is_a_fraction_of_the_seats() -> None:
    layout = a_layout()
    assert share(layout.area(1), layout) == Fraction(21, 10)
    assert sentences_of(layout, 1, "people") == [
        "本选区有2100人（户籍人口）。",
        "全部选区共6000人，应选代表6名，平均每一代表所代表的人口数为1000.0人。",
        "按人口，本选区应得2100×6÷6000＝21/10名，约2.1000名。",
    ]
    assert sentences_of(layout, 1, "people", "en")[2] == (
        "By its people the district's exact share is 2,100 × 6 ÷ 6,000 = 21/10 seats, about 2.1000."
    )


def test_the_seats_are_compared_with_one_more_and_one_fewer() -> None:
    layout = a_layout()
    options = seat_options(layout.area(1), layout)
    assert [one.deviation for one in options] == [
        Fraction(11, 10),
        Fraction(1, 20),
        Fraction(-3, 10),
    ]
    assert sentences_of(layout, 1, "seats") == [
        "如果选1名：每一代表所代表的人口数为2100.0人，与平均数相差+110.00%。",
        "选2名（本方案）：每一代表所代表的人口数为1050.0人，与平均数相差+5.00%。",
        "如果选3名：每一代表所代表的人口数为700.0人，与平均数相差-30.00%。",
        "在法律允许的1至3名中，2名最接近平均数。",
    ]


def test_a_number_of_seats_that_is_not_the_nearest_is_told_to_be_so() -> None:
    layout = a_layout({1: (1, "A1 A2"), 2: (2, "A3 A4"), 3: (3, "A5 A6")})
    assert sentences_of(layout, 1, "seats")[-1] == (
        "最接近平均数的是2名。本选区选1名：全部选区的名额合计必须等于6名，"
        "一个选区的增减要由别的选区承担；取舍由选举委员会决定。"
    )


def test_two_numbers_equally_near_are_a_choice_of_the_committee() -> None:
    """A share of 4/3: one seat is a third too little, two seats are a third too many."""
    layout = a_layout({1: (1, "A1"), 2: (2, "A2")}, seats=3, A1=400, A2=500)
    nearest = [one.seats for one in seat_options(layout.area(1), layout) if one.nearest]
    assert nearest == [1, 2]
    assert (
        sentences_of(layout, 1, "seats")[-1] == "1、2名同样接近平均数，由选举委员会在其中选定1名。"
    )


def test_a_number_of_seats_the_law_does_not_allow_is_said_to_be_so() -> None:
    layout = a_layout({1: (0, "A1 A2"), 2: (4, "A3 A4"), 3: (2, "A5 A6")})
    assert sentences_of(layout, 1, "seats")[-1] == (
        "本选区现为0名，法律只允许1至3名；最接近平均数的是2名。"
    )
    assert sentences_of(layout, 2, "seats")[-1] == (
        "本选区现为4名，法律只允许1至3名；最接近平均数的是2名。"
    )
    assert sentences_of(layout, 1, "units")[-1] == "人口或名额不全，其中2种不能计算。"


def test_unknown_people_stay_unknown() -> None:
    layout = a_layout(A2=None)
    assert sentences_of(layout, 1, "people") == [
        "下列单元没有户籍人口数：A2村。因此本选区的人口、应得名额和偏差都不能计算。"
    ]
    assert sentences_of(layout, 1, "seats") == ["本选区应选代表2名；人口未知，不能与其他名额比较。"]
    assert sentences_of(layout, 3, "people") == [
        "本选区有1800人（户籍人口）。",
        "其他选区还有1个单元人口未知，应得名额和偏差不能计算。",
    ]
    assert sentences_of(layout, 3, "average") == ["人口或名额不全，不能与其他选区比较。"]
    assert {one.verdict for one in moves(layout, 3).values()} == {MoveVerdict.UNKNOWN}


def test_neighbours_are_named_with_how_they_touch() -> None:
    by_ferry = {("A1", "A2"): Touch.FERRY, ("A2", "A3"): LAND}
    layout = a_layout({1: (3, "A1 A2 A3"), 2: (3, "A4 A5 A6")}, touching=by_ferry)
    assert sentences_of(layout, 1, "units") == [
        "相邻关系：A1村与A2村有渡船相通；A2村与A3村陆地相邻。",
        "3个单元连成一片。",
        "按登记的相邻关系，本选区与其他选区不相邻，没有可以调整的边界。",
    ]
    assert sentences_of(layout, 2, "units")[0] == (
        "下列单元没有登记相邻关系，是否相连不能判断：A4村、A5村、A6村。"
    )
