"""The state machine of a background job: asked for, claimed by one worker, ended exactly once.

Drawn in docs/states/job.md; each forbidden move has its own refusal. What a job makes is stored in
the move that ends it as done: a job that dies, fails or is cancelled leaves everything as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from election.rules.terms import Code, RuleViolation, Text, declare_code

PLAN, PUBLICATION = "plan", "publication"  # kinds: a plan to be found, a result to be prepared
MOST_WAITING = 3
DEAD_AFTER = timedelta(seconds=15)
SUCCEEDED_AFTER = timedelta(seconds=3)


class JobState(StrEnum):
    """Waiting and running end in exactly one of the others."""

    WAITING = "waiting"  # 等待
    RUNNING = "running"  # 正在计算
    DONE = "done"  # 已完成
    FAILED = "failed"  # 未成功
    CANCELLED = "cancelled"  # 已取消


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class JobMove(StrEnum):
    """What people and workers do with a job."""

    CLAIM = "claim"  # a worker takes it
    STOP = "stop"  # an official has enough: end it and keep the best so far
    CANCEL = "cancel"  # an official wants nothing of it
    BEAT = "beat"  # its worker says it is alive, and how far it is
    FINISH = "finish"  # its worker stores what came of it
    FAIL = "fail"  # its worker says why nothing came of it
    ABANDON = "abandon"  # its worker ends it as asked, keeping nothing
    BURY = "bury"  # anybody finds that its worker has died


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """What is true at the moment of one move.

    worker: who moves, None for a person; claimed_by: whose job it is. cancel_asked: somebody wants
    nothing of it. silent: since the last sign of life; successor: who looks is the same worker
    started anew, which cannot be at work on an older claim.
    """

    worker: str | None = None
    claimed_by: str | None = None
    cancel_asked: bool = False
    silent: timedelta = timedelta()
    successor: bool = False


TOO_MANY_WAITING = declare_code(
    "R.271",
    rule="D6",
    zh="您已有{waiting}项计算在等待",
    en="{waiting} calculations of yours are waiting already",
    remedy_zh="请等其中一项完成，或取消一项",
    remedy_en="wait until one has ended, or cancel one",
)
NOTHING_TO_KEEP = declare_code(
    "R.272",
    rule="D6",
    zh="计算尚未开始，没有可以保留的方案",
    en="the calculation has not begun: there is nothing to keep",
    remedy_zh="可以等待，或取消",
    remedy_en="wait for it, or cancel it",
)
HAS_ENDED = declare_code(
    "R.273",
    rule="D6",
    zh="计算已经结束，不能再停止或取消",
    en="the calculation has ended: it cannot be stopped or cancelled",
    remedy_zh="请查看结果；不需要的方案可以删除",
    remedy_en="look at its result; a plan nobody wants can be deleted",
)
TAKEN = declare_code(
    "R.274",
    rule="D6",
    zh="计算已由另一计算进程接手或已经结束",
    en="another worker has taken this calculation, or it has ended",
    remedy_zh="无须处理",
    remedy_en="nothing is to be done",
)
NOT_RUNNING = declare_code(
    "R.275",
    rule="D6",
    zh="计算没有在进行，不能报告进度或结果",
    en="the calculation is not running: no progress and no result is taken",
    remedy_zh="需要的，重新开始",
    remedy_en="start it anew if it is still wanted",
)
ANOTHER_WORKER = declare_code(
    "R.276",
    rule="D6",
    zh="计算属于另一计算进程",
    en="the calculation belongs to another worker",
    remedy_zh="无须处理",
    remedy_en="nothing is to be done",
)
CANCEL_ASKED = declare_code(
    "R.277",
    rule="D6",
    zh="已要求取消计算，结果不予保存",
    en="the calculation was cancelled: its result is not stored",
    remedy_zh="需要的，重新开始",
    remedy_en="start it anew if it is still wanted",
)
NOBODY_CANCELLED = declare_code(
    "R.278",
    rule="D6",
    zh="没有人要求取消计算",
    en="nobody asked to cancel the calculation",
    remedy_zh="无须处理",
    remedy_en="nothing is to be done",
)
ALIVE = declare_code(
    "R.279",
    rule="D6",
    zh="计算进程仍在工作",
    en="the worker of the calculation is alive",
    remedy_zh="请等待，或取消计算",
    remedy_en="wait, or cancel the calculation",
)

DIED = Text(
    "计算进程中断，方案未作任何改动，可重新开始。",
    "The calculation was interrupted; no plan was changed. It can be started again.",
)

UNPREPARED = Text(
    "准备过程中断，没有公布任何内容，可重新准备。",
    "The preparation was interrupted; nothing was published. It can be started again.",
)

_S, _M = JobState, JobMove
ARROWS: Mapping[tuple[JobState, JobMove], JobState] = {
    (_S.WAITING, _M.CLAIM): _S.RUNNING,
    (_S.WAITING, _M.CANCEL): _S.CANCELLED,
    (_S.RUNNING, _M.STOP): _S.RUNNING,
    (_S.RUNNING, _M.CANCEL): _S.RUNNING,
    (_S.RUNNING, _M.BEAT): _S.RUNNING,
    (_S.RUNNING, _M.FINISH): _S.DONE,
    (_S.RUNNING, _M.FAIL): _S.FAILED,
    (_S.RUNNING, _M.ABANDON): _S.CANCELLED,
    (_S.RUNNING, _M.BURY): _S.FAILED,
}
"""(state, move) -> next state; stop and cancel of a running job are carried out by its worker."""

NOT_IN_THIS_STATE: Mapping[JobMove, Mapping[JobState, Code]] = {
    _M.CLAIM: dict.fromkeys((_S.RUNNING, *ENDED), TAKEN),
    _M.STOP: {_S.WAITING: NOTHING_TO_KEEP, **dict.fromkeys(ENDED, HAS_ENDED)},
    _M.CANCEL: dict.fromkeys(ENDED, HAS_ENDED),
    **{
        move: dict.fromkeys((_S.WAITING, *ENDED), NOT_RUNNING)
        for move in (_M.BEAT, _M.FINISH, _M.FAIL, _M.ABANDON, _M.BURY)
    },
}
"""The refusal of every (move, state) that has no arrow."""


def _not_mine(facts: JobFacts) -> bool:
    return facts.worker != facts.claimed_by


def _alive(facts: JobFacts) -> bool:
    return facts.silent < (SUCCEEDED_AFTER if facts.successor else DEAD_AFTER)


GUARDS: Mapping[JobMove, tuple[tuple[Callable[[JobFacts], bool], Code], ...]] = {
    _M.STOP: ((lambda f: f.cancel_asked, CANCEL_ASKED),),
    _M.BEAT: ((_not_mine, ANOTHER_WORKER),),
    _M.FINISH: ((_not_mine, ANOTHER_WORKER), (lambda f: f.cancel_asked, CANCEL_ASKED)),
    _M.FAIL: ((_not_mine, ANOTHER_WORKER),),
    _M.ABANDON: ((_not_mine, ANOTHER_WORKER), (lambda f: not f.cancel_asked, NOBODY_CANCELLED)),
    _M.BURY: ((_alive, ALIVE),),
}
"""What forbids a move that the state allows, in the order in which it is said."""


def next_state(state: JobState, move: JobMove, facts: JobFacts) -> JobState:
    """The state after this move; raises R.272-R.279 for one the state or the facts forbid."""
    after = ARROWS.get((state, move))
    if after is None:
        raise RuleViolation(NOT_IN_THIS_STATE[move][state])
    for forbidden, code in GUARDS.get(move, ()):
        if forbidden(facts):
            raise RuleViolation(code)
    return after


def silence(beat_at: datetime, at: datetime) -> timedelta:
    """How long a worker has been silent; a beat still to come counts: the clock was set back."""
    return abs(at - beat_at)


def require_room(waiting: int) -> None:
    """Raise R.271 when this official's jobs already stand in the queue."""
    if waiting >= MOST_WAITING:
        raise RuleViolation(TOO_MANY_WAITING, waiting=waiting)
