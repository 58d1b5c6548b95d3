"""The main pages of every stage, in Chinese, on an office screen and on a telephone.

Nobody is shut out (axe finds nothing serious), nothing runs over the edge, and the browser has
nothing to complain of: no blocked script or style, no missing file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from election.actions import jobs
from election.actions.act import Act
from election.clock import now
from election.database import db, transaction
from election.models import Congress, Round
from election.planning.districting import Wishes
from election.queries.districts.proposals import ProposalRequest
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions import small_town
from tests.actions.districts_town import DistrictTown
from tests.builders import Office, Person
from tests.conftest import _close, make_app
from tests.exchange.publication import counted_town
from tests.exchange.publication.published_town import publish_these
from tests.journeys.conftest import LiveServer
from tests.journeys.windows import Desk, Official
from tests.queries.candidates import office as candidate_office

pytestmark = [pytest.mark.slow, pytest.mark.journey]

SIZES = ((1366, 768), (390, 844))
GRAVE = {"serious", "critical"}
SCROLLS = "scrollable-region-focusable"
ASKED = {
    "resultTypes": ["violations"],
    "iframes": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
AXE = Axe().axe_script


@dataclass(frozen=True, slots=True)
class Visit:
    """A page and who looks at it; None is a visitor without a login."""

    role: Role | None
    path: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a page: `overflow`, `browser`, or the name of a rule of axe."""

    rule: str
    where: str


@pytest.fixture(scope="module")
def faults(
    browser: Browser,
    start: Callable[[Callable[[Path], None]], LiveServer],
    founded: tuple[Path, Office],
) -> list[Fault]:
    """Everything found on all pages, each looked at once in both sizes."""
    office, visits = founded[1], list[Visit]()
    server = start(lambda data: visits.extend(towns_in_every_stage(data, office)))
    found: list[Fault] = []
    for role in dict.fromkeys(visit.role for visit in visits):
        desk = seated(browser, server.url, office.of(role) if role else None)
        for visit in (one for one in visits if one.role is role):
            desk.page.goto(visit.path)
            desk.page.wait_for_load_state("networkidle")  # a map is drawn after its page is there
            found += faults_of(desk.page, visit.path)
        found += [Fault("browser", said) for said in desk.faults]
        desk.leaves()
    return found


def test_the_browser_finds_nothing_blocked_or_missing(faults: list[Fault]) -> None:
    assert [one.where for one in faults if one.rule == "browser"] == []


def test_no_page_runs_over_the_edge_of_either_screen(faults: list[Fault]) -> None:
    assert [one.where for one in faults if one.rule == "overflow"] == []


def test_no_page_shuts_anybody_out(faults: list[Fault]) -> None:
    others = {"browser", "overflow", SCROLLS}
    assert [one for one in faults if one.rule not in others] == []


def test_what_scrolls_is_reached_by_keyboard(faults: list[Fault]) -> None:
    assert [one.where for one in faults if one.rule == SCROLLS] == []


def seated(browser: Browser, url: str, who: Person | None) -> Desk:
    """A window on an office screen, signed in where there is somebody to sign in."""
    return Official(browser, url).signs_in(who) if who else Desk(browser, url)


DRAWN = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))"


def faults_of(page: Page, path: str) -> list[Fault]:
    """What is wrong with the open page at either size."""
    found = []
    page.evaluate(AXE)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(DRAWN)  # what follows a change of size is done when the next frame is drawn
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found += [Fault("overflow", f"{path} at {width}: {over} pixels")] if over > 0 else []
        found += violations(page, f"{path} at {width}")
    return found


def violations(page: Page, place: str) -> list[Fault]:
    """Serious and critical findings of axe."""
    answer = page.evaluate("asked => axe.run(document, asked)", ASKED)
    return [
        Fault(one["id"], f"{place}: {[node['target'] for node in one['nodes']][:3]}")
        for one in answer["violations"]
        if one["impact"] in GRAVE
    ]


def towns_in_every_stage(data: Path, office: Office) -> list[Visit]:
    """One office with an election in each stage; the pages to look at."""
    app = make_app(data)
    with app.app_context():
        visits = [
            *_published(office),
            *_set_up(office),
            *_nomination(office),
            *_counting(office),
        ]
        _close(app)
    return visits


def _set_up(office: Office) -> list[Visit]:
    town = DistrictTown(office)
    plan = town.create()
    town.save(plan, {"A1": 1, "A2": 1, "A3": 2, "A4": 2}, {1: 3, 2: 3})
    town.create("副本", copy=plan)
    here, congress = f"/elections/{town.election_id}", town.congress_id()
    paths = (
        "/elections",
        "/elections/new",
        here,
        f"{here}/set-up",
        f"{here}/congresses/town",
        f"{here}/law/majority_basis",
        f"{here}/law/tie_repeat_max",
        f"{here}/calendar",
        f"{here}/units",
        f"{here}/units/table",
        f"{here}/units/import",
        f"{here}/units/import/neighbours",
        f"{here}/units/import/shapes",
        f"{here}/units/neighbours-from-shapes",
        f"/congresses/{congress}/compare?a={plan}",
        f"/plans/{plan}/seats",
        f"{here}/units/new",
        f"/congresses/{congress}/districts",
        f"/plans/{plan}",
        f"/plans/{plan}/papers",
        f"/plans/{plan}/districts/1/why",
        f"/plans/{plan}/charts",
        f"/congresses/{congress}/seats",
        f"/congresses/{congress}/seats/fairness",
        "/seats",
        f"/jobs/{_job(town)}",
        f"/plans/{plan}/map",
        f"/congresses/{congress}/compare",
    )
    visitor = [Visit(None, path) for path in ("/", "/login")]
    return visitor + [Visit(Role.DIRECTOR, path) for path in paths]


