"""Ballots of the deputies in session: officers of the congress and the government, projects.

Source: OL 14, 25, 29 (2022 text; the profile has the numbers of 2015); ZTC 22; rulebook sections 11
and 12.
"""

from collections.abc import Sequence

from election.rules.results.articles import MAJORITY, SHORTFALL, SILENT, TIE, under
from election.rules.results.cases import Case
from election.rules.results.gates import rerun, session_gates
from election.rules.results.kinds import BallotKind, RoundRule
from election.rules.results.outcome import (
    Consequence,
    Outcome,
    Parts,
    concluded,
    more_than_half,
    share_out,
)
from election.rules.results.repeat import decide_repeat, repeat_parts
from election.rules.results.wording import (
    CONGRESS,
    Law,
    default_rule,
    parameter,
    people,
    place_steps,
    silent,
)
from election.rules.terms import Step, Text, step

OFFICER_LAW = Law(
    reach=("R11.10", MAJORITY),
    rank=("R11.14", TIE),
    tie=("R11.14", TIE),
    body=CONGRESS,
    unit=Text("名", "persons"),
    chosen=Text("当选", "elected"),
)
PROJECT_LAW = Law(
    reach=("R12.7", MAJORITY),
    rank=("R12.7", MAJORITY),
    tie=("R12.8", SILENT),
    body=CONGRESS,
    unit=Text("项", "projects"),
    chosen=Text("入选", "chosen"),
    act=Text("票决", "vote"),
    among=Text("项目", "projects"),
)
_COUNTED_AS = {
    "APPROVE_UP_TO_N": Text(
        "每张选票赞成不超过{seats}项，票数为赞成数",
        "Each paper approves up to {seats}; votes are approvals",
    ),
    "RANK": Text(
        "每张选票排出名次，票数为排在前{seats}名的选票数",
        "Each paper ranks; votes are the papers that rank it among the first {seats}",
    ),
    "YES_NO": Text(
        "对各项逐一表决，票数为赞成数",
        "Each project is voted on by itself; votes are the votes in favour",
    ),
}


def decide_session(case: Case) -> Outcome:
    """The outcome of a ballot of the deputies in session: officers or projects."""
    law = under(OFFICER_LAW if case.kind is BallotKind.OFFICERS else PROJECT_LAW, case.profile)
    reasons, steps = session_gates(case, law)
    if reasons:
        return rerun(case, reasons, steps, law)
    if case.round is RoundRule.TIE_REPEAT:
        after = _below_majority_in_repeat(case) if case.kind is BallotKind.PROJECTS else []
        return decide_repeat(case, law, steps, if_missing=_if_missing(case), after=after)
    return (
        _officers(case, law, steps)
        if case.kind is BallotKind.OFFICERS
        else _projects(case, law, steps)
    )


def _if_missing(case: Case) -> Consequence:
    return (
        Consequence.FURTHER_ELECTION
        if case.kind is BallotKind.OFFICERS
        else Consequence.CONGRESS_DECIDES
    )


def _majority_step(case: Case, rule: str, need: int) -> Step:
    in_office = case.profile.word("all_deputies_basis") == "IN_OFFICE"
    basis = (
        Text("在职代表", "those in office") if in_office else Text("代表名额", "the fixed number")
    )
    zh = (
        "全体代表{all}人（按{basis}计，参数all_deputies_basis），过半数为{need}票，与出席人数无关。"
    )
    en = "{all} deputies in all ({basis}, parameter all_deputies_basis): more than half is"
    en += " {need} votes, however many are present."
    return step(
        rule,
        case.profile.cited(MAJORITY),
        zh,
        en,
        all=case.whole("all_deputies"),
        need=need,
        basis=basis,
    )


def _officers(case: Case, law: Law, gates: Sequence[Step]) -> Outcome:
    need = more_than_half(case.whole("all_deputies"))
    parts = share_out(case.votes, need=need, seats=case.seats)
    steps = [
        *gates,
        _majority_step(case, "R11.10", need),
        *place_steps(case.votes, parts, law, need=need, seats=case.seats),
    ]
    following = Consequence.TIE_REPEAT_VOTE if parts.tied else None
    if parts.missing:
        following = _if_missing(case)
        zh = "还缺{missing}名，另行选举，在本次会议还是下次会议举行由大会决定；"
        zh += "可按得票顺序确定候选人，也可另行提名，当选仍须全体代表过半数。"
        en = "Posts still open: {missing}. A further election is held in this session or the next,"
        en += " as the congress decides; candidates by order of votes or newly nominated; a"
        en += " majority of all deputies is still needed."
        article = case.profile.cited(SHORTFALL)
        steps.append(step("R11.15", article, zh, en, missing=parts.missing))
    return concluded(parts, need=need, following=following, steps=steps)


