"""What the planner's own process does; election.jobs.planner starts it and listens.

Over the connection it says ("ready", None), is sent the request, and says ("progress", Progress),
("plan", Plan) for every better plan, ("beat", seconds of the processor) every second, at last
("done", Plan), ("late", None), ("faults", list of (field, zh, en)) or ("crashed", traceback).
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from time import process_time, sleep
from typing import Any

from election.planning import districting
from election.planning.districting import PlannerProgress, PlanRequest, ProposedPlan
from election.rules.terms import InputFaults

ORPHANED, LATE = 3, 4  # exit status
BEAT = 1.0  # seconds between two looks at the time used
GRACE = 1.5  # seconds of the processor after the limit that the solver may go on


class Voice:
    """What is said over the connection: one message at a time, whichever thread says it."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._turn = connection, threading.Lock()

    def say(self, kind: str, content: Any = None) -> None:  # noqa: ANN401 - see above
        """Send one message."""
        with self._turn, suppress(OSError):  # nobody listens: then the watch ends us
            self._connection.send((kind, content))


def answer(connection: Connection) -> None:
    """Answer one request; end at once when whoever asked is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, and that ends us too
    _silence_stdout()
    threading.Thread(target=end_with_parent, daemon=True).start()
    voice = Voice(connection)
    voice.say("ready")
    try:
        plan = _plan(connection.recv(), voice)
    except InputFaults as refused:
        faults = [(fault.field, fault.text.zh, fault.text.en) for fault in refused.faults]
        voice.say("faults", faults)
    except Exception:  # noqa: BLE001 - the parent is told what it was
        voice.say("crashed", traceback.format_exc())
        sys.exit(1)
    else:
        voice.say("done", plan)


def _plan(request: PlanRequest, voice: Voice) -> ProposedPlan:
    def report(progress: PlannerProgress) -> None:
        voice.say("progress", progress)

    def improved(better: ProposedPlan) -> None:
        voice.say("plan", better)

    def keep_time() -> None:
        watch_time(voice, request.time_limit)

    threading.Thread(target=keep_time, daemon=True).start()
    return districting.plan(
        request.units,
        request.edges,
        seats=request.seats,
        max_seats=request.max_seats,
        time_limit=request.time_limit,
        steps=request.steps,
        seed=request.seed,
        objective=request.objective,
        wishes=request.wishes,
        progress=report,
        improved=improved,
    )


def watch_time(
    voice: Voice,
    limit: float | None,
    *,
    stopwatch: Callable[[], float] = process_time,
    pause: Callable[[float], None] = sleep,
) -> None:
    """Say every second how much time is used; end this process when it is long past the limit.

    The planner looks at its limit itself, but not while the solver works.
    """
    started = stopwatch()
    while True:
        pause(BEAT)
        used = stopwatch() - started
        if limit is not None and used > limit + GRACE:
            voice.say("late")
            os._exit(LATE)
        voice.say("beat", used)


def _silence_stdout() -> None:
    """Whoever asked may be writing a document there: nothing the solver prints gets between."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def end_with_parent() -> None:
    """Wait for the end of whoever asked; the solver may hold the main thread for minutes."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(ORPHANED)
