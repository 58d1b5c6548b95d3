"""Running the planner outside this process, so that it can be stopped at once and for certain.

The solver may hold its process for minutes. So a child works, says every better plan it finds, ends
itself when its seconds of the processor are used up, and is killed when somebody cancels; the best
plan it said is the answer then. Why `multiprocessing`: decision 0015.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import Any

from election.jobs.planner_child import answer
from election.planning.districting import Ending, PlannerProgress, PlanRequest, ProposedPlan
from election.planning.districting.wishes import none_found
from election.rules.terms import InputFault, InputFaults

START = 60.0  # seconds a child has to say its first word: a busy machine starts it slowly
LOOK = 0.15  # seconds between two questions whether it is cancelled
_PARTING = 1.0  # seconds a child that has hung up has to end by itself and leave its status
_SPAWN = get_context("spawn")  # not a fork: the parent has threads, and Windows has none

Report = Callable[[PlannerProgress], None]


class PlannerDied(RuntimeError):
    """The child ended without any plan, with its traceback if there was one."""

    def __init__(self, how: str, traceback: str = "") -> None:
        super().__init__(f"{how}: {traceback.strip()}" if traceback else how)
        self.traceback = traceback.strip()

    @property
    def reason(self) -> str:
        """The last line of the traceback, in brackets; nothing without one."""
        last = self.traceback.rpartition("\n")[2]
        return f" ({last})" if last else ""


def run(
    request: PlanRequest,
    *,
    report: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ProposedPlan:
    """The plan for this request; blocks until it is found, a limit is reached, or it is cancelled.

    The time begins when the child does.

    report: hears of progress, at least once a second; cancelled: asked several times a second, the
    best plan so far is the answer. Raises InputFaults, also when no plan was found in time, and
    PlannerDied when the child ended, or was cancelled, before its first plan.
    """
    connection, childs_end = _SPAWN.Pipe()
    with connection:
        with childs_end:  # ours is closed: its end is heard when the child ends
            child = _SPAWN.Process(target=answer, args=(childs_end,), name="planner", daemon=True)
            child.start()
        try:
            return _Listener(child, connection, request, report, cancelled).listen()
        finally:
            child.kill()
            child.join()


class _Listener:
    """Hears one child out."""

    def __init__(
        self,
        child: SpawnProcess,
        connection: Connection,
        request: PlanRequest,
        report: Report | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.child, self.connection, self.request = child, connection, request
        self.report = report or (lambda _progress: None)
        self.cancelled = cancelled or (lambda: False)
        self.best: ProposedPlan | None = None
        self.last: PlannerProgress | None = None
        self.traceback = ""
        self.speaks, self.started = False, monotonic()

    def listen(self) -> ProposedPlan:
        """The answer of the child, or the best plan it said before its end."""
        answer: ProposedPlan | None = None
        while answer is None:
            if self.cancelled():
                return self._best(Ending.CANCELLED)
            if not self.speaks and monotonic() - self.started > START:
                raise PlannerDied(f"the planner did not begin within {START:.0f} seconds")
            if not wait([self.connection, self.child.sentinel], LOOK):
                continue
            message = self._receive()
            if message is None:
                return self._best(Ending.TIME_LIMIT)
            answer = self._take(*message)
        return answer

    def _receive(self) -> tuple[str, Any] | None:
        """What the child says next; None when it has ended, maybe in the middle of a message."""
        try:
            if self.connection.poll():
                kind, content = self.connection.recv()
                return kind, content
        except (EOFError, OSError):
            pass
        return None

    def _take(self, kind: str, content: Any) -> ProposedPlan | None:  # noqa: ANN401 - as the child says
        """Remember or pass on one message; the plan, when it is the last."""
        self.speaks = True
        match kind:
            case "ready":
                self._ask()
            case "progress":
                self.last = content
                self.report(content)
            case "beat":
                self._beat(content)
            case "late":
                return self._late()
            case "plan":
                self.best = content
            case "crashed":
                self.traceback = content
            case "faults":
                raise InputFaults([InputFault(*fault) for fault in content])
        return content if kind == "done" else None

    def _ask(self) -> None:
        """Not before the child reads: to send what is larger than the pipe would wait for it."""
        with suppress(OSError):  # the child is gone: that is heard next
            self.connection.send(self.request)

    def _beat(self, seconds: float) -> None:
        """The child is deep in thought: say that time goes on."""
        if self.last:
            self.last = replace(self.last, seconds=seconds)
            self.report(self.last)

    def _late(self) -> ProposedPlan:
        if self.best is None:
            raise InputFaults([none_found(self.request.wishes, self.request.seats)])
        return self._best(Ending.TIME_LIMIT)

    def _best(self, ending: Ending) -> ProposedPlan:
        """The best plan said so far, with the bound proven since."""
        if self.best is None:
            raise self._death(ending)
        bound, seconds = self.best.lower_bound, self.best.seconds
        if self.last:
            seconds = max(seconds, self.last.seconds)
            bound = max(bound, min(self.last.lower_bound, self.best.value))
        if ending is Ending.TIME_LIMIT and bound == self.best.value:
            ending = Ending.OPTIMAL
        return replace(self.best, lower_bound=bound, ending=ending, seconds=seconds)

    def _death(self, ending: Ending) -> PlannerDied:
        """Why there is no plan at all."""
        if ending is Ending.CANCELLED:
            return PlannerDied("cancelled before the first plan was found")
        self.child.join(_PARTING)
        status = self.child.exitcode
        return PlannerDied(f"the planner ended without a plan (status {status})", self.traceback)
