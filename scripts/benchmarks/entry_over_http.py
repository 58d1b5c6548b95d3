"""One sheet entry over HTTP against a bare Flask view that commits the same form to SQLite.

Both applications stand behind the same server of one thread, whose CPU alone is counted.
"""

import http.client
import json
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import flask
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select
from werkzeug.serving import WSGIRequestHandler, make_server

from election.cli.sample.ballots import figures_for
from election.cli.sample.drive import ELECTION_DAY, Drive
from election.cli.sample.moments import turn_to
from election.clock import now
from election.database import db, transaction
from election.models import CountSheet, Official
from election.rules.counting import WRITEIN, writeins
from election.rules.elections.phases import Phase
from election.web.access import issue_ticket
from scripts.benchmarks.office import application, folder

Form = Mapping[str, str]


class _Silent(WSGIRequestHandler):
    """The server without a line on the screen for every request."""

    def log_request(self, *_facts: object) -> None:
        """Say nothing."""


def measure() -> Iterator[str]:
    """CPU of sending one form, for every sheet of the sample; and of the same form to the peer."""
    with folder() as data:
        with application(data) as app:
            cookie, forms = _evening(app)
            peer_app = bare(data / "bare.sqlite3")
            with _statements() as sent, _served(app) as post, _served(peer_app) as post_to_peer:
                spent = [
                    (post(path, form, cookie), post_to_peer("/entry", form, ""))
                    for path, form in forms
                ]
        # in turn, so that whatever else the machine does meets both; the first warm the caches up
        ours, peer = (
            statistics.median(each[len(forms) // 10 :]) for each in zip(*spent, strict=True)
        )
    yield (
        f"{ours * 1000:.2f} ms of CPU and {len(sent) / len(forms):.1f} statements for one entry; "
        f"bare Flask with a SQLite commit of the same form {peer * 1000:.2f} ms: "
        f"{ours / peer:.1f} times its CPU"
    )


def bare(path: Path) -> Flask:
    """A view that stores the form as it came, in one transaction on disk, and goes on to a page."""
    app = Flask("bare")
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, figures TEXT)")

    @app.post("/entry")
    def entry() -> ResponseReturnValue:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry (figures) VALUES (?)", (json.dumps(request.form),))
        connection.execute("COMMIT")
        return redirect("/", 303)

    return app


def _evening(app: Flask) -> tuple[str, list[tuple[str, Form]]]:
    """The sample on its evening: a signed-in teller's cookie, and every sheet's form filled in."""
    drive = Drive("polling")
    drive.run()
    turn_to(ELECTION_DAY, hour=19)
    drive.to(Phase.COUNTING)
    cookie, token = _sign_in(app, drive.staff["teller1"].official_id)
    forms = [
        (f"/sheets/{sheet.id}/entry", _form(figures_for(sheet), sheet.id, token))
        for sheet in db.session.scalars(select(CountSheet).order_by(CountSheet.id))
    ]
    db.session.remove()
    return cookie, forms


def _sign_in(app: Flask, official_id: int | None) -> tuple[str, str]:
    """The cookie of a browser that is signed in, and the token its forms carry."""
    with app.test_request_context():
        with transaction() as session:
            official = session.scalars(select(Official).where(Official.id == official_id)).one()
            ticket = issue_ticket(official.township_id, official.id, at=now())
            session.add(ticket)
        token, response = generate_csrf(), app.response_class()
        app.session_interface.save_session(app, flask.session, response)  # type: ignore[arg-type]
        return response.headers["Set-Cookie"].partition(";")[0], token


def _form(figures: Mapping[str, int], sheet_id: int, token: str) -> Form:
    printed = {f"figure-{i}": str(n) for i, n in figures.items() if not i.startswith(WRITEIN)}
    written: Form = {}
    for line, (name, votes) in enumerate(writeins(figures).items()):
        written = {**written, f"writein-{line}-name": name, f"writein-{line}-votes": str(votes)}
    found = {"confirmed": "y", "shown": "A.311,W.316,W.317"}  # so that every form is stored
    return {**printed, **written, **found, "op": f"bench-{sheet_id}", "csrf_token": token}


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Every statement that goes to the program's database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def _served(app: Flask) -> Iterator[Callable[[str, Form, str], float]]:
    """Sends one form (path, fields, cookie) to a server of one thread: its CPU seconds."""
    server = make_server("127.0.0.1", 0, app, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    clock = time.pthread_getcpuclockid(thread.ident or 0)

    def post(path: str, form: Form, cookie: str) -> float:
        before = time.clock_gettime(clock)
        _post(server.server_port, path, form, cookie)
        return time.clock_gettime(clock) - before

    try:
        yield post
    finally:
        server.shutdown()
        thread.join()


def _post(port: int, path: str, form: Form, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", path, urlencode(form), kind)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    if answer.status != 303:
        raise RuntimeError(f"{path}: {answer.status} {page[:2000]}")
