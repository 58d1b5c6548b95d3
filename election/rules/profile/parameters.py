"""Every parameter of the law: its name in the rulebook, the kind of its values, its rule.

Source: rulebook section 16.
"""

from dataclasses import dataclass

from election.rules.profile.kinds import Kind, Share, Whole, WordOrWhole, Words, YesOrNo


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; applied False: recorded only, nothing in this version is decided by it."""

    name: str
    kind: Kind
    rule: str
    applied: bool = True

    @property
    def allowed(self) -> str:
        """The allowed values as people read them."""
        return self.kind.allowed


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("population_basis", Words("HUKOU", "RESIDENT", "WEIGHTED"), "R1.9"),
    Parameter("quota.town.base", Whole(0), "R1.1"),
    Parameter("quota.town.step", Whole(1), "R1.1"),
    Parameter("quota.town.cap", Whole(1), "R1.1"),
    Parameter("quota.county.base", Whole(0), "R1.3"),
    Parameter("quota.county.step", Whole(1), "R1.3"),
    Parameter("quota.county.cap", Whole(1), "R1.3"),
    Parameter("district.deviation_warn", Share(), "R2.3"),
    Parameter("district.deviation_alert", Share(), "R2.3"),
    Parameter("deadline_mode", Words("INCLUSIVE", "STRICT"), "§14"),
    Parameter("count_first_day", YesOrNo(), "§14"),
    Parameter("roll_publish_days", Whole(0, 90), "R4.10"),
    Parameter("by_election_roll_publish_days", Whole(0, 90), "R10.10"),
    Parameter("late_registration_days", Whole(0, 90, none="off"), "R4.7"),
    Parameter("roll_freeze_days", Whole(0, 5), "R4.13"),
    Parameter("first_list_days", Whole(0, 90), "R5.7"),
    Parameter("formal_list_days", Whole(0, 90), "R5.11"),
    Parameter("nominators_min", Whole(1), "R5.1"),
    Parameter("officer_nominators_min", Whole(1), "R11.6", applied=False),
    Parameter("party_total_cap", Share(none=True), "R5.3"),
    Parameter("formal_list_order", Words("STROKE", "PRIMARY_VOTES"), "R5.12"),
    Parameter("primary.min_turnout", Share(), "R5.10"),
    Parameter("nomination_after_roll", Words("WARN", "REQUIRE"), "R5.19"),
    Parameter("same_level_double_candidacy", Words("BLOCK", "WARN"), "R5.17"),
    Parameter("women_candidate_share_min", Share(none=True), "R6.5"),
    Parameter("proxy_max", Whole(0), "R7.12"),
    Parameter("proxy_form", Words("VERIFIABLE", "WRITTEN"), "R7.10", applied=False),
    Parameter("proxy_same_district", YesOrNo(), "R7.13", applied=False),
    Parameter("mobile_box_min_staff", Whole(2), "R7.2"),
    Parameter("mobile_box_min_scrutineers", Whole(2), "R7.2"),
    Parameter("voting_days", Whole(1, 4), "R7.16", applied=False),
    Parameter("majority_basis", Words("ISSUED", "RETURNED"), "R8.6"),
    Parameter("third_basis", Words("RETURNED", "ISSUED", "VALID"), "R8.7"),
    Parameter("illegible", Words("PART", "WHOLE"), "R8.9", applied=False),
    Parameter("identifying_mark", Words("REFER", "VOID"), "R8.9", applied=False),
    Parameter("writein_requires_against", YesOrNo(), "R8.12", applied=False),
    Parameter("session.writein_requires_against", YesOrNo(), "R11.12", applied=False),
    Parameter("misplaced_ballot", Words("MOVE", "VOID"), "R8.13", applied=False),
    Parameter("further_election_rounds", Whole(1, none="unlimited"), "R9.7"),
    Parameter("further_include_writeins", YesOrNo(), "R9.10"),
    Parameter("further_election_max_days", Whole(1), "R9.9"),
    Parameter("tie_repeat_max", Whole(1), "R9.4"),
    Parameter("all_deputies_basis", Words("IN_OFFICE", "QUOTA"), "R11.11"),
    Parameter("session_quorum", Share(none=True), "R11.4"),
    Parameter("vice_excess", Whole(1, 3), "R11.8", applied=False),
    Parameter("project.method", Words("APPROVE_UP_TO_N", "RANK", "YES_NO"), "R12.6"),
    Parameter("project.threshold", Words("MAJORITY_ALL", "PLURALITY"), "R12.7"),
    Parameter("project.min_excess", Whole(0), "R12.5", applied=False),
    Parameter(
        "suggestion.days", WordOrWhole(Words("3 MONTHS"), Whole(1, 366)), "R13.2", applied=False
    ),
    Parameter(
        "ballot_retention", Words("END_OF_TERM", "1 MONTH", "3 YEARS"), "R15.6", applied=False
    ),
)
