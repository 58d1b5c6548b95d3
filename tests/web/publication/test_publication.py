"""The public pages read the stored package only; nothing shows before; the desk publishes."""

import gzip
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from election.clock import now
from election.database import db, transaction
from election.exchange.publication.package import open_package
from election.exchange.publication.verifier.verify import verify
from election.models import Publication, Ticket
from election.rules.access import Role
from election.web import shelf as shelves
from tests.builders import Office, found_office
from tests.client import StrictClient
from tests.exchange.publication.counted_town import a_town
from tests.exchange.publication.published_town import (
    COUNTY,
    PUBLISHED_AT,
    TOWN,
    app_on,
    counted_town,
    package_of,
    publish_these,
    published_town,
)

PAGES = ("", "/candidates", "/turnout", "/districts/town-1", "/districts/town-4")
FILES = (
    "result.zip",
    "result.xlsx",
    "result.json",
    "tables/districts.csv",
    "charts/turnout.svg",
    "charts/town-2.svg",
    "files/verify.py",
    "files/README.txt",
    "files/documents/result-notice.pdf",
)


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    yield from app_on(published_town(founded, tmp_path_factory), tmp_path)


def text(client: StrictClient, path: str, **query: str) -> str:
    return client.get(path, **query).get_data(as_text=True)


# --- visitors -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_reads_every_page_in_both_languages(
    client: StrictClient, page: str, language: str
) -> None:
    client.language = language
    client.get(f"/results/{TOWN}{page}")
    client.get(f"/results/{TOWN}/v1{page}")


def test_the_overview_says_who_is_elected_and_what_is_wrong(client: StrictClient) -> None:
    page = text(client, f"/results/{TOWN}")
    for said in (
        "王芳、买买提·艾力",
        "郑和",
        "空缺1名",
        "73.89%",
        "16 / 16",
        "登记选民3,600人，参加投票2,660人",
        "警示：村5流动票箱（流动票箱）收回的选票多于发出的选票",
        f'再次投票 <a href="/results/{TOWN}/districts/town-2?lang=zh_Hans_CN">村2</a>',
    ):
        assert said in page, said


def test_the_overview_says_how_to_check(client: StrictClient) -> None:
    page = text(client, f"/results/{TOWN}")
    row = db.session.scalars(select(Publication).where(Publication.congress_id == TOWN)).one()
    printed = " ".join(row.audit_head[i : i + 4] for i in range(0, 32, 4))
    assert row.digest in page
    assert f'python verify.py result-town-v1.zip --head "{printed}"' in page
    raw = client.get(f"/results/{TOWN}/v1/result.zip").data
    assert hashlib.sha256(raw).hexdigest() == row.digest
    assert verify(raw, printed) == []


def test_a_district_page_explains_its_result(client: StrictClient) -> None:
    page = text(client, f"/results/{TOWN}/districts/town-2")
    for said in (
        "周勇（330票）、林静（330票）得票相等，余下1名无法确定",
        "再次投票",
        "得票相等</span>",
        "《选举法》第四十五条第三款；《浙江省选举实施细则》第四十九条第二款",
        "村2流动票箱",
        "（参加投票，占选民",
        "<strong>得票多的当选</strong>",  # no number of votes is needed in a repeat vote
    ):
        assert said in page, said
    void = text(client, f"/results/{TOWN}/districts/town-5")
    assert "本次选举无效" in void


def test_charts_are_pictures_with_their_table_beside(client: StrictClient) -> None:
    page = text(client, f"/results/{TOWN}/turnout")
    for name in ("turnout", "need", "deputies"):
        assert f'src="/results/{TOWN}/v1/charts/{name}.svg?lang=zh_Hans_CN"' in page
        assert f"/results/{TOWN}/v1/charts/{name}.png" in page
    assert page.count("<table") == 3
    svg = client.get(f"/results/{TOWN}/v1/charts/turnout.svg")
    assert svg.data == open_package(package_of(TOWN)).files["charts/turnout.svg"]
    assert client.get(f"/results/{TOWN}/v1/charts/turnout.png").data[:4] == b"\x89PNG"


@pytest.mark.parametrize("name", FILES)
def test_every_file_can_be_downloaded(client: StrictClient, name: str) -> None:
    answer = client.get(f"/results/{TOWN}/v1/{name}")
    assert len(answer.data) > 100
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/results/99",
        "/results/99/candidates",
        f"/results/{TOWN}/v2",
        f"/results/{TOWN}/v2/turnout",
        f"/results/{TOWN}/districts/town-99",
        f"/results/{TOWN}/districts/county-1",
        f"/results/{TOWN}/v1/charts/none.svg",
        f"/results/{TOWN}/v1/charts/none.png",
        f"/results/{TOWN}/v1/tables/none.csv",
        f"/results/{TOWN}/v1/files/none.txt",
        f"/results/{TOWN}/v1/files/../../../etc/passwd",
        f"/results/{TOWN}/v2/result.zip",
    ],
)
def test_what_is_not_published_is_not_found(client: StrictClient, path: str) -> None:
    client.get(path, status=404)


