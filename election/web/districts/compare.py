"""Two plans of a congress side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.models import Congress
from election.queries.districts import plans as queries
from election.queries.districts.boards import BASIS_NAMES, PlanBoard
from election.queries.districts.comparisons import Comparison, Pair
from election.queries.districts.comparisons import compare as comparison_of
from election.queries.units import table as unit_queries
from election.rules.access import Permission
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.districts.charts import label, limits, sent
from election.web.districts.map import map_words
from election.web.locale import language
from election.web.operations import get_or_404

if TYPE_CHECKING:
    from election.reports import charts as drawings


@bp.get("/congresses/<int:congress_id>/compare")
@allowed(Permission.SEE_OFFICE)
def compare(congress_id: int) -> ResponseReturnValue:
    """What leads from plan ?a= to plan ?b=; without them the adopted and the newest."""
    body = get_or_404(Congress, congress_id)
    session = db.session()
    boards = queries.boards(session, body)
    a, b = _chosen(boards)
    rows = unit_queries.of_congress(session, body)
    comparison = comparison_of(a, b, rows) if a and b else None
    return render_template(
        "districts/compare.html",
        election=body.election,
        congress=body,
        boards=boards,
        a=a,
        b=b,
        found=comparison,
        answers=[(p.a.number, p.b.number) for p in comparison.pairs if p.a and p.b]
        if comparison
        else [],
        words=map_words(),
        basis=BASIS_NAMES[body.population_basis],
    )


@bp.get("/congresses/<int:congress_id>/compare.<any(svg, png):form>")
@allowed(Permission.SEE_OFFICE)
def compare_chart(congress_id: int, form: str) -> ResponseReturnValue:
    """The deviations of the two plans, each district with the one that answers it."""
    body = get_or_404(Congress, congress_id)
    session = db.session()
    a, b = _chosen(queries.boards(session, body))
    if a is None or b is None:
        abort(404)
    comparison = comparison_of(a, b, unit_queries.of_congress(session, body))
    chart = _drawn(comparison, limits(body.election))
    return sent(chart, form, f"{a.name}-{b.name}-{chart.title}")


def _drawn(comparison: Comparison, within: "drawings.DeviationLimits") -> "drawings.Pairs":
    """A district without an answer has one dot."""
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    rows = [
        drawings.PairRow(_label(p), p.a.deviation if p.a else None, p.b.deviation if p.b else None)
        for p in comparison.pairs
    ]
    return drawings.compared_deviations(
        (comparison.a.name, comparison.b.name), rows, within, language()
    )


def _label(pair: Pair) -> str:
    """The number; both, where the plans count differently."""
    numbers = [line.number for line in (pair.a, pair.b) if line]
    if len(set(numbers)) == 1:
        return label(numbers[0])
    return str(_("District %(a)d → %(b)d", a=numbers[0], b=numbers[1]))


def _chosen(boards: Sequence[PlanBoard]) -> tuple[PlanBoard | None, PlanBoard | None]:
    """The two plans asked for, or the first others; 404 for one that is not of this congress."""
    by_id = {board.plan_id: board for board in boards}
    a, b = (request.args.get(name, type=int) for name in ("a", "b"))
    if any(key is not None and key not in by_id for key in (a, b)):
        abort(404)
    first = by_id[a] if a is not None else _first_but(boards, b)
    second = by_id[b] if b is not None else _first_but(boards, first.plan_id if first else None)
    return first, second


def _first_but(boards: Sequence[PlanBoard], other_id: int | None) -> PlanBoard | None:
    return next((board for board in boards if board.plan_id != other_id), None)
