"""Law as a profile: every parameter of the rulebook under the values in force for an election.

A profile is the law of a day ("2025-zhejiang" and "2021-zhejiang" name two); a decision of the
competent body may set a parameter to one of its alternatives, and to nothing else. `parameters`
says what there is, `values` what the law sets, from which day and by which article.
Source: rulebook section 16.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from election.rules.citations import cite
from election.rules.profile.days import (
    DEFAULT_PROFILE,
    PROFILES,
    VERSIONS,
    Days,
    article_on,
    days_of,
    settings_on,
)
from election.rules.profile.kinds import NotAllowed, Value
from election.rules.profile.parameters import PARAMETERS, Parameter
from election.rules.profile.values import SILENT, Setting
from election.rules.profile.wording import in_code
from election.rules.terms import InputFault, InputFaults

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
# the rulebook writes the level behind the name; without one the town is meant
_ALIASES = {
    **{f"quota.{part}": f"quota.town.{part}" for part in ("base", "step", "cap")},
    **{
        f"quota.{part}.{level}": f"quota.{level}.{part}"
        for level in ("town", "county")
        for part in ("base", "step", "cap")
    },
}


class Profile(Mapping[str, Value]):
    """The parameters in force: the law of its days with the decisions laid over it.

    settings: what the law sets; refused: decisions of old records that the law forbids, which are
    not applied.
    """

    def __init__(
        self,
        name: str,
        days: Days,
        decided: Mapping[str, Value],
        refused: tuple[InputFault, ...] = (),
    ) -> None:
        self.name, self.days, self.refused = name, days, refused
        self.settings = settings_on(days)
        by_law: dict[str, Value] = {key: row.value for key, row in self.settings.items()}
        self._values = {**by_law, **decided}

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def cited(self, article: str) -> str:
        """An article of the Organic Law of 2022 under its number in the text in force."""
        return article_on(article, self.days.session)

    def whole(self, name: str) -> int:
        """A parameter that is a whole number."""
        value = self._values[name]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(name)
        return value

    def share(self, name: str) -> Fraction:
        """A parameter that is a share of one."""
        value = self._values[name]
        if not isinstance(value, Fraction):
            raise TypeError(name)
        return value

    def word(self, name: str) -> str:
        """A parameter that is one of several words."""
        value = self._values[name]
        if not isinstance(value, str):
            raise TypeError(name)
        return value

    def flag(self, name: str) -> bool:
        """A parameter that is yes or no."""
        value = self._values[name]
        if not isinstance(value, bool):
            raise TypeError(name)
        return value


def profile(
    overrides: Mapping[str, object] | None = None,
    *,
    name: str = DEFAULT_PROFILE,
    session_day: date | None = None,
) -> Profile:
    """The law of a profile's days with raw overrides (as in JSON) laid over it.

    name: a named profile or a day. `ruleset_version` ("2025+", "2021" or a day) among the overrides
    chooses the profile itself. session_day: where it is known, for what the session decides.
    Raises InputFaults naming every unknown parameter and every value that is no alternative.
    """
    raw = dict(overrides or {})
    faults: list[InputFault] = []
    if "ruleset_version" in raw:
        version = str(raw.pop("ruleset_version"))
        name = VERSIONS.get(version, "" if version in PROFILES else version)
        if days_of(name) is None:
            words = " | ".join((*VERSIONS, "YYYY-MM-DD"))
            faults.append(_bad_value("ruleset_version", version, words))
            name = DEFAULT_PROFILE
    decided, refused = _read(raw, _days(name, session_day))
    if faults or refused:
        raise InputFaults([*faults, *refused])
    return Profile(name, _days(name, session_day), decided)


def recorded_profile(overrides: Mapping[str, object], *, name: str) -> Profile:
    """The same from stored records: what the law forbids is not applied but `refused`."""
    decided, refused = _read(overrides, _days(name, None))
    return Profile(name, _days(name, None), decided, tuple(refused))


def full_name(key: str) -> str:
    """The name of a parameter from any way the rulebook writes it."""
    return _ALIASES.get(key, key)


def _days(name: str, session_day: date | None) -> Days:
    days = days_of(name)
    if days is None:
        raise InputFaults([_bad_value("profile", name, " | ".join((*PROFILES, "YYYY-MM-DD")))])
    return days if session_day is None else days._replace(session=session_day)


def _read(raw: Mapping[str, object], days: Days) -> tuple[dict[str, Value], list[InputFault]]:
    """Which of these the law allows, by their full names, and the refusal of every other."""
    settings = settings_on(days)
    decided: dict[str, Value] = {}
    faults: list[InputFault] = []
    for key, value in raw.items():
        parameter = BY_NAME.get(full_name(key))
        if parameter is None:
            faults.append(_unknown(key))
            continue
        setting = settings[parameter.name]
        try:
            meant = parameter.kind.read(value)
        except NotAllowed:
            faults.append(_refusal(key, value, parameter, setting))
            continue
        if setting.allows(meant):
            decided[parameter.name] = meant
        else:
            faults.append(_refusal(key, value, parameter, setting))
    return decided, faults


def _unknown(key: str) -> InputFault:
    return InputFault(
        f"parameters.{key}",
        f"没有名为“{key}”的参数；参数见《参数表》",
        f'there is no parameter "{key}"; see the table of parameters',
    )


def _refusal(key: str, value: object, parameter: Parameter, setting: Setting) -> InputFault:
    """Why this value cannot be: with the article, and what can be instead."""
    if setting.any_value:
        return _bad_value(key, value, parameter.kind.allowed)
    lawful = [in_code(choice) for choice in (setting.value, *setting.alternatives)]
    if not setting.fixed:
        return _bad_value(key, value, " | ".join(lawful), setting.article)
    words = parameter.words
    zh = f"参数“{key}”（{words.zh}）只能是{lawful[0]}，不能改为“{in_code(value)}”"
    en = f'parameter "{key}" ({words.en}) is {lawful[0]} and nothing else, not "{in_code(value)}"'
    return InputFault(
        f"parameters.{key}", zh + _in_zh(setting.article), en + _in_en(setting.article)
    )


def _bad_value(key: str, value: object, allowed: str, article: str = SILENT) -> InputFault:
    return InputFault(
        f"parameters.{key}",
        f"参数“{key}”的值“{in_code(value)}”不可用；可用的值：{allowed}{_in_zh(article)}",
        f'parameter "{key}" cannot be "{in_code(value)}"; allowed: {allowed}{_in_en(article)}',
    )


def _in_zh(article: str) -> str:
    return "" if article == SILENT else f"（{cite(article).zh}）"


def _in_en(article: str) -> str:
    return "" if article == SILENT else f" ({article})"
