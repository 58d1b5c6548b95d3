"""The elections of the office: front page, list, a new one, its phases."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.elections import set_up as acts
from election.clock import today
from election.database import db
from election.models import Election, Publication
from election.queries.elections import progress as queries
from election.queries.elections import readiness
from election.queries.elections.deadlines import deadlines
from election.queries.publication import published
from election.rules.access import Permission
from election.rules.elections.phases import ORDER, Phase
from election.rules.terms import Severity
from election.web import shelf
from election.web.access import Open, actor, allowed, official
from election.web.elections.blueprint import bp
from election.web.elections.forms import NewForm, PhaseForm
from election.web.elections.overview import by_code, counting_election, work_of
from election.web.filters import is_sample
from election.web.forms import require_version
from election.web.operations import get_or_404, perform


@bp.get("/")
@allowed(Open.PUBLIC)
def home() -> ResponseReturnValue:
    """The front page: published results for everybody, the way in for the office."""
    shelf.heed_language_alone()
    publications = published(db.session())

    def render() -> str:
        return render_template("elections/home.html", publications=publications)

    if not shelf.is_visitor():
        return render()
    return shelf.page(render, is_sample(), [_line(row) for row in publications])


def _line(row: Publication) -> tuple[object, ...]:
    """All that the front page says of a publication."""
    congress, election = row.congress, row.congress.election
    of_congress = congress.name, congress.term, election.title, election.election_day
    return row.congress_id, row.version, row.published_at, *of_congress


@bp.get("/elections")
@allowed(Permission.SEE_OFFICE)
def index() -> ResponseReturnValue:
    """The elections of this township; the administrator of a new office is led to name it first.

    Tellers and scrutineers have one thing to do while an election is counted: they land on it.
    """
    if actor().may(Permission.MANAGE_ACCOUNTS) and not queries.is_named(
        db.session(), official().township_id
    ):
        return redirect(url_for("accounts.township"), 303)
    elections = queries.of_township(db.session(), official().township_id)
    counted = counting_election(elections)
    if counted and not actor().may(Permission.SEE_RESULTS) and actor().may(Permission.ENTER_COUNT):
        return redirect(url_for("counting.work", election_id=counted.id), 303)
    if counted and actor().may(Permission.SIGN_COUNT) and not actor().may(Permission.CERTIFY):
        return redirect(url_for("counting.desk", election_id=counted.id), 303)
    return render_template("elections/index.html", elections=elections)


@bp.route("/elections/new", methods=["GET", "POST"])
@allowed(Permission.SET_UP)
def new() -> ResponseReturnValue:
    """A new election."""
    form = NewForm()
    if not form.validate_on_submit():
        page = render_template("elections/new.html", form=form)
        return page, 422 if form.errors else 200
    return perform(
        lambda act: acts.create(
            act,
            title=form.title.data.strip(),
            election_day=form.election_day.data,
            kind=form.kind.data,
        ),
        then=lambda created: url_for(".set_up", election_id=created.id),
        message=_("The election is created."),
    )


@bp.get("/elections/<int:election_id>")
@allowed(Permission.SEE_OFFICE)
def show(election_id: int) -> ResponseReturnValue:
    """Where the election stands, what is wrong, what next."""
    election = get_or_404(Election, election_id)
    place = ORDER.index(election.phase)
    ahead = ORDER[place + 1] if place + 1 < len(ORDER) else None
    session = db.session()
    return render_template(
        "elections/show.html",
        election=election,
        form=PhaseForm(obj=election),
        ahead=ahead,
        back=ORDER[place - 1] if place else None,
        missing=by_code(readiness.missing(session, election, ahead) if ahead else []),
        deadlines=deadlines(session, election, today=today()),
        work=work_of(session, election, actor()),
    )


@bp.post("/elections/<int:election_id>/stage/<to>", endpoint="move_stage")
@allowed(Permission.SET_UP)
def move_phase(election_id: int, to: str) -> ResponseReturnValue:
    """One phase on, or one back with a reason."""
    election, form = get_or_404(Election, election_id), PhaseForm()
    form.validate_on_submit()
    target = Phase(to) if to in {phase.value for phase in Phase} else None
    if target is None or form.errors:
        return redirect(url_for(".show", election_id=election.id), 303)

    def do(act: Act) -> None:
        row = require_version(act.session, Election, election_id, form)
        findings = readiness.missing(act.session, row, target)
        alerts = sum(gap.severity is Severity.ALERT for gap in findings)
        acts.move_phase(
            act,
            row,
            to=target,
            reason=form.reason.data or "",
            faults=len(findings) - alerts,
            alerts=alerts,
            records=readiness.records(act.session, row),
            staff_checked=form.staff_checked.data,
        )

    return perform(
        do, then=url_for(".show", election_id=election_id), message=_("The stage is changed.")
    )
