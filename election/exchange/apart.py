"""Reading a file in a process of its own, bounded in time and memory, so that nobody else waits.

A file may be made to cost a minute or a gigabyte. The child is killed at its limits; what it would
have said is then one finding. Small plain texts cannot cost that much and are read at once. On
Windows the system bounds the time alone; the limits of the readers bound what is stored.
"""

import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

from election.database import Busy

SECONDS = 14  # from the question to the answer, the start of the child included
MEMORY = 200 * 1024 * 1024  # bytes beyond what the started child has
AT_ONCE = 2  # of a server's threads may wait for such a child
SMALL = 64 * 1024  # bytes of plain text
_ZIP = b"PK"
_SPAWN = get_context("spawn")  # not a fork: the parent has threads, and Windows has none
_places = threading.BoundedSemaphore(AT_ONCE)
P = ParamSpec("P")
T = TypeVar("T")


class TooCostly(Exception):
    """The child came to its limits before it had read the file."""


def read_apart(
    reader: Callable[Concatenate[bytes, P], T], raw: bytes, *arguments: P.args, **options: P.kwargs
) -> T:
    """reader(raw, ...) without harm to others.

    reader: a function of a module, whose answer can be pickled. Raises TooCostly, and Busy while as
    many files are being read as the server can bear.
    """
    work = partial(reader, raw, *arguments, **options)
    if len(raw) <= SMALL and not raw.startswith(_ZIP):
        return work()
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        return _ask(work)
    finally:
        _places.release()


def _ask(work: Callable[[], T]) -> T:
    """What a child answers; it is gone when this returns."""
    connection, childs_end = _SPAWN.Pipe()
    end = monotonic() + SECONDS
    with connection:
        with childs_end:  # ours is closed: its end is heard when the child ends
            child = _SPAWN.Process(target=answer, args=(childs_end,), name="reader", daemon=True)
            child.start()
        try:
            _hear(connection, end)  # that it reads: what is larger than the pipe would wait for it
            connection.send(work)
            kind, content = _hear(connection, end)
        except (EOFError, OSError) as gone:
            raise TooCostly from gone
        finally:
            child.kill()
            child.join()
    if kind == "crashed":
        raise RuntimeError(content)
    read: T = content
    return read


def _hear(connection: Connection, end: float) -> tuple[str, Any]:
    if not wait([connection], max(0.0, end - monotonic())):
        raise TooCostly
    kind, content = connection.recv()
    return kind, content


def answer(connection: Connection) -> None:
    """What the child does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, and that ends us too
    _step_back()
    connection.send(("ready", None))
    try:
        work = connection.recv()
        _limit()
        answered = ("read", work())
    except MemoryError:
        return  # a closed connection says it
    except Exception:  # noqa: BLE001 - the parent is told what it was
        answered = ("crashed", traceback.format_exc())
    with suppress(OSError):  # nobody listens any more
        connection.send(answered)


def _step_back() -> None:
    """People at their desks come first."""
    if hasattr(os, "nice"):
        os.nice(10)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # for a child whose parent is gone
    used = Path("/proc/self/statm")
    if used.exists():
        pages = int(used.read_text().split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
