"""A small town counted through real acts: five town districts and one county district.

town-1 fills both seats; town-2 has a tie and a repeat vote; town-3 elects somebody written in;
town-4 needs a further election and keeps a seat vacant; town-5 is void first and held again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from election.actions.act import Act
from election.actions.counting import enter, keep_accounts, locked, open_first_rounds, sign
from election.actions.results import certification as result_acts
from election.database import db, transaction
from election.models import (
    Assignment,
    Candidacy,
    CandidacyStatus,
    Congress,
    CountSheet,
    District,
    Election,
    PlaceDistrict,
    PlaceKind,
    Plan,
    PlanStatus,
    PollingPlace,
    Round,
    Sex,
    Unit,
)
from election.models import Person as Somebody
from election.queries.results.outcomes import count_round
from election.rules.access import Role
from election.rules.counting import PaperAccount
from election.rules.elections.phases import Phase
from election.rules.results.written_in import Statement
from election.rules.terms import Level
from tests.builders import (
    AT,
    ELECTION_DAY,
    Office,
    an_election,
    congress_of,
    head_figures,
    seed,
)

# district -> (seats, registered, names)
TOWN: dict[int, tuple[int, int, tuple[str, ...]]] = {
    1: (2, 1000, ("王芳", "买买提·艾力", "李𠮷", "赵敏")),
    2: (2, 800, ("陈刚", "林静", "周勇")),
    3: (1, 600, ("吴磊", "徐丽")),
    4: (2, 700, ("孙强", "胡军", "朱琳")),
    5: (1, 500, ("高峰", "郭平")),
}
COUNTY: dict[int, tuple[int, int, tuple[str, ...]]] = {1: (1, 3600, ("何洁", "罗斌"))}


def a_town(office: Office) -> int:
    """An election in the phase of counting, its first rounds open, nothing counted yet."""
    election_id = an_election(office)
    for level, districts in ((Level.TOWN, TOWN), (Level.COUNTY, COUNTY)):
        _districts(office, election_id, level, districts)
    _places(office, election_id)
    with transaction() as session:
        election = session.get_one(Election, election_id)
        election.phase = Phase.COUNTING
        director = office.actor(Role.DIRECTOR)
        Act(session, director, AT).record(under=None, what="test.seed", subject="-", data={})
        open_first_rounds(Act(session, director, AT), election)
    return election_id


def _districts(
    office: Office,
    election_id: int,
    level: Level,
    districts: Mapping[int, tuple[int, int, tuple[str, ...]]],
) -> None:
    town, congress = office.township_id, congress_of(election_id, level)
    plan = Plan(
        township_id=town,
        congress_id=congress.id,
        name="方案",
        status=PlanStatus.ADOPTED,
        adopted_at=AT,
        adopted_by="1001",
    )
    rows: list[object] = [plan]
    seed(office, rows)
    for number, (seats, registered, names) in districts.items():
        district = District(
            township_id=town, plan_id=plan.id, number=number, seats=seats, registered=registered
        )
        unit = Unit(
            township_id=town,
            election_id=election_id,
            code=f"{level.value}{number}",
            name=f"村{number}",
            hukou_population=registered + 200,
        )
        people = [
            Somebody(township_id=town, election_id=election_id, name=name, sex=Sex.FEMALE)
            for name in names
        ]
        seed(office, [district, unit, *people])
        standing = [
            Candidacy(
                township_id=town,
                district_id=district.id,
                person_id=person.id,
                status=CandidacyStatus.FORMAL,
            )
            for person in people
        ]
        link = Assignment(
            township_id=town, plan_id=plan.id, district_id=district.id, unit_id=unit.id
        )
        seed(office, [*standing, link])


def _places(office: Office, election_id: int) -> None:
    """A station and a mobile box per town district; all of them serve the county district."""
    town = office.township_id
    districts = {d.code: d for d in db.session.query(District).all()}
    for number in TOWN:
        for letter, kind in (("S", PlaceKind.STATION), ("M", PlaceKind.MOBILE_BOX)):
            place = PollingPlace(
                township_id=town,
                election_id=election_id,
                code=f"{letter}0{number}",
                kind=kind,
                name=f"村{number}{'投票站' if letter == 'S' else '流动票箱'}",
            )
            place.districts = [
                PlaceDistrict(township_id=town, congress_id=d.plan.congress_id, district_id=d.id)
                for d in (districts[f"town-{number}"], districts["county-1"])
            ]
            seed(office, [place])


def code_of(district: str, name: str) -> str:
    """The public id of somebody standing in a district."""
    people = db.session.query(Candidacy).all()
    return next(c.code for c in people if c.district.code == district and c.person.name == name)


def sheet_of(round_code: str, place: str) -> int:
    """The id of a count sheet."""
    found = db.session.query(CountSheet).all()
    return next(s.id for s in found if s.round.code == round_code and s.place.code == place)


def figures(
    one: Round,
    *,
    issued: int,
    returned: int,
    void: int = 0,
    blank: int = 0,
    votes: Mapping[str, int],
    written: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """A sheet that balances: whoever is not for or abstaining on a blank paper is against."""
    valid = returned - void
    sheet = head_figures(issued=issued, returned=returned, void=void, blank=blank)
    for row in one.candidates:
        mine = votes.get(row.candidacy.person.name, 0)
        sheet[f"for:{row.candidacy.code}"] = mine
        sheet[f"against:{row.candidacy.code}"] = valid - mine - blank
        sheet[f"abstain:{row.candidacy.code}"] = blank
    return sheet | {f"writein:{name}": n for name, n in (written or {}).items()}


def count(
    office: Office,
    round_code: str,
    place: str,
    *,
    proxy: int = 0,
    stage: str = "signed",
    **paper: object,
) -> None:
    """Account, two entries by two tellers, a scrutineer's signature; or stop at entry1, entry2."""
    key = sheet_of(round_code, place)
    one = db.session.get_one(CountSheet, key).round
    sheet_figures = figures(one, **paper)  # type: ignore[arg-type]
    issued = sheet_figures["issued"]
    with transaction() as session:
        account = PaperAccount(checked_in=issued - proxy, proxy=proxy)
        keep_accounts(
            Act(session, office.actor(Role.STATION_OFFICER), AT), {locked(session, key): account}
        )
    for which in range({"entry1": 1}.get(stage, 2)):
        with transaction() as session:
            enter(
                Act(session, office.actor(Role.TELLER, which), AT),
                locked(session, key),
                sheet_figures,
                confirmed=True,
            )
    if stage == "signed":
        _sign(office, key)


