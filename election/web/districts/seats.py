"""Apportionment: the approved seats by every method, over units and over a plan's districts."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.database import db
from election.models import Congress, Plan, PlanStatus
from election.queries.districts import plans as queries
from election.queries.districts.boards import BASIS_NAMES
from election.rules.access import Permission
from election.rules.elections.phases import OPEN_IN
from election.rules.rounding import decimal
from election.rules.terms import InputFaults, RuleViolation, Text
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.districts.forms import MethodForm
from election.web.files import download
from election.web.forms import require_version
from election.web.locale import language, say
from election.web.operations import get_or_404, perform

if TYPE_CHECKING:
    from election.queries.districts.seats import SeatTable

MOST_FLOOR = 3
Table = TypeVar("Table")


@bp.get("/congresses/<int:congress_id>/seats")
@allowed(Permission.SEE_OFFICE)
def over_units(congress_id: int) -> ResponseReturnValue:
    """The seats of the congress shared among the units."""
    body = get_or_404(Congress, congress_id)
    table, problems = _over_units(body)
    return _page(body, table, problems, plan=None)


@bp.get("/plans/<int:plan_id>/seats")
@allowed(Permission.SEE_OFFICE)
def over_districts(plan_id: int) -> ResponseReturnValue:
    """The seats of the congress shared among the districts of a plan, 1 to 3 each."""
    plan = get_or_404(Plan, plan_id)
    table, problems = _over_districts(plan)
    return _page(plan.congress, table, problems, plan=plan)


@bp.post("/plans/<int:plan_id>/seats")
@allowed(Permission.EDIT_DISTRICTS)
def use_method(plan_id: int) -> ResponseReturnValue:
    """Take over the seats one method gives; refused while a tie is open."""
    plan, form = get_or_404(Plan, plan_id), MethodForm()
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    if not form.validate_on_submit() or form.method.data not in seats.METHOD_NAMES:
        table, problems = _over_districts(plan)
        return _page(plan.congress, table, problems, plan=plan, status=422)
    method = form.method.data

    def do(act: Act) -> None:
        row = require_version(act.session, Plan, plan_id, form)
        table = seats.over_districts(queries.board(act.session, row))
        seats_given = {int(code): count for code, count in table.seats_by(method).items()}
        edits.set_seats(act, row, seats=seats_given, method=method)

    message = _("Seats by %(method)s are filled in.", method=say(seats.METHOD_NAMES[method]))
    try:
        return perform(do, then=url_for(".plan", plan_id=plan_id), message=message)
    except InputFaults:
        table, problems = _over_districts(plan)
        return _page(plan.congress, table, problems, plan=plan, status=422)


@bp.get("/congresses/<int:congress_id>/seats.<any(xlsx, csv):form>")
@allowed(Permission.SEE_OFFICE)
def units_file(congress_id: int, form: str) -> ResponseReturnValue:
    """The table over units as a file."""
    body = get_or_404(Congress, congress_id)
    table, problems = _over_units(body)
    if table is None:
        return _page(body, None, problems, plan=None, status=422)
    return sheet_file(table, form, body.name)


@bp.get("/plans/<int:plan_id>/seats.<any(xlsx, csv):form>")
@allowed(Permission.SEE_OFFICE)
def districts_file(plan_id: int, form: str) -> ResponseReturnValue:
    """The table over districts as a file."""
    plan = get_or_404(Plan, plan_id)
    table, problems = _over_districts(plan)
    if table is None:
        return _page(plan.congress, None, problems, plan=plan, status=422)
    return sheet_file(table, form, plan.name)


def _over_units(body: Congress) -> "tuple[SeatTable | None, list[Text]]":
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    floor = request.args.get("floor", 0, type=int)
    cap = request.args.get("cap", 0, type=int)
    return read_or_problems(
        lambda: seats.over_units(
            db.session(), body, floor=min(max(floor, 0), MOST_FLOOR), cap=cap if cap > 0 else None
        )
    )


def _over_districts(plan: Plan) -> "tuple[SeatTable | None, list[Text]]":
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    return read_or_problems(lambda: seats.over_districts(queries.board(db.session(), plan)))


def read_or_problems(read: Callable[[], Table]) -> tuple[Table | None, list[Text]]:
    """What is read, or nothing and the reasons to be shown in its place."""
    try:
        return read(), []
    except InputFaults as faults:
        return None, [fault.text for fault in faults.faults]
    except RuleViolation as refused:
        return None, [refused.cause, refused.remedy]


def _page(
    body: Congress,
    table: "SeatTable | None",
    problems: list[Text],
    *,
    plan: Plan | None,
    status: int = 200,
) -> ResponseReturnValue:
    draft = plan is not None and plan.status is PlanStatus.DRAFT
    page = render_template(
        "districts/seats.html",
        election=body.election,
        congress=body,
        plan=plan,
        plans=queries.names_of(db.session(), body.id),
        problems=problems,
        basis=BASIS_NAMES[body.population_basis],
        form=MethodForm(formdata=None, version=plan.version) if plan else None,
        usable=draft and body.election.phase in OPEN_IN["districts"],
        asked={"floor": request.args.get("floor", ""), "cap": request.args.get("cap", "")},
        **table_view(table),
    )
    return page, status


def table_view(table: "SeatTable | None") -> dict[str, Any]:
    """What the templates of a table of seats need: the table, its rows, names, notes."""
    from election.queries.districts.seats import METHOD_NAMES  # noqa: PLC0415 - heavy

    return {
        "table": table,
        "rows": _rows(table) if table else [],
        "notes": table.notes() if table else [],
        "names": METHOD_NAMES,
    }


def _rows(table: "SeatTable") -> list[dict[str, object]]:
    """The frame for the page: plain values, ties by method."""
    return [
        {
            "code": code,
            "name": row["name"],
            "population": int(row["population"]),
            "share": decimal(Fraction(row["exact_share"]), 3),
            "exact": row["exact_share"],
            "seats": {m: int(row[m]) for m in table.methods if table.answers(m)},
            "ties": {name for name in row["ties"].split(", ") if name},
            "differs": bool(row["differs"]),
            "units": {m: outcome.units[place] for m, outcome in table.outcomes.items()},
        }
        for place, (code, row) in enumerate(table.rows().items())
    ]


def sheet_file(table: "SeatTable", form: str, title: str) -> ResponseReturnValue:
    """The table to save: a workbook of three sheets, or the first of them as CSV."""
    from election.exchange import spreadsheets  # noqa: PLC0415 - heavy
    from election.exchange.districts.seats import seat_sheet, seat_sheets  # noqa: PLC0415 - heavy

    sheet = seat_sheet(table, language())
    name = f"{title}-{sheet.name}.{form}"
    if form == "csv":
        body = spreadsheets.write_csv(sheet.header, sheet.rows)
        return download(body, name=name, mime=spreadsheets.CSV_MIME)
    body = spreadsheets.write_xlsx(seat_sheets(table, language()))
    return download(body, name=name, mime=spreadsheets.XLSX_MIME)
