"""One congress frozen into plain values: everything a stranger needs to recompute its result.

Ids are the public codes of the records: district town-3, round town-3-r1, candidate c12, place P07.
The same values are written into a package and read back from it; pages, charts, tables and the
printed notice are made from them and from nothing else. No personal data beyond R4.14.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from election.rules.counting import WRITE_IN, Papers, Vote, total, votes_by_person, votes_item
from election.rules.names import told_apart
from election.rules.results.certified import CertifiedOutcome, CertifiedPerson, Decision
from election.rules.results.kinds import BallotStanding
from election.rules.results.outcome import most_votes_first
from election.rules.results.written_in import not_taken

Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FrozenCandidate:
    """Somebody standing in a district. formal: on the formal list; else written in by voters."""

    id: str
    name: str
    sex: str | None = None
    formal: bool = True


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """A polling place, election meeting or mobile box, and the district it counts for."""

    id: str
    district: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class FrozenSheet:
    """The figures of one place in one round: both entries in force and the signed ones.

    A stage nobody has reached is None: not counted, never zero.
    """

    place: str
    entry1: Figures | None = None
    entry2: Figures | None = None
    signed: Figures | None = None

    def stages(self) -> Iterator[tuple[str, Figures]]:
        """(stage, figures) of every stage that was reached."""
        for stage in ("entry1", "entry2", "signed"):
            figures: Figures | None = getattr(self, stage)
            if figures is not None:
                yield stage, figures


@dataclass(frozen=True, kw_only=True)
class FrozenRound:
    """One ballot of a district. outcome: as certified, None before.

    counts_as: the rule that decides it (a rerun repeats a kind). checked_in, proxy: papers drawn in
    person and for others, None while the ballot account of a place (`unaccounted`) is missing.
    """

    id: str
    number: int
    kind: str
    counts_as: str
    attempt: int
    seats: int
    polling_day: str
    candidates: tuple[str, ...]
    decision: str = ""
    sheets: tuple[FrozenSheet, ...] = ()
    checked_in: int | None = None
    proxy: int | None = None
    unaccounted: tuple[str, ...] = ()
    outcome: CertifiedOutcome | None = None

    @cached_property
    def unsigned(self) -> tuple[str, ...]:
        """Places whose sheet nobody has signed yet."""
        return tuple(sheet.place for sheet in self.sheets if sheet.signed is None)

    @cached_property
    def totals(self) -> dict[str, int] | None:
        """Every item summed over all places; None while a sheet is missing or not signed."""
        if self.unsigned or not self.sheets:
            return None
        return total([sheet.signed for sheet in self.sheets if sheet.signed is not None])

    @cached_property
    def votes(self) -> dict[str, int] | None:
        """Votes for each candidate id, then for each "write-in:NAME"; None while not counted."""
        if self.totals is None:
            return None
        return votes_by_person(self.totals, self.candidates)

    @property
    def elected(self) -> tuple[str, ...]:
        """Who is elected in this round by the certified outcome, most votes first."""
        elected, votes = self.outcome.elected if self.outcome else (), self.votes
        return elected if votes is None else most_votes_first(votes, elected)

    def standing(self, who: str) -> BallotStanding | None:
        """What this round made of somebody; None while it is not certified."""
        return self.outcome.standing(who) if self.outcome else None

    @property
    def next(self) -> str | None:
        """What the outcome as certified and decided asks for; None when nothing follows."""
        return self.outcome.due if self.outcome else None

    def statement_on(self, who: str) -> CertifiedPerson:
        """What the committee recorded of somebody with the certificate (rules/written_in)."""
        return self.outcome.person(who) if self.outcome else CertifiedPerson()

    @property
    def settled_by(self) -> Decision | None:
        """The committee's decision on a tie that the law leaves open (R9.4), as certified."""
        return self.outcome.committee if self.outcome else None

    def answers(self, candidate: str) -> tuple[int | None, int | None, int | None]:
        """For, against, abstain of somebody on the ballot or "write-in:NAME"; None: not counted."""
        figures = self.totals or {}
        if candidate.startswith(WRITE_IN):
            return figures.get(votes_item(candidate)), None, None
        votes, against, abstain = (figures.get(answer.of(candidate)) for answer in Vote)
        return votes, against, abstain


