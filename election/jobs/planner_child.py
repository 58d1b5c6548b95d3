"""What the planner's own process does; election.jobs.planner starts it and listens.

Over the connection it says ("ready", None), is sent the request, and says ("progress", Progress),
("plan", Plan) for every better plan, at last ("done", Plan), ("faults", list of (field, zh, en)) or
("crashed", traceback).
"""

import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from election.planning import districting
from election.planning.districting import PlannerProgress, PlanRequest, ProposedPlan
from election.rules.terms import InputFaults

ORPHANED = 3


def answer(connection: Connection) -> None:
    """Answer one request; end at once when whoever asked is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, and that ends us too
    _silence_stdout()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _say(connection, "ready", None)
    try:
        plan = _plan(connection.recv(), connection)
    except InputFaults as refused:
        faults = [(fault.field, fault.text.zh, fault.text.en) for fault in refused.faults]
        _say(connection, "faults", faults)
    except Exception:  # noqa: BLE001 - the parent is told what it was
        _say(connection, "crashed", traceback.format_exc())
        sys.exit(1)
    else:
        _say(connection, "done", plan)


def _plan(request: PlanRequest, connection: Connection) -> ProposedPlan:
    def report(progress: PlannerProgress) -> None:
        _say(connection, "progress", progress)

    def improved(better: ProposedPlan) -> None:
        _say(connection, "plan", better)

    return districting.plan(
        request.units,
        request.edges,
        seats=request.seats,
        max_seats=request.max_seats,
        time_limit=request.time_limit,
        seed=request.seed,
        objective=request.objective,
        wishes=request.wishes,
        progress=report,
        improved=improved,
    )


def _say(connection: Connection, kind: str, content: Any) -> None:  # noqa: ANN401 - see above
    with suppress(OSError):  # nobody listens: then the watch ends us
        connection.send((kind, content))


def _silence_stdout() -> None:
    """Whoever asked may be writing a document there: nothing the solver prints gets between."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _end_with_parent() -> None:
    """Wait for the end of whoever asked; the solver may hold the main thread for minutes."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(ORPHANED)
