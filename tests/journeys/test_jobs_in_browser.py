"""A calculation in a real browser: the page moves on by itself, and says when the worker died."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from election.actions import jobs
from election.actions.act import Act
from election.clock import now
from election.database import db, transaction
from election.models import Congress
from election.queries.districts.proposals import ProposalRequest
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown
from tests.builders import Office
from tests.conftest import _close, make_app
from tests.journeys.conftest import LiveServer
from tests.journeys.windows import Official

pytestmark = [pytest.mark.slow, pytest.mark.journey]
ENDED = 40_000  # milliseconds


def test_a_calculation_ends_on_the_page_and_a_dead_one_is_told(
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
    browser: Browser,
) -> None:
    made: dict[str, int] = {}

    def prepare(data: Path) -> None:
        app = make_app(data)
        with app.app_context():
            town = DistrictTown(founded[1])
            made["congress"] = town.congress_id()
            with transaction() as session:
                jobs.ask(
                    Act(session, town.by, now()),
                    session.get_one(Congress, made["congress"]),
                    kind=jobs.PLAN,
                    title="中断",
                    asked=ProposalRequest(name="中断").to_json(),
                )
                dead = jobs.claim(session, worker="killed", at=now())
                assert dead is not None
                made["dead"] = dead.id
            db.session.remove()
            _close(app)

    server = start(prepare)
    desk = Official(browser, server.url).signs_in(founded[1].of(Role.DIRECTOR))
    desk.opens(f"/jobs/{made['dead']}")
    desk.page.wait_for_selector(".job-failed", timeout=ENDED)
    assert "计算进程中断" in desk.page.inner_text(".job-sentence")
    desk.opens(f"/congresses/{made['congress']}/districts")
    desk.page.fill("#propose [name=name]", "甲方案")
    desk.sends(desk.form("/propose"))
    desk.page.wait_for_selector(".job-done", timeout=ENDED)
    assert "最大偏差" in desk.page.inner_text(".job-sentence")
    desk.goes_through(desk.page.locator("main a[href^='/plans/']").first)
    assert desk.page.inner_text("h1") == "甲方案"
    assert desk.faults == []
    desk.leaves()
