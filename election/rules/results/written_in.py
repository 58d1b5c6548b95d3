"""Who is written in, and that one person holds one seat of a level (R5.17, R8.11, R9.13).

A write-in is a name on ballots until people say who it is. With the certificate the committee
records that the person was identified and may be elected; where somebody of that name stands or is
elected in another district of the level, whether it is the same person; and where one person would
hold two seats, which one stands: the law is silent, so the committee decides in writing, and the
other seat stays vacant. It stands with the persons of the certified outcome and among its steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from election.rules.counting import look_alikes, quoted
from election.rules.results import Flag
from election.rules.results.certified import CertifiedOutcome, CertifiedPerson, Identified, Keeps
from election.rules.results.codes import (
    ALIKE,
    ELECTED_ALREADY,
    NAMESAKE,
    NOT_IDENTIFIED,
    SAME_OR_NOT,
    TWO_SEATS,
)
from election.rules.terms import Finding, RuleViolation, Step, Text, finding, step

ANOTHER = "another"  # somebody else of the same name
STANDS, HOLDS = Text("候选人", "a candidate"), Text("当选人", "elected")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonElsewhere:
    """Somebody who stands or is elected in another district of the level.

    key: "town-3/c12" or "town-3/write-in:NAME"; person: who it is, equal for one person.
    """

    key: str
    name: str
    where: Text
    person: str
    elected: bool

    @property
    def standing(self) -> Text:
        """As a sentence calls it."""
        return HOLDS if self.elected else STANDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonQuestion:
    """What must be said of one person of a round before it counts.

    identify: a write-in nobody has identified yet; elected: in this round; namesakes: who might be
    the same person; holds: the seat that the same person, known to be so, holds elsewhere; seats:
    everybody elected elsewhere.
    """

    who: str
    name: str
    identify: bool
    elected: bool
    namesakes: tuple[PersonElsewhere, ...] = ()
    holds: PersonElsewhere | None = None
    seats: tuple[PersonElsewhere, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One alert for each namesake."""
        return tuple(finding(NAMESAKE, self.who, **_facts(self.name, o)) for o in self.namesakes)

    @property
    def may_hold_two(self) -> bool:
        """Whether somebody elected here may be elected elsewhere too."""
        return self.elected and (self.holds is not None or any(o.elected for o in self.namesakes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the committee recorded: how identified; whose key it is, or ANOTHER; which seat."""

    identity: str = ""
    same_as: str = ""
    keeps: Keeps | None = None


def check_alike(votes: Mapping[str, int]) -> list[Finding]:
    """One alert for each group of names that differ in spaces, dots or width only (T10).

    votes: name as written -> votes of all sheets of a round. Merging them is for people: it goes
    through the sheets, so that two tellers and a scrutineer stand for it.
    """
    return [
        finding(ALIKE, *group, names=quoted(group), votes=sum(votes[name] for name in group))
        for group in look_alikes(votes)
    ]


def needs_decision(questions: Iterable[PersonQuestion]) -> bool:
    """Whether the committee must decide in writing about a person (A.629, R.631)."""
    return any(q.namesakes or (q.elected and q.holds) for q in questions)


def stated(
    outcome: CertifiedOutcome,
    questions: Sequence[PersonQuestion],
    statements: Mapping[str, Statement],
    *,
    decision: str,
) -> CertifiedOutcome:
    """The outcome with what was said of its people. Raises R.628, R.630, R.631."""
    persons: dict[str, CertifiedPerson] = {}
    steps: list[Step] = []
    silent = False
    for question in questions:
        statement = statements.get(question.who, Statement())
        namesake = same_person(question, statement)
        keeps = _seat(question, namesake, statement)
        persons[question.who] = CertifiedPerson(
            statement.identity.strip(), namesake.key if namesake else None, keeps
        )
        steps += _steps(question, statement, namesake, keeps, decision)
        silent = silent or bool(question.namesakes) or keeps is not None
    if not questions:
        return outcome
    flags = {*outcome.flags, *([Flag.LAW_SILENT] if silent else [])}
    return replace(
        outcome,
        steps=(*outcome.steps, *steps),
        flags=tuple(sorted(flags)),
        persons=persons,
    )


def standing(
    questions: Sequence[PersonQuestion], statements: Mapping[str, Statement]
) -> dict[str, Identified]:
    """What is said of write-ins who are to stand in a further election.

    Raises R.628, R.630; R.638 for somebody who is elected elsewhere.
    """
    identified: dict[str, Identified] = {}
    for question in questions:
        statement = statements.get(question.who, Statement())
        namesake = same_person(question, statement)
        if namesake and namesake.elected:
            raise RuleViolation(ELECTED_ALREADY, name=question.name, where=namesake.where)
        key = namesake.key if namesake else None
        identified[question.who] = Identified(statement.identity.strip(), key)
    return identified


def same_person(question: PersonQuestion, statement: Statement) -> PersonElsewhere | None:
    """Who this is in another district, where elected if anywhere. Raises R.628, R.630."""
    if question.identify and not statement.identity.strip():
        raise RuleViolation(NOT_IDENTIFIED, name=question.name)
    if question.holds is not None or not question.namesakes:
        return question.holds
    if statement.same_as == ANOTHER:
        return None
    namesake = next((who for who in question.namesakes if who.key == statement.same_as), None)
    if namesake is None:
        raise RuleViolation(SAME_OR_NOT, **_facts(question.name, question.namesakes[0]))
    return next((seat for seat in question.seats if seat.person == namesake.person), namesake)


def _seat(
    question: PersonQuestion, namesake: PersonElsewhere | None, statement: Statement
) -> Keeps | None:
    if namesake is None or not namesake.elected or not question.elected:
        return None
    if statement.keeps is None:
        raise RuleViolation(TWO_SEATS, name=question.name, where=namesake.where)
    return statement.keeps


def _facts(name: str, namesake: PersonElsewhere) -> dict[str, Text | str]:
    return {"name": name, "where": namesake.where, "standing": namesake.standing}


def _steps(
    question: PersonQuestion,
    statement: Statement,
    namesake: PersonElsewhere | None,
    keeps: Keeps | None,
    decision: str,
) -> Iterable[Step]:
    """The sentences of one statement; namesake: the same person in another district."""
    if question.identify:
        yield _step_identified(question.name, statement.identity.strip())
    if namesake is not None:
        yield _step_same(question.name, namesake, decision)
    elif question.namesakes:
        yield _step_not_the_same(question.name, decision)
    if namesake is not None and keeps is not None:
        yield _step_one_seat(namesake.where, keeps)


def _step_identified(name: str, how: str) -> Step:
    return step(
        "R8.11",
        "EL 41; ZJ 46",
        "另选人{name}：选举委员会核实了身份和资格（{how}）。",
        "Write-in {name}: the committee verified identity and eligibility ({how}).",
        name=name,
        how=how,
    )


def _step_not_the_same(name: str, decision: str) -> Step:
    return step(
        "R5.17",
        "",
        "{name}与其他选区的同名人不是同一人。选举委员会决定：{decision}。",
        "{name} is not the person of that name in another district. Decision: {decision}.",
        law_silent=True,
        name=name,
        decision=decision,
    )


def _step_same(name: str, namesake: PersonElsewhere, decision: str) -> Step:
    return step(
        "R5.17",
        "",
        "{name}与{where}的{standing}是同一人。选举委员会决定：{decision}。",
        "{name} is the same person as {standing} of that name in {where}. Decision: {decision}.",
        law_silent=True,
        decision=decision,
        **_facts(name, namesake),
    )


def _step_one_seat(elsewhere: Text, keeps: Keeps) -> Step:
    district = Text("本选区", "this district")
    held, empty = (district, elsewhere) if keeps is Keeps.HERE else (elsewhere, district)
    return step(
        "R5.17",
        "",
        "一人只能保留一个同级代表名额，法律未作规定：保留{kept}的名额，{empty}的名额空缺。",
        "One person holds one seat of a level; the law is silent: the seat in {kept} stands, "
        "the one in {empty} stays vacant.",
        law_silent=True,
        kept=held,
        empty=empty,
    )


def not_taken(elected: Mapping[str, Sequence[tuple[str, CertifiedPerson]]]) -> set[str]:
    """Keys ("town-3/c12") of elected people who take a seat elsewhere.

    elected: district code -> (id, what is certified of it in its round) of everybody elected there.
    A statement about a seat that nobody is elected to any more counts for nothing.
    """
    keys = {f"{code}/{who}" for code, people in elected.items() for who, _ in people}
    given_up = set()
    for code, people in elected.items():
        for who, certified in people:
            if certified.keeps and certified.same_as in keys:
                in_this = certified.keeps is Keeps.HERE
                given_up.add(str(certified.same_as) if in_this else f"{code}/{who}")
    return given_up
