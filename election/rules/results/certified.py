"""A certified outcome as it is stored and published: the ballot's own, and what people recorded.

The committee says of people who they are and which seat they take (written_in.py), and what
happens to a tie that stays (ties.py). Here is the one place that knows the keys of the JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

from election.rules.results.outcome import Consequence, Flag, NextCandidates, Outcome, Reason
from election.rules.terms import Fact, Step, Text


class Keeps(StrEnum):
    """Which of two seats of one level somebody takes."""

    HERE = "here"
    THERE = "there"


class Choice(StrEnum):
    """What the committee may decide on a tie that stays, named as what then follows."""

    AGAIN = Consequence.TIE_REPEAT_VOTE.value
    VACANT = Consequence.VACANT.value


@dataclass(frozen=True, slots=True)
class Identified:
    """Who the committee says somebody is.

    identity: how a write-in was verified, "" where nobody asked; same_as: the key ("town-3/c12") of
    the same person in another district, None for nobody.
    """

    identity: str = ""
    same_as: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """As the record of a further election tells it."""
        return {"identity": self.identity, "same_as": self.same_as}


@dataclass(frozen=True, slots=True)
class CertifiedPerson(Identified):
    """What is certified of one person of a round; keeps: which seat, where two were won."""

    keeps: Keeps | None = None

    @classmethod
    def from_json(cls, raw: Mapping[str, str | None]) -> Self:
        """Read back what `to_json` wrote."""
        keeps = raw["keeps"]
        return cls(raw["identity"] or "", raw["same_as"], Keeps(keeps) if keeps else None)

    def to_json(self) -> dict[str, str | None]:
        """As stored under the id of the person."""
        keeps = self.keeps.value if self.keeps else None
        return {"identity": self.identity, "same_as": self.same_as, "keeps": keeps}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The committee's written decision on a tie: what, its number, its day, and why."""

    choice: Choice
    reference: str
    day: date
    reason: str

    @classmethod
    def from_json(cls, raw: Mapping[str, str]) -> Self:
        """Read back what `to_json` wrote."""
        return cls(
            choice=Choice(raw["decides"]),
            reference=raw["reference"],
            day=date.fromisoformat(raw["day"]),
            reason=raw["reason"],
        )

    def to_json(self) -> dict[str, str]:
        """As stored, the texts without the spaces around them."""
        return {
            "decides": self.choice.value,
            "reference": self.reference.strip(),
            "day": self.day.isoformat(),
            "reason": self.reason.strip(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedOutcome(Outcome):
    """The outcome of a ballot with what people recorded of it.

    persons: id -> what the committee said of that person; committee: its decision on a tie.
    """

    persons: Mapping[str, CertifiedPerson] = field(default_factory=dict)
    committee: Decision | None = None

    @property
    def left_to_committee(self) -> bool:
        """Whether a tie stays that only the committee can settle, decided by now or not."""
        return self.next is Consequence.UNRESOLVED_TIE

    @property
    def due(self) -> Consequence | None:
        """What is asked for now, the committee's decision on a tie included."""
        return Consequence(self.committee.choice.value) if self.committee else self.next

    def person(self, who: str) -> CertifiedPerson:
        """What was said of somebody; the empty statement where nobody asked."""
        return self.persons.get(who, CertifiedPerson())

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """The outcome of a ballot of which nobody said anything yet."""
        return cls(**{part.name: getattr(outcome, part.name) for part in fields(Outcome)})

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """Read back what `to_json` wrote. KeyError or ValueError for anything else."""
        following, decision = raw["next_candidates"], raw.get("committee")
        return cls(
            valid=raw["valid"],
            reasons=tuple(Reason(reason) for reason in raw["reasons"]),
            need=raw["need"],
            elected=tuple(raw["elected"]),
            tied=tuple(raw["tied"]),
            tied_seats=raw["tied_seats"],
            missing=raw["missing"],
            next=Consequence(raw["next"]) if raw["next"] else None,
            next_seats=raw["next_seats"],
            next_candidates=_next_candidates(following) if following else None,
            flags=tuple(Flag(flag) for flag in raw["flags"]),
            steps=tuple(_step(step) for step in raw["steps"]),
            persons={
                who: CertifiedPerson.from_json(person)
                for who, person in raw.get("persons", {}).items()
            },
            committee=Decision.from_json(decision) if decision else None,
        )

    def to_json(self) -> dict[str, object]:
        """The shape of `calc result`; "persons" and "committee" only where somebody said so."""
        stored = Outcome.to_json(self)
        if self.persons:
            stored["persons"] = {who: person.to_json() for who, person in self.persons.items()}
        if self.committee:
            stored["committee"] = self.committee.to_json()
        return stored


def _next_candidates(raw: Mapping[str, Any]) -> NextCandidates:
    return NextCandidates(tuple(raw["order"]), raw["min"], raw["max"], raw["cut_tied"])


def _step(raw: Mapping[str, Any]) -> Step:
    figures: dict[str, Fact] = {
        name: Text(**fact) if isinstance(fact, Mapping) else fact
        for name, fact in raw["figures"].items()
    }
    return Step(raw["rule"], raw["article"], Text(**raw["text"]), figures)
