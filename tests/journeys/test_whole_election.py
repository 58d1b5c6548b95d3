"""One whole election in the browser, from an empty office to a package a stranger checks."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from election.clock import today
from election.exchange.publication.verifier.verify import verify
from election.rules.access import Role
from tests.builders import Office
from tests.journeys.conftest import LiveServer
from tests.journeys.pages import (
    Director,
    Paper,
    Publisher,
    Registrar,
    Scrutineer,
    StationOfficer,
    Teller,
    Visitor,
)
from tests.journeys.windows import Desk

pytestmark = [pytest.mark.slow, pytest.mark.journey]

UNITS = "编码,名称,类型,户籍人口\nA01,东湾村,村,620\nA02,西岙村,村,580\nA03,南田社区,社区,600\n"
SIGNERS = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "黄磊", "周涛", "吴霞", "徐明"]
FIRST, LEVEL, LOWER = "丁一", "王二", "张三"  # the last two get equal votes
NAMES = {FIRST, LEVEL, LOWER}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody at a window of their own."""

    director: Director
    registrar: Registrar
    station: StationOfficer
    teller: Teller
    second_teller: Teller
    scrutineer: Scrutineer
    publisher: Publisher
    visitor: Visitor

    def windows(self) -> list[Desk]:
        return [getattr(self, name) for name in self.__slots__]


@pytest.fixture
def cast(
    browser: Browser, start: Callable[[], LiveServer], founded: tuple[Path, Office]
) -> Iterator[Cast]:
    """The officials signed in on a fresh office, and a visitor."""
    url = start().url

    def seated(kind: type, role: Role, which: int = 0):
        return kind(browser, url).signs_in(founded[1].of(role, which))

    everybody = Cast(
        director=seated(Director, Role.DIRECTOR),
        registrar=seated(Registrar, Role.REGISTRAR),
        station=seated(StationOfficer, Role.STATION_OFFICER),
        teller=seated(Teller, Role.TELLER, 0),
        second_teller=seated(Teller, Role.TELLER, 1),
        scrutineer=seated(Scrutineer, Role.SCRUTINEER),
        publisher=seated(Publisher, Role.PUBLISHER),
        visitor=Visitor(browser, url),
    )
    yield everybody
    for window in everybody.windows():
        window.leaves()


def test_an_office_elects_two_deputies_and_a_stranger_checks_it(cast: Cast, tmp_path: Path) -> None:
    day = today()
    sets_up(cast.director, day, tmp_path / "units.csv")
    nominates(cast, day)
    prepares_poll(cast.director)
    first = Paper(
        500, 498, 8, 2, {FIRST: (300, 188, 2), LEVEL: (260, 228, 2), LOWER: (260, 228, 2)}
    )
    counts_with_a_slip(cast, first)
    certifies_the_tie(cast.director, day)
    repeat = Paper(480, 480, 5, 0, {LEVEL: (245, 230, 0), LOWER: (220, 255, 0)})
    counts(cast, "T01-2-S01", repeat)
    certifies_and_closes(cast.director)
    cast.publisher.publishes()
    package = reads_what_is_public(cast.visitor)
    assert verify(package) == []
    assert [place for place in places(package) if not verify(changed(package, place))] == []
    assert [fault for window in cast.windows() for fault in window.faults] == []


def sets_up(director: Director, day: date, table: Path) -> None:
    """Election, congress, three units, one district of two seats, adopted."""
    table.write_text(UNITS, encoding="utf-8")
    director.creates_election("鹤浦镇换届选举", day)
    director.fixes_town_congress(
        "鹤浦镇人民代表大会", term=19, seats=2, decision="象人大常〔2021〕1号"
    )
    assert director.imports_units(table) == [3, 0, 0, 0, 0]  # added, changed, skipped, faults, rest
    director.draws_one_district("方案一", "东西南", seats=2)
    director.adopts_plan("镇选举委员会第2次会议")
    assert director.moves_on() == "nomination"


