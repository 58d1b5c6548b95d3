"""How much a run may do: counted steps, seconds of the processor, and whether it is wanted.

Everything the planner does spends steps, and nothing else decides what comes next: one input and
seed is one sequence of steps, and a longer run goes on where a shorter one stopped.
"""

from collections.abc import Callable

from election.planning.districting.plans import Ending

SETS = 100  # connected sets listed in one step

Stopwatch = Callable[[], float]


class Stopped(Exception):
    """The run ends here, for this reason; what was found so far is the answer."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.value)
        self.ending = ending


class Effort:
    """Counts the steps of a run, and ends it at its limits. A limit of None is no limit."""

    def __init__(
        self,
        seconds: float | None = None,
        steps: int | None = None,
        *,
        stopwatch: Stopwatch,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.steps = 0
        self._seconds, self._steps = seconds, steps
        self._stopwatch, self._cancelled = stopwatch, cancelled
        self._started = stopwatch()

    @property
    def seconds(self) -> float:
        """Seconds since the start, by the stopwatch."""
        return self._stopwatch() - self._started

    @property
    def ending(self) -> Ending | None:
        """Why the run must end now; None: it goes on."""
        if self._cancelled():
            return Ending.CANCELLED
        if self._steps is not None and self.steps >= self._steps:
            return Ending.STEP_LIMIT
        if self._seconds is not None and self.seconds >= self._seconds:
            return Ending.TIME_LIMIT
        return None

    def spend(self, steps: int = 1) -> None:
        """Begin work that takes so many steps; raises Stopped where it must not begin."""
        self.check()
        self.steps += steps

    def check(self) -> None:
        """Raise Stopped when the run must end."""
        ending = self.ending
        if ending is not None:
            raise Stopped(ending)

    def exhausted(self, steps: int) -> bool:
        """Count steps that were made; whether the run must end (where nothing may be raised)."""
        self.steps += steps
        return self.ending is not None
