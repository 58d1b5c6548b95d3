"""Every parameter of the law: its name in the rulebook and in words, its values, its rule.

Source: rulebook section 16.
"""

from dataclasses import dataclass

from election.rules.profile.kinds import Kind, Share, Whole, WordOrWhole, Words, YesOrNo
from election.rules.terms import Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, by its name and in words; kind: how its values are written.

    applied False: recorded only, nothing in this version is decided by it.
    """

    name: str
    words: Text
    kind: Kind
    rule: str
    applied: bool = True

    @property
    def of_session(self) -> bool:
        """The congress decides by it, not the districts: the law is that of the session's day."""
        return self.rule.startswith(("R11.", "R12.", "R13."))


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "population_basis",
        Text("人口口径", "population counted"),
        Words("HUKOU", "RESIDENT", "WEIGHTED"),
        "R1.9",
    ),
    Parameter(
        "quota.town.base",
        Text("乡镇代表名额基数", "basic number of town deputies"),
        Whole(0),
        "R1.1",
    ),
    Parameter(
        "quota.town.step",
        Text("乡镇每增一名代表的人口数", "people for one more town deputy"),
        Whole(1),
        "R1.1",
    ),
    Parameter("quota.town.cap", Text("乡镇代表总名额上限", "most town deputies"), Whole(1), "R1.1"),
    Parameter(
        "quota.county.base",
        Text("县级代表名额基数", "basic number of county deputies"),
        Whole(0),
        "R1.3",
    ),
    Parameter(
        "quota.county.step",
        Text("县级每增一名代表的人口数", "people for one more county deputy"),
        Whole(1),
        "R1.3",
    ),
    Parameter(
        "quota.county.cap", Text("县级代表总名额上限", "most county deputies"), Whole(1), "R1.3"
    ),
    Parameter(
        "district.deviation_warn",
        Text("选区人口偏差提示线", "deviation of a district pointed out"),
        Share(),
        "R2.3",
    ),
    Parameter(
        "district.deviation_alert",
        Text("选区人口偏差警示线", "deviation of a district warned of loudly"),
        Share(),
        "R2.3",
    ),
    Parameter(
        "deadline_mode",
        Text("期限的计算", "how deadlines are counted"),
        Words("INCLUSIVE", "STRICT"),
        "§14",
    ),
    Parameter(
        "count_first_day",
        Text("期间开始之日计算在内", "the first day of a period counts"),
        YesOrNo(),
        "§14",
    ),
    Parameter(
        "roll_publish_days",
        Text("选民名单提前公布天数", "days the roll is published before"),
        Whole(0, 90),
        "R4.10",
    ),
    Parameter(
        "by_election_roll_publish_days",
        Text("补选选民名单提前公布天数", "days the roll of a by-election is published before"),
        Whole(0, 90),
        "R10.10",
    ),
    Parameter(
        "late_registration_days",
        Text("补登截止提前天数", "days late registration ends before"),
        Whole(0, 90, none="off"),
        "R4.7",
    ),
    Parameter(
        "roll_freeze_days",
        Text("选民名单定册提前天数", "days the roll is frozen before"),
        Whole(0, 5),
        "R4.13",
    ),
    Parameter(
        "first_list_days",
        Text("候选人名单提前公布天数", "days the first list is published before"),
        Whole(0, 90),
        "R5.7",
    ),
    Parameter(
        "formal_list_days",
        Text("正式代表候选人名单提前公布天数", "days the formal list is published before"),
        Whole(0, 90),
        "R5.11",
    ),
    Parameter(
        "nominators_min",
        Text("联名推荐最少人数", "fewest nominators of a joint nomination"),
        Whole(1),
        "R5.1",
    ),
    Parameter(
        "officer_nominators_min",
        Text("代表联名推荐国家机关领导人员最少人数", "fewest deputies nominating an officer"),
        Whole(1),
        "R11.6",
        applied=False,
    ),
    Parameter(
        "party_total_cap",
        Text("政党、团体推荐所占上限", "most of the nominees put forward by parties"),
        Share(none=True),
        "R5.3",
    ),
    Parameter(
        "formal_list_order",
        Text("正式代表候选人名单的排列", "order of the formal list"),
        Words("STROKE", "PRIMARY_VOTES"),
        "R5.12",
    ),
    Parameter(
        "primary.min_turnout",
        Text("预选最低参加比例", "lowest turnout of a primary"),
        Share(),
        "R5.10",
    ),
    Parameter(
        "nomination_after_roll",
        Text("名单公布后方可推荐", "nomination only after the roll"),
        Words("WARN", "REQUIRE"),
        "R5.19",
    ),
    Parameter(
        "same_level_double_candidacy",
        Text("同级两个选区参选", "one person in two districts of a level"),
        Words("BLOCK", "WARN"),
        "R5.17",
    ),
    Parameter(
        "women_candidate_share_min",
        Text("妇女候选人最低比例", "lowest share of women candidates"),
        Share(none=True),
        "R6.5",
    ),
    Parameter(
        "proxy_max", Text("每人接受委托上限", "most proxies of one person"), Whole(0), "R7.12"
    ),
    Parameter(
        "proxy_form",
        Text("委托的形式", "form of a proxy"),
        Words("VERIFIABLE", "WRITTEN"),
        "R7.10",
        applied=False,
    ),
    Parameter(
        "proxy_same_district",
        Text("受托人须为本选区选民", "the proxy is a voter of the district"),
        YesOrNo(),
        "R7.13",
        applied=False,
    ),
    Parameter(
        "mobile_box_min_staff",
        Text("流动票箱最少工作人员", "fewest staff of a mobile box"),
        Whole(2),
        "R7.2",
    ),
    Parameter(
        "mobile_box_min_scrutineers",
        Text("流动票箱最少监票人", "fewest scrutineers of a mobile box"),
        Whole(2),
        "R7.2",
    ),
    Parameter(
        "voting_days", Text("投票天数", "days of voting"), Whole(1, 4), "R7.16", applied=False
    ),
    Parameter(
        "majority_basis",
        Text("过半数的计算基数", "what a majority is counted of"),
        Words("ISSUED", "RETURNED"),
        "R8.6",
    ),
    Parameter(
        "third_basis",
        Text("三分之一的计算基数", "what a third is counted of"),
        Words("RETURNED", "ISSUED", "VALID"),
        "R8.7",
    ),
    Parameter(
        "illegible",
        Text("无法辨认的选票", "illegible marks"),
        Words("PART", "WHOLE"),
        "R8.9",
        applied=False,
    ),
    Parameter(
        "identifying_mark",
        Text("有记号的选票", "marks that name the voter"),
        Words("REFER", "VOID"),
        "R8.9",
        applied=False,
    ),
    Parameter(
        "writein_requires_against",
        Text("反对方可另选他人", "writing in needs a mark against"),
        YesOrNo(),
        "R8.12",
        applied=False,
    ),
    Parameter(
        "session.writein_requires_against",
        Text("大会选举反对方可另选他人", "writing in at the session needs a mark against"),
        YesOrNo(),
        "R11.12",
        applied=False,
    ),
    Parameter(
        "misplaced_ballot",
        Text("投错票箱的选票", "ballots in the wrong box"),
        Words("MOVE", "VOID"),
        "R8.13",
        applied=False,
    ),
    Parameter(
        "further_election_rounds",
        Text("另行选举次数", "further elections"),
        Whole(1, none="unlimited"),
        "R9.7",
    ),
    Parameter(
        "further_include_writeins",
        Text("另选人列入另行选举", "written-in people stand in a further election"),
        YesOrNo(),
        "R9.10",
    ),
    Parameter(
        "further_election_max_days",
        Text("另行选举的期限（天）", "days until a further election"),
        Whole(1),
        "R9.9",
    ),
    Parameter(
        "tie_repeat_max", Text("得票相等再次投票次数", "repeat votes of a tie"), Whole(1), "R9.4"
    ),
    Parameter(
        "all_deputies_basis",
        Text("全体代表的计算", "who counts as all deputies"),
        Words("IN_OFFICE", "QUOTA"),
        "R11.11",
    ),
    Parameter(
        "session_quorum", Text("会议法定人数比例", "quorum of a session"), Share(none=True), "R11.4"
    ),
    Parameter(
        "vice_excess",
        Text("副职差额数", "more candidates than deputy posts"),
        Whole(1, 3),
        "R11.8",
        applied=False,
    ),
    Parameter(
        "project.method",
        Text("民生实事项目表决方法", "how projects are voted on"),
        Words("APPROVE_UP_TO_N", "RANK", "YES_NO"),
        "R12.6",
    ),
    Parameter(
        "project.threshold",
        Text("民生实事项目通过线", "votes a project needs"),
        Words("MAJORITY_ALL", "PLURALITY"),
        "R12.7",
    ),
    Parameter(
        "project.min_excess",
        Text("民生实事项目差额数", "more projects than are chosen"),
        Whole(0),
        "R12.5",
        applied=False,
    ),
    Parameter(
        "suggestion.days",
        Text("建议答复期限", "time to answer a suggestion"),
        WordOrWhole(Words("3 MONTHS"), Whole(1, 366)),
        "R13.2",
        applied=False,
    ),
    Parameter(
        "ballot_retention",
        Text("选票保存期限", "how long ballots are kept"),
        Words("END_OF_TERM", "1 MONTH", "3 YEARS"),
        "R15.6",
        applied=False,
    ),
)
