"""Which number of seats would be fairest, and what the population figure does: to understand only.

The number of seats is fixed by the standing committee one level up (R1.6); nothing is stored here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.database import db
from election.models import Congress, Plan
from election.queries.districts import plans as queries
from election.queries.districts.boards import BASIS_NAMES
from election.rules.access import Permission
from election.rules.terms import Text
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.districts.charts import limits, sent
from election.web.districts.seats import read_or_problems
from election.web.locale import language, say
from election.web.operations import get_or_404

if TYPE_CHECKING:
    from election.queries.districts.fairness import BasisEffect, Curve

MOST_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class FairnessQuery:
    """What the address asks for: a method, floor and cap over units, or a plan."""

    method: str
    floor: int
    cap: int | None
    plan: Plan | None

    @property
    def query(self) -> dict[str, str | int]:
        """The same again, for links."""
        values = {
            "method": self.method,
            "plan": self.plan.id if self.plan else None,
            "floor": None if self.plan else self.floor,
            "cap": None if self.plan else self.cap,
        }
        return {name: value for name, value in values.items() if value is not None}


@bp.get("/congresses/<int:congress_id>/seats/fairness")
@allowed(Permission.SEE_OFFICE)
def fairness(congress_id: int) -> ResponseReturnValue:
    """The largest deviation at each number of seats, and the seats by both population figures."""
    body = get_or_404(Congress, congress_id)
    query = _query(body)
    curve, problems = _curve(body, query)
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    share = body.election.profile.share
    return render_template(
        "districts/fairness.html",
        election=body.election,
        congress=body,
        plans=queries.names_of(db.session(), body.id),
        asked=query,
        names=seats.METHOD_NAMES,
        curve=curve,
        problems=problems,
        effect=_effect(body, query),
        basis=BASIS_NAMES[body.population_basis],
        basis_names=BASIS_NAMES,
        warn=share("district.deviation_warn"),
        alert=share("district.deviation_alert"),
    )


@bp.get("/congresses/<int:congress_id>/seats/fairness.<any(svg, png):form>")
@allowed(Permission.SEE_OFFICE)
def fairness_chart(congress_id: int, form: str) -> ResponseReturnValue:
    """The curve as a chart; 404 where it cannot be computed."""
    body = get_or_404(Congress, congress_id)
    query = _query(body)
    curve, _problems = _curve(body, query)
    if curve is None:
        abort(404)
    from election.queries.districts import seats  # noqa: PLC0415 - heavy
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    points = tuple(
        drawings.CurvePoint(p.seats, p.largest, bool(p.tied), bool(p.without)) for p in curve.points
    )
    title = _(
        "Largest deviation by number of seats, %(method)s",
        method=say(seats.METHOD_NAMES[curve.method]),
    )
    chart = drawings.FairnessCurve(
        title, curve.approved, curve.best, points, limits(body.election), language()
    )
    return sent(chart, form, f"{query.plan.name if query.plan else body.name}-{title}")


@bp.get("/congresses/<int:congress_id>/seats/basis.<any(svg, png):form>")
@allowed(Permission.SEE_OFFICE)
def basis_chart(congress_id: int, form: str) -> ResponseReturnValue:
    """Seats of each unit by both population figures."""
    body = get_or_404(Congress, congress_id)
    effect = _effect(body, _query(body))
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    rows = tuple(
        drawings.PairRow(name, *(column.seats(place) for column in effect.columns))
        for place, (_code, name) in enumerate(effect.units)
    )
    first, second = (say(BASIS_NAMES[column.basis]) for column in effect.columns)
    title = _("Seats by household register and by residents")
    chart = drawings.Pairs(title, _("seats"), (first, second), rows, language())
    return sent(chart, form, f"{body.name}-{title}")


def _query(body: Congress) -> FairnessQuery:
    """The address read leniently: what is not understood falls back to the usual."""
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    method = request.args.get("method", "")
    floor, cap = (request.args.get(name, 0, type=int) for name in ("floor", "cap"))
    key = request.args.get("plan", 0, type=int)
    plan = get_or_404(Plan, key) if key else None
    if plan is not None and plan.congress_id != body.id:
        abort(404)
    return FairnessQuery(
        method=method if method in seats.METHOD_NAMES else next(iter(seats.METHOD_NAMES)),
        floor=min(max(floor, 0), MOST_LIMIT),
        cap=min(cap, MOST_LIMIT) if cap > 0 else None,
        plan=plan,
    )


def _curve(body: Congress, query: FairnessQuery) -> "tuple[Curve | None, list[Text]]":
    from election.queries.districts import fairness as reads  # noqa: PLC0415 - heavy

    session, plan = db.session(), query.plan
    if plan is not None:
        return read_or_problems(
            lambda: reads.over_districts(queries.board(session, plan), method=query.method)
        )
    return read_or_problems(
        lambda: reads.over_units(
            session, body, method=query.method, floor=query.floor, cap=query.cap
        )
    )


def _effect(body: Congress, query: FairnessQuery) -> "BasisEffect":
    from election.queries.districts import fairness as reads  # noqa: PLC0415 - heavy

    return reads.basis_effect(
        db.session(), body, method=query.method, floor=query.floor, cap=query.cap
    )
