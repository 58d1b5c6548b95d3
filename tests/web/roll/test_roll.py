"""The page of the roll."""

from flask import Flask

from election.rules.access import Role
from election.rules.roll import voters_known
from tests.actions import small_town as small
from tests.builders import Office
from tests.web.desks import desk, text_of


def test_the_page_names_the_voters_of_each_district(app: Flask, office: Office) -> None:
    town = small.build(office)
    browser = desk(app, office, Role.REGISTRAR)
    page = browser.get(f"/elections/{town.election_id}/roll")
    assert "各选区合计" in text_of(page)
    assert (
        f"/elections/{town.election_id}/roll" in browser.get(f"/elections/{town.election_id}").text
    )


def test_a_roll_that_is_not_counted_leaves_the_sum_unknown() -> None:
    assert voters_known([400, None]) is None
    assert voters_known([400, 0]) == 400
