"""A publication is prepared by a job, previewed as the very pages, then published so or not."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from election.database import db
from election.exchange.publication.package import building
from election.models import Congress, Job, JobState, Publication
from election.queries.audit import verify as audit_verify
from election.rules.access import Role
from election.web import operations
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.exchange.publication.counted_town import a_town
from tests.exchange.publication.published_town import (
    COUNTY,
    TOWN,
    app_on,
    counted_town,
    package_of,
    publish_these,
    unpacked,
)
from tests.jobs import children
from tests.working import fault_of, job_at, stored_job, work

NEW = "/elections/1/publication/new"
BOTH = [str(TOWN), str(COUNTY)]
PAGES = ("overview", "candidates", "turnout", "district/town-1", "district/town-4")
FILES = (
    "files/charts/turnout.svg",
    "files/charts/town-2.svg",
    "files/documents/result-notice.pdf",
    "files/verify.py",
    "files/tables/candidates.csv",
)


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    """Everything is counted, nothing is published."""
    yield from app_on(counted_town(founded, tmp_path_factory), tmp_path)


@pytest.fixture
def publisher(client: StrictClient) -> StrictClient:
    return client.sign_in(Role.PUBLISHER)


def prepare(client: StrictClient, congresses: list[str] = BOTH, **fields: str) -> str:
    """A preparation asked for and done: the address of its page."""
    answer = client.post(NEW, {"congresses": congresses, **fields})
    assert work(client.http.application)
    return answer.location


def text(client: StrictClient, path: str, **more: int) -> str:
    return client.get(path, **more).get_data(as_text=True)


def publications() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Publication)) or 0


def words_of(page: str) -> list[str]:
    """What a page says in its main part, without addresses, moments and codes."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(
        r'<div class="pub-banner" role="note">\s*预览.*?</div>', "", main, flags=re.DOTALL
    )
    main = main.partition('<section id="check">')[0]
    said = re.sub(r"\d{1,2}:\d\d|\d{1,2}时\d{1,2}分?", "", re.sub(r"<[^>]*>", "\n", main))
    return said.split()


def test_what_was_previewed_is_what_becomes_public(publisher: StrictClient) -> None:
    path = prepare(publisher)
    assert publications() == 0
    publisher.get(f"/results/{TOWN}", status=404)
    assert "已准备好，尚未公布。" in text(publisher, path)
    preview = {page: words_of(text(publisher, f"{path}/{TOWN}/{page}")) for page in PAGES}
    files = {name: publisher.get(f"{path}/{TOWN}/{name}").data for name in FILES}
    publisher.post(f"{path}/publish", {"checked": "y", "op": "k1"})
    publisher.post(f"{path}/publish", {"checked": "y", "op": "k1"})  # done once
    assert publications() == 2
    assert "已公布。请将下方校验码印在公告上。" in text(publisher, "/elections/1/publication")
    for page, said in preview.items():
        public = page.replace("overview", "").replace("district/", "districts/")
        assert words_of(text(publisher, f"/results/{TOWN}/{public}".rstrip("/"))) == said
    inside = unpacked(package_of(TOWN))
    for name, content in files.items():
        public = name if name.startswith("files/tables") else f"files/{name[6:]}"
        assert publisher.get(
            f"/results/{TOWN}/v1/{public[6:] if 'tables' in name else public}"
        ).data
        assert inside.get(name[6:], content) == content
    assert audit_verify(db.session()) == []


def test_the_preview_says_that_it_is_not_public_and_leads_nowhere_else(
    publisher: StrictClient,
) -> None:
    path = prepare(publisher)
    page = text(publisher, f"{path}/{TOWN}/overview")
    assert "预览：本页尚未公开。" in page
    assert f'href="/results/{TOWN}' not in page
    for address in set(re.findall(rf'(?:href|src)="({path}/{TOWN}/[^"#?]+)"', page)):
        publisher.get(address)
    for address in (
        f"{path}/{TOWN}/nothing",
        f"{path}/{TOWN}/files/nothing.svg",
        f"{path}/99/overview",
    ):
        publisher.get(address, status=404)


def test_the_page_tells_how_far_it_is(publisher: StrictClient) -> None:
    path = publisher.post(NEW, {"congresses": BOTH}).location
    waiting = publisher.get(f"{path}/progress").get_json()
    assert (waiting["state"], waiting["ended"]) == ("waiting", False)
    assert waiting["texts"]["sentence"] == "正在排队，前面还有0项。"
    job = job_at(path)
    job.progress = {"phase": "drawing", "done": 3, "of": 16, "congress": "鹤浦镇人民代表大会"}
    job.state, job.worker, job.beat_at = JobState.RUNNING, "another", operations.now()
    db.session.commit()
    running = publisher.get(f"{path}/progress").get_json()
    assert (running["done"], running["of"]) == (3, 16)
    said = "鹤浦镇人民代表大会：正在绘制图表和公告，已完成3项，共16项。"
    assert running["texts"]["sentence"] == said
    assert said in text(publisher, path)
    assert "正在准备公布。" in text(publisher, "/elections/1/publication")


