"""A decision of the competent body that sets a parameter to one of the alternatives of the law.

Source: EL 11; ZJ 13; rulebook 0.5 (who decides where the law leaves room), section 16.
"""

import re
from dataclasses import dataclass
from datetime import date

from election.rules.days import day_text
from election.rules.elections.codes.decisions import (
    DECIDED_ELSEWHERE,
    DECISION_AHEAD,
    DECISION_UNNAMED,
)
from election.rules.elections.kinds import DecidingBody
from election.rules.profile.parameters import Parameter
from election.rules.terms import RuleViolation

_A_NUMBER = re.compile(r"[0-9０-９〇零一二三四五六七八九十]")
_WITH_THE_SEATS = "population_basis"


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """Who decided, under which number, on which day."""

    body: DecidingBody
    number: str
    day: date

    def to_json(self) -> dict[str, str]:
        """The shape in the records and in the audit log."""
        return {"body": self.body.value, "number": self.number, "day": self.day.isoformat()}


def decided_at_set_up(parameter: Parameter) -> bool:
    """Whether the election's bodies decide on it: not the session, nor with a congress's seats."""
    return not parameter.of_session and parameter.name != _WITH_THE_SEATS


def require_decision(parameter: Parameter, decision: RecordedDecision, *, today: date) -> None:
    """Raise R.191-R.193 for a decision without number, of a day to come, or of another body."""
    if not decided_at_set_up(parameter):
        raise RuleViolation(DECIDED_ELSEWHERE, parameter=parameter.words)
    if not _A_NUMBER.search(decision.number):
        raise RuleViolation(DECISION_UNNAMED, number=decision.number)
    if decision.day > today:
        days = {"day": day_text(decision.day), "today": day_text(today)}
        raise RuleViolation(DECISION_AHEAD, **days)
