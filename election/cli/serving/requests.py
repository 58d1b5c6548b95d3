"""One request from the wire into the application and back.

A body is collected before a thread sees it, so that a slow sender holds a connection and no thread;
beyond a megabyte it lies in a temporary file. What the house would refuse anyway is read and
forgotten, so that the browser gets its page instead of a broken connection.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from email.utils import formatdate
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from tornado.http1connection import HTTP1Connection
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPInputError,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.ioloop import IOLoop
from tornado.wsgi import WSGIContainer
from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

SMALL = 1024 * 1024  # bytes of a body anybody may send; more needs a log-in
LARGEST = 21 * SMALL  # of an upload with what its form adds
AT_ONCE = 8  # bodies beyond SMALL under way at one moment
UNREAD_SECONDS = 60  # a browser has to fetch its answer
REFUSE = "xuanban.refuse"  # in the environment: the status the application answers with
_COOKIE = "xuanban="
log = logging.getLogger("xuanban")


class Office(HTTPServerConnectionDelegate):
    """The application behind a server.

    pool: which threads answer a request; most: connections at one moment.
    """

    def __init__(
        self, app: "WSGIApplication", pool: Callable[[HTTPServerRequest], Executor], *, most: int
    ) -> None:
        self.app, self.pool, self.most = app, pool, most
        self.connections = self.large = self.at_work = 0
        self._container = WSGIContainer(app)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Tornado's call for each request of a connection."""
        return Message(self, server_conn, request_conn)

    async def answer(self, message: "Message") -> None:
        """Run the application in a thread and send what it says."""
        request = message.request
        self.at_work += 1
        try:
            environ = self._environ(message)
            pool = self.pool(request)
            answer = await IOLoop.current().run_in_executor(pool, self._run, environ)
            _send(request.connection, *answer)
        except Exception:  # one request must not cost the others their connections
            log.exception("server")
            message.hang_up()
        finally:
            self.at_work -= 1
            message.forget()

    def _environ(self, message: "Message") -> "WSGIEnvironment":
        environ = self._container.environ(message.request)
        environ["wsgi.input"], environ["wsgi.multithread"] = message.body, True
        environ["CONTENT_LENGTH"] = str(message.stored)
        if message.refused:
            environ[REFUSE] = message.refused
        return environ

    def _run(self, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return status, list(headers), b"".join(body)


class Message(HTTPMessageDelegate):
    """One request while it arrives."""

    request: HTTPServerRequest

    def __init__(self, office: Office, server_conn: object, request_conn: HTTPConnection) -> None:
        self._office, self._server, self._connection = office, server_conn, request_conn
        self.body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115
        self.stored, self.refused, self._counted = 0, 0, False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        """Refuses what nobody could answer: an address with a port that is no number."""
        if not isinstance(start_line, RequestStartLine):
            raise HTTPInputError("no request")
        self.request = HTTPServerRequest(
            connection=self._connection,
            server_connection=self._server,
            start_line=start_line,
            headers=headers,
        )
        _host, _colon, port = self.request.host.rpartition(":")
        if _colon and not port.rstrip("]").isalnum():
            raise HTTPInputError("Host")

    def data_received(self, chunk: bytes) -> None:
        """A part of the body."""
        if not self.refused:
            self.stored += len(chunk)
            self.refused = self._too_much()
        if self.refused:
            self.stored = 0
            self.body.truncate(0)
        else:
            self.body.write(chunk)

    def _too_much(self) -> int:
        """The status for a body that is not wanted, else 0."""
        if self.stored <= SMALL or self._counted:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if self.stored > LARGEST else 0
        if not has_login(self.request):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if self._office.large >= AT_ONCE:
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._office.large += 1
        self._counted = True
        return 0

    def finish(self) -> None:
        """The request is whole."""
        self.body.seek(0)
        IOLoop.current().spawn_callback(self._office.answer, self)

    def on_connection_close(self) -> None:
        """The other side went away in the middle."""
        self.forget()

    def hang_up(self) -> None:
        """Nothing can be answered any more."""
        if isinstance(self._connection, HTTP1Connection):
            self._connection.stream.close()

    def forget(self) -> None:
        """Let go of the body."""
        self.body.close()
        if self._counted:
            self._office.large -= 1
            self._counted = False


def has_login(request: HTTPServerRequest) -> bool:
    """Whether a browser shows the cookie of a log-in; whether it is worth anything is not asked."""
    return _COOKIE in request.headers.get("Cookie", "")


def _send(
    connection: HTTPConnection | None, status: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    if not isinstance(connection, HTTP1Connection) or connection.stream.closed():
        return  # nobody waits for it
    code, _space, reason = status.partition(" ")
    fields = HTTPHeaders()
    for name, value in headers:
        fields.add(name, value)
    if "Date" not in fields:
        fields["Date"] = formatdate(usegmt=True)
    if "Content-Length" not in fields and int(code) != HTTPStatus.NOT_MODIFIED:
        fields["Content-Length"] = str(len(body))
    connection.write_headers(ResponseStartLine("HTTP/1.1", int(code), reason), fields, body)
    connection.finish()
    stream: Any = connection.stream
    if stream is not None and stream.writing():
        IOLoop.current().call_later(UNREAD_SECONDS, lambda: stream.writing() and stream.close())
