"""A plan drawn on the map: by mouse, by keyboard, undone, locked, saved, and saved too late."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import dist
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from election.actions.districts.drafts import split
from election.database import db
from election.queries.units.table import UnitValues
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown, units
from tests.builders import Office
from tests.conftest import _close, make_app
from tests.journeys.conftest import LiveServer
from tests.journeys.map_desk import Planner

pytestmark = [pytest.mark.slow, pytest.mark.journey]

DRAWN = {"A1": "1", "A2": "1", "A3": "2", "A4": "2", "A5": "3", "A6": "3"}


def on_the_ground() -> list[UnitValues]:
    """A1 A2 A3 over A4 A5 A6, touching as they lie."""
    codes = [list(DRAWN)[:3], list(DRAWN)[3:]]
    spots = {code: (n, row) for row, line in enumerate(codes) for n, code in enumerate(line)}
    return [
        replace(
            values,
            x=spots[values.code][0] * 100.0,
            y=-spots[values.code][1] * 100.0,
            neighbours=tuple(
                other for other in spots if dist(spots[other], spots[values.code]) == 1
            ),
        )
        for values in units()
    ]


@pytest.fixture
def plans() -> list[int]:
    """The plans that `server` makes."""
    return []


@pytest.fixture
def server(
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
    plans: list[int],
) -> LiveServer:
    """An office with a good plan of six units in two rows, and one with a split unit."""

    def prepare(data: Path) -> None:
        app = make_app(data)
        with app.app_context():
            town = DistrictTown(founded[1])
            town.change_units(on_the_ground())
            plans.append(town.drawn())
            plans.append(town.drawn("拆分"))
            town.on_unit(split, plans[1], "A1", parts=2)
            db.session.remove()
            _close(app)

    return start(prepare)


@pytest.fixture
def planner(
    browser: Browser, server: LiveServer, founded: tuple[Path, Office]
) -> Iterator[Planner]:
    window = Planner(browser, server.url)
    window.signs_in(founded[1].of(Role.DIRECTOR))
    yield window
    faults = list(window.faults)
    window.leaves()
    assert faults == []


def test_units_move_by_mouse_and_keyboard_are_undone_locked_and_saved(
    planner: Planner, plans: list[int]
) -> None:
    planner.opens_map(plans[0])
    planner.clicks("A3", "A2")  # take up A3, put it down where A2 is
    assert planner.homes() == DRAWN | {"A3": "1"}
    planner.clicks("A4")
    planner.presses("ArrowRight")
    assert planner.at() == "A5"
    planner.presses("Escape", "1", "Enter")
    assert (planner.homes(), planner.at()) == (DRAWN | {"A3": "1", "A5": "1"}, "A5")
    planner.presses("Control+z")
    assert planner.homes() == DRAWN | {"A3": "1"}
    planner.presses("Control+y", "Control+z", "Control+z")
    assert planner.homes() == DRAWN
    planner.locks(1)
    planner.clicks("A3", "A2")
    assert planner.homes() == DRAWN
    assert planner.said() == "第1选区已锁定，请先解锁再改动。"
    planner.presses("Escape")
    planner.clicks("A6")
    planner.presses("n", "]")
    assert (planner.homes()["A6"], planner.seats()) == (
        "4",
        {"1": "2", "2": "2", "3": "2", "4": "2"},
    )
    planner.paints(2, "A5")
    live = planner.findings()
    planner.saves()
    assert planner.homes() == DRAWN | {"A6": "4", "A5": "2"}
    assert planner.findings() == live
    assert planner.reads_check_list(plans[0]) == live


def test_the_live_check_list_says_what_the_server_will_say(
    planner: Planner, plans: list[int]
) -> None:
    planner.opens_map(plans[1])
    planner.clicks("A2")
    planner.presses("Delete")  # in no district
    planner.clicks("A4")
    planner.presses("9", "Enter", "[", "[")  # a new one, with no seat
    planner.clicks("A3", "A6")  # away from its neighbours
    live = planner.findings()
    assert {"E.203", "E.201", "E.205"} < planner.codes()
    planner.saves()
    assert planner.reads_check_list(plans[1]) == live


def test_a_drawing_that_comes_too_late_is_kept_beside_what_is_stored(
    planner: Planner,
    plans: list[int],
    browser: Browser,
    server: LiveServer,
    founded: tuple[Path, Office],
) -> None:
    planner.opens_map(plans[0])
    planner.clicks("A3", "A2")
    other = Planner(browser, server.url)
    other.signs_in(founded[1].of(Role.DIRECTOR))
    other.opens_map(plans[0])
    other.clicks("A5", "A4")
    other.saves()
    other.leaves()
    with planner.page.expect_navigation():
        planner.page.locator(".map-save button").click()
    planner.drawn()
    both = DRAWN | {"A3": "1", "A5": "2"}  # a unit nobody here touched is where it was put
    assert planner.homes() == both
    assert planner.page.locator(".stored-note").count() == 1
    assert [one for one in planner.faults if "409" not in one] == []
    planner.faults.clear()
    planner.saves()
    assert planner.homes() == both


def test_two_plans_are_two_pictures_with_the_moved_units_framed(
    planner: Planner, plans: list[int], server: LiveServer
) -> None:
    planner.opens_map(plans[0])
    planner.clicks("A3", "A2")
    planner.saves()
    shape = planner.cell("A3").locator("path").get_attribute("d")
    congress = int(
        (
            planner.page.locator("main a[href^='/congresses/']").first.get_attribute("href") or ""
        ).split("/")[2]
    )
    pictures, framed = planner.compares(congress, plans[0], plans[1])
    assert pictures == 2
    assert framed.count(shape or "") == 2


def test_the_map_of_an_adopted_plan_is_looked_at_by_keyboard(
    planner: Planner, plans: list[int]
) -> None:
    planner.opens(f"/plans/{plans[0]}")
    planner.adopts_plan("第2次会议")
    planner.opens_map(plans[0])
    planner.clicks("A1")
    planner.presses("ArrowRight", "n", "Delete", "2")
    assert planner.at() == "A2"
    assert planner.said() == "A2 A2村 · 1,100人 · 第1选区 · 2名 · +5.0%"
    planner.presses("+", "Shift+ArrowRight")
    assert planner.page.locator(".map-svg.is-zoomed").count() == 1
    planner.presses("0")
    assert planner.page.locator(".map-svg.is-zoomed").count() == 0


def test_a_plan_is_painted_from_nothing_and_seats_follow_the_people(
    planner: Planner, server: LiveServer, plans: list[int]
) -> None:
    planner.opens(f"/plans/{plans[0]}")
    planner.follows("/districts", within="main")
    blank = planner.form("/plans")
    blank.locator("[name=name]").fill("手绘")
    planner.sends(blank)
    planner.follows("/map")
    planner.drawn()
    planner.page.locator("[data-tool=paint]").click()
    planner.page.locator("[data-new]").click()
    assert planner.said() == "画笔：第1选区。"
    planner.paints(1, "A1", "A4")  # 2200 people of 6000 for 6 seats
    planner.paints(2, "A2", "A5")  # 1900
    planner.paints(3, "A3", "A6")  # 1900
    assert planner.seats() == {"1": "2", "2": "2", "3": "2"}
    assert planner.page.locator("[data-findings] .all-good").count() == 1
    planner.presses("Control+z", "Control+z")
    assert planner.seats() == {"1": "2"}
    planner.presses("Control+y", "Control+y")
    planner.saves()
    assert planner.homes() == {"A1": "1", "A2": "2", "A3": "3", "A4": "1", "A5": "2", "A6": "3"}
    assert planner.seats() == {"1": "2", "2": "2", "3": "2"}


def test_what_is_not_saved_is_not_locked_in_and_not_lost_unasked(
    planner: Planner, plans: list[int]
) -> None:
    planner.opens_map(plans[0])
    planner.clicks("A3", "A2")
    planner.presses_lock(1)
    assert planner.said() == "第1选区有尚未保存的更改，请先保存再锁定。"
    assert planner.is_asked_before(f"/plans/{plans[0]}")
    assert planner.homes() == DRAWN | {"A3": "1"}  # stayed
    planner.presses("Control+z")
    planner.locks(1)
    assert planner.said() == "第1选区已锁定，单元和名额不再改动。"
    planner.presses("Control+y")  # would put A3 into the locked district
    assert (planner.homes(), planner.said()) == (DRAWN, "第1选区已锁定，请先解锁再改动。")
    assert not planner.is_asked_before(f"/plans/{plans[0]}")
    number = planner.page.locator("tr[data-brick=A6] [data-column=number]")
    number.fill("2")
    assert planner.is_asked_before(f"/plans/{plans[0]}/map")
    assert number.input_value() == "2"
    assert not planner.is_asked_before_discarding()
    planner.page.wait_for_load_state()
    assert number.input_value() == "3"


def test_enter_beside_the_map_takes_a_figure_over_and_saves_nothing(
    planner: Planner, plans: list[int]
) -> None:
    planner.opens_map(plans[0])
    seats = planner.page.locator("tr[data-district='2'] [data-column=seats]")
    seats.fill("3")
    seats.press("Enter")
    assert planner.page.locator("[data-unsaved]").inner_text() == "1处更改尚未保存"
    assert planner.codes() == {"E.202", "W.210", "W.212"}
