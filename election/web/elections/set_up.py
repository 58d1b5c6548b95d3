"""Set-up of an election: title, day, law, and the number of deputies of each congress."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.elections import set_up as acts
from election.models import Congress, Election, PopulationBasis
from election.rules.access import Permission
from election.rules.elections.phases import Phase
from election.rules.elections.quota import check_fixed, kind_of, quota
from election.rules.profile import Profile, recorded_profile
from election.rules.terms import Finding, Level
from election.web.access import actor, allowed
from election.web.elections.blueprint import bp
from election.web.elections.forms import CongressForm, ElectionForm
from election.web.elections.law import law_lines
from election.web.forms import answers, require_version
from election.web.operations import get_or_404, perform


@bp.get("/elections/<int:election_id>/set-up")
@allowed(Permission.SEE_OFFICE)
def set_up(election_id: int) -> ResponseReturnValue:
    """The congresses, title and day, the law in force. Everybody may look, the director changes."""
    election = get_or_404(Election, election_id)
    return _set_up_page(election, ElectionForm(obj=election))


def _set_up_page(election: Election, form: ElectionForm) -> ResponseReturnValue:
    page = render_template(
        "elections/set_up.html",
        election=election,
        form=form,
        checks=_checks(election),
        law=law_lines(election),
        refused=election.profile.refused,
        editable=election.phase is Phase.SET_UP and actor().may(Permission.SET_UP),
    )
    return page, 422 if form.errors else 200


@bp.post("/elections/<int:election_id>/set-up")
@allowed(Permission.SET_UP)
def change(election_id: int) -> ResponseReturnValue:
    """Store another title or day."""
    election, form = get_or_404(Election, election_id), ElectionForm()
    if not form.validate_on_submit():
        return _set_up_page(election, form)

    def do(act: Act) -> None:
        row = require_version(act.session, Election, election_id, form)
        acts.change(act, row, title=form.title.data.strip(), election_day=form.election_day.data)

    return perform(do, then=url_for(".set_up", election_id=election_id), message=_("Saved."))


@bp.route("/elections/<int:election_id>/congresses/<level>", methods=["GET", "POST"])
@allowed(Permission.SET_UP)
def congress(election_id: int, level: str) -> ResponseReturnValue:
    """What is fixed for one congress; the formula stands beside it."""
    election = get_or_404(Election, election_id)
    if level not in {member.value for member in Level}:
        return redirect(url_for(".set_up", election_id=election_id), 303)
    stored = next((c for c in election.congresses if c.level.value == level), None)
    form = CongressForm(obj=stored)
    if not form.validate_on_submit():
        page = render_template(
            "elections/congress.html",
            election=election,
            form=form,
            level=Level(level),
            checks=_checks(election),
        )
        return page, 422 if form.errors else 200

    def do(act: Act) -> Congress:
        row = act.session.get_one(Election, election_id)
        if stored is not None:
            require_version(act.session, Congress, stored.id, form)
        fields = answers(form)
        fields["decision_reference"] = (fields["decision_reference"] or "").strip()
        fields["population_source"] = fields["population_source"] or ""
        return acts.set_congress(act, row, level=Level(level), **fields)

    return perform(do, then=url_for(".set_up", election_id=election_id), message=_("Saved."))


def _checks(election: Election) -> dict[Level, tuple[Any, list[Finding]]]:
    """Level -> (formula, findings). Only the town's number follows from the town's people."""
    checks: dict[Level, tuple[Any, list[Finding]]] = {}
    for body in election.congresses:
        if body.level is Level.TOWN and body.population:
            drawn = quota(
                Level.TOWN,
                body.population,
                kind=kind_of(election.township.name),
                profile=_counting(election, body.population_basis),
            )
            checks[body.level] = (
                drawn,
                check_fixed(drawn, body.approved_seats, basis_confirmed=body.population_confirmed),
            )
    return checks


def _counting(election: Election, basis: PopulationBasis) -> Profile:
    """The law of the election with the population basis of one congress (R1.9)."""
    raw = {name: override["value"] for name, override in election.overrides.items()}
    counted = raw | {"population_basis": basis.value}
    return recorded_profile(counted, name=election.profile_name)
