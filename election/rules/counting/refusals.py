"""The refused moves of a count sheet, 361-389; the machine is drawn in docs/states/count-sheet.md.

The law wants the count checked, recorded and signed by scrutineers and tellers (EL 43; ZJ 47);
two entries by two persons and a third who signs are the house's way to be sure of the record.
"""

from election.rules.terms import Code, Text


def _refused(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Code:
    source = "EL 43; ZJ 47; house rule"
    return Code(code, "R8.1", source, Text(zh, en), Text(remedy_zh, remedy_en))


ROUND_NOT_OPEN = _refused(
    "R.361",
    "本轮次计票录入尚未开放",
    "the count of this round is not open",
    "投票结束、票箱封存送达后，由选举办开放录入",
    "the office opens it after voting has ended and the boxes are in",
)
SAME_PERSON = _refused(
    "R.362",
    "同一人不得录入两遍",
    "the same person may not make both entries",
    "第二遍须由另一人对照计票单录入（换账号、换设备也不行）",
    "another person makes the second entry from the paper; another account does not help",
)
ENTRIES_COMPLETE = _refused(
    "R.363",
    "两遍录入均已完成，不能再录入",
    "both entries have been made",
    "有差异的由第三人处理；需要重录的先退回计票人",
    "a third person settles differences; to enter anew, return the sheet to the tellers",
)
ENTRY_AFTER_SIGNATURE = _refused(
    "R.364",
    "计票单已经签字，不能再录入",
    "the sheet is signed and takes no entry",
    "确需更正的，由选举办主任写明理由重新开启",
    "the director may reopen it in writing, stating the reason",
)
FIGURES_IN_ERROR = _refused(
    "R.365",
    "数字有{errors}处差错，不予保存",
    "the figures have {errors} errors and are not kept",
    "请一次改正全部差错；纸质计票单本身有错的，退回计票小组重新清点",
    "correct all of them; if the paper itself is wrong, take it back to the counting table",
)
NOT_SENT_BACK = _refused(
    "R.366",
    "本单没有发回更正",
    "the sheet was not sent back for correction",
    "两遍录入不一致时，由第三人决定发回哪一名计票人",
    "when the entries differ, a third person decides whom to send it back to",
)
SENT_BACK_TO_ANOTHER = _refused(
    "R.367",
    "本单发回的是另一名计票人",
    "the sheet was sent back to the other teller",
    "只能由被发回的计票人更正",
    "only the teller it was sent back to may correct it",
)
CORRECTION_BEYOND = _refused(
    "R.368",
    "更正的栏目须恰为两遍不一致的栏目：{differing}",
    "a correction covers exactly the differing fields: {differing}",
    "请对照计票单重新填写全部不一致的栏目，其他栏目不得改动",
    "read each differing field from the paper again and leave the others alone",
)
NOTHING_TO_RESOLVE = _refused(
    "R.369",
    "没有需要认定的差异",
    "there is no difference to resolve",
    "两遍录入完成且不一致时方可认定",
    "there must be two entries that differ",
)
RESOLVER_ENTERED = _refused(
    "R.370",
    "录入过本单的人不得认定差异",
    "who made an entry may not resolve the differences",
    "请由未录入本单的第三人认定",
    "a third person resolves them",
)
RESOLUTION_INCOMPLETE = _refused(
    "R.371",
    "须逐栏认定全部不一致的栏目，不多不少：{differing}",
    "a resolution settles exactly the differing fields: {differing}",
    "请对照计票单为每一栏选择与纸面一致的一遍",
    "for each field choose the entry that agrees with the paper",
)
NOTHING_TO_SEND_BACK = _refused(
    "R.372",
    "没有差异，不能发回更正",
    "there is no difference to send back",
    "两遍录入完成且不一致时方可发回；需要重录的，退回计票人",
    "there must be two entries that differ; to enter anew, return the sheet",
)
RETURNER_ENTERED = _refused(
    "R.373",
    "录入过本单的人不得发回或者退回",
    "who made an entry may not send the sheet back",
    "请由未录入本单的第三人办理",
    "a third person does so",
)
SENT_TO_NOBODY = _refused(
    "R.374",
    "只能发回给录入过本单的计票人",
    "only a teller who made an entry can be sent it back",
    "请在两名录入人中选择一名",
    "choose one of the two who entered it",
)
NOTHING_TO_RETURN = _refused(
    "R.375",
    "本单尚无录入，无须退回",
    "the sheet has no entry to drop",
    "请直接录入",
    "enter it",
)
RETURN_WITHOUT_REASON = _refused(
    "R.376",
    "退回重录须写明理由",
    "returning the sheet needs a reason",
    "请写明理由；已录入的两遍予以保留备查",
    "state it; the entries dropped stay on file",
)
SIGNED_IS_CLOSED = _refused(
    "R.377",
    "计票单已经签字，不能更正、认定或者退回",
    "the sheet is signed: it is not corrected, resolved or returned",
    "确需更正的，由选举办主任写明理由重新开启",
    "the director may reopen it in writing, stating the reason",
)
NOT_ENTERED_TWICE = _refused(
    "R.378",
    "两遍录入尚未完成，不能签字",
    "two entries have not been made yet",
    "请先由两人分别录入",
    "two persons enter the sheet first",
)
SIGNED_WHILE_DIFFERING = _refused(
    "R.379",
    "两遍录入不一致，不能签字",
    "the two entries differ",
    "请先由第三人对照计票单认定差异",
    "a third person settles the difference first",
)
ALREADY_SIGNED = _refused(
    "R.380",
    "计票单已经签字",
    "the sheet is signed already",
    "无须再次签字",
    "nothing more to do",
)
SIGNER_ENTERED = _refused(
    "R.381",
    "录入过本单的人不得签字",
    "who made an entry may not sign it",
    "请由未录入本单的监票人签字",
    "a scrutineer who did not enter it signs",
)
SIGNED_WITH_ERRORS = _refused(
    "R.382",
    "数字有{errors}处差错，不能签字",
    "the figures have {errors} errors",
    "请退回计票人，改正后再签字",
    "return the sheet to the tellers",
)
ALERTS_UNDECIDED = _refused(
    "R.383",
    "有{alerts}处警示尚无书面决定，不能签字",
    "{alerts} alerts still need a written decision",
    "请选举委员会书面决定并登记",
    "the election committee decides in writing",
)
WARNINGS_UNEXPLAINED = _refused(
    "R.384",
    "有{warnings}处提示尚未核对说明，不能签字",
    "{warnings} warnings are not explained yet",
    "请逐条核对并写明情况",
    "look at each and state what was found",
)
DIGEST_DIFFERS = _refused(
    "R.385",
    "签字所见的数字与现存数字不同（校验码不符）",
    "the figures seen are not the figures kept: their digests differ",
    "请重新打开本单，核对后再签字",
    "open the sheet again, check it, then sign",
)
FEWER_THAN_THREE = _refused(
    "R.386",
    "本单的两遍录入不是两个人所作，不能签字",
    "the two entries are not of two persons",
    "请退回计票人，由两人分别重新录入",
    "return it: two persons enter it anew",
)
NOT_SIGNED = _refused(
    "R.387",
    "本单尚未签字，无须重新开启",
    "the sheet is not signed",
    "需要重录的，退回计票人",
    "to enter it anew, return it to the tellers",
)
NOT_DIRECTOR = _refused(
    "R.388",
    "只有选举办主任可以重新开启已签字的计票单",
    "only the director reopens a signed sheet",
    "请向选举办主任提出",
    "ask the director",
)
REOPEN_WITHOUT_REASON = _refused(
    "R.389",
    "重新开启已签字的计票单须写明理由",
    "reopening a signed sheet needs a reason",
    "请写明理由；原签字版本予以保留",
    "state it; the signed version stays on file",
)

REFUSALS: tuple[Code, ...] = tuple(v for v in tuple(globals().values()) if isinstance(v, Code))
"""Every code above, in order."""
