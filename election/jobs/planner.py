"""Running the planner outside this process, so that it can be stopped at once and for certain.

The solver may hold its process for minutes whatever time limit it was given. So a child works, says
every better plan it finds, and is killed when the time is up or somebody cancels; the best plan it
said is the answer then.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import IO, Any

from election.planning.districting import Ending, Plan, PlanRequest, Progress
from election.planning.districting.wire import (
    plan_from_json,
    progress_from_json,
    request_to_json,
)
from election.planning.districting.wishes import none_found
from election.rules.terms import InputFault, InputFaults
from election.settings import ROOT

GRACE = 1.5  # seconds after the time limit until the child is killed; its start is one of them
LOOK = 0.15  # seconds between two questions whether it is cancelled
BEAT = 1.0  # seconds of silence after which the last progress is reported again
_LAST_WORDS = 2000  # characters of a dead child's stderr that are kept

Report = Callable[[Progress], None]
_Line = dict[str, Any] | None


class PlannerDied(RuntimeError):
    """The child ended without any plan; its last words are the message."""

    @property
    def reason(self) -> str:
        """The last line of its last words, in brackets; nothing when it said nothing."""
        last = str(self).rpartition("\n")[2].rpartition("): ")[2]
        return f" ({last})" if last else ""


def run(
    request: PlanRequest,
    *,
    report: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """The plan for this request; blocks until it is found, the time is up, or it is cancelled.

    report: hears of progress, at least once a second; cancelled: asked several times a second, the
    best plan so far is the answer. Raises InputFaults, also when no plan was found in time, and
    PlannerDied when the child ended, or was cancelled, before its first plan.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "election.jobs.planner_child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        return _Listener(child, request, report, cancelled or (lambda: False)).listen()
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        pass  # it was broken: the child is gone


class _Listener:
    """Hears one child out."""

    def __init__(
        self,
        child: "subprocess.Popen[bytes]",
        request: PlanRequest,
        report: Report | None,
        cancelled: Callable[[], bool],
    ) -> None:
        self.child, self.request = child, request
        self.report, self.cancelled = report, cancelled
        self.best: Plan | None = None
        self.last: Progress | None = None
        self.lines: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        self.words = b""
        self.started = self.heard = monotonic()

    def listen(self) -> Plan:
        """The answer of the child, or the best plan it said before its end."""
        threads = [threading.Thread(target=act, daemon=True)
                   for act in (self._send, self._read, self._overhear)]  # fmt: skip
        for thread in threads:
            thread.start()
        while True:
            if self.cancelled():
                return self._best(Ending.CANCELLED)
            if monotonic() - self.started > self.request.time_limit + GRACE:
                return self._late()
            try:
                line = self.lines.get(timeout=LOOK)
            except queue.Empty:
                self._beat()
                continue
            if line is None:
                threads[-1].join(LOOK)
                return self._best(Ending.TIME_LIMIT)
            answer = self._hear(line)
            if answer:
                return answer

    def _send(self) -> None:
        """The request on one line; the pipe stays open, for the child ends when it closes."""
        pipe = self.child.stdin
        document = json.dumps(request_to_json(self.request), ensure_ascii=False)
        try:
            if pipe:
                pipe.write(document.encode() + b"\n")
                pipe.flush()
        except (OSError, ValueError):
            pass  # the child is gone; the reader says so

    def _read(self) -> None:
        try:
            for line in self.child.stdout or ():
                self.lines.put(json.loads(line))
        except (OSError, ValueError):
            pass  # killed in the middle of a line
        self.lines.put(None)

    def _overhear(self) -> None:
        try:
            for line in self.child.stderr or ():
                self.words = (self.words + line)[-_LAST_WORDS:]
        except (OSError, ValueError):
            pass  # closed by us

    def _hear(self, line: dict[str, Any]) -> Plan | None:
        self.heard = monotonic()
        if "faults" in line:
            raise InputFaults([InputFault(*fault) for fault in line["faults"]])
        if "plan" in line:
            self.best = plan_from_json(line["plan"])
        if "progress" in line:
            self.last = progress_from_json(line["progress"])
            self._tell()
        return plan_from_json(line["done"]) if "done" in line else None

    def _beat(self) -> None:
        """The child is deep in thought: say that time goes on."""
        if self.last and monotonic() - self.heard >= BEAT:
            self.heard = monotonic()
            self.last = replace(self.last, seconds=self.heard - self.started)
            self._tell()

    def _tell(self) -> None:
        if self.report and self.last:
            self.report(self.last)

    def _late(self) -> Plan:
        if self.best is None:
            raise InputFaults([none_found(self.request.wishes, self.request.seats)])
        return self._best(Ending.TIME_LIMIT)

    def _best(self, ending: Ending) -> Plan:
        """The best plan said so far, with the bound proven since."""
        seconds = monotonic() - self.started
        if self.best is None and ending is Ending.CANCELLED:
            raise PlannerDied("cancelled before the first plan was found")
        if self.best is None:
            status = self.child.poll()
            words = self.words.decode("utf-8", "replace").strip()
            raise PlannerDied(f"the planner ended without a plan (status {status}): {words}")
        bound = self.best.lower_bound
        if self.last:
            bound = max(bound, min(self.last.lower_bound, self.best.value))
        if ending is Ending.TIME_LIMIT and bound == self.best.value:
            ending = Ending.OPTIMAL
        return replace(self.best, lower_bound=bound, ending=ending, seconds=seconds)
