"""A real server over a copy of the founded office, and sockets that misbehave."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from election.settings import ROOT


@dataclass(frozen=True, slots=True)
class Running:
    """A server that has said where it is."""

    process: subprocess.Popen[str]
    data: Path
    port: int
    words: str

    def get(self, path: str = "/healthz", **headers: str) -> HTTPResponse:
        """One request on a connection of its own."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer

    def sockets(self, count: int, beginning: bytes = b"") -> list[socket.socket]:
        """Connections that send so much and then nothing."""
        opened = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(count)]
        for connection in opened:
            connection.sendall(beginning)
        return opened


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    """What a server reads its settings from."""
    settings = {"XUANBAN_DATA": str(data), "XUANBAN_PORT": str(port), "DATABASE_URL": ""}
    return os.environ | settings | {"PYTHONUTF8": "1"} | more


def free_port() -> int:
    """A port nobody listens on, and with the next one free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def running(
    data: Path,
    arguments: Sequence[str] = (),
    stdin: int = subprocess.DEVNULL,
    before: Callable[[], None] | None = None,
    **more: str,
) -> Iterator[Running]:
    """`python -m election start` until the block ends; it has printed that it runs.

    before: what its process does first.
    """
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "election", "start", *arguments],
        cwd=ROOT,
        env=environment(data, port, **more),
        stdin=stdin,
        preexec_fn=before,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        words = ""
        for line in process.stdout:
            words += line
            if "Xuanban is running" in line:
                break
        try:
            yield Running(process, data, port, words)
        finally:
            process.kill()
