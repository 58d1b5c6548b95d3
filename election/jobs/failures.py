"""Why a job came to nothing, as the sentence its page shows."""

from election.rules.terms import InputFaults, RuleViolation, Text

UNITS_CHANGED = Text(
    "计算期间选区单元有改动，结果未保存；请核对单元后重新开始。",
    "Units were changed during the calculation; its result was not stored. Look at the units and "
    "start it again.",
)
STOPPED_EARLY = Text(
    "停止时尚未得出任何方案，没有保存；请延长时间后重新开始。",
    "It was stopped before the first plan was found; nothing was stored. Start it again with more "
    "time.",
)
PLANNER_CRASHED = Text(
    "计算中出现程序错误（{kind}），方案未作任何改动；可重新开始，仍出现的请联系维护人员。",
    "The calculation met a fault of the program ({kind}); no plan was changed. Start it again, and "
    "tell whoever maintains the program when it comes back.",
)


PREPARATION_CRASHED = Text(
    "准备公布时出现程序错误（{kind}），没有公布任何内容；可重新准备，仍出现的请联系维护人员。",
    "The preparation met a fault of the program ({kind}); nothing was published. Start it again, "
    "and tell whoever maintains the program when it comes back.",
)


def crash(sentence: Text, error: Exception) -> Text:
    """A fault of the program, by its kind: the message may hold what nobody may read here."""
    return sentence.filled({"kind": type(error).__name__})


def refusal(refused: RuleViolation) -> Text:
    """What became forbidden meanwhile: code, cause and remedy."""
    code, cause, remedy = refused.code.id, refused.cause, refused.remedy
    return Text(f"{code} {cause.zh}。{remedy.zh}。", f"{code} {cause.en}; {remedy.en}.")


def impossible(refused: InputFaults) -> Text:
    """Choices that no plan can keep, all of them together."""
    texts = [fault.text for fault in refused.faults]
    zh, en = "；".join(text.zh for text in texts), "; ".join(text.en for text in texts)
    return Text(f"无法划分：{zh}。", f"No plan can be drawn: {en}.")
