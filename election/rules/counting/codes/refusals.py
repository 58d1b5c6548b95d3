"""Codes of the refused moves of a count sheet, 361-389.

The machine is drawn in docs/states/count-sheet.md. The law wants the count checked, recorded and
signed by scrutineers and tellers (EL 43; ZJ 47); two entries by two persons and a third who signs
are the house's way to be sure of the record.
"""

from election.rules.terms import declare_code

ROUND_NOT_OPEN = declare_code(
    "R.361",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本轮次计票录入尚未开放",
    en="the count of this round is not open",
    remedy_zh="投票结束、票箱封存送达后，由选举办开放录入",
    remedy_en="the office opens it after voting has ended and the boxes are in",
)
SAME_PERSON = declare_code(
    "R.362",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="同一人不得录入两遍",
    en="the same person may not make both entries",
    remedy_zh="第二遍须由另一人对照计票单录入（换账号、换设备也不行）",
    remedy_en="another person makes the second entry from the paper; another account does not help",
)
ENTRIES_COMPLETE = declare_code(
    "R.363",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="两遍录入均已完成，不能再录入",
    en="both entries have been made",
    remedy_zh="有差异的由第三人处理；需要重录的先退回计票人",
    remedy_en="a third person settles differences; to enter anew, return the sheet to the tellers",
)
ENTRY_AFTER_SIGNATURE = declare_code(
    "R.364",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="计票单已经签字，不能再录入",
    en="the sheet is signed and takes no entry",
    remedy_zh="确需更正的，由选举办主任写明理由重新开启",
    remedy_en="the director may reopen it in writing, stating the reason",
)
FIGURES_IN_ERROR = declare_code(
    "R.365",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="数字有{errors}处差错，不予保存",
    en="the figures have {errors} errors and are not kept",
    remedy_zh="请一次改正全部差错；纸质计票单本身有错的，退回计票小组重新清点",
    remedy_en=(
        "correct all of them; if the paper itself is wrong, take it back to the counting table"
    ),
)
NOT_SENT_BACK = declare_code(
    "R.366",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本单没有发回更正",
    en="the sheet was not sent back for correction",
    remedy_zh="两遍录入不一致时，由第三人决定发回哪一名计票人",
    remedy_en="when the entries differ, a third person decides whom to send it back to",
)
SENT_BACK_TO_ANOTHER = declare_code(
    "R.367",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本单发回的是另一名计票人",
    en="the sheet was sent back to the other teller",
    remedy_zh="只能由被发回的计票人更正",
    remedy_en="only the teller it was sent back to may correct it",
)
CORRECTION_BEYOND = declare_code(
    "R.368",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="更正的栏目须恰为两遍不一致的栏目：{differing}",
    en="a correction covers exactly the differing fields: {differing}",
    remedy_zh="请对照计票单重新填写全部不一致的栏目，其他栏目不得改动",
    remedy_en="read each differing field from the paper again and leave the others alone",
)
NOTHING_TO_RESOLVE = declare_code(
    "R.369",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="没有需要认定的差异",
    en="there is no difference to resolve",
    remedy_zh="两遍录入完成且不一致时方可认定",
    remedy_en="there must be two entries that differ",
)
RESOLVER_ENTERED = declare_code(
    "R.370",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="录入过本单的人不得认定差异",
    en="who made an entry may not resolve the differences",
    remedy_zh="请由未录入本单的第三人认定",
    remedy_en="a third person resolves them",
)
RESOLUTION_INCOMPLETE = declare_code(
    "R.371",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="须逐栏认定全部不一致的栏目，不多不少：{differing}",
    en="a resolution settles exactly the differing fields: {differing}",
    remedy_zh="请对照计票单为每一栏选择与纸面一致的一遍",
    remedy_en="for each field choose the entry that agrees with the paper",
)
NOTHING_TO_SEND_BACK = declare_code(
    "R.372",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="没有差异，不能发回更正",
    en="there is no difference to send back",
    remedy_zh="两遍录入完成且不一致时方可发回；需要重录的，退回计票人",
    remedy_en="there must be two entries that differ; to enter anew, return the sheet",
)
RETURNER_ENTERED = declare_code(
    "R.373",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="录入过本单的人不得发回或者退回",
    en="who made an entry may not send the sheet back",
    remedy_zh="请由未录入本单的第三人办理",
    remedy_en="a third person does so",
)
SENT_TO_NOBODY = declare_code(
    "R.374",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="只能发回给录入过本单的计票人",
    en="only a teller who made an entry can be sent it back",
    remedy_zh="请在两名录入人中选择一名",
    remedy_en="choose one of the two who entered it",
)
NOTHING_TO_RETURN = declare_code(
    "R.375",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本单尚无录入，无须退回",
    en="the sheet has no entry to drop",
    remedy_zh="请直接录入",
    remedy_en="enter it",
)
RETURN_WITHOUT_REASON = declare_code(
    "R.376",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="退回重录须写明理由",
    en="returning the sheet needs a reason",
    remedy_zh="请写明理由；已录入的两遍予以保留备查",
    remedy_en="state it; the entries dropped stay on file",
)
SIGNED_IS_CLOSED = declare_code(
    "R.377",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="计票单已经签字，不能更正、认定或者退回",
    en="the sheet is signed: it is not corrected, resolved or returned",
    remedy_zh="确需更正的，由选举办主任写明理由重新开启",
    remedy_en="the director may reopen it in writing, stating the reason",
)
NOT_ENTERED_TWICE = declare_code(
    "R.378",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="两遍录入尚未完成，不能签字",
    en="two entries have not been made yet",
    remedy_zh="请先由两人分别录入",
    remedy_en="two persons enter the sheet first",
)
SIGNED_WHILE_DIFFERING = declare_code(
    "R.379",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="两遍录入不一致，不能签字",
    en="the two entries differ",
    remedy_zh="请先由第三人对照计票单认定差异",
    remedy_en="a third person settles the difference first",
)
ALREADY_SIGNED = declare_code(
    "R.380",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="计票单已经签字",
    en="the sheet is signed already",
    remedy_zh="无须再次签字",
    remedy_en="nothing more to do",
)
SIGNER_ENTERED = declare_code(
    "R.381",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="录入过本单的人不得签字",
    en="who made an entry may not sign it",
    remedy_zh="请由未录入本单的监票人签字",
    remedy_en="a scrutineer who did not enter it signs",
)
SIGNED_WITH_ERRORS = declare_code(
    "R.382",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="数字有{errors}处差错，不能签字",
    en="the figures have {errors} errors",
    remedy_zh="请退回计票人，改正后再签字",
    remedy_en="return the sheet to the tellers",
)
ALERTS_UNDECIDED = declare_code(
    "R.383",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="有{alerts}处警示尚无书面决定，不能签字",
    en="{alerts} alerts still need a written decision",
    remedy_zh="请选举委员会书面决定并登记",
    remedy_en="the election committee decides in writing",
)
WARNINGS_UNEXPLAINED = declare_code(
    "R.384",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="有{warnings}处提示尚未核对说明，不能签字",
    en="{warnings} warnings are not explained yet",
    remedy_zh="请逐条核对并写明情况",
    remedy_en="look at each and state what was found",
)
DIGEST_DIFFERS = declare_code(
    "R.385",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="签字所见的数字与现存数字不同（校验码不符）",
    en="the figures seen are not the figures kept: their digests differ",
    remedy_zh="请重新打开本单，核对后再签字",
    remedy_en="open the sheet again, check it, then sign",
)
FEWER_THAN_THREE = declare_code(
    "R.386",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本单的两遍录入不是两个人所作，不能签字",
    en="the two entries are not of two persons",
    remedy_zh="请退回计票人，由两人分别重新录入",
    remedy_en="return it: two persons enter it anew",
)
NOT_SIGNED = declare_code(
    "R.387",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="本单尚未签字，无须重新开启",
    en="the sheet is not signed",
    remedy_zh="需要重录的，退回计票人",
    remedy_en="to enter it anew, return it to the tellers",
)
NOT_DIRECTOR = declare_code(
    "R.388",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="只有选举办主任可以重新开启已签字的计票单",
    en="only the director reopens a signed sheet",
    remedy_zh="请向选举办主任提出",
    remedy_en="ask the director",
)
REOPEN_WITHOUT_REASON = declare_code(
    "R.389",
    rule="R8.1",
    article="EL 43; ZJ 47; house rule",
    zh="重新开启已签字的计票单须写明理由",
    en="reopening a signed sheet needs a reason",
    remedy_zh="请写明理由；原签字版本予以保留",
    remedy_en="state it; the signed version stays on file",
)
