"""A real server on a founded office, and a real browser; skipped aloud where there is none."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from election.settings import ROOT
from election.translations import compile_all
from tests.builders import Office

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 30.0  # seconds until a server that does not answer has failed


def _missing(reason: str) -> NoReturn:
    """Skip with the reason; where the browser is demanded, fail."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium under Playwright."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _missing("Chromium is not installed (Debian: apt-get install chromium libatomic1)")
    with sync_playwright() as driver:
        try:
            running = driver.chromium.launch(executable_path=program, args=_FLAGS)
        except (BrowserError, OSError) as error:
            _missing(f"the browser does not start: {str(error).splitlines()[0]}")
        yield running
        running.close()


@dataclass(slots=True)
class LiveServer:
    """The program as an office runs it: its own process, its own data folder."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    port: int

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> float:
        """The same office after the kill; seconds until it answers."""
        begun = time.monotonic()
        self.process = _serve(self.data, self.port)
        return time.monotonic() - begun


def _serve(data: Path, port: int) -> subprocess.Popen[bytes]:
    with (data / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "election", "start"],
            cwd=ROOT,
            env=os.environ
            | {"XUANBAN_DATA": str(data), "DATABASE_URL": "", "XUANBAN_PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return process
    process.kill()
    process.wait()
    raise RuntimeError((data / "server.log").read_text()[-800:])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_server(data: Path) -> LiveServer:
    """Start the program over a data folder whose database is ready."""
    compile_all()
    port = free_port()
    return LiveServer(f"http://127.0.0.1:{port}", data, _serve(data, port), port)


@pytest.fixture(scope="module")
def start(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Callable[[Path], None]], LiveServer]]:
    """Start a server on a copy of the founded office, after `prepare` worked on its folder."""
    running: list[LiveServer] = []

    def start_one(prepare: Callable[[Path], None] = lambda _data: None) -> LiveServer:
        data = tmp_path_factory.mktemp("journey") / "data"
        shutil.copytree(founded[0], data)
        prepare(data)
        running.append(run_server(data))
        return running[-1]

    yield start_one
    for server in running:
        server.kill()
