"""The papers of a plan: tables, the notice with its form, explanations; PDF, XLSX and DOCX."""

from collections.abc import Callable

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from election.clock import today
from election.database import db
from election.exchange.spreadsheets import XLSX_MIME
from election.models import Plan
from election.queries.districts import plans as queries
from election.queries.districts import why as reasons
from election.queries.districts.boards import PlanBoard
from election.queries.units import table as unit_queries
from election.reports.documents import missing_glyphs
from election.reports.documents.districts_notice import (
    CLOSING,
    DOCX_MIME,
    NUMBER,
    DistrictNotice,
    notice_data,
    notice_docx,
    notice_pdf,
    subject_of,
)
from election.reports.documents.districts_plan import DRAFT, PlanPaper, district_name
from election.reports.documents.districts_tables import (
    TablePaper,
    allocation,
    overview,
    table_data,
    table_pdf,
)
from election.reports.documents.districts_why import why_data, why_pdf
from election.rules.access import Permission
from election.rules.terms import Text
from election.web.access import allowed
from election.web.candidates.forms import no_id_number
from election.web.districts.blueprint import bp
from election.web.files import download
from election.web.forms import Form
from election.web.locale import LANGUAGES, language, say
from election.web.operations import get_or_404

PDF_MIME = "application/pdf"
_TABLES: dict[str, Callable[[PlanPaper], TablePaper]] = {
    "districts": overview,
    "allocation": allocation,
}
_UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


class DistrictsNoticeForm(Form):
    """What the office edits on the notice; sent by GET, nothing is stored."""

    class Meta:
        """Nothing is written, so nothing is to be protected."""

        csrf = False

    number = StringField(_l("Number of the notice"), validators=[Length(max=40)])
    signatory = StringField(_l("Signatory"), validators=[InputRequired(), Length(max=80)])
    day = DateField(_l("Day of the notice"), validators=[InputRequired()], id="notice-day")
    closing = TextAreaField(_l("Closing text"), validators=[Length(max=1000), no_id_number])


@bp.get("/plans/<int:plan_id>/papers")
@allowed(Permission.SEE_OFFICE)
def papers(plan_id: int) -> ResponseReturnValue:
    """What can be printed of a plan."""
    plan = get_or_404(Plan, plan_id)
    paper = _paper(plan, _board(plan))
    return _page(plan, paper, _notice_form(paper))


@bp.get("/plans/<int:plan_id>/papers/<any(districts, allocation):name>.<any(pdf, xlsx):form>")
@allowed(Permission.SEE_OFFICE)
def table_file(plan_id: int, name: str, form: str) -> ResponseReturnValue:
    """One of the two tables."""
    plan = get_or_404(Plan, plan_id)
    paper = _paper(plan, _board(plan))
    table = _TABLES[name](paper)
    if form == "xlsx":
        from election.exchange.districts.papers import workbook  # noqa: PLC0415 - heavy

        return _file(workbook(table, _tongue()), table.title, paper, "xlsx", XLSX_MIME)
    return _printed(
        plan,
        paper,
        table.title,
        table_data(table, _tongue()),
        lambda: table_pdf(table, _tongue()),
    )


@bp.get("/plans/<int:plan_id>/papers/notice.<any(pdf, docx):form>")
@allowed(Permission.SEE_OFFICE)
def notice_file(plan_id: int, form: str) -> ResponseReturnValue:
    """The notice with what the office typed; without anything typed, as it is proposed."""
    plan = get_or_404(Plan, plan_id)
    paper = _paper(plan, _board(plan))
    typed = DistrictsNoticeForm(formdata=request.args)
    if "signatory" not in request.args:
        typed = _notice_form(paper)
    elif not typed.validate():
        return _page(plan, paper, typed), 422
    notice = DistrictNotice(
        plan=paper,
        number=(typed.number.data or "").strip(),
        day=typed.day.data,
        signatory=typed.signatory.data.strip(),
        closing=typed.closing.data or "",
    )
    title = subject_of(paper)
    named = Text(f"{title.zh}公告", f"Notice - {title.en}")
    if form == "docx":
        return _file(notice_docx(notice, _tongue()), named, paper, "docx", DOCX_MIME)
    return _printed(
        plan, paper, named, notice_data(notice, _tongue()), lambda: notice_pdf(notice, _tongue())
    )


