"""Codes of units: what is wrong with the bricks of districts."""

from election.rules.terms import declare_code

GROUPS_SHAPE = declare_code(
    "E.171",
    rule="R2.9",
    article="ZJ 24",
    zh="“{value}”不是选民小组及其人数",
    en='"{value}" is not a voter group with its people',
    remedy_zh="每个小组写名称和人数，用“；”分隔，例如“一组 120；二组 95”",
    remedy_en="write each group with its people, separated by ; as in: group 1 120; group 2 95",
)
GROUP_TWICE = declare_code(
    "E.172",
    rule="R2.9",
    article="ZJ 24",
    zh="选民小组“{value}”写了两次",
    en='voter group "{value}" is named twice',
    remedy_zh="一个单元内每个小组一个名称",
    remedy_en="one name for each group of a unit",
)
TOO_MANY_GROUPS = declare_code(
    "E.173",
    rule="R2.9",
    article="ZJ 24",
    zh="选民小组有{count}个，超过{most}个",
    en="there are {count} voter groups, more than {most}",
    remedy_zh="请合并较小的小组",
    remedy_en="join small groups",
)
GROUPS_SUM = declare_code(
    "W.174",
    rule="R2.9",
    article="ZJ 24",
    zh="“{unit}”的选民小组合计{people}人，与单元人口（{population}）不一致",
    en='the voter groups of "{unit}" have {people} people together, the unit {population}',
    remedy_zh="请核对；按小组拆分单元时，以小组人数为准",
    remedy_en="check it; where the unit is split along its groups, their figures count",
)
PAIR_TWICE = declare_code(
    "E.175",
    rule="R2.5",
    article="ZJ 22, 23",
    zh="“{value}”与“{other}”已在第{first}行列出",
    en='"{value}" and "{other}" stand already in row {first}',
    remedy_zh="每对相邻单元只保留一行",
    remedy_en="one row for each pair of neighbours",
)
PAIR_BOTH_WAYS = declare_code(
    "E.176",
    rule="R2.5",
    article="ZJ 22, 23",
    zh="“{value}”与“{other}”在第{first}行是另一种相邻方式",
    en='"{value}" and "{other}" touch in another way in row {first}',
    remedy_zh="陆上相邻的写“陆”，只由轮渡相连的写“轮渡”，只保留一行",
    remedy_en="write land if they touch by land, ferry if only a ferry joins them; keep one row",
)
SHAPE_UNKNOWN = declare_code(
    "E.177",
    rule="R2.5",
    zh="没有编码为“{value}”的单元",
    en='there is no unit with the code "{value}"',
    remedy_zh="请先导入该单元，或改正编码；不属于本次选举的要素可以选择跳过",
    remedy_en="import that unit first or correct the code; features of other places can be skipped",
)
SHAPE_TWICE = declare_code(
    "E.178",
    rule="R2.5",
    zh="编码“{value}”与第{first}个要素重复",
    en='code "{value}" stands already in feature {first}',
    remedy_zh="一个单元只保留一个要素；由几块组成的，合并为MultiPolygon",
    remedy_en="one feature for each unit; join several pieces to a MultiPolygon",
)
SHAPE_REPAIRED = declare_code(
    "W.179",
    rule="R2.5",
    zh="“{value}”的图形自相交，已修复为{pieces}块",
    en='the shape of "{value}" crosses itself; it was repaired and has {pieces} pieces now',
    remedy_zh="请在地图上核对；确认导入即保存修复后的图形",
    remedy_en="look at it on the map; the repaired shape is what will be stored",
)
SHAPE_BEYOND_REPAIR = declare_code(
    "E.180",
    rule="R2.5",
    zh="“{value}”的图形自相交，无法修复",
    en='the shape of "{value}" crosses itself beyond repair',
    remedy_zh="请在制图软件中重画该图形",
    remedy_en="draw it anew",
)
TOO_MANY_TOUCH = declare_code(
    "E.181",
    rule="R2.5",
    zh="有{count}对图形互相接触或重叠，不像是单元的图形",
    en="{count} pairs of shapes touch or overlap: these cannot be the shapes of units",
    remedy_zh="请核对图层：每个单元一个图形，互不重叠",
    remedy_en="check the layer: one shape for each unit, none over another",
)
TOO_MANY_CROSS = declare_code(
    "E.182",
    rule="R2.5",
    zh="“{value}”的图形自相交；本文件中自相交的图形过多，不再修复",
    en='the shape of "{value}" crosses itself; too many shapes of this file do to be repaired',
    remedy_zh="请先在制图软件中修复几何图形，再导出",
    remedy_en="repair the geometry in the mapping program and export it again",
)
SHAPE_INTRICATE = declare_code(
    "E.183",
    rule="R2.5",
    zh="“{value}”的图形过于细密，无法检查",
    en='the shape of "{value}" is too intricate to be checked',
    remedy_zh="请在制图软件中简化图形（例如容差2米）后再导出",
    remedy_en="simplify it (for instance to 2 m) before exporting it",
)
NO_WORKPLACE = declare_code(
    "E.184",
    rule="R2.10",
    article="DR 7; ZJ 27(3)",
    zh="“{value}”不是单位，不能标为只参加县级选举",
    en='"{value}" is no workplace: it cannot be marked "county only"',
    remedy_zh="请取消该标记，或将类型改为“单位”；村和社区参加县、镇两级选举",
    remedy_en=(
        "remove the mark or change the kind; villages and communities vote for both congresses"
    ),
)
CODE_SHAPE = declare_code(
    "E.221",
    rule="R2.5",
    zh="“{value}”不能用作单元编码",
    en='"{value}" cannot be the code of a unit',
    remedy_zh="编码由半角字母、数字或汉字组成，可含“-”“_”“.”，不超过40个字",
    remedy_en="use letters, digits 0-9 or Han characters, with - _ . inside, at most 40",
)
CODE_TWICE = declare_code(
    "E.222",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="编码“{value}”与第{first}行重复",
    en='code "{value}" stands already in row {first}',
    remedy_zh="每个单元一个编码；同一单元只保留一行",
    remedy_en="one code for each unit, one row for each code",
)
CODE_TAKEN = declare_code(
    "E.223",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="编码“{value}”已由“{name}”使用",
    en='code "{value}" belongs to "{name}" already',
    remedy_zh="请换一个编码，或直接修改该单元",
    remedy_en="choose another code, or change that unit",
)
NEIGHBOUR_UNKNOWN = declare_code(
    "E.224",
    rule="R2.5",
    article="ZJ 22, 23",
    zh="相邻单元“{value}”不存在",
    en='there is no unit "{value}" to be a neighbour',
    remedy_zh="请填写已有单元的编码，用“、”分隔",
    remedy_en="write codes of units that exist, separated by 、",
)
NEIGHBOUR_SELF = declare_code(
    "E.225",
    rule="R2.5",
    article="ZJ 22, 23",
    zh="单元“{value}”不能与自己相邻",
    en='unit "{value}" cannot be its own neighbour',
    remedy_zh="请删去自己的编码",
    remedy_en="remove its own code",
)
NEIGHBOUR_BOTH_WAYS = declare_code(
    "E.226",
    rule="R2.5",
    article="ZJ 22, 23",
    zh="单元“{value}”既填了相邻又填了轮渡相邻",
    en='unit "{value}" is named both as a neighbour by land and by ferry',
    remedy_zh="陆上相邻的，只填“相邻单元”",
    remedy_en="if they touch by land, name it there only",
)
ZERO_LOST = declare_code(
    "E.227",
    rule="R2.5",
    zh="编码“{value}”可能丢了开头的0：已有单元“{stored}”",
    en='code "{value}" may have lost a leading 0: there is a unit "{stored}"',
    remedy_zh="请把编码列设为“文本”格式，写作“{stored}”",
    remedy_en='format the column as "text" and write "{stored}"',
)
GONE = declare_code(
    "E.228",
    rule="R2.5",
    zh="单元“{value}”已被他人删除",
    en='unit "{value}" was removed by somebody else meanwhile',
    remedy_zh="请在新的空行中重新录入，或勾选删除",
    remedy_en="enter it anew in an empty row, or tick remove",
)
IN_A_PLAN = declare_code(
    "R.229",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="单元“{unit}”已划入选区方案：{plans}",
    en='unit "{unit}" stands in plans: {plans}',
    remedy_zh="请先在方案中移出该单元，或删除方案草案",
    remedy_en="take it out of the plans, or delete them",
)
PLAN_RESTS = declare_code(
    "R.230",
    rule="R2.1",
    article="EL 25; ZJ 13",
    zh="“{plan}”已经通过，单元的增删、人口、相邻关系和是否只参加县级选举不能再改",
    en=(
        'plan "{plan}" is adopted: units, their people, their neighbours and for which congress '
        "they vote cannot change under it"
    ),
    remedy_zh="请先由选举委员会撤回该方案并说明理由",
    remedy_en="the committee releases the plan first, with a reason",
)
CODES_PROPOSED = declare_code(
    "W.231",
    rule="D16",
    zh="文件中没有“编码”列，按名称对应已有单元，并为{count}个新单元拟定了编码{codes}",
    en="the file has no codes: units are known by their names, and {count} new ones get {codes}",
    remedy_zh="编码一经保存就用来识别单元；要用别的编码，请在文件中加一列“编码”",
    remedy_en="codes are kept for good; for other codes add a column with them",
)
NAME_FOR_CODE = declare_code(
    "E.232",
    rule="D16",
    zh="文件中没有“编码”列，名称“{value}”不能识别一个单元：它空着、重复，或属于几个已有单元",
    en='without codes the name "{value}" says no unit: it is empty, doubled, or of several units',
    remedy_zh="请改正名称，或在文件中加一列“编码”",
    remedy_en="correct the name, or add a column of codes",
)
COLUMNS_UNREAD = declare_code(
    "W.233",
    rule="D16",
    zh="表头中不认识的列没有读取：{columns}",
    en="columns that are not known were not read: {columns}",
    remedy_zh="其中若有需要的列，请改用模板中的名称",
    remedy_en="if one of them is needed, name it as in the template",
)
