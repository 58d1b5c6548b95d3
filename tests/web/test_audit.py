"""The audit log in words: who by name, what by its name, on which thing, with filters."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import refresh
from sqlalchemy import select

from election.database import db
from election.models import AuditEntry
from election.rules.access import Role
from election.rules.acts import ACTS, GROUPS
from tests.actions import small_town
from tests.builders import Office, an_election
from tests.client import StrictClient

HOUSE = Path(__file__).parents[2] / "election"


def rows(client: StrictClient, **query: str) -> list[str]:
    page = client.get("/audit", **query).get_data(as_text=True)
    return re.findall(r"<tr>(.*?)</tr>", page.partition("</thead>")[2])


def test_a_record_is_told_in_words_with_a_link_to_its_subject(client: StrictClient) -> None:
    key = an_election(client.office)
    client.sign_in(Role.DIRECTOR)
    (line,) = [row for row in rows(client) if "新建选举" in row]
    assert "director" in line
    assert f'<a href="/elections/{key}">鹤浦镇2021年换届选举</a>' in line


def test_the_log_speaks_english_too(client: StrictClient) -> None:
    an_election(client.office)
    client.language = "en"
    client.sign_in(Role.DIRECTOR)
    refresh()  # the test's own context remembers the language of the request before
    text = " ".join(rows(client))
    assert ("Election set up" in text, "nobody signed in" in text) == (True, True)


def test_no_code_stands_before_people(app: Flask, office: Office) -> None:
    """After a count no row shows a round, a sheet or a kind as the machine calls it."""
    small_town.build(office)
    client = StrictClient(app, office).sign_in(Role.AUDITOR)
    text = re.sub(r"<[^>]+>|鹤浦镇|test\.seed", " ", " ".join(rows(client)))
    assert not re.findall(r"(?:town|county)-\d|\b[a-z]+\.[a-z_]+\b", text)


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"what": "accounts."}, {"accounts.log_in", "accounts.add"}),
        ({"who": "0"}, {"township.found", "accounts.add"}),
        ({"day": "2021-12-16", "what": "accounts.log_in"}, set()),
        ({"subject": "330225103"}, {"township.found"}),
    ],
)
def test_filters_choose(client: StrictClient, query: dict[str, str], kinds: set[str]) -> None:
    client.sign_in(Role.DIRECTOR)
    wanted = {ACTS[kind].zh for kind in kinds}
    found = rows(client, **query)
    assert {word for word in wanted if any(word in row for row in found)} == wanted
    assert bool(kinds) or "没有符合条件的记录" in found[0]
    assert not [row for row in found if "填写乡镇名称" in row]


def test_a_day_that_is_none_is_a_fault_of_the_form(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    client.get("/audit", status=422, day="2021-02-30")


def test_every_kind_of_record_has_words_and_a_group() -> None:
    """A new act is named here, or people read its code."""
    starts = "|".join(map(re.escape, GROUPS))
    kind = re.compile(rf'"((?:{starts})[a-z_]+)"|(?<=what=")([a-z_.]+)(?=")')
    written = {
        "".join(match)
        for folder in ("actions", "queries/candidates", "queries/publication", "jobs")
        for path in (HOUSE / folder).rglob("*.py")
        for match in kind.findall(path.read_text(encoding="utf-8"))
    }
    assert written - set(ACTS) == set()
    assert {act for act in ACTS if not act.startswith(tuple(GROUPS))} == set()


def test_what_the_chain_of_a_counted_town_holds_is_named(office: Office) -> None:
    small_town.build(office)
    kinds = set(db.session.scalars(select(AuditEntry.what)))
    assert kinds - set(ACTS) <= {"test.seed"}
