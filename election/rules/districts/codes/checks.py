"""Codes of what is wrong with a plan of districts."""

from election.rules.terms import declare_code

SEATS_PER_DISTRICT = declare_code(
    "E.201",
    rule="R2.2",
    article="EL 25; ZJ 20",
    zh="第{district}选区应选代表{seats}名，每个选区应选1至3名",
    en="district {district} has {seats} seats; a district elects 1 to 3 deputies",
    remedy_zh="调整该选区名额，或将选区拆分、合并",
    remedy_en="change its seats, or split or join the district",
)
SEATS_TOTAL = declare_code(
    "E.202",
    rule="R2.17",
    article="EL 25",
    zh="各选区名额合计{sum}名，与确定的代表总名额{seats}名不符",
    en="the districts have {sum} seats together, the total fixed is {seats}",
    remedy_zh="使各选区名额之和等于{seats}名",
    remedy_en="make the districts' seats add up to {seats}",
)
UNIT_LEFT_OUT = declare_code(
    "E.203",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="单元“{unit}”未划入任何选区",
    en='unit "{unit}" is in no district',
    remedy_zh="将其划入一个选区",
    remedy_en="put it into one district",
)
UNIT_TWICE = declare_code(
    "E.204",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="单元“{unit}”重复划入选区：{districts}",
    en='unit "{unit}" is placed more than once, in districts {districts}',
    remedy_zh="只保留在一个选区；大村需要拆分的，先拆分单元",
    remedy_en="keep it in one district; if a big village is to be split, split the unit first",
)
DISTRICT_EMPTY = declare_code(
    "E.205",
    rule="R2.6",
    article="EL 25; ZJ 23",
    zh="第{district}选区没有划入任何单元",
    en="district {district} has no unit",
    remedy_zh="划入单元，或撤销该选区",
    remedy_en="put units into it, or remove the district",
)
NUMBER_TWICE = declare_code(
    "E.206",
    rule="R2.8",
    article="EL 11(1)(1); ZJ 26",
    zh="选区编号{district}重复使用{times}次",
    en="district number {district} is used {times} times",
    remedy_zh="每个选区使用不同的编号",
    remedy_en="give each district a number of its own",
)
UNIT_UNKNOWN = declare_code(
    "E.207",
    rule="R2.6",
    article="EL 25; ZJ 23",
    zh="第{district}选区中的单元“{unit}”不在单元表中",
    en='unit "{unit}" of district {district} is not in the list of units',
    remedy_zh="核对单元编码，或先登记该单元",
    remedy_en="check the code, or record the unit first",
)
POPULATION_UNUSABLE = declare_code(
    "E.208",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="各单元人口合计为{total}，无法计算每一代表所代表的人口数",
    en="the units' population adds up to {total}: persons per deputy cannot be computed",
    remedy_zh="核对各单元人口数",
    remedy_en="check the population figures of the units",
)
POPULATION_NEGATIVE = declare_code(
    "E.209",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="单元“{unit}”的人口数为{population}，人口数不能为负",
    en='unit "{unit}" has population {population}; a population cannot be negative',
    remedy_zh="核对该单元人口数",
    remedy_en="check the population of this unit",
)
DEVIATION_WARN = declare_code(
    "W.210",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh=(
        "第{district}选区{population}人选{seats}名，每一代表所代表的人口数为{per_seat}人，与平均数"
        "{average}人相差{deviation}，超过{limit}"
    ),
    en=(
        "district {district}: {population} persons, {seats} seats, {per_seat} per deputy; "
        "{deviation} from the average of {average}, more than {limit}"
    ),
    remedy_zh="能调整的作调整；不能调整的，记录理由",
    remedy_en="adjust the district where possible; otherwise record the reason",
)
DEVIATION_ALERT = declare_code(
    "W.211",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh=(
        "第{district}选区{population}人选{seats}名，每一代表所代表的人口数为{per_seat}人，与平均数"
        "{average}人相差{deviation}，超过{limit}，明显偏离“大体相等”"
    ),
    en=(
        "district {district}: {population} persons, {seats} seats, {per_seat} per deputy; "
        '{deviation} from the average of {average}, more than {limit}: far from "roughly equal"'
    ),
    remedy_zh="重新划分，或由选举委员会记录保留的理由",
    remedy_en="redraw it, or let the election committee record why it stays",
)
NOT_CONTIGUOUS = declare_code(
    "W.212",
    rule="R2.6",
    article="ZJ 22, 23",
    zh="第{district}选区不相连，分成{parts}片：{pieces}",
    en="district {district} is not contiguous, it falls into {parts} parts: {pieces}",
    remedy_zh=(
        "调整单元使其相连，或补登漏掉的相邻、轮渡关系（只有一角相接的不算）；"
        "确属联合选区或飞地的，记录理由"
    ),
    remedy_en=(
        "move units so that it holds together, or add a border or ferry that is missing (a corner "
        "is none); record the reason for a joint district or exclave"
    ),
)
POPULATION_UNKNOWN = declare_code(
    "W.213",
    rule="R2.3",
    article="EL 26; ZJ 21",
    zh="单元“{unit}”没有人口数；在补齐之前不能计算各选区的偏差",
    en='unit "{unit}" has no population figure; until it has, no deviation can be computed',
    remedy_zh="补录人口数；确无人口的填0",
    remedy_en="enter the population; 0 if nobody lives there",
)
MOST_SEATS_PASSED = declare_code(
    "R.214",
    rule="R2.2",
    article="EL 25; ZJ 20",
    zh="不能按每个选区最多{seats}名划分，每个选区应选1至3名",
    en="districts of up to {seats} seats cannot be planned; a district elects 1 to 3 deputies",
    remedy_zh="每个选区最多名额取1至3",
    remedy_en="allow at most 1, 2 or 3 seats per district",
)
