"""The pictures of the two READMEs: the sample, served for a moment, seen by Chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
DESK, PHONE = (1366, 768), (390, 844)
_LOGIN = re.compile(r"^  (\w+) +([\w-]{19}) ", re.MULTILINE)


@dataclass(frozen=True)
class Office:
    """A running sample: its address and the passwords it printed."""

    address: str
    passwords: dict[str, str]


@dataclass(frozen=True)
class Picture:
    """One picture: how far the sample has come, who looks, where; hands: what they do first."""

    name: str
    path: str
    who: str = ""
    until: str = "published"
    size: tuple[int, int] = DESK
    hands: Callable[[Page], None] = field(default=lambda _page: None)


def opens_the_count(page: Page) -> None:
    """Takes the first sheet that wants an entry and copies a part of it."""
    page.locator("main td a[href$='/entry']").first.click()
    for place, figure in enumerate(("796", "794", "3", "1", "421", "108")):
        page.locator("input[data-figure]").nth(place).fill(figure)
    page.locator("input[data-figure]").nth(6).focus()


PICTURES = (
    Picture("overview", "/elections/1", "director", "polling"),
    Picture("result", "/results/2"),
    Picture("why", "/rounds/1/result", "director"),
    Picture("map", "/plans/2/map", "director"),
    Picture("reasons", "/plans/2/districts/4/why", "director"),
    Picture("districts", "/plans/2", "director"),
    Picture("phone", "/results/2/districts/town-1", size=PHONE),
    Picture("entry", "/elections/1/counting/work", "teller1", "polling", hands=opens_the_count),
)


@contextmanager
def office(until: str) -> Iterator[Office]:
    """The sample as far as `until`, served on a free port until the block ends."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        server = subprocess.Popen(
            [sys.executable, "-m", "election", "start", "--until", until],
            cwd=ROOT,
            env={**os.environ, "XUANBAN_DATA": data, "XUANBAN_PORT": port},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        try:
            told = ""
            for line in server.stdout or ():
                told += line
                if f":{port}" in line:
                    break
            yield Office(f"http://127.0.0.1:{port}", dict(_LOGIN.findall(told)))
        finally:
            server.terminate()
            server.wait()


def begin_counting(browser: Browser, running: Office) -> None:
    """The director opens the count, as the overview offers it."""
    page = _seated(browser, running, "director", LANGUAGES["zh"], DESK)
    page.goto("/elections/1")
    form = page.locator("form[action$='/stage/counting']")
    form.locator("[name=staff_checked]").check()
    if form.locator("[name=reason]").count():
        form.locator("[name=reason]").fill("选委〔2021〕9号")
    form.locator("button").click()
    page.context.close()


def take(browser: Browser, running: Office, picture: Picture) -> None:
    """The picture in both languages."""
    for language, locale in LANGUAGES.items():
        page = _seated(browser, running, picture.who, locale, picture.size)
        page.goto(picture.path)
        picture.hands(page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{picture.name}-{language}.png")
        page.context.close()
        print(f"{picture.name}-{language}.png")


def _seated(
    browser: Browser, running: Office, who: str, locale: str, size: tuple[int, int]
) -> Page:
    width, height = size
    context = browser.new_context(
        base_url=running.address, locale=locale, viewport={"width": width, "height": height}
    )
    page = context.new_page()
    if who:
        page.goto("/login")
        page.fill("[name=username]", who)
        page.fill("[name=password]", running.passwords[who])
        page.locator("main form button").first.click()
    return page


def main(names: list[str]) -> int:
    """All pictures, or those named."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program or not wanted:
        print("没有 Chromium，或没有这样的图 / no Chromium here, or no such picture")
        return 1
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = driver.chromium.launch(executable_path=program, args=flags)
        for until in dict.fromkeys(picture.until for picture in wanted):
            with office(until) as running:
                if until == "polling":
                    begin_counting(browser, running)
                for picture in (seen for seen in wanted if seen.until == until):
                    take(browser, running, picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
