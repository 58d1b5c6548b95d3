"""The order of a list: strokes, or votes where the profile says so, and what people confirmed."""

from collections.abc import Mapping, Sequence

from election.models import Candidacy
from election.planning.strokes import strokes_of
from election.queries.candidates.decisions import Decisions
from election.rules.candidates.codes.lists import (
    EQUAL_STROKES,
)
from election.rules.candidates.lists import (
    ListedPerson,
    check_stroke_order,
    formal_order,
)
from election.rules.profile import Profile
from election.rules.terms import Finding


def listed(one: Candidacy) -> ListedPerson:
    """A candidacy as the rules of order take it."""
    return ListedPerson(one.code, one.person.name, one.person.stroke_override)


def ordered(
    people: Sequence[Candidacy],
    *,
    profile: Profile,
    confirmed: Sequence[str] = (),
    votes: Mapping[str, int] | None = None,
) -> tuple[tuple[Candidacy, ...], tuple[Finding, ...]]:
    """People in list order, and what a person must still confirm.

    confirmed: an order of codes somebody confirmed; it holds as long as it covers everybody here
    and the strokes do not speak against it.
    """
    by_code = {one.code: one for one in people}
    rows = [listed(one) for one in people]
    wanted = [code for code in confirmed if code in by_code]
    if votes:
        wanted.sort(key=lambda code: -votes.get(code, 0))  # stable: among equals as confirmed
    by_rule = formal_order(rows, strokes_of, profile=profile, primary_votes=votes)
    if len(wanted) == len(people) and _holds(wanted, rows, votes):
        found = [one for one in by_rule.findings if one.code is not EQUAL_STROKES]
        return tuple(by_code[code] for code in wanted), tuple(found)
    return tuple(by_code[code] for code in by_rule.order), by_rule.findings


def _holds(
    wanted: Sequence[str], rows: Sequence[ListedPerson], votes: Mapping[str, int] | None
) -> bool:
    """Whether the strokes allow a confirmed order, among equal votes where these come first."""
    tally = [votes[code] if votes else 0 for code in wanted]
    by_id = {one.id: one for one in rows}
    return not any(
        check_stroke_order(
            [by_id[c] for c, own in zip(wanted, tally, strict=True) if own == n], strokes_of
        )
        for n in set(tally)
    )


def votes_that_order(
    people: Sequence[Candidacy], decided: Decisions, profile: Profile
) -> dict[str, int] | None:
    """The votes of the primary where the profile orders by them and everybody here has some."""
    if decided.votes is None or profile.word("formal_list_order") == "STROKE":
        return None
    votes = {one.code: decided.votes[one.code] for one in people if one.code in decided.votes}
    return votes if len(votes) == len(people) else None
