"""Blank count sheets to print: of one place, one district, one round, or all in one file."""

from flask import abort
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import District, Election, PollingPlace, Round
from election.queries.polling import places as queries
from election.rules.access import Permission
from election.rules.counting.paper import SheetPaper
from election.web.access import allowed
from election.web.files import download
from election.web.operations import get_or_404
from election.web.polling.blueprint import bp


@bp.get("/elections/<int:election_id>/polling/count-sheets.pdf")
@allowed(Permission.SEE_OFFICE)
def all_papers(election_id: int) -> ResponseReturnValue:
    """All blank sheets of the first ballot, by district and place."""
    election = get_or_404(Election, election_id)
    return _pdf(queries.papers(db.session(), election), election.title)


@bp.get("/places/<int:place_id>/count-sheets.pdf")
@allowed(Permission.SEE_OFFICE)
def place_papers(place_id: int) -> ResponseReturnValue:
    """The blank sheets of one place."""
    place = get_or_404(PollingPlace, place_id)
    election = get_or_404(Election, place.election_id)
    return _pdf(queries.papers(db.session(), election, place_id=place.id), place.code)


@bp.get("/districts/<int:district_id>/count-sheets.pdf")
@allowed(Permission.SEE_OFFICE)
def district_papers(district_id: int) -> ResponseReturnValue:
    """The blank sheets of one district."""
    district = get_or_404(District, district_id)
    election = district.congress.election
    return _pdf(queries.papers(db.session(), election, district_id=district.id), district.code)


@bp.get("/rounds/<int:round_id>/count-sheets.pdf")
@allowed(Permission.SEE_OFFICE)
def round_papers(round_id: int) -> ResponseReturnValue:
    """The blank sheets of one open round: a repeat vote needs its own."""
    round_ = get_or_404(Round, round_id)
    return _pdf(queries.round_papers(db.session(), round_), round_.code)


def _pdf(papers: list[SheetPaper], name: str) -> ResponseReturnValue:
    from election.reports.documents.count_sheet import count_sheets  # noqa: PLC0415 - heavy

    if not papers:
        abort(404)
    return download(count_sheets(papers), name=f"计票结果报告单-{name}.pdf", mime="application/pdf")
