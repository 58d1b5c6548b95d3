"""Codes of results: rounds, ties, names written in, certificates withdrawn."""

from election.rules.terms import declare_code

UNSIGNED = declare_code(
    "R.601",
    rule="R8.1",
    article="EL 43, 46; ZJ 47, 50",
    zh="{places}个投票场所中只有{reported}个的计票单已签字，不能确认结果",
    en="only {reported} of {places} places have signed sheets: the result cannot be certified",
    remedy_zh="请先完成其余计票单的录入和签字",
    remedy_en="enter and sign the other sheets first",
)
CERTIFIED = declare_code(
    "R.602",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="本轮次结果已经确认",
    en="the result of this round is certified already",
    remedy_zh="无须再次确认",
    remedy_en="nothing more to do",
)
NO_DECISION = declare_code(
    "R.603",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="法律未作规定或者有警示的结果，须填写选举委员会书面决定的文号",
    en="where the law is silent or an alert stands, the committee's decision must be named",
    remedy_zh="请填写决定的文号或者日期",
    remedy_en="enter number or date of the written decision",
)
CHANGED = declare_code(
    "R.604",
    rule="R9.14",
    article="house rule T4",
    zh="所见的结果与现在的结果不同（校验码不符）",
    en="the result seen is not the result now: their digests differ",
    remedy_zh="请重新打开本页，核对后再确认",
    remedy_en="open the page again, check it, then certify",
)
IMPOSSIBLE = declare_code(
    "R.605",
    rule="R8.14",
    article="EL 43, 44",
    zh="已签字的数字合计有{faults}处不可能成立，不能确认结果",
    en="the signed figures add up to {faults} impossible things: nothing can be certified",
    remedy_zh="请查明有误的计票单，由选举办主任写明理由重新开启",
    remedy_en="find the wrong sheet; the director reopens it, stating the reason",
)
CERTIFIER_COUNTED = declare_code(
    "W.606",
    rule="R9.14",
    article="house rule",
    zh="您录入或签字过本轮次的计票单，现在又由您确认",
    en="you entered or signed a sheet of this round and would now certify it",
    remedy_zh="建议由未参与计票的人员确认",
    remedy_en="somebody who did not count should certify",
)
NO_ROLL = declare_code(
    "R.607",
    rule="R8.2",
    article="EL 45(1); ZJ 48(1)",
    zh="选区的选民人数未知，不能判定结果",
    en="the voters of the district are not known",
    remedy_zh=(
        "尚无计票记录的，由选举办主任退回“投票准备”阶段，在“投票场所”中填写；已有计票记录的，请用审"
        "计核对查明原因"
    ),
    remedy_en=(
        "while nothing is counted the director goes back to polling and enters it under Polling "
        "places; after that, find out by the audit how it was lost"
    ),
)
NOTHING_FOLLOWS = declare_code(
    "R.611",
    rule="R9.12",
    article="EL 44, 45; ZJ 48, 49",
    zh="本轮次之后没有应当举行的投票",
    en="no vote follows this round",
    remedy_zh="请看本轮次的结果说明",
    remedy_en="see the reasons of this round",
)
NOT_CERTIFIED = declare_code(
    "R.612",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="上一轮次的结果尚未确认",
    en="the round before is not certified yet",
    remedy_zh="请先由选举委员会确认",
    remedy_en="the committee certifies it first",
)
OPEN_ALREADY = declare_code(
    "R.613",
    rule="R9.12",
    article="EL 44, 45",
    zh="下一轮次已经设立",
    en="the next round is open already",
    remedy_zh="请直接办理该轮次",
    remedy_en="go on with that round",
)
NOT_IN_ORDER = declare_code(
    "R.614",
    rule="R9.5",
    article="EL 45(4); ZJ 49(3)",
    zh="“{name}”不在可列为候选人的名单中",
    en="{name} is not among those who may stand",
    remedy_zh="只能在上一轮次未当选的人中按得票顺序确定",
    remedy_en="candidates are those left over from the round before, in order of votes",
)
NUMBER = declare_code(
    "R.615",
    rule="R9.5",
    article="EL 31(2), 45(4); ZJ 36(1), 49(3)",
    zh="选定候选人{count}名，依法应为{least}至{most}名",
    en="{count} candidates were chosen; the law wants {least} to {most}",
    remedy_zh="缺1名的候选人2名，缺2名的3至4名，缺3名的4至6名",
    remedy_en="1 missing seat: 2 candidates; 2 seats: 3 to 4; 3 seats: 4 to 6",
)
OUT_OF_ORDER = declare_code(
    "R.616",
    rule="R9.11",
    article="EL 45(4)",
    zh="“{left}”得票不少于已选定的“{taken}”却未列入",
    en="{left} has no fewer votes than {taken} and is left out",
    remedy_zh="请按得票顺序确定；只有得票相等的，才可以由选举委员会书面决定（填写文号）",
    remedy_en="follow the order of votes; only between equal votes may a written decision choose",
)
WRITE_IN_STANDS = declare_code(
    "R.617",
    rule="R9.10",
    article="EL 45(4)",
    zh="另选人“{name}”能否列为另行选举候选人法律未作规定，须有选举委员会书面决定",
    en="the law is silent on whether the write-in {name} may stand: the committee must decide",
    remedy_zh="请填写书面决定的文号",
    remedy_en="name the written decision",
)
TOO_EARLY = declare_code(
    "R.618",
    rule="R9.9",
    article="EL 45; ZJ 49",
    zh="投票日{day}早于上一轮次的投票日{before}",
    en="polling day {day} is before {before}",
    remedy_zh="请重新填写投票日",
    remedy_en="enter the day again",
)
TOO_LATE = declare_code(
    "W.619",
    rule="R9.9",
    article="law silent",
    zh="投票日{day}距上一轮次投票日{days}天，超过{most}天",
    en="polling day {day} is {days} days after the round before, more than {most}",
    remedy_zh="期限法律未作规定，请确认",
    remedy_en="the law is silent on a limit: please confirm",
)
TOO_FEW_LEFT = declare_code(
    "R.620",
    rule="R5.13",
    article="EL 31",
    zh="可列为候选人的只有{count}名，少于法定的{least}名，须有选举委员会书面决定",
    en="only {count} people are left, fewer than {least}: the committee must decide",
    remedy_zh="请填写如何办理的书面决定",
    remedy_en="name the written decision",
)
REOPENED_TOO_LATE = declare_code(
    "R.621",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="本轮次结果已经确认，计票单不能重新开启",
    en="the result is certified: its sheets are not reopened",
    remedy_zh="确有错误的，由选举办主任凭选举委员会书面决定申请撤销结果确认，监票人核对后批准",
    remedy_en=(
        "if a figure is wrong, the director asks to withdraw the certificate by a written decision "
        "of the committee, and a scrutineer grants it"
    ),
)
CHOSEN_TWICE = declare_code(
    "R.622",
    rule="R9.5",
    article="EL 31(2), 45(4); ZJ 36(1), 49(3)",
    zh="候选人“{name}”被重复选定",
    en="{name} was chosen more than once",
    remedy_zh="每人只选定一次",
    remedy_en="choose everybody once",
)
NOBODY_CHOSEN = declare_code(
    "R.623",
    rule="R9.5",
    article="EL 31(2), 45(4); ZJ 36(1), 49(3)",
    zh="没有选定另行选举的候选人",
    en="nobody was chosen to stand in the further election",
    remedy_zh="请按得票顺序选定；无人可选的，先依法补足候选人",
    remedy_en="choose in order of votes; where nobody is left, more candidates must be found first",
)
NOTHING_LEVEL = declare_code(
    "R.624",
    rule="R9.4",
    article="law silent",
    zh="本轮次没有留待选举委员会决定的相等票数",
    en="this round leaves no tie to the committee",
    remedy_zh="只有达到再次投票次数上限仍然相等的，才由选举委员会作出决定",
    remedy_en="the committee decides only when the last repeat vote is still level",
)
NOT_WRITTEN = declare_code(
    "R.625",
    rule="R9.4",
    article="law silent",
    zh="选举委员会的决定须有文号和理由",
    en="the committee's decision needs a number and a reason",
    remedy_zh="请填写书面决定的文号和理由",
    remedy_en="enter the number of the written decision and its reason",
)
WRONG_DAY = declare_code(
    "R.626",
    rule="R9.4",
    article="law silent",
    zh="决定日期{day}不在投票日{before}至今日{today}之间",
    en="the decision of {day} is not between the polling day {before} and today, {today}",
    remedy_zh="请按书面决定填写日期",
    remedy_en="enter the date of the written decision",
)
NOBODY_LEVEL = declare_code(
    "R.627",
    rule="R9.4",
    article="law silent",
    zh="没有得票相等的人，不能再举行再次投票",
    en="nobody is level: no repeat vote can be held",
    remedy_zh="请按书面决定选择名额空缺",
    remedy_en="choose vacant seats, as the written decision says",
)
NOT_IDENTIFIED = declare_code(
    "R.628",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人“{name}”的身份和资格尚未核实",
    en="it is not recorded that the write-in {name} was identified and may be elected",
    remedy_zh="请填写核实情况：是本县（镇）选民，选举日年满18周岁，未被剥夺政治权利",
    remedy_en=(
        "say how it was verified: a voter of the county or town, 18 on election day, not deprived "
        "of political rights"
    ),
)
NAMESAKE = declare_code(
    "A.629",
    rule="R5.17",
    article="law silent",
    zh="“{name}”与{where}的{standing}同名",
    en="{name} has the name of {standing} in {where}",
    remedy_zh="请选举委员会核实是否同一人，填写书面决定的文号",
    remedy_en="the committee finds out whether it is one person and names its written decision",
)
SAME_OR_NOT = declare_code(
    "R.630",
    rule="R5.17",
    article="law silent",
    zh="“{name}”与{where}的{standing}同名，尚未说明是否同一人",
    en="it is not said whether {name} is {standing} of that name in {where}",
    remedy_zh="请核实后选择",
    remedy_en="find out, then choose",
)
TWO_SEATS = declare_code(
    "R.631",
    rule="R5.17",
    article="law silent",
    zh="“{name}”已在{where}当选，一人只能保留一个同级代表名额，尚未说明保留哪一个",
    en="{name} is elected in {where}: one person holds one seat, and it is not said which",
    remedy_zh="法律未作规定；请按选举委员会的书面决定选择，另一名额空缺",
    remedy_en=(
        "the law is silent: choose as the committee decided in writing; the other seat stays vacant"
    ),
)
NO_CERTIFICATE = declare_code(
    "R.632",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="本轮次没有可以撤销的结果确认",
    en="this round has no certificate that could be withdrawn",
    remedy_zh="结果尚未确认的，由选举办主任重新开启计票单",
    remedy_en="while a result is not certified the director opens the sheet again",
)
NOT_REASONED = declare_code(
    "R.633",
    rule="R9.14",
    article="law silent",
    zh="撤销结果确认须写明理由和选举委员会书面决定的文号",
    en="a certificate is withdrawn for a reason and by a written decision of the committee",
    remedy_zh="请填写理由和书面决定的文号",
    remedy_en="enter the reason and the number of the decision",
)
ASKED_ALREADY = declare_code(
    "R.634",
    rule="R9.14",
    article="house rule T1",
    zh="撤销本轮次结果确认的申请正在等待监票人决定",
    en="the withdrawal of this certificate waits for a scrutineer",
    remedy_zh="请监票人先作出决定；此前不开启下一轮次，也不登记其他决定",
    remedy_en="a scrutineer decides first; until then no round follows and no tie is decided",
)
SAME_PERSON = declare_code(
    "R.635",
    rule="R9.14",
    article="house rule T1",
    zh="申请人和批准人不能是同一人",
    en="who asked for the withdrawal cannot grant it",
    remedy_zh="请另一名监票人核对后决定",
    remedy_en="another person, a scrutineer, compares and decides",
)
FOLLOWED = declare_code(
    "R.636",
    rule="R9.14",
    article="EL 46, 47; ZJ 50, 52",
    zh="其后的轮次{round}已有计票记录，本轮次的结果确认不能撤销",
    en="round {round} after it has records of a count: the certificate cannot be withdrawn",
    remedy_zh="已举行的投票不能由程序取消；请封存材料、书面报告，由选举委员会依法决定选举是否有效",
    remedy_en=(
        "a vote that was held is not undone by the program: seal the papers, report in writing; "
        "the committee decides by law whether the election is valid"
    ),
)
NOTHING_ASKED = declare_code(
    "R.637",
    rule="R9.14",
    article="house rule T1",
    zh="没有等待决定的撤销申请",
    en="no withdrawal waits for a decision",
    remedy_zh="先由选举办主任提出申请",
    remedy_en="the director asks for it first",
)
ELECTED_ALREADY = declare_code(
    "R.638",
    rule="R5.17",
    article="law silent",
    zh="“{name}”已在{where}当选，不再列为同级另一选区的候选人",
    en="{name} is elected in {where} and does not stand in another district of the level",
    remedy_zh="请不列入该另选人",
    remedy_en="leave this write-in out",
)
BEFORE_POLLING = declare_code(
    "R.639",
    rule="R7.16",
    article="ZJ 51",
    zh="投票日为{day}，尚未到，不能确认结果",
    en="the polling day {day} has not come: the result cannot be certified yet",
    remedy_zh="经选举委员会同意提前投票的，填写书面决定的文号后再确认",
    remedy_en="if the committee agreed to an earlier vote, name its written decision",
)
ALIKE = declare_code(
    "A.640",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="各计票单上的另选人{names}只有空格、间隔号或全半角之别，共{votes}票，现分别计算",
    en=(
        "names written in on the sheets differ in spelling only: {names}; their {votes} votes are "
        "counted apart"
    ),
    remedy_zh=(
        "是同一人的，由选举办主任重新开启计票单，统一写法后重新录入、签字；不是同一人的，填写选举委"
        "员会的书面决定"
    ),
    remedy_en=(
        "if it is one person, the director opens the sheets again and they are entered in one "
        "spelling and signed anew; if not, name the committee's written decision"
    ),
)
NOTHING_PLAIN = declare_code(
    "R.641",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="没有无须说明、可以一并确认的结果",
    en="no result without a remark waits to be certified",
    remedy_zh="请逐个选区打开结果，核对后确认",
    remedy_en="open the results one by one, look, then certify",
)
NOT_NUMBERED = declare_code(
    "R.642",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="一并确认各选区结果，须写明选举委员会决定的文号",
    en="to certify several districts together the committee's decision must be named",
    remedy_zh="请填写书面决定的文号",
    remedy_en="enter the number of the written decision",
)
NOT_ON_DAY = declare_code(
    "R.643",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="决定日期{day}不在投票日{before}至今日{today}之间",
    en="the decision of {day} is not between the polling day {before} and today, {today}",
    remedy_zh="请按书面决定填写日期",
    remedy_en="enter the date of the written decision",
)
