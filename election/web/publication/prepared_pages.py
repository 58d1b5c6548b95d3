"""The preview: the very pages and files that will be public, before they are."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.exchange.publication.package import CHART_NAMES, Opened, chart_of
from election.exchange.publication.package.exports import as_csv, as_json, as_xlsx
from election.models import Congress
from election.queries.publication import Edition, editions
from election.rules.access import Permission
from election.web.access import allowed
from election.web.files import attachment
from election.web.publication.blueprint import bp
from election.web.publication.files import INLINE, mime_of
from election.web.publication.pages import PAGES
from election.web.publication.preparing import opened_of, preparation_job
from election.web.publication.versions import rendered

_FOLDERS = {"chart_svg": "charts/{}.svg", "chart_png": "charts/{}.png", "member": "{}"}
_MADE = {"workbook": "result.xlsx", "document": "result.json", "table_csv": "tables/{}.csv"}
_PATHS = _FOLDERS | _MADE


@dataclass(frozen=True, slots=True)
class PreparedView:
    """A version that is not public: its pages and files lie under the preparation."""

    preparation: int
    edition: Edition
    versions: tuple[Edition, ...]
    withdrawn: tuple[int, ...] = ()

    @property
    def latest(self) -> Edition:
        """The version that will be in force."""
        return self.edition

    @property
    def anchor(self) -> str:
        """There is none before it is published."""
        return str(_("made when it is published"))

    def page(self, view: str, *, key: str | None = None) -> str:
        """Where a page of the preview is."""
        return url_for(
            "publication.prepared_page",
            job_id=self.preparation,
            congress_id=self.edition.congress_id,
            name=view,
            key=key,
        )

    def file(self, view: str, *, name: str | None = None) -> str:
        """Where a file of the preview is; the package itself is made when it is published."""
        if view not in _PATHS:
            return self.page("overview") + "#check"
        return url_for(
            "publication.prepared_file",
            job_id=self.preparation,
            congress_id=self.edition.congress_id,
            name=_PATHS[view].format(name),
        )

    def page_of(self, edition: Edition) -> str:
        """Where the overview of one of the versions is."""
        if edition is self.edition:
            return self.page("overview")
        key, version = edition.congress_id, edition.version
        return url_for("publication.overview", congress_id=key, version=version)


@bp.get("/publications/<int:job_id>/<int:congress_id>/<string:name>")
@bp.get("/publications/<int:job_id>/<int:congress_id>/<string:name>/<string:key>")
@allowed(Permission.SEE_RESULTS)
def prepared_page(job_id: int, congress_id: int, name: str, key: str = "") -> ResponseReturnValue:
    """One page as it will be public."""
    if name not in PAGES:
        abort(404)
    opened = opened_of(preparation_job(job_id), congress_id)
    return rendered(name, _view(job_id, congress_id, opened), opened, key)


@bp.get("/publications/<int:job_id>/<int:congress_id>/files/<path:name>")
@allowed(Permission.SEE_RESULTS)
def prepared_file(job_id: int, congress_id: int, name: str) -> ResponseReturnValue:
    """One file as it will be public."""
    content = _content(opened_of(preparation_job(job_id), congress_id), name)
    if content is None:
        abort(404)
    response = Response(content, content_type=mime_of(name))
    if not name.endswith(INLINE):
        response.headers["Content-Disposition"] = attachment(PurePosixPath(name).name)
    return response


def _view(job_id: int, congress_id: int, opened: Opened) -> PreparedView:
    congress = db.session.get_one(Congress, congress_id)
    edition = Edition(
        id=0,
        township_id=congress.township_id,
        congress_id=congress_id,
        version=opened.version,
        published_at=opened.published_at,
        reason=opened.reason,
        audit_head="",
        digest=str(_("made when it is published")),
    )
    earlier = editions(db.session(), congress_id)
    return PreparedView(job_id, edition, (edition, *earlier))


def _content(opened: Opened, name: str) -> bytes | None:
    """A file of the package, or one that is made from it."""
    path = PurePosixPath(name)
    charts = {*CHART_NAMES, *(district.id for district in opened.frozen.districts)}
    if name == "result.xlsx":
        return as_xlsx(opened)
    if name == "result.json":
        return as_json(opened)
    if path.parent.name == "tables":
        return as_csv(opened).get(path.stem)
    if path.suffix == ".png" and path.stem in charts:
        from election.reports.charts import to_png  # noqa: PLC0415 - heavy

        return to_png(chart_of(opened.frozen, path.stem))
    return opened.files.get(name)
