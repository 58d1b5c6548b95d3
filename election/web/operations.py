"""One act of one operation: a repeat answers as the first did; rows of one's own township."""

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import abort, flash, g, redirect, request
from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as BaseResponse

from election.actions.act import Act
from election.actions.audit import take_turn
from election.clock import now
from election.database import Busy, db, transaction
from election.models import Operation
from election.rules.access import Actor
from election.rules.canonical import sha256
from election.web.access import actor, official

log = logging.getLogger("xuanban")
_DONE = select(Operation).where(
    Operation.township_id == bindparam("township"),
    Operation.official_id == bindparam("official"),
    Operation.key == bindparam("key"),
)
Row = TypeVar("Row")
Result = TypeVar("Result")


def get_or_404(model: type[Row], key: int) -> Row:
    """A row of the signed-in official's township; a foreign one does not exist."""
    row = db.session.get(model, key)
    if row is None or row.township_id != official().township_id:  # type: ignore[attr-defined]
        answer_repeat()  # it may be gone because this very request deleted it
        abort(404)
    return row


def perform(
    do: Callable[[Act], Result],
    *,
    then: str | Callable[[Result], str],
    message: str | Callable[[Result], str] | None = None,
) -> BaseResponse:
    """Do one act in one transaction and go on to `then` (303); message: what that page says first.

    The operation id (form field `op` or header Idempotency-Key) is stored in the same transaction,
    behind the turn of the township: a repeat answers as the first did and changes nothing.
    """
    by, key = actor(), operation_key()
    with transaction() as session:
        take_turn(session, by.township_id)
        done = _repeated(by.township_id, by.official_id, key)
        if done:
            return _answer(done.location, done.message)
        result = do(Act(session, by, now()))
        location = then(result) if callable(then) else then
        words = message(result) if callable(message) else message
        if key is not None:
            session.add(_done(by, key, location, words))
    return _answer(location, words)


def record_aside(do: Callable[[Act], None]) -> None:
    """Record what the signed-in official met or took, beside the request itself.

    Where the database is busy or the disk is full the answer goes out all the same.
    """
    by = actor()
    try:
        with transaction() as session:
            do(Act(session, by, now()))
    except (Busy, OperationalError):
        log.warning("not recorded: the database is busy")


def answer_repeat() -> None:
    """End a request that was done already with its first answer, before anything is judged anew."""
    if request.method != "POST" or g.official is None:
        return
    by = actor()
    done = _repeated(by.township_id, by.official_id, operation_key())
    if done:
        abort(_answer(done.location, done.message))


def operation_key() -> str | None:
    """The client's id of this write, at most 80 characters; None when it sent none."""
    key = request.headers.get("Idempotency-Key") or request.form.get("op") or ""
    if len(key) > 80:
        abort(400)
    return key or None


def _done(by: Actor, key: str, location: str, message: str | None) -> Operation:
    """What a repeat of this request is answered with."""
    return Operation(
        township_id=by.township_id,
        official_id=by.official_id,
        key=key,
        request_digest=_request_digest(),
        done_at=now(),
        location=location,
        message=message,
    )


def _repeated(township_id: int, official_id: int | None, key: str | None) -> Operation | None:
    if key is None:
        return None
    of = {"township": township_id, "official": official_id, "key": key}
    operation = db.session.scalar(_DONE, of)
    if operation and operation.request_digest != _request_digest():
        abort(422)  # the same id for another request: a fault of the client
    return operation


def _request_digest() -> str:
    fields = {
        name: request.form.getlist(name)
        for name in sorted(request.form)
        if name not in ("csrf_token", "op")
    }
    return sha256([request.method, request.path, fields])


def _answer(location: str | None, message: str | None) -> BaseResponse:
    if message:
        flash(message, "success")
    return redirect(location or request.path, code=303)
