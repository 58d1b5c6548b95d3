"""One sheet with its figures, its notes and every earlier version; and the director's reopening."""

from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions import counting as acts
from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Entry, NoteKind, SheetNote
from election.queries import counting as queries
from election.queries.elections.readiness import district_name
from election.rules.access import Actor, Permission
from election.rules.counting import SheetState, item_label, writeins
from election.web.access import actor, allowed
from election.web.counting.blueprint import bp
from election.web.counting.desk import ReasonForm
from election.web.forms import require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform

_SETTLED = (SheetState.AGREED, SheetState.SIGNED)


@bp.get("/sheets/<int:sheet_id>")
@allowed(Permission.SEE_RESULTS)
def sheet(sheet_id: int) -> ResponseReturnValue:
    """The record of one sheet: who entered, what was settled, explained, signed, reopened."""
    row = get_or_404(CountSheet, sheet_id)
    visible = _visible(row, actor())
    return render_template(
        "counting/sheet.html",
        election=row.round.district.congress.election,
        sheet=row,
        code=queries.code_of(row),
        district_name=district_name,
        figures=row.figures if row.state in _SETTLED else None,
        names=queries.names_of(row.round),
        shape=queries.shape_of(row.round),
        history=_history(row, visible=visible),
        hidden=bool(row.entries) and not visible,
        seal=_seal(row),
        next_to_sign=_next_to_sign(row),
        certified=queries.is_certified(db.session(), row.round_id),
        form=ReasonForm(obj=row),
        label=lambda item, names: say(item_label(item, names)),
        writeins=writeins,
    )


def _next_to_sign(row: CountSheet) -> queries.SheetLine | None:
    """For who has just signed: the next sheet that waits for a third person."""
    me = actor()
    if row.state is not SheetState.SIGNED or not me.may(Permission.SIGN_COUNT):
        return None
    lines = queries.sheet_lines(db.session(), row.round.district.congress.election_id)
    agreed = (line for line in lines if line.state is SheetState.AGREED)
    return next((line for line in agreed if me.number not in line.entered_by), None)


@bp.post("/sheets/<int:sheet_id>/reopen")
@allowed(Permission.REOPEN_COUNT)
def reopen(sheet_id: int) -> ResponseReturnValue:
    """Open a new version of a signed sheet, stating the reason."""
    get_or_404(CountSheet, sheet_id)
    form = ReasonForm()
    form.validate_on_submit()

    def do(act: Act) -> None:
        row = acts.locked(act.session, sheet_id)
        require_version(act.session, CountSheet, sheet_id, form)
        acts.reopen(act, row, reason=form.reason.data or "")

    target = url_for(".sheet", sheet_id=sheet_id)
    return perform(
        do, then=target, message=_("The sheet is open again; both entries are made anew.")
    )


def _history(row: CountSheet, *, visible: bool) -> list[tuple[datetime, Entry | SheetNote]]:
    """What happened to a sheet, in order of time; what may not be seen yet is left out."""
    entries = [(entry.entered_at, entry) for entry in row.entries if visible]
    notes = [(n.at, n) for n in row.notes if visible or n.kind is NoteKind.REOPENED]
    events: list[tuple[datetime, Entry | SheetNote]] = [*entries, *notes]
    return sorted(events, key=lambda event: event[0])


def _visible(row: CountSheet, who: Actor) -> bool:
    """Entries are shown once nothing can be copied from them.

    While a sheet still takes entries, nobody sees one; while the two differ, nobody who may enter.
    """
    if row.state in _SETTLED:
        return True
    return row.state is SheetState.DIFFERING and not who.may(Permission.ENTER_COUNT)


def _seal(row: CountSheet) -> str | None:
    """The check code of the signature's record, once there is one."""
    if row.state is not SheetState.SIGNED:
        return None
    subject = queries.subject_of(row)
    return queries.record_code(db.session(), row.township_id, "count.sign", subject)
