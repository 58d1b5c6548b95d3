"""Connections, threads, and the end of the server."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets

from election.cli.serving.certificates import Certificates
from election.cli.serving.requests import LARGEST, Office, has_login
from election.cli.serving.trust import trust_page

# select(), all that Windows has for Tornado, sees 512 sockets
CONNECTIONS = 450 if os.name == "nt" else 4000
IDLE_SECONDS, BODY_SECONDS = 15, 60  # a connection may be silent; a body may take
PARTING_SECONDS = 10  # requests under way have to end
BACKLOG = 1024
_LOOK = 0.05
_TURN = 0.001  # a thread computes before another may: the one that listens is never far behind
_OTHER_FILES = 200  # database, templates, files being sent


def _threads(count: int, name: str) -> Callable[[], ThreadPoolExecutor]:
    return lambda: ThreadPoolExecutor(count, thread_name_prefix=name)


@dataclass(frozen=True, slots=True)
class Threads:
    """Few threads, and apart: neither readers nor a storm at the door keep the office waiting.

    More threads only stand in each other's way: 4 had half the p99 of 16 on two cores.
    """

    staff: Executor = field(default_factory=_threads(4, "staff"))
    public: Executor = field(default_factory=_threads(2, "public"))
    door: Executor = field(default_factory=_threads(2, "door"))

    def of(self, request: HTTPServerRequest) -> Executor:
        """Which threads answer this request."""
        if request.path == "/login":
            return self.door
        return self.staff if has_login(request) else self.public

    def end(self) -> None:
        """Start nothing new; an act under way is finished."""
        for pool in (self.staff, self.public, self.door):
            pool.shutdown(cancel_futures=True)


class LimitedServer(HTTPServer):
    """A server that closes a connection at once when it has as many as it can watch."""

    def initialize(self, request_callback: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """As Tornado has it; the application is asked how many connections there are."""
        super().initialize(request_callback, *args, **kwargs)
        self.office: Office = request_callback

    def handle_stream(self, stream: Any, address: Any) -> None:  # noqa: ANN401 - Tornado's
        """A new connection."""
        if self.office.connections >= self.office.most:
            stream.close()
            return
        self.office.connections += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        """A connection that ended."""
        self.office.connections -= 1
        super().on_close(server_conn)


def serve(
    app: Flask,
    *,
    host: str,
    port: int,
    certificates: Certificates | None,
    ready: Callable[[], None],
) -> None:
    """Serve until Ctrl+C, SIGTERM, or the end of who started us; then let requests finish.

    certificates: for a network; then the port speaks TLS alone, and the next one hands out the
    authority's certificate. ready: called when the ports are ours. Raises OSError when they cannot
    be had.
    """
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)  # what strangers send is no news
    sys.setswitchinterval(_TURN)
    asyncio.run(_serve(app, host, port, certificates, ready))


async def _serve(
    app: Flask,
    host: str,
    port: int,
    certificates: Certificates | None,
    ready: Callable[[], None],
) -> None:
    threads = Threads()
    office = Office(app.wsgi_app, threads.of, most=_sockets())
    server = LimitedServer(
        office,
        ssl_options=certificates and certificates.context,
        idle_connection_timeout=IDLE_SECONDS,
        body_timeout=BODY_SECONDS,
        max_body_size=6 * LARGEST,  # read and refused with a page; more is cut off
        max_header_size=32 * 1024,
    )
    server.add_sockets(bind_sockets(port, host, backlog=BACKLOG))
    if certificates:
        trust_page(certificates).listen(port + 1, host)
    ending = asyncio.Event()
    _listen_for_the_end(asyncio.get_running_loop(), ending)
    ready()
    await ending.wait()
    server.stop()
    for _ in range(int(PARTING_SECONDS / _LOOK)):
        if not office.at_work:
            break
        await asyncio.sleep(_LOOK)
    threads.end()
    await server.close_all_connections()


def _listen_for_the_end(loop: asyncio.AbstractEventLoop, ending: asyncio.Event) -> None:
    def end(number: int = signal.SIGTERM, _frame: object = None) -> None:
        signal.signal(number, signal.SIG_DFL)  # asked again, it ends at once
        loop.call_soon_threadsafe(ending.set)

    def orphaned() -> None:
        sys.stdin.buffer.read()
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(ending.set)

    for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, end)
    if os.environ.get("XUANBAN_PARENT") == "stdin":
        threading.Thread(target=orphaned, name="parent", daemon=True).start()


def _sockets() -> int:
    """How many connections there may be; each is a file, and the usual limit of 1,024 is raised."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + _OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(CONNECTIONS, wanted - _OTHER_FILES)
