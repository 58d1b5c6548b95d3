"""The files of a published version: charts, tables, documents, the package itself."""

from collections.abc import Callable
from pathlib import PurePosixPath

from flask import abort
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from election.database import db
from election.exchange.publication.package import Opened, chart_of
from election.exchange.publication.package.exports import as_csv, as_json, as_xlsx, stem
from election.queries.publication import Edition, package
from election.web import shelf
from election.web.access import Open, allowed
from election.web.files import attachment
from election.web.publication.blueprint import bp
from election.web.publication.versions import find_or_404, opened_of

_TEXT, _XLSX = "text/plain; charset=utf-8", "openxmlformats-officedocument.spreadsheetml.sheet"
_MIMES = {
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": f"application/vnd.{_XLSX}",
    ".zip": "application/zip",
}
INLINE = (".svg", ".pdf", ".txt", ".png")  # shown by the browser; everything else is saved


@bp.get("/results/<int:congress_id>/v<int:version>/charts/<string:name>.svg")
@allowed(Open.PUBLIC)
def chart_svg(congress_id: int, version: int, name: str) -> ResponseReturnValue:
    """A chart as published."""
    return _member(find_or_404(congress_id, version).edition, f"charts/{name}.svg")


@bp.get("/results/<int:congress_id>/v<int:version>/charts/<string:name>.png")
@allowed(Open.PUBLIC)
def chart_png(congress_id: int, version: int, name: str) -> ResponseReturnValue:
    """The same chart as PNG, drawn from the package."""
    edition = find_or_404(congress_id, version).edition

    def draw() -> bytes:
        from election.reports.charts import to_png  # noqa: PLC0415 - heavy

        opened = opened_of(edition)
        if f"charts/{name}.svg" not in opened.files:
            abort(404)
        return to_png(chart_of(opened.frozen, name))

    return shelf.lasting(draw, edition.digest, name, mime="image/png")


@bp.get("/results/<int:congress_id>/v<int:version>/files/<path:name>")
@allowed(Open.PUBLIC)
def member(congress_id: int, version: int, name: str) -> ResponseReturnValue:
    """One file of the package."""
    return _member(find_or_404(congress_id, version).edition, name)


@bp.get("/results/<int:congress_id>/v<int:version>/tables/<string:name>.csv")
@allowed(Open.PUBLIC)
def table_csv(congress_id: int, version: int, name: str) -> ResponseReturnValue:
    """One table as CSV."""

    def make(opened: Opened) -> bytes:
        csv_files = as_csv(opened)
        if name not in csv_files:
            abort(404)
        return csv_files[name]

    return _generated(congress_id, version, make, f"-{name}.csv")


@bp.get("/results/<int:congress_id>/v<int:version>/result.xlsx")
@allowed(Open.PUBLIC)
def workbook(congress_id: int, version: int) -> ResponseReturnValue:
    """All tables in one workbook."""
    return _generated(congress_id, version, as_xlsx, ".xlsx")


@bp.get("/results/<int:congress_id>/v<int:version>/result.json")
@allowed(Open.PUBLIC)
def document(congress_id: int, version: int) -> ResponseReturnValue:
    """Everything as one JSON document."""
    return _generated(congress_id, version, as_json, ".json")


@bp.get("/results/<int:congress_id>/v<int:version>/result.zip")
@allowed(Open.PUBLIC)
def archive(congress_id: int, version: int) -> ResponseReturnValue:
    """The package as published, byte for byte."""
    edition = find_or_404(congress_id, version).edition
    return _generated(
        congress_id, version, lambda _opened: package(db.session(), edition.id), ".zip"
    )


def _generated(
    congress_id: int, version: int, make: Callable[[Opened], bytes], ending: str
) -> ResponseReturnValue:
    edition = find_or_404(congress_id, version).edition
    opened = opened_of(edition)
    return _saved(edition, lambda: make(opened), f"{stem(opened)}{ending}")


def _member(edition: Edition, name: str) -> Response:
    opened = opened_of(edition)
    if name not in opened.files:
        abort(404)
    if name.endswith(INLINE):
        return shelf.lasting(lambda: opened.files[name], edition.digest, name, mime=mime_of(name))
    return _saved(edition, lambda: opened.files[name], PurePosixPath(name).name)


def _saved(edition: Edition, make: Callable[[], bytes], name: str) -> Response:
    response = shelf.lasting(make, edition.digest, "saved", name, mime=mime_of(name))
    response.headers["Content-Disposition"] = attachment(name)
    return response


def mime_of(name: str) -> str:
    """What kind of content a file of this name is."""
    return _MIMES.get(PurePosixPath(name).suffix, _TEXT)
