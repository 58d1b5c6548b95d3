"""A sign-in runs out over a half-typed sheet: what was typed is there again, for nobody else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from election.database import db
from election.rules.access import Role
from tests.actions import small_town as small
from tests.builders import Office
from tests.conftest import _close, make_app
from tests.journeys.conftest import LiveServer
from tests.journeys.windows import Official

pytestmark = [pytest.mark.slow, pytest.mark.journey]


def _a_town(data: Path, office: Office) -> None:
    app = make_app(data)
    with app.app_context():
        small.counting_town(office)
        db.session.remove()
        _close(app)


def _type_too_late(server: LiveServer, desk: Official, sheet: int) -> None:
    desk.opens(f"/sheets/{sheet}/entry")
    desk.page.fill("#f-issued", "300")
    desk.page.fill("[name=writein-3-name]", "钱多")
    with closing(sqlite3.connect(server.data / "xuanban.sqlite3")) as office, office:
        office.execute("UPDATE ticket SET seen_at = '2020-01-01 00:00:00.000000'")
    desk.page.keyboard.press("F8")
    desk.page.wait_for_selector("[data-late]")


def test_what_was_typed_is_there_again_after_signing_in(
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
    browser: Browser,
) -> None:
    server = start(lambda data: _a_town(data, founded[1]))
    office = founded[1]
    desk = Official(browser, server.url).signs_in(office.of(Role.TELLER))
    _type_too_late(server, desk, 1)
    desk.page.click("[data-late]")
    desk.page.fill("[name=username]", office.of(Role.TELLER).username)
    desk.page.fill("[name=password]", office.of(Role.TELLER).password)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("main .alert")
    assert desk.page.input_value("#f-issued") == "300"
    assert desk.page.input_value("[name=writein-3-name]") == "钱多"
    assert desk.page.evaluate("sessionStorage.length") == 0


def test_nobody_else_finds_what_a_teller_had_typed(
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
    browser: Browser,
) -> None:
    server = start(lambda data: _a_town(data, founded[1]))
    office = founded[1]
    desk = Official(browser, server.url).signs_in(office.of(Role.TELLER))
    _type_too_late(server, desk, 1)
    desk.signs_in(office.of(Role.TELLER, 1))
    desk.opens("/sheets/1/entry")
    assert desk.page.input_value("#f-issued") == ""
    assert desk.page.evaluate("sessionStorage.length") == 0