def _sign(office: Office, key: int) -> None:
    from election.queries.counting import open_findings  # noqa: PLC0415
    from election.rules.counting.entry import finding_key  # noqa: PLC0415

    with transaction() as session:
        sheet = locked(session, key)
        answers = {finding_key(one): "已核对，情况属实" for one, _ in open_findings(sheet)}
        sign(
            Act(session, office.actor(Role.SCRUTINEER), AT),
            sheet,
            digest=str(sheet.digest),
            answers=answers,
        )


def certify(office: Office, round_code: str, *, decision: str = "选委会决定") -> None:
    """The committee certifies a round as its sheets stand."""
    with transaction() as session:
        one = result_acts.hold(session, _round(round_code))
        seen = count_round(session, one)
        said = {
            line.id: Statement(identity="选民名册核对")
            for line in seen.candidates()
            if line.written_in
        }
        result_acts.certify(
            Act(session, office.actor(Role.DIRECTOR), AT),
            one,
            digest=seen.digest,
            decision=decision,
            statements=said,
        )


def open_next(office: Office, round_code: str, chosen: Sequence[str] = ()) -> None:
    """Open the round that a certified one asks for, a week later."""
    with transaction() as session:
        one = result_acts.hold(session, _round(round_code))
        day: date = ELECTION_DAY + timedelta(days=7)
        result_acts.open_next(
            Act(session, office.actor(Role.DIRECTOR), AT),
            one,
            polling_day=day,
            chosen=chosen,
            decision="选委会决定",
        )


def _round(code: str) -> int:
    return next(one.id for one in db.session.query(Round).all() if one.code == code)


