"""Who is elected deputy in one district: first ballot, further election, repeat vote.

Source: EL 44-45; ZJ 48-49; rulebook sections 8 and 9.
"""

from collections.abc import Sequence
from fractions import Fraction

from election.rules.results.cases import Case
from election.rules.results.further import next_candidates
from election.rules.results.gates import district_gates, rerun
from election.rules.results.kinds import RoundRule
from election.rules.results.outcome import (
    Consequence,
    NextCandidates,
    Outcome,
    Parts,
    at_least,
    concluded,
    more_than_half,
    share_out,
)
from election.rules.results.repeat import decide_repeat, repeat_parts
from election.rules.results.wording import (
    COMMITTEE,
    Law,
    default_rule,
    parameter,
    people,
    place_steps,
    silent,
)
from election.rules.terms import Fact, Step, Text, step

_PERSONS = {"unit": Text("名", "persons"), "chosen": Text("当选", "elected")}
FIRST_LAW = Law(
    reach=("R9.1", "EL 45(1); ZJ 49(1)"),
    rank=("R9.2", "EL 45(3); ZJ 49(2)"),
    tie=("R9.3", "EL 45(3); ZJ 49(2)"),
    body=COMMITTEE,
    **_PERSONS,
)
FURTHER_LAW = Law(
    reach=("R9.6", "EL 45(5); ZJ 49(3)"),
    rank=("R9.6", "EL 45(5); ZJ 49(3)"),
    tie=("R9.4", "EL 45(3), 45(5); ZJ 49(2)"),
    body=COMMITTEE,
    **_PERSONS,
)
_THIRD = Fraction(1, 3)
_PAPERS = {
    "ISSUED": Text("发出选票", "ballots issued"),
    "RETURNED": Text("收回选票", "ballots returned"),
    "VALID": Text("有效选票", "valid ballots"),
}


def decide_deputies(case: Case) -> Outcome:
    """The outcome of one district's ballot, whatever its round."""
    reasons, steps = district_gates(case)
    if reasons:
        return rerun(case, reasons, steps, FIRST_LAW)
    if case.round is RoundRule.TIE_REPEAT:
        return _repeat(case, steps)
    return _further(case, steps) if case.round is RoundRule.FURTHER else _first(case, steps)


def _first(case: Case, gates: Sequence[Step]) -> Outcome:
    basis = case.profile.word("majority_basis")
    need, parts = _majority(case, basis)
    sensitive = _basis_steps(case, basis, parts)
    steps = [
        *gates,
        _need_step(case, basis, need),
        *place_steps(case.votes, parts, FIRST_LAW, need=need, seats=case.seats),
        *sensitive,
    ]
    following = Consequence.TIE_REPEAT_VOTE if parts.tied else None
    candidates: NextCandidates | None = None
    if parts.missing:
        following = Consequence.FURTHER_ELECTION
        candidates, more = next_candidates(case, case.votes, parts)
        steps += [_short(parts, case.seats), *more]
    return concluded(
        parts,
        need=need,
        following=following,
        steps=steps,
        candidates=candidates,
        basis_sensitive=bool(sensitive),
    )


def _majority(case: Case, basis: str) -> tuple[int, Parts]:
    need = more_than_half(case.whole(basis.lower()))
    return need, share_out(case.votes, need=need, seats=case.seats)


def _need_step(case: Case, basis: str, need: int) -> Step:
    zh = "{papers}{base}张，过半数为{need}票；弃权票和废票计入基数。"
    en = "{base} {papers}: more than half is {need} votes; blank and void papers count in the base."
    return step(
        "R8.5",
        "EL 45(1); ZJ 49(1)",
        zh,
        en,
        base=case.whole(basis.lower()),
        need=need,
        papers=_PAPERS[basis],
    )


def _basis_steps(case: Case, basis: str, parts: Parts) -> list[Step]:
    """Say so when the other majority basis would elect or tie other people."""
    second_basis = "RETURNED" if basis == "ISSUED" else "ISSUED"
    need, theirs = _majority(case, second_basis)
    if (parts.elected, parts.tied) == (theirs.elected, theirs.tied):
        return []
    zh = "“参加投票的选民”如按{papers}{base}张计算，过半数为{need}票，结果不同，当选：{who}；"
    zh += "得票相等：{level}。以哪个数为准，"
    en = 'Were "those who took part" the {base} {papers}, more than half would be {need} votes'
    en += " and the result another: elected: {who}; level: {level}."
    return [
        silent(
            ("R8.6", "EL 44-45; ZJ 47"),
            zh,
            en,
            default=parameter(case.profile, "majority_basis"),
            body=COMMITTEE,
            papers=_PAPERS[second_basis],
            base=case.whole(second_basis.lower()),
            need=need,
            who=people(case.votes, theirs.elected),
            level=people(case.votes, theirs.tied),
        )
    ]


def _short(parts: Parts, seats: int) -> Step:
    zh = "当选{elected}名，少于应选{seats}名，缺{missing}名，应当另行选举。"
    en = "Elected: {elected} of {seats}; missing: {missing}. A further election is held for the"
    en += " missing seats only."
    return step(
        "R9.5",
        "EL 45(4); ZJ 49(3)",
        zh,
        en,
        elected=len(parts.elected),
        seats=seats,
        missing=parts.missing,
    )


