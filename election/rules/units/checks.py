"""The checks of a list of units: codes that name one unit each, neighbours that exist.

A list is checked as a whole and all its faults come back together. Source: EL 25, 26; ZJ 22, 23 (a
district is made of whole villages, communities and workplaces, so each must be told from the rest).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from election.rules.terms import Code, Finding, RuleViolation, Text, finding

# letters, digits, Han; inside also - _ . ; the sign # is kept for parts of a split unit (CODE#1)
CODE_PATTERN = re.compile(r"[0-9A-Za-z\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff._-]{0,39}")

CODE_SHAPE = Code(
    "E.221", "R2.5", "",
    Text("“{value}”不能用作单元编码", '"{value}" cannot be the code of a unit'),
    Text("编码由半角字母、数字或汉字组成，可含“-”“_”“.”，不超过40个字",
         "use letters, digits 0-9 or Han characters, with - _ . inside, at most 40"),
)  # fmt: skip
CODE_TWICE = Code(
    "E.222", "R2.8", "EL 25",
    Text("编码“{value}”与第{first}行重复", 'code "{value}" stands already in row {first}'),
    Text("每个单元一个编码；同一单元只保留一行", "one code for each unit, one row for each code"),
)  # fmt: skip
CODE_TAKEN = Code(
    "E.223", "R2.8", "EL 25",
    Text("编码“{value}”已由“{name}”使用", 'code "{value}" belongs to "{name}" already'),
    Text("请换一个编码，或直接修改该单元", "choose another code, or change that unit"),
)  # fmt: skip
NEIGHBOUR_UNKNOWN = Code(
    "E.224", "R2.5", "ZJ 22, 23",
    Text("相邻单元“{value}”不存在", 'there is no unit "{value}" to be a neighbour'),
    Text("请填写已有单元的编码，用“、”分隔", "write codes of units that exist, separated by 、"),
)  # fmt: skip
NEIGHBOUR_SELF = Code(
    "E.225", "R2.5", "ZJ 22, 23",
    Text("单元“{value}”不能与自己相邻", 'unit "{value}" cannot be its own neighbour'),
    Text("请删去自己的编码", "remove its own code"),
)  # fmt: skip
NEIGHBOUR_BOTH_WAYS = Code(
    "E.226", "R2.5", "ZJ 22, 23",
    Text("单元“{value}”既填了相邻又填了轮渡相邻",
         'unit "{value}" is named both as a neighbour by land and by ferry'),
    Text("陆上相邻的，只填“相邻单元”", "if they touch by land, name it there only"),
)  # fmt: skip
ZERO_LOST = Code(
    "E.227", "R2.5", "",
    Text("编码“{value}”可能丢了开头的0：已有单元“{stored}”",
         'code "{value}" may have lost a leading 0: there is a unit "{stored}"'),
    Text("请把编码列设为“文本”格式，写作“{stored}”",
         'format the column as "text" and write "{stored}"'),
)  # fmt: skip
GONE = Code(
    "E.228", "R2.5", "",
    Text("单元“{value}”已被他人删除", 'unit "{value}" was removed by somebody else meanwhile'),
    Text("请在新的空行中重新录入，或勾选删除", "enter it anew in an empty row, or tick remove"),
)  # fmt: skip
IN_A_PLAN = Code(
    "R.229", "R2.8", "EL 25",
    Text("单元“{unit}”已划入选区方案：{plans}", 'unit "{unit}" stands in plans: {plans}'),
    Text("请先在方案中移出该单元，或删除方案草案", "take it out of the plans, or delete them"),
)  # fmt: skip
PLAN_RESTS = Code(
    "R.230", "R2.1", "EL 25; ZJ 13",
    Text("“{plan}”已经通过，单元的增删、人口、相邻关系和是否只参加县级选举不能再改",
         'plan "{plan}" is adopted: units, their people, their neighbours and for which congress '
         "they vote cannot change under it"),
    Text("请先由选举委员会撤回该方案并说明理由",
         "the committee releases the plan first, with a reason"),
)  # fmt: skip
GROUPS_SHAPE = Code(
    "E.171", "R2.9", "ZJ 24",
    Text("“{value}”不是选民小组及其人数", '"{value}" is not a voter group with its people'),
    Text("每个小组写名称和人数，用“；”分隔，例如“一组 120；二组 95”",
         "write each group with its people, separated by ; as in: group 1 120; group 2 95"),
)  # fmt: skip
GROUP_TWICE = Code(
    "E.172", "R2.9", "ZJ 24",
    Text("选民小组“{value}”写了两次", 'voter group "{value}" is named twice'),
    Text("一个单元内每个小组一个名称", "one name for each group of a unit"),
)  # fmt: skip
TOO_MANY_GROUPS = Code(
    "E.173", "R2.9", "ZJ 24",
    Text("选民小组有{count}个，超过{most}个", "there are {count} voter groups, more than {most}"),
    Text("请合并较小的小组", "join small groups"),
)  # fmt: skip
GROUPS_SUM = Code(
    "W.174", "R2.9", "ZJ 24",
    Text("“{unit}”的选民小组合计{people}人，与单元人口（{population}）不一致",
         'the voter groups of "{unit}" have {people} people together, the unit {population}'),
    Text("请核对；按小组拆分单元时，以小组人数为准",
         "check it; where the unit is split along its groups, their figures count"),
)  # fmt: skip
PAIR_TWICE = Code(
    "E.175", "R2.5", "ZJ 22, 23",
    Text("“{value}”与“{other}”已在第{first}行列出",
         '"{value}" and "{other}" stand already in row {first}'),
    Text("每对相邻单元只保留一行", "one row for each pair of neighbours"),
)  # fmt: skip
PAIR_BOTH_WAYS = Code(
    "E.176", "R2.5", "ZJ 22, 23",
    Text("“{value}”与“{other}”在第{first}行是另一种相邻方式",
         '"{value}" and "{other}" touch in another way in row {first}'),
    Text("陆上相邻的写“陆”，只由轮渡相连的写“轮渡”，只保留一行",
         "write land if they touch by land, ferry if only a ferry joins them; keep one row"),
)  # fmt: skip
SHAPE_UNKNOWN = Code(
    "E.177", "R2.5", "",
    Text("没有编码为“{value}”的单元", 'there is no unit with the code "{value}"'),
    Text("请先导入该单元，或改正编码；不属于本次选举的要素可以选择跳过",
         "import that unit first or correct the code; features of other places can be skipped"),
)  # fmt: skip
SHAPE_TWICE = Code(
    "E.178", "R2.5", "",
    Text("编码“{value}”与第{first}个要素重复", 'code "{value}" stands already in feature {first}'),
    Text("一个单元只保留一个要素；由几块组成的，合并为MultiPolygon",
         "one feature for each unit; join several pieces to a MultiPolygon"),
)  # fmt: skip
SHAPE_REPAIRED = Code(
    "W.179", "R2.5", "",
    Text("“{value}”的图形自相交，已修复为{pieces}块",
         'the shape of "{value}" crosses itself; it was repaired and has {pieces} pieces now'),
    Text("请在地图上核对；确认导入即保存修复后的图形",
         "look at it on the map; the repaired shape is what will be stored"),
)  # fmt: skip
SHAPE_BEYOND_REPAIR = Code(
    "E.180", "R2.5", "",
    Text("“{value}”的图形自相交，无法修复", 'the shape of "{value}" crosses itself beyond repair'),
    Text("请在制图软件中重画该图形", "draw it anew"),
)  # fmt: skip
TOO_MANY_TOUCH = Code(
    "E.181", "R2.5", "",
    Text("有{count}对图形互相接触或重叠，不像是单元的图形",
         "{count} pairs of shapes touch or overlap: these cannot be the shapes of units"),
    Text("请核对图层：每个单元一个图形，互不重叠",
         "check the layer: one shape for each unit, none over another"),
)  # fmt: skip
TOO_MANY_CROSS = Code(
    "E.182", "R2.5", "",
    Text("“{value}”的图形自相交；本文件中自相交的图形过多，不再修复",
         'the shape of "{value}" crosses itself; too many shapes of this file do to be repaired'),
    Text("请先在制图软件中修复几何图形，再导出",
         "repair the geometry in the mapping program and export it again"),
)  # fmt: skip
SHAPE_INTRICATE = Code(
    "E.183", "R2.5", "",
    Text("“{value}”的图形过于细密，无法检查",
         'the shape of "{value}" is too intricate to be checked'),
    Text("请在制图软件中简化图形（例如容差2米）后再导出",
         "simplify it (for instance to 2 m) before exporting it"),
)  # fmt: skip
NO_WORKPLACE = Code(
    "E.184", "R2.10", "DR 7; ZJ 27(3)",
    Text("“{value}”不是单位，不能标为只参加县级选举",
         '"{value}" is no workplace: it cannot be marked "county only"'),
    Text("请取消该标记，或将类型改为“单位”；村和社区参加县、镇两级选举",
         "remove the mark or change the kind; villages and communities vote for both congresses"),
)  # fmt: skip

CODES: tuple[Code, ...] = (
    CODE_SHAPE, CODE_TWICE, CODE_TAKEN, NEIGHBOUR_UNKNOWN, NEIGHBOUR_SELF, NEIGHBOUR_BOTH_WAYS,
    ZERO_LOST, GONE, IN_A_PLAN, PLAN_RESTS, GROUPS_SHAPE, GROUP_TWICE, TOO_MANY_GROUPS, GROUPS_SUM,
    PAIR_TWICE, PAIR_BOTH_WAYS, SHAPE_UNKNOWN, SHAPE_TWICE, SHAPE_REPAIRED, SHAPE_BEYOND_REPAIR,
    TOO_MANY_TOUCH, TOO_MANY_CROSS, SHAPE_INTRICATE, NO_WORKPLACE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoterGroup:
    """A voter group (选民小组) of a unit and its people: where a big unit may be split (R2.9)."""

    name: str
    population: int

    def to_json(self) -> dict[str, object]:
        """As stored and as the audit chain keeps it."""
        return {"name": self.name, "population": self.population}


def check_groups(
    unit: str, groups: Sequence[VoterGroup], populations: Sequence[int | None], *, row: int
) -> list[Finding]:
    """W.174 when the groups' people together are neither of the unit's known populations."""
    people, known = sum(group.population for group in groups), [p for p in populations if p]
    if not groups or not known or people in known:
        return []
    shown = "、".join(str(figure) for figure in dict.fromkeys(known))
    return [finding(
        GROUPS_SUM, f"rows.{row}.voter_groups", row=row, column="voter_groups", unit=unit,
        people=people, population=shown,
    )]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of units: where it stands, its code, whom it names as neighbours.

    misplaced: it is marked to vote for the county only and is no workplace.
    """

    row: int
    code: str
    land: tuple[str, ...] = ()
    ferry: tuple[str, ...] = ()
    name: str = ""
    misplaced: bool = False


