"""Results: what the signed sheets say, why, and the committee's certificate."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.results import certification as acts
from election.database import db
from election.models import Election, Round
from election.queries import counting
from election.queries.elections.readiness import district_name
from election.queries.results import outcomes as queries
from election.queries.results.corrections import withdrawals
from election.queries.results.districts import district_outcomes
from election.queries.results.written_in import certifying
from election.rules.access import Permission
from election.rules.counting import Papers
from election.rules.results.certified import CertifiedOutcome, Keeps
from election.rules.results.codes import CERTIFIER_COUNTED
from election.rules.results.written_in import ANOTHER, PersonQuestion, Statement
from election.rules.terms import Finding, Level, finding
from election.web.access import actor, allowed
from election.web.operations import get_or_404, perform
from election.web.results.blueprint import bp
from election.web.results.forms import CertifyForm
from election.web.results.record import seal
from election.web.results.words import FLAG_WORDS, NEXT_WORDS, OPEN_WORDS


@bp.get("/elections/<int:election_id>/results")
@allowed(Permission.SEE_OFFICE)
def index(election_id: int) -> ResponseReturnValue:
    """Every district with its rounds; figures and names only for those who may see results."""
    election, session = get_or_404(Election, election_id), db.session()
    rounds: dict[int, list[queries.RoundCount]] = {}
    for count in queries.counts(session, election):
        rounds.setdefault(count.round.district_id, []).append(count)
    outcomes = district_outcomes(session, election)
    rows = [(counts[0].round.district, counts, outcomes[key]) for key, counts in rounds.items()]
    counts = [count for own in rounds.values() for count in own]
    waiting = _waiting(counts)
    return render_template(
        "results/index.html",
        election=election,
        halves=[(level, [r for r in rows if r[0].congress.level is level]) for level in _LEVELS],
        total=len(counts),
        certified=sum(count.result is not None for count in counts),
        waiting=waiting,
        first_waiting=next((level for level in _LEVELS if waiting[level]), None),
        name=district_name,
        next_words=NEXT_WORDS,
    )


_LEVELS = (Level.TOWN, Level.COUNTY)


def _waiting(counts: list[queries.RoundCount]) -> dict[Level, int]:
    """Level -> how many rounds are counted, decided, and not certified."""
    open_ = [count for count in counts if count.outcome and count.result is None]
    levels = [count.round.district.congress.level for count in open_]
    return {level: levels.count(level) for level in _LEVELS}


@bp.get("/rounds/<int:round_id>/result")
@allowed(Permission.SEE_RESULTS)
def show(round_id: int) -> ResponseReturnValue:
    """Why: the figures of one round, every step of the decision, and what follows."""
    return _page(get_or_404(Round, round_id))


def _page(round_: Round, sent: CertifyForm | None = None) -> str:
    """The page of a round; a certificate that was sent with faults stays as it was typed."""
    session = db.session()
    count = queries.count_round(session, round_)
    form, outcome = sent or CertifyForm(formdata=None, digest=count.digest), _outcome(count)
    return render_template(
        "results/show.html",
        election=round_.district.congress.election,
        count=count,
        steps=outcome.steps if outcome else (),
        heads=tuple(Papers),
        sheets=[(row, counting.code_of(row)) for row in round_.sheets],
        notes=[note for row in round_.sheets for note in row.notes if note.code],
        name=district_name,
        form=form,
        warnings=_certifier(session, round_),
        follower=queries.follower(session, round_),
        withdrawals=withdrawals(session, round_),
        questions=_questions(session, count),
        another=ANOTHER,
        tied=count.tied_names() if count.result else (),
        seal=seal(count),
        next_waiting=_next_waiting(session, count),
        next=outcome.due if outcome else None,
        flags=outcome.flags if outcome else (),
        next_words=NEXT_WORDS,
        open_words=OPEN_WORDS,
        flag_words=FLAG_WORDS,
    )


def _next_waiting(session: Session, count: queries.RoundCount) -> Round | None:
    """For who has just certified this round: the next one that waits."""
    if count.result is None or not actor().may(Permission.CERTIFY):
        return None
    election = count.round.district.congress.election
    waiting = (c.round for c in queries.counts(session, election) if c.outcome and not c.result)
    return next(waiting, None)


def _questions(session: Session, count: queries.RoundCount) -> list[PersonQuestion]:
    """What the committee has to say of people before it certifies."""
    if count.result is not None or count.outcome is None:
        return []
    return certifying(session, count.round, count.outcome)


def _statements(form: CertifyForm, questions: list[PersonQuestion]) -> dict[str, Statement]:
    words = {keeps.value: keeps for keeps in Keeps}
    return {
        question.who: Statement(
            identity=form.identity.text(str(n))[:300],
            same_as=form.same.text(str(n)),
            keeps=words.get(form.keeps.text(str(n))),
        )
        for n, question in enumerate(questions)
    }


def _outcome(count: queries.RoundCount) -> CertifiedOutcome | None:
    """As certified and decided, else as the law reads the figures now."""
    if count.result is not None:
        return count.result.outcome
    return CertifiedOutcome.of(count.outcome) if count.outcome else None


def _certifier(session: Session, round_: Round) -> list[Finding]:
    """A warning for an official who would certify what they counted."""
    me = actor()
    if not me.may(Permission.CERTIFY) or me.number not in queries.counted_by(session, round_):
        return []
    return [finding(CERTIFIER_COUNTED)]


@bp.post("/rounds/<int:round_id>/certify")
@allowed(Permission.CERTIFY)
def certify(round_id: int) -> ResponseReturnValue:
    """The committee certifies the result seen."""
    stored, form = get_or_404(Round, round_id), CertifyForm()
    if not form.validate_on_submit():
        return _page(stored, form), 422

    def do(act: Act) -> None:
        round_ = acts.hold(act.session, round_id)
        decision, digest = form.decision.data or "", form.digest.data or ""
        statements = _statements(
            form, _questions(act.session, queries.count_round(act.session, round_))
        )
        acts.certify(
            act,
            round_,
            digest=digest,
            decision=decision,
            decided_on=form.day.data,
            statements=statements,
        )

    target = url_for(".show", round_id=round_id)
    return perform(do, then=target, message=_("The result is certified."))
