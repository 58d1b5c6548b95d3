"""The plans of a congress: tabs, list, a new one, a proposal."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions import plans as acts
from election.actions.units import UnitsChanged
from election.clock import now
from election.database import db
from election.models import Congress, Election, Plan
from election.queries import districts as queries
from election.queries import units as unit_queries
from election.queries.boards import BASIS_NAMES, population_of
from election.rules.access import Permission
from election.rules.stages import OPEN_IN
from election.rules.terms import InputFaults, Level, RuleViolation
from election.web.access import actor, allowed
from election.web.again import FillAgain
from election.web.districts.blueprint import bp
from election.web.districts.forms import SOURCES, CreateForm, ProposeForm
from election.web.filters import percent
from election.web.helpers import get_or_404, perform, say


@bp.get("/elections/<int:election_id>/districts")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """The plans of the first congress (the town's, where districts are drawn first)."""
    election = get_or_404(Election, election_id)
    if not election.congresses:
        return render_template("districts/none.html", election=election)
    return _congress_page(election.congresses[0].id)


@bp.get("/congresses/<int:congress_id>/districts")
@allowed(Permission.SEE_OFFICE)
def congress(congress_id: int) -> ResponseReturnValue:
    """The plans of one congress."""
    return _congress_page(get_or_404(Congress, congress_id).id)


@bp.post("/congresses/<int:congress_id>/plans")
@allowed(Permission.EDIT_DISTRICTS)
def create(congress_id: int) -> ResponseReturnValue:
    """A blank plan, or a copy of one of this congress."""
    form = _create_form(get_or_404(Congress, congress_id))
    if not form.validate_on_submit():
        return _congress_page(congress_id, create=form)

    def act(session: Any) -> Plan:  # noqa: ANN401
        body = session.get_one(Congress, congress_id)
        _require_new_name(form, queries.names_of(session, congress_id))
        source = session.get_one(Plan, form.copy_of.data) if form.copy_of.data else None
        return acts.create(
            session, body, name=form.name.value, copy_of=source, by=actor(), at=now()
        )

    return _made(act, congress_id, _("The plan is created."), create=form)


@bp.post("/congresses/<int:congress_id>/propose")
@allowed(Permission.EDIT_DISTRICTS)
def propose(congress_id: int) -> ResponseReturnValue:
    """Let the planner draw a draft within three seconds; the seed makes it repeatable."""
    body = get_or_404(Congress, congress_id)
    form = _propose_form(body)
    if not form.validate_on_submit():
        return _congress_page(congress_id, propose=form)
    from election.queries import proposals  # noqa: PLC0415 - heavy

    try:
        found = proposals.propose(db.session(), body, source=form.source.data, seed=form.seed.data)
    except InputFaults as faults:
        form.form_errors = [say(fault.text) for fault in faults.faults]
        return _congress_page(congress_id, propose=form)
    except RuleViolation as refused:
        form.form_errors = [f"{refused.code.id} {say(refused.cause)} {say(refused.remedy)}"]
        return _congress_page(congress_id, propose=form)

    def act(session: Any) -> Plan:  # noqa: ANN401
        taken = queries.names_of(session, congress_id)
        if form.name.value:
            _require_new_name(form, taken)
        return acts.store_proposal(
            session, session.get_one(Congress, congress_id),
            name=form.name.value or _free_name(form, taken), drawn=found.drawn, basis=found.basis,
            found=found.to_json(), by=actor(), at=now(),
        )  # fmt: skip

    said = _(
        "Proposed with seed %(seed)d: largest deviation %(value)s; no plan can be below %(bound)s.",
        seed=found.seed, value=percent(found.value), bound=percent(found.lower_bound),
    )  # fmt: skip
    return _made(act, congress_id, said, propose=form)


def _made(act: Any, congress_id: int, said: str, **form: Any) -> ResponseReturnValue:  # noqa: ANN401
    """Do the act that makes a plan and open it; else the page again, with the form as it was."""
    try:
        return perform(act, then=lambda plan: url_for(".plan", plan_id=plan.id), said=said)
    except FillAgain:
        return _congress_page(congress_id, **form)
    except UnitsChanged:
        next(iter(form.values())).form_errors = [
            _("Units were changed while the proposal was made; ask again.")
        ]
        return _congress_page(congress_id, status=409, **form)


def _require_new_name(form: CreateForm | ProposeForm, taken: Any) -> None:  # noqa: ANN401
    if form.name.value in taken:
        form.name.errors = [_("There is a plan with this name already.")]
        raise FillAgain


def _free_name(form: ProposeForm, taken: Any) -> str:  # noqa: ANN401
    """A name that says how the plan was found."""
    seed = form.seed.data
    stem = (
        _("Proposal (seed %(n)d)", n=seed)
        if form.source.data == SOURCES[0]
        else _("Of town districts (seed %(n)d)", n=seed)
    )
    names = (stem, *(f"{stem} {n}" for n in range(2, len(taken) + 3)))
    return str(next(name for name in names if name not in taken))


def _create_form(body: Congress) -> CreateForm:
    form = CreateForm()
    names = queries.names_of(db.session(), body.id)
    copies = [(key, _("a copy of %(name)s", name=name)) for name, key in names.items()]
    form.copy_of.choices = [(0, _("no district yet")), *copies]
    return form


def _propose_form(body: Congress) -> ProposeForm:
    form = ProposeForm()
    form.source.choices = [(SOURCES[0], _("units"))]
    if body.level is Level.COUNTY:
        form.source.choices.append((SOURCES[1], _("the districts of the adopted town plan")))
    return form


def _congress_page(
    congress_id: int,
    *,
    create: CreateForm | None = None,
    propose: ProposeForm | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    body = get_or_404(Congress, congress_id)
    session = db.session()
    rows = unit_queries.of_election(session, body.election_id)
    people = [population_of(row.values, body.population_basis) for row in rows]
    known = [count for count in people if count is not None]
    page = render_template(
        "districts/index.html",
        election=body.election,
        congress=body,
        boards=queries.boards(session, body),
        create=create or _create_form(body),
        propose=propose or _propose_form(body),
        open=body.election.stage in OPEN_IN["districts"],
        people=unit_queries.Total(sum(known), len(known), len(rows)),
        basis=BASIS_NAMES[body.population_basis],
    )
    return page, status if create or propose else 200
