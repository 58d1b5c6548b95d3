"""Work in a process of its own, one piece after the other, so that no page waits for it.

The child steps back behind people at their desks and ends with whoever asked.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from election.jobs.planner_child import end_with_parent

_SPAWN = get_context("spawn")  # not a fork: the parent has threads, and Windows has none
P = ParamSpec("P")
T = TypeVar("T")


class Apart:
    """Does one call after the other in the child."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def __call__(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """function(...), there; function, arguments and answer can be pickled.

        Raises what it raises, and BrokenProcessPool when the child died.
        """
        return self._pool.submit(function, *arguments, **options).result()


@contextmanager
def process_apart() -> Iterator[Apart]:
    """A child process for the calls inside; it is gone afterwards."""
    with ProcessPoolExecutor(1, mp_context=_SPAWN, initializer=_begin) as pool:
        yield Apart(pool)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, and that ends us too
    threading.Thread(target=end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(10)
