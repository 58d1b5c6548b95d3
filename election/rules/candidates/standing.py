"""Who may stand and stay: other seats, registration, committee members, and lawful exits.

Source: Electoral Law (EL) 32, 35, 48; Zhejiang rules (ZJ) 12, 35, 53; DR 10; rulebook section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from election.rules.candidates.codes.nominations import (
    DOUBLE_CANDIDACY,
    DOUBLE_CANDIDACY_WARN,
    MEMBER_ACCEPTED,
    MEMBER_LISTED,
    NO_LAWFUL_EXIT,
    NOMINEE_NOT_VOTER,
    NOMINEE_OTHER_DISTRICT,
    REDUCED_TOO_EARLY,
    UNRELATED_CANDIDATE,
    UNRELATED_ELECTED,
    WITHDRAWN_TOO_LATE,
)
from election.rules.profile import Profile
from election.rules.terms import Finding, Level, RuleViolation, Text, finding


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidacy: who, for which level, in which district."""

    person: str
    level: Level
    district: str


def check_double_candidacy(standings: Sequence[Standing], *, profile: Profile) -> list[Finding]:
    """Persons who stand in several districts of one level: error or warning as the profile says.

    One person for county and town at once is allowed. Source: law silent; rule R5.17.
    """
    blocked = profile.word("same_level_double_candidacy") == "BLOCK"
    code = DOUBLE_CANDIDACY if blocked else DOUBLE_CANDIDACY_WARN
    districts: dict[tuple[str, Level], set[str]] = {}
    for standing in standings:
        districts.setdefault((standing.person, standing.level), set()).add(standing.district)
    return [
        finding(
            code,
            "district",
            person=person,
            level=level.value,
            count=len(places),
            districts="、".join(sorted(places)),
        )
        for (person, level), places in sorted(districts.items())
        if len(places) > 1
    ]


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area and all areas above it."""

    code: str
    superiors: frozenset[str] = frozenset()


def check_unrelated_areas(
    home: Area, elsewhere: Sequence[Area], *, elected: bool = False
) -> list[Finding]:
    """Seats the person holds in areas neither above nor below this one (无隶属关系).

    For a candidate a warning; for an elected person an alert: one seat only may be kept. County and
    town of the same line at once are allowed. Source: EL 48; ZJ 53; rule R5.16.
    """
    code = UNRELATED_ELECTED if elected else UNRELATED_CANDIDATE
    return [
        finding(code, "elsewhere", area=area.code)
        for area in elsewhere
        if area.code != home.code
        and area.code not in home.superiors
        and home.code not in area.superiors
    ]


def check_registration(registered: str | None, district: str) -> list[Finding]:
    """Whether the nominee is a voter (error if not) and of this district (a notice if not; R5.18).

    registered: the nominee's district at this level, None when not on the roll.
    """
    if registered is None:
        return [finding(NOMINEE_NOT_VOTER, "registered")]
    if registered != district:
        return [
            finding(NOMINEE_OTHER_DISTRICT, "registered", registered=registered, district=district)
        ]
    return []


def check_committee_member(*, member: bool, accepted: bool, listed: bool) -> list[Finding]:
    """A member of the election committee who stands must leave it before the list is published.

    accepted: the nomination; listed: on the list being published. Source: EL 10(2); ZJ 12(3); R3.4.
    """
    if not member or not (accepted or listed):
        return []
    return [finding(MEMBER_LISTED if listed else MEMBER_ACCEPTED, "member")]


class ExitReason(StrEnum):
    """Why somebody wants a nominee off the list."""

    WITHDRAWN = "withdrawn"  # by the nominators or the nominee
    NO_VOTING_RIGHT = "no_voting_right"
    FOREIGN_FUNDING = "foreign_funding"  # EL 35
    REDUCTION = "reduction"  # consultation or primary, EL 32(1)
    NEGATIVE_REVIEW = "negative_review"
    OTHER = "other"


_UNLAWFUL = {
    ExitReason.NEGATIVE_REVIEW: Text("联审意见不合格", "a negative review"),
    ExitReason.OTHER: Text("法律以外的理由", "a reason outside the law"),
}


def refuse_deletion(reason: ExitReason, *, first_list_published: bool) -> None:
    """Let a nominee leave the list on lawful grounds; refuse every other ground.

    Lawful: no voting right or foreign funding at any time; withdrawal before the first list is
    published (later the name stays, marked inactive); reduction only after it.
    Raises RuleViolation R.449, R.450 or R.451. Source: DR 10; EL 32, 35; ZJ 35-36, 38; R5.6, R6.3.
    """
    if reason in _UNLAWFUL:
        raise RuleViolation(NO_LAWFUL_EXIT, reason=_UNLAWFUL[reason])
    if reason is ExitReason.WITHDRAWN and first_list_published:
        raise RuleViolation(WITHDRAWN_TOO_LATE)
    if reason is ExitReason.REDUCTION and not first_list_published:
        raise RuleViolation(REDUCED_TOO_EARLY)
