"""A question of "what if": any seats over any table of people. Nothing is stored."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, TextAreaField
from wtforms.validators import Length

from election.exchange import cells
from election.rules.access import Permission
from election.rules.terms import Finding, InputFaults, Text
from election.web.access import allowed
from election.web.districts.blueprint import bp
from election.web.districts.forms import number_up_to
from election.web.districts.seats import sheet_file, table_view
from election.web.forms import Form
from election.web.units.forms import CellField

if TYPE_CHECKING:
    from election.queries.districts.seats import SeatTable

MOST_SEATS, MOST_TEXT = 3000, 200_000


class WhatIfForm(Form):
    """A table of people as a file or as text, and the seats to share among its rows."""

    file = FileField(_l("File"))
    text = TextAreaField(_l("Paste a table"), validators=[Length(max=MOST_TEXT)])
    seats = CellField(_l("Seats to share"), cells.required(number_up_to(MOST_SEATS, 1)))
    floor = CellField(_l("At least, per row"), number_up_to(MOST_SEATS))
    cap = CellField(_l("At most, per row"), number_up_to(MOST_SEATS))


@bp.get("/seats")
@allowed(Permission.SEE_OFFICE)
def what_if() -> ResponseReturnValue:
    """The empty form: seats of the county over its towns, or whatever is to be tried."""
    return _page(WhatIfForm(formdata=None))


@bp.post("/seats")
@allowed(Permission.SEE_OFFICE)
def what_if_answer() -> ResponseReturnValue:
    """The table of seats as a page."""
    return _answer("page")


@bp.post("/seats.<any(xlsx, csv):form>")
@allowed(Permission.SEE_OFFICE)
def what_if_file(form: str) -> ResponseReturnValue:
    """The same table as a file."""
    return _answer(form)


def _answer(kind: str) -> ResponseReturnValue:
    from election.exchange.districts.seats import pasted, read_people  # noqa: PLC0415 - heavy
    from election.queries.districts import seats  # noqa: PLC0415 - heavy

    form = WhatIfForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    upload = form.file.data
    if upload and upload.filename:
        read = read_people(upload.read(), upload.filename)
    else:
        read = read_people(pasted(form.text.data or ""), "")
    if read.findings:
        return _page(form, findings=read.findings, status=422)
    form.text.data = read.to_csv()
    try:
        table = seats.over_table(
            read.people,
            read.names,
            form.seats.value,
            floor=form.floor.value or 0,
            cap=form.cap.value,
        )
    except InputFaults as faults:
        return _page(form, problems=[fault.text for fault in faults.faults], status=422)
    if kind != "page":
        return sheet_file(table, kind, _("what if"))
    return _page(form, table=table)


def _page(
    form: WhatIfForm,
    *,
    table: "SeatTable | None" = None,
    findings: tuple[Finding, ...] = (),
    problems: list[Text] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "districts/what_if.html",
        form=form,
        findings_found=findings,
        problems=problems or [],
        **table_view(table),
    )
    return page, status
