"""The stage "roll": the voters of each district."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import Election
from election.queries.roll import rolls
from election.rules.access import Permission
from election.web.access import allowed
from election.web.operations import get_or_404

bp = Blueprint("roll", __name__)


@bp.get("/elections/<int:election_id>/roll")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Every district with its voters."""
    election = get_or_404(Election, election_id)
    lists = rolls(db.session(), election_id)
    return render_template("roll/index.html", election=election, rolls=lists)
