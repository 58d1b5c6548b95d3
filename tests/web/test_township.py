"""The name of a new office: asked for first, on every paper later, closed by a publication."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from election.actions import accounts
from election.database import db, transaction
from election.migrations import upgrade
from election.models import AuditEntry, Township
from election.queries.audit import verify
from election.queries.elections import readiness
from election.rules.access import Role
from election.rules.accounts import UNNAMED
from election.rules.elections.phases import Phase
from tests.builders import AT, Office, an_election, found_office
from tests.client import StrictClient
from tests.conftest import _close, make_app
from tests.exchange.publication.published_town import app_on, published_town

FORM = {"name": "鹤浦镇", "county": "象山县", "code": "330225103"}


@pytest.fixture
def new(tmp_path: Path) -> Iterator[tuple[Flask, Office]]:
    """An office as `start --empty` leaves it, with people."""
    app = make_app(tmp_path)
    with app.app_context():
        upgrade()
        yield app, found_office(code=UNNAMED, name="本镇")
        _close(app)


@pytest.fixture
def admin(new: tuple[Flask, Office]) -> StrictClient:
    return StrictClient(*new).sign_in(Role.ADMINISTRATOR)


def test_the_administrator_of_a_new_office_is_led_to_name_it(admin: StrictClient) -> None:
    assert admin.get("/elections", status=303).location == "/township"
    page = admin.get("/township").get_data(as_text=True)
    assert "本镇" not in page
    assert admin.post("/township", FORM).location == "/officials"
    admin.get("/elections")
    town = db.session.scalars(select(Township)).one()
    assert (town.code, town.name, town.county) == ("330225103", "鹤浦镇", "象山县")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "township.name")).one()
    assert entry.data["before"]["code"] == UNNAMED
    assert verify(db.session()) == []


@pytest.mark.parametrize(
    "wrong", [{"code": UNNAMED}, {"code": "33022"}, {"name": " "}, {"name": ""}, {"county": ""}]
)
def test_a_township_needs_a_name_a_county_and_a_real_code(admin: StrictClient, wrong) -> None:
    admin.post("/township", FORM | wrong, status=422)
    assert db.session.scalars(select(Township.code)).one() == UNNAMED


def test_a_code_in_digits_of_full_width_is_a_code(admin: StrictClient) -> None:
    admin.post("/township", FORM | {"code": " ３３０２２５１０３"})
    assert db.session.scalars(select(Township.code)).one() == "330225103"


def test_only_the_administrator_names_the_township(new: tuple[Flask, Office]) -> None:
    director = StrictClient(*new).sign_in(Role.DIRECTOR)
    director.get("/elections")
    director.get("/township", status=403)
    director.post("/township", FORM, status=403)


def test_an_office_without_a_name_does_not_go_on_to_nominations(
    new: tuple[Flask, Office],
) -> None:
    from election.models import Election  # noqa: PLC0415

    election = db.session.get_one(Election, an_election(new[1]))
    found = readiness.missing(db.session(), election, Phase.NOMINATION)
    assert found[0].code.id == "E.169"


def test_the_code_of_another_township_is_refused(admin: StrictClient) -> None:
    with transaction() as session:
        accounts.found_township(session, code="330225103", name="鹤浦镇", county="象山县", at=AT)
    page = admin.post("/township", FORM, status=422).get_data(as_text=True)
    assert "R.909" in page


class TestPublished:
    """After the first publication."""

    @pytest.fixture
    def app(self, founded, tmp_path_factory, tmp_path) -> Iterator[Flask]:
        yield from app_on(published_town(founded, tmp_path_factory), tmp_path)

    def test_the_name_stays_as_it_was_published(self, client: StrictClient) -> None:
        admin = client.sign_in(Role.ADMINISTRATOR)
        page = admin.post("/township", FORM | {"name": "新镇"}, status=422).get_data(as_text=True)
        assert "R.908" in page
        assert db.session.scalars(select(Township.name)).one() == "鹤浦镇"
