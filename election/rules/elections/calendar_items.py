"""What is constant about each deadline of the calendar: its rule, article, actor and name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from election.rules.terms import Text


class ItemKind(StrEnum):
    """How a deadline is counted."""

    AT_LEAST_BEFORE = "at_least_before"  # N days or more before election day
    WITHIN_AFTER = "within_after"  # within N days or months after an event
    BEFORE = "before"  # any day before election day
    ON = "on"
    DEFAULT = "default"  # the law names no day: ours, to be confirmed by the committee


ACTORS: dict[str, Text] = {
    "committee": Text("选举委员会", "election committee"),
    "presiding_body": Text("主持补选的机构", "body presiding over the by-election"),
    "nominators": Text("推荐人", "nominators"),
    "anyone": Text("任何人", "anyone"),
    "objector": Text("申诉人", "objector"),
    "court": Text("人民法院", "court"),
    "previous_presidium": Text("上届主席团", "previous presidium"),
}


_BEFORE_VOTING = Text(
    "提前到{safe}或更早；来不及的，只能推迟选举日",
    "move it to {safe} or earlier; if that is impossible, election day must be moved",
)
_EARLIER = Text("提前到{safe}或更早", "move it to {safe} or earlier")


class ItemDefinition(NamedTuple):
    """What is constant about one item: everything but its days.

    name: of the deadline; deed: what is done by then; late: the remedy when it was planned too late
    (with the places {limit} and {safe}).
    """

    key: str
    kind: ItemKind
    rule: str
    article: str
    actor: str
    name: Text
    deed: Text
    late: Text = _EARLIER


_K = ItemKind
PLANS = (
    ItemDefinition(
        "roll_published",
        _K.AT_LEAST_BEFORE,
        "R4.10",
        "EL 28; ZJ 33",
        "committee",
        Text("公布选民名单", "publish the roll"),
        Text("公布选民名单", "publishing the roll"),
        _BEFORE_VOTING,
    ),
    ItemDefinition(
        "objection_last",
        _K.WITHIN_AFTER,
        "R4.11",
        "EL 29; ZJ 33",
        "anyone",
        Text("对选民名单提出申诉的最后一日", "last day to object to the roll"),
        Text("对选民名单提出申诉", "objecting to the roll"),
        Text(
            "在{limit}前（含当日）受理申诉；此后发现名单确有错漏的，核实后更正",
            "take objections until {limit}; what proves wrong in the roll later is checked and "
            "corrected",
        ),
    ),
    ItemDefinition(
        "nominations_close",
        _K.DEFAULT,
        "R5.7",
        "EL 32; ZJ 35",
        "nominators",
        Text("推荐代表候选人截止", "nominations close"),
        Text("推荐代表候选人截止", "the close of nominations"),
    ),
    ItemDefinition(
        "first_list_published",
        _K.AT_LEAST_BEFORE,
        "R5.7",
        "EL 32; ZJ 35",
        "committee",
        Text("公布代表候选人名单", "publish the first list of candidates"),
        Text("公布代表候选人名单", "publishing the first list of candidates"),
        _BEFORE_VOTING,
    ),
    ItemDefinition(
        "late_registration_last",
        _K.AT_LEAST_BEFORE,
        "R4.7",
        "ZJ 29",
        "committee",
        Text("恢复联系的选民补充登记的最后一日", "last day to register voters found again"),
        Text("恢复联系的选民补充登记", "registering voters found again"),
        Text(
            "提前到{safe}或更早；此后要求登记的，本次选举不再补充登记",
            "move it to {safe} or earlier; who asks later is not added for this election",
        ),
    ),
    ItemDefinition(
        "formal_list_published",
        _K.AT_LEAST_BEFORE,
        "R5.11",
        "EL 32; ZJ 36",
        "committee",
        Text("公布正式代表候选人名单", "publish the formal list of candidates"),
        Text("公布正式代表候选人名单", "publishing the formal list of candidates"),
        _BEFORE_VOTING,
    ),
    ItemDefinition(
        "court_suit_last",
        _K.AT_LEAST_BEFORE,
        "R4.11",
        "EL 29; CPL 188",
        "objector",
        Text("就选民资格起诉的最后一日", "last day to sue on the roll"),
        Text("就选民资格起诉", "suing on the roll"),
        Text(
            "尽早把处理决定送达申诉人，使其能在{limit}前（含当日）起诉",
            "serve the decision early, so that the objector can sue by {limit}",
        ),
    ),
    ItemDefinition(
        "roll_frozen",
        _K.DEFAULT,
        "R4.13",
        "SH 25",
        "committee",
        Text("选民名单停止变更", "roll frozen"),
        Text("选民名单停止变更", "freezing the roll"),
    ),
    ItemDefinition(
        "court_ruling",
        _K.BEFORE,
        "R4.11",
        "EL 29; CPL 189",
        "court",
        Text("法院作出判决的最后一日", "last day for the court's ruling"),
        Text("法院作出判决", "the court's ruling"),
        Text("请人民法院在{limit}前（含当日）作出判决", "ask the court to rule by {limit}"),
    ),
    ItemDefinition(
        "election_day",
        _K.ON,
        "R3.5",
        "EL 11; ZJ 13",
        "committee",
        Text("选举日", "election day"),
        Text("选举日", "election day"),
    ),
    ItemDefinition(
        "further_election_last",
        _K.DEFAULT,
        "R9.9",
        "EL 45; ZJ 49",
        "committee",
        Text("另行选举的最后一日", "last day for a further election"),
        Text("另行选举", "the further election"),
    ),
    ItemDefinition(
        "first_session_last",
        _K.WITHIN_AFTER,
        "R11.1",
        "OL 20; ZTC 15",
        "previous_presidium",
        Text("召开第一次会议的最后一日", "last day for the first session"),
        Text("召开第一次会议", "the first session"),
        Text("将第一次会议提前到{limit}或更早", "hold the first session by {limit}"),
    ),
)
# One list instead of two, a shorter roll: ZJ 59(1).
BY_ELECTION_LAW = {
    "roll_published": ("R10.10", "EL 57; ZJ 59(1)"),
    "first_list_published": ("R10.10", "EL 57; ZJ 59(1)"),
    "formal_list_published": ("R10.10", "EL 57; ZJ 59(1)"),
    "further_election_last": ("R10.12", "EL 57; ZJ 59"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One deadline: t in days from election day (negative before it), last legal and safe day.

    t is the number in the law; under STRICT counting the limit lies one day before E+t. deed and
    late: what is done by then, and the remedy when it was planned too late.
    """

    key: str
    t: int
    limit: date
    safe: date
    kind: ItemKind
    article: str
    actor: str
    rule: str
    name: Text
    deed: Text
    late: Text

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc calendar`, with rule and name."""
        return {
            "key": self.key,
            "t": self.t,
            "limit": self.limit.isoformat(),
            "safe": self.safe.isoformat(),
            "kind": self.kind.value,
            "article": self.article,
            "actor": self.actor,
            "rule": self.rule,
            "name": self.name.to_json(),
        }
