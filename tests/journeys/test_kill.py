"""kill -9 while tellers enter, stations keep accounts, a plan is calculated: nothing is lost.

A small version of the reliability measure R1: every write carries an operation id; whoever got no
answer sends the very same request again, and in the end everything happened exactly once.
"""

import json
import re
import sqlite3
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from election.cli.sample.dice import Dice
from election.database import db
from election.queries.audit import verify
from election.queries.units.table import UnitValues
from election.rules.access import Role
from election.rules.units.kinds import UnitKind
from tests.actions.districts_town import DistrictTown
from tests.actions.small_town import Town, account, counting_town, paper
from tests.builders import Office, Person
from tests.conftest import _close, make_app
from tests.journeys.conftest import LiveServer

pytestmark = pytest.mark.slow

ELECTIONS, WINDOWS = 3, 2  # 60 writes; two windows of each official
TELLERS = 3
KILLS = (5, 16, 27, 38)  # not before so many writes were acknowledged
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Write:
    """One request that changes something; `key` is its operation id."""

    key: str
    path: str
    fields: tuple[tuple[str, str], ...]
    sheets: tuple[int, ...]  # whose figures it stores
    person: str  # number of the official


class Window:
    """An HTTP client of one official, with cookies; any broken connection is an OSError."""

    def __init__(self, server: LiveServer, who: Person) -> None:
        self.port, self.cookies, self.token = server.port, SimpleCookie(), ""
        self.token = self._read_token("/login")
        status, _ = self._ask(
            "POST", "/login", {"username": who.username, "password": who.password}
        )
        assert status == 303
        self.token = self._read_token("/elections")

    def send(self, write: Write) -> int:
        """The status of the answer."""
        return self._ask("POST", write.path, dict(write.fields), key=write.key)[0]

    def read(self, path: str) -> str:
        """The text of a page."""
        return self._ask("GET", path)[1]

    def _read_token(self, path: str) -> str:
        found = _TOKEN.search(self.read(path))
        assert found, path
        return found[1]

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, *, key: str = ""
    ) -> tuple[int, str]:
        body = urlencode({**(fields or {}), "csrf_token": self.token}) if fields else None
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._cookie()}
        if key:
            headers["Idempotency-Key"] = key
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            try:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                text = answer.read().decode()
            except HTTPException as broken:
                raise ConnectionError(str(broken)) from broken
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return answer.status, text

    def _cookie(self) -> str:
        return "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())


@dataclass
class Night:
    """What is to be written by whom, and what was acknowledged, refused or left without answer."""

    todo: dict[str, deque[Write]]  # number of the official -> writes
    acknowledged: list[Write] = field(default_factory=list)
    unanswered: list[Write] = field(default_factory=list)
    refused: list[tuple[int, Write]] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def work(self, window: Window, number: str) -> None:
        """Send one write after the other; without an answer, the same again when the door opens."""
        while True:
            try:
                write = self.todo[number].popleft()
            except IndexError:
                return
            while not self._answered(window, write):
                self.unanswered.append(write)

    def _answered(self, window: Window, write: Write) -> bool:
        assert self.open.wait(timeout=60), "the server did not come back"
        try:
            status = window.send(write)
        except OSError:
            return False
        if status == 303:
            self.acknowledged.append(write)
        else:
            self.refused.append((status, write))
        return True


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database file holds, read without any of our code."""

    operations: Counter[str]
    figures: Counter[tuple[int, str]]  # sheet and official -> how often
    records: int  # in the audit chain

    @classmethod
    def read(cls, data: Path) -> "Stored":
        with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
            figures = connection.execute(
                "SELECT sheet_id, person FROM entry UNION ALL"
                " SELECT sheet_id, kept_by FROM ballot_account"
            )
            return cls(
                Counter(key for (key,) in connection.execute("SELECT key FROM operation")),
                Counter((sheet, person) for sheet, person in figures),
                connection.execute(
                    "SELECT count(*) FROM audit_entry"
                    " WHERE what IN ('count.entry', 'count.account')"
                ).fetchone()[0],
            )

    def lacks(self, writes: Sequence[Write]) -> list[str]:
        """The writes that are not there exactly once."""
        return [
            write.key
            for write in writes
            if self.operations[write.key] != 1
            or any(self.figures[sheet, write.person] != 1 for sheet in write.sheets)
        ]


def test_what_was_acknowledged_survives_kill_9_and_nothing_happens_twice(
    start: Callable[[Callable[[Path], None]], LiveServer], founded: tuple[Path, Office]
) -> None:
    office, writes = founded[1], list[Write]()
    server = start(lambda data: writes.extend(a_night_of_counting(data, office)))
    people = [office.of(Role.TELLER, n) for n in range(TELLERS)] + [office.of(Role.STATION_OFFICER)]
    windows = [(Window(server, who), who.actor.number) for who in people for _ in range(WINDOWS)]
    night = Night({who.actor.number: deque() for who in people})
    for write in writes:
        night.todo[write.person].append(write)
    with ThreadPoolExecutor(len(windows)) as pool:
        working = [pool.submit(night.work, *window) for window in windows]
        for moment in kill_moments():
            kill_once(server, night, moment)
        night.open.set()
    for thread in working:
        thread.result()
    assert night.refused == []
    assert sorted(w.key for w in night.acknowledged) == sorted(w.key for w in writes)
    assert night.unanswered, "no kill hit a request: the test showed nothing"
    after = Stored.read(server.data)
    assert after.lacks(writes) == []
    assert (after.operations.total(), after.records) == (len(writes), len(writes))
    assert repeated(windows, writes) == {303: len(writes)}
    assert Stored.read(server.data) == after
    assert broken(server.data) == []


def test_a_calculation_killed_in_its_middle_says_so_and_leaves_every_plan_as_it_was(
    start: Callable[[Callable[[Path], None]], LiveServer], founded: tuple[Path, Office]
) -> None:
    office, made = founded[1], dict[str, int]()

    def prepare(data: Path) -> None:
        app = make_app(data)
        with app.app_context():
            town = DistrictTown(office, square(12))
            made.update(congress=town.congress_id(), plan=town.create())
            _close(app)

    server = start(prepare)
    window = Window(server, office.of(Role.DIRECTOR))
    asked = {"name": "久算", "limit": "60", "seed": "0", "source": "units", "objective": "max"}
    path = f"/congresses/{made['congress']}/propose"
    assert window.send(Write("ask", path, tuple(asked.items()), (), "")) == 303
    told = progress(window, lambda told: told["texts"]["value"] != "—")
    assert told["state"] == "running"
    before = window.read(f"/plans/{made['plan']}/map.json")
    server.kill()
    server.start_again()
    told = progress(window, lambda told: told["ended"])
    assert (told["state"], told["texts"]["sentence"]) == (
        "failed",
        "计算进程中断，方案未作任何改动，可重新开始。",
    )
    assert window.read(f"/plans/{made['plan']}/map.json") == before
    with closing(sqlite3.connect(server.data / "xuanban.sqlite3")) as connection:
        assert connection.execute("SELECT name FROM plan").fetchall() == [("方案一",)]
    assert broken(server.data) == []


def square(side: int) -> list[UnitValues]:
    """So many villages in a square that no plan of them is proven best within a minute."""
    return [
        UnitValues(
            f"U{y:02}{x:02}",
            f"{y}排{x}号村",
            hukou_population=200 + 37 * x * y % 501,
            kind=UnitKind.VILLAGE,
            neighbours=tuple(
                f"U{b:02}{a:02}"
                for a, b in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
                if 0 <= a < side and 0 <= b < side
            ),
        )
        for y in range(side)
        for x in range(side)
    ]


def progress(window: Window, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the page of the first job hears, once it is enough; at most a minute."""
    until, told = time.monotonic() + 60, dict[str, Any]()
    while time.monotonic() < until:
        told = json.loads(window.read("/jobs/1/progress"))
        if enough(told) or told["ended"]:
            break
        time.sleep(0.3)
    return told


