"""The codes of a publication: 701-709 what is missing before it, 711-719 what is refused."""

from election.rules.terms import Code, Text

_SOURCE = ("R9.14", "EL 46; ZJ 50")

NO_DISTRICTS = Code(
    "E.701", *_SOURCE,
    Text("本级人大没有通过的选区划分方案", "this congress has no adopted plan of districts"),
    Text("请在“选区和名额”中通过一个方案", "adopt a plan under Districts and seats"),
)  # fmt: skip
NOT_HELD = Code(
    "E.702", *_SOURCE,
    Text("{district}：还没有投票轮次", "{district}: no ballot has been opened"),
    Text("请在“计票”中开始该选区的投票轮次", "open its first ballot under Counting"),
)  # fmt: skip
NOT_SIGNED = Code(
    "E.703", "R8.1", "EL 43; ZJ 47",
    Text("{district}第{number}轮投票：{places}个场所中{open}个的计票单尚未签字（{names}）",
         "{district}, ballot {number}: {open} of {places} count sheets are not signed ({names})"),
    Text("请在“计票”中录入、核对并签字", "enter, compare and sign them under Counting"),
)  # fmt: skip
NOT_CERTIFIED = Code(
    "E.704", *_SOURCE,
    Text("{district}第{number}轮投票：结果尚未确认",
         "{district}, ballot {number}: the result is not certified"),
    Text("请在“选举结果”中由选举委员会确认", "the committee certifies it under Results"),
)  # fmt: skip
ROUND_DUE = Code(
    "E.705", "R9.12", "EL 44-45; ZJ 48-49",
    Text("{district}：依法还须进行{next}", "{district}: the law still asks for {next}"),
    Text("请在“选举结果”中组织该次投票，或由选举委员会作出决定",
         "open it under Results, or let the committee decide"),
)  # fmt: skip
NO_ACCOUNT = Code(
    "E.706", "R8.1", "EL 43; ZJ 47",
    Text("{district}第{number}轮投票：{names}没有领票记录（本人领票、委托代领）",
         "{district}, ballot {number}: no ballot account (checked in, proxies) of {names}"),
    Text("请在“计票”的“选票收发记录”中补记", "enter it under Counting, Ballot accounts"),
)  # fmt: skip
STALE_RESULT = Code(
    "E.707", "R9.14", "EL 46; ZJ 50",
    Text("{district}第{number}轮投票：已确认的结果与签字的计票单不一致",
         "{district}, ballot {number}: the certified result is not that of the signed sheets"),
    Text("计票单在确认后改动过，请选举委员会重新确认", "sheets changed since: certify it anew"),
)  # fmt: skip
NO_ROLL = Code(
    "E.708", "R8.2", "EL 45(1)",
    Text("{district}：没有登记选民人数", "{district}: the number of registered voters is unknown"),
    Text("尚无计票记录的，由选举办主任退回“投票准备”阶段，在“投票场所”中填写；已有计票记录的，"
         "请用审计核对查明原因",
         "while nothing is counted the director goes back to polling and enters it under Polling "
         "places; after that, find out by the audit how it was lost"),
)  # fmt: skip
NOT_SETTLED = Code(
    "R.711", *_SOURCE,
    Text("还有{faults}项没有完成，不能公布：{first}",
         "{faults} things are missing, nothing can be published: {first}"),
    Text("请按“公布”页的清单逐项完成", "complete the list on the Publication page"),
)  # fmt: skip
CHANGED_MEANWHILE = Code(
    "R.712", "D11", "",
    Text("准备公布期间记录又有变动，没有公布任何内容",
         "records changed while the publication was being made; nothing was published"),
    Text("请核对变动后再次公布", "look at what changed, then publish again"),
)  # fmt: skip
NO_REASON = Code(
    "R.713", "D11", "",
    Text("第{version}版是更正，必须写明更正理由", "version {version} is a correction: say why"),
    Text("请填写更正了什么、依据什么决定", "write what is corrected, and by which decision"),
)  # fmt: skip
NOT_VERIFIED = Code(
    "R.714", "D11", "",
    Text("成果包没有通过自身的核验，没有公布：{fault}",
         "the package does not pass its own verifier, nothing was published: {fault}"),
    Text("请先查明该处记录", "find out about this record first"),
)  # fmt: skip
CODES: tuple[Code, ...] = (
    NO_DISTRICTS, NOT_HELD, NOT_SIGNED, NOT_CERTIFIED, ROUND_DUE, NO_ACCOUNT, STALE_RESULT, NO_ROLL,
    NOT_SETTLED, CHANGED_MEANWHILE, NO_REASON, NOT_VERIFIED,
)  # fmt: skip
