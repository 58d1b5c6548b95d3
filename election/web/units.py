"""The units of an election: table, single units, the whole table at once, import and export."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions import units as acts
from election.clock import now
from election.database import db
from election.exchange import units as exchange
from election.exchange import uploads
from election.exchange.spreadsheets import CSV_MIME, XLSX_MIME, plain_number
from election.models import Election, Unit
from election.models.unit import UnitKind
from election.queries import units as queries
from election.queries.units import UnitRow, UnitValues
from election.rules.access import Permission
from election.rules.stages import OPEN_IN
from election.rules.units import check_units
from election.web import unit_forms as forms
from election.web.access import actor, allowed
from election.web.again import FillAgain
from election.web.helpers import (
    download,
    get_or_404,
    language,
    perform,
    require_version,
)  # fmt: skip
from election.web.words import word

bp = Blueprint("units", __name__)
EMPTY_ROWS, EMPTY_ROWS_AT_FIRST = 5, 20


@bp.get("/elections/<int:election_id>/units")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """All units with their people and neighbours, what is missing, what next."""
    election = get_or_404(Election, election_id)
    rows = queries.of_election(db.session(), election.id)
    return render_template(
        "units/index.html",
        election=election,
        rows=rows,
        names={row.values.code: row.values.name for row in rows},
        hukou=queries.hukou_total(rows),
        resident=queries.resident_total(rows),
        alone=[r.values.code for r in rows if not (r.values.neighbours or r.values.ferries)],
        open=election.stage in OPEN_IN["units"],
    )


@bp.route("/elections/<int:election_id>/units/new", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def new(election_id: int) -> ResponseReturnValue:
    """A new unit."""
    get_or_404(Election, election_id)
    form = forms.UnitForm()
    if not form.validate_on_submit():
        return _unit_page(election_id, form)

    def act(session: Any) -> None:  # noqa: ANN401
        _require_fits(form, queries.of_election(session, election_id))
        election = session.get_one(Election, election_id)
        acts.add(session, election, forms.values(form), by=actor(), at=now())

    said = _("%(name)s is added.", name=form.name.value)
    try:
        return perform(act, then=url_for(".index", election_id=election_id), said=said)
    except FillAgain:
        return _unit_page(election_id, form)


@bp.route("/units/<int:unit_id>", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def edit(unit_id: int) -> ResponseReturnValue:
    """One unit."""
    election_id = get_or_404(Unit, unit_id).election_id
    mine = _row(db.session(), election_id, unit_id)
    form = forms.UnitForm(data={"version": mine.version, **forms.texts(mine.values)})
    if not form.validate_on_submit():
        return _unit_page(election_id, form, mine)

    def act(session: Any) -> None:  # noqa: ANN401
        unit = require_version(session, Unit, unit_id, form)
        stored = queries.of_election(session, election_id)
        _require_fits(form, [row for row in stored if row.id != unit_id])
        election = session.get_one(Election, election_id)
        acts.change(session, election, unit, forms.values(form), by=actor(), at=now())

    said = _("%(name)s is saved.", name=form.name.value)
    try:
        return perform(act, then=url_for(".index", election_id=election_id), said=said)
    except FillAgain:
        return _unit_page(election_id, form, mine)


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

    def act(session: Any) -> None:  # noqa: ANN401
        row = require_version(session, Unit, unit_id, form)
        acts.remove(session, session.get_one(Election, election_id), row, by=actor(), at=now())

    there = url_for(".index", election_id=election_id)
    return perform(act, then=there, said=_("%(name)s is removed.", name=name))


def _require_fits(form: forms.UnitForm, others: list[UnitRow]) -> None:
    """Raise FillAgain unless the unit fits beside the others; what does not goes to its field."""
    names = {row.values.code: row.values.name for row in others}
    faults = check_units([exchange.listed(1, forms.values(form))], names)
    for fault in faults:
        forms.refuse(form, fault)
    if faults:
        raise FillAgain


def _unit_page(
    election_id: int, form: forms.UnitForm, unit: UnitRow | None = None
) -> ResponseReturnValue:
    page = render_template(
        "units/edit.html", election=get_or_404(Election, election_id), form=form, unit=unit,
        remove_form=forms.RemoveForm(formdata=None, version=unit.version) if unit else None,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.route("/elections/<int:election_id>/units/table", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def table(election_id: int) -> ResponseReturnValue:
    """All units in one form: every fault at once, nothing lost, rows locked one by one."""
    get_or_404(Election, election_id)
    form = forms.TableForm()
    if not form.is_submitted():
        stored = queries.of_election(db.session(), election_id)
        empty = EMPTY_ROWS if stored else EMPTY_ROWS_AT_FIRST
        return _table_page(election_id, forms.TableForm.of(stored, empty=empty))
    if not form.validate_on_submit():
        edit = forms.read_edit(form, queries.of_election(db.session(), election_id))
        return _table_page(election_id, form, edit.conflicts)
    there = url_for(".index", election_id=election_id)
    if not any(line.touched for line in form.lines):
        flash(_("Nothing was changed."), "info")
        return redirect(there, 303)
    conflicts: dict[int, UnitValues | None] = {}

    def act(session: Any) -> None:  # noqa: ANN401
        edit = forms.read_edit(form, queries.of_election(session, election_id))
        conflicts.update(edit.conflicts)
        if conflicts or any(line.errors for line in form.lines):
            raise FillAgain
        acts.save_table(
            session, session.get_one(Election, election_id), add=edit.add, change=edit.change,
            remove=edit.remove, by=actor(), at=now(),
        )  # fmt: skip

    try:
        return perform(act, then=there, said=forms.summary(form))
    except FillAgain:
        return _table_page(election_id, form, conflicts)


def _table_page(
    election_id: int, form: forms.TableForm, conflicts: dict[int, UnitValues | None] | None = None
) -> ResponseReturnValue:
    faulty = [n for n, line in enumerate(form.lines, start=1) if line.errors]
    page = render_template(
        "units/table.html", election=get_or_404(Election, election_id), form=form, faulty=faulty,
        conflicts=conflicts or {}, fields=forms.FIELDS, show=show,
    )  # fmt: skip
    return page, 409 if conflicts else 422 if faulty or form.errors else 200


@bp.route("/elections/<int:election_id>/units/import", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def import_file(election_id: int) -> ResponseReturnValue:
    """Look at a file before anything is stored."""
    election, form = get_or_404(Election, election_id), forms.UploadForm()
    given = request.files.get("file")
    if not (form.validate_on_submit() and given and given.filename):
        if form.is_submitted():
            form.file.errors = [_("Choose a file first.")]
        page = render_template(
            "units/import.html", election=election, form=form, columns=exchange.COLUMNS
        )
        return page, 422 if form.is_submitted() else 200
    upload = uploads.Upload(Path(given.filename).name, given.read())
    token = uploads.park(_data(), upload, owner=_owner(election_id), at=now())
    return _preview_page(election_id, upload, token)


@bp.post("/elections/<int:election_id>/units/import/confirm")
@allowed(Permission.EDIT_UNITS)
def confirm_import(election_id: int) -> ResponseReturnValue:
    """Store what the preview showed, all of it; 409 with a new preview when units changed."""
    get_or_404(Election, election_id)
    form = forms.ConfirmForm()
    if not form.validate_on_submit():
        return redirect(url_for(".import_file", election_id=election_id), 303)
    token = form.upload.data or ""
    upload = uploads.fetch(_data(), token, owner=_owner(election_id))
    file = exchange.read(upload.raw, upload.name)

    def act(session: Any) -> None:  # noqa: ANN401
        preview = exchange.compare(file, queries.of_election(session, election_id))
        if preview.findings:
            raise acts.UnitsChanged
        acts.store_import(
            session, session.get_one(Election, election_id), add=preview.add,
            change=preview.change, basis=form.basis.data or "", file_name=upload.name,
            file_digest=upload.digest, by=actor(), at=now(),
        )  # fmt: skip

    said = _("%(file)s is imported.", file=upload.name)
    try:
        return perform(act, then=url_for(".index", election_id=election_id), said=said)
    except acts.UnitsChanged:
        return _preview_page(election_id, upload, token, changed=True)


def _preview_page(
    election_id: int, upload: uploads.Upload, token: str, *, changed: bool = False
) -> ResponseReturnValue:
    stored = queries.of_election(db.session(), election_id)
    file = exchange.read(upload.raw, upload.name)
    preview = exchange.compare(file, stored)
    form = forms.ConfirmForm(formdata=None, upload=token, basis=queries.basis(stored))
    page = render_template(
        "units/preview.html", election=get_or_404(Election, election_id), upload=upload,
        file=file, preview=preview, form=form, changed=changed, columns=exchange.NAMES, show=show,
    )  # fmt: skip
    return page, 409 if changed else 422 if preview.findings else 200


def _data() -> Path:
    return Path(current_app.config["XUANBAN_DATA"])


def _owner(election_id: int) -> str:
    return f"{actor().township_id}/{actor().number}/units/{election_id}"


def show(value: object) -> str:
    """A value of a unit as a preview shows it; what is not known is said so."""
    if value is None or value == ():
        return str(_("not known") if value is None else _("none"))
    if isinstance(value, UnitKind):
        return word(value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


@bp.get("/elections/<int:election_id>/units/template.xlsx")
@allowed(Permission.SEE_OFFICE)
def template(election_id: int) -> ResponseReturnValue:
    """An empty workbook to fill in."""
    get_or_404(Election, election_id)
    name = _("units-template")
    return download(exchange.template_xlsx(language()), name=f"{name}.xlsx", mime=XLSX_MIME)


@bp.get("/elections/<int:election_id>/units.xlsx")
@allowed(Permission.SEE_OFFICE)
def export_xlsx(election_id: int) -> ResponseReturnValue:
    """All units as a workbook that can be imported again."""
    election = get_or_404(Election, election_id)
    body = exchange.export_xlsx(queries.of_election(db.session(), election_id), language())
    return download(body, name=f"{election.title}-{_('units')}.xlsx", mime=XLSX_MIME)


@bp.get("/elections/<int:election_id>/units.csv")
@allowed(Permission.SEE_OFFICE)
def export_csv(election_id: int) -> ResponseReturnValue:
    """All units as CSV that can be imported again."""
    election = get_or_404(Election, election_id)
    body = exchange.export_csv(queries.of_election(db.session(), election_id), language())
    return download(body, name=f"{election.title}-{_('units')}.csv", mime=CSV_MIME)
