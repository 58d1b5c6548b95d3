"""Acts on results: the committee certifies a round, and opens the one the law asks for."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.counting.rounds import NewRound, facts, open_round
from election.clock import local
from election.models import Candidacy, CandidacyStatus, Congress, Person, Result, Round, RoundKind
from election.queries.candidates.order import ordered
from election.queries.results import written_in
from election.queries.results.corrections import pending
from election.queries.results.outcomes import RoundCount, count_round, follower, held
from election.rules.access import Permission
from election.rules.counting import WRITE_IN
from election.rules.elections.phases import require_open
from election.rules.results import Outcome
from election.rules.results import rounds as rules
from election.rules.results.certified import CertifiedOutcome, Decision, Identified
from election.rules.results.codes import (
    CERTIFIED,
    CHANGED,
    IMPOSSIBLE,
    NO_DECISION,
    NO_ROLL,
    NOT_CERTIFIED,
    OPEN_ALREADY,
    UNSIGNED,
)
from election.rules.results.corrections import require_certain
from election.rules.results.ties import decided
from election.rules.results.together import check_day
from election.rules.results.written_in import Statement, needs_decision, standing, stated
from election.rules.terms import RuleViolation

_NOTHING_SAID: Mapping[str, Statement] = MappingProxyType({})


def hold(session: Session, round_id: int) -> Round:
    """A round, held until this transaction ends: two certifications wait in line."""
    query = select(Round).where(Round.id == round_id).with_for_update(of=Round)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def certify(
    act: Act,
    round_: Round,
    *,
    digest: str,
    decision: str,
    decided_on: date | None = None,
    statements: Mapping[str, Statement] = _NOTHING_SAID,
) -> Result:
    """Certify the outcome of a round whose sheets are all signed; the round must be on `hold`.

    digest: of the result seen. decision: number or date of the committee's written decision,
    demanded where the law is silent or an alert stands. decided_on: the day it decided, which
    stands behind the number. statements: what the committee verified
    of write-ins, and which seat somebody elected twice takes, by id (queries/written_in).
    Raises R.601-R.605, R.607, R.628, R.630, R.631, R.639, R.643.
    """
    require_open("results", round_.district.congress.election.phase)
    today = local(act.at).date()
    rules.check_voted(round_.polling_day, today=today, decision=decision)
    if decided_on is not None:
        check_day(decided_on, round_.polling_day, today=today)
    queue(act.session, round_.district.plan.congress_id)
    count = count_round(act.session, round_)
    outcome = CertifiedOutcome.of(_require_certifiable(count, digest, decision))
    questions = written_in.certifying(act.session, round_, outcome)
    if needs_decision(questions) and not decision.strip():
        raise RuleViolation(NO_DECISION)
    result = Result(
        township_id=round_.township_id,
        round_id=round_.id,
        outcome_json=stated(outcome, questions, statements, decision=decision.strip()).to_json(),
        totals=dict(count.totals or {}),
        decision=dated(decision, decided_on),
        certified_at=act.at,
        certified_by=act.by.number,
    )
    act.session.add(result)
    _record_certified(act, round_, result)
    return result


def _record_certified(act: Act, round_: Round, result: Result) -> None:
    data = {
        "election": round_.district.congress.election_id,
        "round": round_.code,
        "outcome": result.outcome_json,
        "totals": result.totals,
        "decision": result.decision,
    }
    act.record(under=Permission.CERTIFY, what="result.certify", subject=round_.code, data=data)


def dated(reference: str, day: date | None) -> str:
    """A decision as it is kept: its number, then its day (ISO)."""
    return f"{reference.strip()} {day.isoformat() if day else ''}".strip()


def queue(session: Session, congress_id: int) -> None:
    """Districts of a congress are certified one by one: each sees whom the others elect."""
    congress = select(Congress.id).where(Congress.id == congress_id)
    session.execute(congress.with_for_update())


def _require_certifiable(count: RoundCount, digest: str, decision: str) -> Outcome:
    if count.result is not None:
        raise RuleViolation(CERTIFIED)
    if not count.complete:
        raise RuleViolation(UNSIGNED, places=count.places, reported=count.signed)
    if count.round.district.registered is None:
        raise RuleViolation(NO_ROLL)
    if count.outcome is None:
        raise RuleViolation(IMPOSSIBLE, faults=len(count.problems))
    if digest != count.digest:
        raise RuleViolation(CHANGED)
    if count.needs_decision and not decision.strip():
        raise RuleViolation(NO_DECISION)
    return count.outcome


def open_next(
    act: Act,
    last: Round,
    *,
    polling_day: date,
    chosen: Sequence[str] = (),
    decision: str = "",
    statements: Mapping[str, Statement] = _NOTHING_SAID,
) -> Round:
    """Open the round that a certified one asks for; the certified round must be on `hold`.

    chosen: for a further election, who stands (ids or "write-in:NAME"). People written in become
    candidacies of this district; statements: what the committee verified of them, by id.
    Raises R.611-R.620, R.628, R.630, R.634, R.638.
    """
    election = last.district.congress.election
    require_open("counting", election.phase)
    result = _last_certified(act.session, last)
    plan = rules.plan_next(held(act.session, last, result), chosen=chosen, decision=decision)
    rules.check_day(polling_day, last.polling_day, profile=election.profile)
    identified = _identified(act.session, last, result, plan.candidates, statements)
    opened = open_round(
        act.session,
        NewRound(
            district=last.district,
            number=_next_number(act.session, last),
            kind=RoundKind(plan.kind),
            counts_as=plan.counts_as,
            attempt=plan.attempt,
            seats=plan.seats,
            polling_day=polling_day,
            candidates=_ballot(act.session, last, plan.candidates, identified),
            previous_id=last.id,
            decision=decision.strip(),
        ),
    )
    _record_opened(act, opened, last, identified)
    return opened


def _record_opened(
    act: Act, opened: Round, last: Round, identified: Mapping[str, Identified]
) -> None:
    data = {
        "election": opened.district.congress.election_id,
        **facts(opened),
        "decision": opened.decision,
        "after": last.code,
    }
    if identified:
        data["persons"] = {who: person.to_json() for who, person in identified.items()}
    act.record(under=Permission.CERTIFY, what="count.open_next", subject=opened.code, data=data)


def decide_tie(act: Act, round_: Round, decision: Decision) -> Result:
    """Record what the committee decided on a repeat vote that stayed level; hold the round.

    The law is silent (R9.4): one more repeat vote, or vacant seats; nobody is named by the program.
    Until a round follows, a later decision replaces the earlier one; the chain keeps both.
    Raises R.612, R.613, R.624-R.627.
    """
    election = round_.district.congress.election
    require_open("counting", election.phase)
    result = _last_certified(act.session, round_)
    result.outcome_json = decided(
        result.outcome, decision, polling_day=round_.polling_day, today=local(act.at).date()
    ).to_json()
    data = {"election": election.id, "round": round_.code, "outcome": result.outcome_json}
    act.record(under=Permission.CERTIFY, what="result.decide_tie", subject=round_.code, data=data)
    return result


def _last_certified(session: Session, round_: Round) -> Result:
    """The certificate of a round that no other round follows yet."""
    result = session.scalar(select(Result).where(Result.round_id == round_.id))
    if result is None:
        raise RuleViolation(NOT_CERTIFIED)
    if follower(session, round_) is not None:
        raise RuleViolation(OPEN_ALREADY)
    require_certain(pending=pending(session, round_) is not None)
    return result


def _next_number(session: Session, round_: Round) -> int:
    last = select(func.max(Round.number)).where(Round.district_id == round_.district_id)
    return (session.scalar(last) or 0) + 1


def _identified(
    session: Session,
    last: Round,
    result: Result,
    ids: Sequence[str],
    statements: Mapping[str, Statement],
) -> dict[str, Identified]:
    """Of each write-in who is to stand: as certified with the round, else as said now."""
    certified: Mapping[str, Identified] = result.outcome.persons
    earlier = {who: certified[who] for who in ids if who in certified}
    new = [who for who in ids if who.startswith(WRITE_IN) and who not in certified]
    if not new:
        return earlier
    questions = written_in.standing(written_in.elsewhere(session, last.district), new)
    return earlier | standing(questions, statements)


def _ballot(
    session: Session, last: Round, ids: Sequence[str], identified: Mapping[str, Identified]
) -> tuple[Candidacy, ...]:
    """The people in stroke order; where nobody new stands, in the order of the ballot before."""
    printed = {row.candidacy.code: row.candidacy for row in last.candidates}
    people = [
        printed[who] if who in printed else _written_in(session, last, who, identified.get(who))
        for who in ids
    ]
    profile = last.district.congress.election.profile
    return ordered(people, profile=profile, confirmed=tuple(printed))[0]


def _written_in(
    session: Session, last: Round, who: str, identified: Identified | None
) -> Candidacy:
    """Somebody voters wrote in becomes a candidate of this district (R9.10).

    A person known from another district stays one person; a candidacy from a round that was taken
    away again is taken up.
    """
    name = who.removeprefix(WRITE_IN)
    same_as = identified.same_as if identified else None
    person = written_in.person_elsewhere(session, same_as) or _person(session, last, name)
    of_person = (Candidacy.district_id == last.district_id, Candidacy.person_id == person.id)
    candidacy = session.scalar(select(Candidacy).where(*of_person))
    if candidacy is None:
        candidacy = Candidacy(
            township_id=last.township_id,
            district_id=last.district_id,
            person_id=person.id,
            person=person,
        )
        session.add(candidacy)
    candidacy.status, candidacy.reason = CandidacyStatus.WRITE_IN, last.code
    session.flush()
    return candidacy


def _person(session: Session, last: Round, name: str) -> Person:
    """The person of this name who was written in here before, else a new one."""
    before = (
        select(Person)
        .join(Candidacy, Candidacy.person_id == Person.id)
        .where(
            Candidacy.district_id == last.district_id,
            Candidacy.reason == last.code,
            Candidacy.status == CandidacyStatus.WITHDRAWN,
            Person.name == name,
        )
    )
    person = session.scalar(before)
    if person is None:
        election_id = last.district.congress.election_id
        person = Person(township_id=last.township_id, election_id=election_id, name=name)
        session.add(person)
        session.flush()
    return person
