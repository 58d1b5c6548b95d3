"""The named profiles: what each sets every parameter to, on whose word and from which day.

Source: rulebook sections 0.2 and 0.3 (texts and their days), 0.4 (numbers of 2015), 16 (defaults).
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
DEPUTIES_LAW_2025 = date(2025, 3, 11)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a profile sets a parameter to, the article that says so, the day it holds from.

    Where two texts say so, the day is that of the later one. Where the law is silent there is no
    day: the value is a default of this program, for the competent body to confirm.
    """

    value: Value
    article: str = SILENT
    in_force: date | None = None


ZHEJIANG_OF_2025: Mapping[str, Setting] = {
    "population_basis": Setting("HUKOU"),
    "quota.town.base": Setting(45, "EL 12(1)(4); ZJ 15(2)", ZHEJIANG_2021),
    "quota.town.step": Setting(1500, "EL 12(1)(4); ZJ 15(2)", ZHEJIANG_2021),
    "quota.town.cap": Setting(160, "EL 12(1)(4); ZJ 15(2)", ZHEJIANG_2021),
    "quota.county.base": Setting(140, "EL 12(1)(3); ZJ 15(1)", ZHEJIANG_2021),
    "quota.county.step": Setting(5000, "EL 12(1)(3); ZJ 15(1)", ZHEJIANG_2021),
    "quota.county.cap": Setting(450, "EL 12(1)(3); ZJ 15(1)", ZHEJIANG_2021),
    "district.deviation_warn": Setting(Fraction(1, 5)),
    "district.deviation_alert": Setting(Fraction(3, 10)),
    "deadline_mode": Setting("INCLUSIVE"),
    "count_first_day": Setting(False, "CC 201", CIVIL_CODE_2021),
    "roll_publish_days": Setting(20, "EL 28; ZJ 33", ZHEJIANG_2021),
    "by_election_roll_publish_days": Setting(12, "ZJ 59(1)", ZHEJIANG_2021),
    "late_registration_days": Setting(12, "ZJ 29", ZHEJIANG_2021),
    "roll_freeze_days": Setting(2),
    "first_list_days": Setting(15, "EL 32; ZJ 35", ZHEJIANG_2021),
    "formal_list_days": Setting(7, "EL 32; ZJ 36(4)", ZHEJIANG_2021),
    "nominators_min": Setting(10, "EL 30; ZJ 34", ZHEJIANG_2021),
    "officer_nominators_min": Setting(10, "OL 26", ORGANIC_LAW_2022),
    "party_total_cap": Setting(None),
    "formal_list_order": Setting("STROKE", "ZJ 36(4)", ZHEJIANG_2021),
    "primary.min_turnout": Setting(Fraction(0)),
    "nomination_after_roll": Setting("WARN"),
    "same_level_double_candidacy": Setting("BLOCK"),
    "women_candidate_share_min": Setting(Fraction(3, 10), "W30", WOMENS_RIGHTS_2007),
    "proxy_max": Setting(3, "EL 42; ZJ 43(5)", ZHEJIANG_2021),
    "proxy_form": Setting("VERIFIABLE", "ZJ 43(4)", ZHEJIANG_2021),
    "proxy_same_district": Setting(True),
    "mobile_box_min_staff": Setting(2, "ZJ 40(4)", ZHEJIANG_2021),
    "mobile_box_min_scrutineers": Setting(2, "ZJ 40(4)", ZHEJIANG_2021),
    "voting_days": Setting(1, "ZJ 51", ZHEJIANG_2021),
    "majority_basis": Setting("ISSUED", "EL 44-45; ZJ 47", ZHEJIANG_2021),
    "third_basis": Setting("RETURNED"),
    "illegible": Setting("PART"),
    "identifying_mark": Setting("REFER"),
    "writein_requires_against": Setting(False),
    "session.writein_requires_against": Setting(True, "DL25 17(6)", DEPUTIES_LAW_2025),
    "misplaced_ballot": Setting("MOVE"),
    "further_election_rounds": Setting(1, "ZJ 49(3)", ZHEJIANG_2021),
    "further_include_writeins": Setting(True),
    "further_election_max_days": Setting(15),
    "tie_repeat_max": Setting(2),
    "all_deputies_basis": Setting("IN_OFFICE"),
    "session_quorum": Setting(Fraction(2, 3), "OL 14(4)", ORGANIC_LAW_2022),
    "vice_excess": Setting(1, "OL 27", ORGANIC_LAW_2022),
    "project.method": Setting("APPROVE_UP_TO_N"),
    "project.threshold": Setting("MAJORITY_ALL", "OL 25; ZTC 22", ORGANIC_LAW_2022),
    "project.min_excess": Setting(1),
    "suggestion.days": Setting("3 MONTHS", "DL25 51; ZDL 43", DEPUTIES_LAW_2025),
    "ballot_retention": Setting("END_OF_TERM"),
}
# the Organic Law and the Deputies Law of 2015: other numbers, no quorum, free write-ins
ZHEJIANG_OF_2021: Mapping[str, Setting] = {
    **ZHEJIANG_OF_2025,
    "officer_nominators_min": Setting(10, "OL2015 21", ORGANIC_LAW_2015),
    "session.writein_requires_against": Setting(False),
    "session_quorum": Setting(None),
    "vice_excess": Setting(1, "OL2015 22", ORGANIC_LAW_2015),
    "project.threshold": Setting("MAJORITY_ALL", "OL2015 20; ZTC 22", TOWN_CONGRESSES_2016),
    "suggestion.days": Setting("3 MONTHS", "DL15 42; ZDL 43", DEPUTIES_ZHEJIANG_2016),
}

DEFAULT_PROFILE = "2025-zhejiang"
PROFILES: Mapping[str, Mapping[str, Setting]] = {
    DEFAULT_PROFILE: ZHEJIANG_OF_2025,
    "2021-zhejiang": ZHEJIANG_OF_2021,
}
VERSIONS = {"2025+": DEFAULT_PROFILE, "2021": "2021-zhejiang"}  # the rulebook's names
