"""Every refusal, conflict and fault becomes one clear page; the code decides the status."""

import logging

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from election.actions import trail
from election.actions.errors import Stale
from election.database import Busy
from election.rules.access import NOT_ALLOWED
from election.rules.terms import RuleViolation
from election.web.conflicts import both_values, changed_by
from election.web.operations import record_aside

log = logging.getLogger("xuanban")
FORBIDDEN = 403


def init_app(app: Flask) -> None:
    """Register the one handler of each kind of error."""
    app.register_error_handler(RuleViolation, refused)
    app.register_error_handler(Stale, stale)
    app.register_error_handler(StaleDataError, conflict)
    app.register_error_handler(IntegrityError, conflict)
    app.register_error_handler(NoResultFound, deleted)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(CSRFError, csrf)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(500, crashed)


def _note(message: str, status: int, *, code: str = "", level: int = logging.INFO) -> None:
    """One line on a refusal: who tried what, by number; never a name, an address or a value."""
    who = g.get("official")
    method = request.method if request.method.isascii() else "?"
    log.log(
        level,
        message,
        extra={
            "status": status,
            "method": method,
            "endpoint": request.endpoint or "",
            "official": who.number if who is not None else "",
            "code": code,
        },
    )


def _record(status: int, *, code: str = "") -> None:
    """Record what was refused to somebody signed in; a visitor's refusal stands in the log only.

    A page that is not shown for another reason than a missing right is no act.
    """
    if g.get("official") is None or (status != FORBIDDEN and request.method != "POST"):
        return
    endpoint, method = request.endpoint or "", request.method
    record_aside(
        lambda act: trail.refused(act, endpoint=endpoint, method=method, status=status, code=code)
    )


def refused(error: RuleViolation) -> ResponseReturnValue:
    """The law or the house forbids the act: nothing was stored."""
    status = FORBIDDEN if error.code is NOT_ALLOWED else 422
    _note("refused", status, code=error.code.id)
    _record(status, code=error.code.id)
    return render_template("errors/refused.html", error=error), status


def stale(error: Stale) -> ResponseReturnValue:
    """The row changed since the form was opened: both versions beside each other."""
    _note("stale", 409)
    page = render_template(
        "errors/stale.html",
        pairs=both_values(error.row, error.form) if error.form is not None else [],
        changed=changed_by(error.row),
    )
    return page, 409


def conflict(error: Exception) -> ResponseReturnValue:
    """Somebody else did the same at the same moment."""
    _note("conflict", 409, code=type(error).__name__)
    return render_template("errors/conflict.html"), 409


def deleted(_error: NoResultFound) -> ResponseReturnValue:
    """Somebody deleted the row between the page and the act."""
    _note("gone", 404)
    return render_template("errors/http.html", code=404), 404


def busy(error: Exception) -> ResponseReturnValue:
    """The database is held by somebody, or the disk is full: try again."""
    _note("busy", 503, code=type(error).__name__, level=logging.WARNING)
    return render_template("errors/busy.html"), 503, {"Retry-After": "5"}


def csrf(_error: CSRFError) -> ResponseReturnValue:
    """The form's token is missing or old."""
    _note("csrf", 400)
    return render_template("errors/csrf.html", page_here=page_here), 400


def http(error: HTTPException) -> ResponseReturnValue:
    """404, 403, 413 and the like, in the language of the page."""
    if error.code is None or error.code < 400:
        return error
    _note("http", error.code)
    if error.code == FORBIDDEN:
        _record(FORBIDDEN)
    return render_template("errors/http.html", code=error.code, page_here=page_here), error.code


def page_here() -> str:
    """The address of the refused request where a page stands there too, else that of no page."""
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is not None and adapter.match(method="GET"):
            return request.path
    except (HTTPException, RoutingException):
        return ""
    return ""


def crashed(error: Exception) -> ResponseReturnValue:
    """A fault of the program: logged without personal data, told without details."""
    original = getattr(error, "original_exception", error)
    log.error("crashed", exc_info=original, extra={"request_id": getattr(g, "request_id", "")})
    return render_template("errors/http.html", code=500), 500
