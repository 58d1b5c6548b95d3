"""Being written."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from election.rules.access import Permission
from election.web.access import Open, allowed

bp = Blueprint("publication", __name__)


@bp.get("/elections/<int:election_id>/publication")
@allowed(Permission.SEE_OFFICE)
def desk(election_id: int) -> ResponseReturnValue:
    """Being written."""
    return str(election_id)


@bp.get("/results/<int:congress_id>")
@allowed(Open.PUBLIC)
def overview(congress_id: int) -> ResponseReturnValue:
    """Being written."""
    return str(congress_id)
