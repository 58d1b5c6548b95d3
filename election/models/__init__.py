"""The records: typed models, one noun per file."""

from election.models.audit import AuditEntry
from election.models.candidates.candidacy import (
    Candidacy,
    CandidacyStatus,
    Cosigner,
    Nomination,
    NominationKind,
    NominationStatus,
    Person,
    Sex,
)
from election.models.counting.round import Round, RoundCandidate, RoundKind
from election.models.counting.sheet import (
    CountSheet,
    Entry,
    NoteKind,
    SheetNote,
)
from election.models.districts.plan import (
    Assignment,
    District,
    DistrictKind,
    Plan,
    PlanStatus,
)
from election.models.elections.election import (
    Congress,
    Election,
    ElectionKind,
    Milestone,
    PopulationBasis,
)
from election.models.job import Job, JobState
from election.models.official import LoginFailure, Official, Operation, Ticket
from election.models.polling.place import (
    BallotAccount,
    PlaceDistrict,
    PlaceKind,
    PollingPlace,
)
from election.models.publication.publication import Publication
from election.models.results.result import Result, Withdrawal
from election.models.township import Township
from election.models.units.unit import (
    Neighbour,
    NeighbourKind,
    Unit,
    UnitKind,
)

__all__ = [
    "Assignment",
    "AuditEntry",
    "BallotAccount",
    "Candidacy",
    "CandidacyStatus",
    "Congress",
    "Cosigner",
    "CountSheet",
    "District",
    "DistrictKind",
    "Election",
    "ElectionKind",
    "Entry",
    "Job",
    "JobState",
    "LoginFailure",
    "Milestone",
    "Neighbour",
    "NeighbourKind",
    "Nomination",
    "NominationKind",
    "NominationStatus",
    "NoteKind",
    "Official",
    "Operation",
    "Person",
    "PlaceDistrict",
    "PlaceKind",
    "Plan",
    "PlanStatus",
    "PollingPlace",
    "PopulationBasis",
    "Publication",
    "Result",
    "Round",
    "RoundCandidate",
    "RoundKind",
    "Sex",
    "SheetNote",
    "Ticket",
    "Township",
    "Unit",
    "UnitKind",
    "Withdrawal",
]
