"""Certify by one decision every result that leaves nothing to say."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.act import Act
from election.actions.results.together import certify_together
from election.clock import today
from election.database import db
from election.models import Congress
from election.queries.elections.readiness import district_name
from election.queries.results.together import digest_of, without_remark
from election.rules.access import Permission
from election.web.access import actor, allowed
from election.web.operations import get_or_404, perform
from election.web.results.blueprint import bp
from election.web.results.forms import TogetherForm


@bp.route("/congresses/<int:congress_id>/certify", methods=["GET", "POST"])
@allowed(Permission.CERTIFY)
def together(congress_id: int) -> ResponseReturnValue:
    """The results that can be certified together, and the decision that does it."""
    congress, form = get_or_404(Congress, congress_id), TogetherForm()
    if not form.validate_on_submit():
        return _page(congress, form), 422 if form.errors else 200

    def do(act: Act) -> None:
        certify_together(
            act,
            act.session.get_one(Congress, congress_id),
            reference=form.reference.data,
            day=form.day.data,
            digest=form.digest.data or "",
        )

    return perform(
        do,
        then=url_for(".index", election_id=congress.election_id),
        message=_("The results without a remark are certified by one decision."),
    )


def _page(congress: Congress, form: TogetherForm) -> str:
    counts = without_remark(db.session(), congress, by=actor().number, today=today())
    return render_template(
        "results/together.html",
        election=congress.election,
        congress=congress,
        counts=counts,
        digest=digest_of(counts),
        form=form,
        name=district_name,
    )
