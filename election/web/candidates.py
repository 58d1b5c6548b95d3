"""Being written."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from election.rules.access import Permission
from election.web.access import allowed

bp = Blueprint("candidates", __name__)


@bp.get("/elections/<int:election_id>/candidates")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Being written."""
    return str(election_id)
