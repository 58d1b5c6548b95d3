"""A small town on the day of the count: three town districts, one county district, real rounds.

Districts: 1 has two seats, a station S01 and a mobile box M01; 2 has one seat and S02; 3 has one
seat and S03. The county district holds the units of all three and is voted on at every place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.actions.results import certification
from election.database import db, transaction
from election.models import (
    Assignment,
    Candidacy,
    CandidacyStatus,
    CountSheet,
    District,
    Election,
    Person,
    PlaceDistrict,
    PlaceKind,
    Plan,
    PlanStatus,
    PollingPlace,
    Result,
    Round,
    Unit,
)
from election.queries.counting import open_findings
from election.queries.results.outcomes import count_round
from election.rules.access import Role
from election.rules.counting import PaperAccount
from election.rules.counting.entry import finding_key
from election.rules.elections.phases import Phase
from election.rules.results.written_in import Statement
from election.rules.terms import Level
from tests.builders import AT, Office, an_election, congress_of, head_figures

TOWN_SEATS = (2, 1, 1)
PLACES = (
    ("S01", 1, PlaceKind.STATION),
    ("M01", 1, PlaceKind.MOBILE_BOX),
    ("S02", 2, PlaceKind.STATION),
    ("S03", 3, PlaceKind.STATION),
)
NAMES = {1: ("丁一", "王二", "张三"), 2: ("李四", "赵五"), 3: ("马六", "孙七"), 0: ("周八", "郑九")}


@dataclass
class Town:
    """Ids of what was built; codes are the public ones."""

    office: Office
    election_id: int
    districts: dict[int, int] = field(default_factory=dict)  # number -> id; 0 is the county's
    places: dict[str, int] = field(default_factory=dict)

    def actor(self, role: Role, which: int = 0):
        return self.office.actor(role, which)

    def round(self, district: int, number: int = 1) -> Round:
        return db.session.scalars(
            select(Round).where(
                Round.district_id == self.districts[district], Round.number == number
            )
        ).one()

    def sheet(self, district: int, place: str, number: int = 1) -> CountSheet:
        db.session.expire_all()
        return db.session.scalars(
            select(CountSheet).where(
                CountSheet.round_id == self.round(district, number).id,
                CountSheet.place_id == self.places[place],
            )
        ).one()

    def ids(self, district: int, number: int = 1) -> dict[str, str]:
        """Name -> public id of everybody on the ballot."""
        rows = self.round(district, number).candidates
        return {row.candidacy.person.name: row.candidacy.code for row in rows}


def build(office: Office, *, phase: Phase = Phase.POLLING, registered: int | None = 400) -> Town:
    """Plans, candidates and places; the phase is set directly."""
    town = Town(office, an_election(office))
    with transaction() as session:
        units = [_unit(town, n) for n in (1, 2, 3)]
        session.add_all(units)
        session.flush()
        districts = {}
        for level, numbers in ((Level.TOWN, (1, 2, 3)), (Level.COUNTY, (0,))):
            plan = Plan(
                township_id=office.township_id,
                congress_id=congress_of(town.election_id, level).id,
                name="方案",
                status=PlanStatus.ADOPTED,
                adopted_at=AT,
                adopted_by="1",
            )
            for number in numbers:
                within = [units[number - 1]] if number else units
                districts[number] = _district(town, plan, number, within, registered)
            session.add(plan)
        session.flush()
        session.add_all(_candidacies(town, districts))
        places = _places(town, districts)
        session.add_all(places)
        session.get_one(Election, town.election_id).phase = phase
        _act(session, office)
        town.districts = {number: row.id for number, row in districts.items()}
        town.places = {place.code: place.id for place in places}
    return town


def _unit(town: Town, n: int) -> Unit:
    return Unit(
        township_id=town.office.township_id,
        election_id=town.election_id,
        code=f"U{n}",
        name=f"{n}村",
        hukou_population=600,
    )


def _district(town, plan, number, within, registered) -> District:
    township_id = town.office.township_id
    district = District(
        township_id=township_id,
        plan=plan,
        number=number or 1,
        name=f"{number}号",
        seats=TOWN_SEATS[number - 1] if number else 1,
        registered=registered,
    )
    db.session.add(district)
    db.session.flush()
    district.assignments = [
        Assignment(township_id=township_id, plan_id=plan.id, unit_id=unit.id) for unit in within
    ]
    return district


def _candidacies(town, districts) -> list[Candidacy]:
    township_id = town.office.township_id
    return [
        Candidacy(
            township_id=township_id,
            district=district,
            person=Person(township_id=township_id, election_id=town.election_id, name=name),
            status=CandidacyStatus.FORMAL,
        )
        for number, district in districts.items()
        for name in NAMES[number]
    ]


def _places(town: Town, districts) -> list[PollingPlace]:
    township_id = town.office.township_id
    places = []
    for code, number, kind in PLACES:
        place = PollingPlace(
            township_id=township_id,
            election_id=town.election_id,
            code=code,
            name=f"{code}点",
            kind=kind,
            staff=3,
            scrutineers=2,
        )
        place.districts = [
            PlaceDistrict(
                township_id=township_id, congress_id=district.congress.id, district=district
            )
            for district in (districts[number], districts[0])
        ]
        places.append(place)
    return places


def _act(session, office: Office) -> None:

    Act(session, office.actor(Role.DIRECTOR), AT).record(
        under=None, what="test.seed", subject="-", data={}
    )


def counting_town(office: Office, **more) -> Town:
    """The same town with its first rounds open."""
    town = build(office, phase=Phase.COUNTING, **more)
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        counting.open_first_rounds(Act(session, town.actor(Role.DIRECTOR), AT), election)
    return town


def paper(
    votes: Mapping[str, int],
    *,
    issued: int = 300,
    returned: int | None = None,
    void: int = 2,
    blank: int = 1,
    writeins: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """A sheet that balances: id -> votes; everybody else is against except one abstention each."""
    came_back = issued if returned is None else returned
    figures = head_figures(issued=issued, returned=came_back, void=void, blank=blank)
    for code, n in votes.items():
        figures[f"for:{code}"] = n
        figures[f"abstain:{code}"] = blank
        figures[f"against:{code}"] = came_back - void - n - blank
    return figures | {f"writein:{name}": n for name, n in (writeins or {}).items()}


def account(figures: Mapping[str, int]) -> PaperAccount:
    """What the station kept for such a sheet."""
    issued = figures["issued"]
    return PaperAccount(
        checked_in=issued - 10, proxy=10, printed=issued + 5, spoiled_replaced=2, unused=3
    )


def keep(town: Town, sheet_id: int, figures: Mapping[str, int]) -> None:
    with transaction() as session:
        kept = {counting.locked(session, sheet_id): account(figures)}
        counting.keep_accounts(Act(session, town.actor(Role.STATION_OFFICER), AT), kept)


def enter(town: Town, sheet_id: int, figures: Mapping[str, int], which: int, **more) -> None:
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.enter(Act(session, town.actor(Role.TELLER, which), AT), sheet, figures, **more)


def sign(town: Town, sheet_id: int, which: int = 0, said: str = "已核对") -> None:
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        answers = {finding_key(one): said for one, _ in open_findings(sheet)}
        counting.sign(
            Act(session, town.actor(Role.SCRUTINEER, which), AT),
            sheet,
            digest=sheet.digest or "",
            answers=answers,
        )


def count(town: Town, sheet_id: int, figures: Mapping[str, int]) -> None:
    """Account, two entries and a signature."""
    keep(town, sheet_id, figures)
    enter(town, sheet_id, figures, 0, confirmed=True)
    enter(town, sheet_id, figures, 1, confirmed=True)
    sign(town, sheet_id)


def count_whole(town: Town, district: int, votes: Mapping[str, int], number: int = 1, **more):
    """Count every sheet of a round alike; votes by name."""
    ids = town.ids(district, number)
    figures = paper({ids[name]: n for name, n in votes.items()}, **more)
    for sheet_id in [sheet.id for sheet in town.round(district, number).sheets]:
        count(town, sheet_id, figures)


IDENTIFIED = Statement(identity="选民名册核对，年满18周岁，未被剥夺政治权利")


def identified(votes: Mapping[str, object], **more) -> dict[str, Statement]:
    """What the committee says of every write-in: identified, and nobody else's namesake."""
    return {who: replace(IDENTIFIED, **more) for who in votes if who.startswith("write-in:")}


