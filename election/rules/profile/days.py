"""Which law holds on which day: the named profiles are two such days.

Source: rulebook section 0.3.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from election.rules.profile.parameters import PARAMETERS, Parameter
from election.rules.profile.values import (
    ARTICLES_BEFORE_2022,
    DEPUTIES_LAW_2025,
    FIRST_DAY,
    ORGANIC_LAW_2022,
    SETTINGS,
    Setting,
)
from election.rules.terms import InputFault


class Days(NamedTuple):
    """The two days that choose the law: of the vote in the districts, of the session."""

    election: date
    session: date


DEFAULT_PROFILE = "2025-zhejiang"
PROFILES: Mapping[str, Days] = {
    DEFAULT_PROFILE: Days(DEPUTIES_LAW_2025, DEPUTIES_LAW_2025),
    "2021-zhejiang": Days(date(2021, 12, 16), date(2021, 12, 23)),
}
VERSIONS = {"2025+": DEFAULT_PROFILE, "2021": "2021-zhejiang"}  # the rulebook's names


@cache
def settings_on(days: Days) -> Mapping[str, Setting]:
    """What every parameter is set to: R11 to R13 by the session's day, all others by the vote's."""
    return MappingProxyType({row.name: _setting(row, days) for row in PARAMETERS})


def _setting(parameter: Parameter, days: Days) -> Setting:
    day = days.session if parameter.of_session else days.election
    return next(
        setting
        for setting in reversed(SETTINGS[parameter.name])
        if setting.in_force is None or setting.in_force <= day
    )


def name_on(day: date) -> str:
    """The profile that holds on a day; the day itself where no named one has the same law.

    Raises InputFault for a day before the oldest law known here.
    """
    if day < FIRST_DAY:
        raise InputFault(
            "election_day",
            f"{day.isoformat()}不可用：本系统的法律规则从{FIRST_DAY.isoformat()}起",
            f"{day.isoformat()} cannot be used: the law is known here from"
            f" {FIRST_DAY.isoformat()} on",
        )
    held = settings_on(Days(day, day))
    same = (name for name, days in PROFILES.items() if settings_on(days) == held)
    return next(same, day.isoformat())


def days_of(name: str) -> Days | None:
    """The days a profile's name means: of a named one, or the day that is its name."""
    if name in PROFILES:
        return PROFILES[name]
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return Days(day, day) if day >= FIRST_DAY else None


def article_on(article: str, session_day: date) -> str:
    """An article of the Organic Law of 2022 under its number in the text of the session's day."""
    if session_day >= ORGANIC_LAW_2022:
        return article
    return ARTICLES_BEFORE_2022.get(article, article)