def test_a_record_that_changed_since_the_preview_stops_the_publication(
    publisher: StrictClient,
) -> None:
    path = prepare(publisher)
    db.session.execute(update(Congress).where(Congress.id == TOWN).values(name="改名人大"))
    db.session.commit()
    answer = publisher.post(f"{path}/publish", {"checked": "y"}, status=422)
    assert "R.712" in answer.text
    assert publications() == 0


def test_a_version_published_since_the_preview_stops_the_publication(
    publisher: StrictClient, office: Office
) -> None:
    path = prepare(publisher, [str(TOWN)])
    publish_these(office, (TOWN,), at=operations.now())
    assert "R.712" in publisher.post(f"{path}/publish", {"checked": "y"}, status=422).text
    assert publications() == 1


def test_bytes_that_are_not_those_of_the_preview_are_not_published(
    publisher: StrictClient, app: Flask
) -> None:
    path = prepare(publisher)
    folder = Path(app.config["XUANBAN_DATA"]) / "prepared"
    file = next(folder.glob(f"{TOWN}-*"))
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    file.write_bytes(file.read_bytes() + b" ")
    assert "R.716" in publisher.post(f"{path}/publish", {"checked": "y"}, status=422).text
    assert "重新准备" in text(publisher, path)
    assert publications() == 0


def test_a_newer_preparation_takes_the_place_of_the_older(publisher: StrictClient) -> None:
    older = prepare(publisher)
    newer = prepare(publisher)
    assert "R.716" in publisher.post(f"{older}/publish", {"checked": "y"}, status=422).text
    publisher.post(f"{newer}/publish", {"checked": "y"})
    assert publications() == 2


def test_the_notice_of_yesterday_is_not_published_today(
    publisher: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = prepare(publisher)
    tomorrow = operations.now() + timedelta(days=1)
    monkeypatch.setattr(operations, "now", lambda: tomorrow)
    assert "R.715" in publisher.post(f"{path}/publish", {"checked": "y"}, status=422).text
    assert publications() == 0


def test_publishing_needs_the_tick(publisher: StrictClient) -> None:
    path = prepare(publisher)
    answer = publisher.post(f"{path}/publish", {}, status=422)
    assert "我已将预览与签字的纸质材料核对" in answer.text
    assert publications() == 0


def test_before_it_is_prepared_nothing_can_be_published(publisher: StrictClient) -> None:
    path = publisher.post(NEW, {"congresses": BOTH}).location
    assert "R.716" in publisher.post(f"{path}/publish", {"checked": "y"}, status=422).text


def test_a_child_that_dies_leaves_nothing_half_published(
    publisher: StrictClient, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setattr(building, "chart_svg", children.dies)
    path = prepare(publisher)
    key = int(path.rpartition("/")[2])
    assert fault_of(key).startswith("准备公布时出现程序错误")
    assert publications() == 0
    assert not list((Path(app.config["XUANBAN_DATA"])).glob("prepared/*"))
    page = text(publisher, path)
    assert "重新准备" in page
    assert "立即公布" not in page


def test_a_worker_that_was_killed_is_noticed_and_nothing_is_public(
    publisher: StrictClient,
) -> None:
    path = publisher.post(NEW, {"congresses": BOTH}).location
    job = job_at(path)
    job.state, job.worker = JobState.RUNNING, "killed"
    job.started_at = job.beat_at = operations.now() - timedelta(minutes=1)
    db.session.commit()
    assert "准备过程中断，没有公布任何内容，可重新准备。" in text(publisher, path)
    assert stored_job(job.id).state is JobState.FAILED
    assert publications() == 0


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLISHER])
def test_only_the_publisher_publishes_what_is_prepared(
    app: Flask, office: Office, role: Role
) -> None:
    path = StrictClient(app, office).sign_in(Role.PUBLISHER).post(NEW, {"congresses": BOTH})
    other = StrictClient(app, office).sign_in(role)
    other.post(f"{path.location}/publish", {"checked": "y"}, status=403)


def test_what_another_town_prepares_does_not_exist(app: Flask, publisher: StrictClient) -> None:
    path = prepare(publisher)
    other = found_office(code="330225104", name="石浦镇")
    stranger = StrictClient(app, other).sign_in(Role.PUBLISHER)
    for address in (path, f"{path}/progress", f"{path}/{TOWN}/overview"):
        stranger.get(address, status=404)
    stranger.post(f"{path}/publish", {"checked": "y"}, status=404)


def test_what_is_not_settled_is_not_prepared(founded: tuple[Path, Office], tmp_path: Path) -> None:
    for app in app_on(founded[0], tmp_path / "open"):
        a_town(founded[1])
        client = StrictClient(app, founded[1]).sign_in(Role.PUBLISHER)
        client.post(NEW, {"congresses": BOTH}, status=422)
        assert db.session.scalars(select(Job)).all() == []


def test_the_page_of_a_calculation_is_no_page_of_a_preparation(publisher: StrictClient) -> None:
    key = publisher.post(NEW, {"congresses": BOTH}).location.rpartition("/")[2]
    publisher.get(f"/jobs/{key}", status=404)
