"""The legal calendar (选举日程), counted backwards and forwards from election day.

"选举日的N日以前" is read in two ways: E-N (INCLUSIVE, common practice) or E-N-1 (STRICT). Each item
carries the limit under the reading chosen and a safe day that holds under every reading.
Deadlines before election day never move to a working day: that would break the legal minimum.
Source: Electoral Law (EL) 28-32, 45; Zhejiang rules (ZJ) 29-36, 59; Civil Code (CC) 200-204;
rulebook section 14, R10.10 and R10.13.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from election.rules.days import add_months, day_text
from election.rules.elections.calendar_items import (
    BY_ELECTION_LAW,
    PLANS,
    Item,
    ItemDefinition,
    ItemKind,
)
from election.rules.elections.codes.calendar import (
    AT_THE_LIMIT,
    DECISION_SQUEEZED,
    LATE,
    LATER_THAN_DEFAULT,
    NOTICE_TIGHT,
    OTHER_VOTING_DAY,
    SESSION_TOO_EARLY,
    SESSION_TOO_LATE,
    SQUEEZE_AHEAD,
    TOO_LATE_TO_SUE,
)
from election.rules.profile import Profile
from election.rules.terms import Code, Finding, InputFault, Text, finding

FIRST_YEAR, LAST_YEAR = 1953, 2999  # the first Electoral Law; far beyond any use
OBJECTION_DAYS, DECISION_DAYS, SUIT_DAYS = 5, 3, 5  # EL 29
SESSION_NOTICE_DAYS, SESSION_PAPERS_DAYS, SESSION_MONTHS = 7, 1, 2  # ZTC 20; OL 20


@dataclass(frozen=True, slots=True)
class Calendar:
    """All deadlines of one election, in the order of the contract."""

    election_day: date
    mode: str  # inclusive | strict
    by_election: bool
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]

    def item(self, key: str) -> Item:
        """The item of this key; KeyError when this kind of election has none."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc calendar`."""
        return {
            "election_day": self.election_day.isoformat(),
            "mode": self.mode,
            "by_election": self.by_election,
            "items": [entry.to_json() for entry in self.items],
            "findings": [entry.to_json() for entry in self.findings],
        }


class _Days(NamedTuple):
    t: int
    limit: date
    safe: date


@dataclass(frozen=True, slots=True)
class _Counting:
    """How days are counted for one election day; safe = the stricter of all readings."""

    election_day: date
    strict: int  # 1 when "N日以前" is read as E-N-1
    count_first: int  # 1 when the day of the event counts as the first day

    def at(self, t: int, *, earlier: int = 0) -> _Days:
        """E+t, `earlier` days sooner under the reading in force; a day to spare is safe."""
        limit = self.election_day + timedelta(days=t - earlier)
        return _Days(t, limit, min(limit, self.election_day + timedelta(days=t - 1)))

    def before(self, days: int) -> _Days:
        """At least so many days before election day."""
        return self.at(-days, earlier=self.strict)

    def until(self, last: date) -> _Days:
        """A period that ends on `last` when the day of the event is not counted."""
        return self.at((last - self.election_day).days, earlier=self.count_first)


def calendar(election_day: date, *, by_election: bool = False, profile: Profile) -> Calendar:
    """Every legal deadline of an election on this day.

    A by-election (补选) has a shorter roll (12 days), one list of candidates only, whose day stands
    under both list keys, and neither late registration nor a first session: these items are absent.
    The findings name the objections whose decision cannot take its full time (R10.13).
    Raises InputFault for a year no election can lie in.
    Source: rulebook section 14, R10.10.
    """
    if not FIRST_YEAR <= election_day.year <= LAST_YEAR:
        raise InputFault(
            "election_day",
            f"选举日“{election_day.isoformat()}”不可用，年份应在{FIRST_YEAR}至{LAST_YEAR}之间",
            f'election day "{election_day.isoformat()}" cannot be used; '
            f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}",
        )
    days = _days(election_day, profile, by_election=by_election)
    return Calendar(
        election_day=election_day,
        mode=profile.word("deadline_mode").lower(),
        by_election=by_election,
        items=tuple(
            _item(plan, days[plan.key], profile, by_election=by_election)
            for plan in PLANS
            if plan.key in days
        ),
        findings=tuple(_squeezes(days, profile, by_election=by_election)),
    )


