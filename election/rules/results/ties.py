"""A repeat vote that stays level after the last attempt: the committee decides in writing (R9.4).

The law is silent. The program draws no lots and names nobody: it records whether those who are
level vote once more or whether the seats stay vacant. The decision stands in the certified outcome
under "committee", and its sentence among the steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from election.rules.results import Consequence, Flag
from election.rules.results.codes import (
    NOBODY_LEVEL,
    NOT_WRITTEN,
    NOTHING_LEVEL,
    WRONG_DAY,
)
from election.rules.terms import RuleViolation, Text, step

LAW = "EL 45(3); ZJ 49(2)"
COMMITTEE = "committee"  # key of the decision within a certified outcome


class Choice(StrEnum):
    """What the committee may decide, named as what then follows."""

    AGAIN = Consequence.TIE_REPEAT_VOTE.value
    VACANT = Consequence.VACANT.value


CHOICES: Mapping[Choice, Text] = {
    Choice.AGAIN: Text("再举行一次再次投票", "one more repeat vote is held"),
    Choice.VACANT: Text("不再投票，名额空缺", "no more votes are held and the seats stay vacant"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The committee's written decision: what, under which number, on which day, and why."""

    choice: Choice
    reference: str
    day: date
    reason: str


def undecided(outcome: Mapping[str, Any]) -> bool:
    """Whether an outcome leaves a tie to the committee, decided by now or not."""
    return bool(outcome["next"] == Consequence.UNRESOLVED_TIE.value)


def due(outcome: Mapping[str, Any]) -> str | None:
    """What a certified outcome asks for, the committee's decision on a tie included."""
    decided = outcome.get(COMMITTEE)
    following = decided["decides"] if decided else outcome["next"]
    return None if following is None else str(following)


def decided(
    outcome: Mapping[str, Any], decision: Decision, *, polling_day: date, today: date
) -> dict[str, Any]:
    """The certified outcome with the committee's decision; an earlier decision is replaced.

    Raises R.624 where nothing is left to the committee, R.625-R.627 for a decision that cannot be.
    """
    if not undecided(outcome):
        raise RuleViolation(NOTHING_LEVEL)
    if not decision.reference.strip() or not decision.reason.strip():
        raise RuleViolation(NOT_WRITTEN)
    if not polling_day <= decision.day <= today:
        days = {"day": decision.day, "before": polling_day, "today": today}
        raise RuleViolation(WRONG_DAY, **{name: day.isoformat() for name, day in days.items()})
    if decision.choice is Choice.AGAIN and not outcome["tied"]:
        raise RuleViolation(NOBODY_LEVEL)
    told = {
        "decides": decision.choice.value,
        "reference": decision.reference.strip(),
        "day": decision.day.isoformat(),
        "reason": decision.reason.strip(),
    }
    steps = [*outcome["steps"]][: -1 if COMMITTEE in outcome else None]
    flags = sorted({*outcome["flags"], Flag.LAW_SILENT.value})
    sentence = _sentence(decision, seats=int(outcome["next_seats"]))
    return {**outcome, "steps": [*steps, sentence], "flags": flags, COMMITTEE: told}


def _sentence(decision: Decision, *, seats: int) -> dict[str, object]:
    day = decision.day
    zh = "余下{seats}名得票相等如何处理，法律未作规定，程序不抽签。"
    zh += "选举委员会{day}书面决定（{reference}）：{choice}。理由：{reason}。"
    en = "Seats held up by the tie: {seats}. The law is silent and the program draws no lots."
    en += " Written decision {reference} of the election committee, {day}: {choice}."
    en += " Reason: {reason}."
    return step(
        "R9.4",
        LAW,
        zh,
        en,
        law_silent=True,
        seats=seats,
        reference=decision.reference.strip(),
        day=Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat()),
        choice=CHOICES[decision.choice],
        reason=decision.reason.strip().rstrip("。."),
    ).to_json()