def _projects(case: Case, law: Law, gates: Sequence[Step]) -> Outcome:
    threshold = case.profile.word("project.threshold")
    need, parts = _chosen(case, threshold)
    steps = [
        *gates,
        _method_step(case),
        _threshold_step(case, threshold, need),
        *place_steps(
            case.votes, parts, law, need=need, seats=case.seats, tie_default=default_rule("R12.8")
        ),
        *_below_majority(case, threshold, parts),
    ]
    following = Consequence.TIE_REPEAT_VOTE if parts.tied else None
    if parts.missing:
        following = _if_missing(case)
        steps.append(_fewer_projects(case, parts))
    return concluded(parts, need=need, following=following, steps=steps)


def _method_step(case: Case) -> Step:
    """How the votes were counted: by practice, for no article orders a method."""
    counted = _COUNTED_AS[case.profile.word("project.method")]
    zh, en = f"{counted.zh}（通行做法，{{how}}）。", f"{counted.en} (usual practice, {{how}})."
    how = parameter(case.profile, "project.method")
    return step("R12.6", SILENT, zh, en, seats=case.seats, how=how)


def _chosen(case: Case, threshold: str) -> tuple[int, Parts]:
    need = more_than_half(case.whole("all_deputies")) if threshold == "MAJORITY_ALL" else 1
    return need, share_out(case.votes, need=need, seats=case.seats)


def _threshold_step(case: Case, threshold: str, need: int) -> Step:
    if threshold == "MAJORITY_ALL":
        return _majority_step(case, "R12.7", need)
    zh = "按得票多少确定，不设过半数要求（参数project.threshold={threshold}），至少{need}票。"
    en = "Chosen by order of votes without a majority (parameter project.threshold={threshold});"
    en += " votes needed: {need}."
    article = case.profile.cited(MAJORITY)
    return step("R12.7", article, zh, en, threshold=threshold, need=need)


def _below_majority(case: Case, threshold: str, parts: Parts) -> list[Step]:
    """Say so when the plurality chooses or ties what a majority of all deputies would not."""
    need, theirs = _chosen(case, "MAJORITY_ALL")
    if threshold == "MAJORITY_ALL" or (parts.elected, parts.tied) == (theirs.elected, theirs.tied):
        return []
    zh = "如须全体代表过半数（{need}票），结果不同，入选：{who}；以哪个为准，"
    en = "Were a majority of all deputies needed ({need} votes), the result would differ; chosen:"
    en += " {who}."
    return [
        silent(
            ("R12.7", case.profile.cited(MAJORITY)),
            zh,
            en,
            body=CONGRESS,
            default=parameter(case.profile, "project.threshold"),
            need=need,
            who=people(case.votes, theirs.elected),
        )
    ]


def _below_majority_in_repeat(case: Case) -> list[Step]:
    """Say so when the higher count of a repeat vote is no majority of all deputies."""
    need = more_than_half(case.whole("all_deputies"))
    poor = [name for name in repeat_parts(case).elected if case.votes[name] < need]
    if not poor:
        return []
    zh = "再次投票以得票多的入选，{who}没有得到全体代表的过半数（{need}票）；"
    zh += "再次投票是否仍须过半数，"
    en = "In the repeat vote the higher count wins; without a majority of all deputies ({need}"
    en += " votes): {who}. Is that majority needed there too?"
    return [
        silent(
            ("R12.8", SILENT),
            zh,
            en,
            default=default_rule("R9.4"),
            body=CONGRESS,
            who=people(case.votes, poor),
            need=need,
        )
    ]


def _fewer_projects(case: Case, parts: Parts) -> Step:
    zh = "入选{chosen}项，少于计划的{seats}项，缺{missing}项，再次票决还是减少项目由大会决定；"
    en = "Chosen: {chosen} of {seats} planned; missing: {missing}. The congress decides between a"
    en += " further vote and fewer projects."
    return silent(
        ("R12.8", SILENT),
        zh,
        en,
        default=default_rule("R12.8"),
        body=CONGRESS,
        chosen=len(parts.elected),
        seats=case.seats,
        missing=parts.missing,
    )
