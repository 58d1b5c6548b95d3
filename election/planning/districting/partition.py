"""Choosing columns that hold every brick once and use all seats: a small mask over HiGHS.

HiGHS runs on one thread (changing the number in one process makes later runs fail) and without a
time limit, so that it repeats itself. It asks now and then whether it shall end; seconds may pass
between two questions: whoever must be sure runs the planner in a process that can be killed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import highspy
import numpy as np
from numpy.typing import NDArray

from election.planning.districting.columns import ColumnMatrix, Ints
from election.planning.districting.effort import Effort

Floats = NDArray[np.float64]
# columns for which one question of the solver, for whole choices and in fractions, is one step
_WHOLE, _FRACTIONS = 30, 3_000
_SURE = 2**40  # whole numbers below this are far from the end of a float's precision


class SolverOutcome(StrEnum):
    """How a run of the solver ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Answer:
    """chosen: columns by position, empty if none was found; bound: of the objective, a float."""

    verdict: SolverOutcome
    chosen: tuple[int, ...] = ()
    bound: float = -np.inf
    duals: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Demand:
    """What the chosen columns must add up to: seats exactly, districts within (least, most)."""

    seats: int
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """A further row: these figures of the chosen columns add up to at most `limit`."""

    figures: Ints
    limit: int


@dataclass(frozen=True, slots=True)
class SolverLimits:
    """How long the solver may try: steps, nodes of its tree, better solutions; seed."""

    steps: int | None = None
    nodes: int | None = None
    solutions: int | None = None
    seed: int = 0


class _Solver(highspy.Highs):
    """HiGHS, silent from its first breath: it greets on stdout as soon as callbacks are enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS calls it so
        """Enable them, after the output is off."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solve(
    columns: ColumnMatrix,
    demand: Demand,
    cost: Ints | Floats,
    limits: SolverLimits,
    effort: Effort,
    *,
    integer: bool = True,
    caps: Sequence[Cap] = (),
    start: Sequence[int] = (),
) -> Answer:
    """The cheapest choice of columns; `integer=False` lets columns be chosen in fractions.

    duals: the prices of the rows (bricks and split units, seats, districts, caps), for fractions.
    Spends steps as the solver goes on; raises Stopped when the effort is at its end.
    """
    effort.check()
    if not len(columns):
        empty = columns.height > 0 or demand.seats > 0
        return Answer(SolverOutcome.INFEASIBLE if empty else SolverOutcome.STOPPED)
    highs = _Solver()  # type: ignore[no-untyped-call]
    _set(highs, limits, integer=integer)
    _listen(highs, len(columns), limits, effort)
    highs.passModel(_model(columns, demand, cost, caps, integer=integer))
    if start:
        values = np.zeros(len(columns))
        values[list(start)] = 1.0
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        highs.setSolution(solution)
    highs.run()
    effort.check()
    return _answer(highs, integer=integer)


def _set(highs: highspy.Highs, limits: SolverLimits, *, integer: bool) -> None:
    for name, value in (
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", limits.seed % 2**31),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
    ):
        highs.setOptionValue(name, value)
    if integer and limits.nodes is not None:
        highs.setOptionValue("mip_max_nodes", limits.nodes)
    if integer and limits.solutions is not None:
        highs.setOptionValue("mip_max_improving_sols", limits.solutions)


