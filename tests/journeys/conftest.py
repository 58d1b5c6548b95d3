"""A real server on a fresh office, and a real browser; skipped aloud where there is none."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from election.settings import ROOT

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_SERVE = (
    "import sys, waitress; from app import app; "
    "waitress.serve(app, host='127.0.0.1', port=int(sys.argv[1]), threads=16)"
)


def _missing(reason: str) -> None:
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
    try:
        with sync_playwright() as driver:
            running = driver.chromium.launch(executable_path=program, args=_FLAGS)
            yield running
            running.close()
    except (BrowserError, OSError) as error:
        _missing(f"the browser does not start: {str(error).splitlines()[0]}")


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

    def start_again(self) -> None:
        """The same office after the kill."""
        self.process = _serve(self.data, self.port)


def _serve(data: Path, port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port)],
        cwd=ROOT,
        env=os.environ | {"XUANBAN_DATA": str(data), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=(data / "server.log").open("ab"),
    )
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return process
    raise RuntimeError((data / "server.log").read_text()[-800:])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_server(data: Path) -> LiveServer:
    """Start the program over a data folder whose database is ready."""
    port = free_port()
    return LiveServer(f"http://127.0.0.1:{port}", data, _serve(data, port), port)
