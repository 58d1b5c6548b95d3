"""Nominations: who may nominate whom, how often, with which papers."""

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
)
from election.rules.profile import profile
from election.rules.terms import InputFault
from tests.rules.candidates.nominations import HERE, LAW, codes
from tests.rules.laws import imagined


def signers(count: int, district: str | None = HERE) -> list[Signer]:
    return [Signer(f"v{place}", district) for place in range(1, count + 1)]


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
    eleven = imagined(nominators_min=11)
    checks = [
        check_joint(signers(n), already={}, seats=1, district=HERE, profile=eleven)
        for n in (10, 11)
    ]
    assert [check.enough for check in checks] == [False, True]


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
    [(None, 70, []), ("1/5", 14, []), ("1/5", 15, ["W.434"])],
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
