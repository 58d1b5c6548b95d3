"""Who may stand in the further election of a district (另行选举的候选人).

Source: EL 31(2), 45(4); ZJ 36(1), 49(3); defaults R9.10, R9.11.
"""

from collections.abc import Mapping, Sequence

from election.rules.results.cases import Case
from election.rules.results.kinds import RoundRule, is_write_in
from election.rules.results.outcome import NextCandidates, Parts
from election.rules.results.wording import (
    COMMITTEE,
    by_votes,
    default_rule,
    parameter,
    people,
    silent,
)
from election.rules.terms import Fact, Step, Text, step

_ARTICLE = "EL 31(2), 45(4); ZJ 36(1), 49(3)"


def candidate_numbers(seats: int) -> range:
    """The legal numbers of candidates: seats + a third (rounded up) to twice the seats.

    1 -> 2; 2 -> 3, 4; 3 -> 4, 5, 6. Source: EL 31(2); ZJ 36(1).
    """
    return range(seats + -(-seats // 3), 2 * seats + 1)


def next_candidates(
    case: Case, votes: Mapping[str, int], parts: Parts
) -> tuple[NextCandidates, list[Step]]:
    """Everybody left in order of votes, the legal number for the missing seats, and the steps."""
    remaining = by_votes(votes, votes.keys() - set(parts.elected))
    take_writeins = case.profile.flag("further_include_writeins")
    order = [name for name in remaining if take_writeins or not is_write_in(name)]
    numbers = candidate_numbers(parts.missing)
    cut_tied = all(_cuts(votes, order, n) for n in numbers)
    legal = NextCandidates(tuple(order), numbers[0], numbers[-1], cut_tied)
    steps = [_order_step(case, votes, legal, parts.missing)]
    if cut_tied:
        steps.append(_cut_step(votes, legal))
    if any(is_write_in(name) for name in remaining[: legal.max]):
        steps.append(_write_in_step(case, votes, remaining[: legal.max]))
    if len(order) < legal.min:
        steps.append(_too_few(legal))
    return legal, steps


def _cuts(votes: Mapping[str, int], order: Sequence[str], number: int) -> bool:
    """Whether taking the first `number` would part people with equal votes."""
    return number < len(order) and votes[order[number - 1]] == votes[order[number]]


def _number(legal: NextCandidates) -> Text:
    if legal.min == legal.max:
        return Text(f"{legal.min}名", f"exactly {legal.min}")
    return Text(f"{legal.min}至{legal.max}名", f"{legal.min} to {legal.max}")


def _order_step(case: Case, votes: Mapping[str, int], legal: NextCandidates, missing: int) -> Step:
    zh = "另行选举补足{missing}名，候选人依法为{number}，按得票多少的顺序确定：{who}。"
    en = "Seats for the further election: {missing}; candidates by law: {number}, in order of"
    en += " votes: {who}."
    figures: dict[str, Fact] = {"missing": missing, "number": _number(legal)}
    figures |= {"who": people(votes, legal.order)}
    if case.round is RoundRule.FIRST:
        return step("R9.5", _ARTICLE, zh, en, **figures)
    zh += "此处按本次投票排列；第一次投票以后各次以哪次的顺序为准，"
    en += " This order is of the present ballot; the law names the order of the first ballot only."
    default = default_rule("R9.5")
    return silent(("R9.5", _ARTICLE), zh, en, default=default, body=COMMITTEE, **figures)


def _cut_step(votes: Mapping[str, int], legal: NextCandidates) -> Step:
    level = votes[legal.order[legal.max]]
    who = people(votes, [name for name in legal.order if votes[name] == level])
    zh = "候选人限{number}，无论取几名都会把得票相等的人分开（{who}）；由谁作候选人，"
    en = "Candidates allowed: {number}, and every legal number parts people with equal votes:"
    en += " {who}."
    return silent(
        ("R9.11", "EL 45(4)"),
        zh,
        en,
        default=default_rule("R9.11"),
        body=COMMITTEE,
        who=who,
        number=_number(legal),
    )


def _write_in_step(case: Case, votes: Mapping[str, int], front: Sequence[str]) -> Step:
    zh = "得票在前的{who}不是原候选人，能否列为另行选举候选人，"
    en = "Among the first by votes are people who were written in: {who}. May they stand?"
    default = parameter(case.profile, "further_include_writeins")
    return silent(
        ("R9.10", "EL 45(4)"),
        zh,
        en,
        default=default,
        body=COMMITTEE,
        who=people(votes, filter(is_write_in, front)),
    )


def _too_few(legal: NextCandidates) -> Step:
    zh = "可列为候选人的只有{left}名，少于法定的{number}，须补足候选人；如何补足，"
    en = "People left: {left}; candidates by law: {number}. More candidates are needed."
    return silent(
        ("R5.13", "EL 31"),
        zh,
        en,
        default=default_rule("R5.13"),
        body=COMMITTEE,
        left=len(legal.order),
        number=_number(legal),
    )
