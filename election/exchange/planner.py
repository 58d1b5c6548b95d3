"""Running the planner outside the web process."""

from collections.abc import Callable

from election.planning.districting import Plan, PlanRequest, Progress, plan

Report = Callable[[Progress], None]


def run(
    request: PlanRequest,
    *,
    report: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """The plan for this request; blocks until it is found, the time is up, or it is cancelled.

    report: hears of progress; cancelled: asked several times a second. Raises InputFaults.
    """
    return plan(
        request.units, request.edges, seats=request.seats, max_seats=request.max_seats,
        time_limit=request.time_limit, seed=request.seed, objective=request.objective,
        progress=report, cancelled=cancelled,
    )  # fmt: skip
