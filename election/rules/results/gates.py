"""What voids a ballot as a whole: too few took part, or more papers came back than went out.

Source: EL 44(1), 45(1); ZJ 48; OL 14(4); rulebook R8.2, R8.3, R9.8, R11.4, R11.16.
"""

from election.rules.profile.wording import in_words
from election.rules.results.articles import QUORUM
from election.rules.results.cases import Case
from election.rules.results.kinds import BallotKind, RoundRule
from election.rules.results.outcome import Outcome, Reason, at_least, more_than_half, void_election
from election.rules.results.wording import (
    COMMITTEE,
    ELECTION,
    Law,
    default_rule,
    silent,
)
from election.rules.terms import Fact, Step, Text, step

_TURNOUT: dict[RoundRule | None, tuple[str, str]] = {
    RoundRule.FIRST: ("R8.2", "EL 45(1); ZJ 48(1)"),
    RoundRule.FURTHER: ("R9.8", "EL 45(1)"),
    RoundRule.TIE_REPEAT: ("R9.4", "EL 45(1)"),
}
_PAPERS = "EL 44(1); ZJ 48(2)"
_ELECTION_MEASURES = Text(
    "选举办法的通例（默认规则R11.16）", "the usual rule of election measures (default rule R11.16)"
)
_MEASURES_ARTICLE = "election measures of the session; cf. BJT 25, CQT 24"
_RERUN_OF_DISTRICT = ("R9.12", "EL 44(1), 45(1); ZJ 48")
_RERUN_IN_SESSION = {
    Reason.QUORUM: ("R11.4", QUORUM),
    Reason.RETURNED_EXCEEDS_ISSUED: ("R11.16", _MEASURES_ARTICLE),
}
_IN_ORDER = Text(
    "发出选票{issued}张，收回选票{returned}张，收回的不多于发出的，符合规定。",
    "{issued} ballots issued, {returned} returned: not more than issued, as it must be.",
)
_EXCEED = Text(
    "发出选票{issued}张，收回选票{returned}张，收回的多于发出的，{act}无效。",
    "{issued} ballots issued, {returned} returned: more than issued, the {act} is void.",
)


def district_gates(case: Case) -> tuple[list[Reason], list[Step]]:
    """More than half of the voters took part; no more papers came back than went out."""
    reasons = []
    if 2 * case.whole("issued") <= case.whole("registered"):
        reasons.append(Reason.TURNOUT)
    if case.whole("returned") > case.whole("issued"):
        reasons.append(Reason.RETURNED_EXCEEDS_ISSUED)
    return reasons, [
        _turnout(case, met=Reason.TURNOUT not in reasons),
        *_turnout_of_returned(case, met=Reason.TURNOUT not in reasons),
        _papers(case, met=Reason.RETURNED_EXCEEDS_ISSUED not in reasons),
    ]


def _turnout(case: Case, *, met: bool) -> Step:
    registered = case.whole("registered")
    figures: dict[str, Fact] = {"registered": registered, "issued": case.whole("issued")}
    figures |= {"least": more_than_half(registered)}
    zh = "登记选民{registered}名，参加投票{issued}名（发出选票数），须有过半数即至少{least}名参加，"
    zh += "已达到。" if met else "未达到，选举无效。"
    en = "{registered} voters registered, {issued} took part (ballots issued); needed: more than"
    en += " half, at least {least}. " + (
        "Reached." if met else "Not reached: the election is void."
    )
    rule, article = _TURNOUT[case.round]
    if met or case.round is RoundRule.FIRST:
        return step(rule, article, zh, en, **figures)
    return silent((rule, article), zh, en, default=default_rule(rule), body=COMMITTEE, **figures)


