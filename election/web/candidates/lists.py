"""The two lists of a congress: shown, published, printed as a notice, exported as a table."""

from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.candidates import lists as acts
from election.clock import today
from election.database import db
from election.exchange.spreadsheets import CSV_MIME, XLSX_MIME, Sheet, write_csv, write_xlsx
from election.models import Candidacy, CandidacyStatus, Congress, ElectionKind, Sex
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import CongressLine
from election.queries.elections.progress import calendar_of
from election.reports.documents import missing_glyphs
from election.reports.documents.candidates import (
    Notice,
    NoticeDistrict,
    NoticePerson,
    born_text,
    candidates_notice,
    notice_data,
    subject_of,
)
from election.rules.access import Permission
from election.rules.candidates.kinds import Which
from election.rules.terms import Level
from election.web.access import allowed
from election.web.candidates import common, forms
from election.web.candidates.blueprint import bp
from election.web.files import download
from election.web.operations import get_or_404, perform
from election.web.words import word

_SEX = {Sex.MALE: "男", Sex.FEMALE: "女", None: ""}
_HEADER = (
    "选区",
    "应选代表",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "文化程度",
    "政治面貌",
    "工作单位及职务",
    "备注",
)


@bp.get("/congresses/<int:congress_id>/candidate-lists/<any(first, formal):which>")
@allowed(Permission.SEE_OFFICE)
def candidate_list(congress_id: int, which: str) -> ResponseReturnValue:
    """One list as it stands: every district in order, what is wrong, how to publish and print."""
    return _page(get_or_404(Congress, congress_id), Which(which), forms.ListDayForm())


def _page(
    congress: Congress, which: Which, form: forms.ListDayForm, *, refused: bool = False
) -> ResponseReturnValue:
    line = queries.congress_line(db.session(), congress)
    milestone = line.lists.get(acts.KEYS[which])
    item = calendar_of(congress.election).item(acts.KEYS[which])
    planned = milestone.done_on if milestone else min(item.safe, today())
    if not form.is_submitted():
        form.done_on.data = planned
    notice = _default_notice(line, which, planned)
    page = render_template(
        "candidates/list.html",
        election=congress.election,
        congress=congress,
        line=line,
        which=which,
        title=word(which),
        other=Which.FORMAL if which is Which.FIRST else Which.FIRST,
        listed=line.listed(which),
        item=item,
        milestone=milestone,
        general=acts.general_findings(line, which, form.done_on.data or planned),
        problems={
            progress.district.id: acts.district_findings(progress, which)
            for progress in line.districts
        },
        form=form,
        subject=subject_of(notice),
        notice_form=_notice_form(notice),
        inactive=CandidacyStatus.INACTIVE,
        open=common.is_open(congress.election),
    )
    return page, 422 if refused else 200


def _notice_form(notice: Notice) -> forms.ListNoticeForm:
    return forms.ListNoticeForm(
        formdata=None,
        number=notice.number,
        issuer=notice.issuer,
        signatory=notice.signatory,
        day=notice.day,
    )


@bp.post("/congresses/<int:congress_id>/candidate-lists/<any(first, formal):which>/publish")
@allowed(Permission.FIX_LISTS)
def publish(congress_id: int, which: str) -> ResponseReturnValue:
    """Record the day the list was published; what is wrong stays visible beside it."""
    congress, form = get_or_404(Congress, congress_id), forms.ListDayForm()
    if not form.validate_on_submit():
        return _page(congress, Which(which), form, refused=True)

    def do(act: Act) -> None:
        acts.publish(
            act,
            act.session.get_one(Congress, congress_id),
            Which(which),
            done_on=form.done_on.data,
            reason=(form.reason.data or "").strip(),
            no_member_listed=form.no_member_listed.data,
        )

    list_page = url_for(".candidate_list", congress_id=congress_id, which=which)
    return perform(do, then=list_page, message=_("The day of publication is recorded."))


