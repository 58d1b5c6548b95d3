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
from election.rules.names import normalise_name
from election.rules.polling.places import PlaceFacts, check_place
from election.rules.profile import Profile
from election.rules.terms import Code, Finding, Severity, Text, finding

# Rule and article of 131-133 are those of the publication.
NOT_PUBLISHED = Code(
    "E.131", "§14", "EL 28-32; ZJ 33-36",
    Text("{congress}：没有登记“{item}”的日期（期限{limit}）",
         "{congress}: no day is recorded for {item} (limit {limit})"),
    Text("公布后登记实际公布的日期：选民名单在“选举日程”登记，候选人名单在“候选人”登记",
         "once published record the day: the roll under Calendar, the lists under Candidates"),
)  # fmt: skip
PUBLISHED_AHEAD = Code(
    "E.132", "§14", "EL 28-32; ZJ 33-36",
    Text("{congress}：“{item}”登记在{day}，这一天还没有到",
         "{congress}: {item} is recorded for {day}, a day still to come"),
    Text("公布后再登记实际公布的日期", "record the real day once it is published"),
)  # fmt: skip
PUBLISHED_LATE = Code(
    "A.133", "§14", "EL 28-32; ZJ 33-36",
    Text("{congress}：“{item}”在{day}，晚于法定期限{limit}",
         "{congress}: {item} was on {day}, after the legal limit {limit}"),
    Text("由选举委员会书面决定推迟投票或者照常进行，并填写决定文号",
         "the committee decides in writing to postpone the vote or to go on; enter its decision"),
)  # fmt: skip
BEFORE_ELECTION_DAY = Code(
    "A.134", "R7.16", "ZJ 51",
    Text("今天是{today}，选举日是{election_day}：提前投票计票",
         "today is {today} and election day {election_day}: this is voting early"),
    Text("个别选区因特殊情况提前投票，须经选举委员会同意；请填写同意的决定文号",
         "a district may vote earlier only with the committee's consent; enter its decision"),
)  # fmt: skip
BOX_STAFF_UNKNOWN = Code(
    "E.135", "R7.2", "ZJ 40(4)",
    Text("流动票箱“{place}”没有填写工作人员和监票人数，不得使用",
         "staff and scrutineers of the mobile box {place} are not entered: it may not be used"),
    Text("请在“投票场所”中填写；流动票箱须有{staff}名以上工作人员，其中监票人{scrutineers}名以上",
         "enter them under Polling places: at least {staff} staff, of whom {scrutineers} are "
         "scrutineers"),
)  # fmt: skip
OFFICIAL_NAMED_LIKE_CANDIDATE = Code(
    "A.136", "R7.3", "EL 43(2); ZJ 40(3)",
    Text("工作人员“{name}”（编号{number}）与{district}的候选人同名",
         "the official {name} (number {number}) has the name of a candidate in {district}"),
    Text("同名不等于同一人，请核对：本人或近亲属不得在该选区主持选举或者担任工作人员；填写核对结果",
         "the same name is no proof: check, since neither candidates nor their close relatives may "
         "work in that district; enter what you found"),
)  # fmt: skip
CODES: tuple[Code, ...] = (
    NOT_PUBLISHED, PUBLISHED_AHEAD, PUBLISHED_LATE, BEFORE_ELECTION_DAY, BOX_STAFF_UNKNOWN,
    OFFICIAL_NAMED_LIKE_CANDIDATE,
)  # fmt: skip
_LISTS = ("roll_published", "first_list_published", "formal_list_published")
_BY_ELECTION = ("roll_published", "formal_list_published")  # ZJ 59(1): one list


def check_publications(
    congress: Text, done: Mapping[str, date], days: Calendar, *, today: date
) -> list[Finding]:
    """What is wrong with the publications of one congress; done: calendar key -> day recorded.

    Source: EL 28, 32, 57; ZJ 33, 35, 36, 59(1); R4.10, R5.7, R5.11, R10.10.
    """
    found = []
    for key in _BY_ELECTION if days.by_election else _LISTS:
        item, day = days.item(key), done.get(key)
        code = _code(day, item.limit, today)
        if code is not None:
            own = replace(code, rule=item.rule, article=item.article)
            facts = {"day": day_text(day)} if day else {}
            found.append(
                finding(
                    own, key, congress=congress, item=item.deed, limit=day_text(item.limit), **facts
                )
            )
    return found


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
    found = []
    for place in places:
        if not place.mobile:
            continue
        faults = check_place(place, profile=profile)
        found += [one for one in faults if one.severity is Severity.ERROR]
        if place.staff is None or place.scrutineers is None:
            least = {
                "staff": profile.whole("mobile_box_min_staff"),
                "scrutineers": profile.whole("mobile_box_min_scrutineers"),
            }
            found.append(finding(BOX_STAFF_UNKNOWN, *least, place=place.name, **least))
    return found


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
    for one in candidates:
        named.setdefault(normalise_name(one.name), []).append(one)
    return [
        finding(
            OFFICIAL_NAMED_LIKE_CANDIDATE, "staff",
            name=name, number=number, district=one.district,
        )
        for number, name in officials
        for one in named.get(normalise_name(name), ())
    ]  # fmt: skip
