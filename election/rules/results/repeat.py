"""The repeat vote among those who stood level (再次投票), in districts and in the session.

Plurality among the tied; who has no vote at all is not elected. Source: EL 45(3); OL 29(1);
default R9.4 for everything the articles leave open.
"""

from collections.abc import Mapping, Sequence

from election.rules.results.cases import Case
from election.rules.results.kinds import is_write_in
from election.rules.results.outcome import (
    Next,
    NextCandidates,
    Outcome,
    Parts,
    concluded,
    share_out_repeat,
)
from election.rules.results.wording import Law, default_rule, parameter, people, silent
from election.rules.terms import Step, step

NEED = 1


def standing(case: Case) -> dict[str, int]:
    """Those who stand in a repeat vote: the tied, hence nobody written in."""
    return {name: votes for name, votes in case.votes.items() if not is_write_in(name)}


def repeat_parts(case: Case) -> Parts:
    """How this repeat vote parts its seats."""
    return share_out_repeat(standing(case), seats=case.seats)


def decide_repeat(
    case: Case,
    law: Law,
    gates: Sequence[Step],
    *,
    if_missing: Next,
    candidates: NextCandidates | None = None,
    after: Sequence[Step] = (),
) -> Outcome:
    """Outcome of a valid repeat vote; `if_missing` follows when nobody is left with a vote."""
    votes, parts = standing(case), repeat_parts(case)
    steps = [*gates, *_ignored(case, law), _plurality(votes, parts, law)]
    following: Next | None = None
    if parts.tied:
        again = case.attempt < case.profile.whole("tie_repeat_max")
        following = Next.TIE_REPEAT_VOTE if again else Next.UNRESOLVED_TIE
        steps.append(_tied_again(case, votes, parts, law, again=again))
    elif parts.missing:
        following = if_missing
        steps.append(_without_votes(parts, law))
    return concluded(
        parts, need=NEED, following=following, steps=[*steps, *after], candidates=candidates
    )


def _ignored(case: Case, law: Law) -> list[Step]:
    written = [name for name in case.votes if is_write_in(name)]
    if not written:
        return []
    zh = "再次投票只在得票相等的之间进行，{who}不计入。"
    en = "A repeat vote is among the tied only; not counted: {who}."
    return [step(law.tie[0], law.tie[1], zh, en, who=people(case.votes, written))]


def _plurality(votes: Mapping[str, int], parts: Parts, law: Law) -> Step:
    zh = "再次投票以得票多的{chosen}，得票：{order}；{chosen}：{who}。"
    en = "In a repeat vote the higher count wins. Votes: {order}; {chosen}: {who}."
    return step(law.tie[0], law.tie[1], zh, en, order=people(votes, votes),
                who=people(votes, parts.elected), chosen=law.chosen)  # fmt: skip


def _tied_again(
    case: Case, votes: Mapping[str, int], parts: Parts, law: Law, *, again: bool
) -> Step:
    zh = "第{attempt}次再次投票后{who}得票仍相等，余下{left}{unit}无法确定，"
    zh += "须再投一次；" if again else "不再投票，留待决定，不由程序抽签；"
    en = "After repeat vote no. {attempt} these are still level: {who}; places left: {left}. "
    en += "They vote once more." if again else "No further vote; the program draws no lots."
    default = parameter(case.profile, "tie_repeat_max")
    return silent(("R9.4", law.tie[1]), zh, en, default=default, body=law.body, unit=law.unit,
                  attempt=case.attempt, who=people(votes, parts.tied),
                  left=parts.tied_seats)  # fmt: skip


def _without_votes(parts: Parts, law: Law) -> Step:
    zh = "没有得票的不能{chosen}，仍缺{missing}{unit}；"
    en = "Without a vote nobody can be {chosen}; places still missing: {missing}."
    default = default_rule("R9.4")
    return silent(("R9.4", law.tie[1]), zh, en, default=default, body=law.body,
                  missing=parts.missing, unit=law.unit, chosen=law.chosen)  # fmt: skip
