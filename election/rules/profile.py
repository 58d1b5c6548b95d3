"""Law as a profile: every parameter of the rulebook, its default, its allowed values, its rule.

A profile is named by an election ("2025-zhejiang" is the default, "2021-zhejiang" replays the 2021
elections); an election may override a parameter with a recorded reason.
Source: rulebook section 16.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from election.rules.terms import InputFault, InputFaults

Value = int | str | bool | Fraction | None
DEFAULT_PROFILE = "2025-zhejiang"
PROFILES = ("2025-zhejiang", "2021-zhejiang")
# plain digits only: an exponent could name a number larger than the machine's memory
_SHARE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?")
_VERSION = {"2025+": "2025-zhejiang", "2021": "2021-zhejiang"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: rulebook name, defaults of 2025+ and of 2021, reader of a raw value, rule."""

    name: str
    default: Value
    default_2021: Value
    read: Callable[[object], Value]
    allowed: str
    rule: str
    applied: bool = True  # False: recorded only, nothing in this version is decided by it


class _Refused(ValueError):
    """The raw value is not one of the allowed ones."""


def _choice(*values: str) -> Callable[[object], Value]:
    def read(raw: object) -> Value:
        text = str(raw).strip().upper()
        if not isinstance(raw, str) or text not in values:
            raise _Refused
        return text

    return read


def _or_word(
    read: Callable[[object], Value], word: str, meaning: Value = None
) -> Callable[[object], Value]:
    """The rulebook's word ("off", "unlimited") beside the values of another reader."""

    def read_word(raw: object) -> Value:
        said = isinstance(raw, str) and raw.strip().lower() == word
        return meaning if said else read(raw)

    return read_word


def _days_or(word: str) -> Callable[[object], Value]:
    """A period as the rulebook words it, or a whole number of days."""
    named, days = _choice(word), _whole(1, 366)
    return lambda raw: named(raw) if isinstance(raw, str) else days(raw)


def _whole(least: int, most: int | None = None, *, none: bool = False) -> Callable[[object], Value]:
    def read(raw: object) -> Value:
        if raw is None and none:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise _Refused
        if raw < least or (most is not None and raw > most):
            raise _Refused
        return raw

    return read


def _share(*, none: bool = False) -> Callable[[object], Value]:
    """A share of one: 0.2, "1/3", 0 or 1."""

    def read(raw: object) -> Value:
        if raw is None and none:
            return None
        text = str(raw)
        if isinstance(raw, bool) or not _SHARE.fullmatch(text):
            raise _Refused
        try:
            share = Fraction(text)
        except ZeroDivisionError as error:
            raise _Refused from error
        if not 0 <= share <= 1:
            raise _Refused
        return share

    return read


def _flag(raw: object) -> Value:
    if not isinstance(raw, bool):
        raise _Refused
    return raw


def _parameter(
    name: str,
    default: Value,
    read: Callable[[object], Value],
    allowed: str,
    rule: str,
    *,
    in_2021: Value | str = "same",
    applied: bool = True,
) -> Parameter:
    old = default if in_2021 == "same" else in_2021
    return Parameter(name, default, old, read, allowed, rule, applied)


