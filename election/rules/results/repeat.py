"""The repeat vote among those who stood level (再次投票), in districts and in the session.

Plurality among the tied, printed or written in before: whoever has votes here stands. Who has no
vote at all is not elected. Source: EL 45(3); OL 29(1); R9.3, R9.13; default R9.4 for everything the
articles leave open.
"""

from collections.abc import Sequence

from election.rules.results.cases import Case
from election.rules.results.outcome import (
    Consequence,
    NextCandidates,
    Outcome,
    Parts,
    concluded,
    share_out_repeat,
)
from election.rules.results.wording import Law, default_rule, parameter, people, silent
from election.rules.terms import Step, step

NEED = 1


def repeat_parts(case: Case) -> Parts:
    """How this repeat vote parts its seats."""
    return share_out_repeat(case.votes, seats=case.seats)


def decide_repeat(
    case: Case,
    law: Law,
    gates: Sequence[Step],
    *,
    if_missing: Consequence,
    candidates: NextCandidates | None = None,
    after: Sequence[Step] = (),
) -> Outcome:
    """Outcome of a valid repeat vote; `if_missing` follows when nobody is left with a vote."""
    parts = repeat_parts(case)
    steps = [*gates, _plurality(case, parts, law)]
    following: Consequence | None = None
    if parts.tied:
        again = case.attempt < case.profile.whole("tie_repeat_max")
        following = Consequence.TIE_REPEAT_VOTE if again else Consequence.UNRESOLVED_TIE
        steps.append(_tied_again(case, parts, law, again=again))
    elif parts.missing:
        following = if_missing
        steps.append(_without_votes(parts, law))
    return concluded(
        parts, need=NEED, following=following, steps=[*steps, *after], candidates=candidates
    )


def _plurality(case: Case, parts: Parts, law: Law) -> Step:
    zh = "再次投票只在得票相等的{among}之间进行，以得票多的{chosen}，得票：{order}；"
    zh += "{chosen}：{who}。"
    en = "A repeat vote is among those who were level and the higher count wins; votes: {order};"
    en += " {chosen}: {who}."
    return step(
        law.tie[0],
        law.tie[1],
        zh,
        en,
        order=people(case.votes, case.votes),
        who=people(case.votes, parts.elected),
        chosen=law.chosen,
        among=law.among,
    )


def _tied_again(case: Case, parts: Parts, law: Law, *, again: bool) -> Step:
    zh = "第{attempt}次再次投票后{who}得票仍相等，余下{left}{unit}无法确定，"
    zh += "须再投一次；" if again else "不再投票，留待决定，不由程序抽签；"
    en = "After repeat vote no. {attempt} these are still level: {who}; places left: {left}. "
    en += "They vote once more." if again else "No further vote; the program draws no lots."
    default = parameter(case.profile, "tie_repeat_max")
    return silent(
        ("R9.4", law.tie[1]),
        zh,
        en,
        default=default,
        body=law.body,
        unit=law.unit,
        attempt=case.attempt,
        who=people(case.votes, parts.tied),
        left=parts.tied_seats,
    )


def _without_votes(parts: Parts, law: Law) -> Step:
    zh = "没有得票的不能{chosen}，仍缺{missing}{unit}；"
    en = "Without a vote nobody can be {chosen}; places still missing: {missing}."
    default = default_rule("R9.4")
    return silent(
        ("R9.4", law.tie[1]),
        zh,
        en,
        default=default,
        body=law.body,
        missing=parts.missing,
        unit=law.unit,
        chosen=law.chosen,
    )
