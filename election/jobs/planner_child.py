"""The planner in a process of its own: `python -m election.jobs.planner_child`.

Reads one line of JSON, the request, and writes lines of JSON: {"progress": ...}, {"plan": ...} for
every better plan, at last {"done": plan} or {"faults": [...]}. Ends at once when its input is
closed: then whoever asked is gone.
"""

import io
import json
import os
import sys
import threading
from typing import Any, TextIO

from election.planning.districting import Plan, Progress, plan
from election.planning.districting.wire import plan_to_json, progress_to_json, request_from_json
from election.rules.terms import InputFaults

ORPHANED = 3


def main() -> int:
    """Answer one request."""
    out = _own_output()
    source = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    line = source.readline()
    if not line:
        return ORPHANED
    request = request_from_json(json.loads(line))
    threading.Thread(target=_watch, args=(source,), daemon=True).start()

    def say(kind: str, document: Any) -> None:  # noqa: ANN401 - any JSON
        out.write(json.dumps({kind: document}, ensure_ascii=False) + "\n")
        out.flush()

    def report(progress: Progress) -> None:
        say("progress", progress_to_json(progress))

    def improved(better: Plan) -> None:
        say("plan", plan_to_json(better))

    try:
        found = plan(
            request.units, request.edges, seats=request.seats, max_seats=request.max_seats,
            time_limit=request.time_limit, seed=request.seed, objective=request.objective,
            wishes=request.wishes, progress=report, improved=improved,
        )  # fmt: skip
    except InputFaults as refused:
        say("faults", [[f.field, f.text.zh, f.text.en] for f in refused.faults])
    else:
        say("done", plan_to_json(found))
    return 0


def _own_output() -> TextIO:
    """A way out that the solver's own prints, which go to the first one, do not disturb."""
    own = os.dup(1)
    os.dup2(2, 1)
    return open(own, "w", encoding="utf-8", newline="\n")  # noqa: PTH123 - kept to the end


def _watch(source: TextIO) -> None:
    while source.read(1):
        pass
    os._exit(ORPHANED)


if __name__ == "__main__":
    sys.exit(main())
