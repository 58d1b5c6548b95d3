"""Why a district has these units and this number of seats, as a page."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from election.database import db
from election.models import Plan
from election.queries.districts import plans as queries
from election.queries.districts import why as reasons
from election.queries.districts.boards import BASIS_NAMES
from election.reports.documents.districts_why import move_cells, option_cells
from election.rules.access import Permission
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.operations import get_or_404


@bp.get("/plans/<int:plan_id>/districts/<int:number>/why")
@allowed(Permission.SEE_OFFICE)
def why(plan_id: int, number: int) -> ResponseReturnValue:
    """One district explained to the people who live in it."""
    plan = get_or_404(Plan, plan_id)
    board = queries.board(db.session(), plan)
    explained = reasons.explanations(db.session(), plan, board, only=number)
    if not explained:
        abort(404)
    explanation, numbers = explained[0], [line.number for line in board.districts]
    place = numbers.index(number)
    return render_template(
        "districts/why.html",
        election=plan.congress.election,
        congress=plan.congress,
        plan=plan,
        one=explanation,
        basis=BASIS_NAMES[board.basis],
        options=[(option_cells(option), option.chosen) for option in explanation.options],
        moves=[(move_cells(move), move.verdict.value) for move in explanation.moves],
        before=numbers[place - 1] if place else None,
        after=numbers[place + 1] if place + 1 < len(numbers) else None,
    )
