"""Codes of the decisions that set a parameter of the law otherwise."""

from election.rules.terms import declare_code

DECISION_UNNAMED = declare_code(
    "R.191",
    rule="R3.5",
    article="EL 11; ZJ 13",
    zh="决定文号“{number}”里没有号数",
    en='"{number}" holds no number of a decision',
    remedy_zh="填写决定的文号或者会议的届次，例如“鹤选委〔2021〕3号”“第3次会议”",
    remedy_en='write the number of the decision or of the sitting, like "committee, sitting 3"',
)
DECISION_AHEAD = declare_code(
    "R.192",
    rule="R3.5",
    article="EL 11; ZJ 13",
    zh="作出决定的日期{day}还没有到，今天是{today}",
    en="the decision is dated {day}, and today is {today}",
    remedy_zh="填写实际作出决定的日期；还没有决定的，先作决定",
    remedy_en="write the day of the decision; if there is none yet, decide first",
)
DECIDED_ELSEWHERE = declare_code(
    "R.193",
    rule="R11.8",
    article="OL 27",
    zh="“{parameter}”不在选举筹备时决定",
    en='"{parameter}" is not decided in the set-up of an election',
    remedy_zh="人口口径在两级人民代表大会的名额里选；会议上的事项由会议的选举办法、表决办法规定",
    remedy_en=(
        "the population basis is chosen with the seats of each congress; matters of the session "
        "are for its own measures"
    ),
)
