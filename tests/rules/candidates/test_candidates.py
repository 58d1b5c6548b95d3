"""Formal candidates: EL 31-32, ZJ 36; worked examples EX-16 to EX-18 of the rulebook."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.planning.strokes import strokes_of
from election.rules.candidates.lists import (
    ListedPerson,
    PrimaryCut,
    check_formal_number,
    check_nominees,
    check_primary_turnout,
    check_stroke_order,
    clean_cuts,
    formal_order,
    legal_number,
    primary_cut,
    stroke_key,
    stroke_order,
)
from election.rules.profile import profile
from election.rules.terms import Finding, InputFault

STROKES = {
    "丁": 2,
    "王": 4,
    "毛": 4,
    "韦": 4,
    "李": 7,
    "张": 7,
    "伟": 6,
    "军": 6,
    "明": 8,
    "一": 1,
    "买": 6,
    "提": 12,
    "艾": 5,
    "力": 2,
}
EX_17 = {"甲": 310, "乙": 280, "丙": 200, "丁": 150, "戊": 150, "己": 90, "庚": 40}
chinese = st.text(st.sampled_from("丁王毛韦李张伟军明一〇𬭎·"), min_size=1, max_size=4)


def people(*names: str) -> list[ListedPerson]:
    return [ListedPerson(str(place), name) for place, name in enumerate(names)]


def order(*names: str) -> list[str]:
    ranked = stroke_order(people(*names), STROKES.get)
    return [names[int(key)] for key in ranked.order]


def codes(findings: list[Finding] | tuple[Finding, ...]) -> list[object]:
    return [finding.to_json()["code"] for finding in findings]


# --- how many ---


@pytest.mark.parametrize(
    ("seats", "limits"), [(1, (2, 2)), (2, (3, 4)), (3, (4, 6)), (4, (6, 8)), (6, (8, 12))]
)
def test_formal_candidates_exceed_the_seats_by_a_third_to_the_whole(
    seats: int, limits: tuple[int, int]
) -> None:
    assert legal_number(seats) == limits


@given(st.integers(1, 500))
def test_the_least_number_is_the_first_that_exceeds_by_a_third(seats: int) -> None:
    least, most = legal_number(seats)
    assert Fraction(least - seats, seats) >= Fraction(1, 3) > Fraction(least - 1 - seats, seats)
    assert (least, most) == (seats + ceil(Fraction(seats, 3)), seats * 2)


@pytest.mark.parametrize("seats", [0, -1])
def test_there_is_no_legal_number_without_a_seat(seats: int) -> None:
    with pytest.raises(InputFault) as fault:
        legal_number(seats)
    assert fault.value.field == "seats"


@pytest.mark.parametrize(
    ("seats", "formal", "expected"),
    [
        (3, 7, ["E.462"]),
        (3, 3, ["E.461"]),
        (3, 4, []),
        (3, 6, []),  # EX-18
        (1, 1, ["E.461"]),
        (1, 2, []),
        (1, 3, ["E.462"]),
        (2, 2, ["E.461"]),
        (2, 5, ["E.462"]),
    ],
)
def test_too_few_or_too_many_formal_candidates_are_errors(
    seats: int, formal: int, expected: list[str]
) -> None:
    assert codes(check_formal_number(seats, formal)) == expected


def test_the_error_names_the_legal_limit() -> None:
    (many,) = check_formal_number(3, 7)
    assert many.cause.zh == "应选3名，正式代表候选人7名，多于法定最多数6名"
    (few,) = check_formal_number(3, 3)
    assert few.cause.en == "3 formal candidates for 3 seats, fewer than the legal 4"


@pytest.mark.parametrize(
    ("seats", "nominees", "expected"),
    [(1, 1, ["E.463"]), (1, 2, []), (1, 3, ["A.464"]), (2, 7, ["A.464"]), (3, 0, ["E.463"])],
)
def test_one_nominee_is_no_election_two_are_and_three_are_reduced(
    seats: int, nominees: int, expected: list[str]
) -> None:  # EX-16
    assert codes(check_nominees(seats, nominees)) == expected


def test_too_few_nominees_are_told_how_many_are_missing() -> None:
    (warning,) = check_nominees(3, 1)
    assert warning.remedy.zh == "继续推荐，至少再推荐3人"


@pytest.mark.parametrize("check", [check_formal_number, check_nominees])
def test_in_a_by_election_candidates_may_equal_or_exceed_the_seats(check: object) -> None:
    by_count = [check(2, count, by_election=True) for count in (1, 2, 3, 9)]  # type: ignore[operator]
    assert [len(faults) for faults in by_count] == [1, 0, 0, 0]


# --- primary ---


def test_a_tie_for_the_last_place_of_a_primary_is_left_to_a_second_primary() -> None:  # EX-17
    assert primary_cut(EX_17, 4) == PrimaryCut(("甲", "乙", "丙"), ("丁", "戊"), 1)


def test_three_formal_candidates_would_cut_no_tie() -> None:  # EX-17, 2 seats: 3 or 4
    assert primary_cut(EX_17, 3) == PrimaryCut(("甲", "乙", "丙"), (), 0)
    assert clean_cuts(EX_17, 2) == (3,)


def test_a_tie_above_the_cut_needs_nothing() -> None:
    assert primary_cut({"甲": 5, "乙": 5, "丙": 1}, 2) == PrimaryCut(("乙", "甲"), (), 0)


def test_all_may_be_tied_for_all_places() -> None:
    assert primary_cut({"乙": 5, "甲": 5, "丙": 5}, 2) == PrimaryCut((), ("丙", "乙", "甲"), 2)


@pytest.mark.parametrize("places", [2, 3])
def test_with_enough_places_everybody_is_through(places: int) -> None:
    assert primary_cut({"甲": 1, "乙": 2}, places) == PrimaryCut(("乙", "甲"), (), 0)


def test_legal_numbers_beyond_the_people_there_are_no_cuts() -> None:
    assert clean_cuts({"甲": 3, "乙": 2, "丙": 1}, 2) == (3,)
    assert clean_cuts({"甲": 3, "乙": 2}, 2) == ()


@pytest.mark.parametrize(
    ("votes", "places", "field"),
    [({"甲": 1}, 0, "places"), ({"甲": 1, "乙": -1}, 1, "votes.乙")],
)
def test_a_primary_with_impossible_figures_is_a_fault_of_the_input(
    votes: dict[str, int], places: int, field: str
) -> None:
    with pytest.raises(InputFault) as fault:
        primary_cut(votes, places)
    assert fault.value.field == field


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 6)),
    st.integers(1, 10),
)
def test_places_are_held_back_only_for_a_true_tie(votes: dict[str, int], places: int) -> None:
    cut = primary_cut(votes, places)
    assert len(cut.chosen) + cut.tied_places == min(places, len(votes))
    assert cut.tied_places == len(cut.tied) == 0 or 0 < cut.tied_places < len(cut.tied)
    assert len({votes[name] for name in cut.tied}) <= 1
    out = set(votes) - set(cut.chosen) - set(cut.tied)
    for name in cut.chosen:
        assert all(votes[name] > votes[behind] for behind in (*cut.tied, *out))


@pytest.mark.parametrize(
    ("share", "participants", "expected"),
    [(0, 0, []), ("1/3", 333, ["E.465"]), ("1/3", 334, []), ("1/3", 0, ["E.465"])],
)
def test_a_primary_reaches_the_turnout_the_profile_asks_for(
    share: object, participants: int, expected: list[str]
) -> None:
    rules = profile({"primary.min_turnout": share})
    assert codes(check_primary_turnout(participants, 1_000, profile=rules)) == expected


# --- stroke order ---


def test_names_are_ordered_by_the_strokes_of_the_surname_fewest_first() -> None:
    assert order("张伟", "王伟", "丁明") == ["丁明", "王伟", "张伟"]


def test_equal_surnames_are_ordered_by_the_strokes_of_the_next_character() -> None:
    assert order("王明", "王伟", "王一") == ["王一", "王伟", "王明"]


def test_a_shorter_name_comes_before_a_longer_one_that_begins_with_it() -> None:
    assert order("王伟明", "王伟") == ["王伟", "王伟明"]
    assert stroke_order(people("王伟明", "王伟"), STROKES.get).findings == ()


def test_the_middle_dot_has_no_strokes() -> None:
    assert stroke_key("买买提·艾力", STROKES.get) == stroke_key("买买提艾力", STROKES.get)
    assert order("买买提·艾力", "李明", "王明") == ["王明", "买买提·艾力", "李明"]


def test_a_person_may_count_the_strokes_of_the_surname_otherwise() -> None:
    assert stroke_key("王伟", STROKES.get, 9) == ((False, 9, ord("王")), (False, 6, ord("伟")))
    ranked = stroke_order([ListedPerson("a", "王伟", 9), ListedPerson("b", "李明")], STROKES.get)
    assert ranked.order == ("b", "a")


def test_different_characters_of_equal_strokes_are_left_to_a_person() -> None:
    ranked = stroke_order(people("王明", "毛一", "丁一"), STROKES.get)
    assert ranked.order == ("2", "1", "0")
    assert codes(ranked.findings) == ["W.466"]
    assert ranked.findings[0].fields == ("1", "0")
    assert ranked.findings[0].cause.zh == ("“毛一”和“王明”中的“毛”与“王”同为4画，先后须由人确定")


def test_a_character_without_a_known_count_is_placed_last_and_reported() -> None:
    ranked = stroke_order(people("𬭎明", "张伟"), STROKES.get)
    assert ranked.order == ("1", "0")
    assert codes(ranked.findings) == ["A.467"]
    assert ranked.findings[0].cause.zh == "“𬭎明”中的“𬭎”查不到笔划数，暂排在最后"


def test_a_person_supplies_the_count_of_an_unknown_surname() -> None:
    ranked = stroke_order([ListedPerson("a", "𬭎明", 12), ListedPerson("b", "张伟")], STROKES.get)
    assert (ranked.order, ranked.findings) == (("b", "a"), ())


def test_namesakes_are_reported() -> None:
    ranked = stroke_order(people("王伟", "王伟"), STROKES.get)
    assert codes(ranked.findings) == ["W.469"]


def test_the_kept_table_orders_real_surnames() -> None:
    names = ("鹤〇", "张王", "丁李", "王𬭎")
    ranked = stroke_order(people(*names), strokes_of)
    assert [names[int(key)] for key in ranked.order] == ["丁李", "王𬭎", "张王", "鹤〇"]
    assert ranked.findings == ()


@given(st.lists(chinese, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(names: list[str], chance: object) -> None:
    listed = people(*names)
    shuffled = list(listed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stroke_order(listed, strokes_of) == stroke_order(shuffled, strokes_of)


@given(st.lists(chinese, max_size=6))
def test_the_proposed_order_passes_the_check_and_is_complete(names: list[str]) -> None:
    listed = people(*names)
    ranked = stroke_order(listed, strokes_of)
    assert sorted(ranked.order) == sorted(person.id for person in listed)
    assert check_stroke_order([listed[int(key)] for key in ranked.order], strokes_of) == []


def test_an_order_by_hand_may_swap_what_the_strokes_leave_open_and_nothing_else() -> None:
    assert check_stroke_order(people("王明", "毛一", "韦军"), STROKES.get) == []
    assert check_stroke_order(people("𬭎明", "丁一"), STROKES.get) == []
    errors = check_stroke_order(people("王明", "毛一", "王伟"), STROKES.get)
    assert [(error.fields, error.to_json()["code"]) for error in errors] == [(("0", "2"), "E.468")]
    assert errors[0].cause.zh == "“王明”排在“王伟”之前，但“明”8画，“伟”6画"


def test_a_name_and_its_own_beginning_are_in_no_wrong_order() -> None:
    assert check_stroke_order(people("王伟", "王伟", "王"), STROKES.get) == []


# --- formal list ---

PRIMARY_VOTES = profile({"formal_list_order": "PRIMARY_VOTES"})


def test_zhejiang_orders_the_formal_list_by_strokes_even_after_a_primary() -> None:
    ranked = formal_order(
        people("张伟", "王伟"), STROKES.get, profile=profile(), primary_votes={"0": 9, "1": 1}
    )
    assert ranked.order == ("1", "0")


def test_elsewhere_the_votes_of_the_primary_decide_where_there_was_one() -> None:
    listed = people("张伟", "王伟", "丁明")
    votes = {"0": 9, "1": 1, "2": 4}
    by_votes = formal_order(listed, STROKES.get, profile=PRIMARY_VOTES, primary_votes=votes)
    assert by_votes.order == ("0", "2", "1")
    without = formal_order(listed, STROKES.get, profile=PRIMARY_VOTES)
    assert without.order == ("2", "1", "0")


def test_equal_votes_stand_in_stroke_order_and_only_they_need_confirming() -> None:
    listed = people("王明", "毛一", "韦军", "𬭎一")
    votes = {"0": 5, "1": 3, "2": 5, "3": 1}
    ranked = formal_order(listed, STROKES.get, profile=PRIMARY_VOTES, primary_votes=votes)
    assert ranked.order == ("0", "2", "1", "3")
    assert [(finding.fields, finding.to_json()["code"]) for finding in ranked.findings] == [
        (("0", "2"), "W.466"),
        (("3",), "A.467"),
    ]


@pytest.mark.parametrize("votes", [{"0": 5, "1": 5}, {"0": 5, "1": 4}])
def test_namesakes_are_reported_once_whatever_their_votes(votes: dict[str, int]) -> None:
    ranked = formal_order(
        people("王伟", "王伟"), STROKES.get, profile=PRIMARY_VOTES, primary_votes=votes
    )
    assert codes(ranked.findings) == ["W.469"]


def test_missing_votes_are_not_zero_votes() -> None:
    with pytest.raises(InputFault) as fault:
        formal_order(
            people("王伟", "丁明"), STROKES.get, profile=PRIMARY_VOTES, primary_votes={"0": 1}
        )
    assert fault.value.field == "primary_votes.1"
