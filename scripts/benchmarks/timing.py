"""The stop-watch."""

import time
from collections.abc import Callable


def best_of(action: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest of several runs: the least disturbed one."""
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)
