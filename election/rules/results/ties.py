"""A repeat vote that stays level after the last attempt: the committee decides in writing (R9.4).

The law is silent. The program draws no lots and names nobody: it records whether those who are
level vote once more or whether the seats stay vacant. The decision stands in the certified outcome,
and its sentence among the steps.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from election.rules.results import Flag
from election.rules.results.certified import CertifiedOutcome, Choice, Decision
from election.rules.results.codes import NOBODY_LEVEL, NOT_WRITTEN, NOTHING_LEVEL, WRONG_DAY
from election.rules.terms import RuleViolation, Step, Text, step

LAW = "EL 45(3); ZJ 49(2)"
CHOICES: Mapping[Choice, Text] = {
    Choice.AGAIN: Text("再举行一次再次投票", "one more repeat vote is held"),
    Choice.VACANT: Text("不再投票，名额空缺", "no more votes are held and the seats stay vacant"),
}


def decided(
    outcome: CertifiedOutcome, decision: Decision, *, polling_day: date, today: date
) -> CertifiedOutcome:
    """The certified outcome with the committee's decision; an earlier decision is replaced.

    Raises R.624 where nothing is left to the committee, R.625-R.627 for a decision that cannot be.
    """
    if not outcome.left_to_committee:
        raise RuleViolation(NOTHING_LEVEL)
    if not decision.reference.strip() or not decision.reason.strip():
        raise RuleViolation(NOT_WRITTEN)
    if not polling_day <= decision.day <= today:
        days = {"day": decision.day, "before": polling_day, "today": today}
        raise RuleViolation(WRONG_DAY, **{name: day.isoformat() for name, day in days.items()})
    if decision.choice is Choice.AGAIN and not outcome.tied:
        raise RuleViolation(NOBODY_LEVEL)
    steps = outcome.steps[:-1] if outcome.committee else outcome.steps
    return replace(
        outcome,
        steps=(*steps, _sentence(decision, seats=outcome.next_seats)),
        flags=tuple(sorted({*outcome.flags, Flag.LAW_SILENT})),
        committee=decision,
    )


def _sentence(decision: Decision, *, seats: int) -> Step:
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
    )