def _days(election_day: date, profile: Profile, *, by_election: bool) -> dict[str, _Days]:
    count = _counting(election_day, profile)
    lists = profile.whole("formal_list_days")
    roll = count.before(
        profile.whole("by_election_roll_publish_days" if by_election else "roll_publish_days")
    )
    first = count.before(lists if by_election else profile.whole("first_list_days"))
    days = {
        "roll_published": roll,
        # The period of a roll published on its limit day: it ends later for no one.
        "objection_last": count.at(
            roll.t + OBJECTION_DAYS, earlier=count.strict + count.count_first
        ),
        # The law names no day. Every duly nominated person must stand on the first list (R5.6), so
        # the office needs a closing day before it; the day before is the latest that leaves one.
        "nominations_close": _the_day_before(first),
        "first_list_published": first,
        "formal_list_published": count.before(lists),
        "court_suit_last": count.before(SUIT_DAYS),
        "roll_frozen": count.at(-profile.whole("roll_freeze_days")),
        "court_ruling": count.at(-1),
        "election_day": _Days(0, election_day, election_day),
        "further_election_last": count.until(
            election_day + timedelta(days=profile.whole("further_election_max_days"))
        ),
    }
    if not by_election:
        days |= _general_only(count, profile)
    return days


def _general_only(count: _Counting, profile: Profile) -> dict[str, _Days]:
    days = {"first_session_last": count.until(add_months(count.election_day, SESSION_MONTHS))}
    if profile["late_registration_days"] is not None:
        days["late_registration_last"] = count.before(profile.whole("late_registration_days"))
    return days


def _counting(election_day: date, profile: Profile) -> _Counting:
    return _Counting(
        election_day,
        strict=int(profile.word("deadline_mode") == "STRICT"),
        count_first=int(profile.flag("count_first_day")),
    )


def _the_day_before(days: _Days) -> _Days:
    day = timedelta(days=1)
    return _Days(days.t - 1, days.limit - day, days.safe - day)


def _item(plan: ItemDefinition, days: _Days, profile: Profile, *, by_election: bool) -> Item:
    rule, article, actor = plan.rule, profile.cited(plan.article), plan.actor
    if by_election:
        rule, article = BY_ELECTION_LAW.get(plan.key, (rule, article))
        # ZJ 59: the presidium (town) or the standing committee (county) presides.
        actor = "presiding_body" if actor == "committee" else actor
    return Item(plan.key, *days, plan.kind, article, actor, rule, plan.name, plan.deed, plan.late)


def _squeezes(days: dict[str, _Days], profile: Profile, *, by_election: bool) -> list[Finding]:
    """R10.13: the lists whose objections can still come when the three days no longer fit."""
    late = days.get("late_registration_last")
    lists = [(Text("选民名单", "the roll"), days["objection_last"].limit)]
    if late is not None:
        last = late.limit + timedelta(days=OBJECTION_DAYS - int(profile.flag("count_first_day")))
        lists.append((Text("补充选民名单", "the supplementary roll"), last))
    due = days["court_suit_last"].limit - timedelta(days=1)
    last_full = due - timedelta(days=DECISION_DAYS - int(profile.flag("count_first_day")))
    return [
        finding(
            SQUEEZE_AHEAD,
            "by_election" if by_election else "late_registration_last",
            list=name,
            days=DECISION_DAYS,
            due=day_text(due),
            last_full=day_text(last_full),
        )
        for name, last in lists
        if last > last_full
    ]


@dataclass(frozen=True, slots=True)
class ObjectionDue:
    """Last day to decide an objection to the roll; regular = without the squeeze of R10.13."""

    due: date
    regular: date
    squeezed: bool
    findings: tuple[Finding, ...]


