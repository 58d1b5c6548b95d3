"""Results: what the signed sheets say, why, the committee's certificate, and the round after it."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from election.actions.results import certification as acts
from election.clock import now
from election.database import db
from election.models import Election, Result, Round
from election.queries import counting
from election.queries.elections.readiness import district_name
from election.queries.results import outcomes as queries
from election.queries.results.corrections import withdrawals
from election.queries.results.written_in import (
    certifying,
    elsewhere,
    standing,
)
from election.rules.access import Permission
from election.rules.results import WRITE_IN
from election.rules.results.rounds import (
    CERTIFIER_COUNTED,
    FOLLOWS,
    FURTHER,
    Held,
    check_day,
    proposed,
)
from election.rules.results.ties import (
    COMMITTEE,
    Choice,
    Decision,
    due,
    undecided,
)
from election.rules.results.written_in import (
    ANOTHER,
    PERSONS,
    Keeps,
    Question,
    Statement,
)
from election.rules.terms import Finding, Level, RuleViolation, finding
from election.web.access import actor, allowed
from election.web.counting.fields import MapField
from election.web.helpers import Form, download, get_or_404, perform

bp = Blueprint("results", __name__)

NEXT_WORDS: dict[str | None, str] = {
    None: _l("settled"),
    "vacant": _l("seats stay vacant"),
    "rerun_election": _l("the election is void and held again"),
    "tie_repeat_vote": _l("a repeat vote among the tied"),
    "further_election": _l("a further election for the missing seats"),
    "unresolved_tie": _l("still level: the committee decides"),
}
OPEN_WORDS: dict[str, str] = {
    "rerun_election": _l("Open the rerun election"),
    "tie_repeat_vote": _l("Open the repeat vote"),
    "further_election": _l("Open the further election"),
}
CHOICE_WORDS: dict[Choice, str] = {
    Choice.AGAIN: _l("One more repeat vote among those who are level"),
    Choice.VACANT: _l("No more votes; the seats stay vacant"),
}
FLAG_WORDS: dict[str, str] = {
    "BASIS_SENSITIVE": _l("Another reading of “those who took part” would change the result."),
    "LAW_SILENT": _l("The law is silent on a point that decides here; the committee must decide."),
}


class CertifyForm(Form):
    """The digest of the result seen, and the committee's decision."""

    digest = HiddenField()
    decision = StringField(_l("Decision of the committee"), validators=[Length(max=300)])
    identity, same, keeps = MapField(), MapField(), MapField()  # one each for a question's number


class NextForm(Form):
    """The round that follows: its day, who stands (`stand-<n>`), and the decision behind it."""

    polling_day = DateField(_l("Polling day"), validators=[InputRequired()])
    stand = MapField()
    identity, same = MapField(), MapField()  # of the write-ins among them, by the same number
    decision = StringField(_l("Decision of the committee"), validators=[Length(max=300)])
    confirmed = BooleanField(_l("The day is right."))


class TieForm(Form):
    """The committee's written decision on a tie that no repeat vote resolved."""

    choice = RadioField(
        _l("The committee decided"),
        choices=[SelectChoice(value=one.value, label=said) for one, said in CHOICE_WORDS.items()],
        validators=[InputRequired()],
    )
    reference = StringField(
        _l("Number of the written decision"), validators=[InputRequired(), Length(max=300)]
    )
    day = DateField(_l("Date of the decision"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=1000)])


