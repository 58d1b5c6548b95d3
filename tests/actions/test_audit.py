"""The chain: nothing without a record, nothing changed behind its back."""

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from election.actions.act import Act
from election.actions.audit import Unrecorded
from election.database import db, transaction
from election.models import AuditEntry, District, Official, Plan, Township
from election.queries.audit import audited_models, entries, head, public_record, verify
from election.rules.access import Permission, Role
from election.rules.canonical import ZEROS, anchor, sha256
from election.rules.terms import Level, RuleViolation
from tests.actions.districts_town import DistrictTown
from tests.builders import AT, Office, an_election, congress_of, seed


def test_a_change_without_a_record_is_refused_and_not_stored(office: Office) -> None:
    with pytest.raises(Unrecorded, match="township 1"), transaction() as session:
        session.get_one(Township, 1).name = "别名镇"
    assert db.session.get_one(Township, 1).name == "鹤浦镇"


def test_a_row_removed_as_an_orphan_is_in_the_chain(office: Office) -> None:
    key = an_election(office)
    town = congress_of(key, Level.TOWN)
    plan = Plan(township_id=1, congress_id=town.id, name="方案一")
    plan.districts = [District(township_id=1, number=1, seats=2)]
    seed(office, [plan])
    kept = plan.id
    with transaction() as session:
        session.get_one(Plan, kept).districts.clear()
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=Permission.EDIT_DISTRICTS, what="x", subject="x", data={}
        )
    assert verify(db.session()) == []


def test_when_the_record_cannot_be_written_the_change_vanishes(office: Office) -> None:
    def act() -> None:
        with transaction() as session:
            session.get_one(Township, 1).name = "别名镇"
            Act(session, office.actor(Role.TELLER), AT).record(
                under=Permission.SET_UP, what="x", subject="x", data={}
            )

    with pytest.raises(RuleViolation, match=r"R\.901"):
        act()
    assert db.session.get_one(Township, 1).name == "鹤浦镇"


@pytest.mark.parametrize("what", ["result.certify", "count.reopen", "publication.publish"])
def test_no_identity_number_enters_data_that_is_published(office: Office, what: str) -> None:
    """T42: how a write-in was identified, why a sheet was reopened, stand in the result package."""
    before = head(db.session(), 1)
    data = {"persons": [{"identity": "身份证号１１０１０５19491231002x核对"}]}
    with pytest.raises(RuleViolation, match=r"E\.497"), transaction() as session:
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=Permission.CERTIFY, what=what, subject="x", data=data
        )
    assert head(db.session(), 1) == before


def test_a_digest_is_no_identity_number_though_it_holds_one(office: Office) -> None:
    digest = "a110105194912310003" + "b" * 45
    with transaction() as session:
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=Permission.CERTIFY, what="result.certify", subject="x", data={"head": digest}
        )
    assert verify(db.session()) == []


def test_a_value_json_cannot_tell_stops_the_act(office: Office) -> None:
    before = head(db.session(), 1)
    with pytest.raises(ValueError, match="not JSON compliant"), transaction() as session:
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=Permission.SET_UP, what="x", subject="x", data={"share": float("nan")}
        )
    db.session.rollback()
    assert head(db.session(), 1) == before


def test_a_stranger_recomputes_the_chain_from_the_public_records(office: Office) -> None:
    an_election(office)
    prev = ZEROS
    for number, entry in enumerate(entries(db.session(), 1), start=1):
        record = public_record(entry)
        assert record["seq"] == number
        assert record["prev"] == prev
        assert record["digest"] == sha256(entry.data)
        prev = sha256(record)
        assert entry.hash == prev
    assert head(db.session(), 1) == (number, prev)


def test_the_data_of_every_record_holds_a_salt_of_its_own(office: Office) -> None:
    """Nobody finds a withheld record by hashing what it might say."""
    an_election(office)
    salts = [entry.data["salt"] for entry in entries(db.session(), 1)]
    assert len(salts) > 10
    assert len(set(salts)) == len(salts)
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in salts)


def test_an_act_cannot_choose_its_salt(office: Office) -> None:
    with transaction() as session:
        Act(session, office.actor(Role.DIRECTOR), AT).record(
            under=None, what="x", subject="x", data={"salt": "0" * 32}
        )
    assert last_entry().data["salt"] != "0" * 32