def objection_due(lodged: date, election_day: date, profile: Profile) -> ObjectionDue:
    """The last day to decide an objection lodged on a day: three days, but in time to sue.

    due = min(lodged + 3 days, the day before the last day to sue): E-6 under INCLUSIVE counting.
    An objection lodged later than that is due on the day itself, with a warning.
    Source: EL 29; ZJ 33; rules R4.11, R10.13.
    """
    count = _counting(election_day, profile)
    suit = count.before(SUIT_DAYS).limit
    in_time = suit - timedelta(days=1)
    regular = lodged + timedelta(days=DECISION_DAYS - count.count_first)
    due = max(min(regular, in_time), lodged)
    codes = [TOO_LATE_TO_SUE] if lodged > in_time else [DECISION_SQUEEZED] if due < regular else []
    findings = tuple(
        finding(
            code,
            "lodged",
            days=DECISION_DAYS,
            lodged=day_text(lodged),
            suit=day_text(suit),
            due=day_text(due),
        )
        for code in codes
    )
    return ObjectionDue(due, regular, due < regular, findings)


def check_date(item: Item, planned: date) -> Finding | None:
    """Judge the day planned for an item: None, a warning at the limit, an error after it.

    A default day (the law names none) may be passed with a warning; voting on another day than
    election day needs the committee's consent (ZJ 51). Rule, article and remedy are the item's own.
    """
    code = _date_code(item, planned)
    if code is None:
        return None
    return finding(
        _of_item(code, item),
        item.key,
        item=item.deed,
        planned=day_text(planned),
        limit=day_text(item.limit),
        safe=day_text(item.safe),
    )


def _of_item(code: Code, item: Item) -> Code:
    """The code with the sources of this item; election day has one code of its own."""
    if code is OTHER_VOTING_DAY:
        return code
    if code is LATER_THAN_DEFAULT:
        return replace(code, rule=item.rule)
    cited = replace(code, rule=item.rule, article=item.article)
    return replace(cited, remedy=item.late) if code is LATE else cited


def _date_code(item: Item, planned: date) -> Code | None:
    if item.kind is ItemKind.ON:
        return None if planned == item.limit else OTHER_VOTING_DAY
    if planned > item.limit:
        return LATER_THAN_DEFAULT if item.kind is ItemKind.DEFAULT else LATE
    # "before election day" has one reading: the day before is in time
    if planned > item.safe and item.kind not in {ItemKind.DEFAULT, ItemKind.BEFORE}:
        return AT_THE_LIMIT
    return None


@dataclass(frozen=True, slots=True)
class SessionNotice:
    """Days that follow from the day of the first session, and what is wrong with it."""

    notice_due: date
    papers_due: date
    session_last: date
    findings: tuple[Finding, ...]


def session_notice(session_day: date, elections_done: date, profile: Profile) -> SessionNotice:
    """When notice (7 days before) and papers (1 day before) of the first session are due.

    elections_done: the day on which the elections of deputies were complete. A notice due on or
    before that day gives a warning, a session not after it or later than two months an error.
    Source: OL 20; ZTC 15, 20; rules R11.1, R11.3.
    """
    count = _counting(session_day, profile)
    notice = count.before(SESSION_NOTICE_DAYS).limit
    last = add_months(elections_done, SESSION_MONTHS) - timedelta(days=count.count_first)
    days = {
        "session": day_text(session_day),
        "done": day_text(elections_done),
        "notice": day_text(notice),
        "last": day_text(last),
    }
    if session_day <= elections_done:
        codes = [SESSION_TOO_EARLY]
    else:
        codes = [NOTICE_TIGHT] if notice <= elections_done else []
        codes += [SESSION_TOO_LATE] if session_day > last else []
    return SessionNotice(
        notice_due=notice,
        papers_due=count.before(SESSION_PAPERS_DAYS).limit,
        session_last=last,
        findings=tuple(
            finding(replace(code, article=profile.cited(code.article)), "session_day", **days)
            for code in codes
        ),
    )