def check_units(listed: Sequence[Listed], others: Mapping[str, str]) -> list[Finding]:
    """All faults of a list of units; empty when nothing is wrong.

    others: code -> name of the units that exist beside the listed ones.
    Facts of each finding: row (the line), column ("code" | "neighbours" | "ferries" |
    "county_only"), value.
    """
    codes = {line.code for line in listed} | set(others)
    return [
        *_codes(listed, others),
        *(fault for line in listed for fault in _neighbours(line, codes)),
        *(_fault(NO_WORKPLACE, line, "county_only", line.name or line.code)
          for line in listed if line.misplaced),
    ]  # fmt: skip


def require_units(listed: Sequence[Listed], others: Mapping[str, str]) -> None:
    """Raise the first fault as a refusal: the last guard of an act whose form was checked."""
    for fault in check_units(listed, others):
        raise RuleViolation(fault.code, **fault.facts)


def _codes(listed: Sequence[Listed], others: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line in listed:
        code = line.code
        if not CODE_PATTERN.fullmatch(code):
            yield _fault(CODE_SHAPE, line, "code", code)
        elif code in first:
            yield _fault(CODE_TWICE, line, "code", code, first=first[code])
        elif code in others:
            yield _fault(CODE_TAKEN, line, "code", code, name=others[code])
        first.setdefault(code, line.row)


def _neighbours(line: Listed, codes: Collection[str]) -> Iterator[Finding]:
    for column, named in (("neighbours", line.land), ("ferries", line.ferry)):
        for code in named:
            if code == line.code:
                yield _fault(NEIGHBOUR_SELF, line, column, code)
            elif code not in codes:
                yield _fault(NEIGHBOUR_UNKNOWN, line, column, code)
    for code in sorted(set(line.land) & set(line.ferry)):
        yield _fault(NEIGHBOUR_BOTH_WAYS, line, "ferries", code)


def _fault(code: Code, line: Listed, column: str, value: str, **facts: int | str) -> Finding:
    return finding(
        code, f"rows.{line.row}.{column}", row=line.row, column=column, value=value[:40], **facts
    )
