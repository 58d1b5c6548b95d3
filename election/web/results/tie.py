"""The committee's decision on a tie that no repeat vote resolved."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.results import certification as acts
from election.database import db
from election.models import Round
from election.queries.elections.readiness import district_name
from election.queries.results import outcomes as queries
from election.rules.access import Permission
from election.rules.results.certified import Choice, Decision
from election.web.access import allowed
from election.web.operations import get_or_404, perform
from election.web.results.blueprint import bp
from election.web.results.forms import TieForm


@bp.route("/rounds/<int:round_id>/tie", methods=["GET", "POST"])
@allowed(Permission.CERTIFY)
def decide_tie(round_id: int) -> ResponseReturnValue:
    """Record what the committee decided on a repeat vote that stayed level (R9.4)."""
    round_, form = get_or_404(Round, round_id), TieForm()
    count = queries.count_round(db.session(), round_)
    if count.result is None or not count.result.outcome.left_to_committee:
        abort(404)
    if not form.validate_on_submit():
        page = render_template(
            "results/tie.html",
            election=round_.district.congress.election,
            one=round_,
            form=form,
            tied=[(count.name(who), count.votes(who)) for who in count.result.outcome.tied],
            seats=count.result.outcome.next_seats,
            name=district_name,
        )
        return page, 422 if form.errors else 200
    decision = Decision(
        choice=Choice(form.choice.data),
        reference=form.reference.data,
        day=form.day.data,
        reason=form.reason.data,
    )
    return perform(
        lambda act: acts.decide_tie(act, acts.hold(act.session, round_id), decision),
        then=url_for(".show", round_id=round_id),
        message=_("The decision of the committee is recorded."),
    )
