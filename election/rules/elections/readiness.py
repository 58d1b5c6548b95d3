"""What must be there before the next stage of an election may begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from election.rules.candidates.lists import check_formal_number
from election.rules.elections.stages import Stage
from election.rules.terms import Code, Finding, Text, finding

NO_CONGRESS = Code(
    "E.161",
    "R1.6",
    "EL 13; ZJ 16",
    Text("还没有设置要选举的人民代表大会", "no congress is set up yet"),
    Text(
        "请在“选举设置”中填写县、镇两级的应选名额和确定文号", "fill in seats and decision in Set-up"
    ),
)
NO_DECISION = Code(
    "E.162",
    "R1.6, R2.1",
    "EL 13, 15; ZJ 16, 18",
    Text(
        "{congress}：没有填写确定名额的决定文号",
        "{congress}: no reference of the decision on seats",
    ),
    Text(
        "镇级填写县人大常委会确定名额的决定，县级填写县选举委员会分配到本镇名额的决定",
        "for the town enter the decision of the county standing committee, for the county that of "
        "the county election committee on the seats elected here",
    ),
)
NO_PLAN = Code(
    "E.163",
    "R2.1",
    "EL 25; ZJ 13",
    Text("{congress}：选区划分方案尚未通过", "{congress}: no plan of districts is adopted"),
    Text("请在“选区和名额”中通过一个方案", "adopt a plan under Districts and seats"),
)
NO_ROLL = Code(
    "E.164",
    "R8.2",
    "EL 45(1)",
    Text("{district}：没有登记选民人数", "{district}: the number of registered voters is unknown"),
    Text("请在“投票场所”中填写选民名单人数", "enter the number on the roll under Polling places"),
)
NO_PLACE = Code(
    "E.165",
    "R7.1",
    "EL 38; ZJ 40",
    Text("{district}：没有投票站、选举大会或流动票箱", "{district}: no polling place"),
    Text("请为该选区设置投票场所", "set up a place for this district"),
)
NOT_CERTIFIED = Code(
    "E.166",
    "R9.14",
    "EL 46; ZJ 50",
    Text("{district}：选举结果尚未确认", "{district}: the result is not certified"),
    Text("请在“选举结果”中由选举委员会确认", "the committee certifies it under Results"),
)
TOO_FEW_LEFT = Code(
    "A.168",
    "R5.20",
    "law silent",
    Text(
        "{district}：应选代表{seats}名，有{inactive}名正式代表候选人不再参选，余{formal}名，不足法定差额",
        "{district}: {inactive} formal candidates fell away; {formal} left for {seats} seats",
    ),
    Text(
        "法律未作规定：由选举委员会决定推迟投票或照常进行，并填写决定文号",
        "the law is silent: the committee decides to postpone or to go on; enter its decision",
    ),
)
NOT_LEGAL_NUMBER = Code(
    "E.167",
    "R5.8",
    "EL 31(2); ZJ 36(1)",
    Text(
        "{district}：应选代表{seats}名，正式代表候选人{formal}名，不符合差额比例",
        "{district}: {formal} formal candidates for {seats} seats is not a legal number",
    ),
    Text(
        "应选1名的候选人2名，应选2名的3至4名，应选3名的4至6名",
        "1 seat needs 2, 2 seats need 3 to 4, 3 seats need 4 to 6",
    ),
)
UNNAMED = Code(
    "E.169",
    "D10",
    "",
    Text("还没有填写乡镇的名称、代码和所属县", "township, code and county are not filled in yet"),
    Text(
        "请管理员在“工作人员”页打开“乡镇”填写",
        "the administrator does so under Officials, Township",
    ),
)
CODES: tuple[Code, ...] = (
    UNNAMED,
    TOO_FEW_LEFT,
    NOT_LEGAL_NUMBER,
    NO_CONGRESS,
    NO_DECISION,
    NO_PLAN,
    NO_ROLL,
    NO_PLACE,
    NOT_CERTIFIED,
)


@dataclass(frozen=True, slots=True)
class CongressState:
    """What is known of one congress before districts can be used."""

    name: Text
    decision_reference: str
    plan_adopted: bool


@dataclass(frozen=True, slots=True)
class DistrictState:
    """What is known of one district of an adopted plan. registered None: unknown, not zero."""

    name: Text
    seats: int
    formal: int  # who stand
    inactive: int  # on the formal list, but dead or without the right by now
    registered: int | None
    places: int
    settled: bool


def missing(
    to: Stage, congresses: Sequence[CongressState], districts: Sequence[DistrictState],
    *, by_election: bool = False, named: bool = True,
) -> list[Finding]:  # fmt: skip
    """Everything that is missing before stage `to`, all at once; named: whether the township is."""
    if to is Stage.NOMINATION:
        return [finding(UNNAMED)] * (not named) + _before_nomination(congresses)
    if to is Stage.POLLING:
        return [f for d in districts for f in _listed(d, by_election=by_election)]
    if to is Stage.COUNTING:
        left = [f for d in districts for f in _left(d, by_election=by_election)]
        return _before_counting(districts) + left
    if to is Stage.CLOSED:
        return [finding(NOT_CERTIFIED, district=d.name) for d in districts if not d.settled]
    return []


def _listed(one: DistrictState, *, by_election: bool) -> list[Finding]:
    """The list as fixed must have a legal number; who fell away since is the committee's case."""
    if check_formal_number(one.seats, one.formal + one.inactive, by_election=by_election):
        return [finding(NOT_LEGAL_NUMBER, district=one.name, formal=one.formal, seats=one.seats)]
    return _left(one, by_election=by_election)


def _left(one: DistrictState, *, by_election: bool) -> list[Finding]:
    if not one.inactive or not check_formal_number(one.seats, one.formal, by_election=by_election):
        return []
    return [
        finding(
            TOO_FEW_LEFT, district=one.name, formal=one.formal, seats=one.seats,
            inactive=one.inactive,
        )
    ]  # fmt: skip


def _before_nomination(congresses: Sequence[CongressState]) -> list[Finding]:
    if not congresses:
        return [finding(NO_CONGRESS)]
    found = [finding(NO_DECISION, congress=c.name) for c in congresses if not c.decision_reference]
    return found + [finding(NO_PLAN, congress=c.name) for c in congresses if not c.plan_adopted]


def _before_counting(districts: Sequence[DistrictState]) -> list[Finding]:
    found = [finding(NO_ROLL, district=d.name) for d in districts if d.registered is None]
    return found + [finding(NO_PLACE, district=d.name) for d in districts if not d.places]
