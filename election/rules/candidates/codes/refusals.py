"""Codes of what nominations, candidacies, lists and persons may not do, 470-492."""

from election.rules.terms import declare_code

SAME_NAME_UNDECIDED = declare_code(
    "R.470",
    rule="R5.17",
    article="law silent",
    zh="已登记有同名的“{name}”，须确认是同一人还是同名的另一人",
    en="somebody called {name} is registered already: the same person or a namesake?",
    remedy_zh="核对性别、出生年月和住址后选定",
    remedy_en="compare sex, month of birth and address, then choose",
)
LIST_CLOSED = declare_code(
    "R.471",
    rule="R5.6, R5.7",
    article="DR 10; EL 32; ZJ 35",
    zh="代表候选人名单已于{day}公布，本选区被推荐人已达法定最少数{least}名，不得再增加",
    en=(
        "the first list was published on {day} and the district has the {least} nominees it needs: "
        "nobody may be added"
    ),
    remedy_zh="名单公布后只有被推荐人不足的选区可以继续推荐",
    remedy_en="after the list, only a district with too few nominees may go on nominating",
)
ACCEPTED_IS_FIXED = declare_code(
    "R.472",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="推荐已经受理，推荐材料不能再修改",
    en="the nomination is accepted: its papers are closed",
    remedy_zh="发现推荐材料有差错的，先退回补正",
    remedy_en="if the papers are faulty, send it back first",
)
WITHDRAWN_IS_CLOSED = declare_code(
    "R.473",
    rule="R6.3",
    article="ZJ 35",
    zh="推荐已经撤回，不能再办理",
    en="the nomination is withdrawn: nothing more is done with it",
    remedy_zh="重新推荐的，另行登记",
    remedy_en="register a new nomination",
)
FAULTS_LEFT = declare_code(
    "R.474",
    rule="R5.1, R5.2, R5.5",
    article="EL 30; EL 32; ZJ 34",
    zh="还有{faults}项不符合规定，推荐不能受理",
    en="{faults} faults are left: the nomination cannot be accepted",
    remedy_zh="逐项补正后受理，或者退回补正",
    remedy_en="correct each of them, or send the nomination back",
)
ALREADY_ACCEPTED = declare_code(
    "R.475",
    rule="R5.6",
    article="ZJ 35",
    zh="推荐已经受理",
    en="the nomination is accepted already",
    remedy_zh="无需再次办理",
    remedy_en="nothing to do",
)
NO_REASON = declare_code(
    "R.476",
    rule="D7",
    zh="没有写明理由",
    en="no reason is given",
    remedy_zh="写明理由后办理",
    remedy_en="give the reason",
)
DULY_NOMINATED = declare_code(
    "R.477",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="已受理的推荐没有查出不符合规定之处，不得退回",
    en="nothing is wrong with the accepted nomination: it cannot be sent back",
    remedy_zh="依法推荐的候选人应当列入名单；推荐人或者本人可以撤回",
    remedy_en="a duly nominated person is listed; the nominators or the nominee may withdraw",
)
LISTED_IS_FIXED = declare_code(
    "R.478",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="候选人已列入公布的名单，推荐不再退回",
    en="the person stands on the published list: the nomination is not sent back",
    remedy_zh="没有选举权等法定情形，按除名程序办理",
    remedy_en="strike the person off on a ground of the law only, such as no right to vote",
)
UNDECIDED = declare_code(
    "R.479",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="还有{count}件推荐没有审核，不能公布名单",
    en="{count} nominations are not yet examined: the list cannot be published",
    remedy_zh="逐件受理、退回补正或者登记撤回",
    remedy_en="accept, send back or record the withdrawal of each",
)
OTHER_HOLDER = declare_code(
    "R.480",
    rule="R5.5",
    article="EL 30(2)",
    zh="该身份证号码与已登记的人员“{name}”不符",
    en="the identity number does not fit {name}, who is registered already",
    remedy_zh="对照身份证核对姓名和号码",
    remedy_en="compare name and number with the identity card",
)
USE_INACTIVE = declare_code(
    "R.481",
    rule="R5.20",
    article="ZJ 36(4)",
    zh="正式代表候选人名单已经公布，不能再除名",
    en="the formal list is published: nobody is struck off any more",
    remedy_zh="标记为“不再参选”并公告，选票上保留姓名",
    remedy_en="mark the person inactive and give public notice; the name stays on the ballot",
)
NOT_STANDING = declare_code(
    "R.482",
    rule="R5.20",
    article="law silent",
    zh="此人目前不是候选人",
    en="this person is not standing at present",
    remedy_zh="核对候选人状态",
    remedy_en="check the state of the candidacy",
)
FORMAL_IS_FIXED = declare_code(
    "R.483",
    rule="R5.11",
    article="EL 32; ZJ 36(4)",
    zh="正式代表候选人名单已于{day}公布，不能再改",
    en="the formal list was published on {day}: it is not changed any more",
    remedy_zh="候选人死亡、丧失选举权或者退出的，标记为“不再参选”",
    remedy_en="mark who died, lost the vote or withdrew as inactive",
)
INACTIVE_TOO_EARLY = declare_code(
    "R.484",
    rule="R5.20",
    article="EL 32; ZJ 36(4)",
    zh="正式代表候选人名单公布以前，不能标记为“不再参选”",
    en="before the formal list is published nobody is marked inactive",
    remedy_zh="没有选举权的按除名办理，其余由讨论协商或者预选确定",
    remedy_en="strike off who has no vote; the rest is for consultation or a primary",
)
NO_FIRST_LIST = declare_code(
    "R.485",
    rule="R5.7, R5.11",
    article="EL 32; ZJ 35-36",
    zh="代表候选人名单尚未公布，不能确定或者公布正式代表候选人",
    en="the first list is not published: no formal candidates can be fixed or published",
    remedy_zh="先公布代表候选人名单",
    remedy_en="publish the first list first",
)
FORMAL_NOT_AFTER_FIRST = declare_code(
    "R.486",
    rule="R5.7, R5.11",
    article="EL 32; ZJ 35-36",
    zh="正式代表候选人名单的公布日期{formal}不晚于代表候选人名单的公布日期{first}",
    en="the formal list ({formal}) does not come after the first list ({first})",
    remedy_zh="核对两份公告的日期",
    remedy_en="compare the dates of both notices",
)
NOT_ALL_LEGAL = declare_code(
    "R.487",
    rule="R5.8",
    article="EL 31(2); ZJ 36(1)",
    zh="还有{count}个选区的正式代表候选人人数不合法定比例，不能公布",
    en="{count} districts have no legal number of formal candidates: not published",
    remedy_zh="先逐个选区确定正式代表候选人",
    remedy_en="fix the formal candidates of each district first",
)
FAULTS_NEED_REASON = declare_code(
    "R.488",
    rule="D7",
    zh="有{count}项不符合规定，未写明情况说明，不予登记",
    en="{count} faults and no explanation: not recorded",
    remedy_zh="写明原因和处理意见后登记；差错照样显示",
    remedy_en="explain what happened and what is done about it; the faults stay visible",
)
TIE_AT_THE_CUT = declare_code(
    "R.489",
    rule="R5.21",
    article="law silent",
    zh="预选得票相等，{tied}争{places}个名额，程序不作决定",
    en="the primary is tied: {tied} for {places} places; the program does not decide",
    remedy_zh="改定候选人名额，或者在得票相等者之间再次预选后填写结果",
    remedy_en=(
        "choose another number of candidates, or hold a second primary between the tied and enter "
        "what it decided"
    ),
)
ORDER_INCOMPLETE = declare_code(
    "R.490",
    rule="R5.12",
    article="ZJ 36(4)",
    zh="先后次序须恰好包括名单上的每一个人",
    en="the order must name every listed person once",
    remedy_zh="刷新页面后重新确认",
    remedy_en="reload the page and confirm again",
)
STRUCK_FOR_GOOD = declare_code(
    "R.491",
    rule="R5.15, R6.1",
    article="EL 4, 35; ZJ 25, 38",
    zh="此人已因{ground}被除名，本选区不再接受对其推荐",
    en="this person was struck off ({ground}) and is not nominated here again",
    remedy_zh="请推荐人另行推荐其他选民",
    remedy_en="the nominators may put forward another voter",
)
NO_REDUCTION_NEEDED = declare_code(
    "R.492",
    rule="R5.6, R5.9",
    article="DR 10; EL 32(1); ZJ 35-36",
    zh="应选{seats}名，被推荐{count}人，没有超过法定最多数{most}名，不得减少",
    en="{count} nominees for {seats} seats are within the legal {most}: nobody may be dropped",
    remedy_zh="全部列为正式代表候选人；只有超过最多数的，才交选民小组讨论协商或者预选",
    remedy_en="all of them stand; only more than the most go to the voter groups or to a primary",
)
