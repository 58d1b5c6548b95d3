"""From units and borders to a plan: check, divide what is too big, and run until it is proven."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from time import process_time

from election.planning.districting.checks import input_faults
from election.planning.districting.effort import Effort, Stopwatch
from election.planning.districting.ground import grounds
from election.planning.districting.measure import Measure
from election.planning.districting.pieces import neighbours_by_place
from election.planning.districting.plans import (
    Ending,
    Objective,
    PlannerProgress,
    PlannerUnit,
    ProposedPlan,
)
from election.planning.districting.run import Improved, Report, Run
from election.planning.districting.wishes import NoPlan, Wishes, none_found
from election.rules.districts.checks import MOST_SEATS
from election.rules.terms import InputFaults


def plan(
    units: Sequence[PlannerUnit],
    edges: Iterable[tuple[str, str]],
    *,
    seats: int,
    max_seats: int = MOST_SEATS,
    time_limit: float | None = 60.0,
    steps: int | None = None,
    seed: int = 0,
    objective: Objective | str = Objective.MAX,
    wishes: Wishes | None = None,
    progress: Report | None = None,
    improved: Improved | None = None,
    cancelled: Callable[[], bool] | None = None,
    stopwatch: Stopwatch = process_time,
) -> ProposedPlan:
    """Draw contiguous districts of 1..max_seats that use all seats and keep units whole.

    units: codes unique, persons >= 0. edges: pairs of codes that touch (a ferry is an edge).
    Input and seed (>= 0) are one sequence of counted steps. The planner ends by itself, after
    `steps`, or after time_limit seconds by `stopwatch` (of the processor; None: no limit). After so
    many steps the plan is always the same, after more of them never worse. A unit with more people
    than max_seats average seats stand for is divided into parts, districts of their own, unless it
    shall be alone: as few and as equal as can be with people in proportion to seats, or along its
    voter groups (see `grounds`).
    Best is the smallest objective, then the smaller other figure, fewer districts, fewer borders
    cut. `progress` hears how far it is, `improved` of every better plan; `cancelled` is asked
    often, the best plan so far is the answer.
    Raises InputFaults, all together, for unusable input and where no plan exists.
    Source: EL 25, 26; ZJ 20-23 (rulebook R2.2, R2.3, R2.6, R2.17). A proposal: people decide.
    """
    effort = Effort(time_limit, steps, stopwatch=stopwatch, cancelled=cancelled or (lambda: False))
    pairs, wishes = list(edges), wishes or Wishes()
    faults = input_faults(units, pairs, seats, max_seats, wishes)
    if faults:
        raise InputFaults(faults)
    people = sum(unit.population for unit in units)
    measure = Measure(people, seats, max_seats, Objective(objective))
    neighbours = neighbours_by_place(units, pairs)
    choices, others_bound = grounds(units, neighbours, measure, wishes)
    contest = _Contest([ground.bound for ground in choices], others_bound, progress, improved)
    silent = InputFaults([none_found(wishes, seats)])
    for number, ground in enumerate(choices):
        if contest.over(number, effort):
            break
        run = Run(units, neighbours, measure, seed, effort, wishes, ground)
        contest.hear(number, run)
    return contest.answer(effort, silent)


class _Contest:
    """Runs on several grounds, one after the other; the best plan of them all, and what is proven.

    Nearly always there is one ground. A bound holds for all plans, so it is the least of all. Of
    grounds with plans of one value the first is taken.
    """

    def __init__(
        self,
        bounds: Sequence[Fraction],
        others_bound: Fraction | None,
        progress: Report | None,
        improved: Improved | None,
    ) -> None:
        """bounds: of the grounds; others_bound: of what is not among them."""
        self.bounds, self.others_bound = dict(enumerate(bounds)), others_bound
        self.progress, self.improved = progress, improved
        self.best: ProposedPlan | None = None
        self._number = self._home = 0
        self._ending, self._refused = Ending.SETTLED, InputFaults([])

    def over(self, number: int, effort: Effort) -> bool:
        """Whether the next ground need not be tried: it cannot be better, or must not be."""
        if number == 0:
            return False
        ending = effort.ending
        self._ending = ending or self._ending
        return ending is not None or (
            self.best is not None and self.best.value <= self.bounds[number]
        )

    def hear(self, number: int, run: Run) -> None:
        """Let it run, and keep its plan if it is the best."""
        self._number = number
        run.report, run.improved = self.progress and self._report, self._offer
        try:
            proposal = run.run()
        except InputFaults as refused:
            self._refused = refused
            if isinstance(refused, NoPlan):
                del self.bounds[number]
            return
        self.bounds[number] = proposal.lower_bound
        self._ending = proposal.ending
        self._offer(proposal)

    def answer(self, effort: Effort, silent: InputFaults) -> ProposedPlan:
        """The best plan; raises InputFaults when there is none: `silent` where that is no proof."""
        if self.best is None:
            every_ground_refused = not self.bounds and self.others_bound is None
            raise self._refused if every_ground_refused else silent
        proposal = self._honest(self.best)
        ending = self._ending
        if proposal.optimal and ending is not Ending.CANCELLED:
            ending = Ending.OPTIMAL
        elif ending is Ending.OPTIMAL:
            ending = Ending.SETTLED
        return replace(proposal, seconds=effort.seconds, steps=effort.steps, ending=ending)

    def _bound(self, value: Fraction) -> Fraction:
        return min(
            [value, *self.bounds.values()]
            + ([] if self.others_bound is None else [self.others_bound])
        )

    def _honest(self, proposal: ProposedPlan) -> ProposedPlan:
        return replace(proposal, lower_bound=self._bound(proposal.value))

    def _offer(self, proposal: ProposedPlan) -> None:
        if self.best and self._home != self._number and proposal.value >= self.best.value:
            return
        self.best, self._home = proposal, self._number
        if self.improved:
            self.improved(self._honest(proposal))

    def _report(self, progress: PlannerProgress) -> None:
        self.bounds[self._number] = max(self.bounds[self._number], progress.lower_bound)
        value = min([progress.value] + ([self.best.value] if self.best else []))
        if self.progress:
            self.progress(replace(progress, value=value, lower_bound=self._bound(value)))
