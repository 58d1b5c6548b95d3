"""The stages of one election and what each allows; the drawing is docs/states/election.md.

set_up -> nomination -> polling -> counting -> closed; a step back needs the director, a reason, and
nothing yet done in the stage that is left.
"""

from enum import StrEnum

from election.rules.elections.codes.stages import (
    BEGUN,
    NOT_NEXT,
    NOT_OPEN,
    NOT_READY,
    STAFF_UNCHECKED,
    UNDECIDED,
)
from election.rules.terms import RuleViolation, Text


class Stage(StrEnum):
    """Where the election stands."""

    SET_UP = "set_up"
    NOMINATION = "nomination"
    POLLING = "polling"
    COUNTING = "counting"
    CLOSED = "closed"


ORDER: tuple[Stage, ...] = tuple(Stage)
NAMES: dict[Stage, Text] = {
    Stage.SET_UP: Text("筹备", "set-up"),
    Stage.NOMINATION: Text("提名推荐", "nomination"),
    Stage.POLLING: Text("投票准备", "polling"),
    Stage.COUNTING: Text("投票计票", "counting"),
    Stage.CLOSED: Text("结束", "closed"),
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

# what may be changed -> in which stages
OPEN_IN: dict[str, tuple[Stage, ...]] = {
    "set_up": (Stage.SET_UP,),
    "units": (Stage.SET_UP,),
    "districts": (Stage.SET_UP,),
    "nominations": (Stage.NOMINATION,),
    "candidates": (Stage.NOMINATION,),
    "fallen_candidates": (Stage.NOMINATION, Stage.POLLING),  # somebody may die before the vote
    "registered": (Stage.NOMINATION, Stage.POLLING),
    "places": (Stage.SET_UP, Stage.NOMINATION, Stage.POLLING),
    "ballot_accounts": (Stage.COUNTING,),
    "counting": (Stage.COUNTING,),
    "results": (Stage.COUNTING, Stage.CLOSED),
    "publication": (Stage.COUNTING, Stage.CLOSED),
}


def require_open(subject: str, stage: Stage) -> None:
    """Raise R.151 unless `subject` (a key of OPEN_IN) may be changed in this stage."""
    if stage not in OPEN_IN[subject]:
        raise RuleViolation(NOT_OPEN, stage=NAMES[stage], subject=SUBJECTS[subject])


def move(stage: Stage, to: Stage, *, faults: int, records: int, undecided: int = 0) -> Stage:
    """The stage after a move by one step.

    faults: things missing before the next stage; undecided: alerts nobody has decided in writing;
    records: what was done in the stage to be left. Raises R.152 for a jump, R.153 while faults
    remain, R.155 while alerts are undecided, R.154 for a way back over records.
    """
    step = ORDER.index(to) - ORDER.index(stage)
    if abs(step) != 1:
        raise RuleViolation(NOT_NEXT, stage=NAMES[stage], to=NAMES[to])
    if step == 1 and faults:
        raise RuleViolation(NOT_READY, faults=faults, to=NAMES[to])
    if step == 1 and undecided:
        raise RuleViolation(UNDECIDED, alerts=undecided)
    if step == -1 and records:
        raise RuleViolation(BEGUN, stage=NAMES[stage])
    return to


def back_to_count(stage: Stage) -> Stage:
    """The stage once a certificate is withdrawn: the sheets are counted anew, though published.

    The one way back over records of a closed election; two people take it (rules/corrections).
    Raises R.151 before the count.
    """
    require_open("results", stage)
    return Stage.COUNTING


def require_staff_checked(stage: Stage, to: Stage, *, checked: bool) -> None:
    """Raise R.156 unless somebody confirmed who presides before counting opens (R7.3)."""
    if stage is Stage.POLLING and to is Stage.COUNTING and not checked:
        raise RuleViolation(STAFF_UNCHECKED)
