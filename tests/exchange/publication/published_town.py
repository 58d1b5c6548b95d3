"""The counted town of counted_town.py, made once per run, and its packages.

A test module works on a copy of it by overriding the fixture `app`:

    @pytest.fixture
    def app(founded, tmp_path_factory, tmp_path):
        yield from app_on(published_town(founded, tmp_path_factory), tmp_path)
"""

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from election.actions.act import Act
from election.database import db, transaction
from election.exchange.publication.publishing import draft, publish
from election.exchange.publication.verifier.verify import digest, pack
from election.models import Congress, Publication
from election.rules.access import Role
from tests.builders import AT, Office
from tests.conftest import _close, make_app
from tests.exchange.publication.counted_town import a_counted_town

COUNTY, TOWN = 1, 2  # ids of the congresses
PUBLISHED_AT = AT + timedelta(days=10)


def counted_town(founded: tuple[Path, Office], factory: pytest.TempPathFactory) -> Path:
    """Data folder after the count; nothing is published."""
    return _made(founded, "counted", factory)


def published_town(founded: tuple[Path, Office], factory: pytest.TempPathFactory) -> Path:
    """Data folder with version 1 of both congresses, published together."""
    return _made(founded, "published", factory)


def app_on(data: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application on a copy of a data folder, inside its context."""
    own = tmp_path / "data"
    shutil.copytree(data, own)
    app = make_app(own)
    with app.app_context():
        yield app
        _close(app)


_folders: dict[Path, Path] = {}


def _made(founded: tuple[Path, Office], what: str, factory: pytest.TempPathFactory) -> Path:
    """Build a stage once per process, on a copy of the stage before it."""
    source, office = founded
    key = source / what
    if key not in _folders:
        before = source if what == "counted" else _made(founded, "counted", factory)
        data = factory.mktemp(what) / "data"
        shutil.copytree(before, data)
        app = make_app(data)
        with app.app_context():
            (a_counted_town if what == "counted" else publish_both)(office)
            _close(app)
        _folders[key] = data
    return _folders[key]


def publish_both(office: Office, *, reason: str = "", at: datetime = PUBLISHED_AT) -> None:
    """Publish both congresses together."""
    publish_these(office, (TOWN, COUNTY), reason=reason, at=at)


def publish_these(
    office: Office, keys: tuple[int, ...], *, reason: str = "", at: datetime = PUBLISHED_AT
) -> list[int]:
    """Publish these congresses in one transaction; the ids of the publications."""
    session = db.session()
    drafts = [draft(session, session.get_one(Congress, k), reason=reason, at=at) for k in keys]
    with transaction() as session:
        rows = publish(Act(session, office.actor(Role.PUBLISHER), at), drafts)
        return [row.id for row in rows]


def stored_packages(data: Path) -> dict[int, bytes]:
    """Congress -> its package, read from the database file without any of our code."""
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        return dict(connection.execute("SELECT congress_id, package FROM publication"))


def package_of(congress_id: int, version: int = 1) -> bytes:
    """The stored package, in the current session."""
    found = db.session.query(Publication).filter_by(congress_id=congress_id, version=version).one()
    return bytes(found.package)


def unpacked(raw: bytes) -> dict[str, bytes]:
    """Name -> bytes of every member."""
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        return {name: box.read(name) for name in box.namelist()}


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files with a manifest that fits them."""
    rest = {name: body for name, body in files.items() if name != "MANIFEST.sha256"}
    listed = "".join(f"{digest(rest[name])}  {name}\n" for name in sorted(rest))
    return {**rest, "MANIFEST.sha256": listed.encode()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """As the program packs it."""
    return pack(dict(files), "2021-12-26T12:00:00+00:00")


@cache
def plain_zip(files: tuple[tuple[str, bytes], ...]) -> bytes:
    """As any other tool packs it: deflated, no comment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in files:
            box.writestr(name, body)
    return buffer.getvalue()