def kill_moments() -> list[tuple[int, float]]:
    """Per kill: how many acknowledged writes before it, and seconds to wait then."""
    dice = Dice("kill -9")
    return [(least + dice.below(8), dice.below(15) / 1000) for least in KILLS]


def kill_once(server: LiveServer, night: Night, moment: tuple[int, float]) -> None:
    """Let everybody work until the moment, kill, start again, look."""
    enough, more = moment
    night.open.set()
    until = time.monotonic() + 60
    while len(night.acknowledged) < enough and not night.refused and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(more)
    night.open.clear()
    server.kill()
    acknowledged = list(night.acknowledged)
    server.start_again()
    stored = Stored.read(server.data)
    assert stored.lacks(acknowledged) == []
    assert max(stored.figures.values()) == 1
    assert stored.operations.total() == stored.records
    assert broken(server.data) == []


def repeated(windows: Sequence[tuple[Window, str]], writes: Sequence[Write]) -> dict[int, int]:
    """Send every write once more with its own key: status -> how often."""
    own = {number: window for window, number in windows}
    return dict(Counter(own[write.person].send(write) for write in writes))


def broken(data: Path) -> list[object]:
    """What the audit chain finds wrong with the tables."""
    app = make_app(data)
    with app.app_context():
        found = verify(db.session())
        _close(app)
    return list(found)


def a_night_of_counting(data: Path, office: Office) -> list[Write]:
    """Towns ready to be counted; every sheet is to be entered twice, every place keeps accounts."""
    app = make_app(data)
    with app.app_context():
        towns = [counting_town(office, registered=4000) for _ in range(ELECTIONS)]
        writes = [write for town in towns for write in [*_entries(town), *_accounts(town)]]
        _close(app)
    return writes


def _entries(town: Town) -> list[Write]:
    sheets = [sheet for number in town.districts for sheet in town.round(number).sheets]
    return [
        Write(
            f"entry-{sheet.id}-{teller}",
            f"/sheets/{sheet.id}/entry",
            tuple((f"figure-{item}", str(n)) for item, n in _figures(town, sheet).items()),
            (sheet.id,),
            town.actor(Role.TELLER, teller).number,
        )
        for place, sheet in enumerate(sheets)
        for teller in (place % TELLERS, (place + 1) % TELLERS)
    ]


def _figures(town: Town, sheet) -> dict[str, int]:
    return paper({row.candidacy.code: 90 for row in sheet.round.candidates})


def _accounts(town: Town) -> list[Write]:
    kept = account({"issued": 300})
    parts = {
        "checked_in": kept.checked_in,
        "proxy": kept.proxy,
        "printed": kept.printed,
        "spoiled": kept.spoiled_replaced,
        "unused": kept.unused,
    }
    found = []
    for place in town.places.values():
        sheets = tuple(sheet.id for sheet in _sheets_of(town, place))
        fields = [(f"seen-{sheet}", "0") for sheet in sheets]
        fields += [(f"account-{s}-{part}", str(n)) for s in sheets for part, n in parts.items()]
        number = town.actor(Role.STATION_OFFICER).number
        found.append(
            Write(
                f"account-{place}", f"/places/{place}/ballot-account", tuple(fields), sheets, number
            )
        )
    return found


def _sheets_of(town: Town, place: int) -> list:
    rounds = [town.round(number) for number in town.districts]
    return [sheet for one in rounds for sheet in one.sheets if sheet.place_id == place]
