"""The planner at the map: what a person does with mouse and keyboard."""

from playwright.sync_api import Dialog, Locator

from tests.journeys.pages import Director


class Planner(Director):
    """The director drawing a draft on the map."""

    def opens_map(self, plan: int) -> None:
        """The map of a plan, drawn."""
        self.opens(f"/plans/{plan}/map")
        self.drawn()

    def drawn(self) -> None:
        """Wait until the map is there."""
        self.page.locator(".map-svg").wait_for()

    def cell(self, code: str) -> Locator:
        """A unit on the map."""
        return self.page.locator(f".cell[data-key='{code}']")

    def clicks(self, *codes: str) -> None:
        """One unit after the other, by mouse."""
        for code in codes:
            self.cell(code).click()

    def paints(self, number: int, *codes: str) -> None:
        """Drag the brush of a district over units."""
        self.page.locator("[data-tool=paint]").click()
        self.page.locator("[data-target]").fill(str(number))
        for place, code in enumerate(codes):
            box = self.cell(code).bounding_box()
            assert box is not None
            at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            self.page.mouse.move(*at, steps=8)
            if not place:
                self.page.mouse.down()
        self.page.mouse.up()
        self.page.locator("[data-tool=move]").click()

    def presses(self, *keys: str) -> None:
        """Keys where the keyboard is."""
        for key in keys:
            self.page.keyboard.press(key)

    def at(self) -> str | None:
        """The unit the keyboard is on."""
        found: str | None = self.page.evaluate("document.activeElement.dataset.key || null")
        return found

    def homes(self) -> dict[str, str]:
        """Unit -> number of its district as the table has it now."""
        rows = self.page.locator("tr[data-brick]").all()
        return {
            row.get_attribute("data-brick") or "": row.locator("[data-column=number]").input_value()
            for row in rows
        }

    def seats(self) -> dict[str, str]:
        """District -> seats."""
        rows = self.page.locator("tr[data-district]").all()
        return {
            row.get_attribute("data-district") or "": row.locator(
                "[data-column=seats]"
            ).input_value()
            for row in rows
        }

    def said(self) -> str:
        """The line over the map."""
        return self.page.locator("[data-info]").inner_text()

    def locks(self, number: int) -> None:
        """The padlock of a district; waits until it is done."""
        lock = self.page.locator(f"tr[data-district='{number}'] [data-lock]")
        before = lock.get_attribute("aria-pressed")
        lock.click()
        after = {"true": "false", "false": "true"}[before or "false"]
        self.page.locator(
            f"tr[data-district='{number}'] [data-lock][aria-pressed={after}]"
        ).wait_for()

    def presses_lock(self, number: int) -> None:
        """The padlock of a district, whatever comes of it."""
        self.page.locator(f"tr[data-district='{number}'] [data-lock]").click()

    def is_asked_before(self, ending: str) -> bool:
        """Whether the browser asks before it follows a link; the answer is to stay."""
        asked = self._is_asked_at(self.page.locator(f"main a[href$='{ending}']:visible").first)
        if not asked:
            self.page.wait_for_url(f"**{ending}")
        return asked

    def is_asked_before_discarding(self) -> bool:
        """Whether the browser asks before what was typed in the table is given up."""
        return self._is_asked_at(self.page.locator("[data-discard]"))

    def _is_asked_at(self, link: Locator) -> bool:
        asked: list[Dialog] = []

        def stays(dialog: Dialog) -> None:
            asked.append(dialog)
            dialog.dismiss()

        self.page.on("dialog", stays)
        link.click()
        self.page.remove_listener("dialog", stays)
        return bool(asked)

    def findings(self) -> list[tuple[str, str]]:
        """Weight and sentences of the live check list, with its codes."""
        return [_said(one) for one in self.page.locator("[data-findings] .finding").all()]

    def codes(self) -> set[str]:
        """The codes of the live check list."""
        return {text.rpartition(" ")[2] for _weight, text in self.findings()}

    def compares(self, congress: int, a: int, b: int) -> tuple[int, list[str]]:
        """Two plans side by side: how many pictures, and the cells with a frame."""
        self.opens(f"/congresses/{congress}/compare?a={a}&b={b}")
        self.page.locator(".map-svg").nth(1).wait_for()
        return self.page.locator(".map-svg").count(), [
            one.get_attribute("d") or "" for one in self.page.locator(".marks .chosen").all()
        ]

    def saves(self) -> None:
        """Send what was drawn; the map opens again."""
        self.goes_through(self.page.locator(".map-save button"))
        self.drawn()

    def reads_check_list(self, plan: int) -> list[tuple[str, str]]:
        """Weight and sentences of the stored check list on the table page, with its codes."""
        self.opens(f"/plans/{plan}")
        return [_said(one) for one in self.page.locator(".check-panel .finding").all()]


def _said(finding: Locator) -> tuple[str, str]:
    weight, text = (finding.locator("> span").nth(n).inner_text() for n in (0, 1))
    return weight, " ".join(text.split())
