"""The records: typed models, one noun per file."""

from election.models.audit import AuditEntry
from election.models.candidates.candidacy import Candidacy, Cosigner, Nomination, Person
from election.models.counting.round import Round, RoundCandidate
from election.models.counting.sheet import CountSheet, Entry, SheetNote
from election.models.districts.plan import Assignment, District, Plan
from election.models.elections.election import Congress, Election, Milestone
from election.models.job import Job, JobState
from election.models.numbers import Counter
from election.models.official import LoginFailure, Official, Operation, Ticket
from election.models.polling.place import BallotAccount, PlaceDistrict, PollingPlace
from election.models.publication.publication import Publication
from election.models.results.result import Result, Withdrawal
from election.models.township import Township
from election.models.units.unit import Neighbour, Unit
from election.rules.candidates.kinds import CandidacyStatus, NominationKind, NominationStatus, Sex
from election.rules.counting.kinds import NoteKind
from election.rules.districts.kinds import DistrictKind, PlanStatus
from election.rules.elections.kinds import ElectionKind, PopulationBasis
from election.rules.polling.kinds import PlaceKind
from election.rules.results.kinds import RoundKind
from election.rules.units.kinds import NeighbourKind, UnitKind

__all__ = [
    "Assignment",
    "AuditEntry",
    "BallotAccount",
    "Candidacy",
    "CandidacyStatus",
    "Congress",
    "Cosigner",
    "CountSheet",
    "Counter",
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
