"""What nominations have to say: the sentences of their findings and refusals, codes 421-452."""

from election.rules.terms import Code, Text

SIGNED_TWICE = Code(
    "W.421", "R5.2", "EL 30(3); ZJ 34(3)",
    Text("第{place}个签名（{signer}）在同一张推荐表上重复，只计一次",
         "signature {place} ({signer}) stands on the form twice and counts once"),
    Text("划去重复的签名", "strike the second signature"),
)  # fmt: skip
OTHER_DISTRICT_SIGNER = Code(
    "W.422", "R5.4", "EL 32; ZJ 34",
    Text("第{place}个签名（{signer}）的选民登记在{registered}，不在本选区{district}，签名无效",
         "signature {place} ({signer}) is registered in {registered}, not in {district}: "
         "it does not count"),
    Text("另请本选区选民签名", "ask a voter of this district to sign"),
)  # fmt: skip
SIGNED_TOO_MANY = Code(
    "W.423", "R5.2", "EL 30(3); ZJ 34(3)",
    Text("第{place}个签名（{signer}）的选民已联名推荐{already}人，本选区应选{seats}名，签名无效",
         "signature {place} ({signer}): this voter has co-signed {already} nominees for {seats} "
         "seats already; it does not count"),
    Text("另请其他选民签名", "ask another voter to sign"),
)  # fmt: skip
NOT_ON_ROLL = Code(
    "W.424", "R5.4", "EL 32; ZJ 34",
    Text("第{place}个签名（{signer}）不在选民名单上，签名无效",
         "signature {place} ({signer}) is not on the roll: it does not count"),
    Text("核对姓名，或者另请本选区选民签名", "check the name, or ask a voter of this district"),
)  # fmt: skip
TOO_FEW_SIGNERS = Code(
    "E.425", "R5.1", "EL 30; EL 32; ZJ 34",
    Text("有效签名{valid}个，少于{least}个，联名推荐不能受理",
         "{valid} valid signatures, fewer than {least}: the nomination cannot be accepted"),
    Text("还需{missing}名本选区选民签名", "{missing} more voters of this district must sign"),
)  # fmt: skip
ACT_OVER_CAP = Code(
    "E.431", "R5.2", "EL 30(3); ZJ 34(3)",
    Text("“{who}”一次推荐{count}人，超过本选区应选名额{seats}名",
         "{who} put forward {count} persons at once for {seats} seats"),
    Text("减少推荐人数", "put forward fewer"),
)  # fmt: skip
ORGANISATION_OVER_CAP = Code(
    "E.432", "R5.2, R5.3", "EL 30(3); ZJ 34(3)",
    Text("“{who}”单独和联合共推荐{count}人，超过本选区应选名额{seats}名",
         "{who}, alone and jointly, put forward {count} persons for {seats} seats"),
    Text("减少推荐人数", "put forward fewer"),
)  # fmt: skip
ORGANISATIONS_OVER_SEATS = Code(
    "W.433", "R5.3", "EL 30(3); ZJ 34(3)",
    Text("各政党、人民团体合计推荐{count}人，超过本选区应选名额{seats}名；法律是否限制合计数有不同理解",
         "parties and organisations put forward {count} persons in all for {seats} seats; "
         "whether the law limits the total is disputed"),
    Text("由选举委员会认定并记录", "the committee decides and records it"),
)  # fmt: skip
PARTY_TOTAL_OVER_CAP = Code(
    "W.434", "R5.3", "SH 29(1)",
    Text("政党、人民团体推荐{count}人，超过代表总名额{seats}名的{cap}",
         "parties and organisations put forward {count}, more than {cap} of all {seats} seats"),
    Text("减少推荐人数，或者说明理由", "put forward fewer, or give the reason"),
)  # fmt: skip
BEFORE_ROLL_WARN = Code(
    "W.435", "R5.19", "SH 28; SD 30",
    Text("推荐日期{nominated}早于选民名单公布日期{published}",
         "nominated on {nominated}, before the roll was published on {published}"),
    Text("核对签名人是否在公布的名单上", "check that the signers stand on the published roll"),
)  # fmt: skip
BEFORE_ROLL = Code(
    "E.436", "R5.19", "SH 28; SD 30",
    Text("推荐日期{nominated}早于选民名单公布日期{published}，不能受理",
         "nominated on {nominated}, before the roll was published on {published}: not accepted"),
    Text("选民名单公布后重新推荐", "nominate again after the roll is published"),
)  # fmt: skip
PAPER_MISSING = Code(
    "E.437", "R5.5", "EL 30(2); EL 32; ZJ 34(2)",
    Text("缺少{paper}", "{paper} missing"),
    Text("补齐后受理", "complete it before the nomination is accepted"),
)  # fmt: skip
FALSE_PARTICULARS = Code(
    "W.438", "R5.5", "EL 30(2); ZJ 34(2)",
    Text("候选人提供的基本情况不实", "the nominee's particulars are not true"),
    Text("向选民通报；不因此自动除名", "notify the voters; this does not remove the nominee"),
)  # fmt: skip
DROPPED = Code(
    "E.439", "R5.6", "DR 10; ZJ 35",
    Text("依法推荐的“{nominee}”没有列入代表候选人名单", "{nominee}, duly nominated, is not listed"),
    Text("列入名单；任何人不得调换或者增减", "list the person: nobody may swap, add or drop"),
)  # fmt: skip
ADDED = Code(
    "E.440", "R5.6", "DR 10; ZJ 35",
    Text("名单上的“{nominee}”没有依法推荐", "{nominee} is listed without a nomination"),
    Text("从名单中去掉，或者补录推荐手续", "take the name off, or record the nomination"),
)  # fmt: skip
DOUBLE_CANDIDACY = Code(
    "E.441", "R5.17", "law silent",
    Text("“{person}”同时是同一级{count}个选区（{districts}）的候选人",
         "{person} stands in {count} districts of the same level ({districts})"),
    Text("由本人选定一个选区", "the person chooses one district"),
)  # fmt: skip
DOUBLE_CANDIDACY_WARN = Code(
    "W.442", "R5.17", "law silent",
    Text("“{person}”同时是同一级{count}个选区（{districts}）的候选人，法律未作规定",
         "{person} stands in {count} districts of the same level ({districts}); the law is silent"),
    Text("由选举委员会决定并记录", "the committee decides and records it"),
)  # fmt: skip
UNRELATED_CANDIDATE = Code(
    "W.443", "R5.16", "EL 48; ZJ 53",
    Text("候选人已是无隶属关系的{area}的代表",
         "the candidate is a deputy of {area}, an area neither above nor below this one"),
    Text("告知本人：当选后只能保留一个代表职务",
         "tell the person that, if elected, one seat only is kept"),
)  # fmt: skip
UNRELATED_ELECTED = Code(
    "A.444", "R5.16", "EL 48; ZJ 53",
    Text("当选人已是无隶属关系的{area}的代表，不得同时担任",
         "the person elected is a deputy of {area}, an area neither above nor below this one: "
         "both cannot be held"),
    Text("由本人选定保留一个，辞去另一个，并记录",
         "the person keeps one and resigns the other; record it"),
)  # fmt: skip
NOMINEE_NOT_VOTER = Code(
    "E.445", "R5.18, R6.1", "EL 4; ZJ 25",
    Text("被推荐人没有进行选民登记", "the nominee is not registered as a voter"),
    Text("核对选民资格；没有选举权的人不能作候选人",
         "check the registration: somebody without the vote cannot stand"),
)  # fmt: skip
NOMINEE_OTHER_DISTRICT = Code(
    "W.446", "R5.18", "BJ 37",
    Text("被推荐人登记在{registered}，不在本选区{district}；法律未要求必须是本选区选民",
         "the nominee is registered in {registered}, not in {district}; the law does not "
         "demand it"),
    Text("知悉即可", "for information"),
)  # fmt: skip
MEMBER_ACCEPTED = Code(
    "A.447", "R3.4", "EL 10(2); ZJ 12(3)",
    Text("选举委员会成员已接受推荐为代表候选人，应当辞去选举委员会的职务",
         "a member of the election committee has accepted a nomination and must leave it"),
    Text("在代表候选人名单公布前办理辞职", "record the resignation before the list is published"),
)  # fmt: skip
MEMBER_LISTED = Code(
    "E.448", "R3.4", "EL 10(2); ZJ 12(3)",
    Text("代表候选人名单公布时，候选人仍是选举委员会成员",
         "the candidate is still a member of the election committee when the list is published"),
    Text("先办理辞职，再公布名单", "record the resignation, then publish the list"),
)  # fmt: skip
NO_LAWFUL_EXIT = Code(
    "R.449", "R5.6, R6.3", "DR 10; ZJ 35",
    Text("依法推荐的候选人不得因{reason}被删除",
         "a duly nominated person cannot be deleted because of {reason}"),
    Text("保留在名单上；可将情况告知推荐人和选民",
         "keep the person on the list; the nominators and voters may be told"),
)  # fmt: skip
WITHDRAWN_TOO_LATE = Code(
    "R.450", "R5.20, R6.3", "DR 10; ZJ 35",
    Text("代表候选人名单已经公布，撤回推荐不再从名单中删除",
         "the list is published: a withdrawal no longer deletes the name"),
    Text("标记为“不再参选”并公告", "mark the person inactive and give public notice"),
)  # fmt: skip
REDUCED_TOO_EARLY = Code(
    "R.451", "R5.6, R5.9", "EL 32(1); DR 10; ZJ 35; ZJ 36",
    Text("代表候选人名单公布前不得减少被推荐人",
         "nobody may be left out before the first list is published"),
    Text("全部列入名单公布，再由选民小组讨论协商或者预选",
         "publish all, then let the voter groups consult or hold a primary"),
)  # fmt: skip
FEW_WOMEN = Code(
    "W.452", "R6.5", "W30",
    Text("代表候选人{total}人，其中妇女{women}人，低于{share}",
         "{women} women among {total} candidates, below {share}"),
    Text("一般不低于该比例：在推荐和协商时加以考虑，并说明理由",
         "normally not below it: consider it in nomination and consultation, give the reason"),
)  # fmt: skip