def test_a_visitor_gets_no_cookie_and_may_ask_again_by_etag(client: StrictClient) -> None:
    for path in ("/", *(f"/results/{TOWN}{page}" for page in PAGES)):
        first = client.http.get(path)
        assert "Set-Cookie" not in first.headers
        assert first.headers["Cache-Control"] == "max-age=5"
        again = client.http.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_a_version_are_kept_for_ever(client: StrictClient, name: str) -> None:
    path = f"/results/{TOWN}/v1/{name}"
    first = client.http.get(path)
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/", f"/results/{TOWN}", f"/results/{TOWN}/v1/result.json"])
def test_what_a_visitor_adds_to_an_address_makes_no_other_page(
    app: Flask, client: StrictClient, path: str
) -> None:
    first = client.http.get(path)
    shelf = set(files_on(app))
    for junk in ("?x=1", "?lang=xx", "?lang=&<script>", f"?version=9&congress_id={COUNTY}"):
        answer = client.http.get(path + junk)
        assert answer.data == first.data
        assert answer.headers["ETag"] == first.headers["ETag"]
    assert set(files_on(app)) == shelf
    client.http.get(path.replace(f"/{TOWN}", f"/000{TOWN}"))
    assert set(files_on(app)) == shelf


def test_a_page_is_made_once_and_compressed_once(app: Flask, client: StrictClient) -> None:
    path = f"/results/{TOWN}/turnout"
    plain = client.http.get(path)
    (squeezed,) = [file for file in files_on(app) if file.suffix == ".gz"]
    squeezed.write_bytes(gzip.compress(b"as it lies there"))
    answer = client.http.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == b"as it lies there"
    assert answer.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert client.http.get(path).data == plain.data


