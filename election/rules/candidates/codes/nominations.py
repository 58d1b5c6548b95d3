"""Codes of nominations: what a form, its signatures and its nominators have to say, 421-452."""

from election.rules.terms import declare_code

SIGNED_TWICE = declare_code(
    "W.421",
    rule="R5.2",
    article="EL 30(3); ZJ 34(3)",
    zh="第{place}个签名（{signer}）在同一张推荐表上重复，只计一次",
    en="signature {place} ({signer}) stands on the form twice and counts once",
    remedy_zh="划去重复的签名",
    remedy_en="strike the second signature",
)
OTHER_DISTRICT_SIGNER = declare_code(
    "W.422",
    rule="R5.4",
    article="EL 32; ZJ 34",
    zh="第{place}个签名（{signer}）的选民登记在{registered}，不在本选区{district}，签名无效",
    en=(
        "signature {place} ({signer}) is registered in {registered}, not in {district}: it does "
        "not count"
    ),
    remedy_zh="另请本选区选民签名",
    remedy_en="ask a voter of this district to sign",
)
SIGNED_TOO_MANY = declare_code(
    "W.423",
    rule="R5.2",
    article="EL 30(3); ZJ 34(3)",
    zh="第{place}个签名（{signer}）的选民已联名推荐{already}人，本选区应选{seats}名，签名无效",
    en=(
        "signature {place} ({signer}): this voter has co-signed {already} nominees for {seats} "
        "seats already; it does not count"
    ),
    remedy_zh="另请其他选民签名",
    remedy_en="ask another voter to sign",
)
NOT_ON_ROLL = declare_code(
    "W.424",
    rule="R5.4",
    article="EL 32; ZJ 34",
    zh="第{place}个签名（{signer}）不在选民名单上，签名无效",
    en="signature {place} ({signer}) is not on the roll: it does not count",
    remedy_zh="核对姓名，或者另请本选区选民签名",
    remedy_en="check the name, or ask a voter of this district",
)
TOO_FEW_SIGNERS = declare_code(
    "E.425",
    rule="R5.1",
    article="EL 30; EL 32; ZJ 34",
    zh="有效签名{valid}个，少于{least}个，联名推荐不能受理",
    en="{valid} valid signatures, fewer than {least}: the nomination cannot be accepted",
    remedy_zh="还需{missing}名本选区选民签名",
    remedy_en="{missing} more voters of this district must sign",
)
ACT_OVER_CAP = declare_code(
    "E.431",
    rule="R5.2",
    article="EL 30(3); ZJ 34(3)",
    zh="“{who}”一次推荐{count}人，超过本选区应选名额{seats}名",
    en="{who} put forward {count} persons at once for {seats} seats",
    remedy_zh="减少推荐人数",
    remedy_en="put forward fewer",
)
ORGANISATION_OVER_CAP = declare_code(
    "E.432",
    rule="R5.2, R5.3",
    article="EL 30(3); ZJ 34(3)",
    zh="“{who}”单独和联合共推荐{count}人，超过本选区应选名额{seats}名",
    en="{who}, alone and jointly, put forward {count} persons for {seats} seats",
    remedy_zh="减少推荐人数",
    remedy_en="put forward fewer",
)
ORGANISATIONS_OVER_SEATS = declare_code(
    "W.433",
    rule="R5.3",
    article="EL 30(3); ZJ 34(3)",
    zh=(
        "各政党、人民团体合计推荐{count}人，超过本选区应选名额{seats}名；法律是否限制合计数有不同理"
        "解"
    ),
    en=(
        "parties and organisations put forward {count} persons in all for {seats} seats; whether "
        "the law limits the total is disputed"
    ),
    remedy_zh="由选举委员会认定并记录",
    remedy_en="the committee decides and records it",
)
PARTY_TOTAL_OVER_CAP = declare_code(
    "W.434",
    rule="R5.3",
    article="SH 29(1)",
    zh="政党、人民团体推荐{count}人，超过代表总名额{seats}名的{cap}",
    en="parties and organisations put forward {count}, more than {cap} of all {seats} seats",
    remedy_zh="减少推荐人数，或者说明理由",
    remedy_en="put forward fewer, or give the reason",
)
BEFORE_ROLL_WARN = declare_code(
    "W.435",
    rule="R5.19",
    article="SH 28; SD 30",
    zh="推荐日期{nominated}早于选民名单公布日期{published}",
    en="nominated on {nominated}, before the roll was published on {published}",
    remedy_zh="核对签名人是否在公布的名单上",
    remedy_en="check that the signers stand on the published roll",
)
BEFORE_ROLL = declare_code(
    "E.436",
    rule="R5.19",
    article="SH 28; SD 30",
    zh="推荐日期{nominated}早于选民名单公布日期{published}，不能受理",
    en="nominated on {nominated}, before the roll was published on {published}: not accepted",
    remedy_zh="选民名单公布后重新推荐",
    remedy_en="nominate again after the roll is published",
)
PAPER_MISSING = declare_code(
    "E.437",
    rule="R5.5",
    article="EL 30(2); EL 32; ZJ 34(2)",
    zh="缺少{paper}",
    en="{paper} missing",
    remedy_zh="补齐后受理",
    remedy_en="complete it before the nomination is accepted",
)
FALSE_PARTICULARS = declare_code(
    "W.438",
    rule="R5.5",
    article="EL 30(2); ZJ 34(2)",
    zh="候选人提供的基本情况不实",
    en="the nominee's particulars are not true",
    remedy_zh="向选民通报；不因此自动除名",
    remedy_en="notify the voters; this does not remove the nominee",
)
DROPPED = declare_code(
    "E.439",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="依法推荐的“{nominee}”没有列入代表候选人名单",
    en="{nominee}, duly nominated, is not listed",
    remedy_zh="列入名单；任何人不得调换或者增减",
    remedy_en="list the person: nobody may swap, add or drop",
)
ADDED = declare_code(
    "E.440",
    rule="R5.6",
    article="DR 10; ZJ 35",
    zh="名单上的“{nominee}”没有依法推荐",
    en="{nominee} is listed without a nomination",
    remedy_zh="从名单中去掉，或者补录推荐手续",
    remedy_en="take the name off, or record the nomination",
)
DOUBLE_CANDIDACY = declare_code(
    "E.441",
    rule="R5.17",
    article="law silent",
    zh="“{person}”同时是同一级{count}个选区（{districts}）的候选人",
    en="{person} stands in {count} districts of the same level ({districts})",
    remedy_zh="由本人选定一个选区",
    remedy_en="the person chooses one district",
)
DOUBLE_CANDIDACY_WARN = declare_code(
    "W.442",
    rule="R5.17",
    article="law silent",
    zh="“{person}”同时是同一级{count}个选区（{districts}）的候选人，法律未作规定",
    en="{person} stands in {count} districts of the same level ({districts}); the law is silent",
    remedy_zh="由选举委员会决定并记录",
    remedy_en="the committee decides and records it",
)
UNRELATED_CANDIDATE = declare_code(
    "W.443",
    rule="R5.16",
    article="EL 48; ZJ 53",
    zh="候选人已是无隶属关系的{area}的代表",
    en="the candidate is a deputy of {area}, an area neither above nor below this one",
    remedy_zh="告知本人：当选后只能保留一个代表职务",
    remedy_en="tell the person that, if elected, one seat only is kept",
)
UNRELATED_ELECTED = declare_code(
    "A.444",
    rule="R5.16",
    article="EL 48; ZJ 53",
    zh="当选人已是无隶属关系的{area}的代表，不得同时担任",
    en=(
        "the person elected is a deputy of {area}, an area neither above nor below this one: both "
        "cannot be held"
    ),
    remedy_zh="由本人选定保留一个，辞去另一个，并记录",
    remedy_en="the person keeps one and resigns the other; record it",
)
NOMINEE_NOT_VOTER = declare_code(
    "E.445",
    rule="R5.18, R6.1",
    article="EL 4; ZJ 25",
    zh="被推荐人没有进行选民登记",
    en="the nominee is not registered as a voter",
    remedy_zh="核对选民资格；没有选举权的人不能作候选人",
    remedy_en="check the registration: somebody without the vote cannot stand",
)
NOMINEE_OTHER_DISTRICT = declare_code(
    "W.446",
    rule="R5.18",
    article="BJ 37",
    zh="被推荐人登记在{registered}，不在本选区{district}；法律未要求必须是本选区选民",
    en="the nominee is registered in {registered}, not in {district}; the law does not demand it",
    remedy_zh="知悉即可",
    remedy_en="for information",
)
MEMBER_ACCEPTED = declare_code(
    "A.447",
    rule="R3.4",
    article="EL 10(2); ZJ 12(3)",
    zh="选举委员会成员已接受推荐为代表候选人，应当辞去选举委员会的职务",
    en="a member of the election committee has accepted a nomination and must leave it",
    remedy_zh="在代表候选人名单公布前办理辞职",
    remedy_en="record the resignation before the list is published",
)
MEMBER_LISTED = declare_code(
    "E.448",
    rule="R3.4",
    article="EL 10(2); ZJ 12(3)",
    zh="代表候选人名单公布时，候选人仍是选举委员会成员",
    en="the candidate is still a member of the election committee when the list is published",
    remedy_zh="先办理辞职，再公布名单",
    remedy_en="record the resignation, then publish the list",
)
NO_LAWFUL_EXIT = declare_code(
    "R.449",
    rule="R5.6, R6.3",
    article="DR 10; ZJ 35",
    zh="依法推荐的候选人不得因{reason}被删除",
    en="a duly nominated person cannot be deleted because of {reason}",
    remedy_zh="保留在名单上；可将情况告知推荐人和选民",
    remedy_en="keep the person on the list; the nominators and voters may be told",
)
WITHDRAWN_TOO_LATE = declare_code(
    "R.450",
    rule="R5.20, R6.3",
    article="DR 10; ZJ 35",
    zh="代表候选人名单已经公布，撤回推荐不再从名单中删除",
    en="the list is published: a withdrawal no longer deletes the name",
    remedy_zh="标记为“不再参选”并公告",
    remedy_en="mark the person inactive and give public notice",
)
REDUCED_TOO_EARLY = declare_code(
    "R.451",
    rule="R5.6, R5.9",
    article="EL 32(1); DR 10; ZJ 35; ZJ 36",
    zh="代表候选人名单公布前不得减少被推荐人",
    en="nobody may be left out before the first list is published",
    remedy_zh="全部列入名单公布，再由选民小组讨论协商或者预选",
    remedy_en="publish all, then let the voter groups consult or hold a primary",
)
FEW_WOMEN = declare_code(
    "W.452",
    rule="R6.5",
    article="W30",
    zh="代表候选人{total}人，其中妇女{women}人，低于{share}",
    en="{women} women among {total} candidates, below {share}",
    remedy_zh="一般不低于该比例：在推荐和协商时加以考虑，并说明理由",
    remedy_en="normally not below it: consider it in nomination and consultation, give the reason",
)
