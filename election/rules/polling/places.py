"""Polling places: what a good place is, and the code by which a count sheet is called.

Source: EL 38, 42, 43; ZJ 40; rulebook R7.1-R7.3, R8.15.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from election.rules.profile import Profile
from election.rules.terms import Code, Finding, Level, Text, finding

CODE_PATTERN = re.compile(r"[0-9A-Z]{1,12}")
_LETTER = {Level.COUNTY: "C", Level.TOWN: "T"}

BOX_STAFF = Code(
    "E.501", "R7.2", "ZJ 40(4)",
    Text("流动票箱“{place}”只有工作人员{staff}名，应有{least}名以上",
         "the mobile box {place} has {staff} staff; at least {least} are needed"),
    Text("增派工作人员后方可使用", "add staff before it is used"),
)  # fmt: skip
BOX_SCRUTINEERS = Code(
    "E.502", "R7.2", "ZJ 40(4)",
    Text("流动票箱“{place}”只有监票人{scrutineers}名，应有{least}名以上",
         "the mobile box {place} has {scrutineers} scrutineers; at least {least} are needed"),
    Text("增派监票人后方可使用", "add scrutineers before it is used"),
)  # fmt: skip
SCRUTINEERS_EXCEED = Code(
    "E.503", "R7.2", "ZJ 40(4)",
    Text("“{place}”的监票人{scrutineers}名，多于工作人员{staff}名",
         "{place} has {scrutineers} scrutineers among {staff} staff"),
    Text("工作人员数包括监票人，请核对", "the staff include the scrutineers: check both numbers"),
)  # fmt: skip
BOX_UNKNOWN = Code(
    "W.504", "R7.2", "ZJ 40(4)",
    Text("流动票箱“{place}”没有填写工作人员和监票人数",
         "staff and scrutineers of the mobile box {place} are not entered"),
    Text("请填写；流动票箱须有2名以上工作人员，其中监票人2名以上",
         "enter them: a mobile box needs at least 2 staff, of whom 2 are scrutineers"),
)  # fmt: skip
SERVES_NOBODY = Code(
    "W.505", "R7.1", "EL 38; ZJ 40(2)",
    Text("“{place}”没有对应的选区", "{place} serves no district"),
    Text("请选择选区；不用的场所请删除", "choose its district, or remove the place"),
)  # fmt: skip
ONLY_BOXES = Code(
    "W.506", "R7.1", "EL 38; ZJ 40(2)",
    Text("{district}只有流动票箱，没有投票站或选举大会",
         "{district} has mobile boxes only, no station or meeting"),
    Text("流动票箱只供行动不便或居住分散的选民使用，请设置投票站或选举大会",
         "boxes are for voters who cannot come: set up a station or a meeting"),
)  # fmt: skip
CODE_SHAPE = Code(
    "E.511", "R7.1", "",
    Text("第{line}行：“{value}”不能用作场所编号", 'line {line}: "{value}" cannot be a place code'),
    Text("编号用半角字母和数字，不超过12个，如S01、M02",
         "use letters A-Z and digits 0-9, at most 12, such as S01 or M02"),
)  # fmt: skip
CODE_TWICE = Code(
    "E.512", "R7.1", "",
    Text("第{line}行：场所编号“{value}”已被使用", 'line {line}: the code "{value}" is taken'),
    Text("请换一个编号", "choose another"),
)  # fmt: skip
KIND_UNKNOWN = Code(
    "E.513", "R7.1", "EL 38; ZJ 40(2)",
    Text("第{line}行：没有“{value}”这种场所", 'line {line}: there is no kind "{value}"'),
    Text("请写：投票站、选举大会、流动票箱",
         "write station, meeting or mobile_box (投票站, 选举大会, 流动票箱)"),
)  # fmt: skip
DISTRICT_UNKNOWN = Code(
    "E.514", "R7.1", "",
    Text("第{line}行：没有编号为“{value}”的选区", 'line {line}: there is no district "{value}"'),
    Text("请写已通过的划分方案中的选区编号", "write the number of a district of the adopted plan"),
)  # fmt: skip
NOT_A_NUMBER = Code(
    "E.515", "R7.1", "",
    Text("第{line}行：“{value}”不是人数", 'line {line}: "{value}" is not a number of people'),
    Text("请用半角数字，如3；不知道的留空", "use digits such as 3, or leave it empty"),
)  # fmt: skip
NAME_EMPTY = Code(
    "E.516", "R7.1", "",
    Text("第{line}行：没有场所名称", "line {line}: the place has no name"),
    Text("每行依次写：编号、名称、种类、镇级选区、县级选区、地址、工作人员、监票人",
         "each line: code, name, kind, town district, county district, address, staff, "
         "scrutineers"),
)  # fmt: skip
TOO_LONG = Code(
    "E.517", "R7.1", "",
    Text("第{line}行：“{value}…”太长", 'line {line}: "{value}..." is too long'),
    Text("名称不超过120个字，地址不超过300个字",
         "a name has at most 120, an address 300 characters"),
)  # fmt: skip
IN_USE = Code(
    "R.521", "R8.15", "house rule T7",
    Text("“{place}”已有选票收发记录或计票录入，不能删除",
         "{place} has a ballot account or count entries and cannot be removed"),
    Text("错误的计票用退回、重新开启办理；记录一律保留",
         "a wrong count is returned or reopened; what is on record stays"),
)  # fmt: skip
TAKEN = Code(
    "R.522", "R7.1", "",
    Text("场所编号“{value}”已被使用", 'the code "{value}" is taken'),
    Text("请换一个编号", "choose another"),
)  # fmt: skip
FOREIGN_DISTRICT = Code(
    "R.523", "R7.1", "",
    Text("所选的选区不属于本次选举已通过的划分方案",
         "the district is not of an adopted plan of this election"),
    Text("请重新选择选区", "choose the district again"),
)  # fmt: skip
ACCOUNT_LOCKED = Code(
    "R.524", "R8.1", "EL 43; ZJ 47",
    Text("计票单{sheet}已经签字，选票收发记录不能再改",
         "sheet {sheet} is signed: its ballot account can no longer change"),
    Text("确需更正的，先由选举办主任写明理由重新开启计票单",
         "the director reopens the sheet first, stating the reason"),
)  # fmt: skip
ACCOUNT_MISSING = Code(
    "E.525", "R8.1", "EL 43; ZJ 47",
    Text("还没有登记选票收发记录（本人领票、委托代领）",
         "the ballot account (checked in, drawn by proxies) is not kept yet"),
    Text("请投票站负责人先登记，签字前须核对发出与收回的选票",
         "the station officer enters it: issued and returned papers are compared before signing"),
)  # fmt: skip
CODES: tuple[Code, ...] = (
    BOX_STAFF, BOX_SCRUTINEERS, SCRUTINEERS_EXCEED, BOX_UNKNOWN, SERVES_NOBODY, ONLY_BOXES,
    CODE_SHAPE, CODE_TWICE, KIND_UNKNOWN, DISTRICT_UNKNOWN, NOT_A_NUMBER, NAME_EMPTY, TOO_LONG,
    IN_USE, TAKEN, FOREIGN_DISTRICT, ACCOUNT_LOCKED, ACCOUNT_MISSING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of one place. staff include the scrutineers; None is not known."""

    name: str
    mobile: bool
    staff: int | None
    scrutineers: int | None
    districts: int