@dataclass(frozen=True, kw_only=True)
class FrozenDistrict:
    """A district with all its rounds. registered, population: persons, None when not known."""

    id: str
    number: int
    name: str
    seats: int
    registered: int | None
    population: int | None = None
    units: tuple[str, ...] = ()
    candidates: tuple[FrozenCandidate, ...] = ()
    rounds: tuple[FrozenRound, ...] = ()

    @cached_property
    def elected(self) -> tuple[str, ...]:
        """Everybody elected, round by round, in each by votes."""
        return tuple(who for ballot in self.rounds for who in ballot.elected)

    @property
    def fallen(self) -> tuple[str, ...]:
        """Names on the formal list of people who stood in no ballot: they fell away (R5.20)."""
        stood = {who for ballot in self.rounds for who in ballot.candidates}
        formal = (person.id for person in self.candidates if person.formal and self.rounds)
        return tuple(self.names[who] for who in formal if who not in stood)

    @property
    def vacant(self) -> int:
        """Seats nobody was elected to."""
        return self.seats - len(self.elected)

    @cached_property
    def names(self) -> dict[str, str]:
        """Id -> name; namesakes are told apart, so that no two people look alike."""
        on_record = told_apart({p.id: (p.name, p.sex) for p in self.candidates})
        voted_for = (who for ballot in self.rounds for who in ballot.votes or ())
        written = (who for who in voted_for if who.startswith(WRITE_IN))
        return on_record | {who: who.removeprefix(WRITE_IN) for who in written}

    def elected_names(self) -> tuple[str, ...]:
        """The names of the elected, in their order."""
        return tuple(self.names[who] for who in self.elected)


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A congress as elected in one township. rules: what the verifier needs of the law profile.

    id: the public id of the congress ("3/town": election 3); is_sample: generated, not real.
    """

    id: str
    election: int
    title: str
    township: str
    township_code: str
    county: str
    is_sample: bool
    congress: str
    level: str
    term: int
    seats: int
    election_day: str
    profile: str
    rules: Mapping[str, int | str | None]
    districts: tuple[FrozenDistrict, ...] = field(default=())
    places: tuple[FrozenPlace, ...] = field(default=())

    @cached_property
    def alerts(self) -> tuple[str, ...]:
        """Places with more papers returned than issued on a signed sheet (R8.3), sorted."""
        signed = ((s.place, s.signed) for d in self.districts for r in d.rounds for s in r.sheets)
        return tuple(sorted({p for p, s in signed if s and s[Papers.RETURNED] > s[Papers.ISSUED]}))

    @property
    def elected(self) -> int:
        """How many deputies are elected."""
        return sum(len(district.elected) for district in self.districts)

    @property
    def vacant(self) -> int:
        """How many seats nobody was elected to, or that an elected person does not take."""
        return sum(d.vacant + len(self.not_taken(d)) for d in self.districts)

    @cached_property
    def _given_up(self) -> set[str]:
        elected = {
            d.id: [(who, r.statement_on(who)) for r in d.rounds for who in r.elected]
            for d in self.districts
        }
        return not_taken(elected)

    def not_taken(self, district: FrozenDistrict) -> tuple[str, ...]:
        """Who is elected in a district and, by the committee's decision, takes another seat."""
        return tuple(w for w in district.elected if f"{district.id}/{w}" in self._given_up)

    def not_taken_names(self, district: FrozenDistrict) -> tuple[str, ...]:
        """Their names."""
        return tuple(district.names[who] for who in self.not_taken(district))

    def district(self, key: str) -> FrozenDistrict | None:
        """The district with this id, if there is one."""
        return next((district for district in self.districts if district.id == key), None)

    def place_names(self) -> dict[str, str]:
        """Place id -> name."""
        return {place.id: place.name for place in self.places}
