"""Codes of polling places and their accounts."""

from election.rules.terms import declare_code

BOX_STAFF = declare_code(
    "E.501",
    rule="R7.2",
    article="ZJ 40(4)",
    zh="流动票箱“{place}”只有工作人员{staff}名，应有{least}名以上",
    en="the mobile box {place} has {staff} staff; at least {least} are needed",
    remedy_zh="增派工作人员后方可使用",
    remedy_en="add staff before it is used",
)
BOX_SCRUTINEERS = declare_code(
    "E.502",
    rule="R7.2",
    article="ZJ 40(4)",
    zh="流动票箱“{place}”只有监票人{scrutineers}名，应有{least}名以上",
    en="the mobile box {place} has {scrutineers} scrutineers; at least {least} are needed",
    remedy_zh="增派监票人后方可使用",
    remedy_en="add scrutineers before it is used",
)
SCRUTINEERS_EXCEED = declare_code(
    "E.503",
    rule="R7.2",
    article="ZJ 40(4)",
    zh="“{place}”的监票人{scrutineers}名，多于工作人员{staff}名",
    en="{place} has {scrutineers} scrutineers among {staff} staff",
    remedy_zh="工作人员数包括监票人，请核对",
    remedy_en="the staff include the scrutineers: check both numbers",
)
BOX_UNKNOWN = declare_code(
    "W.504",
    rule="R7.2",
    article="ZJ 40(4)",
    zh="流动票箱“{place}”没有填写工作人员和监票人数",
    en="staff and scrutineers of the mobile box {place} are not entered",
    remedy_zh="请填写；流动票箱须有2名以上工作人员，其中监票人2名以上",
    remedy_en="enter them: a mobile box needs at least 2 staff, of whom 2 are scrutineers",
)
SERVES_NOBODY = declare_code(
    "W.505",
    rule="R7.1",
    article="EL 38; ZJ 40(2)",
    zh="“{place}”没有对应的选区",
    en="{place} serves no district",
    remedy_zh="请选择选区；不用的场所请删除",
    remedy_en="choose its district, or remove the place",
)
ONLY_BOXES = declare_code(
    "W.506",
    rule="R7.1",
    article="EL 38; ZJ 40(2)",
    zh="{district}只有流动票箱，没有投票站或选举大会",
    en="{district} has mobile boxes only, no station or meeting",
    remedy_zh="流动票箱只供行动不便或居住分散的选民使用，请设置投票站或选举大会",
    remedy_en="boxes are for voters who cannot come: set up a station or a meeting",
)
CODE_SHAPE = declare_code(
    "E.511",
    rule="R7.1",
    zh="第{line}行：“{value}”不能用作场所编号",
    en='line {line}: "{value}" cannot be a place code',
    remedy_zh="编号用半角字母和数字，不超过12个，如S01、M02",
    remedy_en="use letters A-Z and digits 0-9, at most 12, such as S01 or M02",
)
CODE_TWICE = declare_code(
    "E.512",
    rule="R7.1",
    zh="第{line}行：场所编号“{value}”已被使用",
    en='line {line}: the code "{value}" is taken',
    remedy_zh="请换一个编号",
    remedy_en="choose another",
)
KIND_UNKNOWN = declare_code(
    "E.513",
    rule="R7.1",
    article="EL 38; ZJ 40(2)",
    zh="第{line}行：没有“{value}”这种场所",
    en='line {line}: there is no kind "{value}"',
    remedy_zh="请写：投票站、选举大会、流动票箱",
    remedy_en="write station, meeting or mobile_box (投票站, 选举大会, 流动票箱)",
)
DISTRICT_UNKNOWN = declare_code(
    "E.514",
    rule="R7.1",
    zh="第{line}行：没有编号为“{value}”的选区",
    en='line {line}: there is no district "{value}"',
    remedy_zh="请写已通过的划分方案中的选区编号",
    remedy_en="write the number of a district of the adopted plan",
)
NOT_A_NUMBER = declare_code(
    "E.515",
    rule="R7.1",
    zh="第{line}行：“{value}”不是人数",
    en='line {line}: "{value}" is not a number of people',
    remedy_zh="只填数字，如3；不知道的留空",
    remedy_en="write only digits, such as 3, or leave it empty",
)
NAME_EMPTY = declare_code(
    "E.516",
    rule="R7.1",
    zh="第{line}行：没有场所名称",
    en="line {line}: the place has no name",
    remedy_zh="每行依次写：编号、名称、种类、镇级选区、县级选区、地址、工作人员、监票人",
    remedy_en=(
        "each line: code, name, kind, town district, county district, address, staff, scrutineers"
    ),
)
TOO_LONG = declare_code(
    "E.517",
    rule="R7.1",
    zh="第{line}行：“{value}…”太长",
    en='line {line}: "{value}..." is too long',
    remedy_zh="名称不超过120个字，地址不超过300个字",
    remedy_en="a name has at most 120, an address 300 characters",
)
IN_USE = declare_code(
    "R.521",
    rule="R8.15",
    article="house rule T7",
    zh="“{place}”已有选票收发记录或计票录入，不能删除",
    en="{place} has a ballot account or count entries and cannot be removed",
    remedy_zh="错误的计票用退回、重新开启办理；记录一律保留",
    remedy_en="a wrong count is returned or reopened; what is on record stays",
)
TAKEN = declare_code(
    "R.522",
    rule="R7.1",
    zh="场所编号“{value}”已被使用",
    en='the code "{value}" is taken',
    remedy_zh="请换一个编号",
    remedy_en="choose another",
)
FOREIGN_DISTRICT = declare_code(
    "R.523",
    rule="R7.1",
    zh="所选的选区不属于本次选举已通过的划分方案",
    en="the district is not of an adopted plan of this election",
    remedy_zh="请重新选择选区",
    remedy_en="choose the district again",
)
ACCOUNT_LOCKED = declare_code(
    "R.524",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="计票单{sheet}已经签字，选票收发记录不能再改",
    en="sheet {sheet} is signed: its ballot account can no longer change",
    remedy_zh="确需更正的，先由选举办主任写明理由重新开启计票单",
    remedy_en="the director reopens the sheet first, stating the reason",
)
ACCOUNT_MISSING = declare_code(
    "E.525",
    rule="R8.1",
    article="EL 43; ZJ 47",
    zh="还没有登记选票收发记录（本人领票、委托代领）",
    en="the ballot account (checked in, drawn by proxies) is not kept yet",
    remedy_zh="请投票站负责人先登记，签字前须核对发出与收回的选票",
    remedy_en=(
        "the station officer enters it: issued and returned papers are compared before signing"
    ),
)
