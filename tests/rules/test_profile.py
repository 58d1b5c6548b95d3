"""The parameters of section 16 of the rulebook: what is fixed, what may be decided, from when."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.citations import cite
from election.rules.profile import BY_NAME, profile, recorded_profile
from election.rules.profile.days import PROFILES, Days, name_on, settings_on
from election.rules.profile.parameters import PARAMETERS
from election.rules.profile.values import FIRST_DAY, SETTINGS, SILENT
from election.rules.profile.wording import in_code, in_words
from election.rules.terms import InputFault, InputFaults

NAMES = [parameter.name for parameter in PARAMETERS]
# least values by statute: EL 28, 30, 32; ZJ 33-36, 40, 59; OL 26; EL 12, 42 for the caps
STATUTORY = {
    "roll_publish_days": 20,
    "by_election_roll_publish_days": 12,
    "first_list_days": 15,
    "formal_list_days": 7,
    "nominators_min": 10,
    "officer_nominators_min": 10,
    "mobile_box_min_staff": 2,
    "mobile_box_min_scrutineers": 2,
}
CAPS = {"proxy_max": 3, "quota.town.cap": 160, "quota.county.cap": 450}


def refusals(overrides: Mapping[str, object], name: str = "2025-zhejiang") -> list[InputFault]:
    with pytest.raises(InputFaults) as refused:
        profile(overrides, name=name)
    return refused.value.faults


@pytest.mark.parametrize(
    ("name", "raw", "stored", "value"),
    [
        ("further_election_rounds", "unlimited", "further_election_rounds", None),
        ("late_registration_days", "off", "late_registration_days", None),
        ("ballot_retention", "END_OF_TERM", "ballot_retention", "END_OF_TERM"),
        ("ballot_retention", "3 years", "ballot_retention", "3 YEARS"),
        ("suggestion.days", "3 months", "suggestion.days", "3 MONTHS"),
        ("by_election_roll_publish_days", 15, "by_election_roll_publish_days", 15),
        ("party_total_cap", 0.2, "party_total_cap", Fraction(1, 5)),
        ("voting_days", 4, "voting_days", 4),
        ("tie_repeat_max", 9, "tie_repeat_max", 9),
        ("quota.base", 45, "quota.town.base", 45),
        ("quota.cap.county", 450, "quota.county.cap", 450),
    ],
)
def test_the_rulebooks_words_are_taken(name: str, raw: object, stored: str, value: object) -> None:
    assert profile({name: raw})[stored] == value


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("further_election_rounds", "many"),
        ("further_election_rounds", 2),
        ("late_registration_days", "no"),
        ("late_registration_days", 11),
        ("quota.base", "x"),
        ("quota.cap", 200),
        ("ballot_retention", "2 years"),
        ("suggestion.days", 90),
        ("party_total_cap", "1/3"),
        ("by_election_roll_publish_days", 13),
        ("mobile_box_min_staff", 4),
        ("voting_days", 5),
        ("project.min_excess", 0),
        ("quota.floor", 1),
    ],
)
def test_other_words_numbers_and_names_are_refused(name: str, raw: object) -> None:
    assert [fault.field for fault in refusals({name: raw})] == [f"parameters.{name}"]


@pytest.mark.parametrize(
    ("name", "raw", "zh", "en"),
    [
        ("nominators_min", 5, "《选举法》第三十条", "(EL 30; ZJ 34)"),
        ("roll_publish_days", 15, "《选举法》第二十八条", "(EL 28; ZJ 33)"),
        ("first_list_days", 5, "《选举法》第三十二条", "(EL 32; ZJ 35)"),
        ("formal_list_days", 3, "《浙江省选举实施细则》第三十六条第四款", "(EL 32; ZJ 36(4))"),
        ("proxy_max", 4, "《选举法》第四十二条", "(EL 42; ZJ 43(5))"),
        ("quota.cap", 170, "《选举法》第十二条第一款第四项", "(EL 12(1)(4); ZJ 15(2))"),
        ("session_quorum", "1/2", "《地方组织法》第十四条第四款", "(OL 14(4))"),
    ],
)
def test_what_the_law_fixes_is_refused_with_its_article(
    name: str, raw: object, zh: str, en: str
) -> None:
    (fault,) = refusals({name: raw})
    assert (zh in fault.text.zh, fault.text.en.endswith(en)) == (True, True)
    assert "只能是" in fault.text.zh


def test_a_refused_value_is_written_as_it_was_given() -> None:
    (fault,) = refusals({"nominators_min": None})
    assert "不能改为“null”" in fault.text.zh


def test_every_refusal_comes_at_once() -> None:
    wrong = {"nominators_min": 5, "speed": 1, "majority_basis": "VALID", "ruleset_version": "1998"}
    assert {fault.field for fault in refusals(wrong)} == {f"parameters.{name}" for name in wrong}


@given(st.sampled_from(sorted(STATUTORY)), st.integers(-5, 400), st.sampled_from(list(PROFILES)))
def test_no_override_below_a_statutory_minimum_is_ever_accepted(
    name: str, value: int, law: str
) -> None:
    try:
        assert profile({name: value}, name=law).whole(name) >= STATUTORY[name]
    except InputFaults:
        assert value not in {STATUTORY[name], *settings_on(PROFILES[law])[name].alternatives}


@given(st.sampled_from(sorted(CAPS)), st.integers(0, 1000))
def test_no_override_above_a_statutory_cap_is_ever_accepted(name: str, value: int) -> None:
    try:
        assert profile({name: value}).whole(name) == CAPS[name]
    except InputFaults:
        assert value != CAPS[name]


def test_what_is_recorded_only_says_so() -> None:
    recorded = {parameter.name for parameter in PARAMETERS if not parameter.applied}
    assert {"ballot_retention", "suggestion.days", "voting_days", "proxy_form"} < recorded
    assert not recorded & {"majority_basis", "proxy_max", "roll_publish_days", "third_basis"}


# -- days -----------------------------------------------------------------------------------------


def test_every_parameter_has_settings_of_its_kind_the_oldest_first() -> None:
    assert list(SETTINGS) == NAMES
    for parameter in PARAMETERS:
        days = [setting.in_force or date.min for setting in SETTINGS[parameter.name]]
        assert days == sorted(set(days))
        assert days[0] <= FIRST_DAY
        for setting in SETTINGS[parameter.name]:
            for value in (setting.value, *setting.alternatives):
                assert BY_NAME[parameter.name].kind.read(value) == value
            assert (setting.article == SILENT) is (setting.in_force is None)
            assert cite(setting.article).zh


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 3, 26), "2021-zhejiang"),
        (date(2022, 3, 11), "2021-zhejiang"),
        (date(2022, 3, 12), "2022-03-12"),
        (date(2024, 5, 1), "2024-05-01"),
        (date(2025, 3, 11), "2025-zhejiang"),
        (date(2026, 12, 16), "2025-zhejiang"),
    ],
)
def test_a_named_profile_is_the_law_of_a_day(day: date, name: str) -> None:
    assert name_on(day) == name
    assert profile(name=name).settings == settings_on(Days(day, day))


def test_of_a_day_before_the_oldest_law_known_nothing_is_said() -> None:
    with pytest.raises(InputFault):
        name_on(FIRST_DAY - timedelta(days=1))
    with pytest.raises(InputFaults):
        profile(name="2021-03-25")


def test_each_text_holds_from_its_own_day() -> None:
    def articles(day: str) -> list[str]:
        names = ("session_quorum", "project.threshold", "suggestion.days")
        return [profile(name=day).settings[name].article for name in names]

    of_2015 = ["law silent", "OL2015 20; ZTC 22", "DL15 42; ZDL 43"]
    assert articles("2022-03-11") == of_2015
    assert articles("2022-03-12") == ["OL 14(4)", "OL 25; ZTC 22", "DL15 42; ZDL 43"]
    assert articles("2022-10-01") == ["OL 14(4)", "OL 25; ZTC 22; ZPV 2", "DL15 42; ZDL 43"]
    assert articles("2025-03-11")[2] == "DL25 51; ZDL 43"


def test_what_the_session_decides_follows_the_day_of_the_session() -> None:
    late = profile(name="2021-zhejiang", session_day=date(2022, 3, 12))
    assert late["session_quorum"] == Fraction(2, 3)
    assert late.cited("OL 29(1)") == "OL 29(1)"
    assert profile(name="2021-zhejiang").cited("OL 29(1)") == "OL2015 24(1)"
    assert profile(name="2021-zhejiang")["session_quorum"] is None


def test_a_write_in_of_deputies_is_the_measures_until_2025_and_then_the_laws() -> None:
    free = {"session.writein_requires_against": True}
    assert profile(free, name="2021-zhejiang").flag("session.writein_requires_against")
    (fault,) = refusals({"session.writein_requires_against": False})
    assert fault.text.en.endswith("(DL25 17(6))")


def test_what_an_older_record_holds_against_the_law_is_not_applied_and_said() -> None:
    stored = {"nominators_min": 5, "majority_basis": "RETURNED"}
    law = recorded_profile(stored, name="2025-zhejiang")
    assert (law.whole("nominators_min"), law.word("majority_basis")) == (10, "RETURNED")
    assert [fault.field for fault in law.refused] == ["parameters.nominators_min"]


# -- words ----------------------------------------------------------------------------------------


def test_every_value_has_words_and_a_spelling_that_reads_back() -> None:
    for name, settings in SETTINGS.items():
        for setting in settings:
            for value in (setting.value, *setting.alternatives):
                words = in_words(name, value)
                assert words.zh not in {"", "None", "True", "False"}
                assert not words.zh.isascii() or words.zh.endswith("%"), (name, value)
                assert "_" not in words.en
                assert in_code(value) not in {"None", "True", "False"}


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("roll_publish_days", 20, "20天", "20 days"),
        ("women_candidate_share_min", Fraction(3, 10), "30%", "30%"),
        ("session_quorum", Fraction(2, 3), "三分之二", "2/3"),
        ("district.deviation_warn", Fraction(1, 37), "2.70%", "2.70%"),
        ("further_election_rounds", None, "不限次数", "without limit"),
    ],
)
def test_a_value_is_said_in_words(name: str, value: object, zh: str, en: str) -> None:
    words = in_words(name, value)  # type: ignore[arg-type]
    assert (words.zh, words.en) == (zh, en)
