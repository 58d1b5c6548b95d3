"""Files that are made to cost: read in a process of its own, ended at its limits."""

import os
import signal
import threading
from pathlib import Path

import pytest

from election.database import Busy
from election.exchange import apart
from election.exchange.apart import AT_ONCE, MEMORY, SMALL, TooCostly, read_apart
from election.exchange.units import table
from tests.exchange import readers

pytestmark = pytest.mark.slow
LARGE = b"x" * (SMALL + 1)


def test_the_answer_is_that_of_the_reader() -> None:
    rows = "".join(f"{number:05},村{number},村,{number}\n" for number in range(4000))
    raw = f"编码,名称,类型,户籍人口\n{rows}".encode()
    assert len(raw) > SMALL
    assert read_apart(table.read, raw, "a.csv") == table.read(raw, "a.csv")


def test_a_large_file_is_read_elsewhere_and_a_small_one_here() -> None:
    assert read_apart(readers.process, LARGE) != os.getpid()
    assert read_apart(readers.process, b"PK" + b"x") != os.getpid()
    assert read_apart(readers.process, b"x" * SMALL) == os.getpid()


def test_endless_reading_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 4)
    with pytest.raises(TooCostly):
        read_apart(readers.endless, LARGE)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no bound there")
def test_memory_is_bounded() -> None:
    with pytest.raises(TooCostly):
        read_apart(readers.greedy, LARGE, 2 * MEMORY)
    assert read_apart(readers.greedy, LARGE, MEMORY // 4) == MEMORY // 4


def test_a_reader_that_dies_is_too_costly() -> None:
    with pytest.raises(TooCostly):
        read_apart(readers.killed, LARGE, signal.SIGTERM)


def test_a_fault_of_the_reader_is_told_with_its_trace() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        read_apart(readers.faulty, LARGE)


def test_no_more_files_at_once_than_leave_threads_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside, go_on = threading.Semaphore(0), threading.Event()

    def wait(_work: object) -> None:
        inside.release()
        go_on.wait()

    monkeypatch.setattr(apart, "_ask", wait)
    readings = [
        threading.Thread(target=read_apart, args=(readers.process, LARGE)) for _ in range(AT_ONCE)
    ]
    for reading in readings:
        reading.start()
        inside.acquire()
    with pytest.raises(Busy):
        read_apart(readers.process, LARGE)
    go_on.set()
    for reading in readings:
        reading.join()
    assert read_apart(readers.process, LARGE) is None