def certify(
    town: Town,
    district: int,
    number: int = 1,
    decision: str = "",
    statements: Mapping[str, Statement] | None = None,
    at: datetime | None = None,
) -> Result:
    """Certify a round, unless another moment is given at noon of its polling day (UTC)."""
    round_id = town.round(district, number).id
    with transaction() as session:
        round_ = certification.hold(session, round_id)
        moment = at or datetime.combine(round_.polling_day, AT.timetz())
        count = count_round(session, round_)
        by_default = identified({line.id: line for line in count.candidates()})
        return certification.certify(
            Act(session, town.actor(Role.DIRECTOR), moment),
            round_,
            digest=count.digest,
            decision=decision,
            statements=by_default if statements is None else statements,
        )


def certify_whole(town: Town) -> None:
    """Every district of the town congress counted and certified; district 2 elects 李四."""
    count_whole(town, 1, {"丁一": 130, "王二": 110, "张三": 20}, issued=180, void=0, blank=0)
    count_whole(town, 2, {"李四": 180, "赵五": 110})
    count_whole(town, 3, {"马六": 180, "孙七": 110})
    for district in (1, 2, 3):
        certify(town, district)


def open_next(
    town: Town, district: int, number: int = 1, *, day: date = date(2021, 12, 20), **more
):
    round_id = town.round(district, number).id
    with transaction() as session:
        round_ = certification.hold(session, round_id)
        more = {"statements": identified(dict.fromkeys(more.get("chosen", ())))} | more
        opened = certification.open_next(
            Act(session, town.actor(Role.DIRECTOR), AT), round_, polling_day=day, **more
        )
        return opened.id
