"""The recall of a deputy by the voters of the district (罢免)."""

from election.rules.results.cases import Case
from election.rules.results.kinds import RECALL_FOR
from election.rules.results.outcome import Outcome, Parts, concluded, more_than_half
from election.rules.terms import step

RECALLED = "recalled"


def decide_recall(case: Case) -> Outcome:
    """Passes only with more than half of all voters of the district, however many took part.

    Source: EL 52-53; ZJ 56.
    """
    registered, votes = case.whole("registered"), case.votes[RECALL_FOR]
    need = more_than_half(registered)
    passed = votes >= need
    zh = "全选区登记选民{registered}名，过半数为{need}票；赞成罢免{votes}票，"
    zh += "罢免通过。" if passed else "罢免未通过。"
    en = "{registered} voters are registered; more than half of all of them is {need} votes."
    en += " For the recall: {votes}. "
    en += "The recall passes." if passed else "The recall fails."
    vote = step("R10.3", "EL 52-53; ZJ 56", zh, en, registered=registered, need=need, votes=votes)
    parts = Parts((RECALLED,) if passed else (), (), 0, 0)
    return concluded(parts, need=need, following=None, steps=[vote])
