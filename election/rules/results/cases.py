"""One count as the law sees it: the figures, the votes, the rules in force; nothing impossible."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self, cast

from election.rules import profile as profiles
from election.rules.profile import Profile
from election.rules.results.checks import impossible, verbatim
from election.rules.results.kinds import (
    ALL_FIGURES,
    FIGURES,
    PARAMETERS_OF,
    BallotKind,
    RoundRule,
)
from election.rules.terms import InputFault, InputFaults

_COMMON = ("kind", "seats", "votes", "parameters")
_OF_ROUNDS = ("round", "attempt")
KEYS = (*_COMMON, *_OF_ROUNDS, *ALL_FIGURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The signed figures of one ballot in one district or session.

    registered, all_deputies, present: persons; issued, returned, void: papers; votes: per name
    ("write-in:NAME" for somebody not on the paper), for the recall {"for": n}; seats: places this
    ballot fills. attempt: the how-manieth repeat vote or further election this is, from 1. In a
    repeat vote everybody in `votes` stands: the tied, whether printed or written in before.
    Raises InputFaults with every figure that cannot be.
    """

    kind: BallotKind
    round: RoundRule | None = None
    seats: int = 1
    registered: int | None = None
    all_deputies: int | None = None
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    void: int | None = None
    votes: Mapping[str, int]
    attempt: int = 1
    profile: Profile = field(default_factory=profiles.profile)

    def __post_init__(self) -> None:
        named = {name: getattr(self, name) for name in KEYS if name not in {"kind", "parameters"}}
        figures = {name: value for name, value in named.items() if value is not None}
        faults = impossible(self.kind, figures, self.profile)
        if faults:
            raise InputFaults(faults)

    def whole(self, name: str) -> int:
        """A figure this kind of count has; TypeError for one it has not."""
        value = getattr(self, name)
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    @classmethod
    def from_document(cls, raw: Mapping[str, object]) -> Self:
        """Read the shape of `calc result`. Raises InputFaults with all faults of the document."""
        kind, faults = _kind(raw)
        rules, bad_parameters = _rules(kind, raw)
        faults += [*_unknown_keys(kind, raw), *impossible(kind, raw, rules), *bad_parameters]
        if faults or kind is None or rules is None:
            raise InputFaults(faults)
        return cls(
            kind=kind,
            round=RoundRule(str(raw["round"])) if "round" in raw else None,
            votes=dict(cast("Mapping[str, int]", raw["votes"])),
            profile=rules,
            **{n: cast("int", raw[n]) for n in ("seats", "attempt", *ALL_FIGURES) if n in raw},
        )


def _kind(raw: Mapping[str, object]) -> tuple[BallotKind | None, list[InputFault]]:
    words = " | ".join(BallotKind)
    if "kind" not in raw:
        return None, [InputFault("kind", f"缺少；可用：{words}", f"missing; use {words}")]
    got = raw["kind"]
    if isinstance(got, str) and got in tuple(BallotKind):
        return BallotKind(got), []
    zh, en = f"没有种类{verbatim(got)}；可用：{words}", f"no kind {verbatim(got)}; use {words}"
    return None, [InputFault("kind", zh, en)]


def _unknown_keys(kind: BallotKind | None, raw: Mapping[str, object]) -> list[InputFault]:
    allowed = KEYS if kind is None else (*_COMMON, *FIGURES[kind])
    if kind not in {None, BallotKind.RECALL}:
        allowed = (*allowed, *_OF_ROUNDS)
    who = "" if kind is None else f"{kind} "
    words = ", ".join(allowed)
    return [
        InputFault(key, f"{who}没有此项；可用：{words}", f"not a key of {who}cases; use {words}")
        for key in raw
        if key not in allowed
    ]


def _rules(
    kind: BallotKind | None, raw: Mapping[str, object]
) -> tuple[Profile | None, list[InputFault]]:
    """The law of the case; a parameter that does not decide its kind of count is refused."""
    parameters = raw.get("parameters", {})
    if not isinstance(parameters, Mapping):
        zh, en = "应写成 {参数名:值}", "must be an object {NAME: value}"
        return None, [InputFault("parameters", f"{zh}（{verbatim(parameters)}）", en)]
    inert = [] if kind is None else _without_effect(kind, parameters)
    try:
        return profiles.profile(parameters), inert
    except InputFaults as error:
        refused = {fault.field for fault in error.faults}
        return None, [*error.faults, *(fault for fault in inert if fault.field not in refused)]


def _without_effect(kind: BallotKind, parameters: Mapping[str, object]) -> list[InputFault]:
    words = ", ".join(("ruleset_version", *PARAMETERS_OF[kind]))
    return [
        InputFault(
            f"parameters.{name}",
            f"参数“{name}”不影响{kind}的结果；可用：{words}",
            f'parameter "{name}" decides nothing of {kind}; use {words}',
        )
        for name in parameters
        if profiles.full_name(name) not in {"ruleset_version", *PARAMETERS_OF[kind]}
    ]