def _further(case: Case, gates: Sequence[Step]) -> Outcome:
    basis = case.profile.word("third_basis")
    need, parts = _third(case, basis)
    steps = [
        *gates,
        _third_step(case, basis, need),
        *place_steps(
            case.votes,
            parts,
            FURTHER_LAW,
            need=need,
            seats=case.seats,
            tie_default=default_rule("R9.4"),
        ),
        *_third_sensitive(case, parts),
    ]
    following = Consequence.TIE_REPEAT_VOTE if parts.tied else None
    candidates: NextCandidates | None = None
    if parts.missing:
        following, candidates, more = _still_missing(case, parts)
        steps += more
    return concluded(parts, need=need, following=following, steps=steps, candidates=candidates)


def _third_base(case: Case, basis: str) -> int:
    if basis == "VALID":
        return case.whole("returned") - case.whole("void")
    return case.whole(basis.lower())


def _third(case: Case, basis: str) -> tuple[int, Parts]:
    # no ballots at all would make the third 0: still nobody is elected without a vote
    need = max(1, at_least(_THIRD, _third_base(case, basis)))
    return need, share_out(case.votes, need=need, seats=case.seats)


def _third_step(case: Case, basis: str, need: int) -> Step:
    zh = "另行选举以得票多的当选，但不得少于选票的三分之一：{papers}{base}张，至少{need}票。"
    en = "In a further election the higher count wins, with at least one third of the ballots:"
    en += " {base} {papers}, at least {need} votes."
    return step(
        "R9.6",
        "EL 45(5); ZJ 49(3)",
        zh,
        en,
        base=_third_base(case, basis),
        need=need,
        papers=_PAPERS[basis],
    )


def _third_sensitive(case: Case, parts: Parts) -> list[Step]:
    """Say so when another reading of "ballots" would elect or tie other people."""
    readings = {basis: _third(case, basis) for basis in _PAPERS}
    ours = (parts.elected, parts.tied)
    if all((theirs.elected, theirs.tied) == ours for _, theirs in readings.values()):
        return []
    zh = "三分之一按发出选票计为{issued}票，按收回选票计为{returned}票，按有效选票计为{valid}票，"
    zh += "结果不同；以哪个数为准，"
    en = "One third is {issued} votes of the ballots issued, {returned} of those returned, {valid}"
    en += " of the valid ones, and the result differs."
    default = parameter(case.profile, "third_basis")
    needs: dict[str, Fact] = {basis.lower(): need for basis, (need, _) in readings.items()}
    return [
        silent(("R8.7", "EL 45(5); ZJ 49(3)"), zh, en, default=default, body=COMMITTEE, **needs)
    ]


def _still_missing(
    case: Case, parts: Parts
) -> tuple[Consequence, NextCandidates | None, list[Step]]:
    rounds = case.profile["further_election_rounds"]
    if isinstance(rounds, int) and case.attempt >= rounds:
        zh = "另行选举已举行{attempt}次，仍缺{missing}名，不再选举，名额空缺。"
        en = "Further elections held: {attempt}; seats still missing: {missing}. No more elections"
        en += " are held and the seats stay vacant."
        used_up = step("R9.7", "ZJ 49(3)", zh, en, attempt=case.attempt, missing=parts.missing)
        return Consequence.VACANT, None, [used_up]
    candidates, more = next_candidates(case, case.votes, parts)
    return Consequence.FURTHER_ELECTION, candidates, [_short(parts, case.seats), *more]


def _repeat(case: Case, gates: Sequence[Step]) -> Outcome:
    parts = repeat_parts(case)
    following, candidates, more = _after_repeat(case, parts)
    return decide_repeat(
        case, FIRST_LAW, gates, if_missing=following, candidates=candidates, after=more
    )


def _after_repeat(
    case: Case, parts: Parts
) -> tuple[Consequence, NextCandidates | None, list[Step]]:
    """What seats nobody won lead to: the figures do not tell which ballot the tie arose in.

    Without a limit a further election is due after either; with one it may be used up (R9.7), so
    people decide.
    """
    if not parts.missing or case.profile["further_election_rounds"] is None:
        candidates, more = next_candidates(case, case.votes, parts) if parts.missing else (None, [])
        return Consequence.FURTHER_ELECTION, candidates, more
    zh = "得票相等出现在第一次投票的，所缺{missing}名应当另行选举；出现在另行选举的，不再选举，"
    zh += "名额空缺。本次数字看不出属于哪一种，由选举委员会查明后决定。"
    en = "If the tie arose in the first ballot, a further election is due; seats missing:"
    en += " {missing}. If it arose in a further election, no more elections are held and the seats"
    en += " stay vacant. These figures do not tell which: the election committee finds out and"
    en += " decides."
    undecided = step("R9.7", "EL 45(4); ZJ 49(3)", zh, en, missing=parts.missing)
    return Consequence.UNRESOLVED_TIE, None, [undecided]
