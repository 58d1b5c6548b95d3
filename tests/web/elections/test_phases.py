"""The way from nominations to the count, as the director's page holds it to the law."""

from datetime import date, timedelta

from sqlalchemy import select

from election.actions.act import Act
from election.database import db, transaction
from election.models import AuditEntry, Election, Milestone, PollingPlace
from election.queries.elections.readiness import missing
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.rules.terms import Level
from tests.actions.small_town import Town, build
from tests.builders import AT, ELECTION_DAY, Office, congress_of, seed
from tests.client import StrictClient

DAYS = {"roll_published": 20, "first_list_published": 15, "formal_list_published": 7}


def publish(office: Office, town: Town, **changed: int) -> None:
    """Record the publications of both congresses so many days before election day."""
    seed(
        office,
        [
            Milestone(
                township_id=office.township_id,
                key=key,
                congress_id=congress_of(town.election_id, level).id,
                done_on=ELECTION_DAY - timedelta(days=days),
            )
            for level in Level
            for key, days in (DAYS | changed).items()
        ],
    )


def staff(office: Office, town: Town, staff: int | None, scrutineers: int | None) -> None:
    """Who goes with the mobile box."""
    with transaction() as session:
        box = session.get_one(PollingPlace, town.places["M01"])
        box.staff, box.scrutineers = staff, scrutineers
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=None, what="test.seed", subject="-", data={}
        )


def codes(town: Town, to: Phase, today: date = ELECTION_DAY) -> list[str]:
    election = db.session.get_one(Election, town.election_id)
    return sorted({finding.code.id for finding in missing(db.session(), election, to, today=today)})


def move(client: StrictClient, town: Town, status: int = 303, **form: str) -> Phase:
    db.session.expire_all()
    version = db.session.get_one(Election, town.election_id).version
    client.post(
        f"/elections/{town.election_id}/stage/counting", {"version": version} | form, status=status
    )
    db.session.expire_all()
    return db.session.get_one(Election, town.election_id).phase


def test_neither_polling_nor_counting_opens_without_the_publications_r4_10(
    app: object, office: Office
) -> None:
    town = build(office)
    assert codes(town, Phase.POLLING) == ["E.131"]
    assert codes(town, Phase.COUNTING) == ["E.131"]
    publish(office, town)
    assert codes(town, Phase.POLLING) == []
    assert codes(town, Phase.COUNTING) == []
    assert codes(town, Phase.COUNTING, ELECTION_DAY - timedelta(days=1)) == ["A.134"]


def test_a_late_roll_waits_for_the_committees_decision_r4_10(
    client: StrictClient, office: Office
) -> None:
    town = build(office)
    publish(office, town, roll_published=19)
    client.sign_in(Role.DIRECTOR)
    assert "A.133" in client.get(f"/elections/{town.election_id}").get_data(as_text=True)
    assert move(client, town, status=422, staff_checked="y") is Phase.POLLING
    assert move(client, town, staff_checked="y", reason="镇选委〔2021〕5号") is Phase.COUNTING


def test_counting_opens_once_somebody_confirms_who_presides_r7_3(
    client: StrictClient, office: Office
) -> None:
    town = build(office)
    publish(office, town)
    client.sign_in(Role.DIRECTOR)
    assert move(client, town, status=422) is Phase.POLLING
    assert move(client, town, staff_checked="y") is Phase.COUNTING
    moves = db.session.scalars(
        select(AuditEntry.data).where(AuditEntry.what == "election.stage")
    ).all()
    assert [data["staff_checked"] for data in moves] == [True]


def test_a_mobile_box_with_one_scrutineer_keeps_counting_closed_ex_25(
    client: StrictClient, office: Office
) -> None:
    town = build(office)
    publish(office, town)
    staff(office, town, 2, 1)
    assert codes(town, Phase.COUNTING) == ["E.502"]
    staff(office, town, None, 1)
    assert codes(town, Phase.COUNTING) == ["E.135", "E.502"]
    client.sign_in(Role.DIRECTOR)
    assert move(client, town, status=422, staff_checked="y", reason="决定") is Phase.POLLING
