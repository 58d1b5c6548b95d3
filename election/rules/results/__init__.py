"""Who is elected, who is tied, what is missing and what follows, from the figures of one ballot.

Deputies in their districts, officers and projects in the session, the recall of a deputy. Every
outcome explains itself in steps. Source: EL 44-45, 52-53; ZJ 48-49, 56; OL 25, 29; rulebook
sections 8 to 12.
"""

from election.rules.results.cases import Case
from election.rules.results.deputies import decide_deputies
from election.rules.results.further import candidate_numbers
from election.rules.results.kinds import BallotKind, RoundRule
from election.rules.results.outcome import Consequence, Flag, NextCandidates, Outcome, Reason
from election.rules.results.recall import decide_recall
from election.rules.results.session import decide_session

__all__ = [
    "BallotKind",
    "Case",
    "Consequence",
    "Flag",
    "NextCandidates",
    "Outcome",
    "Reason",
    "RoundRule",
    "candidate_numbers",
    "decide",
]


def decide(case: Case) -> Outcome:
    """The outcome of one ballot with its steps. Total over every Case: it never raises."""
    if case.kind is BallotKind.DEPUTIES:
        return decide_deputies(case)
    return decide_recall(case) if case.kind is BallotKind.RECALL else decide_session(case)