_P = _parameter
PARAMETERS: tuple[Parameter, ...] = (
    _P(
        "population_basis",
        "HUKOU",
        _choice("HUKOU", "RESIDENT", "WEIGHTED"),
        "HUKOU | RESIDENT | WEIGHTED",
        "R1.9",
    ),
    _P("quota.town.base", 45, _whole(0), "≥ 0", "R1.1"),
    _P("quota.town.step", 1500, _whole(1), "≥ 1", "R1.1"),
    _P("quota.town.cap", 160, _whole(1), "≥ 1", "R1.1"),
    _P("quota.county.base", 140, _whole(0), "≥ 0", "R1.3"),
    _P("quota.county.step", 5000, _whole(1), "≥ 1", "R1.3"),
    _P("quota.county.cap", 450, _whole(1), "≥ 1", "R1.3"),
    _P("district.deviation_warn", Fraction(1, 5), _share(), "0–1", "R2.3"),
    _P("district.deviation_alert", Fraction(3, 10), _share(), "0–1", "R2.3"),
    _P("deadline_mode", "INCLUSIVE", _choice("INCLUSIVE", "STRICT"), "INCLUSIVE | STRICT", "§14"),
    _P("count_first_day", False, _flag, "true | false", "§14"),
    _P("roll_publish_days", 20, _whole(0, 90), "0–90", "R4.10"),
    _P("by_election_roll_publish_days", 12, _whole(0, 90), "0–90", "R10.10"),
    _P(
        "late_registration_days",
        12,
        _or_word(_whole(0, 90, none=True), "off"),
        "0–90 | off | null",
        "R4.7",
    ),
    _P("roll_freeze_days", 2, _whole(0, 5), "0–5", "R4.13"),
    _P("first_list_days", 15, _whole(0, 90), "0–90", "R5.7"),
    _P("formal_list_days", 7, _whole(0, 90), "0–90", "R5.11"),
    _P("nominators_min", 10, _whole(1), "≥ 1", "R5.1"),
    _P("officer_nominators_min", 10, _whole(1), "≥ 1", "R11.6", applied=False),
    _P("party_total_cap", None, _share(none=True), "0–1 | null", "R5.3"),
    _P(
        "formal_list_order",
        "STROKE",
        _choice("STROKE", "PRIMARY_VOTES"),
        "STROKE | PRIMARY_VOTES",
        "R5.12",
    ),
    _P("primary.min_turnout", Fraction(0), _share(), "0–1", "R5.10"),
    _P("nomination_after_roll", "WARN", _choice("WARN", "REQUIRE"), "WARN | REQUIRE", "R5.19"),
    _P("same_level_double_candidacy", "BLOCK", _choice("BLOCK", "WARN"), "BLOCK | WARN", "R5.17"),
    _P("women_candidate_share_min", Fraction(3, 10), _share(none=True), "0–1 | null", "R6.5"),
    _P("proxy_max", 3, _whole(0), "≥ 0", "R7.12"),
    _P(
        "proxy_form",
        "VERIFIABLE",
        _choice("VERIFIABLE", "WRITTEN"),
        "VERIFIABLE | WRITTEN",
        "R7.10",
        applied=False,
    ),
    _P("proxy_same_district", True, _flag, "true | false", "R7.13", applied=False),
    _P("mobile_box_min_staff", 2, _whole(2), "≥ 2", "R7.2"),
    _P("mobile_box_min_scrutineers", 2, _whole(2), "≥ 2", "R7.2"),
    _P("voting_days", 1, _whole(1, 4), "1–4", "R7.16", applied=False),
    _P("majority_basis", "ISSUED", _choice("ISSUED", "RETURNED"), "ISSUED | RETURNED", "R8.6"),
    _P(
        "third_basis",
        "RETURNED",
        _choice("RETURNED", "ISSUED", "VALID"),
        "RETURNED | ISSUED | VALID",
        "R8.7",
    ),
    _P("illegible", "PART", _choice("PART", "WHOLE"), "PART | WHOLE", "R8.9", applied=False),
    _P(
        "identifying_mark", "REFER", _choice("REFER", "VOID"), "REFER | VOID", "R8.9", applied=False
    ),
    _P("writein_requires_against", False, _flag, "true | false", "R8.12", applied=False),
    _P(
        "session.writein_requires_against",
        True,
        _flag,
        "true | false",
        "R11.12",
        in_2021=False,
        applied=False,
    ),
    _P("misplaced_ballot", "MOVE", _choice("MOVE", "VOID"), "MOVE | VOID", "R8.13", applied=False),
    _P(
        "further_election_rounds",
        1,
        _or_word(_whole(1, none=True), "unlimited"),
        "≥ 1 | unlimited | null",
        "R9.7",
    ),
    _P("further_include_writeins", True, _flag, "true | false", "R9.10"),
    _P("further_election_max_days", 15, _whole(1), "≥ 1", "R9.9"),
    _P("tie_repeat_max", 2, _whole(1), "≥ 1", "R9.4"),
    _P(
        "all_deputies_basis",
        "IN_OFFICE",
        _choice("IN_OFFICE", "QUOTA"),
        "IN_OFFICE | QUOTA",
        "R11.11",
    ),
    _P("session_quorum", Fraction(2, 3), _share(none=True), "0–1 | null", "R11.4", in_2021=None),
    _P("vice_excess", 1, _whole(1, 3), "1–3", "R11.8", applied=False),
    _P(
        "project.method",
        "APPROVE_UP_TO_N",
        _choice("APPROVE_UP_TO_N", "RANK", "YES_NO"),
        "APPROVE_UP_TO_N | RANK | YES_NO",
        "R12.6",
    ),
    _P(
        "project.threshold",
        "MAJORITY_ALL",
        _choice("MAJORITY_ALL", "PLURALITY"),
        "MAJORITY_ALL | PLURALITY",
        "R12.7",
    ),
    _P("project.min_excess", 1, _whole(0), "≥ 0", "R12.5", applied=False),
    _P(
        "suggestion.days",
        "3 MONTHS",
        _days_or("3 MONTHS"),
        "3 MONTHS | 1–366",
        "R13.2",
        applied=False,
    ),
    _P(
        "ballot_retention",
        "END_OF_TERM",
        _choice("END_OF_TERM", "1 MONTH", "3 YEARS"),
        "END_OF_TERM | 1 MONTH | 3 YEARS",
        "R15.6",
        applied=False,
    ),
)
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
        name = _VERSION.get(str(version), "")
        if not name:
            faults.append(_bad_value("ruleset_version", version, "2025+ | 2021"))
            name = DEFAULT_PROFILE
    if name not in PROFILES:
        raise InputFaults([_bad_value("profile", name, " | ".join(PROFILES))])
    in_2021 = name == "2021-zhejiang"
    values = {p.name: p.default_2021 if in_2021 else p.default for p in PARAMETERS}
    for key, value in raw.items():
        try:
            parameter = _BY_NAME[_ALIASES.get(key, key)]
            values[parameter.name] = parameter.read(value)
        except KeyError:
            faults.append(_unknown(key))
        except _Refused:
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
