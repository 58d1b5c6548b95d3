"""Freezing: everything of one congress in a fixed number of queries; unknown stays unknown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from election.database import db
from election.exchange.publication.publishing import draft
from election.models import Congress
from election.queries.audit import entries
from election.queries.publication import (
    editions,
    freeze,
    latest_of_election,
    package,
    public_chain,
    published,
)
from election.rules.publication import missing
from election.rules.terms import RuleViolation
from tests.builders import Office
from tests.exchange.publication.counted_town import COUNTY as COUNTY_DISTRICTS
from tests.exchange.publication.counted_town import TOWN as TOWN_DISTRICTS
from tests.exchange.publication.counted_town import (
    a_town,
    certify,
    count,
    count_town_1,
    count_town_2,
)
from tests.exchange.publication.published_town import (
    COUNTY,
    PUBLISHED_AT,
    TOWN,
    app_on,
    counted_town,
    publish_both,
    publish_these,
)


@contextmanager
def queries() -> Iterator[list[str]]:
    """The SELECTs sent while the block runs."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def counted(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    yield from app_on(counted_town(founded, tmp_path_factory), tmp_path / "counted")


WITHHELD = {"seq", "prev", "hash"}
WHOLE = WITHHELD | {"at", "who", "role", "what", "subject", "digest", "data"}


def _sent(act: Callable[[], object]) -> int:
    db.session.expire_all()
    with queries() as sent:
        act()
    return len(sent)


def test_one_district_and_five_take_the_same_number_of_queries(counted: Flask) -> None:
    assert (len(COUNTY_DISTRICTS), len(TOWN_DISTRICTS)) == (1, 5)
    session = db.session()
    one = _sent(lambda: freeze(session, session.get_one(Congress, COUNTY)))
    db.session.remove()
    session = db.session()
    five = _sent(lambda: freeze(session, session.get_one(Congress, TOWN)))
    assert five == one


def test_a_counted_congress_is_complete(counted: Flask) -> None:
    congress = db.session.get_one(Congress, TOWN)
    frozen = freeze(db.session(), congress)
    assert missing(frozen, congress.election.profile) == []
    assert {d.id: d.elected_names() for d in frozen.districts} == {
        "town-1": ("王芳", "买买提·艾力"),
        "town-2": ("陈刚", "周勇"),
        "town-3": ("郑和",),
        "town-4": ("孙强",),
        "town-5": ("高峰",),
    }
    assert (frozen.elected, frozen.vacant, frozen.alerts) == (7, 1, ("M05",))
    assert frozen.districts[0].population == 1200
    assert [one.kind for one in frozen.districts[4].rounds] == ["first", "rerun"]


def test_what_nobody_has_counted_stays_unknown(app: Flask, office: Office) -> None:
    a_town(office)
    count(office, "town-1-r1", "S01", stage="entry1", issued=700, returned=700, votes={"王芳": 1})
    congress = db.session.get_one(Congress, TOWN)
    frozen = freeze(db.session(), congress)
    first = frozen.districts[0].rounds[0]
    assert (first.totals, first.votes, first.outcome, first.checked_in) == (None, None, None, None)
    assert [sheet.place for sheet in first.sheets] == ["M01", "S01"]
    assert first.sheets[1].entry1 is not None
    assert (first.sheets[1].entry2, first.sheets[1].signed) == (None, None)
    assert first.unaccounted == ("M01",)
    codes = [one.code.id for one in missing(frozen, congress.election.profile)]
    assert codes == ["E.703"] * 5


def test_every_missing_thing_is_listed_at_once(app: Flask, office: Office) -> None:
    a_town(office)
    count_town_1(office)
    count(
        office,
        "town-2-r1",
        "S02",
        issued=600,
        returned=600,
        votes={"陈刚": 500, "林静": 320, "周勇": 320},
    )
    count(
        office,
        "town-2-r1",
        "M02",
        issued=20,
        returned=20,
        votes={"陈刚": 15, "林静": 10, "周勇": 10},
    )
    certify(office, "town-2-r1")
    congress = db.session.get_one(Congress, TOWN)
    found = missing(freeze(db.session(), congress), congress.election.profile)
    assert [one.code.id for one in found] == ["E.704", "E.705", "E.703", "E.703", "E.703"]
    assert found[1].cause.zh == "镇级第2选区：依法还须进行再次投票"
    with pytest.raises(RuleViolation, match=r"R\.711") as refused:
        draft(db.session(), congress, reason="", at=PUBLISHED_AT)
    assert refused.value.facts["faults"] == 5


def test_the_rounds_of_a_district_are_in_order(app: Flask, office: Office) -> None:
    a_town(office)
    count_town_2(office)
    second = freeze(db.session(), db.session.get_one(Congress, TOWN)).districts[1]
    assert [(one.id, one.kind, one.seats) for one in second.rounds] == [
        ("town-2-r1", "first", 2),
        ("town-2-r2", "tie_repeat", 1),
    ]
    assert second.elected_names() == ("陈刚", "周勇")


def test_editions_are_read_without_their_packages(
    counted: Flask, founded: tuple[Path, Office]
) -> None:
    office = founded[1]
    publish_both(office)
    publish_these(office, (TOWN,), reason="更正", at=PUBLISHED_AT + timedelta(days=1))
    with queries() as sent:
        found = editions(db.session(), TOWN)
    assert [(one.version, one.reason) for one in found] == [(2, "更正"), (1, "")]
    assert len(sent) == 1
    assert "package" not in sent[0]
    assert [one.version for one in latest_of_election(db.session(), 1)] == [2, 1]
    assert [row.version for row in published(db.session())] == [2, 1]
    assert package(db.session(), found[0].id)[:2] == b"PK"
    with pytest.raises(LookupError):
        package(db.session(), 99)


def test_the_counts_of_a_hidden_congress_are_withheld(counted: Flask) -> None:
    both = list(public_chain(db.session(), 1, published={"1/town", "1/county"}))
    town = list(public_chain(db.session(), 1, published={"1/town"}))
    places = [{key: record[key] for key in WITHHELD} for record in both]
    assert [{key: record[key] for key in WITHHELD} for record in town] == places
    withheld = {
        record["subject"].split("/")[0]
        for record, of_town in zip(both, town, strict=True)
        if "data" in record and of_town.keys() == WITHHELD
    }
    assert withheld == {"1", "county-1-r1"}  # count.open of the election tells of both congresses


def test_no_other_record_leaves_the_house(counted: Flask) -> None:
    chain = list(public_chain(db.session(), 1, published={"1/town", "1/county"}))
    stored = list(entries(db.session(), 1))
    for record, entry in zip(chain, stored, strict=True):
        whole = entry.what.startswith(("count.", "result.", "publication.", "decision."))
        assert record.keys() == (WHOLE if whole else WITHHELD)
        assert (record["seq"], record["prev"], record["hash"]) == (
            entry.seq,
            entry.prev,
            entry.hash,
        )
    assert {entry.what for entry in stored if not entry.what.startswith("count.")} > {"test.seed"}
