"""An evening of counting: 30 teams enter, 100 readers read, 1,000 connections say nothing.

A team is two tellers and a scrutineer with two sheets: both enter, the scrutineer returns the
sheet, and they begin again. `EVENING_SECONDS=300 scripts/bench evening` for the whole five minutes.
"""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert, select

from election.actions import accounts
from election.actions.act import Act
from election.cli.sample import load_sample
from election.cli.sample.ballots import figures_for
from election.cli.sample.drive import Drive
from election.clock import now
from election.database import db, transaction
from election.models import CountSheet, Publication
from election.rules.access import Role
from election.rules.elections.phases import Phase
from scripts.benchmarks.office import application, folder, server

SECONDS = float(os.environ.get("EVENING_SECONDS", "60"))
TEAMS, READERS, IDLE = 30, 100, 1000
IDLE_OPEN = 10.0  # seconds in which the silent ones come
TEAM_PAUSE, READER_PAUSE = 2.0, 2.0  # seconds between two requests of one person
Statuses = tuple[int, ...]
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_COOKIE = re.compile(r"(?i)set-cookie: (xuanban=[^;\r]+)")
_LENGTH = re.compile(r"(?i)content-length: (\d+)")
_VERSION = re.compile(r'name="version"[^>]* value="(\d+)"')


