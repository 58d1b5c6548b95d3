"""A number is given once in an installation, whatever becomes of its row."""

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask

from election.actions.act import Act
from election.database import db, transaction
from election.migrations import configuration, upgrade
from election.models import Counter, Unit
from election.queries.audit import verify
from election.rules.access import Role
from tests.builders import AT, Office, an_election, found_office, seed


def units(office: Office, election_id: int, *codes: str) -> list[int]:
    """Store units in this order; their numbers."""
    rows = [
        Unit(township_id=office.township_id, election_id=election_id, code=code, name="东村")
        for code in codes
    ]
    seed(office, rows)
    return [row.id for row in rows]


def remove(office: Office, number: int) -> None:
    with transaction() as session:
        session.delete(session.get_one(Unit, number))
        by = office.actor(Role.DIRECTOR)
        Act(session, by, AT).record(under=None, what="test.remove", subject="-", data={})


def test_numbers_follow_each_other_in_the_order_of_storing(any_office: Office) -> None:
    election_id = an_election(any_office)
    assert units(any_office, election_id, "B", "A", "C") == [1, 2, 3]
    assert units(any_office, election_id, "0") == [4]


def test_towns_of_one_installation_share_the_numbers(any_office: Office) -> None:
    other = found_office("330225104", "石浦镇")
    here, there = an_election(any_office), an_election(other)
    assert units(any_office, here, "A") + units(other, there, "A") == [1, 2]
    assert units(any_office, here, "B") + units(other, there, "B") == [3, 4]


def test_the_number_of_a_removed_row_is_not_given_again(any_office: Office) -> None:
    election_id = an_election(any_office)
    first, last = units(any_office, election_id, "A", "B")
    remove(any_office, last)
    assert units(any_office, election_id, "C") == [last + 1]
    remove(any_office, first)
    assert verify(db.session()) == []


def test_a_row_stored_again_after_a_rollback_takes_nobodys_number(office: Office) -> None:
    election_id = an_election(office)
    held = Unit(township_id=office.township_id, election_id=election_id, code="A", name="东村")
    with pytest.raises(ValueError), transaction() as session:
        session.add(held)
        session.flush()
        raise ValueError
    (taken,) = units(office, election_id, "B")
    again = Unit(
        id=held.id, township_id=office.township_id, election_id=election_id, code="A", name="东村"
    )
    seed(office, [again])
    assert again.id != taken
    assert units(office, election_id, "C") == [again.id + 1]


def test_a_number_only_the_chain_still_names_does_not_come_back_by_migrating(
    any_office: Office,
) -> None:
    election_id = an_election(any_office)
    _first, last = units(any_office, election_id, "A", "B")
    remove(any_office, last)
    db.session.remove()
    command.downgrade(configuration(), "0004")
    upgrade()
    assert units(any_office, election_id, "C") == [last + 1]
    assert verify(db.session()) == []


@pytest.mark.postgresql
@pytest.mark.slow
def test_migrating_raises_a_sequence_that_lags_behind_its_table(pg: Flask) -> None:
    office = found_office()
    election_id = an_election(office)
    last = units(office, election_id, "A", "B")[-1]
    db.session.remove()
    command.downgrade(configuration(), "0004")
    with db.engine.begin() as connection:  # as after rows were copied in from elsewhere
        connection.execute(sa.text("SELECT setval('unit_id_seq', 1)"))
    upgrade()
    assert units(office, election_id, "C") == [last + 1]


def test_what_was_not_stored_leaves_no_gap(app: Flask, office: Office) -> None:
    """SQLite alone: a sequence of PostgreSQL waits for nobody, and may leave one."""
    election_id = an_election(office)
    units(office, election_id, "A")
    with pytest.raises(sa.exc.IntegrityError):
        units(office, election_id, "B", "A")
    counted = sa.select(Counter.last).where(Counter.name == "unit")
    assert db.session.scalar(counted) == 1
    assert units(office, election_id, "B") == [2]
