"""Codes of the phases of an election: what is missing, what is refused."""

from election.rules.terms import declare_code

# Rule and article of 131-133 are those of the publication.
NOT_PUBLISHED = declare_code(
    "E.131",
    rule="§14",
    article="EL 28-32; ZJ 33-36",
    zh="{congress}：没有登记“{item}”的日期（期限{limit}）",
    en="{congress}: no day is recorded for {item} (limit {limit})",
    remedy_zh="公布后登记实际公布的日期：选民名单在“选举日程”登记，候选人名单在“候选人”登记",
    remedy_en="once published record the day: the roll under Calendar, the lists under Candidates",
)
PUBLISHED_AHEAD = declare_code(
    "E.132",
    rule="§14",
    article="EL 28-32; ZJ 33-36",
    zh="{congress}：“{item}”登记在{day}，这一天还没有到",
    en="{congress}: {item} is recorded for {day}, a day still to come",
    remedy_zh="公布后再登记实际公布的日期",
    remedy_en="record the real day once it is published",
)
PUBLISHED_LATE = declare_code(
    "A.133",
    rule="§14",
    article="EL 28-32; ZJ 33-36",
    zh="{congress}：“{item}”在{day}，晚于法定期限{limit}",
    en="{congress}: {item} was on {day}, after the legal limit {limit}",
    remedy_zh="由选举委员会书面决定推迟投票或者照常进行，并填写决定文号",
    remedy_en=(
        "the committee decides in writing to postpone the vote or to go on; enter its decision"
    ),
)
BEFORE_ELECTION_DAY = declare_code(
    "A.134",
    rule="R7.16",
    article="ZJ 51",
    zh="今天是{today}，选举日是{election_day}：提前投票计票",
    en="today is {today} and election day {election_day}: this is voting early",
    remedy_zh="个别选区因特殊情况提前投票，须经选举委员会同意；请填写同意的决定文号",
    remedy_en="a district may vote earlier only with the committee's consent; enter its decision",
)
BOX_STAFF_UNKNOWN = declare_code(
    "E.135",
    rule="R7.2",
    article="ZJ 40(4)",
    zh="流动票箱“{place}”没有填写工作人员和监票人数，不得使用",
    en="staff and scrutineers of the mobile box {place} are not entered: it may not be used",
    remedy_zh=(
        "请在“投票场所”中填写；流动票箱须有{staff}名以上工作人员，其中监票人{scrutineers}名以上"
    ),
    remedy_en=(
        "enter them under Polling places: at least {staff} staff, of whom {scrutineers} are "
        "scrutineers"
    ),
)
OFFICIAL_NAMED_LIKE_CANDIDATE = declare_code(
    "A.136",
    rule="R7.3",
    article="EL 43(2); ZJ 40(3)",
    zh="工作人员“{name}”（编号{number}）与{district}的候选人同名",
    en="the official {name} (number {number}) has the name of a candidate in {district}",
    remedy_zh=(
        "同名不等于同一人，请核对：本人或近亲属不得在该选区主持选举或者担任工作人员；填写核对结果"
    ),
    remedy_en=(
        "the same name is no proof: check, since neither candidates nor their close relatives may "
        "work in that district; enter what you found"
    ),
)
NOT_OPEN = declare_code(
    "R.151",
    rule="D6",
    zh="选举处于“{stage}”阶段，不能修改{subject}",
    en="the election is in stage {stage}: {subject} is closed",
    remedy_zh="请先由选举办负责人按程序调整阶段",
    remedy_en="the director moves the stage first, with a reason",
)
NOT_NEXT = declare_code(
    "R.152",
    rule="D6",
    zh="不能从“{stage}”阶段直接进入“{to}”阶段",
    en="the election cannot go from stage {stage} to {to}",
    remedy_zh="请按顺序逐个阶段办理",
    remedy_en="go through the stages one by one",
)
NOT_READY = declare_code(
    "R.153",
    rule="D6",
    zh="尚有{faults}项未完成，不能进入“{to}”阶段",
    en="{faults} things are missing before stage {to}",
    remedy_zh="请按本页检查清单逐项完成",
    remedy_en="complete the check list on the stage page",
)
BEGUN = declare_code(
    "R.154",
    rule="D6",
    zh="“{stage}”阶段已有记录，不能退回",
    en="stage {stage} has records already: no way back",
    remedy_zh="请用更正、重开等专门程序处理",
    remedy_en="use the acts for corrections and reopening instead",
)
UNDECIDED = declare_code(
    "R.155",
    rule="R5.20",
    article="law silent",
    zh="有{alerts}项须由选举委员会书面决定，尚未填写决定",
    en="{alerts} things need the committee's written decision, and none is entered",
    remedy_zh="请填写决定的文号或会议日期",
    remedy_en="enter its number or the date of the meeting",
)
STAFF_UNCHECKED = declare_code(
    "R.156",
    rule="R7.3",
    article="EL 43(2); ZJ 40(3)",
    zh="尚未确认没有候选人及其近亲属在本选区主持选举或者担任选举工作人员",
    en="it is not confirmed that no candidate or close relative presides or works in the district",
    remedy_zh=(
        "请逐区核对后勾选确认；近亲属指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子"
        "女"
    ),
    remedy_en=(
        "check every district, then tick the statement; close relatives are spouse, parents, "
        "children, siblings, grandparents and grandchildren"
    ),
)
NO_CONGRESS = declare_code(
    "E.161",
    rule="R1.6",
    article="EL 13; ZJ 16",
    zh="还没有设置要选举的人民代表大会",
    en="no congress is set up yet",
    remedy_zh="请在“选举设置”中填写县、镇两级的应选名额和确定文号",
    remedy_en="fill in seats and decision in Set-up",
)
NO_DECISION = declare_code(
    "E.162",
    rule="R1.6, R2.1",
    article="EL 13, 15; ZJ 16, 18",
    zh="{congress}：没有填写确定名额的决定文号",
    en="{congress}: no reference of the decision on seats",
    remedy_zh="镇级填写县人大常委会确定名额的决定，县级填写县选举委员会分配到本镇名额的决定",
    remedy_en=(
        "for the town enter the decision of the county standing committee, for the county that of "
        "the county election committee on the seats elected here"
    ),
)
NO_PLAN = declare_code(
    "E.163",
    rule="R2.1",
    article="EL 25; ZJ 13",
    zh="{congress}：选区划分方案尚未通过",
    en="{congress}: no plan of districts is adopted",
    remedy_zh="请在“选区和名额”中通过一个方案",
    remedy_en="adopt a plan under Districts and seats",
)
NO_ROLL = declare_code(
    "E.164",
    rule="R8.2",
    article="EL 45(1)",
    zh="{district}：没有登记选民人数",
    en="{district}: the number of registered voters is unknown",
    remedy_zh="请在“投票场所”中填写选民名单人数",
    remedy_en="enter the number on the roll under Polling places",
)
NO_PLACE = declare_code(
    "E.165",
    rule="R7.1",
    article="EL 38; ZJ 40",
    zh="{district}：没有投票站、选举大会或流动票箱",
    en="{district}: no polling place",
    remedy_zh="请为该选区设置投票场所",
    remedy_en="set up a place for this district",
)
NOT_CERTIFIED = declare_code(
    "E.166",
    rule="R9.14",
    article="EL 46; ZJ 50",
    zh="{district}：选举结果尚未确认",
    en="{district}: the result is not certified",
    remedy_zh="请在“选举结果”中由选举委员会确认",
    remedy_en="the committee certifies it under Results",
)
NOT_LEGAL_NUMBER = declare_code(
    "E.167",
    rule="R5.8",
    article="EL 31(2); ZJ 36(1)",
    zh="{district}：应选代表{seats}名，正式代表候选人{formal}名，不符合差额比例",
    en="{district}: {formal} formal candidates for {seats} seats is not a legal number",
    remedy_zh="应选1名的候选人2名，应选2名的3至4名，应选3名的4至6名",
    remedy_en="1 seat needs 2, 2 seats need 3 to 4, 3 seats need 4 to 6",
)
TOO_FEW_LEFT = declare_code(
    "A.168",
    rule="R5.20",
    article="law silent",
    zh=(
        "{district}：应选代表{seats}名，有{inactive}名正式代表候选人不再参选，余{formal}名，不足法"
        "定差额"
    ),
    en="{district}: {inactive} formal candidates fell away; {formal} left for {seats} seats",
    remedy_zh="法律未作规定：由选举委员会决定推迟投票或照常进行，并填写决定文号",
    remedy_en=(
        "the law is silent: the committee decides to postpone or to go on; enter its decision"
    ),
)
UNNAMED = declare_code(
    "E.169",
    rule="D10",
    zh="还没有填写乡镇的名称、代码和所属县",
    en="township, code and county are not filled in yet",
    remedy_zh="请管理员在“工作人员”页打开“乡镇”填写",
    remedy_en="the administrator does so under Officials, Township",
)
