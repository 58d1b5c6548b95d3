"""Two plans of a congress side by side."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import Congress
from election.queries import districts as queries
from election.queries import units as unit_queries
from election.queries.boards import BASIS_NAMES, Board
from election.queries.comparisons import compare as comparison_of
from election.rules.access import Permission
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.districts.map import map_words
from election.web.helpers import get_or_404


@bp.get("/congresses/<int:congress_id>/compare")
@allowed(Permission.SEE_OFFICE)
def compare(congress_id: int) -> ResponseReturnValue:
    """What leads from plan ?a= to plan ?b=; without them the adopted and the newest."""
    body = get_or_404(Congress, congress_id)
    session = db.session()
    boards = queries.boards(session, body)
    a, b = _chosen(boards)
    rows = unit_queries.of_election(session, body.election_id)
    found = comparison_of(a, b, rows) if a and b else None
    return render_template(
        "districts/compare.html",
        election=body.election,
        congress=body,
        boards=boards,
        a=a,
        b=b,
        found=found,
        answers=[(p.a.number, p.b.number) for p in found.pairs if p.a and p.b] if found else [],
        words=map_words(),
        basis=BASIS_NAMES[body.population_basis],
    )


def _chosen(boards: Sequence[Board]) -> tuple[Board | None, Board | None]:
    """The two plans asked for, or the first others; 404 for one that is not of this congress."""
    known = {board.plan_id: board for board in boards}
    a, b = (request.args.get(name, type=int) for name in ("a", "b"))
    if any(key is not None and key not in known for key in (a, b)):
        abort(404)
    first = known[a] if a is not None else _first_but(boards, b)
    second = known[b] if b is not None else _first_but(boards, first.plan_id if first else None)
    return first, second


def _first_but(boards: Sequence[Board], other: int | None) -> Board | None:
    return next((board for board in boards if board.plan_id != other), None)
