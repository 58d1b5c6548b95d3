"""Nominations (代表候选人的提出): who signed validly, who put forward too many, who may stand.

No act here removes anybody: a duly nominated person leaves the list on lawful grounds only.
Source: Electoral Law (EL) 10, 30-32, 48; Zhejiang rules (ZJ) 12, 34-36, 53; several provisions of
1983 (DR) 10; rulebook sections 3, 5 and 6.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from election.rules.candidates.codes.nominations import (
    ACT_OVER_CAP,
    ADDED,
    BEFORE_ROLL,
    BEFORE_ROLL_WARN,
    DROPPED,
    FALSE_PARTICULARS,
    FEW_WOMEN,
    NOT_ON_ROLL,
    ORGANISATION_OVER_CAP,
    ORGANISATIONS_OVER_SEATS,
    OTHER_DISTRICT_SIGNER,
    PAPER_MISSING,
    PARTY_TOTAL_OVER_CAP,
    SIGNED_TOO_MANY,
    SIGNED_TWICE,
    TOO_FEW_SIGNERS,
)
from election.rules.candidates.lists import require_seats
from election.rules.days import day_text
from election.rules.profile import Profile
from election.rules.terms import Code, Fact, Finding, InputFault, Text, finding


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: the voter's id and district; district None when not on the roll."""

    voter: str
    district: str | None


@dataclass(frozen=True, slots=True)
class JointCheck:
    """A joint nomination examined: valid voters, signatures that do not count and why."""

    valid: tuple[str, ...]
    invalid: tuple[tuple[Signer, Finding], ...]
    enough: bool
    findings: tuple[Finding, ...]


def check_joint(
    signers: Sequence[Signer],
    *,
    already: Mapping[str, int],
    seats: int,
    district: str,
    profile: Profile,
) -> JointCheck:
    """Examine the signatures of one joint nomination (联名推荐), in the order of the form.

    already: how many other nominees of this district each voter has co-signed. A signature does not
    count when it repeats, comes from outside the district or from a voter who has signed for as
    many nominees as there are seats; the form is accepted with `nominators_min` that count.
    Source: EL 30, 32; ZJ 34; rules R5.1, R5.2, R5.4.
    """
    require_seats(seats)
    valid: list[str] = []
    invalid: list[tuple[Signer, Finding]] = []
    for place, signer in enumerate(signers, start=1):
        signed_for = already.get(signer.voter, 0)
        code = _signature_code(signer, valid, signed_for, seats, district)
        if code is None:
            valid.append(signer.voter)
            continue
        facts: dict[str, Fact] = {
            "place": place,
            "signer": signer.voter,
            "registered": signer.district,
            "district": district,
            "already": signed_for,
            "seats": seats,
        }
        invalid.append((signer, finding(code, f"signers.{place}", **facts)))
    faults = [fault for _signer, fault in invalid]
    too_few = _too_few_signers(len(valid), profile.whole("nominators_min"))
    return JointCheck(tuple(valid), tuple(invalid), not too_few, (*faults, *too_few))


def _too_few_signers(valid: int, least: int) -> list[Finding]:
    if valid >= least:
        return []
    return [finding(TOO_FEW_SIGNERS, "signers", valid=valid, least=least, missing=least - valid)]


def _signature_code(
    signer: Signer, valid: Collection[str], already: int, seats: int, district: str
) -> Code | None:
    """Why one signature does not count, or None."""
    if signer.voter in valid:
        return SIGNED_TWICE
    if signer.district is None:
        return NOT_ON_ROLL
    if signer.district != district:
        return OTHER_DISTRICT_SIGNER
    return SIGNED_TOO_MANY if already >= seats else None


@dataclass(frozen=True, slots=True)
class OrganisationAct:
    """One nominating act in a district: the organisations (one, or several jointly), the names."""

    organisations: tuple[str, ...]
    nominees: tuple[str, ...]


def check_organisation(acts: Sequence[OrganisationAct], *, seats: int) -> list[Finding]:
    """The caps of parties and people's organisations (政党、人民团体) in one district.

    No act and no organisation, alone and jointly together, may put forward more persons than there
    are seats: error. Whether the total of all is limited too is disputed: warning.
    Source: EL 30(3); ZJ 34(3); rules R5.2, R5.3.
    """
    require_seats(seats)
    findings = [
        _over(ACT_OVER_CAP, f"acts.{place}", "、".join(act.organisations), names, seats)
        for place, act in enumerate(acts, start=1)
        if len(names := frozenset(act.nominees)) > seats
    ]
    acting = sorted({name for act in acts for name in act.organisations})
    for organisation in acting:
        own_acts = [act for act in acts if organisation in act.organisations]
        names = frozenset(name for act in own_acts for name in act.nominees)
        if len(own_acts) > 1 and len(names) > seats:  # a single act has been judged above
            findings.append(_over(ORGANISATION_OVER_CAP, "acts", organisation, names, seats))
    everybody = frozenset(name for act in acts for name in act.nominees)
    if len(everybody) > seats:
        findings.append(
            finding(
                ORGANISATIONS_OVER_SEATS,
                "acts",
                count=len(everybody),
                seats=seats,
            )
        )
    return findings