def nominates(cast: Cast, day: date) -> None:
    """Three people for two seats: one by a party, two by ten voters each; both lists put up."""
    received = day - timedelta(days=30)
    cast.registrar.registers_party_nomination(FIRST, "中共鹤浦镇委员会", received)
    cast.registrar.accepts()
    for number, name in enumerate((LEVEL, LOWER)):
        signers = [f"{signer}, {number}{n:03}" for n, signer in enumerate(SIGNERS)]
        cast.registrar.registers_joint_nomination(name, signers, received)
        cast.registrar.accepts()
    cast.director.publishes_roll(day - timedelta(days=21))
    cast.director.publishes_list("first", day - timedelta(days=20))
    cast.director.fixes_formal_candidates()
    cast.director.publishes_list("formal", day - timedelta(days=10))
    assert cast.director.moves_on() == "polling"


def prepares_poll(director: Director) -> None:
    """One station, the number on the roll, and the count begins."""
    director.opens_station("S01", "东湾村投票站")
    director.enters_voters(900)
    assert director.moves_on() == "counting"


def counts_with_a_slip(cast: Cast, paper: Paper) -> None:
    """The second teller misreads one person; the fields come back without the other's figures."""
    cast.station.keeps_ballot_account(drawn=480, proxy=20, printed=520, unused=20)
    cast.teller.enters_sheet("T01-1-S01", paper)
    slip = {**paper.votes, LOWER: (206, 282, 2)}
    cast.second_teller.enters_sheet(
        "T01-1-S01", Paper(paper.issued, paper.returned, paper.void, paper.blank, slip)
    )
    assert cast.second_teller.page.url.endswith("/differing")
    differing = cast.scrutineer.sends_back(2)
    assert (len(differing), {LOWER in line for line in differing}) == (2, {True})
    assert cast.second_teller.reads_again(paper) == differing
    cast.scrutineer.signs()


def counts(cast: Cast, code: str, paper: Paper) -> None:
    """The same people count another round without a slip."""
    cast.station.keeps_ballot_account(drawn=460, proxy=20, printed=490, unused=10)
    cast.teller.enters_sheet(code, paper)
    cast.second_teller.enters_sheet(code, paper)
    cast.scrutineer.signs()


def certifies_the_tie(director: Director, day: date) -> None:
    """Equal votes at the cut: nobody draws lots, a repeat vote is opened."""
    assert director.looks_at_result() == {FIRST: "elected", LEVEL: "level", LOWER: "level"}
    director.certifies("镇选举委员会第5次会议")
    director.opens_repeat_vote(day, "镇选举委员会第6次会议")


def certifies_and_closes(director: Director) -> None:
    """The repeat vote decides the second seat."""
    assert director.looks_at_result() == {LEVEL: "elected", LOWER: ""}
    director.certifies("镇选举委员会第7次会议")
    assert director.moves_on() == "closed"


def reads_what_is_public(visitor: Visitor) -> bytes:
    """Overview, district, chart, English; the package as downloaded."""
    assert f"{FIRST}、{LEVEL}" in visitor.reads_result()
    district = visitor.reads_district()
    assert {name for name in NAMES if name in district} == NAMES
    status, kind, body, width = visitor.looks_at_chart()
    assert (status, kind) == (200, "image/svg+xml")
    assert b"<svg" in body[:1000]
    assert width > 100
    assert "Elected" in visitor.switches_to("en")
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    return visitor.downloads_package()


def places(package: bytes) -> list[int]:
    """Two dozen positions all over a package, the same for the same package."""
    drawn = [hashlib.sha256(f"{n}:{len(package)}".encode()).digest() for n in range(24)]
    return [int.from_bytes(each[:8], "big") % len(package) for each in drawn]


def changed(package: bytes, place: int) -> bytes:
    """The package with one bit of one byte turned over."""
    return package[:place] + bytes([package[place] ^ 0x01]) + package[place + 1 :]
