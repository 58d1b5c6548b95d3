"""What each word of the records is called: one table for pages, papers, packages and commands.

Enum type -> member -> words. Members of two enums may be spelled alike; therefore the type leads.
"""

from collections.abc import Mapping
from enum import StrEnum

from election.rules.access import Role
from election.rules.candidates.kinds import (
    CandidacyStatus,
    NextAct,
    NominationKind,
    NominationStatus,
    Sex,
    SignerVerdict,
    Way,
    Which,
)
from election.rules.candidates.standing import ExitReason
from election.rules.citations import chinese_number
from election.rules.counting.states import SheetState
from election.rules.districts.kinds import DistrictKind, PlanStatus
from election.rules.elections.kinds import DecidingBody, ElectionKind, PopulationBasis
from election.rules.elections.phases import Phase
from election.rules.jobs import JobState
from election.rules.polling.kinds import PlaceKind
from election.rules.results.corrections import WithdrawalState
from election.rules.results.kinds import BallotStanding, RoundKind
from election.rules.terms import Level, Text
from election.rules.units.kinds import NeighbourKind, UnitKind

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, Text]] = {
    Role: {
        Role.ADMINISTRATOR: Text("管理员", "administrator"),
        Role.DIRECTOR: Text("选举办主任", "office director"),
        Role.REGISTRAR: Text("登记员", "registrar"),
        Role.REVIEWER: Text("审查员", "reviewer"),
        Role.STATION_OFFICER: Text("投票站工作人员", "station officer"),
        Role.TELLER: Text("计票人", "teller"),
        Role.SCRUTINEER: Text("监票人", "scrutineer"),
        Role.PUBLISHER: Text("公布员", "publisher"),
        Role.AUDITOR: Text("审计员", "auditor"),
    },
    WithdrawalState: {
        WithdrawalState.ASKED: Text("已申请撤销结果确认", "withdrawal asked for"),
        WithdrawalState.GRANTED: Text("结果确认已撤销", "certificate withdrawn"),
        WithdrawalState.DECLINED: Text("撤销申请未获批准", "withdrawal declined"),
    },
    Level: {
        Level.COUNTY: Text("县级", "county"),
        Level.TOWN: Text("镇级", "town"),
    },
    ElectionKind: {
        ElectionKind.GENERAL: Text("换届选举", "general election"),
        ElectionKind.BY_ELECTION: Text("补选", "by-election"),
    },
    PopulationBasis: {
        PopulationBasis.HUKOU: Text("户籍人口", "household-registered population"),
        PopulationBasis.RESIDENT: Text("常住人口", "resident population"),
        PopulationBasis.WEIGHTED: Text("加权人口", "weighted population"),
    },
    DecidingBody: {
        DecidingBody.TOWN_COMMITTEE: Text("乡镇选举委员会", "town election committee"),
        DecidingBody.COUNTY_COMMITTEE: Text("县级选举委员会", "county election committee"),
        DecidingBody.STANDING_COMMITTEE: Text("县级人大常委会", "county standing committee"),
    },
    Phase: {
        Phase.SET_UP: Text("筹备", "set-up"),
        Phase.NOMINATION: Text("提名推荐", "nomination"),
        Phase.POLLING: Text("投票准备", "polling"),
        Phase.COUNTING: Text("投票计票", "counting"),
        Phase.CLOSED: Text("结束", "closed"),
    },
    UnitKind: {
        UnitKind.VILLAGE: Text("行政村", "village"),
        UnitKind.COMMUNITY: Text("社区", "community"),
        UnitKind.WORKPLACE: Text("单位", "workplace"),
    },
    NeighbourKind: {
        NeighbourKind.LAND: Text("陆地相邻", "by land"),
        NeighbourKind.FERRY: Text("渡船相连", "by ferry"),
    },
    DistrictKind: {
        DistrictKind.RESIDENCE: Text("按居住状况", "by residence"),
        DistrictKind.SINGLE_UNIT: Text("单独单位", "one workplace"),
        DistrictKind.JOINT_UNIT: Text("联合单位", "several workplaces"),
        DistrictKind.MIXED: Text("混合", "mixed"),
    },
    PlanStatus: {
        PlanStatus.DRAFT: Text("草案", "draft"),
        PlanStatus.ADOPTED: Text("已通过", "adopted"),
    },
    JobState: {
        JobState.WAITING: Text("排队等待", "waiting in the queue"),
        JobState.RUNNING: Text("正在计算", "under calculation"),
        JobState.DONE: Text("已完成", "finished with a plan"),
        JobState.FAILED: Text("未成功", "ended without a plan"),
        JobState.CANCELLED: Text("已取消", "cancelled by the office"),
    },
    Sex: {
        Sex.MALE: Text("男", "male"),
        Sex.FEMALE: Text("女", "female"),
    },
    NominationKind: {
        NominationKind.ORGANISATION: Text("政党、人民团体推荐", "nominated by organisation"),
        NominationKind.JOINT: Text("选民联名推荐", "joint nomination by voters"),
    },
    NominationStatus: {
        NominationStatus.RECEIVED: Text("已收到", "received"),
        NominationStatus.ACCEPTED: Text("已受理", "accepted"),
        NominationStatus.INCOMPLETE: Text("不符合要求", "incomplete"),
        NominationStatus.WITHDRAWN: Text("已撤回", "withdrawn"),
    },
    CandidacyStatus: {
        CandidacyStatus.PRELIMINARY: Text("初步候选人", "preliminary candidate"),
        CandidacyStatus.FORMAL: Text("正式代表候选人", "formal candidate"),
        CandidacyStatus.NOT_RETAINED: Text("未列入正式代表候选人", "not retained"),
        CandidacyStatus.WITHDRAWN: Text("退出", "withdrawn"),
        CandidacyStatus.INACTIVE: Text("不再参选", "inactive"),
        CandidacyStatus.WRITE_IN: Text("另选人", "written in"),
    },
    PlaceKind: {
        PlaceKind.STATION: Text("投票站", "polling station"),
        PlaceKind.MEETING: Text("选举大会", "election meeting"),
        PlaceKind.MOBILE_BOX: Text("流动票箱", "mobile ballot box"),
    },
    RoundKind: {
        RoundKind.FIRST: Text("第一次投票", "first ballot"),
        RoundKind.TIE_REPEAT: Text("再次投票", "repeat vote"),
        RoundKind.FURTHER: Text("另行选举", "further election"),
        RoundKind.RERUN: Text("重新选举", "rerun election"),
    },
    BallotStanding: {
        BallotStanding.ELECTED: Text("当选", "elected"),
        BallotStanding.TIED: Text("得票相等", "tied"),
        BallotStanding.NOT_ELECTED: Text("未当选", "not elected"),
    },
    SheetState: {
        SheetState.AWAITING_FIRST: Text("待第一次录入", "awaiting first entry"),
        SheetState.AWAITING_SECOND: Text("待第二次录入", "awaiting second entry"),
        SheetState.DIFFERING: Text("两次录入不一致", "entries differ"),
        SheetState.AGREED: Text("两次录入一致", "entries agree"),
        SheetState.SIGNED: Text("已签字", "signed"),
    },
    Which: {
        Which.FIRST: Text("代表候选人名单", "First list"),
        Which.FORMAL: Text("正式代表候选人名单", "Formal list"),
    },
    NextAct: {
        NextAct.NOMINATE: Text("继续推荐", "more nominations"),
        NextAct.EXAMINE: Text("审核推荐", "examine the nominations"),
        NextAct.PUBLISH_FIRST: Text("待公布名单", "ready for the first list"),
        NextAct.FIX_FORMAL: Text("确定正式代表候选人", "fix the formal candidates"),
        NextAct.PUBLISH_FORMAL: Text("待公布正式名单", "ready for the formal list"),
        NextAct.DONE: Text("正式名单已公布", "formal list published"),
    },
    Way: {
        Way.ALL: Text("无需减少，全部列为正式代表候选人", "No reduction needed: all stand"),
        Way.CONSULTATION: Text("选民小组讨论、协商", "Consultation of the voter groups"),
        Way.PRIMARY: Text("预选（无记名投票）", "Primary by secret ballot"),
    },
    SignerVerdict: {
        SignerVerdict.COUNTS: Text("在本选区名单上", "on the roll of this district"),
        SignerVerdict.NOT_ON_ROLL: Text("不在名单上", "not on the roll"),
        SignerVerdict.OTHER_DISTRICT: Text("登记在其他选区", "registered in another district"),
    },
    ExitReason: {
        ExitReason.WITHDRAWN: Text(
            "推荐人或者本人撤回", "withdrawn by the nominators or the nominee"
        ),
        ExitReason.NO_VOTING_RIGHT: Text("没有选举权", "no right to vote"),
        ExitReason.FOREIGN_FUNDING: Text("接受境外资助", "election funding from abroad"),
        ExitReason.REDUCTION: Text("讨论协商或者预选减少", "reduced by consultation or primary"),
        ExitReason.NEGATIVE_REVIEW: Text("联审意见不合格", "negative joint review"),
        ExitReason.OTHER: Text("其他理由", "another reason"),
    },
}


def words_of(member: StrEnum) -> Text:
    """The name of a member in both languages. KeyError for an enum that people never read."""
    return WORDS[type(member)][member]


def round_words(kind: RoundKind, number: int) -> Text:
    """The nth ballot of a district: 第二次投票（另行选举） / ballot 2 (further election)."""
    words = words_of(kind)
    if number == 1:
        return words
    return Text(f"第{chinese_number(number)}次投票（{words.zh}）", f"ballot {number} ({words.en})")


def words_by_value(kind: type[StrEnum]) -> dict[str, Text]:
    """The words of an enum by what is stored and published of its members."""
    return {member.value: words for member, words in WORDS[kind].items()}
