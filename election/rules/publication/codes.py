"""Codes of a publication: 701-709 what is missing before it, 711-719 what is refused."""

from election.rules.terms import declare_code

NO_DISTRICTS = declare_code(
    "E.701",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="本级人大没有通过的选区划分方案",
    en="this congress has no adopted plan of districts",
    remedy_zh="请在“选区和名额”中通过一个方案",
    remedy_en="adopt a plan under Districts and seats",
)
NOT_HELD = declare_code(
    "E.702",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="{district}：还没有投票轮次",
    en="{district}: no ballot has been opened",
    remedy_zh="请在“计票”中开始该选区的投票轮次",
    remedy_en="open its first ballot under Counting",
)
NOT_SIGNED = declare_code(
    "E.703",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="{district}第{number}次投票：{places}个场所中{open}个的计票单尚未签字（{names}）",
    en="{district}, ballot {number}: {open} of {places} count sheets are not signed ({names})",
    remedy_zh="请在“计票”中录入、核对并签字",
    remedy_en="enter, compare and sign them under Counting",
)
NOT_CERTIFIED = declare_code(
    "E.704",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="{district}第{number}次投票：结果尚未确认",
    en="{district}, ballot {number}: the result is not certified",
    remedy_zh="请在“选举结果”中由选举委员会确认",
    remedy_en="the committee certifies it under Results",
)
ROUND_DUE = declare_code(
    "E.705",
    rule="R9.12",
    article="EL 44-45; ZJ 48-49",
    zh="{district}：依法还须进行{next}",
    en="{district}: the law still asks for {next}",
    remedy_zh="请在“选举结果”中组织该次投票，或由选举委员会作出决定",
    remedy_en="open it under Results, or let the committee decide",
)
NO_ACCOUNT = declare_code(
    "E.706",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="{district}第{number}次投票：{names}没有领票记录（本人领票、委托代领）",
    en="{district}, ballot {number}: no ballot account (checked in, proxies) of {names}",
    remedy_zh="请在“计票”的“选票收发记录”中补记",
    remedy_en="enter it under Counting, Ballot accounts",
)
STALE_RESULT = declare_code(
    "E.707",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="{district}第{number}次投票：已确认的结果与签字的计票单不一致",
    en="{district}, ballot {number}: the certified result is not that of the signed sheets",
    remedy_zh="计票单在确认后改动过，请选举委员会重新确认",
    remedy_en="sheets changed since: certify it anew",
)
NO_ROLL = declare_code(
    "E.708",
    rule="R8.2",
    article="EL 45(1)",
    zh="{district}：没有登记选民人数",
    en="{district}: the number of registered voters is unknown",
    remedy_zh=(
        "尚无计票记录的，由选举办主任退回“投票准备”阶段，在“投票场所”中填写；已有计票记录的，请用审"
        "计核对查明原因"
    ),
    remedy_en=(
        "while nothing is counted the director goes back to polling and enters it under Polling "
        "places; after that, find out by the audit how it was lost"
    ),
)
NOT_SETTLED = declare_code(
    "R.711",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="还有{faults}项没有完成，不能公布：{first}",
    en="{faults} things are missing, nothing can be published: {first}",
    remedy_zh="请按“公布”页的清单逐项完成",
    remedy_en="complete the list on the Publication page",
)
CHANGED_MEANWHILE = declare_code(
    "R.712",
    rule="D11",
    zh="准备公布期间记录又有变动，没有公布任何内容",
    en="records changed while the publication was being made; nothing was published",
    remedy_zh="请核对变动后再次公布",
    remedy_en="look at what changed, then publish again",
)
NO_REASON = declare_code(
    "R.713",
    rule="D11",
    zh="第{version}版是更正，必须写明更正理由",
    en="version {version} is a correction: say why",
    remedy_zh="请填写更正了什么、依据什么决定",
    remedy_en="write what is corrected, and by which decision",
)
NOT_VERIFIED = declare_code(
    "R.714",
    rule="D11",
    zh="成果包没有通过自身的核验，没有公布：{fault}",
    en="the package does not pass its own verifier, nothing was published: {fault}",
    remedy_zh="请先查明该处记录",
    remedy_en="find out about this record first",
)
PREPARED_BEFORE = declare_code(
    "R.715",
    rule="D11",
    zh="准备的内容是{day}的，通知上写的是那一天，今天不能公布",
    en="this was prepared on {day}, and the notice carries that day: it cannot be published today",
    remedy_zh="请重新准备，再预览、公布",
    remedy_en="prepare it again, look at it, then publish",
)
PREPARATION_GONE = declare_code(
    "R.716",
    rule="D11",
    zh="预览的内容已被新的准备取代、已经公布，或者不在了，没有公布任何内容",
    en="what was previewed was prepared anew, is public already, or is gone; nothing was published",
    remedy_zh="请重新准备，再预览、公布",
    remedy_en="prepare it again, look at it, then publish",
)
