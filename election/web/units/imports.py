"""Three files in: the table of units, the pairs of neighbours, the shapes.

Each is looked at first; what the preview showed is stored when it is confirmed, all of it or
nothing. The preview is bound to the units it was made over: when one changed, it is made anew.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.units import table as acts
from election.clock import now
from election.database import db
from election.exchange import uploads
from election.exchange.apart import TooCostly, read_apart
from election.exchange.cells import BadCell
from election.exchange.units import borders, columns, shapes
from election.exchange.units import table as exchange
from election.exchange.units.file_rows import UnitFile
from election.models import Election
from election.queries.units import table as queries
from election.queries.units.table import UnitRow
from election.rules.access import Permission
from election.rules.files.tables import TOO_COSTLY
from election.rules.terms import Text
from election.web.access import actor, allowed
from election.web.operations import get_or_404, perform
from election.web.units import forms
from election.web.units.blueprint import bp
from election.web.units.previews import bounded, show

UNITS, NEIGHBOURS, SHAPES, DERIVED = "units", "neighbours", "shapes", "derived"
_COLUMNS = {
    UNITS: columns.NAMES,
    NEIGHBOURS: borders.NAMES,
    DERIVED: borders.NAMES,
    SHAPES: {"code": columns.NAMES["code"], "shape": Text("图形", "shape")},
}


@bp.route(
    "/elections/<int:election_id>/units/import", methods=["GET", "POST"], defaults={"what": UNITS}
)
@bp.route(
    "/elections/<int:election_id>/units/import/<any(neighbours, shapes):what>",
    methods=["GET", "POST"],
)
@allowed(Permission.EDIT_UNITS)
def import_file(election_id: int, what: str) -> ResponseReturnValue:
    """Look at a file before anything is stored; GeoJSON is known by its first character."""
    election, form = get_or_404(Election, election_id), forms.UploadForm()
    uploaded = request.files.get("file")
    if not (form.validate_on_submit() and uploaded and uploaded.filename):
        if form.is_submitted():
            form.file.errors = [_("Choose a file first.")]
        page = render_template(
            "units/import.html",
            election=election,
            form=form,
            what=what,
            columns=borders.COLUMNS if what == NEIGHBOURS else columns.COLUMNS,
        )
        return page, 422 if form.is_submitted() else 200
    upload = uploads.Upload(Path(uploaded.filename).name, uploaded.read())
    if what == UNITS and shapes.looks_like(upload.raw):
        what = SHAPES
    chosen = {
        "whole": form.whole.data,
        "key": form.key.data or "",
        "skip_unknown": form.skip_unknown.data,
    }
    return _preview_page(election_id, what, upload, chosen)


@bp.post("/elections/<int:election_id>/units/import/confirm", defaults={"what": UNITS})
@bp.post("/elections/<int:election_id>/units/import/<any(neighbours, shapes):what>/confirm")
@allowed(Permission.EDIT_UNITS)
def confirm_import(election_id: int, what: str) -> ResponseReturnValue:
    """Store what the preview showed, all of it; 409 with a new preview when units changed."""
    get_or_404(Election, election_id)
    form = forms.ConfirmImportForm()
    if not form.validate_on_submit():
        return redirect(url_for(".import_file", election_id=election_id, what=what), 303)
    upload = uploads.fetch(_data(), form.upload.data or "", owner=_owner(election_id))
    chosen = {name: form[name].data or "" for name in ("upload", "whole", "key", "skip_unknown")}
    file = _read(what, upload, chosen)

    def do(act: Act) -> None:
        preview = _compare(what, file, _stored(act.session, election_id, what), chosen)
        if preview.findings:
            raise acts.UnitsChanged
        source = {"file": upload.name, "sha256": upload.digest}
        _store(act, election_id, what, preview, form.basis.data or "", source)

    message = _("%(file)s is imported.", file=upload.name)
    try:
        return perform(do, then=url_for(".index", election_id=election_id), message=message)
    except acts.UnitsChanged:
        return _preview_page(election_id, what, upload, chosen, changed=True)


@bp.route("/elections/<int:election_id>/units/neighbours-from-shapes", methods=["GET", "POST"])
@allowed(Permission.EDIT_UNITS)
def derive_neighbours(election_id: int) -> ResponseReturnValue:
    """Pairs of units whose outlines share a border: shown first, stored when confirmed."""
    get_or_404(Election, election_id)
    form = forms.ConfirmImportForm()
    if not form.validate_on_submit():
        return _derived_page(election_id)

    # compared before anything is locked; the basis says whether a shape changed since
    border_file = borders.from_shapes(_stored(db.session(), election_id, DERIVED))

    def do(act: Act) -> None:
        preview = _derived(border_file, queries.of_election(act.session, election_id))
        if preview.findings:
            raise acts.UnitsChanged
        source = {"from": "shapes"}
        _store(act, election_id, NEIGHBOURS, preview, form.basis.data or "", source)

    message = _("The neighbours are stored.")
    try:
        return perform(do, then=url_for(".index", election_id=election_id), message=message)
    except acts.UnitsChanged:
        return _derived_page(election_id, changed=True)


def _derived(border_file: borders.BorderFile, stored: Sequence[UnitRow]) -> borders.BorderPreview:
    return borders.compare(border_file, stored, whole=False, keep_ferries=True)


def _derived_page(election_id: int, *, changed: bool = False) -> ResponseReturnValue:
    stored = _stored(db.session(), election_id, DERIVED)
    preview = _derived(borders.from_shapes(stored), stored)
    form = forms.ConfirmImportForm(formdata=None, basis=queries.basis(stored))
    drawn = sum(row.values.outline is not None for row in stored)
    return _page(election_id, DERIVED, preview, form, changed=changed, drawn=drawn)


def _stored(session: Any, election_id: int, what: str) -> list[UnitRow]:  # noqa: ANN401
    """The units the file is compared with; their outlines only where shapes are looked at."""
    return queries.of_election(session, election_id, outlines=what in (SHAPES, DERIVED))


def _read(what: str, upload: uploads.Upload, chosen: dict[str, Any]) -> Any:  # noqa: ANN401
    """The file as read, of one of the three kinds; a costly one is a file with one finding."""
    try:
        if what == SHAPES:
            return read_apart(shapes.read, upload.raw, chosen["key"].strip())
        if what == NEIGHBOURS:
            return read_apart(borders.read, upload.raw, upload.name)
        return read_apart(exchange.read, upload.raw, upload.name)
    except TooCostly:
        findings = (BadCell(TOO_COSTLY).finding(row=0, column=""),)
        if what == SHAPES:
            return shapes.ShapeFile((), findings)
        if what == NEIGHBOURS:
            return borders.BorderFile((), findings)
        return UnitFile((), (), findings)


def _compare(what: str, file: Any, stored: Sequence[UnitRow], chosen: dict[str, Any]) -> Any:  # noqa: ANN401
    """The preview of one of the three kinds."""
    if what == SHAPES:
        return shapes.compare(file, stored, skip_unknown=bool(chosen["skip_unknown"]))
    if what == NEIGHBOURS:
        return borders.compare(file, stored, whole=bool(chosen["whole"]))
    return exchange.compare(file, stored)


def _store(
    act: Act,
    election_id: int,
    what: str,
    preview: Any,  # noqa: ANN401
    basis: str,
    source: dict[str, str],
) -> None:
    """One act, as the kind of file asks for."""
    election = act.session.get_one(Election, election_id)
    if what == SHAPES:
        acts.store_shapes(act, election, change=preview.change, basis=basis, source=source)
    elif what == NEIGHBOURS:
        acts.store_neighbours(act, election, pairs=preview.pairs, basis=basis, source=source)
    else:
        acts.store_import(
            act,
            election,
            add=preview.add,
            change=preview.change,
            basis=basis,
            file_name=source["file"],
            file_digest=source["sha256"],
        )


def _preview_page(
    election_id: int,
    what: str,
    upload: uploads.Upload,
    chosen: dict[str, Any],
    *,
    changed: bool = False,
) -> ResponseReturnValue:
    file = _read(what, upload, chosen)
    stored = _stored(db.session(), election_id, what)
    preview = _compare(what, file, stored, chosen)
    chosen["upload"] = _parked(election_id, upload, chosen, refused=bool(preview.findings))
    form = forms.ConfirmImportForm(formdata=None, basis=queries.basis(stored), **chosen)
    return _page(election_id, what, preview, form, changed=changed, upload=upload, file=file)


def _parked(
    election_id: int, upload: uploads.Upload, chosen: dict[str, Any], *, refused: bool
) -> str:
    """The token to confirm with; of a refused file nothing is kept, and there is no token."""
    token = str(chosen.get("upload", ""))
    if refused:
        uploads.drop(_data(), token, owner=_owner(election_id))
        return ""
    return token or uploads.park(_data(), upload, owner=_owner(election_id), at=now())


def _page(
    election_id: int,
    what: str,
    preview: Any,  # noqa: ANN401
    form: forms.ConfirmImportForm,
    *,
    changed: bool,
    **more: Any,  # noqa: ANN401
) -> ResponseReturnValue:
    """The preview of one of the kinds, at most 500 lines of it."""
    page = render_template(
        "units/preview.html",
        election=get_or_404(Election, election_id),
        what=what,
        preview=preview,
        shown=bounded(preview),
        form=form,
        changed=changed,
        columns=_COLUMNS[what],
        show=show,
        **more,
    )
    return page, 409 if changed else 422 if preview.findings else 200


def _data() -> Path:
    return Path(current_app.config["XUANBAN_DATA"])


def _owner(election_id: int) -> uploads.Owner:
    return uploads.Owner(actor().township_id, actor().number, f"units/{election_id}")
