"""The values of the parameters: as the rulebook's code writes them, and in words."""

from collections.abc import Mapping
from fractions import Fraction

from election.rules.citations import chinese_number
from election.rules.profile.kinds import Value
from election.rules.rounding import percent
from election.rules.terms import Text

_YES_NO: Mapping[Value, Text] = {True: Text("是", "yes"), False: Text("否", "no")}
_PAPERS: Mapping[Value, Text] = {
    "ISSUED": Text("发出选票数", "ballots issued"),
    "RETURNED": Text("收回选票数", "ballots returned"),
    "VALID": Text("有效选票数", "valid ballots"),
}
_MOST_PARTS = 10  # of a share that is said as a fraction
_DAYS = Text("{n}天", "{n} days")
_PEOPLE = Text("{n}人", "{n} people")
_DEPUTIES = Text("{n}名", "{n} deputies")
_TIMES = Text("{n}次", "{n}")
_NUMBER = Text("{n}", "{n}")
_NO_LIMIT = Text("不作限制", "no limit")

NAMES: Mapping[str, Mapping[Value, Text]] = {
    "population_basis": {
        "HUKOU": Text("户籍人口", "household-registered population"),
        "RESIDENT": Text("常住人口", "resident population"),
        "WEIGHTED": Text("加权人口", "weighted population"),
    },
    "deadline_mode": {
        "INCLUSIVE": Text("第N日当日可以办理", "the Nth day before is in time"),
        "STRICT": Text("须在第N日之前办理", "before the Nth day before"),
    },
    "count_first_day": _YES_NO,
    "late_registration_days": {None: Text("不办理补登", "no late registration")},
    "party_total_cap": {None: _NO_LIMIT},
    "formal_list_order": {
        "STROKE": Text("按姓名笔划", "by strokes of the name"),
        "PRIMARY_VOTES": Text("按预选得票", "by votes of the primary"),
    },
    "primary.min_turnout": {Fraction(0): _NO_LIMIT},
    "nomination_after_roll": {
        "WARN": Text("只作提示", "pointed out only"),
        "REQUIRE": Text("必须在名单公布之后", "only after the roll"),
    },
    "same_level_double_candidacy": {
        "BLOCK": Text("不允许", "not allowed"),
        "WARN": Text("只作提示", "pointed out only"),
    },
    "women_candidate_share_min": {None: Text("不作要求", "none asked")},
    "proxy_form": {
        "VERIFIABLE": Text("书面或者其他可以核实的形式", "in writing or otherwise verifiable"),
        "WRITTEN": Text("只能书面", "in writing only"),
    },
    "proxy_same_district": _YES_NO,
    "majority_basis": _PAPERS,
    "third_basis": _PAPERS,
    "illegible": {
        "PART": Text("只是该部分无效", "that part is void"),
        "WHOLE": Text("整张无效", "the whole paper is void"),
    },
    "identifying_mark": {
        "REFER": Text("由监票人认定", "the scrutineers decide"),
        "VOID": Text("整张无效", "the whole paper is void"),
    },
    "writein_requires_against": _YES_NO,
    "session.writein_requires_against": _YES_NO,
    "misplaced_ballot": {
        "MOVE": Text("移到本级计票", "moved to the count of its level"),
        "VOID": Text("不计票", "not counted"),
    },
    "further_election_rounds": {None: Text("不限次数", "without limit")},
    "further_include_writeins": _YES_NO,
    "all_deputies_basis": {
        "IN_OFFICE": Text("在职代表", "deputies in office"),
        "QUOTA": Text("代表名额", "the fixed number"),
    },
    "session_quorum": {None: Text("没有规定", "none set")},
    "project.method": {
        "APPROVE_UP_TO_N": Text("每票赞成不超过应选项数", "each paper approves up to the number"),
        "RANK": Text("排名次", "ranking"),
        "YES_NO": Text("逐项表决", "each by itself"),
    },
    "project.threshold": {
        "MAJORITY_ALL": Text("全体代表过半数", "a majority of all deputies"),
        "PLURALITY": Text("按得票多少", "the most votes"),
    },
    "suggestion.days": {"3 MONTHS": Text("3个月", "3 months")},
    "ballot_retention": {
        "END_OF_TERM": Text("到本届任期届满", "to the end of the term"),
        "1 MONTH": Text("1个月", "1 month"),
        "3 YEARS": Text("3年", "3 years"),
    },
}
UNITS: Mapping[str, Text] = {
    "quota.town.base": _DEPUTIES,
    "quota.town.step": _PEOPLE,
    "quota.town.cap": _DEPUTIES,
    "quota.county.base": _DEPUTIES,
    "quota.county.step": _PEOPLE,
    "quota.county.cap": _DEPUTIES,
    "roll_publish_days": _DAYS,
    "by_election_roll_publish_days": _DAYS,
    "late_registration_days": _DAYS,
    "roll_freeze_days": _DAYS,
    "first_list_days": _DAYS,
    "formal_list_days": _DAYS,
    "nominators_min": _PEOPLE,
    "officer_nominators_min": _DEPUTIES,
    "proxy_max": _PEOPLE,
    "mobile_box_min_staff": _PEOPLE,
    "mobile_box_min_scrutineers": _PEOPLE,
    "voting_days": Text("{n}天", "{n}"),
    "further_election_rounds": _TIMES,
    "further_election_max_days": _DAYS,
    "tie_repeat_max": _TIMES,
    "vice_excess": Text("{n}名", "{n}"),
    "project.min_excess": Text("{n}项", "{n}"),
}


def in_words(parameter: str, value: Value) -> Text:
    """A value of a parameter as people read it: 20天 / 20 days, 户籍人口, 30%, 三分之二."""
    words = NAMES.get(parameter, {}).get(value)
    if words is not None:
        return words
    if isinstance(value, Fraction):
        return _share(value)
    return UNITS.get(parameter, _NUMBER).filled({"n": str(value)})


def _share(share: Fraction) -> Text:
    if (share * 100).denominator == 1 or share.denominator > _MOST_PARTS:
        plain = percent(share, 0 if (share * 100).denominator == 1 else 2)
        return Text(plain, plain)
    parts, taken = chinese_number(share.denominator), chinese_number(share.numerator)
    return Text(f"{parts}分之{taken}", str(share))


def in_code(value: object) -> str:
    """A value, also one that nobody allows, as JSON writes it: true, null, 1/3, HUKOU."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_json(value: Value) -> int | str | bool | None:
    """A value as records hold it and overrides give it; a share as a fraction in text."""
    return str(value) if isinstance(value, Fraction) else value
