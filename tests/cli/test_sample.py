"""The sample town whole: terms and days as the town's report of 2021 tells them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from election.cli.sample import command
from election.clock import local
from election.database import db
from election.models import Congress, Election, Publication, Result, Round
from tests.conftest import _close, make_app

ELECTION_DAY = date(2021, 12, 8)
LATER_ROUNDS_UNTIL = date(2021, 12, 13)
PUBLISHED_UNTIL = date(2021, 12, 15)  # "elected before 16 December"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Flask]:
    """The office of a first start, inside its context."""
    data = tmp_path / "data"
    made = CliRunner(env={"XUANBAN_DATA": str(data), "DATABASE_URL": None}).invoke(
        command, ["hepu"]
    )
    assert made.exit_code == 0, made.output
    app = make_app(data)
    with app.app_context():
        yield app
        _close(app)


@pytest.mark.slow
@pytest.mark.usefixtures("sample")
def test_terms_and_days_are_those_of_the_report() -> None:
    assert db.session.scalars(select(Congress.term)).all() == [19, 19]
    assert db.session.scalars(select(Election.election_day)).all() == [ELECTION_DAY]
    first, *later = sorted(set(db.session.scalars(select(Round.polling_day))))
    assert first == ELECTION_DAY
    assert later
    assert max(later) <= LATER_ROUNDS_UNTIL
    published = [local(at).date() for at in db.session.scalars(select(Publication.published_at))]
    assert len(published) == 2
    assert max(published) <= PUBLISHED_UNTIL
    for certificate in db.session.scalars(select(Result)):
        day = local(certificate.certified_at).date()
        assert f"{day.year}年{day.month}月{day.day}日会议" in certificate.decision
