"""One plan: its page, editing it as a whole, splitting units, numbers, adoption and release."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.actions.districts import plans as acts
from election.actions.errors import Stale
from election.database import db
from election.models import Plan, PlanStatus, Unit
from election.queries.districts import plans as queries
from election.queries.districts.boards import BASIS_NAMES, PlanBoard
from election.rules.access import Permission
from election.rules.districts.codes.plans import LOCKED
from election.rules.elections.phases import OPEN_IN
from election.rules.terms import RuleViolation
from election.web.access import actor, allowed
from election.web.again import FillAgain
from election.web.conflicts import changed_by
from election.web.districts import forms
from election.web.districts.blueprint import bp
from election.web.filters import number
from election.web.forms import require_version
from election.web.operations import get_or_404, perform


@bp.get("/plans/<int:plan_id>")
@allowed(Permission.SEE_OFFICE)
def plan(plan_id: int) -> ResponseReturnValue:
    """A plan with its check list; who may edit a draft finds the form here."""
    return _page(plan_id)


@bp.post("/plans/<int:plan_id>")
@allowed(Permission.EDIT_DISTRICTS)
def save(plan_id: int) -> ResponseReturnValue:
    """The whole draft at once."""
    return store(plan_id, then=url_for(".plan", plan_id=plan_id), page=_page)


def store(
    plan_id: int, *, then: str, page: Callable[..., ResponseReturnValue]
) -> ResponseReturnValue:
    """Save the draft that was sent; `page` shows it again with its faults or when it is stale."""
    draft, form = get_or_404(Plan, plan_id), forms.BoardForm()
    numbers = {d.id: d.number for d in draft.districts}
    valid = form.validate_on_submit()
    removed = [numbers[key] for key in form.removed if key in numbers]
    if not valid or form.refuse_lone_parts(removed):
        return page(plan_id, board=form)

    def do(act: Act) -> list[int]:
        row = require_version(act.session, Plan, plan_id, form)
        return edits.save(
            act,
            row,
            districts=form.values,
            remove=form.removed,
            places=form.places,
            people=form.people,
            fresh=form.fresh_seats,
        )

    try:
        return perform(do, then=then, message=_("Saved."))
    except Stale:
        return page(plan_id, board=form, stale=True)
    except RuleViolation as refused:
        if refused.code is not LOCKED:
            raise
        form.form_errors = [forms.refusal(refused)]  # what was typed or drawn is kept
        return page(plan_id, board=form)


@bp.post("/plans/<int:plan_id>/lock")
@allowed(Permission.EDIT_DISTRICTS)
def lock(plan_id: int) -> ResponseReturnValue:
    """Lock or unlock one district; the map asks to go on to its data."""
    get_or_404(Plan, plan_id)
    form = forms.LockForm()
    if not form.validate_on_submit():
        return redirect(url_for(".plan", plan_id=plan_id), 303)
    key = form.lock.data or form.unlock.data or 0

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        district = next((d for d in row.districts if d.id == key), None) or abort(404)
        edits.lock(act, row, district, locked=bool(form.lock.data))

    next_page = url_for(f".{form.back.data}", plan_id=plan_id)
    return perform(
        do, then=next_page, message=None if form.back.data == "map_data" else _("Saved.")
    )


@bp.post("/plans/<int:plan_id>/rename")
@allowed(Permission.EDIT_DISTRICTS)
def rename(plan_id: int) -> ResponseReturnValue:
    """Another name."""
    get_or_404(Plan, plan_id)
    form = forms.RenameForm()
    if not form.validate_on_submit():
        return _page(plan_id, rename=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        names = queries.names_of(act.session, row.congress_id)
        forms.require_free_name(form.name, names, own=plan_id)
        acts.rename(act, row, name=form.name.value)

    try:
        return perform(do, then=url_for(".plan", plan_id=plan_id), message=_("Saved."))
    except FillAgain:
        return _page(plan_id, rename=form)


@bp.post("/plans/<int:plan_id>/delete")
@allowed(Permission.EDIT_DISTRICTS)
def delete(plan_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft, form = get_or_404(Plan, plan_id), forms.PlanForm()
    name, overview = draft.name, url_for(".congress", congress_id=draft.congress_id)
    if not form.validate_on_submit():
        return redirect(url_for(".plan", plan_id=plan_id), 303)

    def do(act: Act) -> None:
        acts.delete(act, require_version(act.session, Plan, plan_id, form))

    return perform(do, then=overview, message=_("The plan %(name)s is deleted.", name=name))


@bp.post("/plans/<int:plan_id>/split")
@allowed(Permission.EDIT_DISTRICTS)
def split(plan_id: int) -> ResponseReturnValue:
    """Divide a unit that is too big for one district."""
    form = _with_units(forms.SplitForm(), _board(plan_id))
    if not form.validate_on_submit():
        return _page(plan_id, split=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        unit = act.session.get_one(Unit, form.unit_id.data)
        edits.split(act, row, unit, parts=form.parts.data)

    return perform(do, then=url_for(".plan", plan_id=plan_id), message=_("Saved."))


@bp.post("/plans/<int:plan_id>/join")
@allowed(Permission.EDIT_DISTRICTS)
def join(plan_id: int) -> ResponseReturnValue:
    """Make a split unit whole again."""
    form = _with_units(forms.JoinForm(), _board(plan_id))
    if not form.validate_on_submit():
        return _page(plan_id, join=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        unit = act.session.get_one(Unit, form.unit_id.data)
        edits.join(act, row, unit)

    return perform(do, then=url_for(".plan", plan_id=plan_id), message=_("Saved."))


def _board(plan_id: int) -> PlanBoard:
    return queries.board(db.session(), get_or_404(Plan, plan_id))


def _with_units(form: Any, board: PlanBoard, *, split: bool | None = None) -> Any:  # noqa: ANN401
    """The form with the units it offers, the biggest first: those split, those not, or all."""
    offered = [brick for brick in board.bricks if split in (None, bool(brick.part))]
    offered.sort(key=lambda brick: -(brick.population or 0))
    choices = {b.unit_id: f"{b.whole_label} · {number(b.population)}" for b in offered}
    if split:
        choices = {b.unit_id: b.whole_label for b in offered}
    form.unit_id.choices = list(choices.items())
    return form


@bp.post("/plans/<int:plan_id>/numbers")
@allowed(Permission.EDIT_DISTRICTS)
def renumber(plan_id: int) -> ResponseReturnValue:
    """Other numbers for the districts."""
    get_or_404(Plan, plan_id)
    form = forms.NumbersForm()
    if not form.validate_on_submit():
        return _page(plan_id, numbers=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        edits.renumber(act, row, numbers=form.numbers)

    return perform(do, then=url_for(".plan", plan_id=plan_id), message=_("Saved."))


@bp.post("/plans/<int:plan_id>/adopt")
@allowed(Permission.EDIT_DISTRICTS)
def adopt(plan_id: int) -> ResponseReturnValue:
    """The committee adopts the plan; bound to the check list that was on the page."""
    get_or_404(Plan, plan_id)
    form = forms.AdoptForm()
    if not form.validate_on_submit():
        return _page(plan_id, adopt=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        if queries.board(act.session, row).seen != form.seen.data:
            form.form_errors = [_("The check list changed since this page was opened: look again.")]
            raise FillAgain
        acts.adopt(
            act,
            row,
            decision_reference=form.decision_reference.data.strip(),
            decided_on=form.decided_on.data,
            acknowledged=bool(form.acknowledged.data),
        )

    try:
        return perform(
            do, then=url_for(".plan", plan_id=plan_id), message=_("The plan is adopted.")
        )
    except FillAgain:
        return _page(plan_id, adopt=form, stale=True)


@bp.post("/plans/<int:plan_id>/release")
@allowed(Permission.EDIT_DISTRICTS)
def release(plan_id: int) -> ResponseReturnValue:
    """The committee takes its adoption back."""
    get_or_404(Plan, plan_id)
    form = forms.ReleaseForm()
    if not form.validate_on_submit():
        return _page(plan_id, release=form)

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        acts.release(act, row, reason=form.reason.data.strip(), decided_on=form.decided_on.data)

    page = url_for(".plan", plan_id=plan_id)
    return perform(do, then=page, message=_("The plan is a draft again."))


def _page(
    plan_id: int,
    *,
    board: forms.BoardForm | None = None,
    stale: bool = False,
    **sent: Any,  # noqa: ANN401
) -> ResponseReturnValue:
    """The page of a plan; forms that were sent with faults stay as they were typed."""
    row = get_or_404(Plan, plan_id)
    stored = queries.board(db.session(), row)
    page = render_template(
        "districts/plan.html",
        **board_values(row, stored, board, stale=stale),
        forms=_forms(stored) | sent,
        faulty=bool(board and board.errors) or bool(sent),
        roll=queries.roll_published(db.session(), row.congress_id),
        without_plan=[
            sibling
            for sibling in row.congress.election.congresses
            if queries.adopted(db.session(), sibling.id) is None
        ],
    )
    return page, 409 if stale else 422 if board or sent else 200


def board_values(
    found: Plan, stored: PlanBoard, board: forms.BoardForm | None, *, stale: bool
) -> dict[str, Any]:
    """What table and map of a plan are both made of; a form that was sent stays as it was typed."""
    typed = board
    if board is not None and (stale or not board.fits(stored)):
        typed = board.carried_onto(stored)
    election, draft = found.congress.election, found.status is PlanStatus.DRAFT
    opened = election.phase in OPEN_IN["districts"]
    too_many = len(stored.bricks) > forms.MOST_ROWS
    editing = draft and opened and not too_many and actor().may(Permission.EDIT_DISTRICTS)
    return {
        "election": election,
        "congress": found.congress,
        "plan": found,
        "board": stored,
        "form": typed or (forms.BoardForm.of(stored) if editing else None),
        "locking": forms.LockForm(formdata=None, version=stored.version),
        "stale": stale,
        "changed": changed_by(found) if stale else None,
        "typed": board is not None,
        "editing": editing,
        "too_many": forms.MOST_ROWS if too_many else 0,
        "open": opened,
        "basis": BASIS_NAMES[stored.basis],
        "warn": election.profile.share("district.deviation_warn"),
        "alert": election.profile.share("district.deviation_alert"),
    }


def _forms(board: PlanBoard) -> dict[str, Any]:
    """The small forms of the page, not filled in."""
    version = {"formdata": None, "version": board.version}
    return {
        "rename": forms.RenameForm(**version, name=board.name),
        "delete": forms.PlanForm(**version),
        "split": _with_units(forms.SplitForm(**version), board, split=False),
        "join": _with_units(forms.JoinForm(**version), board, split=True),
        "numbers": forms.NumbersForm.of(board),
        "adopt": forms.AdoptForm(**version, seen=board.seen),
        "release": forms.ReleaseForm(**version),
    }
