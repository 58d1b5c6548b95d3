"""Law as a profile: every parameter of the rulebook under the values in force for an election.

A profile is named by an election ("2025-zhejiang" is the default, "2021-zhejiang" replays the 2021
elections); an election may override a parameter with a recorded reason. `parameters` says what may
be set, `values` what each profile sets, from which day and by which article.
Source: rulebook section 16.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from election.rules.profile.kinds import NotAllowed, Value
from election.rules.profile.parameters import PARAMETERS
from election.rules.profile.values import DEFAULT_PROFILE, PROFILES, VERSIONS
from election.rules.terms import InputFault, InputFaults

_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
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
    """The parameters in force: a named profile with the overrides laid over it."""

    def __init__(self, name: str, values: Mapping[str, Value]) -> None:
        self.name = name
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

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
    overrides: Mapping[str, object] | None = None, *, name: str = DEFAULT_PROFILE
) -> Profile:
    """The profile of this name with raw overrides (as in JSON) laid over it.

    `ruleset_version` ("2025+" or "2021") among the overrides chooses the profile itself.
    Raises InputFaults naming every unknown parameter and every value that is not allowed.
    """
    raw = dict(overrides or {})
    faults: list[InputFault] = []
    version = raw.pop("ruleset_version", None)
    if version is not None:
        name = VERSIONS.get(str(version), "")
        if not name:
            faults.append(_bad_value("ruleset_version", version, " | ".join(VERSIONS)))
            name = DEFAULT_PROFILE
    if name not in PROFILES:
        raise InputFaults([_bad_value("profile", name, " | ".join(PROFILES))])
    values = {parameter: setting.value for parameter, setting in PROFILES[name].items()}
    for key, value in raw.items():
        try:
            parameter = _BY_NAME[_ALIASES.get(key, key)]
            values[parameter.name] = parameter.kind.read(value)
        except KeyError:
            faults.append(_unknown(key))
        except NotAllowed:
            faults.append(_bad_value(key, value, parameter.allowed))
    if faults:
        raise InputFaults(faults)
    return Profile(name, values)


def _unknown(key: str) -> InputFault:
    return InputFault(
        f"parameters.{key}",
        f"没有名为“{key}”的参数；参数见《参数表》",
        f'there is no parameter "{key}"; see the table of parameters',
    )


def _bad_value(key: str, value: object, allowed: str) -> InputFault:
    return InputFault(
        f"parameters.{key}",
        f"参数“{key}”的值“{value}”不可用；可用的值：{allowed}",
        f'parameter "{key}" cannot be "{value}"; allowed: {allowed}',
    )
