"""Codes of one paper, and of a figure as it is typed."""

from election.rules.terms import declare_code

WRITEIN_TWICE = declare_code(
    "E.326",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人“{name}”填了两行",
    en="the write-in {name} stands on two lines",
    remedy_zh="请对照计票单，同一姓名只填一行",
    remedy_en="one line for one name: look at the paper again",
)
WRITEIN_WITHOUT_VOTES = declare_code(
    "E.327",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人“{name}”没有填写票数",
    en="the write-in {name} has no number of votes",
    remedy_zh="请对照计票单填写票数，或删去该行",
    remedy_en="enter the votes from the paper, or clear the line",
)
WRITEIN_WITHOUT_NAME = declare_code(
    "E.328",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="有{votes}票的另选人没有填写姓名",
    en="a write-in with {votes} votes has no name",
    remedy_zh="请对照计票单填写姓名；姓名无法辨认的一行作废，不填",
    remedy_en=(
        "enter the name from the paper; a line whose name cannot be read is void and left out"
    ),
)
IDENTIFYING_MARK = declare_code(
    "A.351",
    rule="R8.9",
    article="law silent",
    zh="选票上有可能识别投票人的记号",
    en="the paper bears a mark that may show who voted",
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
OTHER_LEVEL = declare_code(
    "A.352",
    rule="R8.13",
    article="law silent",
    zh=(
        "票箱中有另一级人大代表选举的选票：移入同一投票站该级计票；该级计票已经结束的，只作记录，不"
        "计入"
    ),
    en=(
        "the paper belongs to the other level's election: move it to that count of this station; "
        "if that count is closed, it is recorded and not counted"
    ),
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
TOO_MANY_BY_VOID_LINES = declare_code(
    "A.353",
    rule="R8.4",
    article="law silent",
    zh="所选{chosen}人多于应选{seats}人，但其中{void}人的一行本应作废：默认整张作废",
    en=(
        "{chosen} persons are chosen for {seats} seats, {void} of them on lines void anyway: by "
        "default the whole paper is void"
    ),
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
WHICH_AGAINST = declare_code(
    "A.354",
    rule="R11.12",
    article="law silent",
    zh="另选{written}人，反对票只有{against}人，无法认定以谁代替：默认各另选行均不计",
    en=(
        "{written} persons are written in and only {against} candidates voted against: by default "
        "none of the write-ins counts"
    ),
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
PRINTED_NAME_WRITTEN = declare_code(
    "A.355",
    rule="R8.8",
    article="law silent",
    zh="另选栏写有候选人“{name}”的姓名：默认视为对该候选人所作的记号",
    en="the candidate {name} is written in: by default it is a mark for that candidate",
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
CONTRADICTORY = declare_code(
    "A.356",
    rule="R8.8",
    article="law silent",
    zh="对“{name}”既有赞成又有反对：默认视为无法辨认",
    en="{name} is marked both for and against: by default unreadable",
    remedy_zh="请总监票人会同监票人认定并记录",
    remedy_en="the chief scrutineer and the scrutineers rule on it together and record it",
)
ALREADY_SENT_BACK = declare_code(
    "R.391",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="已经发回该计票人，尚未更正",
    en="it was sent back to this teller already",
    remedy_zh="请等待其更正，或直接认定、退回重录",
    remedy_en="wait for the correction, or settle or return it",
)
RESOLVED_WITHOUT_REASON = declare_code(
    "R.392",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="认定差异须写明理由",
    en="settling a difference needs a reason",
    remedy_zh="请写明纸质计票单的情况",
    remedy_en="state what the paper sheet shows",
)
