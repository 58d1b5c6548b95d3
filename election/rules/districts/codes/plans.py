"""Codes of what may not be done with a plan, and of its split units."""

from election.rules.terms import declare_code

PARTS_SUM = declare_code(
    "E.241",
    rule="R2.6",
    article="ZJ 23",
    zh="单元“{unit}”各部分合计{sum}人，与该单元{population}人不符",
    en='the parts of unit "{unit}" have {sum} people together, the unit has {population}',
    remedy_zh="改正各部分的人口，或将各部分合并",
    remedy_en="correct the parts' people, or join the parts",
)
PART_ALONE = declare_code(
    "E.242",
    rule="R2.6",
    article="ZJ 23",
    zh="单元“{unit}”的第{part}部分没有划入选区",
    en='part {part} of unit "{unit}" is in no district',
    remedy_zh="拆分后的每一部分都要划入选区；不再拆分的，请用“合并各部分”",
    remedy_en="each part of a split unit needs a district; join the parts to undo the split",
)
PEOPLE_UNKNOWN = declare_code(
    "R.243",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="下列单元没有{basis}数：{units}",
    en="these units have no {basis}: {units}",
    remedy_zh="请先在“选区单元”中补齐；不按人口不能分配名额、划分选区",
    remedy_en="fill it in under Units first; seats and districts go by people",
)
WEIGHTED = declare_code(
    "R.244",
    rule="R1.9",
    article="EL 15",
    zh="人口口径为“加权人口”，但各单元没有加权人口数",
    en="the population basis is weighted, but units have no weighted figure",
    remedy_zh="请在“选举设置”中改为户籍人口或常住人口",
    remedy_en="choose another basis in Set-up",
)
IS_ADOPTED = declare_code(
    "R.245",
    rule="R2.1",
    article="EL 25; ZJ 13",
    zh="方案“{plan}”已经通过，不能修改或删除",
    en='plan "{plan}" is adopted: it cannot be changed',
    remedy_zh="需要修改的，先撤回并说明理由，或复制为新方案",
    remedy_en="release it with a reason, or copy it",
)
NOT_ADOPTED = declare_code(
    "R.246",
    rule="R2.1",
    article="EL 25; ZJ 13",
    zh="方案“{plan}”尚未通过，无需撤回",
    en='plan "{plan}" is not adopted: nothing to release',
    remedy_zh="草案可以直接修改",
    remedy_en="a draft can be edited",
)
ANOTHER_ADOPTED = declare_code(
    "R.247",
    rule="R2.1",
    article="EL 25; ZJ 13",
    zh="已有通过的方案“{plan}”",
    en='plan "{plan}" is adopted already',
    remedy_zh="请先撤回该方案并说明理由",
    remedy_en="release that plan first, with a reason",
)
HAS_ERRORS = declare_code(
    "R.248",
    rule="R2.17",
    article="EL 25; ZJ 20-23",
    zh="方案尚有{errors}项错误，不能通过",
    en="the plan has {errors} errors and cannot be adopted",
    remedy_zh="请按检查清单逐项改正",
    remedy_en="correct them one by one along the check list",
)
NOT_ACKNOWLEDGED = declare_code(
    "R.249",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="方案有{warnings}项提示，须确认选举委员会已经知悉",
    en="the plan has {warnings} warnings the committee must have seen",
    remedy_zh="请逐项核对后勾选确认",
    remedy_en="look at each of them and tick that they were considered",
)
NO_DECISION = declare_code(
    "R.250",
    rule="R2.1",
    article="ZJ 13",
    zh="没有填写选举委员会的决定",
    en="the committee's decision is not named",
    remedy_zh="请填写会议日期或文号",
    remedy_en="enter the meeting or the number of the decision",
)
NO_REASON = declare_code(
    "R.251",
    rule="D7",
    zh="没有填写撤回的理由",
    en="no reason for the release is given",
    remedy_zh="请写明理由",
    remedy_en="write down why",
)
NAME_TAKEN = declare_code(
    "R.252",
    rule="D2",
    zh="已有名为“{name}”的方案",
    en='there is a plan named "{name}" already',
    remedy_zh="请换一个名称",
    remedy_en="choose another name",
)
DISTRICT_USED = declare_code(
    "R.253",
    rule="D7",
    zh="第{district}选区已设投票场所或已有候选人，不能删除",
    en="district {district} has polling places or candidates and cannot go",
    remedy_zh="请先解除投票场所与该选区的关联",
    remedy_en="take the polling places off this district first",
)
NO_TOWN_PLAN = declare_code(
    "R.254",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="镇级选区方案尚未通过，不能据此划分县级选区",
    en="no plan of town districts is adopted to build county districts from",
    remedy_zh="请先通过镇级方案，或直接按单元生成建议",
    remedy_en="adopt the town plan, or propose from units",
)
TOWN_DISTRICT_BIG = declare_code(
    "R.255",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="镇级第{district}选区超过一个县级选区所能容纳的人口",
    en="town district {district} has more people than one county district can carry",
    remedy_zh="请直接按单元生成建议",
    remedy_en="propose from units instead",
)
BASES_DIFFER = declare_code(
    "R.256",
    rule="R1.9",
    article="EL 15",
    zh="镇级方案拆分了单元，而两级的人口口径不同，不能合并计算",
    en="the town plan splits units, and the two congresses count people differently",
    remedy_zh="请统一人口口径，或直接按单元生成建议",
    remedy_en="use one basis, or propose from units instead",
)
SPLIT_NUMBER = declare_code(
    "R.257",
    rule="R2.6",
    article="ZJ 23",
    zh="单元“{unit}”有{population}人，不能分成{parts}部分",
    en='unit "{unit}" has {population} people and cannot make {parts} parts',
    remedy_zh="请分成2至9部分，每部分至少1人",
    remedy_en="make 2 to 9 parts with at least one person each",
)
NUMBERS_TWICE = declare_code(
    "R.258",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="选区号{number}出现了两次",
    en="district number {number} stands twice",
    remedy_zh="每个选区一个号",
    remedy_en="one number for each district",
)
SEATS_TIED = declare_code(
    "R.259",
    rule="R2.1",
    article="EL 15",
    zh="按此方法有{tied}名并列，须由选举委员会决定，不能自动填入",
    en="this method leaves {tied} seats tied: the committee decides, they are not filled in",
    remedy_zh="请由选举委员会决定后手工填写各选区名额",
    remedy_en="enter the seats by hand after its decision",
)
DISTRICTS_UNKNOWN = declare_code(
    "R.260",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="下列选区没有完整的{basis}数，或没有划入单元：{districts}",
    en="these districts have no complete {basis}, or no unit: {districts}",
    remedy_zh="请先划入单元并补齐人口",
    remedy_en="put units into them, and fill in their people",
)
LOCKED = declare_code(
    "R.281",
    rule="R2.1",
    zh="第{district}选区已锁定，不能改变其单元和名额",
    en="district {district} is locked: its units and seats stay as they are",
    remedy_zh="确需调整的，先解锁该选区",
    remedy_en="unlock the district first if it has to change",
)
ROLL_PUBLISHED = declare_code(
    "R.282",
    rule="R2.1",
    article="EL 28; ZJ 33",
    zh="选民名单已于{day}公布，选民按选区登记，方案“{plan}”不能再撤回",
    en=(
        'the roll was published on {day}; voters are registered by district, so plan "{plan}" can '
        "no longer be released"
    ),
    remedy_zh="需要研究其他划法的，可复制为草案；确需改变选区的，请先报上级选举机构决定",
    remedy_en=(
        "copy it to study another way; if districts really must change, ask the higher office"
    ),
)
RESTS_ON_SEATS = declare_code(
    "R.283",
    rule="R2.17",
    article="EL 25; ZJ 13",
    zh="方案“{plan}”已按应选名额{seats}名、{basis}口径通过，不能改变名额和人口口径",
    en='plan "{plan}" was adopted for {seats} seats by {basis}: neither can be changed under it',
    remedy_zh="请先撤回该方案并说明理由，再修改",
    remedy_en="release that plan first, with a reason",
)
DAY_TO_COME = declare_code(
    "R.285",
    rule="R2.17",
    article="EL 25; ZJ 13",
    zh="决定日期{day}不对：不得晚于今天{today}，也不得早于方案通过之日{before}",
    en="the decision is of {day}: it is after today, {today}, or before the adoption, {before}",
    remedy_zh="请填写选举委员会作出决定的日期",
    remedy_en="enter the day on which the committee decided",
)
COUNTY_ONLY = declare_code(
    "R.284",
    rule="R2.10",
    article="DR 7; ZJ 27(3)",
    zh="单元“{unit}”只参加县级选举，不能划入镇级选区",
    en='unit "{unit}" votes for the county congress only and is in no town district',
    remedy_zh="请刷新页面；标记有误的，先在“选区单元”中更正",
    remedy_en="load the page again; if the mark is wrong, correct it under Units first",
)
