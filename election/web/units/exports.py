"""Files of units, neighbours and shapes; each can be imported again and then changes nothing."""

from collections.abc import Callable, Sequence

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.exchange.spreadsheets import CSV_MIME, XLSX_MIME
from election.exchange.units import borders, shapes
from election.exchange.units import table as exchange
from election.models import Election
from election.queries.units import table as queries
from election.queries.units.table import UnitRow
from election.rules.access import Permission
from election.web.access import allowed
from election.web.files import download
from election.web.locale import language
from election.web.operations import get_or_404
from election.web.units.blueprint import bp

_Write = Callable[[Sequence[UnitRow], str], bytes]
_FILES: dict[tuple[str, str], tuple[_Write, str]] = {
    ("units", "xlsx"): (exchange.export_xlsx, XLSX_MIME),
    ("units", "csv"): (exchange.export_csv, CSV_MIME),
    ("units", "geojson"): (shapes.export, shapes.GEOJSON_MIME),
    ("neighbours", "xlsx"): (borders.export_xlsx, XLSX_MIME),
    ("neighbours", "csv"): (borders.export_csv, CSV_MIME),
}


@bp.get("/elections/<int:election_id>/units/template.xlsx")
@allowed(Permission.SEE_OFFICE)
def template(election_id: int) -> ResponseReturnValue:
    """An empty workbook to fill in."""
    get_or_404(Election, election_id)
    name, body = _("units-template"), exchange.template_xlsx(language())
    return download(body, name=f"{name}.xlsx", mime=XLSX_MIME, plain="units-template")


@bp.get("/elections/<int:election_id>/units/neighbours-template.xlsx")
@allowed(Permission.SEE_OFFICE)
def neighbours_template(election_id: int) -> ResponseReturnValue:
    """An empty workbook of pairs to fill in."""
    get_or_404(Election, election_id)
    name, body = _("neighbours-template"), borders.export_xlsx([], language())
    return download(body, name=f"{name}.xlsx", mime=XLSX_MIME, plain="neighbours-template")


@bp.get("/elections/<int:election_id>/<any(units, neighbours):what>.<any(xlsx, csv, geojson):form>")
@allowed(Permission.SEE_OFFICE)
def export(election_id: int, what: str, form: str) -> ResponseReturnValue:
    """All units or pairs of neighbours; GeoJSON has outlines or points, and the columns."""
    election = get_or_404(Election, election_id)
    if (what, form) not in _FILES:
        abort(404)
    write, mime = _FILES[what, form]
    stored = queries.of_election(db.session(), election.id, outlines=form == "geojson")
    subject = _("units") if what == "units" else _("neighbours")
    name = f"{election.title}-{subject}.{form}"
    return download(write(stored, language()), name=name, mime=mime, plain=what)
