"""Papers to print: blank count sheets, and the notice of the polling places."""

from flask import abort
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import District, Election, PollingPlace, Round
from election.queries.elections.readiness import district_name
from election.queries.polling import places as queries
from election.rules.access import Permission
from election.rules.counting.paper import SheetPaper
from election.rules.terms import Level
from election.rules.words import words_of
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


@bp.get("/elections/<int:election_id>/polling/notice.pdf")
@allowed(Permission.SEE_OFFICE)
def notice(election_id: int) -> ResponseReturnValue:
    """The notice of all polling places, town districts before those of the county."""
    from election.reports.documents import polling_notice as paper  # noqa: PLC0415 - heavy

    election, session = get_or_404(Election, election_id), db.session()
    lines = queries.place_lines(session, election)
    served = queries.by_district(lines, queries.districts(session, election_id))
    districts = [
        paper.ServedDistrict(
            district_name(row.district).zh,
            row.district.seats,
            [_cells(line.place) for line in row.places],
        )
        for level in (Level.TOWN, Level.COUNTY)
        for row in served[level]
    ]
    if not lines:
        abort(404)
    issuer = f"{election.township.name}选举委员会"
    pdf = paper.polling_notice(election.title, issuer, election.election_day, districts)
    return download(pdf, name=f"投票场所公告-{election.title}.pdf", mime="application/pdf")


def _cells(place: PollingPlace) -> tuple[str, str, str, str]:
    return place.code, place.name, words_of(place.kind).zh, place.address


def _pdf(papers: list[SheetPaper], name: str) -> ResponseReturnValue:
    from election.reports.documents.count_sheet import count_sheets  # noqa: PLC0415 - heavy

    if not papers:
        abort(404)
    return download(count_sheets(papers), name=f"计票结果报告单-{name}.pdf", mime="application/pdf")
