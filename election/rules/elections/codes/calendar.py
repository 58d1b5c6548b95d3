"""Codes of the legal calendar, 121-130.

Rule, article and remedy of E.121, rule and article of W.123: those of the item that is late.
"""

from election.rules.terms import declare_code

# Rule, article and remedy of E.121, rule and article of W.123: those of the item that is late.
LATE = declare_code(
    "E.121",
    rule="§14",
    article="EL 28-32; ZJ 33-36",
    zh="“{item}”安排在{planned}，晚于法定期限{limit}",
    en="{item} is planned for {planned}, after the legal limit {limit}",
    remedy_zh="提前到{safe}或更早",
    remedy_en="move it to {safe} or earlier",
)
LATER_THAN_DEFAULT = declare_code(
    "W.122",
    rule="§14",
    article="law silent",
    zh="“{item}”安排在{planned}，晚于默认日期{limit}（法律未规定日期）",
    en="{item} is planned for {planned}, after the default {limit} (the law names no day)",
    remedy_zh="由选举委员会决定并记录理由",
    remedy_en="the committee decides and records the reason",
)
AT_THE_LIMIT = declare_code(
    "W.123",
    rule="§14",
    article="EL 28-32; ZJ 33-36",
    zh="“{item}”安排在{planned}，已到期限最后一日；按另一种算法可能迟了一日",
    en=(
        "{item} is planned for {planned}, the very last day; another way of counting makes it a "
        "day late"
    ),
    remedy_zh="最好提前到{safe}",
    remedy_en="better move it to {safe}",
)
OTHER_VOTING_DAY = declare_code(
    "A.124",
    rule="R7.16",
    article="ZJ 51",
    zh="投票安排在{planned}，不是选举日{limit}",
    en="voting is planned for {planned}, not for election day {limit}",
    remedy_zh="个别选区因特殊情况提前或者推迟投票，须经选举委员会同意并记录",
    remedy_en=(
        "a district may vote earlier or later for special reasons only with the committee's "
        "recorded consent"
    ),
)
DECISION_SQUEEZED = declare_code(
    "W.125",
    rule="R10.13",
    article="EL 29; ZJ 33; ZJ 59",
    zh="申诉须在{due}前（含当日）作出决定，不能用满{days}日，否则申诉人来不及起诉",
    en="decide by {due}, without using up the {days} days, or it is too late to sue",
    remedy_zh="当日受理，尽快决定并送达",
    remedy_en="take it up at once and serve the decision",
)
TOO_LATE_TO_SUE = declare_code(
    "W.126",
    rule="R10.13",
    article="EL 29; ZJ 33",
    zh="申诉于{lodged}提出，即使当日决定，起诉期限{suit}也已到或已过",
    en=(
        "objection lodged on {lodged}: even if decided at once, the day to sue ({suit}) is reached "
        "or past"
    ),
    remedy_zh="当日决定，并请选举委员会决定是否推迟选举日",
    remedy_en="decide on the same day and ask the committee whether election day must be moved",
)
SQUEEZE_AHEAD = declare_code(
    "W.127",
    rule="R10.13",
    article="EL 29; ZJ 29; ZJ 33; ZJ 59",
    zh="{list}公布后，{last_full}之后提出的申诉不能用满{days}日，一律须在{due}前（含当日）决定",
    en=(
        "after {list}, objections lodged later than {last_full} cannot have the full {days} days: "
        "all must be decided by {due}"
    ),
    remedy_zh="提前公布名单，或者安排当日决定申诉",
    remedy_en="publish earlier, or decide objections at once",
)
NOTICE_TIGHT = declare_code(
    "W.128",
    rule="R11.3",
    article="ZTC 20",
    zh="{session}开会须在{notice}前（含当日）发出通知，而选举到{done}才完成：时间很紧",
    en=(
        "the notice for a session on {session} is due by {notice}, but the elections end only on "
        "{done}: tight"
    ),
    remedy_zh="不等选举结果先发会议通知，或者推迟会议",
    remedy_en="send the notice without waiting for the results, or hold the session later",
)
SESSION_TOO_EARLY = declare_code(
    "E.129",
    rule="R11.1",
    article="OL 20; ZTC 15",
    zh="第一次会议安排在{session}，不晚于选举完成之日{done}",
    en="the first session on {session} is not after the elections end on {done}",
    remedy_zh="会议安排在代表选举完成、资格确认之后",
    remedy_en="hold it after the elections are complete and the mandates confirmed",
)
SESSION_TOO_LATE = declare_code(
    "E.130",
    rule="R11.1",
    article="OL 20; ZTC 15",
    zh="第一次会议安排在{session}，超过选举完成后两个月（{last}）",
    en="the first session on {session} is more than two months after the elections ({last})",
    remedy_zh="提前到{last}或更早",
    remedy_en="move it to {last} or earlier",
)
