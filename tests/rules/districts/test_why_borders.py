"""Every unit on a border tried on the other side, and what a proof may say."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from election.rules.districts.why import (
    DistrictLayout,
    FixedChoices,
    KeptChoices,
    MoveVerdict,
    PlanProof,
    Touch,
    UnitPart,
    alternatives,
    fixed_steps,
    neighbours,
    proof_steps,
)
from election.rules.districts.why.moves import move_steps
from tests.rules.districts.layouts import LAND, PEOPLE, a_layout, moves, sentences_of


def test_a_district_in_pieces_says_so() -> None:
    layout = a_layout({1: (2, "A1 A3"), 2: (2, "A2 A4"), 3: (2, "A5 A6")})
    assert sentences_of(layout, 1, "units")[0] == (
        "按登记的相邻关系，本选区分成互不相连的2片：A1村；A3村。保留的理由由选举委员会记录。"
    )


def test_a_part_of_a_split_unit_is_named_as_a_part() -> None:
    parts = UnitPart("A3#1", "A3村", 500, 1), UnitPart("A3#2", "A3村", 400, 2)
    layout = replace(
        a_layout(),
        areas=(DistrictLayout(1, 1, parts[:1]), DistrictLayout(2, 1, parts[1:])),
        touching={("A3#1", "A3#2"): Touch.PART},
        seats=2,
    )
    assert sentences_of(layout, 2, "units")[:2] == [
        "按规定，大的村可以拆分；A3村已拆分，本选区只包括其第2部分。",
        "本选区只有A3村第2部分，没有与其他单元合并。",
    ]
    assert sentences_of(layout, 2, "units", "en")[1] == (
        "The district is A3村 (part 2) alone: it is joined with no other unit."
    )


def test_every_unit_on_a_border_is_tried_on_the_other_side() -> None:
    layout = a_layout()
    found = moves(layout, 2)
    assert neighbours(layout.area(2), layout) == [1, 3]
    assert list(found) == [("A3", 2, 1), ("A4", 2, 3), ("A2", 1, 2), ("A5", 3, 2)]
    given = found["A3", 2, 1]  # 1,200 and 3,000 people: one and three seats fit best
    assert (given.seats_before, given.seats) == ((2, 2), (1, 3))
    assert (given.largest_before, given.largest) == (Fraction(1, 10), Fraction(1, 5))
    verdicts = [one.verdict.value for one in found.values()]
    assert verdicts == ["worse", "same", "worse", "better"]
    assert sentences_of(layout, 2, "units")[2:4] == [
        "本选区与第1、3选区相邻。把边界上的单元逐个改划到邻近选区、或从邻近选区划入，"
        "共试算4种（两个选区的名额合计不变，按最均等的办法分配）。",
        "其中2种会使人口更不均等，1种没有变化，1种会更均等。",
    ]


def test_where_no_move_helps_the_reader_is_told() -> None:
    layout = a_layout({1: (1, "A1"), 2: (2, "A2 A3"), 3: (2, "A4 A5"), 4: (1, "A6")})
    assert sentences_of(layout, 2, "units")[-2:] == [
        "其中1种会使选区断开或没有单元，3种会使人口更不均等。",
        "因此，在选区不减少的前提下，单独改划一个单元，不能使本选区与邻近选区更均等"
        "（全部选区最大偏差现为0.00%）。",
    ]


def test_a_plan_that_could_be_more_equal_is_told_to_be_so() -> None:
    layout = a_layout({1: (3, "A1 A2 A3 A4"), 2: (3, "A5 A6")})
    best = moves(layout, 1)["A4", 1, 2]
    assert (best.verdict, best.seats, best.largest) == (MoveVerdict.BETTER, (3, 3), Fraction(0))
    assert sentences_of(layout, 1, "units")[-1] == (
        "最均等的一种是把A4村由第1选区改划第2选区（名额3名、3名）："
        "两个选区中较大的偏差由40.00%变为0.00%，全部选区最大偏差由40.00%变为0.00%。"
        "不这样划的理由由选举委员会说明。"
    )
    far = a_layout(
        {1: (1, "A1"), 2: (1, "A2 A3"), 3: (1, "A4 A5"), 4: (1, "A6")},
        seats=4,
        A1=600,
        A2=400,
        A3=1000,
        A4=500,
        A5=500,
        A6=4000,
    )
    assert sentences_of(far, 1, "units", "en")[-1].split(": ")[1] == (
        "the larger deviation of the two goes from 65.71% to 42.86%, the largest of all districts "
        "stays at 128.57%. Why it is not drawn so is for the election committee to say."
    )


def test_a_move_against_a_fixed_choice_is_measured_but_is_no_way_out() -> None:
    layout = a_layout({1: (3, "A1 A2 A3 A4"), 2: (3, "A5 A6")})
    found = {
        name: alternatives(layout.area(1), layout, kept)[0]
        for name, kept in {
            "together": KeptChoices(together=(("A3", "A4"),)),
            "apart": KeptChoices(apart=(("A4", "A6"),)),
            "alone": KeptChoices(alone=frozenset({"A4"})),
            "beside": KeptChoices(alone=frozenset({"A5"})),
            "within": KeptChoices(within=(("A5", "A6"),)),
            "locked": KeptChoices(locked=frozenset({2})),
            "free": KeptChoices(
                together=(("A1", "A2"), ("A4", "A5")),
                apart=(("A1", "A6"),),
                alone=frozenset({"A1"}),
                within=(("A4", "A5", "A6"),),
                locked=frozenset({9}),
            ),
        }.items()
    }
    assert {one.piece.code for one in found.values()} == {"A4"}
    assert {one.largest for one in found.values()} == {Fraction(0)}
    assert {name for name, one in found.items() if one.verdict is not MoveVerdict.FIXED} == {"free"}
    kept = KeptChoices(locked=frozenset({2}))
    moves = alternatives(layout.area(1), layout, kept)
    assert [step.text.zh for step in move_steps(layout.area(1), layout, moves)][1:] == [
        "其中2种不符合事先确定的条件。",
        "因此，在符合事先确定的条件的前提下，单独改划一个单元，不能使本选区与邻近选区更均等"
        "（全部选区最大偏差现为40.00%）。",
    ]


def test_a_choice_a_district_does_not_keep_is_noticed() -> None:
    area = a_layout().area(1)  # A1, A2
    broken = [
        KeptChoices(together=(("A2", "A3"),)),
        KeptChoices(apart=(("A1", "A2"),)),
        KeptChoices(alone=frozenset({"A1"})),
        KeptChoices(within=(("A2", "A3"),)),
    ]
    sound = KeptChoices(
        together=(("A1", "A2"), ("A3", "A4")),
        apart=(("A1", "A3"),),
        alone=frozenset({"A3"}),
        within=(("A1", "A2", "A3"),),
    )
    assert [kept.broken(area) for kept in (*broken, sound, KeptChoices())] == [
        *[True] * 4,
        False,
        False,
    ]


def test_parts_of_one_unit_may_part_and_a_part_answers_for_its_unit() -> None:
    parts = UnitPart("A3#1", "A3村", 500, 1), UnitPart("A3#2", "A3村", 400, 2)
    source = DistrictLayout(1, 1, (*parts, UnitPart("A4", "A4村", 300)))
    target = DistrictLayout(2, 1, (UnitPart("A5", "A5村", 300),))
    assert not KeptChoices(together=(("A3", "A5"),)).against(parts[0], source, target)
    assert KeptChoices(together=(("A3", "A4"),)).against(parts[0], source, target)
    assert KeptChoices(apart=(("A3", "A5"),)).against(parts[1], source, target)


def test_a_move_that_breaks_or_empties_a_district_is_no_alternative() -> None:
    layout = a_layout({1: (3, "A1 A2 A3"), 2: (3, "A4"), 3: (3, "A5 A6")}, seats=9)
    middle = {**layout.touching, ("A2", "A5"): LAND}
    broken = moves(replace(layout, touching=middle), 1)
    assert broken["A2", 1, 3].verdict is MoveVerdict.BROKEN
    assert broken["A4", 2, 1].verdict is MoveVerdict.EMPTY
    assert broken["A4", 2, 1].largest is None


def test_the_law_is_said_to_give_no_number() -> None:
    assert sentences_of(a_layout(), 1, "law")[-1] == (
        "法律没有规定“大体相等”的具体数值。程序在偏差超过20%、30%时提示，只作提醒，不是法律界限。"
    )


def test_where_a_district_stands_among_all() -> None:
    assert sentences_of(a_layout(), 1, "average") == [
        "3个选区的偏差在-10.00%至+5.00%之间。本选区为+5.00%，"
        "有0个选区比它更接近平均数，1个选区比它更远。"
    ]


def test_a_district_without_units_says_only_that() -> None:
    layout = replace(a_layout(), areas=(*a_layout().areas, DistrictLayout(4, 0, ())))
    assert sentences_of(layout, 4, "people") == ["本选区还没有划入单元。"]


def test_fixed_choices_are_told_one_by_one() -> None:
    fixed = FixedChoices(
        together=(("甲村", "乙村"),),
        apart=(("甲村", "丙村"),),
        alone=("港口",),
        split=("甲村",),
        within=(("甲村", "乙村", "丁村"),),
        locked=True,
        least=20,
        most=40,
    )
    assert [step.text.zh for step in fixed_steps(fixed)] == [
        "甲村、乙村要在同一选区。",
        "甲村、丙村不在同一选区。",
        "港口单独成为一个选区。",
        "甲村要拆分。",
        "选区不跨越下列单元组成的范围：甲村、乙村、丁村。",
        "本选区已锁定，划分时保持不变。",
        "选区不少于20个。",
        "选区不多于40个。",
    ]
    assert list(fixed_steps(FixedChoices())) == []


def test_a_proof_speaks_only_of_what_was_proven() -> None:
    best = PlanProof("max", Fraction(1, 20), Fraction(1, 20), unchanged=True)
    assert [step.text.zh for step in proof_steps(best)] == [
        "本方案由程序按人口均等提出：最大偏差为5.00%。",
        "已证明：在当时的单元、相邻关系、拆分办法和固定条件下，没有方案能使最大偏差更小（下限5.00%）。",
    ]
    open_gap = PlanProof(
        "sum", Fraction(1, 5), Fraction(1, 10), unchanged=False, whole_districts=True
    )
    assert [step.text.en for step in proof_steps(open_gap)] == [
        "The plan was proposed by the program to make people per deputy equal: the sum of "
        "deviations (the differences between exact share and seats, added up) is 0.200 seats.",
        "It kept every district of the town plan whole.",
        "Proven: under the same conditions no plan can bring the sum of deviations (the "
        "differences between exact share and seats, added up) below 0.100 seats; whether there "
        "is one in between is not proven.",
        "The plan or its people were changed afterwards: these figures speak of it as it was "
        "proposed.",
    ]
    unknown = PlanProof("max", Fraction(1, 20), None, unchanged=True)
    assert [step.text.zh for step in proof_steps(unknown)][1] == "没有记录可以证明的下限。"


@given(
    people=st.lists(st.integers(0, 3000), min_size=6, max_size=6),
    cuts=st.tuples(st.integers(1, 2), st.integers(3, 4), st.integers(5, 5)),
    seats=st.tuples(*[st.integers(1, 3)] * 4),
)
def test_every_move_is_measured_as_if_it_had_been_made(people, cuts, seats) -> None:
    """Against a plain recount: make the move, try all seats of the two, take the best."""
    codes, total = list(PEOPLE), sum(people)
    if not total:
        return
    counts = dict(zip(codes, people, strict=True))
    ends = [0, *cuts, 6]
    drawn = {
        n: (seats[n - 1], " ".join(codes[a:b])) for n, (a, b) in enumerate(pairwise(ends), start=1)
    }
    layout = a_layout(drawn, seats=sum(seats), **counts)
    homes = {n: given.split() for n, (_seats, given) in drawn.items()}

    def worst(homes: dict[int, list[str]], seats: dict[int, int]) -> Fraction:
        average = Fraction(total, sum(seats.values()))
        return max(
            abs(Fraction(sum(counts[c] for c in homes[n]), seats[n]) / average - 1) for n in homes
        )

    for number in drawn:
        for (code, source, target), move in moves(layout, number).items():
            if move.verdict in (MoveVerdict.EMPTY, MoveVerdict.BROKEN):
                continue
            after = {n: [c for c in home if c != code] for n, home in homes.items()}
            after[target].append(code)
            now = {n: given for n, (given, _codes) in drawn.items()}
            both = now[source] + now[target]
            options = [
                worst(after, {**now, source: k, target: both - k})
                for k in (1, 2, 3)
                if 1 <= both - k <= 3
            ]
            assert move.largest == min(options)
            assert sum(move.seats) == both
