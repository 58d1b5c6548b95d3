"""Laws that nobody passed: to see that a rule reads a figure from the profile and has no copy."""

from election.rules.profile import DEFAULT_PROFILE, PROFILES, Profile
from election.rules.profile.kinds import Value


def imagined(**values: Value) -> Profile:
    """The law of today with other values, also where it is fixed; `__` stands for a dot."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    return Profile("imagined", PROFILES[DEFAULT_PROFILE], named)