def _listen(highs: highspy.Highs, columns: int, limits: SolverLimits, effort: Effort) -> None:
    """Count the questions of the solver as steps, the more the larger it is, and end it in time."""
    last = None if limits.steps is None else effort.steps + limits.steps

    def counting(price: int) -> Callable[[highspy.HighsCallbackEvent], None]:
        def asked(event: highspy.HighsCallbackEvent) -> None:
            if effort.exhausted(price) or (last is not None and effort.steps >= last):
                event.interrupt()

        return asked

    highs.cbMipInterrupt += counting(1 + columns // _WHOLE)
    highs.cbSimplexInterrupt += counting(1 + columns // _FRACTIONS)


def _model(
    columns: ColumnMatrix,
    demand: Demand,
    cost: Ints | Floats,
    caps: Sequence[Cap],
    *,
    integer: bool,
) -> highspy.HighsLp:
    """Rows: every brick and split unit once; all seats; the number of districts; the caps."""
    count, height = len(columns), columns.height
    lower = [1.0] * height + [demand.seats, demand.least or 0] + [-highspy.kHighsInf] * len(caps)
    most = highspy.kHighsInf if demand.most is None else demand.most
    upper = [1.0] * height + [demand.seats, most] + [cap.limit for cap in caps]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(upper)
    lp.col_cost_ = np.asarray(cost, dtype=np.float64)
    top = 1.0 if integer else highspy.kHighsInf  # rows bound fractions already; prices stay clean
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.full(count, top)
    lp.row_lower_, lp.row_upper_ = np.array(lower, np.float64), np.array(upper, np.float64)
    _set_matrix(lp, columns, [columns.seats, columns.districts, *(cap.figures for cap in caps)])
    if integer:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    return lp


def _set_matrix(lp: highspy.HighsLp, columns: ColumnMatrix, dense: Sequence[Ints]) -> None:
    """Column by column: a one in each row it covers, then its figure in each of the dense rows."""
    starts, lengths = columns.starts, np.diff(columns.starts)
    height, extra = columns.height, len(dense)
    behind = np.repeat(starts[1:], extra)
    rows = np.tile(np.arange(height, height + extra), len(columns))
    index = np.insert(columns.flat, behind, rows)
    value = np.insert(np.ones(len(columns.flat)), behind, np.stack(dense, axis=1).ravel())
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(lengths + extra))).astype(np.int32)
    lp.a_matrix_.index_ = index.astype(np.int32)
    lp.a_matrix_.value_ = value


def _answer(highs: highspy.Highs, *, integer: bool) -> Answer:
    status = highs.getModelStatus()
    info = highs.getInfo()
    chosen: tuple[int, ...] = ()
    duals: Floats = np.zeros(0)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        solution = highs.getSolution()
        if integer:
            chosen = tuple(np.flatnonzero(np.array(solution.col_value) > 0.5).tolist())
        else:
            duals = np.array(solution.row_dual)
    if status == highspy.HighsModelStatus.kOptimal:
        value = info.objective_function_value
        return Answer(
            SolverOutcome.OPTIMAL, chosen, info.mip_dual_bound if integer else value, duals
        )
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(SolverOutcome.INFEASIBLE)
    return Answer(SolverOutcome.STOPPED, chosen, info.mip_dual_bound if integer else -np.inf)


def whole_bound(bound: float, value: int) -> int:
    """The least whole number a float bound proves, at most `value`; rounded down by half a unit.

    Costs are whole numbers, so a bound a little above n - 1 already proves n; half a unit is far
    more than the solver's error as long as the numbers are not huge.
    """
    if not np.isfinite(bound) or value > _SURE:
        return 0
    return min(value, int(np.ceil(bound - 0.5)))


def price(
    columns: ColumnMatrix, demand: Demand, cost: Ints, duals: Floats
) -> tuple[int, Ints, int]:
    """(bound, reduced costs, scale): what prices prove, in exact whole numbers, both x scale.

    Prices are rounded to 1/scale first, and any prices prove something: every plan costs at least
    the prices of all rows plus, for each of its districts, the least reduced cost below 0.
    """
    scale = 1 << 10
    prices = np.rint(duals * scale).astype(np.int64)
    rows, seats, districts = prices[: columns.height], int(prices[-2]), int(prices[-1])
    if demand.most is None:
        districts = max(0, districts)  # a row without an upper end has no price below 0
    sums = np.add.reduceat(rows[columns.flat], columns.starts[:-1])
    reduced = cost * scale - sums - seats * columns.seats - districts * columns.districts
    end = demand.least if districts > 0 else demand.most
    bound = int(rows.sum()) + seats * demand.seats + districts * (end or 0)
    # a plan has no more columns than seats
    return bound + min(0, int(reduced.min(initial=0))) * demand.seats, reduced, scale
