"""The parameters of the rulebook's section 16 under their own names and values."""

import pytest

from election.rules.profile import PARAMETERS, profile
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
    recorded = {one.name for one in PARAMETERS if not one.applied}
    assert {"ballot_retention", "suggestion.days", "voting_days", "proxy_form"} < recorded
    assert not recorded & {"majority_basis", "proxy_max", "roll_publish_days", "third_basis"}