def _over(code: Code, place: str, who: str, names: frozenset[str], seats: int) -> Finding:
    return finding(code, place, who=who, count=len(names), seats=seats)


def check_party_total(nominated: int, congress_seats: int, *, profile: Profile) -> list[Finding]:
    """More nominees of parties and organisations than `party_total_cap` of all seats (R5.3).

    Zhejiang has no such cap (the parameter is null); Shanghai's is one fifth, "normally".
    """
    if profile["party_total_cap"] is None:
        return []
    cap = profile.share("party_total_cap")
    if nominated <= cap * congress_seats:
        return []
    return [
        finding(
            PARTY_TOTAL_OVER_CAP,
            "nominated",
            count=nominated,
            seats=congress_seats,
            cap=str(cap),
        )
    ]


def check_nomination_day(
    nominated: date, roll_published: date, *, profile: Profile
) -> list[Finding]:
    """A nomination dated before the roll was published: warning or error (R5.19; SH 28, SD 30)."""
    if nominated >= roll_published:
        return []
    required = profile.word("nomination_after_roll") == "REQUIRE"
    code = BEFORE_ROLL if required else BEFORE_ROLL_WARN
    return [
        finding(
            code, "nominated", nominated=day_text(nominated), published=day_text(roll_published)
        )
    ]


@dataclass(frozen=True, slots=True)
class NomineePapers:
    """What must lie before the committee: True = there. found_false: a check proved data untrue."""

    introduction: bool
    acceptance: bool
    identity: bool
    resume: bool
    residence_abroad_stated: bool
    found_false: bool = False


_PAPERS = {
    "introduction": Text("推荐人对候选人的介绍", "the nominator's introduction"),
    "acceptance": Text("被推荐人同意接受推荐的签名", "the nominee's signed acceptance"),
    "identity": Text("身份证明", "the proof of identity"),
    "resume": Text("简历", "the CV"),
    "residence_abroad_stated": Text("是否取得国外永久居留权的说明", "the word on residence abroad"),
}


def check_papers(papers: NomineePapers) -> list[Finding]:
    """What is missing from a nominee's papers, and whether data are untrue.

    Untrue data are notified to the voters; they never remove the person.
    Source: EL 30(2); ZJ 34(2); rule R5.5.
    """
    findings = [
        finding(PAPER_MISSING, name, paper=text)
        for name, text in _PAPERS.items()
        if not getattr(papers, name)
    ]
    if papers.found_false:
        findings.append(finding(FALSE_PARTICULARS, "found_false"))
    return findings


def check_first_list(nominated: Sequence[str], listed: Sequence[str]) -> list[Finding]:
    """Names of the first list against those duly nominated: nobody swapped, added or dropped.

    Namesakes count as often as they stand. Source: DR 10; ZJ 35; rule R5.6.
    """
    due, on_list = Counter(nominated), Counter(listed)
    dropped = sorted((due - on_list).elements())
    added = sorted((on_list - due).elements())
    return [
        *(finding(DROPPED, "listed", nominee=name) for name in dropped),
        *(finding(ADDED, "listed", nominee=name) for name in added),
    ]


def check_women_share(women: int, total: int, *, profile: Profile) -> list[Finding]:
    """Women among deputy candidates below `women_candidate_share_min`: a warning, never a block.

    Raises InputFault when the counts cannot be. Source: Zhejiang's measures of 2007; rule R6.5.
    """
    if not 0 <= women <= total:
        raise InputFault(
            "women",
            f"妇女人数{women}应在0至候选人总数{total}之间",
            f"{women} women cannot be among {total} candidates",
        )
    if total == 0 or profile["women_candidate_share_min"] is None:
        return []
    share = profile.share("women_candidate_share_min")
    if Fraction(women, total) >= share:
        return []
    return [finding(FEW_WOMEN, "women", women=women, total=total, share=_percent(share))]


def _percent(share: Fraction) -> str:
    """30 % as 30%; a share that is no whole percentage stays a fraction."""
    percent = share * 100
    return f"{percent}%" if percent.denominator == 1 else str(share)
