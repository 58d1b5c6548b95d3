"""Enum words as people read them; gettext finds the sentences here."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from election.models import (
    CandidacyStatus,
    DistrictKind,
    ElectionKind,
    JobState,
    NeighbourKind,
    NominationKind,
    NominationStatus,
    PlaceKind,
    PlanStatus,
    PopulationBasis,
    RoundKind,
    Sex,
    UnitKind,
)
from election.rules.access import Role
from election.rules.counting import SheetState
from election.rules.elections.phases import Phase
from election.rules.results.corrections import WithdrawalState
from election.rules.terms import Level

WORDS: dict[StrEnum, str] = {
    Role.ADMINISTRATOR: _l("administrator"),
    Role.DIRECTOR: _l("office director"),
    Role.REGISTRAR: _l("registrar"),
    Role.REVIEWER: _l("reviewer"),
    Role.STATION_OFFICER: _l("station officer"),
    Role.TELLER: _l("teller"),
    Role.SCRUTINEER: _l("scrutineer"),
    Role.PUBLISHER: _l("publisher"),
    Role.AUDITOR: _l("auditor"),
    WithdrawalState.ASKED: _l("withdrawal asked for"),
    WithdrawalState.GRANTED: _l("certificate withdrawn"),
    WithdrawalState.DECLINED: _l("withdrawal declined"),
    Level.COUNTY: _l("county"),
    Level.TOWN: _l("town"),
    ElectionKind.GENERAL: _l("general election"),
    ElectionKind.BY_ELECTION: _l("by-election"),
    PopulationBasis.HUKOU: _l("household-registered population"),
    PopulationBasis.RESIDENT: _l("resident population"),
    PopulationBasis.WEIGHTED: _l("weighted population"),
    Phase.SET_UP: _l("set-up"),
    Phase.NOMINATION: _l("nomination"),
    Phase.POLLING: _l("polling"),
    Phase.COUNTING: _l("counting"),
    Phase.CLOSED: _l("closed"),
    UnitKind.VILLAGE: _l("village"),
    UnitKind.COMMUNITY: _l("community"),
    UnitKind.WORKPLACE: _l("workplace"),
    NeighbourKind.LAND: _l("by land"),
    NeighbourKind.FERRY: _l("by ferry"),
    DistrictKind.RESIDENCE: _l("by residence"),
    DistrictKind.SINGLE_UNIT: _l("one workplace"),
    DistrictKind.JOINT_UNIT: _l("several workplaces"),
    DistrictKind.MIXED: _l("mixed"),
    PlanStatus.DRAFT: _l("draft"),
    PlanStatus.ADOPTED: _l("adopted"),
    JobState.WAITING: _l("waiting in the queue"),
    JobState.RUNNING: _l("under calculation"),
    JobState.DONE: _l("finished with a plan"),
    JobState.FAILED: _l("ended without a plan"),
    JobState.CANCELLED: _l("cancelled by the office"),
    Sex.MALE: _l("male"),
    Sex.FEMALE: _l("female"),
    NominationKind.ORGANISATION: _l("nominated by organisation"),
    NominationKind.JOINT: _l("joint nomination by voters"),
    NominationStatus.RECEIVED: _l("received"),
    NominationStatus.ACCEPTED: _l("accepted"),
    NominationStatus.INCOMPLETE: _l("incomplete"),
    NominationStatus.WITHDRAWN: _l("withdrawn"),
    CandidacyStatus.PRELIMINARY: _l("preliminary candidate"),
    CandidacyStatus.FORMAL: _l("formal candidate"),
    CandidacyStatus.NOT_RETAINED: _l("not retained"),
    CandidacyStatus.WITHDRAWN: _l("withdrawn (candidate)"),
    CandidacyStatus.INACTIVE: _l("inactive"),
    CandidacyStatus.WRITE_IN: _l("written in"),
    PlaceKind.STATION: _l("polling station"),
    PlaceKind.MEETING: _l("election meeting"),
    PlaceKind.MOBILE_BOX: _l("mobile ballot box"),
    RoundKind.FIRST: _l("first ballot"),
    RoundKind.TIE_REPEAT: _l("repeat vote"),
    RoundKind.FURTHER: _l("further election"),
    RoundKind.RERUN: _l("rerun election"),
    SheetState.AWAITING_FIRST: _l("awaiting first entry"),
    SheetState.AWAITING_SECOND: _l("awaiting second entry"),
    SheetState.DIFFERING: _l("entries differ"),
    SheetState.AGREED: _l("entries agree"),
    SheetState.SIGNED: _l("signed"),
}


STAGE_NAMES: dict[str, str] = {
    "set_up": _l("Set-up"),
    "units": _l("Units"),
    "districts": _l("Districts and seats"),
    "candidates": _l("Candidates"),
    "polling": _l("Polling places"),
    "counting": _l("Counting"),
    "results": _l("Results"),
    "publication": _l("Publication"),
}
STAGE_PAGES: dict[str, str] = {
    "set_up": "elections.set_up",
    "units": "units.index",
    "districts": "districts.index",
    "candidates": "candidates.index",
    "polling": "polling.index",
    "counting": "counting.index",
    "results": "results.index",
    "publication": "publication.desk",
}


def word(member: StrEnum) -> str:
    """The name of an enum member in the language of the page."""
    return str(WORDS.get(member, member.value))


def choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """The members of an enum for a select field or check boxes, in the language of the page."""
    return [SelectChoice(value=member.value, label=word(member)) for member in kind]