@bp.get("/congresses/<int:congress_id>/candidate-lists/<any(first, formal):which>/notice.pdf")
@allowed(Permission.SEE_OFFICE)
def notice_pdf(congress_id: int, which: str) -> ResponseReturnValue:
    """The notice as a PDF; a character the font lacks is told before it is printed as a box."""
    congress = get_or_404(Congress, congress_id)
    line = queries.congress_line(db.session(), congress)
    form = forms.ListNoticeForm(formdata=request.args)
    notice = _notice(line, Which(which), form)
    missing = missing_glyphs(notice_data(notice))
    if missing and not request.args.get("anyway"):
        return _missing_page(line, Which(which), missing), 422
    return _file(candidates_notice(notice), notice, "pdf", "application/pdf")


def _missing_page(line: CongressLine, which: Which, missing: tuple[str, ...]) -> str:
    """Which characters the font lacks, in whose names, and what can be done."""
    names = [candidacy.person.name for _line, people in line.listed(which) for candidacy in people]
    return render_template(
        "candidates/glyphs.html",
        election=line.congress.election,
        congress=line.congress,
        which=which.value,
        missing=[(sign, f"U+{ord(sign):04X}") for sign in missing],
        people=[name for name in names if set(name) & set(missing)],
    )


@bp.get(
    "/congresses/<int:congress_id>/candidate-lists/<any(first, formal):which>"
    "/list.<any(csv, xlsx):form>"
)
@allowed(Permission.SEE_OFFICE)
def list_table(congress_id: int, which: str, form: str) -> ResponseReturnValue:
    """The list as a table for WPS or Excel: what the notice prints, nothing more."""
    line = queries.congress_line(db.session(), get_or_404(Congress, congress_id))
    notice = _default_notice(line, Which(which), today())
    rows = [
        (
            f"第{district.number}选区",
            district.seats,
            person.name,
            person.sex,
            person.nationality,
            person.born,
            person.education,
            person.party,
            person.occupation,
            person.remark,
        )
        for district in notice.districts
        for person in district.people
    ]
    if form == "csv":
        return _file(write_csv(_HEADER, rows), notice, form, CSV_MIME)
    sheet = Sheet(name=word(Which(which)), header=_HEADER, rows=rows)
    return _file(write_xlsx([sheet]), notice, form, XLSX_MIME)


def _file(body: bytes, notice: Notice, suffix: str, mime: str) -> Response:
    return download(body, name=f"{subject_of(notice)}.{suffix}", mime=mime)


def _notice(line: CongressLine, which: Which, form: forms.ListNoticeForm) -> Notice:
    """The notice with what the office edited."""
    milestone = line.lists.get(acts.KEYS[which])
    edited_day = form.day.data if form.day.validate(form) else None
    default = _default_notice(line, which, milestone.done_on if milestone else today())
    return Notice(
        which=default.which,
        congress=default.congress,
        term=default.term,
        issuer=(form.issuer.data or default.issuer)[:80],
        number=(form.number.data or "")[:40],
        signatory=(form.signatory.data or default.signatory)[:80],
        day=edited_day or default.day,
        districts=default.districts,
        by_election=default.by_election,
        by_votes=default.by_votes,
    )


def _default_notice(line: CongressLine, which: Which, day: date) -> Notice:
    """The notice as the records have it; the town's committee signs for the town's congress."""
    congress = line.congress
    town = congress.election.township
    county = congress.level is Level.COUNTY
    committee = f"{town.county}选举委员会" if county else f"{town.county}{town.name}选举委员会"
    profile = congress.election.profile
    return Notice(
        which=which.value,
        congress=congress.name,
        term=congress.term,
        issuer=committee,
        number="",
        signatory=committee,
        day=day,
        districts=tuple(
            NoticeDistrict(
                number=progress.district.number,
                area="、".join(progress.units),
                seats=progress.district.seats,
                people=tuple(_person(candidacy) for candidacy in people),
            )
            for progress, people in line.listed(which)
        ),
        by_election=congress.election.kind is ElectionKind.BY_ELECTION,
        by_votes=which is Which.FORMAL and profile.word("formal_list_order") != "STROKE",
    )


def _person(candidacy: Candidacy) -> NoticePerson:
    """What may be printed of a candidate: never the number, never the day of birth."""
    person = candidacy.person
    return NoticePerson(
        name=person.name,
        sex=_SEX[person.sex],
        nationality=person.nationality,
        born=born_text(person.birth_month),
        education=person.education,
        party=person.party,
        occupation=person.occupation,
        remark="不再参选" if candidacy.status is CandidacyStatus.INACTIVE else "",
    )
