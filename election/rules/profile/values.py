"""What the law sets every parameter to: since when, on whose word, what else may be decided.

Each parameter has one row of settings, the oldest first. A setting without an article is a default
of this program where the law is silent. Only the alternatives of the rulebook may be decided
instead; what has none is fixed.
Source: rulebook sections 0.2 and 0.3 (texts and their days), 0.4 (numbers of 2015), 16 (values).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from election.rules.profile.kinds import Value

SILENT = "law silent"
# the day from which each text holds
WOMENS_RIGHTS_2007 = date(2007, 9, 1)
ORGANIC_LAW_2015 = date(2015, 8, 29)
DEPUTIES_ZHEJIANG_2016 = date(2016, 5, 27)
TOWN_CONGRESSES_2016 = date(2016, 7, 29)
CIVIL_CODE_2021 = date(2021, 1, 1)
ZHEJIANG_2021 = date(2021, 3, 26)
ORGANIC_LAW_2022 = date(2022, 3, 12)
PROJECTS_2022 = date(2022, 10, 1)
DEPUTIES_LAW_2025 = date(2025, 3, 11)
FIRST_DAY = ZHEJIANG_2021  # of an older day not every value is known


@dataclass(frozen=True, slots=True)
class Setting:
    """What the law sets a parameter to, the article that says so, the day it holds from.

    Where two texts say so, the day is that of the later one; a default has no day. alternatives:
    what the competent body may decide instead; any_value: any value of the kind.
    """

    value: Value
    article: str = SILENT
    in_force: date | None = None
    alternatives: tuple[Value, ...] = ()
    any_value: bool = False

    @property
    def fixed(self) -> bool:
        """Nobody may decide otherwise."""
        return not self.alternatives and not self.any_value

    def allows(self, value: Value) -> bool:
        """Whether this value is the law's, or may be decided instead of it."""
        return self.any_value or value == self.value or value in self.alternatives


def _zhejiang(value: Value, article: str, alternatives: tuple[Value, ...] = ()) -> Setting:
    return Setting(value, article, ZHEJIANG_2021, alternatives)


