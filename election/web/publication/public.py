"""The public pages: overview, district, candidates, turnout. No login, no cookie, no live table."""

from flask.typing import ResponseReturnValue

from election.web.access import Open, allowed
from election.web.publication.blueprint import bp
from election.web.publication.versions import page


@bp.get("/results/<int:congress_id>")
@bp.get("/results/<int:congress_id>/v<int:version>")
@allowed(Open.PUBLIC)
def overview(congress_id: int, version: int | None = None) -> ResponseReturnValue:
    """Who is elected, turnout, alerts, vacant seats, how to check, versions."""
    return page("overview", congress_id, version)


@bp.get("/results/<int:congress_id>/districts/<string:key>")
@bp.get("/results/<int:congress_id>/v<int:version>/districts/<string:key>")
@allowed(Open.PUBLIC)
def district(congress_id: int, key: str, version: int | None = None) -> ResponseReturnValue:
    """One district: the votes, why, and every place."""
    return page("district", congress_id, version, key)


@bp.get("/results/<int:congress_id>/candidates")
@bp.get("/results/<int:congress_id>/v<int:version>/candidates")
@allowed(Open.PUBLIC)
def candidates(congress_id: int, version: int | None = None) -> ResponseReturnValue:
    """All candidates and write-ins of all districts."""
    return page("candidates", congress_id, version)


@bp.get("/results/<int:congress_id>/turnout")
@bp.get("/results/<int:congress_id>/v<int:version>/turnout")
@allowed(Open.PUBLIC)
def turnout(congress_id: int, version: int | None = None) -> ResponseReturnValue:
    """Turnout and the charts of the whole congress, each with its table."""
    return page("turnout", congress_id, version)
