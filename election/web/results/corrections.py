"""Withdrawing the certificate of a round: the director asks, a scrutineer grants or declines."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from election.actions.act import Act
from election.actions.results import corrections as acts
from election.actions.results.certification import hold
from election.database import db
from election.models import Round, Withdrawal
from election.queries.elections.readiness import district_name
from election.queries.results.corrections import counted_follower, withdrawals
from election.queries.results.outcomes import count_round, votes_of
from election.rules.access import Permission
from election.rules.results.codes import FOLLOWED
from election.rules.results.outcome import most_votes_first
from election.rules.terms import finding
from election.web.access import actor, allowed
from election.web.forms import Form, decision_day
from election.web.operations import get_or_404, perform

bp = Blueprint("corrections", __name__)


class AskForm(Form):
    """Why the certificate is wrong, and the committee's decision to withdraw it."""

    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])
    reference = StringField(
        _l("Number of the written decision"), validators=[InputRequired(), Length(max=280)]
    )
    day = decision_day()


class AnswerForm(Form):
    """What the second person decides."""

    answer = RadioField(
        _l("Your decision"),
        choices=[
            SelectChoice(value="grant", label=_l("Grant: the certificate is withdrawn")),
            SelectChoice(value="decline", label=_l("Decline: the certificate stands")),
        ],
        validators=[InputRequired()],
    )
    note = StringField(
        _l("What you compared and found"), validators=[InputRequired(), Length(max=300)]
    )


@bp.get("/rounds/<int:round_id>/withdrawal")
@allowed(Permission.SEE_RESULTS)
def show(round_id: int) -> ResponseReturnValue:
    """The withdrawals of a round, and the form of whoever may take the next step."""
    return _page(get_or_404(Round, round_id), AskForm(), AnswerForm())


@bp.post("/rounds/<int:round_id>/withdrawal")
@allowed(Permission.CERTIFY)
def ask(round_id: int) -> ResponseReturnValue:
    """Ask that the certificate be withdrawn."""
    round_, form = get_or_404(Round, round_id), AskForm()
    if not form.validate_on_submit():
        return _page(round_, form, AnswerForm(formdata=None))
    reason, reference = form.reason.data or "", form.reference.data or ""

    def do(act: Act) -> Withdrawal:
        return acts.ask_withdrawal(
            act,
            hold(act.session, round_id),
            reason=reason,
            reference=reference,
            decided_on=form.day.data,
        )

    target = url_for(".show", round_id=round_id)
    return perform(do, then=target, message=_("Asked; a scrutineer, another person, now decides."))


@bp.post("/rounds/<int:round_id>/withdrawal/answer")
@allowed(Permission.SIGN_COUNT)
def answer(round_id: int) -> ResponseReturnValue:
    """Grant or decline the withdrawal that was asked for."""
    round_, form = get_or_404(Round, round_id), AnswerForm()
    if not form.validate_on_submit():
        return _page(round_, AskForm(formdata=None), form)
    granted, note = form.answer.data == "grant", form.note.data or ""

    def do(act: Act) -> Withdrawal:
        return acts.decide_withdrawal(act, hold(act.session, round_id), granted=granted, note=note)

    message = (
        _("The certificate is withdrawn and stays on file; the director may open its sheets again.")
        if granted
        else _("The withdrawal is declined; the certificate stands.")
    )
    return perform(do, then=url_for("results.show", round_id=round_id), message=message)


def _page(round_: Round, asking: AskForm, answering: AnswerForm) -> ResponseReturnValue:
    session = db.session()
    count, rows = count_round(session, round_), withdrawals(session, round_)
    waiting = next((row for row in rows if row.decided_at is None), None)
    after = counted_follower(session, round_)
    page = render_template(
        "results/withdrawal.html",
        election=round_.district.congress.election,
        one=round_,
        name=district_name,
        names=count.name,
        votes=lambda totals: votes_of(round_, totals),
        elected=lambda certificate: most_votes_first(
            votes_of(round_, certificate["totals"]), certificate["outcome"]["elected"]
        ),
        certified=count.result is not None,
        rows=rows,
        waiting=waiting,
        followed=[finding(FOLLOWED, round=after)] if after else [],
        mine=waiting is not None and waiting.asked_by == actor().number,
        asking=asking,
        answering=answering,
    )
    return page, 422 if asking.errors or answering.errors else 200