@bp.get("/elections/<int:election_id>/results")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Every district with its rounds; figures and names only for those who may see results."""
    election, session = get_or_404(Election, election_id), db.session()
    rounds: dict[int, list[queries.RoundCount]] = {}
    for count in queries.counts(session, election):
        rounds.setdefault(count.round.district_id, []).append(count)
    outcomes = queries.district_outcomes(session, election)
    rows = [(own[0].round.district, own, outcomes[key]) for key, own in rounds.items()]
    return render_template(
        "results/index.html",
        election=election,
        halves=[(level, [r for r in rows if r[0].congress.level is level]) for level in _LEVELS],
        name=district_name,
        next_words=NEXT_WORDS,
        due=due,
    )


_LEVELS = (Level.TOWN, Level.COUNTY)


@bp.get("/rounds/<int:round_id>/result")
@allowed(Permission.SEE_RESULTS)
def show(round_id: int) -> ResponseReturnValue:
    """Why: the figures of one round, every step of the decision, and what follows."""
    one, session = get_or_404(Round, round_id), db.session()
    count = queries.count_round(session, one)
    form = CertifyForm(formdata=None, digest=count.digest)
    return render_template(
        "results/show.html",
        election=one.district.congress.election,
        count=count,
        steps=_steps(count),
        sheets=[(row, counting.code_of(row)) for row in one.sheets],
        notes=[note for row in one.sheets for note in row.notes if note.code],
        name=district_name,
        form=form,
        warnings=_certifier(session, one),
        follower=queries.follower(session, one),
        withdrawals=withdrawals(session, one),
        questions=_questions(session, count),
        another=ANOTHER,
        tied=[count.name(who) for who in count.result.outcome["tied"]] if count.result else [],
        seal=_seal(count),
        next=_next(count),
        flags=_flags(count),
        next_words=NEXT_WORDS,
        open_words=OPEN_WORDS,
        flag_words=FLAG_WORDS,
    )


def _questions(session: Session, count: queries.RoundCount) -> list[Question]:
    """What the committee has to say of people before it certifies."""
    if count.result is not None or count.outcome is None:
        return []
    return certifying(session, count.round, count.outcome.to_json())


def _said(form: CertifyForm, asked: list[Question]) -> dict[str, Statement]:
    words = {keeps.value: keeps for keeps in Keeps}
    return {
        one.who: Statement(
            identity=form.identity.text(str(n))[:300],
            same_as=form.same.text(str(n)),
            keeps=words.get(form.keeps.text(str(n))),
        )
        for n, one in enumerate(asked)
    }


def _next(count: queries.RoundCount) -> str | None:
    """What follows: as certified and decided, else as the law reads the figures now."""
    if count.result is not None:
        return due(count.result.outcome)
    return count.outcome.next.value if count.outcome and count.outcome.next else None


def _flags(count: queries.RoundCount) -> list[str]:
    if count.result is not None:
        return [str(flag) for flag in count.result.outcome["flags"]]
    return [flag.value for flag in count.outcome.flags] if count.outcome else []


def _steps(count: queries.RoundCount) -> list[Any]:
    """As certified, else as the law reads the figures now."""
    if count.result is not None:
        return list(count.result.outcome["steps"])
    return list(count.outcome.steps) if count.outcome else []


def _certifier(session: Session, one: Round) -> list[Finding]:
    """A warning for an official who would certify what they counted."""
    me = actor()
    if not me.may(Permission.CERTIFY) or me.number not in queries.counted_by(session, one):
        return []
    return [finding(CERTIFIER_COUNTED, number=me.number)]


def _seal(count: queries.RoundCount) -> str | None:
    one = count.round
    if count.result is None:
        return None
    what = "result.decide_tie" if COMMITTEE in count.result.outcome else "result.certify"
    return counting.record_code(db.session(), one.township_id, what, one.code)


@bp.post("/rounds/<int:round_id>/certify")
@allowed(Permission.CERTIFY)
def certify(round_id: int) -> ResponseReturnValue:
    """The committee certifies the result seen."""
    get_or_404(Round, round_id)
    form = CertifyForm()
    form.validate_on_submit()

    def act(session: Session) -> None:
        one = acts.hold(session, round_id)
        decision, digest = form.decision.data or "", form.digest.data or ""
        said = _said(form, _questions(session, queries.count_round(session, one)))
        acts.certify(
            session, one, digest=digest, decision=decision[:300], said=said, by=actor(), at=now()
        )

    there = url_for(".show", round_id=round_id)
    return perform(act, then=there, said=_("The result is certified."))


@bp.route("/rounds/<int:round_id>/next", methods=["GET", "POST"])
@allowed(Permission.CERTIFY)
def next_round(round_id: int) -> ResponseReturnValue:
    """Open the round the law asks for: a repeat vote, a further election, a rerun."""
    one, form = get_or_404(Round, round_id), NextForm()
    result = queries.count_round(db.session(), one).result
    if result is None or due(result.outcome) not in FOLLOWS:
        abort(404)
    last = queries.held(db.session(), one, result)
    valid = form.validate_on_submit()
    late = _late(form, one) if valid else []
    if not valid or (late and not form.confirmed.data):
        return _next_page(one, form, last, result, late)
    day, decision = form.polling_day.data, form.decision.data or ""
    chosen, said = _chosen(form, last), _said_of_chosen(form, last)
    return perform(
        lambda session: acts.open_next(
            session, acts.hold(session, round_id), polling_day=day, chosen=chosen,
            decision=decision, said=said, by=actor(), at=now(),
        ),
        then=lambda made: url_for(".show", round_id=made.id),
        said=_("The round is open; its sheets are ready to be counted."),
    )  # fmt: skip


def _late(form: NextForm, one: Round) -> list[Finding]:
    """A warning for a late day; a day before the last ballot is told at the field."""
    profile = one.district.congress.election.profile
    try:
        return check_day(form.polling_day.data, one.polling_day, profile=profile)
    except RuleViolation as refused:
        return [Finding(refused.code, ("polling_day",), refused.facts)]


def _order(last: Held) -> list[str]:
    legal = last.outcome.get("next_candidates")
    return list(legal["order"]) if legal else []


def _chosen(form: NextForm, last: Held) -> list[str]:
    order = _order(last)
    return [order[int(key)] for key in form.stand.data if key.isdecimal() and int(key) < len(order)]


def _said_of_chosen(form: NextForm, last: Held) -> dict[str, Statement]:
    return {
        who: Statement(identity=form.identity.text(str(n))[:300], same_as=form.same.text(str(n)))
        for n, who in enumerate(_order(last))
        if who.startswith(WRITE_IN)
    }


def _to_identify(one: Round, last: Held) -> list[tuple[int, Question]]:
    """Place in the order and question of every write-in of whom nothing is said yet."""
    known = last.outcome.get(PERSONS, {})
    new = [who for who in _order(last) if who.startswith(WRITE_IN) and who not in known]
    others = elsewhere(db.session(), one.district) if new else []
    return [(_order(last).index(q.who), q) for q in standing(others, new)]


def _next_page(
    one: Round, form: NextForm, last: Held, result: Result, late: list[Finding]
) -> ResponseReturnValue:
    ticked = _chosen(form, last) if form.is_submitted() else proposed(last)
    legal = last.outcome.get("next_candidates")
    if not form.is_submitted():
        form.decision.data = result.decision
    page = render_template(
        "results/next.html",
        election=one.district.congress.election,
        one=one,
        form=form,
        kind=FOLLOWS[str(due(last.outcome))],
        further=FURTHER,
        order=[
            (n, last.name(who), last.votes.get(who, 0), who.startswith(WRITE_IN), who in ticked)
            for n, who in enumerate(_order(last))
            if who not in last.inactive
        ],
        unidentified=_to_identify(one, last),
        another=ANOTHER,
        legal=legal,
        tied=[(last.name(who), last.votes.get(who, 0)) for who in last.outcome["tied"]],
        gone=[last.name(who) for who in last.candidates if who in last.inactive],
        seats=last.outcome["next_seats"],
        name=district_name,
        late=late,
        open_words=OPEN_WORDS,
    )
    return page, 422 if form.errors or late else 200


@bp.route("/rounds/<int:round_id>/tie", methods=["GET", "POST"])
@allowed(Permission.CERTIFY)
def decide_tie(round_id: int) -> ResponseReturnValue:
    """Record what the committee decided on a repeat vote that stayed level (R9.4)."""
    one, form = get_or_404(Round, round_id), TieForm()
    count = queries.count_round(db.session(), one)
    if count.result is None or not undecided(count.result.outcome):
        abort(404)
    if not form.validate_on_submit():
        page = render_template(
            "results/tie.html",
            election=one.district.congress.election,
            one=one,
            form=form,
            tied=[(count.name(who), count.votes(who)) for who in count.result.outcome["tied"]],
            seats=count.result.outcome["next_seats"],
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
        lambda session: acts.decide_tie(
            session, acts.hold(session, round_id), decision, by=actor(), at=now()
        ),
        then=url_for(".show", round_id=round_id),
        said=_("The decision of the committee is recorded."),
    )


@bp.get("/rounds/<int:round_id>/record.pdf")
@allowed(Permission.SEE_RESULTS)
def record(round_id: int) -> ResponseReturnValue:
    """The result record (计票结果报告单) of a certified round, with its steps and check code."""
    from election.reports.documents.result_sheet import (  # noqa: PLC0415 - heavy
        ResultRecord,
        result_sheet,
    )

    one = get_or_404(Round, round_id)
    count = queries.count_round(db.session(), one)
    if count.result is None:
        abort(404)
    body = result_sheet(ResultRecord(**_told(count, count.result)))
    return download(body, name=f"计票结果报告单-{one.code}.pdf", mime="application/pdf")


def _bracketed(name: str) -> str:
    return f"（{name}）" if name else ""


def _told(count: queries.RoundCount, result: Result) -> dict[str, Any]:
    """A certified round in the words and numbers of the paper."""
    one = count.round
    congress = one.district.congress
    lines = count.candidates()
    return {
        "election": congress.election.title,
        "congress": congress.name,
        "district": district_name(one.district).zh + _bracketed(one.district.name),
        "round_kind": one.kind.value,
        "round_number": one.number,
        "polling_day": one.polling_day,
        "seats": one.seats,
        "registered": one.district.registered,
        "totals": dict(result.totals),
        "places": count.places,
        "lines": [
            (line.name, line.written_in, line.votes, line.against, line.abstain, line.elected)
            for line in lines
        ],
        "need": result.outcome["need"],
        "elected": [count.name(who) for who in result.outcome["elected"]],
        "steps": [
            (s["text"]["zh"], f"{s['rule']} {s['article']}") for s in result.outcome["steps"]
        ],
        "decision": result.decision,
        "certified_at": result.certified_at,
        "certified_by": result.certified_by,
        "seal": _seal(count) or "",
    }