@bp.get("/plans/<int:plan_id>/papers/why.pdf")
@allowed(Permission.SEE_OFFICE)
def why_all_pdf(plan_id: int) -> ResponseReturnValue:
    """The explanations of all districts, a page or two for each."""
    return _why_file(plan_id, None)


@bp.get("/plans/<int:plan_id>/districts/<int:number>/why.pdf")
@allowed(Permission.SEE_OFFICE)
def why_pdf_file(plan_id: int, number: int) -> ResponseReturnValue:
    """The explanation of one district, for the village board."""
    return _why_file(plan_id, number)


def _why_file(plan_id: int, number: int | None) -> ResponseReturnValue:
    from election.exchange.districts.plan import why_papers  # noqa: PLC0415 - as the others

    plan = get_or_404(Plan, plan_id)
    board = _board(plan)
    paper = _paper(plan, board)
    explained = reasons.explanations(db.session(), plan, board, only=number)
    explanations = why_papers(paper, explained)
    if not explanations:
        abort(404)
    district = None if number is None else district_name(number)
    title = Text(
        f"{paper.body.zh}{district.zh if district else '选区'}划分说明{paper.place.zh}",
        f"Why - {f'{district.en}, ' if district else ''}{paper.body.en}{paper.place.en}",
    )
    return _printed(
        plan,
        paper,
        title,
        why_data(paper, explanations, _tongue()),
        lambda: why_pdf(paper, explanations, _tongue()),
    )


def _tongue() -> str:
    """The language of the paper: asked for by itself (`paper`), else that of the page."""
    paper_language = request.args.get("paper")
    return paper_language if paper_language in LANGUAGES else language()


def _board(plan: Plan) -> PlanBoard:
    return queries.board(db.session(), plan)


def _paper(plan: Plan, board: PlanBoard) -> PlanPaper:
    from election.exchange.districts.plan import plan_paper  # noqa: PLC0415 - as the others

    rows = unit_queries.of_congress(db.session(), plan.congress)
    return plan_paper(plan, board, rows, today=today())


def _notice_form(paper: PlanPaper) -> DistrictsNoticeForm:
    """The form as it is proposed."""
    return DistrictsNoticeForm(
        formdata=None,
        number=say(NUMBER),
        signatory=paper.committee,
        day=paper.day,
        closing=say(CLOSING),
    )


def _page(plan: Plan, paper: PlanPaper, form: DistrictsNoticeForm) -> str:
    return render_template(
        "districts/papers.html",
        election=plan.congress.election,
        congress=plan.congress,
        plan=plan,
        paper=paper,
        form=form,
        tables=[(name, make(paper).title) for name, make in _TABLES.items()],
        subject=subject_of(paper),
    )


def _printed(
    plan: Plan, paper: PlanPaper, title: Text, data: object, make: Callable[[], bytes]
) -> ResponseReturnValue:
    """A PDF; a character the font lacks is told before it is printed as a box."""
    missing = missing_glyphs(data)
    if missing and not request.args.get("anyway"):
        return _missing_page(plan, paper, missing), 422
    return _file(make(), title, paper, "pdf", PDF_MIME)


def _missing_page(plan: Plan, paper: PlanPaper, missing: tuple[str, ...]) -> str:
    names = dict.fromkeys(
        text for line in paper.lines for text in (line.name, *(unit.zh for unit in line.units))
    )
    return render_template(
        "districts/glyphs.html",
        election=plan.congress.election,
        plan=plan,
        missing=[(sign, f"U+{ord(sign):04X}") for sign in missing],
        names=[name for name in names if set(name) & set(missing)],
    )


def _file(body: bytes, title: Text, paper: PlanPaper, suffix: str, mime: str) -> Response:
    mark = Text(f"（{DRAFT.zh}）", f" ({DRAFT.en})") if paper.draft else Text("", "")
    name = f"{title.say(_tongue())}{mark.say(_tongue())}".translate(_UNSAFE)
    return download(body, name=f"{name}.{suffix}", mime=mime)
