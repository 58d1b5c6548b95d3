"""The table of units as a grid in a browser: keys go from row to row, a copied block grows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from election.database import db
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown
from tests.builders import Office
from tests.conftest import _close, make_app
from tests.journeys.conftest import LiveServer
from tests.journeys.windows import Official

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


def _a_town(data: Path, office: Office) -> None:
    app = make_app(data)
    with app.app_context():
        DistrictTown(office)
        db.session.remove()
        _close(app)


def test_a_block_is_pasted_over_as_many_rows_as_it_has(
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
    browser: Browser,
) -> None:
    server = start(lambda data: _a_town(data, founded[1]))
    desk = Official(browser, server.url).signs_in(founded[1].of(Role.DIRECTOR))
    desk.opens("/elections/1/units/table")
    codes, names = (desk.page.locator(f"[data-column={column}]") for column in ("code", "name"))
    before = [code.input_value() for code in codes.all()]
    block = [(f"B{n}", f"新村{n}") for n in range(1, 8)]
    copied = "".join(f"{code}\t{name}\r\n" for code, name in block)
    codes.last.evaluate(PASTE, copied)
    assert [code.input_value() for code in codes.all()] == [*before[:-1], *(c for c, _ in block)]
    assert [name.input_value() for name in names.all()][-7:] == [name for _, name in block]
    fields = [code.get_attribute("name") for code in codes.all()]
    assert fields == [f"rows-{place}-code" for place in range(len(fields))]
    codes.first.focus()
    for keys, place in (("Enter", 1), ("ArrowDown", 2), ("Shift+Enter", 1), ("ArrowUp", 0)):
        desk.page.keyboard.press(keys)
        assert desk.page.evaluate("document.activeElement.name") == fields[place]
    assert desk.faults == []
    desk.leaves()
