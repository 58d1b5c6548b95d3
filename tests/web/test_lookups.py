"""No statement of a page scans a table of towns: each look-up in one begins with the township."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from election.database import db
from election.rules.access import Role
from election.tenant import Tenant
from tests.builders import Office
from tests.client import StrictClient
from tests.exchange.publication.published_town import TOWN, app_on, published_town

PAGES = (
    "/elections",
    "/elections/1",
    "/elections/1/calendar",
    "/elections/1/units",
    "/elections/1/districts",
    "/congresses/2/districts",
    "/congresses/2/compare",
    "/congresses/2/seats",
    "/plans/1",
    "/plans/1/map",
    "/plans/1/seats",
    "/elections/1/candidates",
    "/districts/1/candidates",
    "/candidacies/1",
    "/elections/1/polling",
    "/elections/1/counting",
    "/sheets/1",
    "/elections/1/results",
    "/rounds/1/result",
    "/elections/1/publication",
    "/audit",
)
TOWN_TABLES = {
    mapper.local_table.name
    for mapper in db.Model.registry.mappers
    if issubclass(mapper.class_, Tenant)
}
# asked before the township is known: by the token of a login, by the address of a result
AT_LARGE = {("ticket", "token_hash=?"), ("congress", "id=?")}
Statements = list[tuple[str, Any]]


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    yield from app_on(published_town(founded, tmp_path_factory), tmp_path)


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    """Every SELECT that is sent while the test runs, with its values."""
    sent: Statements = []

    def note(_connection: object, _cursor: object, text: str, values: Any, *_more: object) -> None:
        if text.startswith("SELECT"):
            sent.append((text, values))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)


def strays(statements: Statements) -> set[tuple[str, str]]:
    """(table, how SQLite finds its rows) wherever that does not begin with the township."""
    return {
        (table, how)
        for text, values in statements
        for table, how in _steps(text, values)
        if table in TOWN_TABLES and not how.startswith("township_id=?")
    } - AT_LARGE


def _steps(text: str, values: Any) -> Iterator[tuple[str, str]]:
    with db.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
    for *_ids, step in plan:
        step_on = re.match(r"(?:SCAN|SEARCH) (\w+)(?:.* \(([^)]*)\))?", step)
        if step_on:
            yield re.sub(r"_\d+$", "", step_on[1]), step_on[2] or step


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_office_looks_up_by_township(
    client: StrictClient, statements: Statements, page: str
) -> None:
    client.sign_in(Role.DIRECTOR)
    statements.clear()
    client.get(page)
    assert len(statements) > 2
    assert strays(statements) == set()


def test_a_published_page_looks_up_by_the_township_of_its_congress(
    client: StrictClient, statements: Statements
) -> None:
    client.get(f"/results/{TOWN}")
    assert statements
    assert strays(statements) == set()


def test_a_scan_would_be_noticed(statements: Statements) -> None:
    db.session.execute(sa.text("SELECT id FROM unit WHERE name = 'x'"))
    db.session.execute(sa.text("SELECT a.name FROM unit AS a, plan WHERE plan.id = a.election_id"))
    assert {table for table, _how in strays(statements)} >= {"unit", "plan"}