def check_place(place: PlaceFacts, *, profile: Profile) -> list[Finding]:
    """Every fault of one polling place.

    Source: ZJ 40(4): at least 2 staff with a mobile box, of whom at least 2 are scrutineers (R7.2);
    the numbers are the parameters mobile_box_min_staff and mobile_box_min_scrutineers.
    """
    found = [finding(SERVES_NOBODY, "districts", place=place.name)] if not place.districts else []
    staff, scrutineers = place.staff, place.scrutineers
    if staff is not None and scrutineers is not None and scrutineers > staff:
        found.append(
            finding(
                SCRUTINEERS_EXCEED, "scrutineers", "staff",
                place=place.name, staff=staff, scrutineers=scrutineers,
            )
        )  # fmt: skip
    return found + (_check_box(place, profile) if place.mobile else [])


def _check_box(place: PlaceFacts, profile: Profile) -> list[Finding]:
    found: list[Finding] = []
    if place.staff is None or place.scrutineers is None:
        found.append(finding(BOX_UNKNOWN, "staff", "scrutineers", place=place.name))
    least = profile.whole("mobile_box_min_staff")
    if place.staff is not None and place.staff < least:
        found.append(finding(BOX_STAFF, "staff", place=place.name, staff=place.staff, least=least))
    least = profile.whole("mobile_box_min_scrutineers")
    if place.scrutineers is not None and place.scrutineers < least:
        found.append(
            finding(
                BOX_SCRUTINEERS, "scrutineers",
                place=place.name, scrutineers=place.scrutineers, least=least,
            )
        )  # fmt: skip
    return found


def check_district_places(district: Text, kinds: Sequence[bool]) -> list[Finding]:
    """A district served by mobile boxes alone; kinds: per place whether it is a mobile box."""
    return [finding(ONLY_BOXES, "places", district=district)] if kinds and all(kinds) else []


def sheet_code(level: Level, district: int, round_number: int, place: str) -> str:
    """What is printed on a count sheet and typed to open it: T03-1-S01.

    Congress (C county, T town) and district, number of the round in the district, place.
    """
    return f"{_LETTER[level]}{district:02d}-{round_number}-{place}"


def typed_code(text: str) -> str:
    """A code as somebody typed or scanned it, in the spelling of the paper."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[-—–－ー_\s]+", "-", plain.strip()).strip("-")