def count_town_1(office: Office) -> None:
    """Two elected; blank, void and proxy papers at the station."""
    count(
        office,
        "town-1-r1",
        "S01",
        proxy=10,
        issued=700,
        returned=698,
        void=8,
        blank=5,
        votes={"王芳": 500, "买买提·艾力": 420, "李𠮷": 200, "赵敏": 50},
    )
    count(
        office,
        "town-1-r1",
        "M01",
        issued=100,
        returned=100,
        votes={"王芳": 70, "买买提·艾力": 60, "李𠮷": 30},
        written={"钱多多": 3},
    )


def count_town_2(office: Office) -> None:
    """林静 and 周勇 level at the second seat; the repeat vote elects 周勇."""
    count(
        office,
        "town-2-r1",
        "S02",
        issued=600,
        returned=600,
        votes={"陈刚": 500, "林静": 320, "周勇": 320},
    )
    count(
        office,
        "town-2-r1",
        "M02",
        issued=20,
        returned=20,
        votes={"陈刚": 15, "林静": 10, "周勇": 10},
    )
    certify(office, "town-2-r1")
    open_next(office, "town-2-r1")
    count(office, "town-2-r2", "S02", issued=500, returned=500, votes={"林静": 240, "周勇": 255})
    count(office, "town-2-r2", "M02", issued=10, returned=10, votes={"林静": 5, "周勇": 5})
    certify(office, "town-2-r2")


def count_town_3(office: Office) -> None:
    """郑和 was on no list and has the majority."""
    count(
        office,
        "town-3-r1",
        "S03",
        issued=400,
        returned=399,
        void=1,
        votes={"吴磊": 80, "徐丽": 60},
        written={"郑和": 240},
    )
    count(
        office, "town-3-r1", "M03", issued=50, returned=50, votes={"吴磊": 10}, written={"郑和": 30}
    )
    certify(office, "town-3-r1")


def count_town_4(office: Office) -> None:
    """孙强 alone passes; in the further election nobody reaches a third: one seat stays vacant."""
    count(
        office,
        "town-4-r1",
        "S04",
        issued=500,
        returned=500,
        votes={"孙强": 400, "胡军": 200, "朱琳": 150},
    )
    count(
        office, "town-4-r1", "M04", issued=40, returned=40, votes={"孙强": 30, "胡军": 5, "朱琳": 5}
    )
    certify(office, "town-4-r1")
    open_next(office, "town-4-r1", [code_of("town-4", "胡军"), code_of("town-4", "朱琳")])
    count(
        office,
        "town-4-r2",
        "S04",
        issued=400,
        returned=400,
        blank=150,
        votes={"胡军": 130, "朱琳": 110},
    )
    count(office, "town-4-r2", "M04", issued=20, returned=20, votes={"胡军": 5, "朱琳": 5})
    certify(office, "town-4-r2")


def count_town_5(office: Office) -> None:
    """Exactly half took part: void; the rerun elects 高峰. A box has more papers than went out."""
    count(office, "town-5-r1", "S05", issued=240, returned=240, votes={"高峰": 150, "郭平": 80})
    count(office, "town-5-r1", "M05", issued=10, returned=10, votes={"高峰": 5})
    certify(office, "town-5-r1")
    open_next(office, "town-5-r1")
    count(office, "town-5-r2", "S05", issued=300, returned=298, votes={"高峰": 200, "郭平": 90})
    count(office, "town-5-r2", "M05", issued=10, returned=11, votes={"高峰": 9})
    certify(office, "town-5-r2")


def count_county(office: Office) -> None:
    """何洁 is elected to the county congress."""
    for number in TOWN:
        count(
            office,
            "county-1-r1",
            f"S0{number}",
            issued=500,
            returned=500,
            votes={"何洁": 300, "罗斌": 150},
        )
        count(office, "county-1-r1", f"M0{number}", issued=20, returned=20, votes={"何洁": 15})
    certify(office, "county-1-r1")


def a_counted_town(office: Office) -> int:
    """Everything counted and certified, both congresses; nothing published."""
    election_id = a_town(office)
    count_town_1(office)
    certify(office, "town-1-r1")
    count_town_2(office)
    count_town_3(office)
    count_town_4(office)
    count_town_5(office)
    count_county(office)
    return election_id


def congress_id(election_id: int, level: Level) -> int:
    """The id of a congress."""
    found: Congress = congress_of(election_id, level)
    return found.id
