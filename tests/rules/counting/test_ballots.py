"""One ballot paper: the worked examples EX-32 to EX-37 and EX-58, then properties of all papers."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.codes import codes_of
from election.rules.counting import SheetShape, check_sheet
from election.rules.counting.ballots import (
    BallotPaper,
    Mark,
    Ruling,
    VoidReason,
    WriteIn,
    adjudicate,
)
from election.rules.counting.codes import papers
from election.rules.profile import Profile, profile
from election.rules.terms import InputFault, Severity, Text

FOR, AGAINST, ABSTAIN, UNREADABLE = Mark


def paper(*written: str | WriteIn, **marks: Mark) -> BallotPaper:
    lines = tuple(WriteIn(name) if isinstance(name, str) else name for name in written)
    return BallotPaper(marks=marks, write_ins=lines)


def rule(
    ballot: BallotPaper,
    seats: int = 1,
    *,
    session: bool = False,
    names: Mapping[str, str] | None = None,
    **overrides: object,
) -> Ruling:
    law = profile({name.replace("__", "."): value for name, value in overrides.items()})
    return adjudicate(ballot, seats=seats, profile=law, session=session, names=names)


def referred(ruling: Ruling) -> list[str]:
    return [fault.code.id for fault in ruling.refer]


def rules_used(ruling: Ruling) -> list[str]:
    return [step.rule for step in ruling.steps]


def test_ex_32_three_choices_for_two_seats_make_the_whole_paper_void() -> None:
    ruling = rule(paper("W", A=FOR, B=FOR), seats=2)
    assert (ruling.valid, ruling.void_reason) == (False, VoidReason.TOO_MANY_CHOICES)
    assert (ruling.votes_for, ruling.abstain, ruling.void_lines) == ((), (), ())
    assert (referred(ruling), ruling.law_silent, ruling.counted) == ([], False, True)
    assert ruling.steps[0].text == Text(
        "所选3人多于应选2人，整张作废", "3 persons are chosen for 2 seats: the whole paper is void"
    )


def test_ex_32_fewer_choices_than_seats_are_valid() -> None:
    ruling = rule(paper(A=FOR, B=ABSTAIN, C=AGAINST), seats=2)
    assert ruling == Ruling(valid=True, votes_for=("A",), against=("C",), abstain=("B",))


def test_as_many_choices_as_seats_are_valid() -> None:
    ruling = rule(paper("W", A=FOR, B=AGAINST), seats=2)
    assert (ruling.valid, ruling.votes_for) == (True, ("A", "writein:W"))


def test_ex_33_only_the_unreadable_line_is_void() -> None:
    ruling = rule(paper(A=FOR, B=UNREADABLE), seats=2)
    assert (ruling.valid, ruling.votes_for, ruling.void_lines) == (True, ("A",), ("B",))
    assert (ruling.abstain, ruling.law_silent) == (("B",), True)
    assert ruling.steps[0].text.zh == "有1处无法辨认，该处作废，其余部分有效"


def test_ex_33_under_the_strict_manual_the_whole_paper_is_void() -> None:
    ruling = rule(paper(A=FOR, B=UNREADABLE), seats=2, illegible="WHOLE")
    assert (ruling.valid, ruling.void_reason) == (False, VoidReason.UNREADABLE)
    assert (ruling.votes_for, ruling.law_silent) == ((), True)


def test_an_unreadable_line_is_no_choice() -> None:
    ruling = rule(paper(A=FOR, B=UNREADABLE), seats=1)
    assert (ruling.valid, ruling.votes_for) == (True, ("A",))


def test_ex_34_a_blank_paper_is_a_valid_abstention_on_all() -> None:
    ruling = rule(paper(A=ABSTAIN, B=ABSTAIN))
    assert (ruling.valid, ruling.blank, ruling.abstain) == (True, True, ("A", "B"))
    assert (rules_used(ruling), ruling.law_silent) == (["R8.10"], False)


@pytest.mark.parametrize(
    "ballot",
    [
        paper(A=AGAINST),
        paper(A=UNREADABLE),
        paper("W", A=ABSTAIN),
        paper(WriteIn("W", eligible=False), A=ABSTAIN),
    ],
)
def test_a_paper_with_any_mark_on_it_is_not_blank(ballot) -> None:
    assert not rule(ballot).blank


def test_ex_35_a_voter_may_abstain_and_write_somebody_in() -> None:
    ruling = rule(paper("W", A=ABSTAIN))
    assert (ruling.valid, ruling.votes_for, ruling.abstain) == (True, ("writein:W",), ("A",))
    assert (ruling.law_silent, rules_used(ruling)) == (True, ["R8.12"])
    assert adjudicate(paper("W", A=ABSTAIN), seats=1, profile=profile()) == ruling


def test_ex_35_in_the_deputies_ballot_the_write_in_then_does_not_count() -> None:
    ruling = rule(paper("W", A=ABSTAIN), session=True)
    assert (ruling.valid, ruling.votes_for, ruling.void_lines) == (True, (), ("writein:W",))
    assert (ruling.law_silent, referred(ruling), rules_used(ruling)) == (False, [], ["R11.12"])


def test_in_2021_a_deputy_could_abstain_and_write_somebody_in() -> None:
    law = profile(name="2021-zhejiang")
    ruling = adjudicate(paper("W", A=ABSTAIN), seats=1, profile=law, session=True)
    assert ruling.votes_for == ("writein:W",)


def test_a_committee_may_ask_voters_too_for_an_against() -> None:
    without = rule(paper("W", A=ABSTAIN), writein_requires_against=True)
    with_one = rule(paper("W", A=AGAINST), writein_requires_against=True)
    assert (without.votes_for, without.law_silent) == ((), True)
    assert (with_one.votes_for, with_one.against, with_one.steps) == (("writein:W",), ("A",), ())


def test_each_write_in_of_a_deputy_needs_one_against() -> None:
    enough = rule(paper("V", "W", A=AGAINST, B=AGAINST), seats=2, session=True)
    assert (enough.votes_for, enough.refer) == (("writein:V", "writein:W"), ())
    short = rule(paper("V", "W", A=AGAINST, B=ABSTAIN), seats=2, session=True)
    assert (short.votes_for, short.void_lines) == ((), ("writein:V", "writein:W"))
    assert (referred(short), short.law_silent) == (["A.354"], True)
    assert short.refer[0].facts == {"written": 2, "against": 1}


def test_a_void_write_in_uses_up_no_against() -> None:
    lines = (WriteIn("V"), WriteIn("W", eligible=False))
    ruling = rule(paper(*lines, A=AGAINST, B=ABSTAIN), seats=2, session=True)
    assert (ruling.votes_for, ruling.void_lines) == (("writein:V",), ("writein:W",))


def test_ex_36_a_write_in_who_may_not_be_elected_voids_that_line_only() -> None:
    ruling = rule(paper(WriteIn("W", eligible=False), A=FOR), seats=2)
    assert (ruling.valid, ruling.votes_for, ruling.void_lines) == (True, ("A",), ("writein:W",))
    assert (rules_used(ruling), ruling.law_silent) == (["R8.11"], False)


def test_ex_36_two_namesakes_and_no_further_mark_void_that_line_only() -> None:
    ruling = rule(paper(WriteIn("W", identified=False), A=FOR), seats=2)
    assert (ruling.valid, ruling.votes_for, ruling.void_lines) == (True, ("A",), ("writein:W",))
    assert (rules_used(ruling), ruling.law_silent) == (["R8.11"], True)


def test_a_line_that_is_void_anyway_still_chooses_a_person() -> None:
    ruling = rule(paper(WriteIn("V", eligible=False), WriteIn("W", identified=False), A=FOR))
    assert (ruling.valid, ruling.void_reason) == (False, VoidReason.TOO_MANY_CHOICES)
    assert (referred(ruling), ruling.law_silent) == (["A.353"], True)
    assert ruling.refer[0].facts == {"chosen": 3, "seats": 1, "void": 2}


def test_too_many_sound_choices_need_no_ruling_by_the_scrutineers() -> None:
    ruling = rule(paper(WriteIn("V", eligible=False), A=FOR, B=FOR))
    assert (ruling.void_reason, referred(ruling)) == (VoidReason.TOO_MANY_CHOICES, [])


def test_a_void_line_marked_against_is_not_among_the_choices() -> None:
    ruling = rule(paper(WriteIn("V", AGAINST, eligible=False), "W", A=FOR))
    assert referred(ruling) == []


def test_ex_37_a_paper_of_the_other_level_is_moved_and_not_returned_here() -> None:
    ruling = rule(BallotPaper({"A": FOR}, level_matches=False))
    assert (ruling.valid, ruling.counted, ruling.void_reason) == (False, False, None)
    assert (ruling.votes_for, referred(ruling), ruling.law_silent) == ((), ["A.352"], True)


def test_ex_37_or_void_in_the_box_where_it_was_found() -> None:
    ruling = rule(BallotPaper({"A": FOR}, level_matches=False), misplaced_ballot="VOID")
    assert (ruling.valid, ruling.counted) == (False, True)
    assert (ruling.void_reason, ruling.refer) == (VoidReason.OTHER_LEVEL, ())
    assert rules_used(ruling) == ["R8.13"]


def test_ex_58_a_chair_written_in_must_be_a_deputy_a_mayor_need_not() -> None:
    chair = rule(paper(WriteIn("W", eligible=False), A=AGAINST), session=True)
    mayor = rule(paper(WriteIn("W", eligible=True), A=AGAINST), session=True)
    assert (chair.valid, chair.votes_for, chair.void_lines) == (True, (), ("writein:W",))
    assert (mayor.votes_for, mayor.void_lines) == (("writein:W",), ())


def test_r8_9_an_identifying_mark_is_referred_or_voids_the_paper() -> None:
    ballot = BallotPaper({"A": FOR}, identifying_mark=True)
    asked, strict = rule(ballot), rule(ballot, identifying_mark="VOID")
    assert (asked.valid, asked.votes_for, referred(asked)) == (True, ("A",), ["A.351"])
    assert (strict.void_reason, strict.votes_for) == (VoidReason.IDENTIFYING_MARK, ())
    assert (rules_used(asked), rules_used(strict)) == (["R8.9"], ["R8.9"])


def test_r8_8_a_name_without_a_mark_counts_as_a_vote_for() -> None:
    assert rule(paper(WriteIn("W", None), A=AGAINST)).votes_for == ("writein:W",)


@pytest.mark.parametrize(
    ("line", "void"),
    [
        (WriteIn("W", AGAINST), ("writein:W",)),
        (WriteIn("W", UNREADABLE), ("writein:W",)),
        (WriteIn("W", ABSTAIN), ()),
        (WriteIn(""), ("writein:",)),
        (WriteIn("　", FOR), ("writein:　",)),
    ],
)
def test_a_written_line_that_chooses_nobody_leaves_the_paper_valid(line, void) -> None:
    ruling = rule(paper(line, A=FOR))
    assert (ruling.valid, ruling.votes_for, ruling.void_lines) == (True, ("A",), void)


def test_an_unreadable_name_voids_the_paper_under_the_strict_manual() -> None:
    ruling = rule(paper(WriteIn(""), A=FOR), illegible="WHOLE")
    assert ruling.void_reason is VoidReason.UNREADABLE


def test_a_name_written_twice_is_one_choice_and_one_vote() -> None:
    ruling = rule(paper("W", "W", A=AGAINST))
    assert (ruling.valid, ruling.votes_for) == (True, ("writein:W",))


def test_a_name_written_for_and_against_cannot_be_read() -> None:
    ruling = rule(paper("W", WriteIn("W", AGAINST), A=FOR))
    assert (ruling.votes_for, ruling.void_lines) == (("A",), ("writein:W",))
    assert (referred(ruling), ruling.refer[0].facts) == (["A.356"], {"name": "W"})


def test_a_printed_candidate_written_in_is_a_mark_for_that_candidate() -> None:
    names = {"A": "王芳", "B": "李明"}
    alone = rule(paper("王芳", A=ABSTAIN, B=ABSTAIN), names=names)
    both = rule(paper("王芳", A=FOR, B=ABSTAIN), names=names)
    for ruling in (alone, both):
        assert (ruling.votes_for, ruling.void_lines) == (("A",), ())
        assert (referred(ruling), ruling.law_silent) == (["A.355"], True)
    assert rule(paper("A", A=ABSTAIN)).votes_for == ("A",)


def test_a_printed_candidate_voted_against_and_written_in_cannot_be_read() -> None:
    ruling = rule(paper("王芳", A=AGAINST), names={"A": "王芳"})
    assert (ruling.votes_for, ruling.against, ruling.abstain) == ((), (), ("A",))
    assert (ruling.void_lines, referred(ruling)) == (("A",), ["A.355", "A.356"])


def test_a_readable_mark_beside_an_unreadable_one_for_the_same_person_counts() -> None:
    assert rule(paper("A", A=UNREADABLE)).votes_for == ("A",)


def test_a_ballot_without_a_seat_is_refused() -> None:
    with pytest.raises(InputFault) as fault:
        rule(paper(A=FOR), seats=0)
    assert fault.value.field == "seats"


def test_what_people_must_rule_on_is_an_alert_with_both_sentences() -> None:
    alerts = [code for code in codes_of(papers) if code.id.startswith("A.35")]
    assert len(alerts) == 6
    facts = {"chosen": 3, "seats": 2, "void": 1, "written": 2, "against": 1, "name": "王芳"}
    assert {code.severity for code in alerts} == {Severity.ALERT}
    for code in alerts:
        assert "{" not in "".join(code.cause.filled(facts).to_json().values())


CANDIDATES = ("A", "B", "C")
LINES = st.builds(
    WriteIn,
    name=st.sampled_from(["V", "W", "A", ""]),
    mark=st.sampled_from([None, *Mark]),
    identified=st.sampled_from([True, True, False]),
    eligible=st.sampled_from([True, True, False]),
)
PAPERS = st.builds(
    BallotPaper,
    marks=st.fixed_dictionaries({who: st.sampled_from(Mark) for who in CANDIDATES}),
    write_ins=st.lists(LINES, max_size=3).map(tuple),
    identifying_mark=st.sampled_from([False, False, True]),
    level_matches=st.sampled_from([True, True, True, False]),
)
LAWS = st.fixed_dictionaries(
    {
        "illegible": st.sampled_from(["PART", "WHOLE"]),
        "identifying_mark": st.sampled_from(["REFER", "VOID"]),
        "misplaced_ballot": st.sampled_from(["MOVE", "VOID"]),
        "writein_requires_against": st.booleans(),
        "session.writein_requires_against": st.booleans(),
    }
).map(lambda chosen: profile(chosen, name="2021-zhejiang"))


@given(ballot=PAPERS, seats=st.integers(1, 3), law=LAWS, session=st.booleans())
def test_a_valid_paper_gives_each_candidate_one_answer_and_never_too_many_votes(
    ballot: BallotPaper, seats: int, law: Profile, session: bool
) -> None:
    ruling = adjudicate(ballot, seats=seats, profile=law, session=session)
    printed = [who for who in ruling.votes_for if not who.startswith("writein:")]
    answers = [*printed, *ruling.against, *ruling.abstain]
    assert sorted(answers) == (list(CANDIDATES) if ruling.valid else [])
    assert len(set(ruling.votes_for)) == len(ruling.votes_for) <= seats
    assert not set(ruling.void_lines) & {*ruling.votes_for, *ruling.against}
    assert (ruling.void_reason is None) == (ruling.valid or not ruling.counted)
    assert not ruling.blank or sorted(ruling.abstain) == list(CANDIDATES)
    assert ruling.law_silent or not ruling.refer


@given(ballot=PAPERS, seats=st.integers(1, 3), law=LAWS, data=st.data())
def test_the_order_of_the_lines_does_not_matter(ballot, seats, law, data) -> None:
    marks = dict(data.draw(st.permutations(list(ballot.marks.items()))))
    lines = tuple(data.draw(st.permutations(ballot.write_ins)))
    turned = BallotPaper(marks, lines, ballot.identifying_mark, ballot.level_matches)
    one, other = (adjudicate(b, seats=seats, profile=law) for b in (ballot, turned))
    assert (one.valid, one.void_reason, one.blank) == (other.valid, other.void_reason, other.blank)
    for part in ("votes_for", "against", "abstain", "void_lines"):
        assert sorted(getattr(one, part)) == sorted(getattr(other, part))
    assert sorted(referred(one)) == sorted(referred(other))


@given(ballots=st.lists(PAPERS, max_size=30), seats=st.integers(1, 3), law=LAWS)
def test_papers_ruled_one_by_one_add_up_to_a_sheet_without_errors(ballots, seats, law) -> None:
    rulings = [adjudicate(ballot, seats=seats, profile=law) for ballot in ballots]
    here = [ruling for ruling in rulings if ruling.counted]
    shape = SheetShape(CANDIDATES, seats, allows_writeins=True)
    sheet = Counter(dict.fromkeys(shape.items(), 0))
    sheet.update(issued=len(ballots), returned=len(here))
    for ruling in here:
        sheet.update(void=not ruling.valid, blank=ruling.blank)
        sheet.update(f"against:{who}" for who in ruling.against)
        sheet.update(f"abstain:{who}" for who in ruling.abstain)
        for who in ruling.votes_for:
            sheet.update([who if who.startswith("writein:") else f"for:{who}"])
    faults = check_sheet(shape, dict(sheet), registered=len(ballots), account=None)
    assert [fault for fault in faults if fault.severity is not Severity.WARNING] == []
