"""What the calendar has to say: the sentences of its findings, codes 121-130."""

from election.rules.terms import Code, Text

# Rule, article and remedy of E.121, rule and article of W.123: those of the item that is late.
LATE = Code(
    "E.121", "§14", "EL 28-32; ZJ 33-36",
    Text("“{item}”安排在{planned}，晚于法定期限{limit}",
         "{item} is planned for {planned}, after the legal limit {limit}"),
    Text("提前到{safe}或更早", "move it to {safe} or earlier"),
)  # fmt: skip
LATER_THAN_DEFAULT = Code(
    "W.122", "§14", "law silent",
    Text("“{item}”安排在{planned}，晚于默认日期{limit}（法律未规定日期）",
         "{item} is planned for {planned}, after the default {limit} (the law names no day)"),
    Text("由选举委员会决定并记录理由", "the committee decides and records the reason"),
)  # fmt: skip
AT_THE_LIMIT = Code(
    "W.123", "§14", "EL 28-32; ZJ 33-36",
    Text("“{item}”安排在{planned}，已到期限最后一日；按另一种算法可能迟了一日",
         "{item} is planned for {planned}, the very last day; another way of counting "
         "makes it a day late"),
    Text("最好提前到{safe}", "better move it to {safe}"),
)  # fmt: skip
OTHER_VOTING_DAY = Code(
    "A.124", "R7.16", "ZJ 51",
    Text("投票安排在{planned}，不是选举日{limit}",
         "voting is planned for {planned}, not for election day {limit}"),
    Text("个别选区因特殊情况提前或者推迟投票，须经选举委员会同意并记录",
         "a district may vote earlier or later for special reasons only with the committee's "
         "recorded consent"),
)  # fmt: skip
DECISION_SQUEEZED = Code(
    "W.125", "R10.13", "EL 29; ZJ 33; ZJ 59",
    Text("申诉须在{due}前（含当日）作出决定，不能用满{days}日，否则申诉人来不及起诉",
         "decide by {due}, without using up the {days} days, or it is too late to sue"),
    Text("当日受理，尽快决定并送达", "take it up at once and serve the decision"),
)  # fmt: skip
TOO_LATE_TO_SUE = Code(
    "W.126", "R10.13", "EL 29; ZJ 33",
    Text("申诉于{lodged}提出，即使当日决定，起诉期限{suit}也已到或已过",
         "objection lodged on {lodged}: even if decided at once, the day to sue ({suit}) is "
         "reached or past"),
    Text("当日决定，并请选举委员会决定是否推迟选举日",
         "decide on the same day and ask the committee whether election day must be moved"),
)  # fmt: skip
SQUEEZE_AHEAD = Code(
    "W.127", "R10.13", "EL 29; ZJ 29; ZJ 33; ZJ 59",
    Text("{list}公布后，{last_full}之后提出的申诉不能用满{days}日，"
         "一律须在{due}前（含当日）决定",
         "after {list}, objections lodged later than {last_full} cannot have the full {days} "
         "days: all must be decided by {due}"),
    Text("提前公布名单，或者安排当日决定申诉", "publish earlier, or decide objections at once"),
)  # fmt: skip
NOTICE_TIGHT = Code(
    "W.128", "R11.3", "ZTC 20",
    Text("{session}开会须在{notice}前（含当日）发出通知，而选举到{done}才完成：时间很紧",
         "the notice for a session on {session} is due by {notice}, but the elections end only "
         "on {done}: tight"),
    Text("不等选举结果先发会议通知，或者推迟会议",
         "send the notice without waiting for the results, or hold the session later"),
)  # fmt: skip
SESSION_TOO_EARLY = Code(
    "E.129", "R11.1", "OL 20; ZTC 15",
    Text("第一次会议安排在{session}，不晚于选举完成之日{done}",
         "the first session on {session} is not after the elections end on {done}"),
    Text("会议安排在代表选举完成、资格确认之后",
         "hold it after the elections are complete and the mandates confirmed"),
)  # fmt: skip
SESSION_TOO_LATE = Code(
    "E.130", "R11.1", "OL 20; ZTC 15",
    Text("第一次会议安排在{session}，超过选举完成后两个月（{last}）",
         "the first session on {session} is more than two months after the elections ({last})"),
    Text("提前到{last}或更早", "move it to {last} or earlier"),
)  # fmt: skip
