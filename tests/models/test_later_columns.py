"""A column added by a migration leaves the digests of older rows as they were."""

from election.models import Unit
from election.models.base import row_digest, row_values
from election.rules.canonical import sha256
from election.rules.units.kinds import UnitKind


def unit(**given: object) -> Unit:
    return Unit(
        id=7,
        township_id=1,
        election_id=2,
        code="A1",
        name="东村",
        kind=UnitKind.VILLAGE,
        hukou_population=1200,
        resident_population=None,
        x=None,
        y=None,
        version=3,
        **given,
    )


def test_an_empty_later_column_is_left_out_of_the_digest() -> None:
    before = row_values(unit())
    del before["outline"], before["voter_groups"], before["county_only"]
    assert row_digest(unit()) == sha256(before)


def test_a_filled_later_column_is_committed_to() -> None:
    assert row_digest(unit(county_only=True)) != row_digest(unit())
    groups = [{"name": "一组", "population": 600}]
    assert row_digest(unit(voter_groups=groups)) != row_digest(unit())


def test_an_empty_older_column_stays_in_the_digest() -> None:
    assert "resident_population" in row_values(unit())
    assert row_digest(unit()) != sha256({})
