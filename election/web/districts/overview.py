"""The plans of a congress: tabs, list, a new one; the form of a proposal (proposing)."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.districts import plans as acts
from election.database import db
from election.models import Congress, Election, Plan
from election.queries.districts import plans as queries
from election.queries.districts.boards import BASIS_NAMES, population_of
from election.queries.units import table as unit_queries
from election.rules.access import Permission
from election.rules.elections.phases import OPEN_IN
from election.web.access import allowed
from election.web.again import FillAgain
from election.web.districts.blueprint import bp
from election.web.districts.forms import CreateForm, require_free_name
from election.web.districts.propose_form import ProposeForm, propose_form, workplaces
from election.web.jobs import recent_jobs
from election.web.operations import get_or_404, perform


@bp.get("/elections/<int:election_id>/districts")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """The plans of the first congress (the town's, where districts are drawn first)."""
    election = get_or_404(Election, election_id)
    if not election.congresses:
        return render_template("districts/none.html", election=election)
    return congress_page(election.congresses[0].id)


@bp.get("/congresses/<int:congress_id>/districts")
@allowed(Permission.SEE_OFFICE)
def congress(congress_id: int) -> ResponseReturnValue:
    """The plans of one congress."""
    return congress_page(get_or_404(Congress, congress_id).id)


@bp.post("/congresses/<int:congress_id>/plans")
@allowed(Permission.EDIT_DISTRICTS)
def create(congress_id: int) -> ResponseReturnValue:
    """A blank plan, or a copy of one of this congress."""
    form = _create_form(get_or_404(Congress, congress_id))
    if not form.validate_on_submit():
        return congress_page(congress_id, create=form)

    def do(act: Act) -> Plan:
        body = act.session.get_one(Congress, congress_id)
        require_free_name(form.name, queries.names_of(act.session, congress_id))
        source = act.session.get_one(Plan, form.copy_of.data) if form.copy_of.data else None
        return acts.create(act, body, name=form.name.value, copy_of=source)

    try:
        return perform(
            do,
            then=lambda plan: url_for(".plan", plan_id=plan.id),
            message=_("The plan is created."),
        )
    except FillAgain:
        return congress_page(congress_id, create=form)


def _create_form(body: Congress, *, sent: bool = True) -> CreateForm:
    form = CreateForm() if sent else CreateForm(formdata=None)
    names = queries.names_of(db.session(), body.id)
    copies = [(key, _("a copy of %(name)s", name=name)) for name, key in names.items()]
    form.copy_of.choices = [(0, _("no district yet")), *copies]
    return form


def congress_page(
    congress_id: int,
    *,
    create: CreateForm | None = None,
    propose: ProposeForm | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    """The plans of a congress, with the forms as they were sent."""
    body = get_or_404(Congress, congress_id)
    session = db.session()
    rows = unit_queries.of_congress(session, body)
    people = [population_of(row.values, body.population_basis) for row in rows]
    known = [count for count in people if count is not None]
    page = render_template(
        "districts/index.html",
        election=body.election,
        congress=body,
        boards=queries.boards(session, body),
        create=create or _create_form(body, sent=False),
        propose=propose or propose_form(body, sent=False),
        workplaces=workplaces(rows),
        jobs=recent_jobs(body),
        open=body.election.phase in OPEN_IN["districts"],
        people=unit_queries.Total(sum(known), len(known), len(rows)),
        basis=BASIS_NAMES[body.population_basis],
    )
    return page, status if create or propose else 200
