"""Files of units, neighbours and shapes; each can be imported again and then changes nothing."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.exchange import borders, shapes
from election.exchange import units as exchange
from election.exchange.spreadsheets import CSV_MIME, XLSX_MIME
from election.models import Election
from election.queries import units as queries
from election.queries.units import UnitRow
from election.rules.access import Permission
from election.web.access import allowed
from election.web.helpers import download, get_or_404, language
from election.web.units.blueprint import bp


def _stored(election_id: int) -> tuple[str, list[UnitRow]]:
    """The title of the election and all its units."""
    election = get_or_404(Election, election_id)
    return election.title, queries.of_election(db.session(), election.id)


def _named(title: str, what: str, ending: str) -> str:
    """The name of a file: whose, what, and its kind."""
    return f"{title}-{what}.{ending}"


@bp.get("/elections/<int:election_id>/units/template.xlsx")
@allowed(Permission.SEE_OFFICE)
def template(election_id: int) -> ResponseReturnValue:
    """An empty workbook to fill in."""
    get_or_404(Election, election_id)
    name = _("units-template")
    return download(exchange.template_xlsx(language()), name=f"{name}.xlsx", mime=XLSX_MIME)


@bp.get("/elections/<int:election_id>/units/neighbours-template.xlsx")
@allowed(Permission.SEE_OFFICE)
def neighbours_template(election_id: int) -> ResponseReturnValue:
    """An empty workbook of pairs to fill in."""
    get_or_404(Election, election_id)
    name = _("neighbours-template")
    return download(borders.export_xlsx([], language()), name=f"{name}.xlsx", mime=XLSX_MIME)


@bp.get("/elections/<int:election_id>/units.xlsx")
@allowed(Permission.SEE_OFFICE)
def export_xlsx(election_id: int) -> ResponseReturnValue:
    """All units as a workbook."""
    title, stored = _stored(election_id)
    body = exchange.export_xlsx(stored, language())
    return download(body, name=_named(title, _("units"), "xlsx"), mime=XLSX_MIME)


@bp.get("/elections/<int:election_id>/units.csv")
@allowed(Permission.SEE_OFFICE)
def export_csv(election_id: int) -> ResponseReturnValue:
    """All units as CSV."""
    title, stored = _stored(election_id)
    body = exchange.export_csv(stored, language())
    return download(body, name=_named(title, _("units"), "csv"), mime=CSV_MIME)


@bp.get("/elections/<int:election_id>/units.geojson")
@allowed(Permission.SEE_OFFICE)
def export_geojson(election_id: int) -> ResponseReturnValue:
    """All units as GeoJSON: outline or point, the columns of the table as properties."""
    title, stored = _stored(election_id)
    body = shapes.export(stored, language())
    return download(body, name=_named(title, _("units"), "geojson"), mime=shapes.GEOJSON_MIME)


@bp.get("/elections/<int:election_id>/neighbours.csv")
@allowed(Permission.SEE_OFFICE)
def export_neighbours_csv(election_id: int) -> ResponseReturnValue:
    """All pairs of neighbours as CSV."""
    title, stored = _stored(election_id)
    body = borders.export_csv(stored, language())
    return download(body, name=_named(title, _("neighbours"), "csv"), mime=CSV_MIME)


@bp.get("/elections/<int:election_id>/neighbours.xlsx")
@allowed(Permission.SEE_OFFICE)
def export_neighbours_xlsx(election_id: int) -> ResponseReturnValue:
    """All pairs of neighbours as a workbook."""
    title, stored = _stored(election_id)
    body = borders.export_xlsx(stored, language())
    return download(body, name=_named(title, _("neighbours"), "xlsx"), mime=XLSX_MIME)
