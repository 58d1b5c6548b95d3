"""What every view needs: rows of one's own township, forms with an operation id, one act."""

import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Response, abort, flash, g, redirect, request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from election.actions.audit import take_turn
from election.actions.errors import Stale
from election.clock import now
from election.database import db, transaction
from election.models import Operation
from election.rules.canonical import sha256
from election.rules.terms import Text
from election.web.access import actor, official

Row = TypeVar("Row")
Result = TypeVar("Result")
_HOUSEKEEPING = {"csrf_token", "op", "version", "lang"}


class Form(FlaskForm):
    """A form that writes: carries an operation id and refuses fields it does not know."""

    op = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def validate_on_submit(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms'
        """As WTForms, after refusing unknown fields (nobody may slip in role=admin)."""
        if not self.is_submitted():
            return False
        known = {name.split("-")[0] for name in self._fields} | _HOUSEKEEPING
        unknown = {name.split("-")[0] for name in request.form} - known
        if unknown:
            abort(400)
        answer_repeat()
        return bool(self.validate(extra_validators))


class VersionedForm(Form):
    """A form over a stored row: remembers the version it was made from; a new row has none."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


def get_or_404(model: type[Row], key: int) -> Row:
    """A row of the signed-in official's township; a foreign one does not exist."""
    row = db.session.get(model, key)
    if row is None or row.township_id != official().township_id:  # type: ignore[attr-defined]
        answer_repeat()  # it may be gone because this very request deleted it
        abort(404)
    return row


def require_version(session: Session, model: type[Row], key: int, form: VersionedForm) -> Row:
    """The row as it is now; Stale (409) when the form was made from another version."""
    row = session.get_one(model, key)
    if row.version != form.version.data:  # type: ignore[attr-defined]
        raise Stale(row, form.version.data or 0)
    return row


def perform(
    act: Callable[[Session], Result],
    *,
    then: str | Callable[[Result], str],
    said: str | None = None,
) -> BaseResponse:
    """Do one act in one transaction and go on to `then` (303).

    The operation id (form field `op` or header Idempotency-Key) is claimed in the same transaction:
    a repeat answers as the first did and changes nothing.
    """
    by, key = actor(), operation_key()
    with transaction() as session:
        take_turn(session, by.township_id)
        done = _repeated(by.township_id, by.official_id, key)
        if done:
            return _answer(done.location, done.said)
        operation = _claim(session, key)
        result = act(session)
        location = then(result) if callable(then) else then
        if operation:
            operation.location, operation.said = location, said
    return _answer(location, said)


def answer_repeat() -> None:
    """End a request that was done already with its first answer, before anything is judged anew."""
    if request.method != "POST" or g.official is None:
        return
    by = actor()
    done = _repeated(by.township_id, by.official_id, operation_key())
    if done:
        abort(_answer(done.location, done.said))


def operation_key() -> str | None:
    """The client's id of this write, at most 80 characters; None when it sent none."""
    key = request.headers.get("Idempotency-Key") or request.form.get("op") or ""
    if len(key) > 80:
        abort(400)
    return key or None


def _claim(session: Session, key: str | None) -> Operation | None:
    """Take the key before anything else: a repeat that waited its turn sees the answer."""
    if key is None:
        return None
    by = actor()
    operation = Operation(
        township_id=by.township_id,
        official_id=by.official_id,
        key=key,
        request_digest=_request_digest(),
        done_at=now(),
    )
    session.add(operation)
    session.flush()
    return operation


def _repeated(township_id: int, official_id: int | None, key: str | None) -> Operation | None:
    if key is None:
        return None
    found = db.session.scalar(
        select(Operation).where(
            Operation.township_id == township_id,
            Operation.official_id == official_id,
            Operation.key == key,
        )
    )
    if found and found.request_digest != _request_digest():
        abort(422)  # the same id for another request: a fault of the client
    return found


def _request_digest() -> str:
    fields = {
        name: request.form.getlist(name)
        for name in sorted(request.form)
        if name not in ("csrf_token", "op")
    }
    return sha256([request.method, request.path, fields])


def _answer(location: str | None, said: str | None) -> BaseResponse:
    if said:
        flash(said, "success")
    return redirect(location or request.path, code=303)


def answers(form: FlaskForm, *leave_out: str) -> dict[str, Any]:
    """The form's fields as keyword arguments of an act."""
    skip = {*_HOUSEKEEPING, *leave_out}
    return {name: value for name, value in form.data.items() if name not in skip}


def say(text: Text | Mapping[str, str]) -> str:
    """A two-language sentence, as a Text or as stored JSON, in the language of the page."""
    if isinstance(text, Mapping):
        text = Text(text["zh"], text["en"])
    return text.say(language())


def language() -> str:
    """zh_Hans_CN or en."""
    return str(get_locale())


def attachment(name: str, plain: str = "file", *, shown: bool = False) -> str:
    """A header every server can send: an ASCII name for old programs, the real one beside it.

    plain: what the file is, in ASCII; said where a Chinese name loses words. shown: the
    browser may show the file in a page; saved, it still has the name.
    """
    path = PurePosixPath(name.replace("/", "-"))
    kept = "-".join(re.findall(r"[A-Za-z0-9._]+", path.stem)).strip(".-")
    if not kept or not name.isascii():
        kept = f"{plain}-{kept}".strip("-")
    kind = "inline" if shown else "attachment"
    return f"{kind}; filename=\"{kept}{path.suffix}\"; filename*=UTF-8''{quote(path.name)}"


def download(body: bytes, *, name: str, mime: str, plain: str = "") -> Response:
    """A file to save; the name may be Chinese, plain says in ASCII what it is.

    Without plain it is what the address calls it: allocation for /plans/1/papers/allocation.pdf.
    """
    plain = plain or PurePosixPath(request.path).stem
    response = Response(body, mimetype=mime)
    response.headers["Content-Disposition"] = attachment(name, plain)
    g.keep_cache = False
    return response