def _turnout_of_returned(case: Case, *, met: bool) -> list[Step]:
    """Say so when counting the papers returned as those who took part would void the election."""
    registered, returned = case.whole("registered"), case.whole("returned")
    if not met or 2 * returned > registered:
        return []
    zh = "“参加投票”如按收回选票{returned}张计算，没有超过登记选民{registered}名的半数"
    zh += "（至少{least}名），选举无效；以哪个数为准，"
    en = 'Were "those who took part" the {returned} ballots returned, they would not be more than'
    en += " half of the {registered} voters (at least {least}) and the election would be void."
    return [
        silent(
            ("R8.6", "EL 44-45; ZJ 47-48"),
            zh,
            en,
            body=COMMITTEE,
            default=default_rule("R8.2"),
            returned=returned,
            registered=registered,
            least=more_than_half(registered),
        )
    ]


def _papers(case: Case, *, met: bool) -> Step:
    text = _IN_ORDER if met else _EXCEED
    issued, returned = case.whole("issued"), case.whole("returned")
    if met or case.round is not RoundRule.TIE_REPEAT:
        return step(
            "R8.3", _PAPERS, text.zh, text.en, issued=issued, returned=returned, act=ELECTION
        )
    how = default_rule("R9.4")
    return silent(
        ("R9.4", _PAPERS),
        text.zh,
        text.en,
        default=how,
        body=COMMITTEE,
        issued=issued,
        returned=returned,
        act=ELECTION,
    )


def session_gates(case: Case, law: Law) -> tuple[list[Reason], list[Step]]:
    """The quorum, where the profile knows one; no more papers came back than went out."""
    reasons: list[Reason] = []
    steps: list[Step] = []
    if case.profile["session_quorum"] is not None:
        least = at_least(case.profile.share("session_quorum"), case.whole("all_deputies"))
        met = case.whole("present") >= least
        reasons += [] if met else [Reason.QUORUM]
        steps.append(_quorum(case, law, least, met=met))
    met = case.whole("returned") <= case.whole("issued")
    reasons += [] if met else [Reason.RETURNED_EXCEEDS_ISSUED]
    return reasons, [*steps, _session_papers(case, law, met=met)]


def _session_papers(case: Case, law: Law, *, met: bool) -> Step:
    issued, returned = case.whole("issued"), case.whole("returned")
    cite = ("R11.16", _MEASURES_ARTICLE)
    if met:
        return step(cite[0], cite[1], _IN_ORDER.zh, _IN_ORDER.en, issued=issued, returned=returned)
    return silent(
        cite,
        _EXCEED.zh,
        _EXCEED.en,
        default=_ELECTION_MEASURES,
        body=law.body,
        issued=issued,
        returned=returned,
        act=law.act,
    )


def _quorum(case: Case, law: Law, least: int, *, met: bool) -> Step:
    zh = "全体代表{all}人，出席{present}人，须有{share}以上即至少{least}人出席，"
    zh += "已达到。" if met else "未达到，{act}无效。"
    en = "{all} deputies in all, {present} present; needed: at least {share}, that is {least}. "
    en += "Reached." if met else "Not reached: the {act} is void."
    figures: dict[str, Fact] = {"all": case.whole("all_deputies"), "present": case.whole("present")}
    figures |= {"share": in_words("session_quorum", case.profile["session_quorum"])}
    figures |= {"least": least, "act": law.act}
    return step("R11.4", QUORUM, zh, en, **figures)


def rerun(case: Case, reasons: list[Reason], steps: list[Step], law: Law) -> Outcome:
    """The outcome of a void ballot: held again for all its seats; nobody is elected."""
    zh = "本次{act}无效，应选{seats}{unit}须重新{act}；已计的票数存档备查，不作为{chosen}依据。"
    en = "The {act} is void and held again; places to fill: {seats}. The counts are kept on"
    en += " file and decide nothing."
    rule, article = _RERUN_OF_DISTRICT
    if case.kind is not BallotKind.DEPUTIES:
        rule, article = _RERUN_IN_SESSION[reasons[0]]
    last = step(
        rule,
        case.profile.cited(article),
        zh,
        en,
        seats=case.seats,
        unit=law.unit,
        act=law.act,
        chosen=law.chosen,
    )
    return void_election(case.seats, reasons, [*steps, last])
