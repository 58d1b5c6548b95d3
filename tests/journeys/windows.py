"""A browser window of one person: where they are, what they press, what the browser says."""

from playwright.sync_api import Browser, Locator, Response

from tests.builders import Person

_WAIT, _SLOW = 20_000, 90_000  # milliseconds; publishing draws the charts


class Desk:
    """One person at one window; `faults` collects what a browser complains of."""

    def __init__(self, browser: Browser, url: str, *, language: str = "zh-CN") -> None:
        self.context = browser.new_context(
            base_url=url, locale=language, viewport={"width": 1366, "height": 768}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(_WAIT)
        self.faults: list[str] = []
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))
        self.page.on("response", self._answered)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"{self.page.url}: {text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.url}: {answer.status}")

    def opens(self, address: str) -> None:
        """Go to an address typed by hand."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{answer.status} {address}"

    def follows(self, ending: str, *, within: str = "body") -> None:
        """Click the first link whose address ends so."""
        self.goes_through(self.page.locator(f"{within} a[href$='{ending}']:visible").first)

    def sends(self, form: Locator) -> None:
        """Press the button of a form; what it says when it is refused fails the test."""
        self.goes_through(form.locator("button:not([type=button]):not([name])").first)

    def form(self, action: str = "") -> Locator:
        """The form that is sent to an address ending so; without one, to the page itself."""
        chosen = f"[action$='{action}']" if action else ":not([action])"
        return self.page.locator(f"main form[method=post]{chosen}").first

    def goes_through(self, what: Locator) -> None:
        """Click what leads to another page, and see that the page is there."""
        with self.page.expect_navigation(timeout=_SLOW) as moving:
            what.click()
        answer = moving.value
        told = "" if answer.ok else self.page.locator("main").inner_text()
        assert answer.ok, f"{answer.status} {answer.url}\n{told}"

    def leaves(self) -> None:
        """Close the window."""
        self.context.close()


class Official(Desk):
    """Somebody of the office, signed in."""

    def signs_in(self, who: Person) -> "Official":
        """With name and password."""
        self.opens("/login")
        self.page.fill("[name=username]", who.username)
        self.page.fill("[name=password]", who.password)
        self.sends(self.form())
        return self

    def goes_to(self, stage: str) -> None:
        """The page of a stage by the stage bar; the first time through the list of elections."""
        if not self.page.locator(".stage-bar").count():
            self.follows("/elections", within="header")
        if not self.page.locator(".stage-bar").count():  # who counts lands on the count itself
            self.goes_through(self.page.locator("main td a[href^='/elections/']").first)
        self.follows(f"/{stage}", within=".stage-bar")

    def picks_district(self) -> None:
        """The page of the first district in the table."""
        self.goes_through(self.page.locator("main td a[href^='/districts/']:visible").first)
