"""The units of an election: the list, single units, the whole table at once."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.units import table as acts
from election.database import db
from election.exchange.units import table as exchange
from election.models import Election, Unit
from election.queries.units import table as queries
from election.queries.units.table import UnitRow, UnitValues
from election.rules.access import Permission
from election.rules.elections.phases import OPEN_IN
from election.rules.terms import Level
from election.rules.units.checks import check_units
from election.web.access import allowed
from election.web.again import FillAgain
from election.web.conflicts import changed_by
from election.web.forms import require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform
from election.web.units import forms
from election.web.units.blueprint import bp
from election.web.units.previews import show

EMPTY_ROWS, EMPTY_ROWS_AT_FIRST = 5, 20


@bp.get("/elections/<int:election_id>/units")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """All units with their people and neighbours, what is missing, what next."""
    election = get_or_404(Election, election_id)
    rows = queries.of_election(db.session(), election.id)
    town = queries.voting(rows, Level.TOWN)
    return render_template(
        "units/index.html",
        election=election,
        rows=rows,
        names={row.values.code: row.values.name for row in rows},
        hukou=queries.hukou_total(rows),
        resident=queries.resident_total(rows),
        town=[]
        if len(town) == len(rows)
        else [queries.hukou_total(town), queries.resident_total(town)],
        alone=[r.values.code for r in rows if not (r.values.neighbours or r.values.ferries)],
        drawn=len(queries.drawn(db.session(), election.id)),
        open=election.phase in OPEN_IN["units"],
    )


@bp.route("/elections/<int:election_id>/units/new", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def new(election_id: int) -> ResponseReturnValue:
    """A new unit."""
    get_or_404(Election, election_id)
    form = forms.UnitForm()
    if not form.validate_on_submit():
        return _unit_page(election_id, form)

    def do(act: Act) -> None:
        _require_fits(form, queries.of_election(act.session, election_id))
        election = act.session.get_one(Election, election_id)
        acts.add(act, election, forms.unit_values(form))

    message = _("%(name)s is added.", name=form.name.value) + _sums(form)
    try:
        return perform(do, then=url_for(".index", election_id=election_id), message=message)
    except FillAgain:
        return _unit_page(election_id, form)


@bp.route("/units/<int:unit_id>", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def edit(unit_id: int) -> ResponseReturnValue:
    """One unit."""
    election_id = get_or_404(Unit, unit_id).election_id
    stored_row = _row(db.session(), election_id, unit_id)
    form = forms.UnitForm(
        data={"version": stored_row.version, **forms.unit_texts(stored_row.values)}
    )
    if not form.validate_on_submit():
        return _unit_page(election_id, form, stored_row)

    def do(act: Act) -> None:
        unit = require_version(act.session, Unit, unit_id, form)
        stored = queries.of_election(act.session, election_id)
        _require_fits(form, [row for row in stored if row.id != unit_id])
        election = act.session.get_one(Election, election_id)
        values = forms.unit_values(form, next(r.values for r in stored if r.id == unit_id))
        acts.change(act, election, unit, values)

    message = _("%(name)s is saved.", name=form.name.value) + _sums(form)
    try:
        return perform(do, then=url_for(".index", election_id=election_id), message=message)
    except FillAgain:
        return _unit_page(election_id, form, stored_row)


def _row(session: Any, election_id: int, unit_id: int) -> UnitRow:  # noqa: ANN401
    return next(row for row in queries.of_election(session, election_id) if row.id == unit_id)


@bp.post("/units/<int:unit_id>/remove")
@allowed(Permission.EDIT_UNITS)
def remove(unit_id: int) -> ResponseReturnValue:
    """Take a unit out of the election."""
    unit, form = get_or_404(Unit, unit_id), forms.RemoveForm()
    election_id, name = unit.election_id, unit.name
    if not form.validate_on_submit():
        return redirect(url_for(".edit", unit_id=unit_id), 303)

    def do(act: Act) -> None:
        row = require_version(act.session, Unit, unit_id, form)
        acts.remove(act, act.session.get_one(Election, election_id), row)

    index_url = url_for(".index", election_id=election_id)
    return perform(do, then=index_url, message=_("%(name)s is removed.", name=name))


def _require_fits(form: forms.UnitForm, other_rows: list[UnitRow]) -> None:
    """Raise FillAgain unless the unit fits beside the others; what does not goes to its field."""
    names = {row.values.code: row.values.name for row in other_rows}
    faults = check_units([forms.unit_values(form).listed(1)], names)
    for fault in faults:
        forms.refuse(form, fault)
    if faults:
        raise FillAgain


def _sums(form: forms.UnitForm) -> str:
    """A sentence when the voter groups do not make up the unit's people."""
    findings = exchange.group_sums(1, forms.unit_values(form))
    return "".join(f" {say(finding.cause)}。{say(finding.remedy)}" for finding in findings)


