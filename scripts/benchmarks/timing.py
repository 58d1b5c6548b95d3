"""The stop-watch."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def best_of(action: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest of several runs: the least disturbed one."""
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def cpu_best_of(action: Callable[[], object], runs: int = 5) -> float:
    """CPU seconds, of all threads, of the cheapest of several runs; others' load does not count."""
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        action()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def cpu_of_child(*command: str | Path) -> tuple[float, float]:
    """CPU seconds and the largest memory in MB of a command, its start included."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _pid, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
