"""From the first list to the formal candidates of a district: consultation or primary (R5.9).

A tie at the cut is people's decision; an illegal number is refused in the words of the law.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from election.actions.act import Act
from election.actions.candidates.candidacies import (
    decide,
    is_listed,
    refuse_errors,
    require_candidates_open,
)
from election.models import Candidacy, CandidacyStatus, District
from election.queries.candidates.decisions import FIX_FORMAL
from election.queries.candidates.lists import by_election, candidacies, list_facts, subject
from election.rules.access import Permission
from election.rules.candidates.codes.refusals import NO_REASON, NO_REDUCTION_NEEDED, TIE_AT_THE_CUT
from election.rules.candidates.kinds import Way
from election.rules.candidates.lists import (
    PrimaryCut,
    check_formal_number,
    check_primary_turnout,
    legal_number,
    primary_cut,
)
from election.rules.candidates.states import CandidacyMove, after_candidacy, require_reduction_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import InputFault, RuleViolation

_DROPPED = {
    "consultation": "讨论协商未列为正式代表候选人",
    "primary": "预选得票{votes}票，未列为正式代表候选人",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """What the voter groups or the primary of one district decided.

    chosen: ids of candidacies, for a consultation. For a primary: votes of everybody by id,
    participants, places to be filled, and where it was tied whom people chose (tie_chosen) and how
    (decision). held_on: the day; note: what the record says.
    """

    way: Way
    chosen: frozenset[int] = frozenset()
    votes: Mapping[int, int] = field(default_factory=dict)
    participants: int | None = None
    places: int | None = None
    tie_chosen: frozenset[int] = frozenset()
    decision: str = ""
    held_on: date | None = None
    note: str = ""


def fix_formal(act: Act, district: District, reduction: Reduction) -> None:
    """Fix the formal candidates of one district; may be done anew until the list is published.

    Raises R.485 and R.483 outside that time, E.461/E.462 for an illegal number, E.465 for a primary
    below its quorum, R.489 for a tie nobody has decided, R.476 for a consultation without record,
    R.492 for a reduction though nobody is too many.
    """
    require_candidates_open(district)
    refuse_number(reduction.note, reduction.decision)
    facts = list_facts(act.session, district)
    require_reduction_open(facts)
    people = [
        candidacy
        for candidacy in candidacies(act.session, [district])[district.id]
        if is_listed(candidacy)
    ]
    _require_need(reduction, len(people), district)
    formal = formal_of(reduction, people, district)
    refuse_errors(
        check_formal_number(district.seats, len(formal), by_election=by_election(district))
    )
    for candidacy in people:
        stays = candidacy.id in formal
        move = CandidacyMove.RETAIN if stays else CandidacyMove.DROP
        status = CandidacyStatus(after_candidacy(candidacy.status.value, move, facts=facts))
        decide(candidacy, status, _word_of(reduction, candidacy, stays=stays), by=act.by, at=act.at)
    act.record(
        under=Permission.FIX_LISTS,
        what=FIX_FORMAL,
        subject=subject(district),
        data=_reduction_data(reduction, people, formal),
    )


def _require_need(reduction: Reduction, nominees: int, district: District) -> None:
    """Raise R.492 when somebody would be dropped though the law takes all (R5.6, R5.9).

    A by-election knows no legal most (EL 57; ZJ 59; R10.11): there the committee may reduce.
    """
    if reduction.way is Way.ALL or by_election(district):
        return
    _least, most = legal_number(district.seats)
    if nominees <= most:
        raise RuleViolation(NO_REDUCTION_NEEDED, seats=district.seats, count=nominees, most=most)


def formal_of(
    reduction: Reduction, people: Sequence[Candidacy], district: District
) -> frozenset[int]:
    """The ids of the formal candidates that a reduction makes; people: everybody listed."""
    everybody = frozenset(candidacy.id for candidacy in people)
    if reduction.way is Way.ALL:
        return everybody
    if reduction.way is Way.CONSULTATION:
        if not reduction.note.strip():
            raise RuleViolation(NO_REASON)
        if not reduction.chosen <= everybody:
            raise InputFault("chosen", "有人不在本选区名单上", "somebody is not on the list here")
        return reduction.chosen
    return _by_primary(reduction, people, district)


def _by_primary(
    reduction: Reduction, people: Sequence[Candidacy], district: District
) -> frozenset[int]:
    cut = cut_of(reduction, people, district)
    through = frozenset(int(code[1:]) for code in cut.chosen)
    if not cut.tied:
        return through
    tied = frozenset(int(code[1:]) for code in cut.tied)
    decided = reduction.tie_chosen <= tied and len(reduction.tie_chosen) == cut.tied_places
    if not decided or not reduction.decision.strip():
        names = "、".join(candidacy.person.name for candidacy in people if candidacy.id in tied)
        raise RuleViolation(TIE_AT_THE_CUT, tied=names, places=cut.tied_places)
    return through | reduction.tie_chosen


def cut_of(reduction: Reduction, people: Sequence[Candidacy], district: District) -> PrimaryCut:
    """How a primary cuts, by codes of candidacies. Raises E.465 below its quorum, InputFault."""
    participants = reduction.participants
    if participants is None or reduction.places is None:
        raise InputFault(
            "participants",
            "请填写参加预选的选民人数和候选人名额",
            "enter the participants and the number of formal candidates",
        )
    votes = {}
    for candidacy in people:
        count = reduction.votes.get(candidacy.id)
        if count is None or count > participants:
            raise InputFault(
                f"votes_{candidacy.id}",
                f"“{candidacy.person.name}”的预选得票须填写，且不超过参加人数{participants}",
                f"enter the votes of {candidacy.person.name}, "
                f"no more than {participants} participants",
            )
        votes[candidacy.code] = count
    _require_turnout(participants, district)
    return primary_cut(votes, reduction.places)


def _require_turnout(participants: int, district: District) -> None:
    """The quorum of the profile, if it names one; it needs the number of voters."""
    profile = district.congress.election.profile
    if not profile.share("primary.min_turnout"):
        return
    if district.registered is None:
        raise InputFault(
            "participants",
            "本选区选民人数尚未登记，不能核对预选参加比例",
            "the number of voters is unknown: the quorum cannot be checked",
        )
    refuse_errors(check_primary_turnout(participants, district.registered, profile=profile))


def _word_of(reduction: Reduction, candidacy: Candidacy, *, stays: bool) -> str:
    """The reason kept with a candidacy: how it was dropped, or the opinion of who stays."""
    if not stays:
        return _DROPPED[reduction.way.value].format(votes=reduction.votes.get(candidacy.id))
    stood = candidacy.status in (CandidacyStatus.PRELIMINARY, CandidacyStatus.FORMAL)
    return candidacy.reason if stood else ""


def _reduction_data(
    reduction: Reduction, people: Sequence[Candidacy], formal: Collection[int]
) -> dict[str, Any]:
    primary = reduction.way is Way.PRIMARY
    return {
        "way": reduction.way.value,
        "held_on": reduction.held_on.isoformat() if reduction.held_on else None,
        "note": reduction.note,
        "formal": sorted(candidacy.code for candidacy in people if candidacy.id in formal),
        "not_retained": sorted(
            candidacy.code for candidacy in people if candidacy.id not in formal
        ),
        "votes": {candidacy.code: reduction.votes[candidacy.id] for candidacy in people}
        if primary
        else None,
        "participants": reduction.participants if primary else None,
        "places": reduction.places if primary else None,
        "tie_chosen": sorted(f"c{key}" for key in reduction.tie_chosen) if primary else [],
        "decision": reduction.decision if primary else "",
        "law_silent": bool(primary and reduction.tie_chosen),
    }
