"""Charts of a plan, each with its table; how charts are sent."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from election.database import db
from election.models import Election, Plan
from election.queries.districts import plans as queries
from election.queries.districts.boards import DistrictFigures, PlanBoard
from election.rules.access import Permission
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.files import attachment
from election.web.locale import language
from election.web.operations import get_or_404

if TYPE_CHECKING:
    from election.reports import charts as drawings

MIMES = {"svg": "image/svg+xml", "png": "image/png"}
ORDERS = ("number", "deviation")


@bp.get("/plans/<int:plan_id>/charts")
@allowed(Permission.SEE_OFFICE)
def charts(plan_id: int) -> ResponseReturnValue:
    """Deviation, seats and people per deputy of every district: charts and their tables."""
    plan = get_or_404(Plan, plan_id)
    board = queries.board(db.session(), plan)
    profile = plan.congress.election.profile
    return render_template(
        "districts/charts.html",
        election=plan.congress.election,
        congress=plan.congress,
        plan=plan,
        board=board,
        order=_order(),
        lines=_ordered(board, _order()),
        warn=profile.share("district.deviation_warn"),
        alert=profile.share("district.deviation_alert"),
    )


@bp.get("/plans/<int:plan_id>/charts/<any(deviation, seats, people):name>.<any(svg, png):form>")
@allowed(Permission.SEE_OFFICE)
def chart_file(plan_id: int, name: str, form: str) -> ResponseReturnValue:
    """One chart of a plan, drawn anew only when its data have changed."""
    plan = get_or_404(Plan, plan_id)
    board = queries.board(db.session(), plan)
    title, drawn = _DRAWN[name]
    chart = drawn(board, limits(plan.congress.election))
    return sent(chart, form, f"{plan.name}-{title}")


def limits(election: Election) -> "drawings.DeviationLimits":
    """From which deviation the check list points a district out (R2.3)."""
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    share = election.profile.share
    return drawings.DeviationLimits(
        share("district.deviation_warn"), share("district.deviation_alert")
    )


def label(number: int) -> str:
    """A district as charts name it."""
    return str(_("District %(n)d", n=number))


def sent(
    chart: Any,  # noqa: ANN401 - any chart, hashable
    form: str,
    name: str,
) -> ResponseReturnValue:
    """A chart as a file, shown in a page or saved under its name.

    Its ETag is a digest of its data and language: no data, no drawing.
    """
    etag = sha256(f"{form} {chart!r}".encode()).hexdigest()
    response = Response(mimetype=MIMES[form])
    response.set_etag(etag)
    response.headers["Content-Disposition"] = attachment(f"{name}.{form}", "chart", inline=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    g.may_cache = True
    if etag not in request.if_none_match:
        response.set_data(_bytes(chart, form))
    return response.make_conditional(request)


@lru_cache(maxsize=64)
def _bytes(chart: Any, form: str) -> bytes:  # noqa: ANN401 - any chart, hashable
    from election.reports.charts import to_png, to_svg  # noqa: PLC0415 - heavy

    return to_svg(chart) if form == "svg" else to_png(chart)


def _order() -> str:
    order = request.args.get("order", "")
    return order if order in ORDERS else ORDERS[0]


def _ordered(board: PlanBoard, order: str) -> list[DistrictFigures]:
    """By number, or the largest deviation above first and what is unknown last."""
    if order == ORDERS[0]:
        return list(board.districts)
    return sorted(
        board.districts, key=lambda x: (x.deviation is None, -(x.deviation or Fraction()))
    )


def _rows(lines: Sequence[DistrictFigures]) -> "tuple[drawings.PlanRow, ...]":
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    return tuple(drawings.PlanRow(label(x.number), x.seats, x.people, x.deviation) for x in lines)


def _deviation(board: PlanBoard, within: "drawings.DeviationLimits") -> "drawings.Chart":
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    rows = _rows(_ordered(board, _order()))
    return drawings.Deviations(board.name, rows, within, language())


def _seats(board: PlanBoard, _within: "drawings.DeviationLimits") -> "drawings.Chart":
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    return drawings.SeatsOf(board.name, _rows(_ordered(board, _order())), language())


def _people(board: PlanBoard, _within: "drawings.DeviationLimits") -> "drawings.Chart":
    from election.reports import charts as drawings  # noqa: PLC0415 - heavy

    rows = _rows(_ordered(board, _order()))
    return drawings.PeoplePerSeat(board.name, rows, board.average, language())


_DRAWN: dict[
    str, tuple[LazyString, Callable[[PlanBoard, "drawings.DeviationLimits"], "drawings.Chart"]]
] = {
    "deviation": (_l("Deviation per district"), _deviation),
    "seats": (_l("Seats per district"), _seats),
    "people": (_l("People per deputy"), _people),
}
