"""One server per data folder: a second one would count, publish and back up beside the first."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from election.settings import Settings, UnusableInstallation

NAME = "server.lock"


@contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Hold the data folder; the system lets go of it when this process ends, however it ends.

    Raises UnusableInstallation while another server holds it.
    """
    lock = FileLock(settings.data / NAME)
    try:
        lock.acquire(blocking=False)
    except Timeout as taken:
        raise UnusableInstallation(
            "XUANBAN_DATA",
            f"数据文件夹{settings.data}已有一个选办在运行；请使用它，或先停止它，"
            "或者为这一个另设XUANBAN_DATA",
            f"Xuanban is already running on the data folder {settings.data}; use that one, stop it "
            "first, or set another XUANBAN_DATA for this one",
        ) from taken
    try:
        yield
    finally:
        lock.release()
