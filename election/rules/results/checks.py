"""Which figures of one count cannot be. Every fault is returned; nothing is repaired or guessed.

Source: Electoral Law Art. 25 (seats), Art. 43-44 (papers); command contract, "calc result".
"""

import json
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from election.rules.counting import WRITE_IN
from election.rules.districts.checks import MOST_SEATS
from election.rules.profile import Profile
from election.rules.results.kinds import ALL_FIGURES, FIGURES, RECALL_FOR, BallotKind, RoundRule
from election.rules.terms import InputFault

LARGEST = 10**18 - 1  # 64-bit storage; no electorate comes near it
SEATS_OF_DISTRICT = range(1, MOST_SEATS + 1)
_BOUNDS = (
    ("void", "returned", "废票{0}张多于收回的选票{1}张", "{0} void papers exceed {1} returned"),
    ("issued", "registered", "发出选票{0}张多于登记选民{1}名", "{0} issued exceed {1} voters"),
    ("issued", "present", "发出选票{0}张多于出席代表{1}人", "{0} issued exceed {1} present"),
    ("present", "all_deputies", "出席{0}人多于全体代表{1}人", "{0} present exceed {1} deputies"),
)


def verbatim(value: object) -> str:
    """A raw value as the file wrote it, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 40 else f"{text[:39]}…"


def impossible(
    kind: BallotKind | None, values: Mapping[str, object], rules: Profile | None
) -> list[InputFault]:
    """Every fault of the figures of one count, in the order of its fields.

    values: raw figures by name; an absent key is a missing figure. kind and rules are None when
    they are themselves unusable; then the checks that hang on them are left out.
    """
    faults = [*_round_faults(kind, values), *_figure_faults(kind, values)]
    votes = values.get("votes")
    if not isinstance(votes, Mapping):
        return [*faults, _votes_missing(votes)]
    numbers = {name: n for name in ("seats", *_figures(kind)) if _usable(n := values.get(name))}
    counted = {str(name): n for name, n in votes.items() if _usable(n)}
    return [
        *faults,
        *_bound_faults(numbers),
        *_name_faults(kind, votes),
        *_vote_faults(kind, counted, numbers),
        *_sum_faults(counted, numbers, _marks_allowed(kind, numbers, len(votes), rules)),
    ]


def whole_fault(name: str, value: object, *, least: int = 0) -> InputFault | None:
    """The fault of a figure that is not a whole number from `least` up: 3.0, "12", true, -1."""
    if isinstance(value, bool) or not isinstance(value, int):
        return InputFault(
            name,
            f"{verbatim(value)}不是整数；应写阿拉伯数字，不带引号和小数点，如12",
            f"{verbatim(value)} is not a whole number; write digits without quotes or point, as 12",
        )
    if value < least:
        return InputFault(name, f"不得小于{least}", f"must not be less than {least}")
    if value > LARGEST:
        return InputFault(name, "数字过大（超过18位）", "too large (more than 18 digits)")
    return None


def _figures(kind: BallotKind | None) -> tuple[str, ...]:
    return FIGURES[kind] if kind else ALL_FIGURES


def _usable(value: object) -> TypeGuard[int]:
    return whole_fault("", value) is None


def _round_faults(kind: BallotKind | None, values: Mapping[str, object]) -> Iterator[InputFault]:
    if kind in {None, BallotKind.RECALL}:
        return
    words = " | ".join(RoundRule)
    if "round" not in values:
        yield InputFault("round", f"缺少；可用：{words}", f"missing; use {words}")
    elif values["round"] not in tuple(RoundRule):
        got = verbatim(values["round"])
        yield InputFault("round", f"没有轮次{got}；可用：{words}", f"no round {got}; use {words}")


def _figure_faults(kind: BallotKind | None, values: Mapping[str, object]) -> Iterator[InputFault]:
    """Missing figures of this kind, and whatever is there but is no number."""
    needed = FIGURES[kind] if kind else ()
    if kind is not BallotKind.RECALL:
        needed = ("seats", *needed)
    for name in ("seats", "attempt", *_figures(kind)):
        least = 1 if name in {"seats", "attempt"} else 0
        if name not in values:
            if name in needed:
                yield InputFault(name, "缺少此项，应为整数", "missing; a whole number is needed")
        elif fault := whole_fault(name, values[name], least=least):
            yield fault
        elif (
            kind is BallotKind.DEPUTIES
            and name == "seats"
            and values[name] not in SEATS_OF_DISTRICT
        ):
            yield _too_many_seats(values[name])


def _too_many_seats(seats: object) -> InputFault:
    return InputFault(
        "seats",
        f"选区应选代表{seats}名；依法每一选区选1至3名（选举法第25条）",
        f"{seats} seats in one district; the law allows 1 to 3 (EL 25)",
    )


def _votes_missing(votes: object) -> InputFault:
    got = "" if votes is None else f" ({verbatim(votes)})"
    return InputFault(
        "votes",
        f'缺少得票或格式不对{got}；应写成 {{"姓名":票数}}',
        f'missing or not an object{got}; write {{"NAME": votes}}',
    )


def _bound_faults(numbers: Mapping[str, int]) -> Iterator[InputFault]:
    for part, whole, zh, en in _BOUNDS:
        if part in numbers and whole in numbers and numbers[part] > numbers[whole]:
            both = (numbers[part], numbers[whole])
            yield InputFault(part, zh.format(*both), en.format(*both))


def _name_faults(kind: BallotKind | None, votes: Mapping[str, object]) -> Iterator[InputFault]:
    if kind is BallotKind.RECALL and RECALL_FOR not in votes:
        yield InputFault("votes.for", "缺少赞成罢免的票数", "missing: votes for the recall")
    for name, value in votes.items():
        if not name.removeprefix(WRITE_IN).strip():
            yield InputFault(f"votes.{name}", "姓名为空", "the name is empty")
        if kind is BallotKind.RECALL and name != RECALL_FOR:
            yield InputFault(
                f"votes.{name}", "罢免只填“for”（赞成票）", 'a recall takes "for" only'
            )
        if fault := whole_fault(f"votes.{name}", value):
            yield fault


def _vote_faults(
    kind: BallotKind | None, counted: Mapping[str, int], numbers: Mapping[str, int]
) -> Iterator[InputFault]:
    """Nobody has more votes than there are papers; a recall, than there are voters."""
    name, zh, en = (
        ("registered", "赞成票{0}张多于登记选民{1}名", "{0} votes exceed {1} registered voters")
        if kind is BallotKind.RECALL
        else ("returned", "得票{0}多于收回的选票{1}张", "{0} votes exceed {1} returned papers")
    )
    if name not in numbers:
        return
    for who, votes in counted.items():
        if votes > numbers[name]:
            both = (votes, numbers[name])
            yield InputFault(f"votes.{who}", zh.format(*both), en.format(*both))


def _marks_allowed(
    kind: BallotKind | None, numbers: Mapping[str, int], lines: int, rules: Profile | None
) -> int | None:
    """How many marks one valid paper can carry; None when that cannot be known.

    numbers: the figures, with "seats"; lines: how many names or projects were voted on.
    """
    if kind is BallotKind.PROJECTS:
        if rules is None:
            return None
        if rules.word("project.method") == "YES_NO":
            return lines
    return numbers.get("seats") or None  # no seats is a fault of its own


def _sum_faults(
    counted: Mapping[str, int], numbers: Mapping[str, int], marks: int | None
) -> Iterator[InputFault]:
    """The votes of all together: not one more than the papers carry (R8.4)."""
    if marks is None or "returned" not in numbers or "void" not in numbers:
        return
    valid, total = numbers["returned"] - numbers["void"], sum(counted.values())
    if valid >= 0 and total > marks * valid:
        yield InputFault(
            "votes",
            f"得票合计{total}，多于有效票{valid}张×每张至多{marks}个=最多{marks * valid}",
            f"{total} votes in all exceed {valid} valid papers x {marks} marks = {marks * valid}",
        )
