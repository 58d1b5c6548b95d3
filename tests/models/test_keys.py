"""Keys lead with the township: no link leaves it, no session that stays in it looks further."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from election.database import db, transaction
from election.models import Congress, Election, Official, Plan, Ticket, Township
from election.rules.access import Role
from election.rules.terms import Level
from election.tenant import EVERYWHERE, StrayWrite, Tenant, stay_in
from tests.builders import AT, Office, an_election, congress_of, found_office, seed

# asked before the township is known: by whoever signs in, the worker, a reader of results
_AT_LARGE = {"uq_official_username", "uq_ticket_token", "ix_job_state", "ix_congress_number"}
TOWN_TABLES = [
    mapper.local_table for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Tenant)
]


@pytest.mark.parametrize("table", TOWN_TABLES, ids=str)
def test_every_key_of_a_town_table_leads_with_the_township(table: sa.Table) -> None:
    assert list(table.primary_key.columns.keys()) == ["township_id", "id"]
    keys = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)] + [*table.indexes]
    leading = {key.name: next(iter(key.columns)).name for key in keys}
    assert {name for name, first in leading.items() if first != "township_id"} <= _AT_LARGE


@pytest.mark.parametrize("table", TOWN_TABLES, ids=str)
def test_a_foreign_key_stays_in_the_township_and_has_an_index(table: sa.Table) -> None:
    keys = [table.primary_key, *table.indexes]
    keys += [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    for reference in table.foreign_key_constraints:
        columns = reference.column_keys
        assert columns[0] == "township_id"
        if reference.referred_table.name != "township":
            assert [e.column.name for e in reference.elements] == ["township_id", "id"]
        assert any(list(key.columns.keys())[: len(columns)] == columns for key in keys), columns


def a_plan(township_id: int, congress_id: int, name: str = "方案") -> Plan:
    return Plan(township_id=township_id, congress_id=congress_id, name=name)


@pytest.fixture
def towns(any_office: Office) -> tuple[Office, Office]:
    """Two towns of one installation, each with an election and a plan for the town's congress."""
    offices = any_office, found_office("330225104", "石浦镇")
    for office in offices:
        congress = congress_of(an_election(office), Level.TOWN)
        seed(office, [a_plan(office.township_id, congress.id)])
    return offices


def of_town(model: type, office: Office) -> int:
    """The number of a town's first row."""
    mine = sa.select(model.id).where(model.township_id == office.township_id)
    return db.session.scalars(mine.order_by(model.id)).first()


def test_the_database_refuses_a_link_to_another_town(towns: tuple[Office, Office]) -> None:
    here, there = towns
    with pytest.raises(IntegrityError):
        seed(here, [a_plan(here.township_id, of_town(Congress, there), "别镇")])
    seed(here, [a_plan(here.township_id, of_town(Congress, here), "本镇")])


def test_a_number_means_the_row_of_the_sessions_town(towns: tuple[Office, Office]) -> None:
    here, there = towns
    mine, foreign = of_town(Plan, here), of_town(Plan, there)
    assert mine != foreign
    session = db.session()
    assert session.get_one(Plan, foreign).township_id == there.township_id
    assert session.get(Plan, 1000) is None
    stay_in(session, here.township_id)
    assert session.get_one(Plan, mine).township_id == here.township_id
    assert session.get(Plan, foreign) is None
    stay_in(session, None)
    assert session.get_one(Plan, foreign).township_id == there.township_id


def test_no_query_of_a_session_that_stays_sees_the_neighbour(towns: tuple[Office, Office]) -> None:
    here, there = towns
    session, number = db.session(), of_town(Plan, there)
    stay_in(session, here.township_id)
    assert {plan.township_id for plan in session.scalars(sa.select(Plan))} == {here.township_id}
    joined = sa.select(Plan.id).join(Congress, Plan.congress_id == Congress.id)
    assert session.scalars(joined.where(Plan.id == number)).all() == []
    linked = sa.select(Election.id).where(Election.id == Congress.election_id, Plan.id == number)
    assert session.scalars(linked.where(Plan.congress_id == Congress.id)).all() == []
    everybody = sa.select(sa.func.count(Official.id))
    counted = session.scalar(everybody), session.scalar(everybody, execution_options=EVERYWHERE)
    assert counted == (12, 24)
    assert len(session.scalars(sa.select(Township)).all()) == 2


def test_no_update_of_a_session_that_stays_reaches_the_neighbour(
    towns: tuple[Office, Office],
) -> None:
    here, there = towns
    for office in towns:
        with transaction() as session:
            session.add(a_ticket(office))
    with transaction() as session:
        stay_in(session, here.township_id)
        session.execute(sa.update(Ticket).values(ended_at=AT))
    ended = sa.select(Ticket.township_id).where(Ticket.ended_at.is_not(None))
    stay_in(db.session(), None)
    assert db.session.scalars(ended).all() == [here.township_id]
    with transaction() as session:
        stay_in(session, there.township_id)
        session.execute(sa.delete(Ticket))
    stay_in(db.session(), None)
    assert db.session.scalars(sa.select(Ticket.township_id)).all() == [here.township_id]


def test_no_row_of_the_neighbour_is_written_by_a_session_that_stays(
    towns: tuple[Office, Office],
) -> None:
    here, there = towns
    number = of_town(Plan, there)
    with pytest.raises(StrayWrite), transaction() as session:
        stay_in(session, here.township_id)
        session.add(a_ticket(there))
    with pytest.raises(StrayWrite), transaction() as session:
        stay_in(session, None)
        plan = session.get_one(Plan, number)
        stay_in(session, here.township_id)
        plan.name = "别镇"
    with pytest.raises(StrayWrite), transaction() as session:
        stay_in(session, None)
        plan = session.get_one(Plan, number)
        stay_in(session, here.township_id)
        session.delete(plan)
    stay_in(db.session(), None)
    assert db.session.get_one(Plan, number).name == "方案"
    assert db.session.scalars(sa.select(Ticket)).all() == []


def a_ticket(office: Office) -> Ticket:
    return Ticket(
        township_id=office.township_id,
        official_id=office.of(Role.TELLER).id,
        token_hash=f"{office.township_id:064}",
        created_at=AT,
        seen_at=AT,
    )


def test_what_a_row_refers_to_comes_from_the_session_without_a_statement(
    towns: tuple[Office, Office],
) -> None:
    session = db.session()
    plans = session.scalars(sa.select(Plan).options(sa.orm.lazyload(Plan.congress))).all()
    congresses = session.scalars(sa.select(Congress)).all()
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    assert {plan.congress for plan in plans} <= set(congresses)
    assert statements == []


def test_a_row_added_to_its_parent_takes_the_number_and_leaves_the_town_alone(
    towns: tuple[Office, Office],
) -> None:
    here, there = towns
    with pytest.raises(IntegrityError), transaction() as session:
        congress = session.get_one(Congress, of_town(Congress, there))
        session.add(Plan(township_id=here.township_id, congress=congress, name="别镇"))
