"""The scrutineers' desk: what differs, what waits for a signature; a third person decides."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from election.actions import counting as acts
from election.actions.act import Act
from election.database import db
from election.models import CountSheet, Election
from election.queries import counting as queries
from election.queries.elections.readiness import district_name
from election.rules.access import Permission
from election.rules.candidates.lists import fallen_note
from election.rules.canonical import anchor
from election.rules.counting import SheetState, item_label, writeins
from election.rules.counting.codes.refusals import RETURNER_ENTERED, SIGNER_ENTERED
from election.rules.counting.entry import finding_key
from election.rules.terms import Code, RuleViolation, Severity
from election.web.access import actor, allowed
from election.web.counting.blueprint import bp
from election.web.counting.fields import MapField
from election.web.forms import Form, VersionedForm, require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform

_WAITING = (SheetState.AWAITING_FIRST, SheetState.AWAITING_SECOND)


class SendBackForm(VersionedForm):
    """To whom: `slot-1`, `slot-2`."""

    slot = MapField()


class ResolveForm(VersionedForm):
    """`side-<item>` is 1 or 2, and why."""

    side = MapField()
    reason = StringField(_l("What the paper shows"), validators=[InputRequired(), Length(max=300)])


class ReasonForm(VersionedForm):
    """An act that needs a written reason."""

    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])


class SignForm(Form):
    """The digest of the figures seen, and `answer-<finding>` an explanation or a decision."""

    digest = HiddenField()
    answer = MapField()


@bp.get("/elections/<int:election_id>/counting/desk")
@allowed(Permission.SIGN_COUNT)
def desk(election_id: int) -> ResponseReturnValue:
    """Sheets that differ, sheets to be signed, and what is still on its way."""
    election = get_or_404(Election, election_id)
    lines = queries.sheet_lines(db.session(), election_id)
    return render_template(
        "counting/desk.html",
        election=election,
        differing=[line for line in lines if line.state is SheetState.DIFFERING],
        agreed=[line for line in lines if line.state is SheetState.AGREED],
        waiting=[line for line in lines if line.state in _WAITING],
        signed=sum(line.state is SheetState.SIGNED for line in lines),
        total=len(lines),
        me=actor().number,
    )


@bp.get("/sheets/<int:sheet_id>/compare")
@allowed(Permission.SIGN_COUNT)
def compare(sheet_id: int) -> ResponseReturnValue:
    """Both entries beside each other; only for somebody who made neither."""
    sheet = get_or_404(CountSheet, sheet_id)
    _require_third(sheet, RETURNER_ENTERED)
    return _compare_page(sheet, ResolveForm(obj=sheet))


def _compare_page(sheet: CountSheet, resolving: ResolveForm) -> ResponseReturnValue:
    entries, names = queries.in_force(sheet), queries.names_of(sheet.round)
    sides = [entries[slot] for slot in sorted(entries)]
    both = sheet.state is SheetState.DIFFERING
    items = queries.differing(sheet)
    return render_template(
        "counting/compare.html",
        election=sheet.round.district.congress.election,
        sheet=sheet,
        code=queries.code_of(sheet),
        district_name=district_name,
        sides=sides if both else [],
        rows=[
            (item, item_label(item, names), [s.figures.get(item) for s in sides]) for item in items
        ],
        found=[queries.findings(sheet, side.figures) for side in sides] if both else [],
        waiting=queries.pending(sheet),
        form=resolving,
        act_form=SendBackForm(obj=sheet),
        return_form=ReasonForm(obj=sheet),
    ), 422 if resolving.errors else 200


@bp.post("/sheets/<int:sheet_id>/send-back")
@allowed(Permission.SIGN_COUNT)
def send_back(sheet_id: int) -> ResponseReturnValue:
    """Ask one or both tellers to read the differing fields again."""
    get_or_404(CountSheet, sheet_id)
    form = SendBackForm()
    form.validate_on_submit()
    slots = [int(key) for key in sorted(form.slot.data) if key in ("1", "2")]

    def do(act: Act) -> None:
        sheet = _held(act.session, sheet_id, form)
        acts.send_back(act, sheet, slots=slots)

    target = url_for(".compare", sheet_id=sheet_id)
    return perform(do, then=target, message=_("Sent back: the tellers read the fields again."))


@bp.post("/sheets/<int:sheet_id>/resolve")
@allowed(Permission.SIGN_COUNT)
def resolve(sheet_id: int) -> ResponseReturnValue:
    """Choose, field by field, the entry that the paper bears out."""
    sheet, form = get_or_404(CountSheet, sheet_id), ResolveForm()
    if not form.validate_on_submit():
        _require_third(sheet, RETURNER_ENTERED)
        return _compare_page(sheet, form)
    sides = {item: int(side) for item, side in form.side.data.items() if side in ("1", "2")}

    def do(act: Act) -> None:
        held = _held(act.session, sheet_id, form)
        acts.resolve(act, held, sides=sides, reason=form.reason.data)

    target = url_for(".sign", sheet_id=sheet_id)
    return perform(do, then=target, message=_("The difference is settled."))


@bp.post("/sheets/<int:sheet_id>/return")
@allowed(Permission.SIGN_COUNT)
def return_to_tellers(sheet_id: int) -> ResponseReturnValue:
    """Drop both entries, which stay on file, and have them made anew."""
    sheet, form = get_or_404(CountSheet, sheet_id), ReasonForm()
    election_id = sheet.round.district.congress.election_id
    form.validate_on_submit()

    def do(act: Act) -> None:
        held = _held(act.session, sheet_id, form)
        reason = form.reason.data or ""
        acts.return_to_tellers(act, held, reason=reason)

    target = url_for(".desk", election_id=election_id)
    return perform(do, then=target, message=_("Returned: both entries are made anew."))


@bp.route("/sheets/<int:sheet_id>/sign", methods=["GET", "POST"])
@allowed(Permission.SIGN_COUNT)
def sign(sheet_id: int) -> ResponseReturnValue:
    """Look at the figures, explain each warning, decide each alert, sign."""
    sheet, form = get_or_404(CountSheet, sheet_id), SignForm()
    if not form.validate_on_submit():
        _require_third(sheet, SIGNER_ENTERED)
        return _sign_page(sheet, form)
    answers = {key: text[:300] for key, text in form.answer.data.items()}

    def do(act: Act) -> None:
        held = acts.locked(act.session, sheet_id)
        digest = form.digest.data or ""
        acts.sign(act, held, digest=digest, answers=answers)

    target = url_for(".sheet", sheet_id=sheet_id)
    return perform(do, then=target, message=_("The sheet is signed."))


def _sign_page(sheet: CountSheet, form: SignForm) -> ResponseReturnValue:
    settled = sheet.state in (SheetState.AGREED, SheetState.SIGNED)
    findings = queries.open_findings(sheet) if settled else []
    errors = any(finding.severity is Severity.ERROR for finding, _note in findings)
    form.digest.data = sheet.digest
    return render_template(
        "counting/sign.html",
        election=sheet.round.district.congress.election,
        sheet=sheet,
        code=queries.code_of(sheet),
        district_name=district_name,
        figures=sheet.figures or {},
        names=queries.names_of(sheet.round),
        shape=queries.shape_of(sheet.round),
        fallen=fallen_note(queries.fallen(db.session(), sheet.round)),
        found=[(finding_key(finding), finding, note) for finding, note in findings],
        errors=errors,
        ready=sheet.state is SheetState.AGREED and not errors,
        seal=anchor(sheet.digest) if sheet.digest else "",
        form=form,
        return_form=ReasonForm(obj=sheet),
        label=lambda item, names: say(item_label(item, names)),
        writeins=writeins,
    )


def _require_third(sheet: CountSheet, code: Code) -> None:
    """Nobody looks at two entries of which one is their own."""
    if actor().number in {entry.person for entry in queries.in_force(sheet).values()}:
        raise RuleViolation(code)


def _held(session: Session, sheet_id: int, form: Any) -> CountSheet:  # noqa: ANN401 - a VersionedForm
    """The sheet, locked; Stale when the form was made from another version."""
    sheet = acts.locked(session, sheet_id)
    require_version(session, CountSheet, sheet_id, form)
    return sheet
