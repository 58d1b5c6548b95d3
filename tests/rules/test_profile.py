"""The parameters of the rulebook's section 16 under their own names and values."""

from datetime import date

import pytest

from election.rules.profile import profile
from election.rules.profile.parameters import PARAMETERS
from election.rules.profile.values import PROFILES, SILENT
from election.rules.terms import InputFaults


@pytest.mark.parametrize(
    ("name", "raw", "stored", "value"),
    [
        ("further_election_rounds", "unlimited", "further_election_rounds", None),
        ("late_registration_days", "off", "late_registration_days", None),
        ("ballot_retention", "END_OF_TERM", "ballot_retention", "END_OF_TERM"),
        ("ballot_retention", "3 years", "ballot_retention", "3 YEARS"),
        ("suggestion.days", "3 months", "suggestion.days", "3 MONTHS"),
        ("suggestion.days", 90, "suggestion.days", 90),
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
        ("late_registration_days", "no"),
        ("quota.base", "x"),
        ("ballot_retention", "2 years"),
        ("suggestion.days", 0),
        ("quota.floor", 1),
    ],
)
def test_other_words_and_names_are_refused(name: str, raw: object) -> None:
    with pytest.raises(InputFaults):
        profile({name: raw})


def test_what_is_recorded_only_says_so() -> None:
    recorded = {parameter.name for parameter in PARAMETERS if not parameter.applied}
    assert {"ballot_retention", "suggestion.days", "voting_days", "proxy_form"} < recorded
    assert not recorded & {"majority_basis", "proxy_max", "roll_publish_days", "third_basis"}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_sets_every_parameter_to_a_value_of_its_kind(name: str) -> None:
    settings = PROFILES[name]
    assert list(settings) == [parameter.name for parameter in PARAMETERS]
    for parameter in PARAMETERS:
        value = settings[parameter.name].value
        assert parameter.kind.read(value) == value


@pytest.mark.parametrize(
    ("name", "election_day"),
    [("2021-zhejiang", date(2021, 12, 16)), ("2025-zhejiang", date(2026, 12, 16))],
)
def test_what_an_article_sets_was_in_force_and_what_none_sets_names_no_day(
    name: str, election_day: date
) -> None:
    for setting in PROFILES[name].values():
        if setting.article == SILENT:
            assert setting.in_force is None
        else:
            assert setting.in_force is not None
            assert setting.in_force <= election_day