@dataclass(slots=True)
class Figures:
    """Seconds of each request by its kind, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        """Count, median, 99th percentile and the longest."""
        seconds = sorted(self.taken.get(kind, [0.0]))
        middle, last = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
        return (
            f"{kind} {len(seconds)}: p50 {middle * 1000:.0f} ms, p99 {last * 1000:.0f} ms, "
            f"longest {seconds[-1] * 1000:.0f} ms"
        )


@dataclass(frozen=True, slots=True)
class Team:
    """Cookies of two tellers and a scrutineer, and what their papers say."""

    tellers: tuple[str, str]
    scrutineer: str
    papers: list[tuple[int, dict[str, int]]]


def measure() -> Iterator[str]:
    """Teams alone first, then everybody together: the same server, the same minute."""
    with folder() as data, folder() as other:
        published = _published(other)
        with application(data) as app:
            teams = _office(app, published)
        with server(data) as port:
            alone, together = asyncio.run(_evening(port, teams))
    yield f"teams alone: {alone.line('entry')}; errors {len(alone.errors)}"
    everybody = f"{TEAMS} teams, {READERS} readers, {IDLE} idle, {SECONDS:.0f} s"
    for kind in ("entry", "sheet", "return", "page"):
        yield f"{everybody}: {together.line(kind)}"
    yield f"errors {len(together.errors)} {together.errors[:3]}"


def _published(data: Path) -> list[dict[str, object]]:
    """The publications of a finished sample, as rows."""
    with application(data):
        load_sample(show=lambda _logins: None)
        columns = Publication.__table__.columns
        return [dict(row._mapping) for row in db.session.execute(select(*columns))]


def _office(app: Flask, published: list[dict[str, object]]) -> list[Team]:
    """The sample with its polls just closed, the teams hired and signed in."""
    drive = Drive("polling")
    drive.run()
    drive.to(Phase.COUNTING)
    with transaction() as session:
        session.execute(insert(Publication), published)
    sheets = db.session.scalars(select(CountSheet).order_by(CountSheet.id))
    papers = [(sheet.id, figures_for(sheet)) for sheet in sheets]
    app.config["WTF_CSRF_ENABLED"] = False
    return [_team(app, drive, number, papers[number::TEAMS]) for number in range(TEAMS)]


def _team(app: Flask, drive: Drive, number: int, papers: list[tuple[int, dict[str, int]]]) -> Team:
    cookies = []
    for role in (Role.TELLER, Role.TELLER, Role.SCRUTINEER):
        name = f"team{number}-{len(cookies)}"
        with transaction() as session:
            _who, secret = accounts.add_official(
                Act(session, drive.staff["admin"], now()),
                username=name,
                name=name,
                roles=[role],
                must_change_password=False,
            )
        browser = app.test_client()
        browser.post("/login", data={"username": name, "password": secret})
        cookie = browser.get_cookie("xuanban")
        if cookie is None:
            raise RuntimeError(name)
        cookies.append(f"xuanban={cookie.value}")
    return Team((cookies[0], cookies[1]), cookies[2], papers)


async def _evening(port: int, teams: list[Team]) -> tuple[Figures, Figures]:
    alone, together = Figures(), Figures()
    await _run([_team_works(port, team, alone, SECONDS / 4) for team in teams])
    async with _idle(port):
        readers = [_reader(port, number, together) for number in range(READERS)]
        await _run([*readers, *(_team_works(port, team, together, SECONDS) for team in teams)])
    return alone, together


async def _run(people: list[object]) -> None:
    """Everybody, none at the same moment as another."""

    async def come(number: int, work: object) -> None:
        await asyncio.sleep(TEAM_PAUSE * number / len(people))
        await work  # type: ignore[misc]

    await asyncio.gather(*(come(number, work) for number, work in enumerate(people)))


async def _team_works(port: int, team: Team, figures: Figures, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for sheet, paper in team.papers:
            for cookie in team.tellers:
                await _enter(Person(port, cookie, figures), sheet, paper)
            await _return(Person(port, team.scrutineer, figures), sheet)
            if time.monotonic() > end:
                break


async def _enter(teller: "Person", sheet: int, paper: dict[str, int]) -> None:
    path = f"/sheets/{sheet}/entry"
    status, page = await teller.ask("sheet", path)
    if status == 303:
        path = f"/sheets/{sheet}/correction"
        status, page = await teller.ask("sheet", path)
    fields = {f"figure-{item}": number for item, number in paper.items()}
    await asyncio.sleep(TEAM_PAUSE)
    await teller.send("entry", path, page, fields)
    await asyncio.sleep(TEAM_PAUSE)


async def _return(scrutineer: "Person", sheet: int) -> None:
    _status, page = await scrutineer.ask("sheet", f"/sheets/{sheet}/sign")
    version = _VERSION.search(page)
    fields = {"reason": "再读一次", "version": version[1] if version else ""}
    await scrutineer.send("return", f"/sheets/{sheet}/return", page, fields)


async def _reader(port: int, number: int, figures: Figures) -> None:
    pages = ("/", "/results/2", "/results/1", "/results/2/turnout", "/results/2/candidates")
    end = time.monotonic() + SECONDS
    person = Person(port, "", figures)
    while time.monotonic() < end:
        number += 1
        await person.ask("page", pages[number % len(pages)], expected=(200,))
        await asyncio.sleep(READER_PAUSE)


@asynccontextmanager
async def _idle(port: int) -> AsyncIterator[None]:
    """Connections that say nothing, opened anew when the server closes them."""

    async def hold(number: int) -> None:
        await asyncio.sleep(IDLE_OPEN * number / IDLE)  # nor do browsers come in one moment
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                await reader.read()
                writer.close()

    holding = [asyncio.create_task(hold(number)) for number in range(IDLE)]
    await asyncio.sleep(IDLE_OPEN)
    yield
    for task in holding:
        task.cancel()
    await asyncio.gather(*holding, return_exceptions=True)


@dataclass(slots=True)
class Person:
    """One browser with one connection at a time."""

    port: int
    cookie: str
    figures: Figures
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, kind: str, path: str, page: str, fields: dict[str, object]) -> None:
        """A form with the token of its page."""
        token = _TOKEN.search(page)
        body = urlencode({**fields, "csrf_token": token[1] if token else ""})
        await self.ask(kind, path, body, expected=(303,))

    async def ask(
        self,
        kind: str,
        path: str,
        body: str | None = None,
        *,
        expected: tuple[int, ...] = (200, 303),
    ) -> tuple[int, str]:
        """Status and text; how long it took is noted, whatever came of it."""
        begin = time.monotonic()
        try:
            status, text = await asyncio.wait_for(self._exchange(path, body), 30)
        except (OSError, EOFError, TimeoutError) as error:
            status, text, self._line = 0, type(error).__name__, None
        self.figures.taken.setdefault(kind, []).append(time.monotonic() - begin)
        if status not in expected:
            self.figures.errors.append(f"{kind} {path}: {status} {text[:40] if not status else ''}")
        return status, text

    async def _exchange(self, path: str, body: str | None) -> tuple[int, str]:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        reader, writer = self._line
        head = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: localhost"]
        if self.cookie:
            head.append(f"Cookie: {self.cookie}")
        if body is not None:
            head.append("Content-Type: application/x-www-form-urlencoded")
            head.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*head, "", body or ""]).encode())
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        if cookie := _COOKIE.search(answer):
            self.cookie = cookie[1]
        length = _LENGTH.search(answer)
        text = await reader.readexactly(int(length[1]) if length else 0)
        return int(answer.split()[1]), text.decode()