def _unit_page(
    election_id: int, form: forms.UnitForm, unit: UnitRow | None = None
) -> ResponseReturnValue:
    page = render_template(
        "units/edit.html",
        election=get_or_404(Election, election_id),
        form=form,
        unit=unit,
        drawn=unit is not None and unit.id in queries.drawn(db.session(), election_id),
        remove_form=forms.RemoveForm(formdata=None, version=unit.version) if unit else None,
    )
    return page, 422 if form.errors else 200


@bp.route("/elections/<int:election_id>/units/table", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def table(election_id: int) -> ResponseReturnValue:
    """All units in one form: every fault at once, nothing lost, rows locked one by one."""
    get_or_404(Election, election_id)
    form = forms.TableForm()
    if not form.is_submitted():
        return _stored_table(election_id)
    if not form.validate_on_submit():
        edit = forms.read_edit(form, queries.of_election(db.session(), election_id))
        return _table_page(election_id, form, edit.conflicts)
    if not any(line.touched for line in form.lines):
        flash(_("Nothing was changed."), "info")
        return redirect(url_for(".index", election_id=election_id), 303)
    return _save_table(election_id, form)


def _stored_table(election_id: int) -> ResponseReturnValue:
    """The form with what is stored, and some empty rows."""
    stored = queries.of_election(db.session(), election_id)
    if len(stored) > forms.MOST_ROWS - EMPTY_ROWS:
        flash(
            _("There are too many units for one form: export them, edit the file, import it."),
            "info",
        )
        return redirect(url_for(".index", election_id=election_id), 303)
    empty = EMPTY_ROWS if stored else EMPTY_ROWS_AT_FIRST
    return _table_page(election_id, forms.TableForm.of(stored, empty=empty))


def _save_table(election_id: int, form: forms.TableForm) -> ResponseReturnValue:
    conflicts: dict[int, UnitValues | None] = {}

    def do(act: Act) -> None:
        edit = forms.read_edit(form, queries.of_election(act.session, election_id))
        conflicts.update(edit.conflicts)
        if conflicts or any(line.errors for line in form.lines):
            raise FillAgain
        acts.save_table(
            act,
            act.session.get_one(Election, election_id),
            add=edit.add,
            change=edit.change,
            remove=edit.remove,
        )

    index_url = url_for(".index", election_id=election_id)
    try:
        return perform(do, then=index_url, message=forms.summary(form))
    except FillAgain:
        return _table_page(election_id, form, conflicts)


def _table_page(
    election_id: int, form: forms.TableForm, conflicts: dict[int, UnitValues | None] | None = None
) -> ResponseReturnValue:
    faulty = [n for n, line in enumerate(form.lines, start=1) if line.errors]
    page = render_template(
        "units/table.html",
        election=get_or_404(Election, election_id),
        form=form,
        faulty=faulty,
        conflicts=conflicts or {},
        changed={
            n: changed_by(db.session.get_one(Unit, form.lines[n - 1].id.data))
            for n, stored in (conflicts or {}).items()
            if stored is not None
        },
        fields=forms.FIELDS,
        show=show,
    )
    return page, 409 if conflicts else 422 if faulty or form.errors else 200
