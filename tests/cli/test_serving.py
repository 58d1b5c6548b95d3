"""The server under hostile connections, and how it ends."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from tornado.httputil import HTTPConnection, HTTPHeaders, RequestStartLine

from election.cli.serving.requests import AT_ONCE, SMALL, Message, Office
from election.settings import ROOT
from tests import builders
from tests.cli.serving import Running, environment, running

pytestmark = pytest.mark.slow
THREADS = 20  # more than the server has
_HEAD = b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: "


@pytest.fixture(scope="module")
def server(
    founded: tuple[Path, builders.Office], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("serving") / "data"
    shutil.copytree(founded[0], data)
    with running(data) as started:
        yield started


@pytest.fixture
def data(founded: tuple[Path, builders.Office], tmp_path: Path) -> Path:
    own = tmp_path / "data"
    shutil.copytree(founded[0], own)
    return own


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param(b"", id="silent"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: loc", id="half a head"),
        pytest.param(_HEAD + b"5000\r\n\r\nusername=", id="half a body"),
    ],
)
def test_hundreds_of_connections_that_wait_keep_nobody_waiting(
    server: Running, beginning: bytes
) -> None:
    waiting = server.sockets(300, beginning)
    assert server.get().status == 200
    assert server.get("/login").status == 200
    for connection in waiting:
        connection.close()


def test_a_large_body_without_a_log_in_is_refused_with_a_page(server: Running) -> None:
    assert _post(server, SMALL + 1) == 413
    assert _post(server, SMALL - 1) != 413


def test_a_body_beyond_all_limits_is_refused_with_a_page(server: Running) -> None:
    assert _post(server, 30 * SMALL, cookie=True) == 413


def test_large_bodies_take_turns() -> None:
    """Each beyond the size that counts has a place; the next is told to come back."""
    office = Office(lambda _environ, _start: [], lambda _request: ThreadPoolExecutor(1), most=1)
    arriving = [_arriving(office) for _ in range(AT_ONCE)]
    assert [message.refused for message in arriving] == [0] * AT_ONCE
    late = _arriving(office)
    assert late.refused == 503
    late.data_received(b"x")
    assert (late.refused, late.stored) == (503, 0)
    arriving[0].forget()
    arriving[0].on_connection_close()
    arriving += [late, _arriving(office), _arriving(office)]
    assert [message.refused for message in arriving[-2:]] == [0, 503]
    for message in arriving:
        message.forget()
    assert office.large == 0


def _arriving(office: Office) -> Message:
    """A body just beyond the size that counts, of somebody with a log-in; its end is to come."""
    message = Message(office, None, HTTPConnection())
    headers = HTTPHeaders({"Host": "localhost", "Cookie": "xuanban=x"})
    message.headers_received(RequestStartLine("POST", "/", "HTTP/1.1"), headers)
    message.data_received(b"x" * SMALL)
    message.data_received(b"x")
    return message


def test_an_address_that_makes_no_sense_is_refused(server: Running) -> None:
    for host in (b"localhost:x/y", b"[::1", b"a:b:c@d"):
        (connection,) = server.sockets(1, b"GET /login HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        assert _status(connection) == 400
    assert server.get().status == 200


@pytest.mark.parametrize("path", ["/", "/login", "/static/css/xuanban.css"])
def test_an_answer_has_one_date(server: Running, path: str) -> None:
    """Flask dates what may be cached; the server dates the others."""
    assert len(server.get(path).headers.get_all("Date", [])) == 1


def test_the_server_does_not_say_what_it_is(server: Running) -> None:
    answer = server.get("/login")
    assert "Server" not in answer.headers
    assert answer.headers["Date"].endswith("GMT")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_house_lets_in_whoever_comes_after_somebody_left(data: Path) -> None:
    """The system allows 300 files, 200 of which are not for connections."""
    with running(data, before=_few_files) as started:
        for _ in range(4):
            for connection in started.sockets(60, b"GET /healthz HTTP/1.0\r\nHost: x\r\n\r\n"):
                with connection, connection.makefile("rb") as stream:
                    assert stream.read().startswith(b"HTTP/1.1 400")  # a stranger's name: answered
        present = started.sockets(100)
        (late,) = started.sockets(1)
        with late:
            assert late.recv(1) == b""  # closed at once, not kept waiting
        for connection in present:
            connection.close()


def _few_files() -> None:
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))


def test_a_second_server_on_one_data_folder_is_refused(server: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "election", "start"],
        cwd=ROOT,
        env=environment(server.data, server.port + 1),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert str(server.data) in second.stderr
    assert server.get().status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_whoever_ends_the_server_finds_one_whole_file(data: Path, number: signal.Signals) -> None:
    with running(data) as started:
        _write(data)
        started.process.send_signal(number)
        assert started.process.wait(60) == 0
    assert _files(data) == ["xuanban.sqlite3"]


def test_the_server_ends_with_who_started_it(data: Path) -> None:
    with running(data, stdin=subprocess.PIPE, XUANBAN_PARENT="stdin") as started:
        assert started.get().status == 200
        assert started.process.stdin is not None
        started.process.stdin.close()
        assert started.process.wait(60) == 0
    assert _files(data) == ["xuanban.sqlite3"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no exec")
def test_scripts_run_becomes_the_server_and_leaves_no_orphan(data: Path) -> None:
    script = (ROOT / "scripts" / "run").read_text(encoding="utf-8")
    code = script.replace("from bootstrap import ROOT, environment, utf8", _BOOTSTRAP)
    assert code != script
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment(data, 0), stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        assert started.stdout.read().split() == [str(started.pid)]


# what scripts/run needs, without an installation: "Python" says who it is
_BOOTSTRAP = """
import sys
from pathlib import Path
ROOT = Path(".")
utf8 = lambda: None
def environment(*_names, **_more):
    script = Path(__import__("tempfile").mkdtemp()) / "python"
    script.write_text("#!/bin/sh\\necho $$\\n")
    script.chmod(0o700)
    return script
"""


def test_a_clean_office_lies_in_its_file_and_not_beside_it(tmp_path: Path) -> None:
    with running(tmp_path / "data", ["--empty"]) as started:
        shutil.copy(tmp_path / "data" / "xuanban.sqlite3", tmp_path / "copy.sqlite3")
        assert started.get().status == 200
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT username FROM official").fetchall() == [("admin",)]


def _post(server: Running, size: int, *, cookie: bool = False) -> int:
    line = b"\r\nCookie: xuanban=x" if cookie else b""
    (connection,) = server.sockets(1, _HEAD + b"%d%s\r\n\r\n" % (size, line))
    connection.sendall(b"x" * size)
    return _status(connection)


def _status(connection: socket.socket) -> int:
    """The status of the answer; closes the connection."""
    with connection, connection.makefile("rb") as stream:
        return int(stream.readline().split()[1])


def _files(data: Path) -> list[str]:
    return sorted(path.name for path in data.glob("xuanban.sqlite3*"))


def _write(data: Path) -> None:
    """Something that is in the side file, as a busy evening leaves it."""
    with closing(sqlite3.connect(data / "xuanban.sqlite3", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("UPDATE township SET county = 'x'")
