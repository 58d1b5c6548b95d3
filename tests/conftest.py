"""Shared by all tests: hypothesis profiles, an application on a fresh database, a strict client."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings

from election.actions import passwords
from election.migrations import upgrade
from election.settings import Settings
from election.web import create_app
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.postgres import Server, Unavailable

# the same algorithm with the least cost: a thousand sign-ins must not take minutes
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("night", max_examples=20_000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def make_app(data: Path, url: str | None = None) -> Flask:
    """An application over a data folder; its database is not migrated yet."""
    address = url or f"sqlite:///{data / 'xuanban.sqlite3'}"
    app = create_app(Settings(data=data, database_url=address, host="127.0.0.1", port=0))
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False  # tests/web/test_security.py turns it on again
    return app


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Office]:
    """A migrated database with a town and one official per role, made once and copied."""
    data = tmp_path_factory.mktemp("founded")
    app = make_app(data)
    with app.app_context():
        upgrade()
        office = found_office()
        _close(app)
    return data, office


@pytest.fixture
def app(founded: tuple[Path, Office], tmp_path: Path) -> Iterator[Flask]:
    """An application on its own copy of the founded office, inside its context."""
    data = tmp_path / "data"
    shutil.copytree(founded[0], data)
    app = make_app(data)
    with app.app_context():
        yield app
        _close(app)


@pytest.fixture
def office(founded: tuple[Path, Office], app: Flask) -> Office:
    """Town, officials by role and their passwords."""
    return founded[1]


@pytest.fixture
def client(app: Flask, office: Office) -> StrictClient:
    """A browser that checks every page it is given; `client.sign_in(Role.DIRECTOR)`."""
    return StrictClient(app, office)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A throw-away PostgreSQL; skipped aloud where none can be started."""
    try:
        running = Server()
    except Unavailable as reason:
        pytest.skip(f"PostgreSQL is not available: {reason}")
    yield running
    running.stop()


@pytest.fixture
def pg(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a fresh PostgreSQL database, migrated, without an office."""
    app = make_app(tmp_path, server.create(request.node.name))
    with app.app_context():
        upgrade()
        yield app
        _close(app)


def _close(app: Flask) -> None:
    from election.database import db  # noqa: PLC0415

    db.session.remove()
    db.engine.dispose()


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is under the attack of another one; no place stays taken after a wrong password."""
    passwords._wrong.clear()
    monkeypatch.setattr(passwords, "_PAUSE", 0)