def test_a_full_disk_keeps_nobody_from_reading_and_leaves_no_half_page(
    app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        assert "自行核验" in client.http.get(f"/results/{TOWN}").text
    assert files_on(app) == []
    assert "自行核验" in client.http.get(f"/results/{TOWN}").text
    assert len(files_on(app)) == 2


def test_what_another_release_made_is_thrown_away(
    app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.http.get(f"/results/{TOWN}")
    before = set(files_on(app))
    monkeypatch.setattr(shelves, "_program", lambda: "next")
    client.http.get(f"/results/{TOWN}")
    assert len(files_on(app)) == len(before)
    assert before & set(files_on(app)) == set()


def files_on(app: Flask) -> list[Path]:
    """What lies on the shelf."""
    folder = Path(app.config["XUANBAN_DATA"]) / "shelf"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_language_of_the_browser_is_part_of_the_cached_page(
    app: Flask, client: StrictClient
) -> None:
    answers = []
    for language in ("zh-CN", "en", "zh-CN"):
        with app.app_context():  # the language is remembered per context
            headers = {"Accept-Language": language}
            answers.append(client.http.get(f"/results/{TOWN}", headers=headers))
    chinese, english, again = answers
    assert ("自行核验" in chinese.text, "Check it yourself" in english.text) == (True, True)
    assert chinese.headers["ETag"] != english.headers["ETag"]
    assert again.data == chinese.data
    assert "Accept-Language" in chinese.headers["Vary"]


def test_a_second_visitor_costs_two_queries(client: StrictClient) -> None:
    path = f"/results/{TOWN}/candidates"
    client.get(path)
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(sent) <= 2
    assert [one for one in sent if "package" in one or "count_sheet" in one] == []


def test_staff_see_the_page_with_their_own_header_and_nothing_is_kept(
    client: StrictClient,
) -> None:
    visitor = text(client, f"/results/{TOWN}")
    client.sign_in(Role.DIRECTOR)
    answer = client.get(f"/results/{TOWN}")
    assert "退出" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    client.http.post("/logout")
    assert "退出" not in visitor
    assert "退出" not in text(client, f"/results/{TOWN}", again="1")


def test_a_live_table_that_changes_does_not_change_the_published_page(
    client: StrictClient,
) -> None:
    before = text(client, f"/results/{TOWN}/districts/town-1")
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(db.text("UPDATE person SET name = '改名'"))
        connection.execute(db.text("UPDATE count_sheet SET figures = '{}'"))
    assert text(client, f"/results/{TOWN}/districts/town-1", x="1") != ""
    assert text(client, f"/results/{TOWN}/districts/town-1") == before


# --- before publication (T44, R14) ----------------------------------------------------------------


def _public_bytes(app: Flask) -> dict[str, tuple[int, bytes]]:
    http = app.test_client()
    paths = ["/", *(f"/results/{c}{page}" for c in (TOWN, COUNTY) for page in PAGES)]
    paths += [f"/results/{TOWN}/v1/{name}" for name in FILES]
    found = {path: http.get(path) for path in paths}
    return {path: (answer.status_code, answer.data) for path, answer in found.items()}


def test_before_publication_all_public_bytes_are_the_same_whatever_is_counted(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    seen = []
    for number, data in enumerate((founded[0], counted_town(founded, tmp_path_factory))):
        for app in app_on(data, tmp_path / str(number)):
            if number == 0:
                a_town(founded[1])
            seen.append(_public_bytes(app))
    assert seen[0] == seen[1]
    assert {path: status for path, (status, _) in seen[0].items() if status != 404} == {"/": 200}


# --- corrections (T48) ----------------------------------------------------------------------------


def test_a_correction_is_a_visible_new_version_and_the_old_one_stays(
    client: StrictClient, office: Office
) -> None:
    publish_these(office, (TOWN,), reason="更正第2选区", at=PUBLISHED_AT + timedelta(days=1))
    assert "更正后的第2版。理由：更正第2选区" in text(client, f"/results/{TOWN}")
    old = text(client, f"/results/{TOWN}/v1")
    assert "这是第1版，已被第2版取代。" in old
    assert "王芳、买买提·艾力" in old
    first, second = (client.get(f"/results/{TOWN}/v{n}/result.zip").data for n in (1, 2))
    assert (verify(first), verify(second)) == ([], [])
    assert first != second


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_shows_versions_with_their_codes(client: StrictClient) -> None:
    client.sign_in(Role.PUBLISHER)
    page = text(client, "/elections/1/publication")
    for row in db.session.scalars(select(Publication)):
        assert row.digest in page
    assert page.count("已公布：第1版") == 2


def test_an_official_without_the_right_to_see_results_sees_states_only(
    client: StrictClient,
) -> None:
    client.sign_in(Role.TELLER)
    page = text(client, "/elections/1/publication")
    assert ("迄今的数字" in page, "公布…" in page) == (False, False)
    client.get(f"/congresses/{TOWN}/publication/preview", status=403)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLISHER])
def test_only_the_publisher_may_publish(client: StrictClient, role: Role) -> None:
    client.sign_in(role)
    client.get("/elections/1/publication/new", status=403)
    client.post("/elections/1/publication/new", {"congresses": str(TOWN)}, status=403)


def test_a_publication_of_another_town_does_not_exist(app: Flask) -> None:
    other = found_office(code="330225104", name="石浦镇")
    stranger = StrictClient(app, other).sign_in(Role.PUBLISHER)
    stranger.get("/elections/1/publication", status=404)
    stranger.get("/elections/1/publication/new", status=404)
    stranger.get(f"/congresses/{TOWN}/publication/preview", status=404)


def test_reading_what_another_town_published_keeps_ones_own_login_open(app: Flask) -> None:
    other = found_office(code="330225104", name="石浦镇")
    reader = StrictClient(app, other).sign_in(Role.PUBLISHER)
    with transaction() as session:
        login = session.scalars(select(Ticket).where(Ticket.township_id == other.township_id)).one()
        login.seen_at, key = now() - timedelta(minutes=20), login.id
    reader.get(f"/results/{TOWN}")
    db.session.expire_all()
    assert now() - db.session.get_one(Ticket, key).seen_at < timedelta(minutes=1)


def test_the_figures_so_far_are_shown_as_tables(client: StrictClient) -> None:
    client.sign_in(Role.AUDITOR)
    page = text(client, f"/congresses/{TOWN}/publication/preview")
    for said in ("郑和", "73.89%", "候选人得票", "各投票场所选票"):
        assert said in page, said


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"congresses": str(TOWN)}, "更正须写明理由，公众可见。"),
        ({"reason": "更正"}, "请至少选择一级人大。"),
    ],
)
def test_a_preparation_needs_a_choice_and_for_corrections_a_reason(
    client: StrictClient, form: dict[str, str], said: str
) -> None:
    client.sign_in(Role.PUBLISHER)
    answer = client.post("/elections/1/publication/new", form, status=422)
    assert said in answer.text
    assert len(db.session.scalars(select(Publication)).all()) == 2


def test_a_form_field_nobody_offered_is_refused(client: StrictClient) -> None:
    client.sign_in(Role.PUBLISHER)
    form = {"congresses": str(TOWN), "reason": "x", "published_by": "1"}
    client.post("/elections/1/publication/new", form, status=400)


def test_a_congress_without_results_lists_what_is_missing(
    founded: tuple[Path, Office], tmp_path: Path
) -> None:
    for app in app_on(founded[0], tmp_path / "open"):
        a_town(founded[1])
        client = StrictClient(app, founded[1]).sign_in(Role.PUBLISHER)
        page = text(client, "/elections/1/publication")
        assert page.count("E.703") == 6
        assert "计票单尚未签字" in page
        assert "现在还不能公布" in text(client, "/elections/1/publication/new")
        assert "未知" in text(client, f"/congresses/{TOWN}/publication/preview")


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_carries_the_towns_name_not_the_programs(
    client: StrictClient, page: str
) -> None:
    shown = text(client, f"/results/{TOWN}{page}")
    assert "· 鹤浦镇选举委员会</title>" in shown
    assert "选办" not in shown
