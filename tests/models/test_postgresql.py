"""The same code on PostgreSQL: migrations, acts, the audit chain, a repeated operation."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.database import db
from election.models import AuditEntry, Official
from election.queries.audit import verify
from election.rules.access import Role
from tests.builders import Office, an_election, found_office
from tests.client import StrictClient

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


def test_an_office_works_and_its_chain_agrees_with_the_tables(pg: Flask) -> None:
    office = found_office()
    an_election(office)
    client = StrictClient(pg, office).sign_in(Role.DIRECTOR)
    client.get("/elections/1")
    client.get("/elections/1/set-up")
    assert verify(db.session()) == []


def test_ten_requests_with_one_operation_id_have_one_effect(pg: Flask) -> None:
    office = found_office()
    data = {"username": "newone", "name": "新人", "roles": ["teller"], "op": "the-same"}
    clients = [StrictClient(pg, office).sign_in(Role.ADMINISTRATOR) for _ in range(4)]
    answers: list[int] = []

    def send(client: StrictClient) -> None:
        for _ in range(5):
            answers.append(client.http.post("/officials", data=data).status_code)

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 20
    db.session.rollback()
    made = select(func.count()).select_from(Official).where(Official.username == "newone")
    assert db.session.scalar(made) == 1
    acts = select(func.count()).select_from(AuditEntry).where(AuditEntry.what == "accounts.add")
    assert db.session.scalar(acts) == len(_everybody(office)) + 1
    assert verify(db.session()) == []


def _everybody(office: Office) -> list[object]:
    return [person for people in office.people.values() for person in people]
