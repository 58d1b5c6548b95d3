"""What nominations, candidacies, lists and registered persons may not do: R.470 to R.492."""

from election.rules.terms import Code, Text

SAME_NAME_UNDECIDED = Code(
    "R.470", "R5.17", "law silent",
    Text("已登记有同名的“{name}”，须确认是同一人还是同名的另一人",
         "somebody called {name} is registered already: the same person or a namesake?"),
    Text("核对性别、出生年月和住址后选定", "compare sex, month of birth and address, then choose"),
)  # fmt: skip
LIST_CLOSED = Code(
    "R.471", "R5.6, R5.7", "DR 10; EL 32; ZJ 35",
    Text("代表候选人名单已于{day}公布，本选区被推荐人已达法定最少数{least}名，不得再增加",
         "the first list was published on {day} and the district has the {least} nominees it "
         "needs: nobody may be added"),
    Text("名单公布后只有被推荐人不足的选区可以继续推荐",
         "after the list, only a district with too few nominees may go on nominating"),
)  # fmt: skip
ACCEPTED_IS_FIXED = Code(
    "R.472", "R5.6", "DR 10; ZJ 35",
    Text("推荐已经受理，推荐材料不能再修改", "the nomination is accepted: its papers are closed"),
    Text("发现推荐材料有差错的，先退回补正", "if the papers are faulty, send it back first"),
)  # fmt: skip
WITHDRAWN_IS_CLOSED = Code(
    "R.473", "R6.3", "ZJ 35",
    Text("推荐已经撤回，不能再办理", "the nomination is withdrawn: nothing more is done with it"),
    Text("重新推荐的，另行登记", "register a new nomination"),
)  # fmt: skip
FAULTS_LEFT = Code(
    "R.474", "R5.1, R5.2, R5.5", "EL 30; EL 32; ZJ 34",
    Text("还有{faults}项不符合规定，推荐不能受理",
         "{faults} faults are left: the nomination cannot be accepted"),
    Text("逐项补正后受理，或者退回补正", "correct each of them, or send the nomination back"),
)  # fmt: skip
ALREADY_ACCEPTED = Code(
    "R.475", "R5.6", "ZJ 35",
    Text("推荐已经受理", "the nomination is accepted already"),
    Text("无需再次办理", "nothing to do"),
)  # fmt: skip
NO_REASON = Code(
    "R.476", "D7", "",
    Text("没有写明理由", "no reason is given"),
    Text("写明理由后办理", "give the reason"),
)  # fmt: skip
DULY_NOMINATED = Code(
    "R.477", "R5.6", "DR 10; ZJ 35",
    Text("已受理的推荐没有查出不符合规定之处，不得退回",
         "nothing is wrong with the accepted nomination: it cannot be sent back"),
    Text("依法推荐的候选人应当列入名单；推荐人或者本人可以撤回",
         "a duly nominated person is listed; the nominators or the nominee may withdraw"),
)  # fmt: skip
LISTED_IS_FIXED = Code(
    "R.478", "R5.6", "DR 10; ZJ 35",
    Text("候选人已列入公布的名单，推荐不再退回",
         "the person stands on the published list: the nomination is not sent back"),
    Text("没有选举权等法定情形，按除名程序办理",
         "strike the person off on a ground of the law only, such as no right to vote"),
)  # fmt: skip
UNDECIDED = Code(
    "R.479", "R5.6", "DR 10; ZJ 35",
    Text("还有{count}件推荐没有审核，不能公布名单",
         "{count} nominations are not yet examined: the list cannot be published"),
    Text("逐件受理、退回补正或者登记撤回", "accept, send back or record the withdrawal of each"),
)  # fmt: skip
OTHER_HOLDER = Code(
    "R.480", "R5.5", "EL 30(2)",
    Text("该身份证号码与已登记的人员“{name}”不符", "the identity number does not fit {name}, "
         "who is registered already"),
    Text("对照身份证核对姓名和号码", "compare name and number with the identity card"),
)  # fmt: skip
USE_INACTIVE = Code(
    "R.481", "R5.20", "ZJ 36(4)",
    Text("正式代表候选人名单已经公布，不能再除名",
         "the formal list is published: nobody is struck off any more"),
    Text("标记为“不再参选”并公告，选票上保留姓名",
         "mark the person inactive and give public notice; the name stays on the ballot"),
)  # fmt: skip
NOT_STANDING = Code(
    "R.482", "R5.20", "law silent",
    Text("此人目前不是候选人", "this person is not standing at present"),
    Text("核对候选人状态", "check the state of the candidacy"),
)  # fmt: skip
FORMAL_IS_FIXED = Code(
    "R.483", "R5.11", "EL 32; ZJ 36(4)",
    Text("正式代表候选人名单已于{day}公布，不能再改",
         "the formal list was published on {day}: it is not changed any more"),
    Text("候选人死亡、丧失选举权或者退出的，标记为“不再参选”",
         "mark who died, lost the vote or withdrew as inactive"),
)  # fmt: skip
INACTIVE_TOO_EARLY = Code(
    "R.484", "R5.20", "EL 32; ZJ 36(4)",
    Text("正式代表候选人名单公布以前，不能标记为“不再参选”",
         "before the formal list is published nobody is marked inactive"),
    Text("没有选举权的按除名办理，其余由讨论协商或者预选确定",
         "strike off who has no vote; the rest is for consultation or a primary"),
)  # fmt: skip
NO_FIRST_LIST = Code(
    "R.485", "R5.7, R5.11", "EL 32; ZJ 35-36",
    Text("代表候选人名单尚未公布，不能确定或者公布正式代表候选人",
         "the first list is not published: no formal candidates can be fixed or published"),
    Text("先公布代表候选人名单", "publish the first list first"),
)  # fmt: skip
FORMAL_NOT_AFTER_FIRST = Code(
    "R.486", "R5.7, R5.11", "EL 32; ZJ 35-36",
    Text("正式代表候选人名单的公布日期{formal}不晚于代表候选人名单的公布日期{first}",
         "the formal list ({formal}) does not come after the first list ({first})"),
    Text("核对两份公告的日期", "compare the dates of both notices"),
)  # fmt: skip
NOT_ALL_LEGAL = Code(
    "R.487", "R5.8", "EL 31(2); ZJ 36(1)",
    Text("还有{count}个选区的正式代表候选人人数不合法定比例，不能公布",
         "{count} districts have no legal number of formal candidates: not published"),
    Text("先逐个选区确定正式代表候选人", "fix the formal candidates of each district first"),
)  # fmt: skip
FAULTS_NEED_REASON = Code(
    "R.488", "D7", "",
    Text("有{count}项不符合规定，未写明情况说明，不予登记",
         "{count} faults and no explanation: not recorded"),
    Text("写明原因和处理意见后登记；差错照样显示",
         "explain what happened and what is done about it; the faults stay visible"),
)  # fmt: skip
TIE_AT_THE_CUT = Code(
    "R.489", "R5.21", "law silent",
    Text("预选得票相等，{tied}争{places}个名额，程序不作决定",
         "the primary is tied: {tied} for {places} places; the program does not decide"),
    Text("改定候选人名额，或者在得票相等者之间再次预选后填写结果",
         "choose another number of candidates, or hold a second primary between the tied and "
         "enter what it decided"),
)  # fmt: skip
ORDER_INCOMPLETE = Code(
    "R.490", "R5.12", "ZJ 36(4)",
    Text("先后次序须恰好包括名单上的每一个人", "the order must name every listed person once"),
    Text("刷新页面后重新确认", "reload the page and confirm again"),
)  # fmt: skip
STRUCK_FOR_GOOD = Code(
    "R.491", "R5.15, R6.1", "EL 4, 35; ZJ 25, 38",
    Text("此人已因{ground}被除名，本选区不再接受对其推荐",
         "this person was struck off ({ground}) and is not nominated here again"),
    Text("请推荐人另行推荐其他选民", "the nominators may put forward another voter"),
)  # fmt: skip
NO_REDUCTION_NEEDED = Code(
    "R.492", "R5.6, R5.9", "DR 10; EL 32(1); ZJ 35-36",
    Text("应选{seats}名，被推荐{count}人，没有超过法定最多数{most}名，不得减少",
         "{count} nominees for {seats} seats are within the legal {most}: nobody may be dropped"),
    Text("全部列为正式代表候选人；只有超过最多数的，才交选民小组讨论协商或者预选",
         "all of them stand; only more than the most go to the voter groups or to a primary"),
)  # fmt: skip
CODES: tuple[Code, ...] = tuple(one for one in list(vars().values()) if isinstance(one, Code))
