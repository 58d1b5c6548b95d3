"""`audit verify` against somebody who can write the database and knows how the hashes are made."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import event, select, text

from election.database import db, transaction
from election.migrations import configuration, upgrade
from election.models import AuditEntry, Publication
from election.models.types import use_keys
from election.queries.audit import Break, entries, head, public_record, verify
from election.queries.audit.stored import BATCH
from election.rules.canonical import ZEROS, sha256
from tests.actions import small_town
from tests.builders import Office, an_election


def found(breaks: list[Break]) -> list[str]:
    return [problem.where for problem in breaks]


def run(*statements: str) -> None:
    """Edit the database behind the program's back."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("BEGIN")
    db.session.expire_all()


def rewrite(seq: int) -> None:
    """Another data in one record, and every digest, link and hash after it computed anew."""
    db.session.rollback()
    prev, changed = ZEROS, []
    for entry in list(entries(db.session(), 1)):
        record, data = public_record(entry), dict(entry.data)
        if entry.seq == seq:
            data["decision"] = "another one"
        record |= {"digest": sha256(data), "prev": prev}
        prev = sha256(record)
        changed.append((json.dumps(data), record["digest"], record["prev"], prev, entry.seq))
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(
            "UPDATE audit_entry SET data = ?, digest = ?, prev = ?, hash = ? WHERE seq = ?",
            changed,
        )
        connection.exec_driver_sql("BEGIN")
    db.session.expire_all()


def test_a_rewritten_history_with_every_hash_anew_is_found_without_paper(office: Office) -> None:
    """T69: from the changed record on each MAC is that of another hash."""
    an_election(office)
    last, _digest = head(db.session(), 1)
    rewrite(last - 1)
    assert found(verify(db.session())) == [
        f"audit_entry township 1 seq {seq}" for seq in (last - 1, last)
    ]


def test_a_record_without_its_mac_is_found(office: Office) -> None:
    run("UPDATE audit_entry SET mac = '' WHERE seq = 2")
    assert found(verify(db.session())) == ["audit_entry township 1 seq 2"]


def test_macs_of_another_installation_do_not_hold(office: Office) -> None:
    from election.models.types import keyring  # noqa: PLC0415

    encryption, index = keyring.encryption, keyring.index
    use_keys(encryption=encryption, index=bytes(32))
    try:
        assert len(verify(db.session())) >= head(db.session(), 1)[0]
    finally:
        use_keys(encryption=encryption, index=index)
    assert verify(db.session()) == []


def publish(*, seq: int = 0, digest: str = "", head_said: str = "") -> int:
    """A stored package with the chain as it is, one record of it changed at will."""
    lines = [{**public_record(e), "hash": e.hash} for e in entries(db.session(), 1)]
    if seq:
        lines[seq - 1]["hash"] = digest
    audit_head = head_said or str(lines[-1]["hash"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("audit.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    return store(buffer.getvalue(), audit_head)


def store(package: bytes, audit_head: str) -> int:
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(
            Publication.__table__.insert(),  # type: ignore[attr-defined]
            {
                "township_id": 1,
                "id": 1,
                "congress_id": 1,
                "version": 1,
                "published_at": small_town.AT,
                "published_by": "1",
                "reason": "",
                "audit_head": audit_head,
                "digest": sha256("x"),
                "package": package,
            },
        )
    return 1


def about_package(breaks: list[Break]) -> list[str]:
    """Sentences on the package; that its row has no record of its own is another matter."""
    own = "the chain knows no such row"
    return [b.en for b in breaks if b.where == "publication 1" and b.en != own]


def test_a_package_that_is_what_the_chain_says_is_no_finding(office: Office) -> None:
    an_election(office)
    publish()
    assert about_package(verify(db.session())) == []


def test_every_record_of_a_stored_package_stands_in_the_chain(office: Office) -> None:
    an_election(office)
    publish(seq=3, digest="f" * 64)
    assert about_package(verify(db.session())) == [
        "record 3 of the published package is another one in the chain"
    ]


def test_the_head_of_a_stored_package_stands_in_the_chain(office: Office) -> None:
    an_election(office)
    publish(head_said="e" * 64)
    assert about_package(verify(db.session())) == ["the head it was published with is not there"]


@pytest.mark.parametrize("package", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_package_is_a_finding(office: Office, package: bytes) -> None:
    an_election(office)
    store(package, "e" * 64)
    assert about_package(verify(db.session())) == ["the published package cannot be read"]


def test_a_foreign_trigger_is_named(office: Office) -> None:
    run("CREATE TRIGGER silent AFTER UPDATE ON entry BEGIN DELETE FROM entry; END")
    (problem,) = verify(db.session())
    assert (problem.where, "entry" in problem.en) == ("trigger silent", True)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE official SET name = CAST(x'e9b9' AS TEXT) WHERE id = 3", "official 3"),
        (
            "UPDATE audit_entry SET subject = CAST(x'ff' AS TEXT) WHERE seq = 2",
            "audit_entry township 1 seq 2",
        ),
        (
            "UPDATE audit_entry SET data = CAST(x'ff' AS TEXT) WHERE seq = 2",
            "audit_entry township 1 seq 2",
        ),
        ("UPDATE audit_entry SET seq = 'x' WHERE seq = 2", "audit_entry"),
        ("UPDATE audit_entry SET seq = CAST(x'ff' AS TEXT) WHERE seq = 2", "audit_entry"),
        ("UPDATE audit_entry SET mac = x'00ff' WHERE seq = 2", "audit_entry"),
        ("UPDATE official SET id = CAST(x'ff' AS TEXT) WHERE id = 3", "official"),
        ("UPDATE official SET roles = 'teller' WHERE id = 3", "official 3"),
        ("UPDATE township SET code = CAST(x'ff' AS TEXT)", "township 1"),
        ("DROP TABLE entry", "entry"),
    ],
)
def test_what_cannot_be_read_is_a_named_finding(office: Office, statement: str, where: str) -> None:
    run("PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON", statement)
    assert any(name.startswith(where) for name in found(verify(db.session())))


def test_the_chain_is_read_in_batches(office: Office) -> None:
    """One statement for some hundred records, not one a record."""
    seen: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def _note(_c: object, _k: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    verify(db.session())
    event.remove(db.engine, "before_cursor_execute", _note)
    records = head(db.session(), 1)[0]
    assert 10 < records < BATCH
    assert len([one for one in seen if "FROM audit_entry" in one]) == 2


@pytest.fixture
def migrated(any_office: Office) -> Iterator[Office]:
    yield any_office
    db.session.remove()
    upgrade()


def test_records_from_before_get_their_mac_at_the_upgrade(migrated: Office) -> None:
    an_election(migrated)
    before = db.session.execute(text("SELECT seq, hash, mac FROM audit_entry ORDER BY seq")).all()
    db.session.remove()
    command.downgrade(configuration(), "0005")
    with db.engine.connect() as connection:
        columns = connection.execute(text("SELECT * FROM audit_entry")).keys()
    assert "mac" not in columns
    upgrade()
    after = db.session.execute(text("SELECT seq, hash, mac FROM audit_entry ORDER BY seq")).all()
    assert (after, len(after) > 10) == (before, True)
    assert verify(db.session()) == []


def test_the_mac_cannot_be_missing(office: Office) -> None:
    with pytest.raises(Exception, match="NOT NULL"), transaction() as session:
        session.execute(text("UPDATE audit_entry SET mac = NULL"))
    assert db.session.scalars(select(AuditEntry.mac)).first()
