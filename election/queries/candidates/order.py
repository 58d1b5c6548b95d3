"""The order of a list: strokes, or votes where the profile says so, and what people confirmed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from election.models import Candidacy
from election.planning.strokes import strokes_of
from election.queries.candidates.decisions import Decisions
from election.rules.candidates.codes.lists import EQUAL_STROKES
from election.rules.candidates.lists import ListedPerson, check_stroke_order, formal_order
from election.rules.profile import Profile
from election.rules.terms import Finding


def listed(candidacy: Candidacy) -> ListedPerson:
    """A candidacy as the rules of order take it."""
    return ListedPerson(candidacy.code, candidacy.person.name, candidacy.person.stroke_override)


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
    by_code = {candidacy.code: candidacy for candidacy in people}
    rows = [listed(candidacy) for candidacy in people]
    codes = [code for code in confirmed if code in by_code]
    if votes:
        codes.sort(key=lambda code: -votes.get(code, 0))  # stable: among equals as confirmed
    by_rule = formal_order(rows, strokes_of, profile=profile, primary_votes=votes)
    if len(codes) == len(people) and _holds(codes, rows, votes):
        findings = [finding for finding in by_rule.findings if finding.code is not EQUAL_STROKES]
        return tuple(by_code[code] for code in codes), tuple(findings)
    return tuple(by_code[code] for code in by_rule.order), by_rule.findings


def _holds(
    codes: Sequence[str], rows: Sequence[ListedPerson], votes: Mapping[str, int] | None
) -> bool:
    """Whether the strokes allow a confirmed order, among equal votes where these come first."""
    by_id = {person.id: person for person in rows}
    equals: dict[int, list[ListedPerson]] = defaultdict(list)
    for code in codes:
        equals[votes[code] if votes else 0].append(by_id[code])
    return not any(check_stroke_order(group, strokes_of) for group in equals.values())


def votes_that_order(
    people: Sequence[Candidacy], decided: Decisions, profile: Profile
) -> dict[str, int] | None:
    """The votes of the primary where the profile orders by them and everybody here has some."""
    if decided.votes is None or profile.word("formal_list_order") == "STROKE":
        return None
    votes = {
        candidacy.code: decided.votes[candidacy.code]
        for candidacy in people
        if candidacy.code in decided.votes
    }
    return votes if len(votes) == len(people) else None
