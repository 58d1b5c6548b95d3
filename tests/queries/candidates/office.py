"""An election in the phase of nomination: districts, people with signatures, lists published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.candidates import lists, reduction
from election.actions.candidates import nominations as acts
from election.actions.candidates.persons import Particulars
from election.actions.candidates.signatures import Nominators
from election.actions.elections import set_up
from election.database import db, transaction
from election.models import (
    Assignment,
    Candidacy,
    Congress,
    District,
    Election,
    Nomination,
    NominationKind,
    Plan,
    PlanStatus,
    Sex,
    Unit,
)
from election.rules.access import Role
from election.rules.candidates.kinds import Way, Which
from election.rules.candidates.nominations import NomineePapers
from election.rules.candidates.signatures import Signature
from election.rules.elections.phases import Phase
from election.rules.terms import Level
from tests.builders import AT, Office, an_election, congress_of, seed

PAPERS = NomineePapers(
    introduction=True, acceptance=True, identity=True, resume=True, residence_abroad_stated=True
)
ROLL, FIRST, FORMAL = date(2021, 11, 25), date(2021, 11, 30), date(2021, 12, 8)
RECEIVED = date(2021, 11, 26)
SURNAMES = "丁马王方叶朱李沈周赵钱徐"  # strokes 2 3 4 4 5 6 7 7 8 9 10 10
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Town:
    """Ids of the election, its congresses, and its districts by level and number."""

    office: Office
    election_id: int
    districts: dict[tuple[Level, int], int]

    def district(self, number: int, level: Level = Level.TOWN) -> District:
        """A district in the current session."""
        return db.session.get_one(District, self.districts[level, number])

    def congress(self, level: Level = Level.TOWN) -> Congress:
        """A congress in the current session."""
        return congress_of(self.election_id, level)


def a_town(
    office: Office,
    *,
    town: Sequence[int] = (2, 1, 3),
    county: Sequence[int] = (2,),
    overrides: dict[str, object] | None = None,
    phase: Phase = Phase.NOMINATION,
) -> Town:
    """An election whose adopted plans have districts of these seats, roll published."""
    election_id = an_election(office)
    keys: dict[tuple[Level, int], int] = {}
    for level, seats in ((Level.TOWN, town), (Level.COUNTY, county)):
        plan = _plan(office, election_id, level)
        for number, places in enumerate(seats, start=1):
            keys[level, number] = _district(office, plan, number, places, election_id)
    with transaction() as session:
        election = session.get_one(Election, election_id)
        election.phase = phase
        raw = overrides or {}
        election.overrides = {n: {"value": v, "reason": "test"} for n, v in raw.items()}
        for congress in election.congresses:
            set_up.set_milestone(
                Act(session, office.actor(Role.DIRECTOR), AT),
                congress,
                key="roll_published",
                done_on=ROLL,
                note="",
            )
    return Town(office, election_id, keys)


def _plan(office: Office, election_id: int, level: Level) -> int:
    congress = congress_of(election_id, level)
    plan = Plan(
        township_id=office.township_id,
        congress_id=congress.id,
        name=f"{level}",
        status=PlanStatus.ADOPTED,
        adopted_at=AT,
        adopted_by="1",
    )
    seed(office, [plan])
    return plan.id


def _district(office: Office, plan_id: int, number: int, seats: int, election_id: int) -> int:
    town = office.township_id
    unit = Unit(
        township_id=town, election_id=election_id, code=f"U{next(_serial)}", name=f"{number}村"
    )
    district = District(township_id=town, plan_id=plan_id, number=number, seats=seats)
    seed(office, [unit, district])
    seed(
        office,
        [Assignment(township_id=town, plan_id=plan_id, district_id=district.id, unit_id=unit.id)],
    )
    return district.id


def particulars(name: str, **more: object) -> Particulars:
    """What the papers say of a person; a woman unless said otherwise."""
    facts: dict[str, object] = {"name": name, "sex": Sex.FEMALE, "birth_month": "1980-05"} | more
    return Particulars(**facts)  # type: ignore[arg-type]


def by_organisation(*names: str) -> Nominators:
    """Nominated by these organisations."""
    return Nominators(kind=NominationKind.ORGANISATION, organisations=names or ("镇妇联",))


def by_voters(*names: str) -> Nominators:
    """Nominated jointly by these voters: "name" or "name, number"."""
    signed = tuple(Signature(*line.split(", ")) for line in names)
    return Nominators(kind=NominationKind.JOINT, signatures=signed)


def voters(number: int, first: int = 1) -> list[str]:
    """So many voters of the roll, each with a number."""
    return [f"选民, {place}" for place in range(first, first + number)]


def receive(
    town: Town,
    name: str,
    number: int = 1,
    level: Level = Level.TOWN,
    *,
    nominators: Nominators | None = None,
    received_on: date = RECEIVED,
    same_as: int | None = None,
    namesake: bool = False,
    **more: object,
) -> int:
    """Register a nomination; its id. Jointly by ten new voters unless said otherwise."""
    ten = by_voters(*voters(10, first=next(_serial) * 1000))
    with transaction() as session:
        district = session.get_one(District, town.districts[level, number])
        return acts.receive(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            district,
            person=particulars(name, **more),
            nominators=nominators or ten,
            received_on=received_on,
            same_as=same_as,
            namesake=namesake,
        ).id


def accept(
    town: Town, nomination_id: int, *, papers: NomineePapers = PAPERS, note: str = ""
) -> int:
    """Accept a nomination; the id of the candidacy."""
    with transaction() as session:
        nomination = session.get_one(Nomination, nomination_id)
        return acts.accept(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            nomination,
            papers=papers,
            note=note,
        ).id


def stand(town: Town, name: str, number: int = 1, level: Level = Level.TOWN, **more: object) -> int:
    """Nominate and accept somebody; the id of the candidacy."""
    return accept(town, receive(town, name, number, level, **more))  # type: ignore[arg-type]


def fill(town: Town, level: Level = Level.TOWN, people: dict[int, int] | None = None) -> None:
    """The least legal number of nominees in every district of a level, or as many as said.

    Each by an organisation of its own, which is quicker than ten signatures.
    """
    least = {1: 2, 2: 3, 3: 4}
    for (district_level, number), key in town.districts.items():
        if district_level is not level:
            continue
        seats = db.session.get_one(District, key).seats
        for place in range((people or {}).get(number, least[seats])):
            name = f"{SURNAMES[place]}{'一二三四五六'[number - 1]}"
            stand(town, name, number, level, nominators=by_organisation(f"推荐{name}的团体"))


def publish(
    town: Town,
    which: Which = Which.FIRST,
    *,
    level: Level = Level.TOWN,
    done_on: date | None = None,
    reason: str = "",
    no_member_listed: bool = True,
) -> None:
    """Publish a list in time, unless another day is given."""
    day = done_on or (FIRST if which is Which.FIRST else FORMAL)
    congress_id = town.congress(level).id
    with transaction() as session:
        lists.publish(
            Act(session, town.office.actor(Role.DIRECTOR), AT),
            session.get_one(Congress, congress_id),
            which,
            done_on=day,
            reason=reason,
            no_member_listed=no_member_listed,
        )


def fix(town: Town, number: int = 1, level: Level = Level.TOWN, **how: object) -> None:
    """Fix the formal candidates of a district; everybody unless said otherwise."""
    terms: dict[str, object] = {"way": Way.ALL} | how
    with transaction() as session:
        reduction.fix_formal(
            Act(session, town.office.actor(Role.DIRECTOR), AT),
            session.get_one(District, town.districts[level, number]),
            reduction.Reduction(**terms),
        )


def to_formal_list(town: Town, level: Level = Level.TOWN) -> None:
    """Nominees, first list, formal candidates and formal list of one level."""
    fill(town, level)
    publish(town, level=level)
    for district_level, number in town.districts:
        if district_level is level:
            fix(town, number, level)
    publish(town, Which.FORMAL, level=level)


def statuses(town: Town, number: int = 1, level: Level = Level.TOWN) -> dict[str, str]:
    """Name -> status of the candidacies of a district."""
    db.session.expire_all()
    rows = db.session.query(Candidacy).filter_by(district_id=town.districts[level, number])
    return {candidacy.person.name: candidacy.status.value for candidacy in rows}


def directly(town: Town, change: Callable[[Session], None]) -> None:
    """Change rows behind the acts, under one audit entry."""
    with transaction() as session:
        change(session)
        Act(session, town.office.actor(Role.DIRECTOR), AT).record(
            under=None, what="test.seed", subject="-", data={}
        )


def to_phase(town: Town, phase: Phase) -> None:
    """Put the election into a phase without asking what is missing."""
    directly(
        town, lambda session: setattr(session.get_one(Election, town.election_id), "phase", phase)
    )
