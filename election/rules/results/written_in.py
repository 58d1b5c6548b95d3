"""Who is written in, and that one person holds one seat of a level (R5.17, R8.11, R9.13).

A write-in is a name on ballots until people say who it is. With the certificate the committee
records that the person was identified and may be elected; where somebody of that name stands or is
elected in another district of the level, whether it is the same person; and where one person would
hold two seats, which one stands: the law is silent, so the committee decides in writing, and the
other seat stays vacant. It stands in the certified outcome under "persons" and among the steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from election.rules.counting import look_alikes
from election.rules.results import Flag
from election.rules.results.codes import (
    ALIKE,
    ELECTED_ALREADY,
    NAMESAKE,
    NOT_IDENTIFIED,
    SAME_OR_NOT,
    TWO_SEATS,
)
from election.rules.terms import Finding, RuleViolation, Step, Text, finding, step

PERSONS = "persons"  # key of what is said of people within a certified outcome
ANOTHER = "another"  # somebody else of the same name
STANDS, HOLDS = Text("候选人", "a candidate"), Text("当选人", "elected")


class Keeps(StrEnum):
    """Which of two seats of one level somebody takes."""

    HERE = "here"
    THERE = "there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
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
    namesakes: tuple[Other, ...] = ()
    holds: Other | None = None
    seats: tuple[Other, ...] = ()

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
    found = []
    for group in look_alikes(votes):
        shown = Text(
            "".join(f"“{name}”" for name in group), ", ".join(f"“{name}”" for name in group)
        )
        together = sum(votes[name] for name in group)
        found.append(finding(ALIKE, *group, names=shown, votes=together))
    return found


def needs_decision(questions: Iterable[PersonQuestion]) -> bool:
    """Whether the committee must decide in writing about a person (A.629, R.631)."""
    return any(one.namesakes or (one.elected and one.holds) for one in questions)


def stated(
    outcome: Mapping[str, Any],
    questions: Sequence[PersonQuestion],
    said: Mapping[str, Statement],
    *,
    decision: str,
) -> dict[str, Any]:
    """The outcome with what was said of its people. Raises R.628, R.630, R.631."""
    persons, steps, silent = dict[str, Any](), list[Any](), False
    for one in questions:
        answer = said.get(one.who, Statement())
        same = same_person(one, answer)
        keeps = _seat(one, same, answer)
        persons[one.who] = {
            "identity": answer.identity.strip(),
            "same_as": same.key if same else None,
            "keeps": keeps.value if keeps else None,
        }
        steps += [s.to_json() for s in _steps(one, answer, same, keeps, decision)]
        silent = silent or bool(one.namesakes) or keeps is not None
    if not questions:
        return dict(outcome)
    flags = {*outcome["flags"], *([Flag.LAW_SILENT.value] if silent else [])}
    told = {"steps": [*outcome["steps"], *steps], "flags": sorted(flags), PERSONS: persons}
    return {**outcome, **told}


def standing(
    questions: Sequence[PersonQuestion], said: Mapping[str, Statement]
) -> dict[str, dict[str, str | None]]:
    """What is said of write-ins who are to stand in a further election.

    Raises R.628, R.630; R.638 for somebody who is elected elsewhere.
    """
    told: dict[str, dict[str, str | None]] = {}
    for one in questions:
        answer = said.get(one.who, Statement())
        same = same_person(one, answer)
        if same and same.elected:
            raise RuleViolation(ELECTED_ALREADY, name=one.name, where=same.where)
        key = same.key if same else None
        told[one.who] = {"identity": answer.identity.strip(), "same_as": key}
    return told


def same_person(one: PersonQuestion, answer: Statement) -> Other | None:
    """Who this is in another district, where elected if anywhere. Raises R.628, R.630."""
    if one.identify and not answer.identity.strip():
        raise RuleViolation(NOT_IDENTIFIED, name=one.name)
    if one.holds is not None or not one.namesakes:
        return one.holds
    if answer.same_as == ANOTHER:
        return None
    chosen = next((other for other in one.namesakes if other.key == answer.same_as), None)
    if chosen is None:
        raise RuleViolation(SAME_OR_NOT, **_facts(one.name, one.namesakes[0]))
    return next((other for other in one.seats if other.person == chosen.person), chosen)


def _seat(one: PersonQuestion, same: Other | None, answer: Statement) -> Keeps | None:
    if same is None or not same.elected or not one.elected:
        return None
    if answer.keeps is None:
        raise RuleViolation(TWO_SEATS, name=one.name, where=same.where)
    return answer.keeps


def _facts(name: str, other: Other) -> dict[str, Text | str]:
    return {"name": name, "where": other.where, "standing": other.standing}


def _steps(
    one: PersonQuestion, answer: Statement, same: Other | None, keeps: Keeps | None, decision: str
) -> Iterable[Step]:
    if one.identify:
        yield step(
            "R8.11",
            "EL 41; ZJ 46",
            "另选人{name}：选举委员会核实了身份和资格（{how}）。",
            "Write-in {name}: the committee verified identity and eligibility ({how}).",
            name=one.name,
            how=answer.identity.strip(),
        )
    if one.namesakes and same is None:
        yield step(
            "R5.17",
            "",
            "{name}与其他选区的同名人不是同一人。选举委员会决定：{decision}。",
            "{name} is not the person of that name in another district. Decision: {decision}.",
            law_silent=True,
            name=one.name,
            decision=decision,
        )
    if same is not None:
        yield step(
            "R5.17",
            "",
            "{name}与{where}的{standing}是同一人。选举委员会决定：{decision}。",
            "{name} is the same person as {standing} of that name in {where}. Decision: "
            "{decision}.",
            law_silent=True,
            decision=decision,
            **_facts(one.name, same),
        )
    if same is not None and keeps is not None:
        here, there = Text("本选区", "this district"), same.where
        kept, empty = (here, there) if keeps is Keeps.HERE else (there, here)
        yield step(
            "R5.17",
            "",
            "一人只能保留一个同级代表名额，法律未作规定：保留{kept}的名额，{empty}的名额空缺。",
            "One person holds one seat of a level; the law is silent: the seat in {kept} stands, "
            "the one in {empty} stays vacant.",
            law_silent=True,
            kept=kept,
            empty=empty,
        )


def not_taken(elected: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]) -> set[str]:
    """Keys ("town-3/c12") of elected people who take a seat elsewhere.

    elected: district code -> (id, what is said of it in its round) of everybody elected there. A
    statement about a seat that nobody is elected to any more counts for nothing.
    """
    keys = {f"{code}/{who}" for code, people in elected.items() for who, _ in people}
    given_up = set()
    for code, people in elected.items():
        for who, said in people:
            if said.get("keeps") and said.get("same_as") in keys:
                here = said["keeps"] == Keeps.HERE.value
                given_up.add(str(said["same_as"]) if here else f"{code}/{who}")
    return given_up
