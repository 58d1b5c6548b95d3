"""What the law asks for before people vote and count: publications, the day, boxes, who presides.

A publication nobody recorded is an error: without it voting has no ground. One that came late, or
a count before election day, may stand only on the committee's written decision.
Source: EL 28, 32, 38, 43; ZJ 33, 35, 36, 40, 51, 59; R4.10, R5.7, R5.11, R7.2, R7.3, R7.16, R10.10.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from election.rules.days import day_text
from election.rules.elections.calendar import Calendar
from election.rules.elections.codes.phases import (
    BEFORE_ELECTION_DAY,
    BOX_STAFF_UNKNOWN,
    NOT_PUBLISHED,
    OFFICIAL_NAMED_LIKE_CANDIDATE,
    PUBLISHED_AHEAD,
    PUBLISHED_LATE,
)
from election.rules.names import normalise_name
from election.rules.polling.places import PlaceFacts, check_place
from election.rules.profile import Profile
from election.rules.terms import Code, Finding, Severity, Text, finding

_LISTS = ("roll_published", "first_list_published", "formal_list_published")
_BY_ELECTION = ("roll_published", "formal_list_published")  # ZJ 59(1): one list


def check_publications(
    congress: Text, done: Mapping[str, date], days: Calendar, *, today: date
) -> list[Finding]:
    """What is wrong with the publications of one congress; done: calendar key -> day recorded.

    Source: EL 28, 32, 57; ZJ 33, 35, 36, 59(1); R4.10, R5.7, R5.11, R10.10.
    """
    findings = []
    for key in _BY_ELECTION if days.by_election else _LISTS:
        item, day = days.item(key), done.get(key)
        code = _code(day, item.limit, today)
        if code is not None:
            cited = replace(code, rule=item.rule, article=item.article)
            facts = {"day": day_text(day)} if day else {}
            findings.append(
                finding(
                    cited,
                    key,
                    congress=congress,
                    item=item.deed,
                    limit=day_text(item.limit),
                    **facts,
                )
            )
    return findings


def _code(day: date | None, limit: date, today: date) -> Code | None:
    if day is None:
        return NOT_PUBLISHED
    if day > today:
        return PUBLISHED_AHEAD
    return PUBLISHED_LATE if day > limit else None


def check_counting_day(election_day: date, *, today: date) -> list[Finding]:
    """Counting before election day: a district votes early only with consent (ZJ 51; R7.16)."""
    if today >= election_day:
        return []
    facts = {"today": day_text(today), "election_day": day_text(election_day)}
    return [finding(BEFORE_ELECTION_DAY, "election_day", **facts)]


def check_boxes(places: Iterable[PlaceFacts], *, profile: Profile) -> list[Finding]:
    """Mobile boxes that may not be used: too few staff or scrutineers, or nobody knows how many.

    Source: ZJ 40(4); R7.2.
    """
    findings = []
    for place in places:
        if not place.mobile:
            continue
        faults = check_place(place, profile=profile)
        findings += [fault for fault in faults if fault.severity is Severity.ERROR]
        if place.staff is None or place.scrutineers is None:
            least = {
                "staff": profile.whole("mobile_box_min_staff"),
                "scrutineers": profile.whole("mobile_box_min_scrutineers"),
            }
            findings.append(finding(BOX_STAFF_UNKNOWN, *least, place=place.name, **least))
    return findings


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate of the election under review."""

    name: str
    district: Text


def check_officials(
    officials: Iterable[tuple[str, str]], candidates: Iterable[Candidate]
) -> list[Finding]:
    """Officials (number, name) who are called like a candidate: to be looked at, not proof.

    Source: EL 43(2); ZJ 40(3); R7.3.
    """
    named: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        named.setdefault(normalise_name(candidate.name), []).append(candidate)
    return [
        finding(
            OFFICIAL_NAMED_LIKE_CANDIDATE,
            "staff",
            name=name,
            number=number,
            district=candidate.district,
        )
        for number, name in officials
        for candidate in named.get(normalise_name(name), ())
    ]
