"""Which round follows a certified one, among whom and for how many seats (docs/states/round.md).

Source: EL 44, 45; ZJ 48, 49, 51; rulebook R9.3-R9.12. The outcome is what rules/results decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from election.rules.candidates.lists import legal_number
from election.rules.profile import Profile
from election.rules.results import WRITE_IN, Next
from election.rules.results.ties import due
from election.rules.terms import Code, Finding, RuleViolation, Text, finding

FIRST, TIE_REPEAT, FURTHER, RERUN = "first", "tie_repeat", "further", "rerun"
FOLLOWS: Mapping[str, str] = {
    Next.TIE_REPEAT_VOTE.value: TIE_REPEAT,
    Next.FURTHER_ELECTION.value: FURTHER,
    Next.RERUN_ELECTION.value: RERUN,
}
"""What an outcome asks for -> the kind of round that is opened."""

UNSIGNED = Code(
    "R.601", "R8.1", "EL 43, 46; ZJ 47, 50",
    Text("{places}个投票场所中只有{reported}个的计票单已签字，不能确认结果",
         "only {reported} of {places} places have signed sheets: the result cannot be certified"),
    Text("请先完成其余计票单的录入和签字", "enter and sign the other sheets first"),
)  # fmt: skip
CERTIFIED = Code(
    "R.602", "R9.14", "EL 46; ZJ 50",
    Text("本轮次结果已经确认", "the result of this round is certified already"),
    Text("无须再次确认", "nothing more to do"),
)  # fmt: skip
NO_DECISION = Code(
    "R.603", "R9.14", "EL 46; ZJ 50",
    Text("法律未作规定或者有警示的结果，须填写选举委员会书面决定的文号",
         "where the law is silent or an alert stands, the committee's decision must be named"),
    Text("请填写决定的文号或者日期", "enter number or date of the written decision"),
)  # fmt: skip
BEFORE_POLLING = Code(
    "R.639", "R7.16", "ZJ 51",
    Text("投票日为{day}，尚未到，不能确认结果",
         "the polling day {day} has not come: the result cannot be certified yet"),
    Text("经选举委员会同意提前投票的，填写书面决定的文号后再确认",
         "if the committee agreed to an earlier vote, name its written decision"),
)  # fmt: skip
CHANGED = Code(
    "R.604", "R9.14", "house rule T4",
    Text("所见的结果与现在的结果不同（校验码不符）",
         "the result seen is not the result now: their digests differ"),
    Text("请重新打开本页，核对后再确认", "open the page again, check it, then certify"),
)  # fmt: skip
IMPOSSIBLE = Code(
    "R.605", "R8.14", "EL 43, 44",
    Text("已签字的数字合计有{faults}处不可能成立，不能确认结果",
         "the signed figures add up to {faults} impossible things: nothing can be certified"),
    Text("请查明有误的计票单，由选举办主任写明理由重新开启",
         "find the wrong sheet; the director reopens it, stating the reason"),
)  # fmt: skip
CERTIFIER_COUNTED = Code(
    "W.606", "R9.14", "house rule",
    Text("确认人{number}号录入或签字过本轮次的计票单",
         "official {number}, who certifies, entered or signed a sheet of this round"),
    Text("建议由未参与计票的人员确认", "somebody who did not count should certify"),
)  # fmt: skip
NO_ROLL = Code(
    "R.607", "R8.2", "EL 45(1); ZJ 48(1)",
    Text("选区的选民人数未知，不能判定结果", "the voters of the district are not known"),
    Text("尚无计票记录的，由选举办主任退回“投票准备”阶段，在“投票场所”中填写；已有计票记录的，"
         "请用审计核对查明原因",
         "while nothing is counted the director goes back to polling and enters it under Polling "
         "places; after that, find out by the audit how it was lost"),
)  # fmt: skip
NOTHING_FOLLOWS = Code(
    "R.611", "R9.12", "EL 44, 45; ZJ 48, 49",
    Text("本轮次之后没有应当举行的投票", "no vote follows this round"),
    Text("请看本轮次的结果说明", "see the reasons of this round"),
)  # fmt: skip
NOT_CERTIFIED = Code(
    "R.612", "R9.14", "EL 46; ZJ 50",
    Text("上一轮次的结果尚未确认", "the round before is not certified yet"),
    Text("请先由选举委员会确认", "the committee certifies it first"),
)  # fmt: skip
OPEN_ALREADY = Code(
    "R.613", "R9.12", "EL 44, 45",
    Text("下一轮次已经设立", "the next round is open already"),
    Text("请直接办理该轮次", "go on with that round"),
)  # fmt: skip
NOT_IN_ORDER = Code(
    "R.614", "R9.5", "EL 45(4); ZJ 49(3)",
    Text("“{name}”不在可列为候选人的名单中", "{name} is not among those who may stand"),
    Text("只能在上一轮次未当选的人中按得票顺序确定",
         "candidates are those left over from the round before, in order of votes"),
)  # fmt: skip
NUMBER = Code(
    "R.615", "R9.5", "EL 31(2), 45(4); ZJ 36(1), 49(3)",
    Text("选定候选人{count}名，依法应为{least}至{most}名",
         "{count} candidates were chosen; the law wants {least} to {most}"),
    Text("缺1名的候选人2名，缺2名的3至4名，缺3名的4至6名",
         "1 missing seat: 2 candidates; 2 seats: 3 to 4; 3 seats: 4 to 6"),
)  # fmt: skip
OUT_OF_ORDER = Code(
    "R.616", "R9.11", "EL 45(4)",
    Text("“{left}”得票不少于已选定的“{taken}”却未列入",
         "{left} has no fewer votes than {taken} and is left out"),
    Text("请按得票顺序确定；只有得票相等的，才可以由选举委员会书面决定（填写文号）",
         "follow the order of votes; only between equal votes may a written decision choose"),
)  # fmt: skip
WRITE_IN_STANDS = Code(
    "R.617", "R9.10", "EL 45(4)",
    Text("另选人“{name}”能否列为另行选举候选人法律未作规定，须有选举委员会书面决定",
         "the law is silent on whether the write-in {name} may stand: the committee must decide"),
    Text("请填写书面决定的文号", "name the written decision"),
)  # fmt: skip
TOO_EARLY = Code(
    "R.618", "R9.9", "ZJ 51",
    Text("投票日{day}早于上一轮次的投票日{before}", "polling day {day} is before {before}"),
    Text("请重新填写投票日", "enter the day again"),
)  # fmt: skip
TOO_LATE = Code(
    "W.619", "R9.9", "law silent",
    Text("投票日{day}距上一轮次投票日{days}天，超过{most}天（参数further_election_max_days）",
         "polling day {day} is {days} days after the round before, more than {most} (parameter "
         "further_election_max_days)"),
    Text("期限法律未作规定，请确认", "the law is silent on a limit: please confirm"),
)  # fmt: skip
TOO_FEW_LEFT = Code(
    "R.620", "R5.13", "EL 31",
    Text("可列为候选人的只有{count}名，少于法定的{least}名，须有选举委员会书面决定",
         "only {count} people are left, fewer than {least}: the committee must decide"),
    Text("请填写如何办理的书面决定", "name the written decision"),
)  # fmt: skip
REOPENED_TOO_LATE = Code(
    "R.621", "R9.14", "EL 46; ZJ 50",
    Text("本轮次结果已经确认，计票单不能重新开启",
         "the result is certified: its sheets are not reopened"),
    Text("确有错误的，由选举办主任凭选举委员会书面决定申请撤销结果确认，监票人核对后批准",
         "if a figure is wrong, the director asks to withdraw the certificate by a written "
         "decision of the committee, and a scrutineer grants it"),
)  # fmt: skip
CHOSEN_TWICE = Code(
    "R.622", "R9.5", "EL 31(2), 45(4); ZJ 36(1), 49(3)",
    Text("候选人“{name}”被重复选定", "{name} was chosen more than once"),
    Text("每人只选定一次", "choose everybody once"),
)  # fmt: skip
NOBODY_CHOSEN = Code(
    "R.623", "R9.5", "EL 31(2), 45(4); ZJ 36(1), 49(3)",
    Text("没有选定另行选举的候选人", "nobody was chosen to stand in the further election"),
    Text("请按得票顺序选定；无人可选的，先依法补足候选人",
         "choose in order of votes; where nobody is left, more candidates must be found first"),
)  # fmt: skip
CODES: tuple[Code, ...] = (
    UNSIGNED, CERTIFIED, NO_DECISION, CHANGED, IMPOSSIBLE, CERTIFIER_COUNTED, NO_ROLL,
    NOTHING_FOLLOWS, NOT_CERTIFIED, OPEN_ALREADY, NOT_IN_ORDER, NUMBER, OUT_OF_ORDER,
    WRITE_IN_STANDS, TOO_EARLY, TOO_LATE, TOO_FEW_LEFT, REOPENED_TOO_LATE, CHOSEN_TWICE,
    NOBODY_CHOSEN, BEFORE_POLLING,
)  # fmt: skip


def check_voted(polling_day: date, *, today: date, decision: str) -> None:
    """Raise R.639 when the vote is still to come and no decision of the committee allows it.

    Source: ZJ 51 (a district may vote earlier with the committee's consent); rulebook R7.16.
    """
    if today < polling_day and not decision.strip():
        raise RuleViolation(BEFORE_POLLING, day=polling_day.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A certified round. candidates: ids in ballot order; votes: id or "write-in:NAME" -> votes.

    outcome: as `calc result` tells it, with these ids. furthers_held: valid further elections in
    the district up to and with this round; names: id -> name, for the sentences of refusals;
    inactive: printed on the ballot and fallen away since (R5.20), so they stand no more.
    """

    counts_as: str
    attempt: int
    seats: int
    candidates: tuple[str, ...]
    polling_day: date
    votes: Mapping[str, int]
    outcome: Mapping[str, Any]
    furthers_held: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    inactive: frozenset[str] = frozenset()

    def name(self, who: str) -> str:
        """How people call somebody of this round."""
        return self.names.get(who, who.removeprefix(WRITE_IN))


@dataclass(frozen=True, slots=True)
class Planned:
    """The round to be opened; candidates are ids or "write-in:NAME", in no order yet."""

    kind: str
    counts_as: str
    attempt: int
    seats: int
    candidates: tuple[str, ...]


def plan_next(held: Held, *, chosen: Sequence[str] = (), decision: str = "") -> Planned:
    """The round that a certified one, or the committee's decision on its tie, asks for.

    tie_repeat: the tied only, for the seats they hold up (R9.3); rerun: the same people and seats,
    decided by the same rule, without who fell away since (R9.12, R5.20); further: the missing
    seats among `chosen` (R9.5, R9.11).
    Raises R.611 when nothing follows; R.614-R.617, R.620, R.622, R.623 for candidates the law does
    not allow.
    """
    kind = FOLLOWS.get(str(due(held.outcome)))
    if kind is None:
        raise RuleViolation(NOTHING_FOLLOWS)
    seats = int(held.outcome["next_seats"])
    if kind == RERUN:
        standing = _still_standing(held, seats, decided=bool(decision.strip()))
        return Planned(RERUN, held.counts_as, held.attempt, seats, standing)
    if kind == TIE_REPEAT:
        attempt = held.attempt + 1 if held.counts_as == TIE_REPEAT else 1
        return Planned(kind, kind, attempt, seats, tuple(held.outcome["tied"]))
    _require_candidates(held, chosen, decided=bool(decision.strip()))
    return Planned(kind, kind, held.furthers_held + 1, seats, tuple(chosen))


def _still_standing(held: Held, seats: int, *, decided: bool) -> tuple[str, ...]:
    """Who stands in a rerun: the same people, but for those fallen away since (R5.20)."""
    left = tuple(who for who in held.candidates if who not in held.inactive)
    least = seats + 1 if held.counts_as == TIE_REPEAT else legal_number(seats)[0]
    if len(left) < min(least, len(held.candidates)) and not decided:
        raise RuleViolation(TOO_FEW_LEFT, count=len(left), least=least)
    return left


def proposed(held: Held) -> tuple[str, ...]:
    """The candidates of a further election where the order of votes leaves nothing to decide.

    The largest legal number that parts nobody from an equal; empty when people must choose.
    """
    legal = held.outcome.get("next_candidates")
    if not legal or legal["cut_tied"]:
        return ()
    order = [who for who in legal["order"] if who not in held.inactive]
    for number in range(legal["max"], legal["min"] - 1, -1):
        tied = number < len(order) and _votes(held, order[number - 1]) == _votes(
            held, order[number]
        )
        if number <= len(order) and not tied:
            return tuple(order[:number])
    return ()


def _require_candidates(held: Held, chosen: Sequence[str], *, decided: bool) -> None:
    legal = held.outcome["next_candidates"]
    order = [who for who in legal["order"] if who not in held.inactive]
    least, most = int(legal["min"]), int(legal["max"])
    _require_people(held, chosen, order)
    few = len(order) < least
    allowed = range(len(order), len(order) + 1) if few else range(least, most + 1)
    if len(chosen) not in allowed:
        raise RuleViolation(NUMBER, count=len(chosen), least=allowed[0], most=allowed[-1])
    if few and not decided:
        raise RuleViolation(TOO_FEW_LEFT, count=len(order), least=least)
    _require_order(held, chosen, order, decided=decided)


def _require_people(held: Held, chosen: Sequence[str], order: Sequence[str]) -> None:
    """Somebody is chosen, nobody twice, and nobody who may not stand."""
    if not chosen:
        raise RuleViolation(NOBODY_CHOSEN)
    for place, name in enumerate(chosen):
        if name in chosen[:place]:
            raise RuleViolation(CHOSEN_TWICE, name=held.name(name))
        if name not in order:
            raise RuleViolation(NOT_IN_ORDER, name=held.name(name))


def _require_order(
    held: Held, chosen: Sequence[str], order: Sequence[str], *, decided: bool
) -> None:
    """Nobody is passed over, and without a written decision nobody written in stands.

    A decision leaves the order of votes as it is (R9.5): it only chooses between people level at
    the cut (R9.11), and says whether somebody written in stands or is left out (R9.10).
    """
    last = min(chosen, key=lambda name: _votes(held, name))
    cut = _votes(held, last)
    for name in order:
        open_to_decision = _votes(held, name) == cut or name.startswith(WRITE_IN)
        if name not in chosen and _votes(held, name) >= cut and not (decided and open_to_decision):
            raise RuleViolation(OUT_OF_ORDER, left=held.name(name), taken=held.name(last))
    for name in chosen:
        if name.startswith(WRITE_IN) and not decided:
            raise RuleViolation(WRITE_IN_STANDS, name=held.name(name))


def _votes(held: Held, name: str) -> int:
    return held.votes.get(name, 0)


def check_day(day: date, before: date, *, profile: Profile) -> list[Finding]:
    """Whether the day of a further round is late; raises R.618 for one before the last round.

    Source: R9.9: the law names no day, so `further_election_max_days` only warns.
    """
    if day < before:
        raise RuleViolation(TOO_EARLY, day=day.isoformat(), before=before.isoformat())
    most = profile.whole("further_election_max_days")
    if day <= before + timedelta(days=most):
        return []
    days = (day - before).days
    return [finding(TOO_LATE, "polling_day", day=day.isoformat(), days=days, most=most)]
