"""The phases of one election and what each allows; the drawing is docs/states/election.md.

set_up -> nomination -> polling -> counting -> closed; a step back needs the director, a reason, and
nothing yet done in the phase that is left.
"""

from enum import StrEnum

from election.rules.elections.codes.phases import (
    BEGUN,
    NOT_NEXT,
    NOT_OPEN,
    NOT_READY,
    STAFF_UNCHECKED,
    UNDECIDED,
)
from election.rules.terms import RuleViolation, Text


class Phase(StrEnum):
    """Where the election stands."""

    SET_UP = "set_up"
    NOMINATION = "nomination"
    POLLING = "polling"
    COUNTING = "counting"
    CLOSED = "closed"


ORDER: tuple[Phase, ...] = tuple(Phase)
NAMES: dict[Phase, Text] = {
    Phase.SET_UP: Text("筹备", "set-up"),
    Phase.NOMINATION: Text("提名推荐", "nomination"),
    Phase.POLLING: Text("投票准备", "polling"),
    Phase.COUNTING: Text("投票计票", "counting"),
    Phase.CLOSED: Text("结束", "closed"),
}
SUBJECTS: dict[str, Text] = {
    "set_up": Text("选举设置", "the set-up"),
    "units": Text("选区单元", "units"),
    "districts": Text("选区划分和名额分配", "districts and seats"),
    "nominations": Text("提名推荐", "nominations"),
    "candidates": Text("候选人", "candidates"),
    "fallen_candidates": Text("不再参选的标记", "the mark that somebody stands no longer"),
    "registered": Text("选民人数", "the number of voters"),
    "places": Text("投票场所", "polling places"),
    "ballot_accounts": Text("选票收发记录", "ballot accounts"),
    "counting": Text("计票", "counting"),
    "results": Text("选举结果", "results"),
    "publication": Text("公布", "publication"),
}

# what may be changed -> in which phases
OPEN_IN: dict[str, tuple[Phase, ...]] = {
    "set_up": (Phase.SET_UP,),
    "units": (Phase.SET_UP,),
    "districts": (Phase.SET_UP,),
    "nominations": (Phase.NOMINATION,),
    "candidates": (Phase.NOMINATION,),
    "fallen_candidates": (Phase.NOMINATION, Phase.POLLING),  # somebody may die before the vote
    "registered": (Phase.NOMINATION, Phase.POLLING),
    "places": (Phase.SET_UP, Phase.NOMINATION, Phase.POLLING),
    "ballot_accounts": (Phase.COUNTING,),
    "counting": (Phase.COUNTING,),
    "results": (Phase.COUNTING, Phase.CLOSED),
    "publication": (Phase.COUNTING, Phase.CLOSED),
}


def require_open(subject: str, phase: Phase) -> None:
    """Raise R.151 unless `subject` (a key of OPEN_IN) may be changed in this phase."""
    if phase not in OPEN_IN[subject]:
        raise RuleViolation(NOT_OPEN, stage=NAMES[phase], subject=SUBJECTS[subject])


def move(phase: Phase, to: Phase, *, faults: int, records: int, undecided: int = 0) -> Phase:
    """The phase after a move by one step.

    faults: things missing before the next phase; undecided: alerts nobody has decided in writing;
    records: what was done in the phase to be left. Raises R.152 for a jump, R.153 while faults
    remain, R.155 while alerts are undecided, R.154 for a way back over records.
    """
    step = ORDER.index(to) - ORDER.index(phase)
    if abs(step) != 1:
        raise RuleViolation(NOT_NEXT, stage=NAMES[phase], to=NAMES[to])
    if step == 1 and faults:
        raise RuleViolation(NOT_READY, faults=faults, to=NAMES[to])
    if step == 1 and undecided:
        raise RuleViolation(UNDECIDED, alerts=undecided)
    if step == -1 and records:
        raise RuleViolation(BEGUN, stage=NAMES[phase])
    return to


def back_to_count(phase: Phase) -> Phase:
    """The phase once a certificate is withdrawn: the sheets are counted anew, though published.

    The one way back over records of a closed election; two people take it (rules/corrections).
    Raises R.151 before the count.
    """
    require_open("results", phase)
    return Phase.COUNTING


def require_staff_checked(phase: Phase, to: Phase, *, checked: bool) -> None:
    """Raise R.156 unless somebody confirmed who presides before counting opens (R7.3)."""
    if phase is Phase.POLLING and to is Phase.COUNTING and not checked:
        raise RuleViolation(STAFF_UNCHECKED)
