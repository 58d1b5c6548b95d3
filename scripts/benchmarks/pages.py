"""Requests a second: the public result page against a view that only asks `SELECT 1`."""

import http.client
import threading
import time
from collections.abc import Iterator

from sqlalchemy import select

from election.cli.sample import load_sample
from election.database import db
from election.models import Congress
from election.rules.terms import Level
from scripts.benchmarks.office import application, folder, server

SECONDS, CONNECTIONS = 4.0, 8


def measure() -> Iterator[str]:
    """The sample is published first; both pages are asked in turn from keep-alive connections."""
    with folder() as data:
        with application(data):
            load_sample(show=lambda _logins: None)
            town = db.session.scalar(select(Congress.id).where(Congress.level == Level.TOWN))
        with server(data) as port:
            page, spread = _rate(port, f"/results/{town}")
            empty, _ = _rate(port, "/healthz")
    yield (
        f"result page {page:,.0f} requests/s (p99 {spread * 1000:.0f} ms, {CONNECTIONS} "
        f"connections, client on the same machine); empty view {empty:,.0f}/s = "
        f"{page / empty:.2f} of it"
    )


def _rate(port: int, path: str) -> tuple[float, float]:
    """Requests a second and the 99th percentile of one request's seconds."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            taken.append(time.perf_counter() - begin)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    return len(taken) / SECONDS, taken[int(len(taken) * 0.99)]
