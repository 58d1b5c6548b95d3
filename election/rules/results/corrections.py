"""The correction of a certified result: its certificate is withdrawn by two people (T1, T48).

asked -> granted | declined. Whoever decides on certifying asks, naming the committee's decision; a
scrutineer, another person, compares it with the sheets and grants or declines. A certificate that
was withdrawn stays on file as it stood; the round is counted, signed and certified anew.
Source: EL 46; ZJ 50; R9.14, R9.16. The law names no procedure, so the committee decides in writing.
"""

from enum import StrEnum

from election.rules.terms import Code, RuleViolation, Text


class WithdrawalState(StrEnum):
    """Where an asked withdrawal stands."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


NO_CERTIFICATE = Code(
    "R.632", "R9.14", "EL 46; ZJ 50",
    Text("本轮次没有可以撤销的结果确认", "this round has no certificate that could be withdrawn"),
    Text("结果尚未确认的，由选举办主任重新开启计票单",
         "while a result is not certified the director opens the sheet again"),
)  # fmt: skip
NOT_REASONED = Code(
    "R.633", "R9.14", "law silent",
    Text("撤销结果确认须写明理由和选举委员会书面决定的文号",
         "a certificate is withdrawn for a reason and by a written decision of the committee"),
    Text("请填写理由和书面决定的文号", "enter the reason and the number of the decision"),
)  # fmt: skip
ASKED_ALREADY = Code(
    "R.634", "R9.14", "house rule T1",
    Text("撤销本轮次结果确认的申请正在等待监票人决定",
         "the withdrawal of this certificate waits for a scrutineer"),
    Text("请监票人先作出决定；此前不开启下一轮次，也不登记其他决定",
         "a scrutineer decides first; until then no round follows and no tie is decided"),
)  # fmt: skip
SAME_PERSON = Code(
    "R.635", "R9.14", "house rule T1",
    Text("申请人和批准人不能是同一人（{number}号）",
         "No. {number} asked for the withdrawal and cannot grant it"),
    Text("请另一名监票人核对后决定", "another person, a scrutineer, compares and decides"),
)  # fmt: skip
FOLLOWED = Code(
    "R.636", "R9.14", "EL 46, 47; ZJ 50, 52",
    Text("其后的轮次{round}已有计票记录，本轮次的结果确认不能撤销",
         "round {round} after it has records of a count: the certificate cannot be withdrawn"),
    Text("已举行的投票不能由程序取消；请封存材料、书面报告，由选举委员会依法决定选举是否有效",
         "a vote that was held is not undone by the program: seal the papers, report in writing; "
         "the committee decides by law whether the election is valid"),
)  # fmt: skip
NOTHING_ASKED = Code(
    "R.637", "R9.14", "house rule T1",
    Text("没有等待决定的撤销申请", "no withdrawal waits for a decision"),
    Text("先由选举办主任提出申请", "the director asks for it first"),
)  # fmt: skip
CODES: tuple[Code, ...] = (
    NO_CERTIFICATE, NOT_REASONED, ASKED_ALREADY, SAME_PERSON, FOLLOWED, NOTHING_ASKED,
)  # fmt: skip


def require_asking(
    *, certified: bool, pending: bool, reason: str, reference: str, follower: str | None
) -> None:
    """Whether a withdrawal may be asked for; follower: code of a later round with records.

    Raises R.632-R.634, R.636.
    """
    if not certified:
        raise RuleViolation(NO_CERTIFICATE)
    if pending:
        raise RuleViolation(ASKED_ALREADY)
    if not reason.strip() or not reference.strip():
        raise RuleViolation(NOT_REASONED)
    require_unfollowed(follower)


def require_second(*, asked_by: str, by: str) -> None:
    """Raise R.635 unless another person decides than the one who asked."""
    if asked_by == by:
        raise RuleViolation(SAME_PERSON, number=by)


def require_unfollowed(follower: str | None) -> None:
    """Raise R.636 when a vote was held after the round; follower: the code of that round."""
    if follower is not None:
        raise RuleViolation(FOLLOWED, round=follower)


def require_certain(*, pending: bool) -> None:
    """Raise R.634 while a withdrawal of the certificate waits: nothing is built on it."""
    if pending:
        raise RuleViolation(ASKED_ALREADY)