def test_a_record_without_salt_after_salted_ones_is_found(office: Office) -> None:
    """Even with every digest and hash computed anew."""
    an_election(office)
    entry = last_entry()
    data = {name: value for name, value in entry.data.items() if name != "salt"}
    entry.data, entry.digest = data, sha256(data)
    changed = sha256(public_record(entry))
    seq, digest = entry.seq, entry.digest
    _run(
        f"UPDATE audit_entry SET data = '{json.dumps(data)}', digest = '{digest}',"
        f" hash = '{changed}' WHERE seq = {seq}"
    )
    assert f"audit_entry township 1 seq {seq}" in [b.where for b in verify(db.session())]


def last_entry() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()  # type: ignore[return-value]


def test_the_head_on_paper_must_stand_in_the_chain(office: Office) -> None:
    _seq, digest = head(db.session(), 1)
    assert verify(db.session(), expected_head=anchor(digest)) == []
    assert verify(db.session(), expected_head=digest) == []
    assert [b.where for b in verify(db.session(), expected_head="0" * 64)] == ["head"]
    assert [b.where for b in verify(db.session(), expected_head=digest[:8])] == ["head"]


def _cells() -> Iterator[tuple[str, str]]:
    for model in audited_models():
        for column in model.__table__.columns:
            yield str(model.__tablename__), column.name


def test_every_changed_cell_of_a_stored_row_is_found(app: Flask, office: Office) -> None:
    town = DistrictTown(office)
    town.adopt(town.drawn())
    missed = []
    for table, column in _cells():
        key = db.session.execute(text(f"SELECT min(id) FROM {table}")).scalar()
        if key is None:
            continue
        before = db.session.execute(
            text(f"SELECT {column} FROM {table} WHERE id = :id"), {"id": key}
        ).scalar()
        if column == "id":
            continue  # the next test takes whole rows away
        _set(table, column, key, _other(before))
        if not any(b.where == f"{table} {key}" for b in verify(db.session())):
            missed.append((table, column))
        _set(table, column, key, before)
    assert missed == []
    assert verify(db.session()) == []


def _other(value: object) -> object:
    """Another value of the same kind."""
    if value is None:
        return 7
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + 1
    if isinstance(value, str) and value.startswith(("[", "{")):
        return json.dumps([*json.loads(value), "x"] if value[0] == "[" else {"x": 1})
    if isinstance(value, str) and value[:4].isdigit() and "-" in value:
        return "2" + ("1" if value[1] == "0" else "0") + value[2:]
    return f"{value}x"


def _set(table: str, column: str, key: int, value: object) -> None:
    """Edit the file behind the program's back; a value the checks refuse is also no success."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        connection.execute(
            text(f"UPDATE {table} SET {column} = :value WHERE id = :id"),
            {"value": value, "id": key},
        )
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
    db.session.expire_all()


def test_a_deleted_row_and_an_added_row_are_found(office: Office) -> None:
    an_election(office)
    last = db.session.scalars(select(Official).order_by(Official.id.desc())).first()
    assert last is not None
    key = last.id
    _run(f"DELETE FROM official WHERE id = {key}")
    assert f"official {key}" in [b.where for b in verify(db.session())]
    _run("INSERT INTO township (id, code, name, county, is_sample) VALUES (99, 'x', 'x', 'x', 0)")
    assert "township 99" in [b.where for b in verify(db.session())]


def test_a_cut_or_rewritten_chain_is_found(office: Office) -> None:
    an_election(office)
    last, _digest = head(db.session(), 1)
    _run(f"DELETE FROM audit_entry WHERE seq = {last}")
    assert verify(db.session()) != []


def test_a_record_removed_from_the_middle_is_named(office: Office) -> None:
    an_election(office)
    _run("DELETE FROM audit_entry WHERE seq = 3")
    first, *_more = verify(db.session())
    assert first.where == "audit_entry township 1 seq 4"


@pytest.mark.parametrize("column", ["who", "role", "what", "subject", "digest", "prev", "hash"])
def test_every_changed_cell_of_the_chain_is_found(office: Office, column: str) -> None:
    _run(f"UPDATE audit_entry SET {column} = 'x' || {column} WHERE seq = 2")
    assert any("seq 2" in b.where for b in verify(db.session()))


@pytest.mark.parametrize("column", ["data", "rows"])
def test_changed_data_of_the_chain_is_found(office: Office, column: str) -> None:
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 2)).one()
    changed = json.dumps(getattr(row, column) | {"x": 1})
    with db.engine.begin() as connection:
        db.session.rollback()
        connection.execute(
            text(f"UPDATE audit_entry SET {column} = :v WHERE seq = 2"), {"v": changed}
        )
    db.session.expire_all()
    assert any("seq 2" in b.where for b in verify(db.session()))


def _run(statement: str) -> None:
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        connection.execute(text(statement))
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
    db.session.expire_all()
