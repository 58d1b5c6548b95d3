"""Polling places: what a good place is, and the code by which a count sheet is called.

Source: EL 38, 42, 43; ZJ 40; rulebook R7.1-R7.3, R8.15.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from election.rules.polling.codes import (
    BOX_SCRUTINEERS,
    BOX_STAFF,
    BOX_UNKNOWN,
    ONLY_BOXES,
    SCRUTINEERS_EXCEED,
    SERVES_NOBODY,
)
from election.rules.profile import Profile
from election.rules.terms import Finding, Level, Text, finding

CODE_PATTERN = re.compile(r"[0-9A-Z]{1,12}")
_LETTER = {Level.COUNTY: "C", Level.TOWN: "T"}
_SPOKEN = {Level.COUNTY: ("C", "COUNTY", "县", "县级"), Level.TOWN: ("T", "TOWN", "镇", "镇级")}
_SEPARATORS = re.compile(r"[-—–－ー_/.,，、\s]+")


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
    findings = (
        [finding(SERVES_NOBODY, "districts", place=place.name)] if not place.districts else []
    )
    staff, scrutineers = place.staff, place.scrutineers
    if staff is not None and scrutineers is not None and scrutineers > staff:
        findings.append(
            finding(
                SCRUTINEERS_EXCEED,
                "scrutineers",
                "staff",
                place=place.name,
                staff=staff,
                scrutineers=scrutineers,
            )
        )
    return findings + (_check_box(place, profile) if place.mobile else [])


def _check_box(place: PlaceFacts, profile: Profile) -> list[Finding]:
    findings: list[Finding] = []
    if place.staff is None or place.scrutineers is None:
        findings.append(finding(BOX_UNKNOWN, "staff", "scrutineers", place=place.name))
    least = profile.whole("mobile_box_min_staff")
    if place.staff is not None and place.staff < least:
        findings.append(
            finding(BOX_STAFF, "staff", place=place.name, staff=place.staff, least=least)
        )
    least = profile.whole("mobile_box_min_scrutineers")
    if place.scrutineers is not None and place.scrutineers < least:
        findings.append(
            finding(
                BOX_SCRUTINEERS,
                "scrutineers",
                place=place.name,
                scrutineers=place.scrutineers,
                least=least,
            )
        )
    return findings


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
    return _SEPARATORS.sub("-", plain.strip()).strip("-")


def short_code(text: str) -> str:
    """A code as somebody typed it, without anything between its parts: T031S01."""
    return typed_code(text).replace("-", "")


def short_codes(level: Level, district: int, round_number: int, place: str) -> frozenset[str]:
    """What a sheet may be called without separators: T031S01, T31S01, TOWN3S01, 镇3S01.

    The round may be left out and the district's number need not be filled up with a zero.
    """
    return frozenset(
        f"{word}{number}{round_}{place}"
        for word in _SPOKEN[level]
        for number in (f"{district:02d}", str(district))
        for round_ in (str(round_number), "")
    )
