"""Publishing is an act of its own: who may, when, what is recorded, and that all or nothing is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.actions import audit
from election.actions.act import Act
from election.actions.publication import publishing as acts
from election.database import db, transaction
from election.exchange.publication.publishing import draft, publish
from election.models import AuditEntry, Congress, Election, PollingPlace, Publication
from election.queries.audit import verify as audit_verify
from election.queries.publication import freeze
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.rules.terms import RuleViolation
from tests.builders import AT, Office
from tests.exchange.publication.published_town import (
    COUNTY,
    PUBLISHED_AT,
    TOWN,
    app_on,
    counted_town,
    publish_both,
    publish_these,
)


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    yield from app_on(counted_town(founded, tmp_path_factory), tmp_path)


def _congress(key: int = TOWN) -> Congress:
    return db.session().get_one(Congress, key)


def _stored(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Publication)) or 0


def _acts() -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.what.startswith("publication."))
    return list(db.session.scalars(query.order_by(AuditEntry.seq)))


def test_the_publisher_publishes_version_1(app: Flask, office: Office) -> None:
    publish_these(office, (TOWN,))
    row = db.session.scalars(select(Publication)).one()
    freeze_act, publish_act = _acts()
    assert (row.version, row.reason, row.audit_head) == (1, "", freeze_act.hash)
    assert (freeze_act.what, publish_act.what) == ("publication.freeze", "publication.publish")
    assert publish_act.subject == "1/town/v1"
    told = {key: publish_act.data[key] for key in ("congress", "version", "digest", "audit_head")}
    assert told == {
        "congress": "1/town",
        "version": 1,
        "digest": row.digest,
        "audit_head": row.audit_head,
    }
    assert publish_act.who == office.actor(Role.PUBLISHER).number
    assert audit_verify(db.session()) == []


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR, Role.SCRUTINEER, Role.AUDITOR])
def test_nobody_else_may(app: Flask, office: Office, role: Role) -> None:
    one = draft(db.session(), _congress(), reason="", at=PUBLISHED_AT)
    with pytest.raises(RuleViolation, match=r"R\.901"), transaction() as session:
        publish(Act(session, office.actor(role), PUBLISHED_AT), [one])
    assert _stored(db.session()) == 0


def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_stays(
    app: Flask, office: Office
) -> None:
    publish_these(office, (TOWN,))
    later = PUBLISHED_AT + timedelta(days=1)
    with pytest.raises(RuleViolation, match=r"R\.713"):
        publish_these(office, (TOWN,), reason="  ", at=later)
    publish_these(office, (TOWN,), reason="更正第2选区", at=later)
    rows = db.session.scalars(select(Publication).order_by(Publication.version)).all()
    assert [(row.version, row.reason) for row in rows] == [(1, ""), (2, "更正第2选区")]
    assert rows[0].package != rows[1].package
    assert audit_verify(db.session()) == []


def test_records_that_change_after_the_drawing_stop_the_publication(
    app: Flask, office: Office
) -> None:
    one = draft(db.session(), _congress(), reason="", at=PUBLISHED_AT)
    with transaction() as session:
        place = session.scalars(select(PollingPlace).where(PollingPlace.code == "S01")).one()
        place.name = "改名后的投票站"
        _record(session, office)
    with pytest.raises(RuleViolation, match=r"R\.712"), transaction() as session:
        publish(Act(session, office.actor(Role.PUBLISHER), PUBLISHED_AT), [one])
    assert (_stored(db.session()), _acts()) == (0, [])


def test_a_package_is_stored_only_behind_the_record_that_commits_to_it(
    app: Flask, office: Office
) -> None:
    by = office.actor(Role.PUBLISHER)
    frozen = freeze(db.session(), _congress())
    with pytest.raises(RuleViolation, match=r"R\.712"), transaction() as session:
        congress = session.get_one(Congress, TOWN)
        head = acts.commit_to(
            Act(session, by, PUBLISHED_AT), congress, frozen, files={"a": "b"}, reason=""
        )
        _record(session, office)
        audit.seal(session)  # another act slips in between
        acts.publish(
            Act(session, by, PUBLISHED_AT), congress, package=b"zip", audit_head=head, reason=""
        )
    assert (_stored(db.session()), _acts()) == (0, [])


def test_a_package_its_own_verifier_refuses_is_not_published(app: Flask, office: Office) -> None:
    """A figure of an entry changed behind the chain's back shows before anything is public."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(
            db.text(
                "UPDATE entry SET figures = json_set(figures, '$.blank', 7)"
                " WHERE sheet_id = (SELECT min(id) FROM count_sheet) AND slot = 1"
            )
        )
    with pytest.raises(RuleViolation, match=r"R\.714"):
        publish_both(office)
    assert (_stored(db.session()), _acts()) == (0, [])


def test_both_congresses_or_none(app: Flask, office: Office) -> None:
    session = db.session()
    drafts = [draft(session, _congress(key), reason="", at=PUBLISHED_AT) for key in (TOWN, COUNTY)]
    publish_these(office, (COUNTY,))
    with pytest.raises(RuleViolation, match=r"R\.712"), transaction() as session:
        publish(Act(session, office.actor(Role.PUBLISHER), PUBLISHED_AT), drafts)
    assert [row.congress_id for row in db.session.scalars(select(Publication))] == [COUNTY]


def test_nothing_is_published_before_the_count(app: Flask, office: Office) -> None:
    one = draft(db.session(), _congress(), reason="", at=PUBLISHED_AT)
    with transaction() as session:
        session.get_one(Election, 1).phase = Phase.POLLING
        _record(session, office)
    with pytest.raises(RuleViolation, match=r"R\.151"), transaction() as session:
        publish(Act(session, office.actor(Role.PUBLISHER), PUBLISHED_AT), [one])
    assert _stored(db.session()) == 0


def _record(session: Session, office: Office) -> None:
    Act(session, office.actor(Role.DIRECTOR), AT).record(
        under=None, what="test.seed", subject="-", data={}
    )
