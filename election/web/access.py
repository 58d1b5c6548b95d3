"""Who is signed in, and the rule every route must carry. A route without a rule stops the start."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.exc import OperationalError

from election.clock import now
from election.database import Busy, db, transaction
from election.models import Official, Ticket
from election.rules.access import Actor, Permission
from election.tenant import stay_in

# a log-in and whose it is, in one look
_LOGIN = (
    select(Ticket, Official)
    .join(
        Official,
        and_(Official.township_id == Ticket.township_id, Official.id == Ticket.official_id),
    )
    .where(Ticket.token_hash == bindparam("token_hash"))
)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Open(StrEnum):
    """Access rules that need no right."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


Rule = Open | Permission
_ASSETS = "static"  # style sheets and scripts, no data: nobody is looked up for them


class Unguarded(RuntimeError):
    """A route has no access rule: the program does not start."""


def allowed(rule: Rule) -> Callable[[View], View]:
    """Declare who may call a view: Open.PUBLIC, Open.SIGNED_IN or one permission."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The access rule of an endpoint, None when it has none."""
    return getattr(app.view_functions[endpoint], "access_rule", None)


def require_rules(app: Flask) -> None:
    """Raise Unguarded naming every route without an access rule."""
    bare = sorted(e for e in app.view_functions if rule_of(app, e) is None)
    if bare:
        raise Unguarded("routes without an access rule: " + ", ".join(bare))


def enforce() -> ResponseReturnValue | None:
    """Before each request: load the login, then apply the rule of the route.

    Behind a rule that demands a login the session sees the official's township and no other.
    """
    g.official = None
    if request.endpoint is None:
        return None  # 404 or 405: nothing to guard
    rule = rule_of(_app(), request.endpoint)
    if request.endpoint == _ASSETS:
        return None
    g.official = _signed_in()
    if rule is Open.PUBLIC:
        return None
    if g.official is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")), 303)
        abort(401)
    if isinstance(rule, Permission) and not g.official.as_actor().may(rule):
        abort(403)
    stay_in(db.session(), g.official.township_id)
    if g.official.must_change_password and request.endpoint not in _BEFORE_PASSWORD:
        return redirect(url_for("accounts.password"), 303)
    return None


def leave(_error: BaseException | None) -> None:
    """After a request: what uses the session next, in this application context, is at large."""
    stay_in(db.session(), None)


_BEFORE_PASSWORD = {"accounts.password", "accounts.logout"}


def _app() -> Flask:
    from flask import current_app  # noqa: PLC0415 - a proxy, resolved per request

    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def official() -> Official:
    """The official who is signed in; only behind a rule that demands one."""
    if g.official is None:
        abort(401)
    signed_in: Official = g.official
    return signed_in


def actor() -> Actor:
    """The signed-in official as an act records them."""
    return official().as_actor()


def issue_ticket(township_id: int, official_id: int, *, at: datetime) -> Ticket:
    """A new login; the token goes into the browser's signed cookie, its digest into the row."""
    token, language = secrets.token_urlsafe(32), session.get("language")
    session.clear()
    session["ticket"] = token
    if language:
        session["language"] = language
    return Ticket(
        township_id=township_id,
        official_id=official_id,
        token_hash=_digest(token),
        created_at=at,
        seen_at=at,
    )


def current_ticket() -> Ticket | None:
    """The row of this browser's login, ended or not."""
    token = session.get("ticket")
    if not isinstance(token, str):
        return None
    return db.session.scalar(select(Ticket).where(Ticket.token_hash == _digest(token)))


def _signed_in() -> Official | None:
    token, at = session.get("ticket"), now()
    if not isinstance(token, str):
        return None
    row = db.session.execute(_LOGIN, {"token_hash": _digest(token)}).first()
    ticket, who = row or (None, None)
    if ticket is None or who is None or ticket.ended_at is not None or not who.active:
        return None
    if at - ticket.seen_at > IDLE or at - ticket.created_at > ABSOLUTE:
        return None
    if at - ticket.seen_at > _SEEN_EVERY:
        g.touch_ticket = ticket.township_id, ticket.id
    return who


def keep_alive() -> None:
    """After a request: a login in use stays open (noted once a minute, never at a cost)."""
    touched = g.pop("touch_ticket", None)
    if touched is None:
        return
    township_id, key = touched
    try:
        with transaction() as write:
            stay_in(write, township_id)
            write.execute(update(Ticket).where(Ticket.id == key).values(seen_at=now()))
    except (Busy, OperationalError):
        logging.getLogger("xuanban").info("login not noted: the database is busy")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