_MAJORITY_OF_2015 = Setting(
    "MAJORITY_ALL", "OL2015 20; ZTC 22", TOWN_CONGRESSES_2016, ("PLURALITY",)
)
SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "population_basis": (Setting("HUKOU", alternatives=("RESIDENT", "WEIGHTED")),),
    "quota.town.base": (_zhejiang(45, "EL 12(1)(4); ZJ 15(2)"),),
    "quota.town.step": (_zhejiang(1500, "EL 12(1)(4); ZJ 15(2)"),),
    "quota.town.cap": (_zhejiang(160, "EL 12(1)(4); ZJ 15(2)"),),
    "quota.county.base": (_zhejiang(140, "EL 12(1)(3); ZJ 15(1)"),),
    "quota.county.step": (_zhejiang(5000, "EL 12(1)(3); ZJ 15(1)"),),
    "quota.county.cap": (_zhejiang(450, "EL 12(1)(3); ZJ 15(1)"),),
    "district.deviation_warn": (Setting(Fraction(1, 5), any_value=True),),
    "district.deviation_alert": (Setting(Fraction(3, 10), any_value=True),),
    "deadline_mode": (Setting("INCLUSIVE", alternatives=("STRICT",)),),
    "count_first_day": (Setting(False, "CC 201", CIVIL_CODE_2021, (True,)),),
    "roll_publish_days": (_zhejiang(20, "EL 28; ZJ 33"),),
    "by_election_roll_publish_days": (_zhejiang(12, "ZJ 59(1)", (15,)),),
    "late_registration_days": (_zhejiang(12, "ZJ 29", (None,)),),
    "roll_freeze_days": (Setting(2, alternatives=(0, 1, 3, 4, 5)),),
    "first_list_days": (_zhejiang(15, "EL 32; ZJ 35"),),
    "formal_list_days": (_zhejiang(7, "EL 32; ZJ 36(4)"),),
    "nominators_min": (_zhejiang(10, "EL 30; ZJ 34"),),
    "officer_nominators_min": (
        Setting(10, "OL2015 21", ORGANIC_LAW_2015),
        Setting(10, "OL 26", ORGANIC_LAW_2022),
    ),
    "party_total_cap": (Setting(None, alternatives=(Fraction(1, 5),)),),
    "formal_list_order": (_zhejiang("STROKE", "ZJ 36(4)", ("PRIMARY_VOTES",)),),
    "primary.min_turnout": (Setting(Fraction(0), alternatives=(Fraction(1, 3),)),),
    "nomination_after_roll": (Setting("WARN", alternatives=("REQUIRE",)),),
    "same_level_double_candidacy": (Setting("BLOCK", alternatives=("WARN",)),),
    "women_candidate_share_min": (Setting(Fraction(3, 10), "W30", WOMENS_RIGHTS_2007, (None,)),),
    "proxy_max": (_zhejiang(3, "EL 42; ZJ 43(5)"),),
    "proxy_form": (_zhejiang("VERIFIABLE", "ZJ 43(4)", ("WRITTEN",)),),
    "proxy_same_district": (Setting(True, alternatives=(False,)),),
    "mobile_box_min_staff": (_zhejiang(2, "ZJ 40(4)", (3,)),),
    "mobile_box_min_scrutineers": (_zhejiang(2, "ZJ 40(4)", (3,)),),
    "voting_days": (_zhejiang(1, "ZJ 51", (2, 3, 4)),),
    "majority_basis": (_zhejiang("ISSUED", "EL 44-45; ZJ 47", ("RETURNED",)),),
    "third_basis": (Setting("RETURNED", alternatives=("ISSUED", "VALID")),),
    "illegible": (Setting("PART", alternatives=("WHOLE",)),),
    "identifying_mark": (Setting("REFER", alternatives=("VOID",)),),
    "writein_requires_against": (Setting(False, alternatives=(True,)),),
    "session.writein_requires_against": (
        Setting(False, alternatives=(True,)),  # by the session's own election measures
        Setting(True, "DL25 17(6)", DEPUTIES_LAW_2025),
    ),
    "misplaced_ballot": (Setting("MOVE", alternatives=("VOID",)),),
    "further_election_rounds": (_zhejiang(1, "ZJ 49(3)", (None,)),),
    "further_include_writeins": (Setting(True, alternatives=(False,)),),
    "further_election_max_days": (Setting(15, any_value=True),),
    "tie_repeat_max": (Setting(2, any_value=True),),
    "all_deputies_basis": (Setting("IN_OFFICE", alternatives=("QUOTA",)),),
    "session_quorum": (Setting(None), Setting(Fraction(2, 3), "OL 14(4)", ORGANIC_LAW_2022)),
    "vice_excess": (
        Setting(1, "OL2015 22", ORGANIC_LAW_2015, (2, 3)),
        Setting(1, "OL 27", ORGANIC_LAW_2022, (2, 3)),
    ),
    "project.method": (Setting("APPROVE_UP_TO_N", alternatives=("RANK", "YES_NO")),),
    "project.threshold": (
        _MAJORITY_OF_2015,
        Setting("MAJORITY_ALL", "OL 25; ZTC 22", ORGANIC_LAW_2022, ("PLURALITY",)),
        Setting("MAJORITY_ALL", "OL 25; ZTC 22; ZPV 2", PROJECTS_2022, ("PLURALITY",)),
    ),
    "project.min_excess": (Setting(1),),
    "suggestion.days": (
        Setting("3 MONTHS", "DL15 42; ZDL 43", DEPUTIES_ZHEJIANG_2016),
        Setting("3 MONTHS", "DL25 51; ZDL 43", DEPUTIES_LAW_2025),
    ),
    "ballot_retention": (Setting("END_OF_TERM", alternatives=("1 MONTH", "3 YEARS")),),
}
# the Local Organic Law of 2015 numbers its articles otherwise and knows no quorum
ARTICLES_BEFORE_2022: Mapping[str, str] = {
    "OL 25; ZTC 22": "OL2015 20; ZTC 22",
    "OL 29(1)": "OL2015 24(1)",
    "OL 29(2)-(3), 25": "OL2015 24(2)-(3), 20",
    "OL 20; ZTC 15": "OL2015 16; ZTC 15",
}
