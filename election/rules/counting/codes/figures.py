"""Codes of a count sheet's figures: errors, alerts, warnings.

301-309 figures; 311-319 balances; 321-329 write-ins; 331-339 ballot account; 341-349 plausibility.
"""

from election.rules.terms import declare_code

MISSING = declare_code(
    "E.301",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="“{item}”未填写：空白表示不知道，不等于0",
    en="{item} is missing: an empty field is unknown, not zero",
    remedy_zh="请对照计票单填写；确实没有的，填写0",
    remedy_en="read it from the paper sheet; where there is none, write 0",
)
NOT_A_FIGURE = declare_code(
    "E.302",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="“{item}”的“{value}”不是可用的数字",
    en='"{value}" cannot be {item}',
    remedy_zh="只填数字：0至999999的整数，不带正负号、逗号、小数点和字母",
    remedy_en="write only digits: a whole number from 0 to 999999, no sign, comma, point or letter",
)
UNKNOWN_ITEM = declare_code(
    "E.303",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="计票单上没有“{item}”这一栏",
    en='the sheet has no line "{item}"',
    remedy_zh="请核对轮次、候选人和另选人姓名（姓名不得空白）",
    remedy_en="check round, candidates and the written-in name (a name may not be blank)",
)
MORE_RETURNED = declare_code(
    "A.311",
    rule="R8.3",
    article="EL 44(1); ZJ 48(2)",
    zh="收回选票{returned}张，多于发出选票{issued}张",
    en="{returned} papers were returned, more than the {issued} issued",
    remedy_zh=(
        "请先核对计票单。属实的，由选举委员会书面决定后方可签字；全选区收回多于发出的，选举无效，重"
        "新选举"
    ),
    remedy_en=(
        "check the paper first; if true, the election committee decides in writing before anyone "
        "signs; over the whole district it makes the election void: a rerun election"
    ),
)
MORE_ISSUED_THAN_REGISTERED = declare_code(
    "E.312",
    rule="R7.7",
    article="EL 37; ZJ 40(1)",
    zh="发出选票{issued}张，多于登记选民{registered}人",
    en="{issued} papers were issued to {registered} registered voters",
    remedy_zh="一名选民只能领取一张选票，请核对发票数和选民名单",
    remedy_en="a voter draws one paper: check the number issued and the roll",
)
MORE_VOID = declare_code(
    "E.313",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="废票{void}张，多于收回选票{returned}张",
    en="{void} papers are void, more than the {returned} returned",
    remedy_zh="请对照计票单核对废票数和收回选票数",
    remedy_en="read void and returned papers from the paper sheet again",
)
MORE_BLANK = declare_code(
    "E.314",
    rule="R8.10",
    article="EL 41",
    zh="空白票{blank}张，多于有效票{valid}张（收回{returned}张减废票{void}张）",
    en="{blank} papers are blank, more than the {valid} valid ({returned} returned - {void} void)",
    remedy_zh="空白票是有效票中的弃权票，请核对空白票、收回选票和废票数",
    remedy_en="blank papers are valid abstentions: check blank, returned and void",
)
CANDIDATE_UNBALANCED = declare_code(
    "E.315",
    rule="R8.14",
    article="EL 43; SH 43",
    zh=(
        "“{candidate}”：有效票{valid}张，与赞成{votes_for}、反对{against}、弃权{abstain}之和{sum}不"
        "符"
    ),
    en=(
        "{candidate}: {valid} valid papers, but {votes_for} for, {against} against and {abstain} "
        "abstaining make {sum}"
    ),
    remedy_zh=(
        "每张有效票对每名候选人必为赞成、反对、弃权之一，三项之和应等于收回选票减废票；个别作废的一"
        "行计入弃权"
    ),
    remedy_en=(
        "each valid paper is for, against or abstains on each candidate: the three must make "
        "returned - void (a line ruled void counts as abstaining)"
    ),
)
MORE_CHOICES = declare_code(
    "E.316",
    rule="R8.4",
    article="EL 44(2); ZJ 48(3)",
    zh=(
        "赞成票和另选人得票共{chosen}票，多于{marked}张非空白有效票按每票至多{seats}人可投的{most}"
        "票"
    ),
    en=(
        "{chosen} votes for candidates and write-ins, more than the {most} that {marked} valid "
        "papers not blank can carry with at most {seats} choices each"
    ),
    remedy_zh="请核对各候选人赞成票和另选人得票；所选人数多于应选名额的选票是废票",
    remedy_en="check the votes: a paper choosing more persons than there are seats is void",
)
BLANK_NOT_ABSTAINING = declare_code(
    "E.317",
    rule="R8.10",
    article="EL 41",
    zh="空白票{blank}张，多于“{candidate}”的弃权{abstain}票",
    en="{blank} blank papers, but only {abstain} abstain on {candidate}",
    remedy_zh="空白票对每名候选人都是弃权，请核对空白票和弃权票数",
    remedy_en="a blank paper abstains on everybody: check blank and abstain",
)
MORE_WRITEINS = declare_code(
    "E.321",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人“{name}”得{votes}票，多于非空白有效票{marked}张",
    en="{votes} votes for the write-in {name}, more than the {marked} valid papers not blank",
    remedy_zh="一张选票对同一人只计一票，请核对另选人得票",
    remedy_en="a paper carries one vote for a person: check the write-in's votes",
)
WRITEIN_IS_CANDIDATE = declare_code(
    "W.322",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人“{name}”与候选人“{candidate}”同名或近似，得{votes}票",
    en="the write-in {name} ({votes} votes) has the name of the candidate {candidate}",
    remedy_zh="如为同一人，其票应计入候选人；如为同名的另一人，请说明其单位或村",
    remedy_en=(
        "if it is the same person, the votes are the candidate's; if a namesake, say from where"
    ),
)
WRITEIN_NOT_ALLOWED = declare_code(
    "E.323",
    rule="R9.3",
    article="EL 45(3); ZJ 49(2)",
    zh="本次投票不得另选他人，但另选人“{name}”记有{votes}票",
    en="this ballot takes no write-ins, yet {name} has {votes} votes",
    remedy_zh="再次投票只在得票相等的候选人中进行，写有其他姓名的一行不计",
    remedy_en="a repeat vote is among the tied only: a line with another name does not count",
)
WRITEINS_ALIKE = declare_code(
    "W.324",
    rule="R8.11",
    article="EL 41; ZJ 46",
    zh="另选人{names}只有空格、间隔号或全半角之别，可能是同一人",
    en="the write-ins {names} differ only in spaces, dots or width: perhaps one person",
    remedy_zh="请监票人认定；合并须由两人办理并保留原文",
    remedy_en=(
        "the scrutineers rule on it; a merger is a recorded act of two persons, originals kept"
    ),
)
ISSUED_UNBALANCED = declare_code(
    "E.331",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="发出选票数与领票记录不符（发出 = 本人领票 + 委托代领）：{equation}",
    en="papers issued do not match the check-ins (issued = checked in + proxy): {equation}",
    remedy_zh="请核对发票数、签到记录和委托投票记录",
    remedy_en="check the number issued, the check-ins and the proxies",
)
STOCK_UNBALANCED = declare_code(
    "W.332",
    rule="R8.15",
    article="law silent; balance check",
    zh="选票结存不平（印制 = 发出 + 换发作废 + 未用）：{equation}",
    en=(
        "the stock of papers does not balance (printed = issued + spoiled and replaced + unused): "
        "{equation}"
    ),
    remedy_zh="请清点未用和换发作废的选票；仍不平的，写明相差张数和原因",
    remedy_en=(
        "count unused and spoiled papers again; if it still differs, state by how many and why"
    ),
)
MORE_PROXIES = declare_code(
    "A.333",
    rule="R7.12",
    article="EL 42; ZJ 43(5)",
    zh="本选区委托代领{proxy}张，多于本人领票的{checked_in}人每人至多代{each}人投票的{most}张",
    en=(
        "{proxy} papers of the district were drawn by proxies, more than the {most} that "
        "{checked_in} persons may draw for {each} others each"
    ),
    remedy_zh=(
        "每一选民接受的委托不得超过三人，请核对签到和委托投票记录；查明后由选举委员会书面决定"
    ),
    remedy_en=(
        "a voter may act for no more than three others: check the check-ins and the proxies; the "
        "committee decides in writing"
    ),
)
NOTHING_RETURNED = declare_code(
    "W.341",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="发出选票{issued}张，收回选票{returned}张：没有一张选票",
    en="{issued} papers were issued and {returned} returned: not one paper",
    remedy_zh="请确认票箱已经开启、计票单不是空白表",
    remedy_en="make sure the box was opened and the sheet is not an empty form",
)
MANY_VOID = declare_code(
    "W.342",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="废票{void}张，达到收回选票{returned}张的3%",
    en="{void} of {returned} papers are void: 3 % or more",
    remedy_zh="请核对；属实的，写明原因",
    remedy_en="check; if true, state why",
)
MANY_BLANK = declare_code(
    "W.343",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="空白票{blank}张，达到收回选票{returned}张的3%",
    en="{blank} of {returned} papers are blank: 3 % or more",
    remedy_zh="请核对；属实的，写明原因",
    remedy_en="check; if true, state why",
)
MANY_NOT_RETURNED = declare_code(
    "W.344",
    rule="R8.14",
    article="EL 43; SH 43",
    zh="发出选票{issued}张，收回{returned}张，相差{missing}张（达到2%或者15张）",
    en=(
        "{issued} papers were issued and {returned} returned: {missing} are missing (2 % or more, "
        "or 15 or more)"
    ),
    remedy_zh="请核对；属实的，写明未收回的原因",
    remedy_en="check; if true, state why they are missing",
)
TURNOUT_OVER_ALL = declare_code(
    "W.345",
    rule="R8.2",
    article="EL 45(1); ZJ 48(1)",
    zh="收回选票{returned}张，多于登记选民{registered}人：投票率超过100%",
    en="{returned} papers returned by {registered} registered voters: turnout over 100 %",
    remedy_zh="请核对收回选票数和该票箱对应的选民数",
    remedy_en="check the papers returned and the voters of this place",
)
