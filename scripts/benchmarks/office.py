"""A sample office in a temporary folder, for measurements against the real program."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from election.migrations import upgrade
from election.settings import ROOT, Settings
from election.web import create_app


@contextmanager
def folder() -> Iterator[Path]:
    """An empty data folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="xuanban-bench-") as name:
        yield Path(name)


@contextmanager
def application(data: Path) -> Iterator[Flask]:
    """The application over a data folder with a migrated database, inside its context."""
    url = f"sqlite:///{data / 'xuanban.sqlite3'}"
    app = create_app(Settings(data=data, database_url=url, host="127.0.0.1", port=0))
    with app.app_context():
        upgrade()
        yield app


@contextmanager
def server(data: Path) -> Iterator[int]:
    """The program as a process of its own; the port it listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = os.environ | {
        "XUANBAN_DATA": str(data),
        "XUANBAN_PORT": str(port),
        "DATABASE_URL": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "election", "start"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not start")
