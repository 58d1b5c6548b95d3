"""Where all sheets of an election stand: for the office, and for the beamer on the wall."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from election.clock import local, now
from election.database import db
from election.models import Election
from election.queries import counting as queries
from election.rules.access import Permission
from election.rules.counting import SheetState
from election.web.access import actor, allowed
from election.web.counting.blueprint import bp
from election.web.operations import get_or_404

_REFRESH_SECONDS = 20


@bp.get("/elections/<int:election_id>/counting")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Sheets by state, each round's progress, what is missing, and the way to one's own desk."""
    election = get_or_404(Election, election_id)
    board = queries.board(db.session(), election_id)
    me = actor().number
    return render_template(
        "counting/index.html",
        election=election,
        board=board,
        mine=sum(line.wants(me) is not None for line in board.lines),
        desk=sum(line.state in (SheetState.DIFFERING, SheetState.AGREED) for line in board.lines),
    )


@bp.get("/elections/<int:election_id>/counting/wall")
@allowed(Permission.SEE_OFFICE)
def wall(election_id: int) -> ResponseReturnValue:
    """The states of all sheets in large type, without a figure; it renews itself."""
    election = get_or_404(Election, election_id)
    board = queries.board(db.session(), election_id)
    page = render_template(
        "counting/wall.html",
        election=election,
        board=board,
        places=board.places(),
        clock=f"{local(now()):%H:%M}",
    )
    answer = make_response(page)
    answer.headers["Refresh"] = str(_REFRESH_SECONDS)  # needs neither script nor a hand
    return answer
