"""The round after a certified one: who stands, when, and on whose decision."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from election.actions.results import certification as acts
from election.database import db
from election.models import Result, Round
from election.queries.elections.readiness import district_name
from election.queries.results import outcomes as queries
from election.queries.results.written_in import elsewhere, standing
from election.rules.access import Permission
from election.rules.counting import WRITE_IN
from election.rules.results.outcome import most_votes_first
from election.rules.results.rounds import FOLLOWS, FURTHER, Held, check_day, proposed
from election.rules.results.written_in import ANOTHER, PersonQuestion, Statement
from election.rules.terms import Finding, RuleViolation
from election.web.access import allowed
from election.web.operations import get_or_404, perform
from election.web.results.blueprint import bp
from election.web.results.forms import NextForm
from election.web.results.words import OPEN_WORDS


@bp.route("/rounds/<int:round_id>/next", methods=["GET", "POST"])
@allowed(Permission.CERTIFY)
def next_round(round_id: int) -> ResponseReturnValue:
    """Open the round the law asks for: a repeat vote, a further election, a rerun."""
    round_, form = get_or_404(Round, round_id), NextForm()
    result = queries.count_round(db.session(), round_).result
    if result is None or result.outcome.due not in FOLLOWS:
        abort(404)
    last = queries.held(db.session(), round_, result)
    valid = form.validate_on_submit()
    late = _late(form, round_) if valid else []
    if not valid or (late and not form.confirmed.data):
        return _next_page(round_, form, last, result, late)
    day, decision = form.polling_day.data, form.decision.data or ""
    chosen, statements = _chosen(form, last), _statements(form, last)
    return perform(
        lambda act: acts.open_next(
            act,
            acts.hold(act.session, round_id),
            polling_day=day,
            chosen=chosen,
            decision=decision,
            statements=statements,
        ),
        then=lambda opened: url_for(".show", round_id=opened.id),
        message=_("The round is open; its sheets are ready to be counted."),
    )


def _late(form: NextForm, round_: Round) -> list[Finding]:
    """A warning for a late day; a day before the last ballot is told at the field."""
    profile = round_.district.congress.election.profile
    try:
        return check_day(form.polling_day.data, round_.polling_day, profile=profile)
    except RuleViolation as refused:
        return [Finding(refused.code, ("polling_day",), refused.facts)]


def _order(last: Held) -> list[str]:
    legal = last.outcome.next_candidates
    return list(legal.order) if legal else []


def _tied(last: Held) -> tuple[str, ...]:
    return most_votes_first(last.votes, last.outcome.tied)


def _chosen(form: NextForm, last: Held) -> list[str]:
    order = _order(last)
    return [order[int(key)] for key in form.stand.data if key.isdecimal() and int(key) < len(order)]


def _statements(form: NextForm, last: Held) -> dict[str, Statement]:
    return {
        who: Statement(identity=form.identity.text(str(n))[:300], same_as=form.same.text(str(n)))
        for n, who in enumerate(_order(last))
        if who.startswith(WRITE_IN)
    }


def _to_identify(round_: Round, last: Held) -> list[tuple[int, PersonQuestion]]:
    """Place in the order and question of every write-in of whom nothing is said yet."""
    certified = last.outcome.persons
    new = [who for who in _order(last) if who.startswith(WRITE_IN) and who not in certified]
    people = elsewhere(db.session(), round_.district) if new else []
    return [(_order(last).index(q.who), q) for q in standing(people, new)]


def _next_page(
    round_: Round, form: NextForm, last: Held, result: Result, late: list[Finding]
) -> ResponseReturnValue:
    ticked = _chosen(form, last) if form.is_submitted() else proposed(last)
    legal = last.outcome.next_candidates
    if not form.is_submitted():
        form.decision.data = result.decision
    page = render_template(
        "results/next.html",
        election=round_.district.congress.election,
        one=round_,
        form=form,
        kind=FOLLOWS[last.outcome.due],
        further=FURTHER,
        order=[
            (
                _order(last).index(who),
                last.name(who),
                last.votes[who],
                who.startswith(WRITE_IN),
                who in ticked,
            )
            for who in most_votes_first(last.votes, _order(last))
            if who not in last.inactive
        ],
        unidentified=_to_identify(round_, last),
        another=ANOTHER,
        legal=legal,
        tied=[(last.name(who), last.votes[who]) for who in _tied(last)],
        gone=[last.name(who) for who in last.candidates if who in last.inactive],
        seats=last.outcome.next_seats,
        name=district_name,
        late=late,
        open_words=OPEN_WORDS,
    )
    return page, 422 if form.errors or late else 200
