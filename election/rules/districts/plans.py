"""What may be done with a plan of districts: when it is complete, adopted, released; split units.

A plan is drafted by the office and adopted by the election committee. One plan of a congress is in
force; it is released openly, with a reason, before another takes its place.
Source: EL 25, 26; ZJ 13, 20-23 (the committee draws the districts and shares the seats).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from election.rules.days import day_text
from election.rules.terms import Code, Finding, RuleViolation, Severity, Text, finding

PARTS_SUM = Code(
    "E.241", "R2.6", "ZJ 23",
    Text("单元“{unit}”各部分合计{sum}人，与该单元{population}人不符",
         'the parts of unit "{unit}" have {sum} people together, the unit has {population}'),
    Text("改正各部分的人口，或将各部分合并", "correct the parts' people, or join the parts"),
)  # fmt: skip
PART_ALONE = Code(
    "E.242", "R2.6", "ZJ 23",
    Text("单元“{unit}”的第{part}部分没有划入选区",
         'part {part} of unit "{unit}" is in no district'),
    Text("拆分后的每一部分都要划入选区；不再拆分的，请用“合并各部分”",
         "each part of a split unit needs a district; join the parts to undo the split"),
)  # fmt: skip
PEOPLE_UNKNOWN = Code(
    "R.243", "R2.3", "EL 26; ZJ 21",
    Text("下列单元没有{basis}数：{units}", "these units have no {basis}: {units}"),
    Text("请先在“选区单元”中补齐；不按人口不能分配名额、划分选区",
         "fill it in under Units first; seats and districts go by people"),
)  # fmt: skip
WEIGHTED = Code(
    "R.244", "R1.9", "EL 15",
    Text("人口口径为“加权人口”，但各单元没有加权人口数",
         "the population basis is weighted, but units have no weighted figure"),
    Text("请在“选举设置”中改为户籍人口或常住人口", "choose another basis in Set-up"),
)  # fmt: skip
IS_ADOPTED = Code(
    "R.245", "R2.1", "EL 25; ZJ 13",
    Text("方案“{plan}”已经通过，不能修改或删除", 'plan "{plan}" is adopted: it cannot be changed'),
    Text("需要修改的，先撤回并说明理由，或复制为新方案", "release it with a reason, or copy it"),
)  # fmt: skip
NOT_ADOPTED = Code(
    "R.246", "R2.1", "EL 25; ZJ 13",
    Text("方案“{plan}”尚未通过，无需撤回", 'plan "{plan}" is not adopted: nothing to release'),
    Text("草案可以直接修改", "a draft can be edited"),
)  # fmt: skip
ANOTHER_ADOPTED = Code(
    "R.247", "R2.1", "EL 25; ZJ 13",
    Text("已有通过的方案“{plan}”", 'plan "{plan}" is adopted already'),
    Text("请先撤回该方案并说明理由", "release that plan first, with a reason"),
)  # fmt: skip
HAS_ERRORS = Code(
    "R.248", "R2.17", "EL 25; ZJ 20-23",
    Text("方案尚有{errors}项错误，不能通过", "the plan has {errors} errors and cannot be adopted"),
    Text("请按检查清单逐项改正", "correct them one by one along the check list"),
)  # fmt: skip
NOT_ACKNOWLEDGED = Code(
    "R.249", "R2.3", "EL 26; ZJ 21",
    Text("方案有{warnings}项提示，须确认选举委员会已经知悉",
         "the plan has {warnings} warnings the committee must have seen"),
    Text("请逐项核对后勾选确认", "look at each of them and tick that they were considered"),
)  # fmt: skip
NO_DECISION = Code(
    "R.250", "R2.1", "ZJ 13",
    Text("没有填写选举委员会的决定", "the committee's decision is not named"),
    Text("请填写会议日期或文号", "enter the meeting or the number of the decision"),
)  # fmt: skip
NO_REASON = Code(
    "R.251", "D7", "",
    Text("没有填写撤回的理由", "no reason for the release is given"),
    Text("请写明理由", "write down why"),
)  # fmt: skip
NAME_TAKEN = Code(
    "R.252", "D2", "",
    Text("已有名为“{name}”的方案", 'there is a plan named "{name}" already'),
    Text("请换一个名称", "choose another name"),
)  # fmt: skip
DISTRICT_USED = Code(
    "R.253", "D7", "",
    Text("第{district}选区已设投票场所或已有候选人，不能删除",
         "district {district} has polling places or candidates and cannot go"),
    Text("请先解除投票场所与该选区的关联", "take the polling places off this district first"),
)  # fmt: skip
NO_TOWN_PLAN = Code(
    "R.254", "R2.8", "ZJ 22, 23",
    Text("镇级选区方案尚未通过，不能据此划分县级选区",
         "no plan of town districts is adopted to build county districts from"),
    Text("请先通过镇级方案，或直接按单元生成建议", "adopt the town plan, or propose from units"),
)  # fmt: skip
TOWN_DISTRICT_BIG = Code(
    "R.255", "R2.8", "ZJ 22",
    Text("镇级第{district}选区超过一个县级选区所能容纳的人口",
         "town district {district} has more people than one county district can carry"),
    Text("请直接按单元生成建议", "propose from units instead"),
)  # fmt: skip
BASES_DIFFER = Code(
    "R.256", "R1.9", "EL 15",
    Text("镇级方案拆分了单元，而两级的人口口径不同，不能合并计算",
         "the town plan splits units, and the two congresses count people differently"),
    Text("请统一人口口径，或直接按单元生成建议", "use one basis, or propose from units instead"),
)  # fmt: skip
SPLIT_NUMBER = Code(
    "R.257", "R2.6", "ZJ 23",
    Text("单元“{unit}”有{population}人，不能分成{parts}部分",
         'unit "{unit}" has {population} people and cannot make {parts} parts'),
    Text("请分成2至9部分，每部分至少1人", "make 2 to 9 parts with at least one person each"),
)  # fmt: skip
NUMBERS_TWICE = Code(
    "R.258", "R2.8", "EL 25",
    Text("选区号{number}出现了两次", "district number {number} stands twice"),
    Text("每个选区一个号", "one number for each district"),
)  # fmt: skip
SEATS_TIED = Code(
    "R.259", "R2.1", "EL 15",
    Text("按此方法有{tied}名并列，须由选举委员会决定，不能自动填入",
         "this method leaves {tied} seats tied: the committee decides, they are not filled in"),
    Text("请由选举委员会决定后手工填写各选区名额", "enter the seats by hand after its decision"),
)  # fmt: skip
DISTRICTS_UNKNOWN = Code(
    "R.260", "R2.3", "EL 26; ZJ 21",
    Text("下列选区没有完整的{basis}数，或没有划入单元：{districts}",
         "these districts have no complete {basis}, or no unit: {districts}"),
    Text("请先划入单元并补齐人口", "put units into them, and fill in their people"),
)  # fmt: skip
LOCKED = Code(
    "R.281", "R2.1", "",
    Text("第{district}选区已锁定，不能改变其单元和名额",
         "district {district} is locked: its units and seats stay as they are"),
    Text("确需调整的，先解锁该选区", "unlock the district first if it has to change"),
)  # fmt: skip
ROLL_PUBLISHED = Code(
    "R.282", "R2.1", "EL 28; ZJ 33",
    Text("选民名单已于{day}公布，选民按选区登记，方案“{plan}”不能再撤回",
         'the roll was published on {day}; voters are registered by district, so plan "{plan}" '
         "can no longer be released"),
    Text("需要研究其他划法的，可复制为草案；确需改变选区的，请先报上级选举机构决定",
         "copy it to study another way; if districts really must change, ask the higher office"),
)  # fmt: skip
RESTS_ON_SEATS = Code(
    "R.283", "R2.17", "EL 25; ZJ 13",
    Text("方案“{plan}”已按应选名额{seats}名、{basis}口径通过，不能改变名额和人口口径",
         'plan "{plan}" was adopted for {seats} seats by {basis}: neither can be changed under it'),
    Text("请先撤回该方案并说明理由，再修改", "release that plan first, with a reason"),
)  # fmt: skip
COUNTY_ONLY = Code(
    "R.284", "R2.10", "DR 7; ZJ 27(3)",
    Text("单元“{unit}”只参加县级选举，不能划入镇级选区",
         'unit "{unit}" votes for the county congress only and is in no town district'),
    Text("请刷新页面；标记有误的，先在“选区单元”中更正",
         "load the page again; if the mark is wrong, correct it under Units first"),
)  # fmt: skip

CODES: tuple[Code, ...] = (
    PARTS_SUM, PART_ALONE, PEOPLE_UNKNOWN, WEIGHTED, IS_ADOPTED, NOT_ADOPTED, ANOTHER_ADOPTED,
    HAS_ERRORS, NOT_ACKNOWLEDGED, NO_DECISION, NO_REASON, NAME_TAKEN, DISTRICT_USED, NO_TOWN_PLAN,
    TOWN_DISTRICT_BIG, BASES_DIFFER, SPLIT_NUMBER, NUMBERS_TWICE, SEATS_TIED, DISTRICTS_UNKNOWN,
    LOCKED, ROLL_PUBLISHED, RESTS_ON_SEATS, COUNTY_ONLY,
)  # fmt: skip
MOST_PARTS = 9


@dataclass(frozen=True, slots=True)
class PartDraft:
    """One part of a split unit: unit code, number from 1, persons."""

    unit: str
    part: int
    population: int


def check_parts(
    parts: Sequence[PartDraft], population: Mapping[str, int | None]
) -> Iterator[Finding]:
    """E.241 for every split unit whose parts do not have its people together.

    population: persons of the whole units; None is not known and cannot be compared.
    """
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[part.unit] += part.population
    for unit, together in sums.items():
        whole = population.get(unit)
        if whole is not None and whole != together:
            yield finding(PARTS_SUM, f"units.{unit}", unit=unit, sum=together, population=whole)


def equal_parts(unit: str, population: int, parts: int) -> list[int]:
    """Whole persons of each part, as equal as possible. Raises R.257 for 1 or more than 9 parts."""
    if not 2 <= parts <= MOST_PARTS or population < parts:
        raise RuleViolation(SPLIT_NUMBER, unit=unit, population=population, parts=parts)
    return [population // parts + (place < population % parts) for place in range(parts)]


def require_unlocked(locked: Collection[int], touched: Iterable[int]) -> None:
    """Raise R.281 for the first of the touched district numbers that is locked."""
    for number in sorted(set(touched)):
        if number in locked:
            raise RuleViolation(LOCKED, district=number)


def require_roll_unpublished(plan: str, published: date | None) -> None:
    """Raise R.282 once the roll is published: voters then stand in the districts of this plan.

    Source: EL 28, ZJ 33 (the roll is published by district); no article lets districts change
    afterwards.
    """
    if published is not None:
        raise RuleViolation(ROLL_PUBLISHED, plan=plan, day=day_text(published))


def require_adoptable(findings: Sequence[Finding], *, acknowledged: bool) -> None:
    """Raise R.248 while there are errors, R.249 while warnings were not acknowledged."""
    errors = sum(fault.severity is Severity.ERROR for fault in findings)
    if errors:
        raise RuleViolation(HAS_ERRORS, errors=errors)
    if findings and not acknowledged:
        raise RuleViolation(NOT_ACKNOWLEDGED, warnings=len(findings))