def _job(town: DistrictTown) -> int:
    """A calculation under way, with choices."""
    key = town.congress_id()
    asked = ProposalRequest(name="建议", wishes=Wishes(together=(("A1", "A2"),)))
    with transaction() as session:
        jobs.ask(
            Act(session, town.by, now()),
            session.get_one(Congress, key),
            kind=jobs.PLAN,
            title=asked.name,
            asked=asked.to_json(),
        )
        job = jobs.claim(session, worker="another", at=now())
        assert job is not None
        return job.id


def _nomination(office: Office) -> list[Visit]:
    town = candidate_office.a_town(office)
    candidate_office.fill(town)
    candidate_office.publish(town)
    received = candidate_office.receive(town, "欧阳静", level=Level.COUNTY)
    accepted = candidate_office.stand(town, "司马芸", level=Level.COUNTY)
    here, district = f"/elections/{town.election_id}", town.districts[Level.TOWN, 1]
    registrar = (
        f"{here}/candidates",
        f"/districts/{district}/candidates",
        f"/districts/{town.districts[Level.COUNTY, 1]}/nominations/new",
        f"/nominations/{received}",
        f"/candidacies/{accepted}",
    )
    director = (
        f"/districts/{district}/formal-candidates",
        f"/congresses/{town.congress().id}/candidate-lists/first",
        f"{here}/polling",
        f"{here}/polling/new",
        f"{here}/polling/many",
        f"{here}/polling/registered",
    )
    return [Visit(Role.REGISTRAR, path) for path in registrar] + [
        Visit(Role.DIRECTOR, path) for path in director
    ]


def _counting(office: Office) -> list[Visit]:
    town = small_town.counting_town(office, registered=4000)
    ids = town.ids(1)
    figures = small_town.paper(dict.fromkeys(ids.values(), 90))
    slip = small_town.paper(dict.fromkeys(ids.values(), 91))
    differing, agreed = town.sheet(1, "S01").id, town.sheet(1, "M01").id
    free = town.sheet(2, "S02").id
    small_town.keep(town, agreed, figures)
    for sheet, second in ((differing, slip), (agreed, figures)):
        small_town.enter(town, sheet, figures, 0)
        small_town.enter(town, sheet, second, 1)
    here = f"/elections/{town.election_id}/counting"
    place = town.places["S01"]
    return [
        Visit(Role.TELLER, f"{here}/work"),
        Visit(Role.TELLER, f"/sheets/{free}/entry"),
        Visit(Role.TELLER, f"/sheets/{differing}/differing"),
        Visit(Role.STATION_OFFICER, here),
        Visit(Role.STATION_OFFICER, f"{here}/wall"),
        Visit(Role.STATION_OFFICER, f"{here}/accounts"),
        Visit(Role.STATION_OFFICER, f"/places/{place}/ballot-account"),
        Visit(Role.SCRUTINEER, f"{here}/desk"),
        Visit(Role.SCRUTINEER, f"/sheets/{agreed}/sign"),
        Visit(Role.SCRUTINEER, f"/sheets/{differing}/compare"),
        Visit(Role.SCRUTINEER, f"/sheets/{agreed}"),
    ]


def _published(office: Office) -> list[Visit]:
    """Built first: counted_town finds its rows by codes that are unique in one election only."""
    election = counted_town.a_counted_town(office)
    congress = counted_town.congress_id(election, Level.TOWN)
    publish_these(office, (congress,))
    tied = next(one.id for one in db.session.query(Round) if one.code == "town-2-r1")
    here, result = f"/elections/{election}", f"/results/{congress}"
    public = (
        result,
        f"{result}/districts/town-2",
        f"{result}/candidates",
        f"{result}/turnout",
    )
    return [
        Visit(Role.DIRECTOR, f"{here}/results"),
        Visit(Role.DIRECTOR, f"/rounds/{tied}/result"),
        Visit(Role.DIRECTOR, "/audit"),
        Visit(Role.ADMINISTRATOR, "/officials"),
        Visit(Role.ADMINISTRATOR, "/backups"),
        Visit(Role.ADMINISTRATOR, "/backups/paper"),
        Visit(Role.PUBLISHER, f"{here}/publication"),
        Visit(Role.PUBLISHER, f"{here}/publication/new"),
        Visit(Role.PUBLISHER, f"/congresses/{congress}/publication/preview"),
        *(Visit(None, path) for path in public),
    ]
