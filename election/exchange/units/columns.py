"""The columns of a table of units: names, hints, and how a cell is read."""

from collections.abc import Callable
from typing import Any

from election.exchange import cells
from election.exchange.headers import TableColumn, TableColumns
from election.rules.terms import Text
from election.rules.units.kinds import UnitKind

_KINDS: dict[str, UnitKind] = {
    **dict.fromkeys(("村", "行政村", "村委会", "village"), UnitKind.VILLAGE),
    **dict.fromkeys(("社区", "居委会", "居民区", "community"), UnitKind.COMMUNITY),
    **dict.fromkeys(
        ("单位", "机关", "学校", "企业", "企事业单位", "workplace"), UnitKind.WORKPLACE
    ),
}
KIND_WORDS = {
    UnitKind.VILLAGE: Text("村", "village"),
    UnitKind.COMMUNITY: Text("社区", "community"),
    UnitKind.WORKPLACE: Text("单位", "workplace"),
}
_KINDS_SHOWN = "、".join(word.zh for word in KIND_WORDS.values())


def _column(
    key: str, zh: str, en: str, hint: Text, read: Callable[[str], Any], *aliases: str
) -> TableColumn:
    return TableColumn(key, Text(zh, en), hint, read, aliases)


COLUMNS: tuple[TableColumn, ...] = (
    _column(
        "code",
        "编码",
        "code",
        Text(
            "必填。每个单元一个，以后按它识别；设为文本格式，保留开头的0",
            "required; one for each unit, kept for good; format as text",
        ),
        cells.code,
        "代码",
        "单元编码",
        "单位编码",
        "单元代码",
    ),
    _column(
        "name",
        "名称",
        "name",
        Text("必填。村、社区或单位的规范名称", "required; the official name"),
        cells.line_of_text(120),
        "单元名称",
        "单位名称",
        "村居名称",
        "村（社区）",
        "行政村",
        "行政村名称",
        "村名",
        "村居",
    ),
    _column(
        "kind",
        "类型",
        "kind",
        Text(
            "村、社区或单位；不填的新单元为村", "village, community or workplace; village if empty"
        ),
        cells.one_of(_KINDS, _KINDS_SHOWN),
        "单元类型",
        "类别",
    ),
    _column(
        "hukou_population",
        "户籍人口",
        "hukou_population",
        Text("整数；不知道的留空，不要填0", "whole number; empty if not known, never 0 for that"),
        cells.whole_number,
        "户籍人口数",
        "人口",
        "人口数",
        "population",
        "household-registered population",
    ),
    _column(
        "resident_population",
        "常住人口",
        "resident_population",
        Text("整数；不知道的留空", "whole number; empty if not known"),
        cells.whole_number,
        "常住人口数",
        "resident population",
    ),
    _column(
        "neighbours",
        "相邻单元",
        "neighbours",
        Text(
            "陆上相邻单元的编码，用“、”分隔；只写一方也可以",
            "codes of units that touch by land, separated by ; (one side suffices)",
        ),
        cells.several,
        "相邻",
        "邻接单元",
        "neighbors",
        "neighbour",
        "neighbor",
    ),
    _column(
        "ferries",
        "轮渡相邻",
        "ferries",
        Text("由轮渡相连的单元的编码", "codes of units joined by ferry"),
        cells.several,
        "轮渡",
        "ferry",
    ),
    _column(
        "x",
        "x",
        "x",
        Text("东西方向坐标，可不填", "coordinate to the east, optional"),
        cells.decimal,
        "x坐标",
        "经度",
        "横坐标",
    ),
    _column(
        "y",
        "y",
        "y",
        Text("南北方向坐标，可不填", "coordinate to the north, optional"),
        cells.decimal,
        "y坐标",
        "纬度",
        "纵坐标",
    ),
    _column(
        "voter_groups",
        "选民小组",
        "voter_groups",
        Text(
            "各小组的名称和人数，用“；”分隔，例如“一组 120；二组 95”；可不填",
            "each group with its people, separated by ; as in: group 1 120; group 2 95",
        ),
        cells.voter_groups,
        "小组",
        "选民小组及人数",
        "voter groups",
        "groups",
    ),
    _column(
        "county_only",
        "只参加县级选举",
        "county_only",
        Text(
            "只用于单位，由县级选举委员会决定：职工只参加县级选举的写“是”，其余留空",
            "for workplaces only, as the county committee decides: yes if its people vote for "
            "the county congress only; else empty",
        ),
        cells.yes_or_no,
        "只选县级",
        "county only",
    ),
)
LAYOUT = TableColumns(COLUMNS, required="code")
BY_NAME = TableColumns(COLUMNS, required="name")  # a list without codes
NAMES = {column.key: column.name for column in COLUMNS}
