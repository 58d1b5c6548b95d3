"""Nominations: EL 10, 30-32, 48; ZJ 12, 34-36, 53; worked examples EX-14, 15, 20, 21, 23."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.candidates.nominations import (
    NomineePapers,
    OrganisationAct,
    Signer,
    check_first_list,
    check_joint,
    check_nomination_day,
    check_organisation,
    check_papers,
    check_party_total,
    check_women_share,
)
from election.rules.candidates.standing import (
    Area,
    ExitReason,
    Standing,
    check_committee_member,
    check_double_candidacy,
    check_registration,
    check_unrelated_areas,
    refuse_deletion,
)
from election.rules.profile import profile
from election.rules.terms import Finding, InputFault, Level, RuleViolation

LAW = profile()
HERE = "第3选区"


def signers(count: int, district: str | None = HERE) -> list[Signer]:
    return [Signer(f"v{place}", district) for place in range(1, count + 1)]


def codes(findings: list[Finding] | tuple[Finding, ...]) -> list[object]:
    return [finding.to_json()["code"] for finding in findings]


# --- joint nomination ---


@pytest.mark.parametrize(
    ("count", "enough", "expected"), [(9, False, ["E.425"]), (10, True, []), (11, True, [])]
)
def test_ten_voters_can_nominate_jointly_nine_cannot(
    count: int, enough: bool, expected: list[str]
) -> None:  # EX-15
    check = check_joint(signers(count), already={}, seats=2, district=HERE, profile=LAW)
    assert (len(check.valid), check.enough, codes(check.findings)) == (count, enough, expected)


def test_a_signer_of_another_district_does_not_count() -> None:  # EX-15
    stranger = Signer("v10", "第4选区")
    check = check_joint([*signers(9), stranger], already={}, seats=2, district=HERE, profile=LAW)
    assert (check.enough, codes(check.findings)) == (False, ["W.422", "E.425"])
    assert [signer for signer, _ in check.invalid] == [stranger]
    assert check.findings[0].cause.zh == (
        "第10个签名（v10）的选民登记在第4选区，不在本选区第3选区，签名无效"
    )
    assert check.findings[1].remedy.zh == "还需1名本选区选民签名"


def test_a_voter_signs_for_no_more_nominees_than_there_are_seats() -> None:  # EX-14
    check = check_joint(
        signers(10), already={"v1": 2, "v2": 1}, seats=2, district=HERE, profile=LAW
    )
    assert (len(check.valid), check.enough) == (9, False)
    assert codes(check.findings) == ["W.423", "E.425"]
    assert check.invalid[0][0] == Signer("v1", HERE)
    one_more = check_joint(signers(11), already={"v1": 2}, seats=2, district=HERE, profile=LAW)
    assert (one_more.enough, codes(one_more.findings)) == (True, ["W.423"])


def test_a_voter_counts_once_on_one_form() -> None:
    check = check_joint(
        [*signers(9), Signer("v1", HERE)], already={}, seats=2, district=HERE, profile=LAW
    )
    assert (len(check.valid), codes(check.findings)) == (9, ["W.421", "E.425"])


def test_somebody_who_is_not_on_the_roll_does_not_count() -> None:
    check = check_joint(
        [*signers(9), Signer("x", None)], already={}, seats=2, district=HERE, profile=LAW
    )
    assert (len(check.valid), codes(check.findings)) == (9, ["W.424", "E.425"])


def test_a_repeated_invalid_signature_keeps_its_first_reason() -> None:
    check = check_joint(
        [Signer("x", None), Signer("x", None)], already={}, seats=2, district=HERE, profile=LAW
    )
    assert codes(check.findings) == ["W.424", "W.424", "E.425"]


def test_the_number_of_nominators_comes_from_the_profile() -> None:
    five = profile({"nominators_min": 5})
    check = check_joint(signers(5), already={}, seats=1, district=HERE, profile=five)
    assert check.enough


def test_a_district_without_seats_is_a_fault_of_the_input() -> None:
    with pytest.raises(InputFault):
        check_joint([], already={}, seats=0, district=HERE, profile=LAW)
    with pytest.raises(InputFault):
        check_organisation([], seats=0)


forms = st.lists(
    st.builds(
        Signer,
        st.sampled_from([f"v{number}" for number in range(14)]),
        st.sampled_from([HERE, HERE, HERE, "第4选区", None]),
    ),
    max_size=20,
)


@given(forms, st.dictionaries(st.sampled_from(["v0", "v1", "v2"]), st.integers(0, 3)))
def test_every_signature_either_counts_or_has_a_reason(
    form: list[Signer], already: dict[str, int]
) -> None:
    check = check_joint(form, already=already, seats=2, district=HERE, profile=LAW)
    assert len(check.valid) + len(check.invalid) == len(form)
    assert set(check.valid) == {
        signer.voter
        for signer in form
        if signer.district == HERE and already.get(signer.voter, 0) < 2
    }
    assert len(set(check.valid)) == len(check.valid)
    assert check.enough == (len(check.valid) >= 10) == ("E.425" not in codes(check.findings))


# --- parties and people's organisations ---


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], []),
        ([OrganisationAct(("镇党委",), ("甲", "乙"))], []),
        ([OrganisationAct(("镇党委",), ("甲", "乙", "甲"))], []),  # the same person twice
        ([OrganisationAct(("镇党委",), ("甲", "乙", "丙"))], ["E.431", "W.433"]),
        ([OrganisationAct(("镇党委", "镇工会"), ("甲", "乙", "丙"))], ["E.431", "W.433"]),
        (
            [OrganisationAct(("镇党委",), ("甲", "乙")), OrganisationAct(("镇工会",), ("丙",))],
            ["W.433"],
        ),
        (
            [OrganisationAct(("镇党委",), ("甲", "乙")), OrganisationAct(("镇工会",), ("甲",))],
            [],
        ),
        (
            [
                OrganisationAct(("镇党委",), ("甲", "乙")),
                OrganisationAct(("镇党委", "镇妇联"), ("丙",)),
            ],
            ["E.432", "W.433"],
        ),
    ],
)
def test_no_act_and_no_organisation_puts_forward_more_than_the_seats(
    acts: list[OrganisationAct], expected: list[str]
) -> None:
    assert codes(check_organisation(acts, seats=2)) == expected


def test_an_organisation_may_use_up_its_cap_in_several_acts() -> None:
    acts = [OrganisationAct(("镇党委",), ("甲",)), OrganisationAct(("镇党委",), ("乙",))]
    assert check_organisation(acts, seats=2) == []


def test_the_organisation_over_its_cap_is_named() -> None:
    acts = [OrganisationAct(("镇妇联", "镇党委"), ("甲",)), OrganisationAct(("镇党委",), ("乙",))]
    errors = check_organisation(acts, seats=1)
    assert [error.cause.zh for error in errors[:1]] == [
        "“镇党委”单独和联合共推荐2人，超过本选区应选名额1名"
    ]
    (joint_act, _) = check_organisation([OrganisationAct(("乙会", "甲会"), ("甲", "乙"))], seats=1)
    assert joint_act.cause.zh == "“乙会、甲会”一次推荐2人，超过本选区应选名额1名"
    assert joint_act.fields == ("acts.1",)


@pytest.mark.parametrize(
    ("cap", "nominated", "expected"),
    [(None, 70, []), ("1/5", 14, []), ("1/5", 15, ["W.434"]), (0, 1, ["W.434"])],
)
def test_the_total_of_party_nominees_is_capped_only_where_the_profile_says_so(
    cap: object, nominated: int, expected: list[str]
) -> None:
    rules = profile({"party_total_cap": cap})
    assert codes(check_party_total(nominated, 70, profile=rules)) == expected


# --- day, papers, first list ---


@pytest.mark.parametrize(
    ("mode", "day", "expected"),
    [
        ("WARN", 25, ["W.435"]),
        ("REQUIRE", 25, ["E.436"]),
        ("WARN", 26, []),
        ("REQUIRE", 26, []),
        ("REQUIRE", 27, []),
    ],
)
def test_a_nomination_before_the_roll_is_warned_of_or_refused(
    mode: str, day: int, expected: list[str]
) -> None:
    rules = profile({"nomination_after_roll": mode})
    findings = check_nomination_day(date(2021, 11, day), date(2021, 11, 26), profile=rules)
    assert codes(findings) == expected


def test_complete_papers_have_no_findings() -> None:
    assert check_papers(NomineePapers(True, True, True, True, True)) == []


def test_every_missing_paper_is_named_and_false_data_remove_nobody() -> None:
    findings = check_papers(NomineePapers(False, False, False, False, False, found_false=True))
    assert [(finding.fields, finding.to_json()["code"]) for finding in findings] == [
        (("introduction",), "E.437"),
        (("acceptance",), "E.437"),
        (("identity",), "E.437"),
        (("resume",), "E.437"),
        (("residence_abroad_stated",), "E.437"),
        (("found_false",), "W.438"),
    ]
    assert findings[3].cause.zh == "缺少简历"
    assert findings[5].remedy.zh == "向选民通报；不因此自动除名"


@pytest.mark.parametrize(
    ("nominated", "listed", "expected"),
    [
        (["甲", "乙"], ["乙", "甲"], []),
        (["甲", "乙"], ["甲"], ["E.439"]),
        (["甲"], ["甲", "乙"], ["E.440"]),
        (["甲", "乙"], ["甲", "丙"], ["E.439", "E.440"]),
        (["王伟", "王伟"], ["王伟"], ["E.439"]),  # two namesakes were nominated
    ],
)
def test_on_the_first_list_nobody_is_swapped_added_or_dropped(
    nominated: list[str], listed: list[str], expected: list[str]
) -> None:
    assert codes(check_first_list(nominated, listed)) == expected


# --- who may stand ---

BOTH_LEVELS = [Standing("甲", Level.COUNTY, "大1"), Standing("甲", Level.TOWN, "小3")]
TWO_DISTRICTS = [Standing("甲", Level.TOWN, "小4"), Standing("甲", Level.TOWN, "小3")]


@pytest.mark.parametrize(
    ("standings", "mode", "expected"),
    [
        (BOTH_LEVELS, "BLOCK", []),  # EX-23
        (TWO_DISTRICTS, "BLOCK", ["E.441"]),  # EX-23
        (TWO_DISTRICTS, "WARN", ["W.442"]),
        ([TWO_DISTRICTS[0]] * 2, "BLOCK", []),  # nominated twice in one district
        ([Standing("甲", Level.TOWN, "小3"), Standing("乙", Level.TOWN, "小4")], "BLOCK", []),
    ],
)
def test_a_person_stands_in_one_district_of_a_level(
    standings: list[Standing], mode: str, expected: list[str]
) -> None:
    rules = profile({"same_level_double_candidacy": mode})
    assert codes(check_double_candidacy(standings, profile=rules)) == expected


def test_the_districts_of_a_double_candidacy_are_named() -> None:
    (error,) = check_double_candidacy(TWO_DISTRICTS, profile=LAW)
    assert error.cause.zh == "“甲”同时是同一级2个选区（小3、小4）的候选人"


COUNTY = Area("330225", frozenset({"330200", "330000"}))
TOWN = Area("330225103", frozenset({"330225", "330200", "330000"}))
NEIGHBOUR = Area("330225104", frozenset({"330225", "330200", "330000"}))
ABROAD = Area("331002", frozenset({"331000", "330000"}))


@pytest.mark.parametrize(
    ("home", "elsewhere", "expected"),
    [
        (TOWN, [COUNTY], []),  # EX-23: county and town of one line
        (COUNTY, [TOWN], []),
        (TOWN, [TOWN], []),
        (TOWN, [], []),
        (TOWN, [NEIGHBOUR], ["W.443"]),
        (TOWN, [ABROAD, COUNTY], ["W.443"]),  # EX-23: another county
    ],
)
def test_a_seat_in_an_unrelated_area_is_told_to_the_candidate(
    home: Area, elsewhere: list[Area], expected: list[str]
) -> None:
    assert codes(check_unrelated_areas(home, elsewhere)) == expected


def test_somebody_elected_in_two_unrelated_areas_keeps_one_seat() -> None:  # EX-23
    (alert,) = check_unrelated_areas(TOWN, [ABROAD], elected=True)
    assert alert.to_json()["code"] == "A.444"
    assert alert.remedy.zh == "由本人选定保留一个，辞去另一个，并记录"


@pytest.mark.parametrize(
    ("registered", "expected"), [(HERE, []), ("第4选区", ["W.446"]), (None, ["E.445"])]
)
def test_a_nominee_is_a_voter_but_not_necessarily_of_the_district(
    registered: str | None, expected: list[str]
) -> None:
    assert codes(check_registration(registered, HERE)) == expected


@pytest.mark.parametrize(
    ("member", "accepted", "listed", "expected"),
    [
        (False, True, True, []),
        (True, False, False, []),
        (True, True, False, ["A.447"]),
        (True, True, True, ["E.448"]),
        (True, False, True, ["E.448"]),
    ],
)
def test_a_committee_member_who_stands_must_have_left_when_the_list_is_published(
    member: bool, accepted: bool, listed: bool, expected: list[str]
) -> None:  # EX-21
    errors = check_committee_member(member=member, accepted=accepted, listed=listed)
    assert codes(errors) == expected


# --- leaving the list ---


@pytest.mark.parametrize(
    ("reason", "published", "refusal"),
    [
        (ExitReason.NEGATIVE_REVIEW, False, "R.449"),  # EX-20
        (ExitReason.NEGATIVE_REVIEW, True, "R.449"),
        (ExitReason.OTHER, False, "R.449"),
        (ExitReason.WITHDRAWN, True, "R.450"),
        (ExitReason.REDUCTION, False, "R.451"),
    ],
)
def test_a_duly_nominated_person_is_not_deleted_outside_the_law(
    reason: ExitReason, published: bool, refusal: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        refuse_deletion(reason, first_list_published=published)
    assert refused.value.code.id == refusal
    assert refused.value.remedy.zh
    assert "{" not in refused.value.cause.zh + refused.value.cause.en


def test_a_negative_review_is_named_in_the_refusal() -> None:  # EX-20
    with pytest.raises(RuleViolation) as refused:
        refuse_deletion(ExitReason.NEGATIVE_REVIEW, first_list_published=False)
    assert refused.value.cause.zh == "依法推荐的候选人不得因联审意见不合格被删除"
    assert refused.value.cause.en == (
        "a duly nominated person cannot be deleted because of a negative review"
    )


@pytest.mark.parametrize(
    ("reason", "published"),
    [
        (ExitReason.WITHDRAWN, False),
        (ExitReason.REDUCTION, True),
        (ExitReason.NO_VOTING_RIGHT, False),
        (ExitReason.NO_VOTING_RIGHT, True),
        (ExitReason.FOREIGN_FUNDING, False),
        (ExitReason.FOREIGN_FUNDING, True),
    ],
)
def test_lawful_grounds_let_a_person_leave_the_list(reason: ExitReason, published: bool) -> None:
    assert refuse_deletion(reason, first_list_published=published) is None  # type: ignore[func-returns-value]


# --- composition ---


@pytest.mark.parametrize(
    ("women", "total", "share", "expected"),
    [
        (3, 10, 0.3, []),
        (2, 10, 0.3, ["W.452"]),
        (29, 100, 0.3, ["W.452"]),
        (0, 0, 0.3, []),
        (0, 10, None, []),
        (0, 10, 0, []),
        (3, 10, "1/3", ["W.452"]),
    ],
)
def test_women_below_the_share_among_candidates_are_a_warning(
    women: int, total: int, share: object, expected: list[str]
) -> None:  # R6.5
    rules = profile({"women_candidate_share_min": share})
    assert codes(check_women_share(women, total, profile=rules)) == expected


@pytest.mark.parametrize(("share", "written"), [(0.3, "30%"), ("1/3", "1/3")])
def test_the_share_is_written_as_people_write_it(share: object, written: str) -> None:
    rules = profile({"women_candidate_share_min": share})
    (warning,) = check_women_share(1, 10, profile=rules)
    assert warning.cause.zh == f"代表候选人10人，其中妇女1人，低于{written}"


@pytest.mark.parametrize(("women", "total"), [(-1, 10), (11, 10)])
def test_an_impossible_number_of_women_is_a_fault_of_the_input(women: int, total: int) -> None:
    with pytest.raises(InputFault) as fault:
        check_women_share(women, total, profile=LAW)
    assert fault.value.field == "women"
