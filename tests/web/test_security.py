"""The house's locks, tried on every route the program has, new ones included."""

import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from election.database import db
from election.log import OneLine
from election.models import (
    AuditEntry,
    Candidacy,
    Congress,
    Cosigner,
    CountSheet,
    District,
    Election,
    Job,
    Nomination,
    Official,
    Person,
    Plan,
    PollingPlace,
    Round,
    Unit,
)
from election.rules.access import GRANTS, Permission, Role
from election.web import hosts
from election.web.access import rule_of
from tests.builders import Office, found_office
from tests.client import StrictClient, check_page
from tests.exchange.publication.published_town import app_on, counted_town

# what stands in an address -> the table its id is of; another name must be added here
ROWS: dict[str, Any] = {
    "election_id": Election,
    "congress_id": Congress,
    "plan_id": Plan,
    "district_id": District,
    "unit_id": Unit,
    "place_id": PollingPlace,
    "round_id": Round,
    "sheet_id": CountSheet,
    "nomination_id": Nomination,
    "candidacy_id": Candidacy,
    "cosigner_id": Cosigner,
    "person_id": Person,
    "official_id": Official,
    "job_id": Job,
}
WORDS = {
    "level": "town",
    "what": "neighbours",
    "to": "nomination",
    "key": "roll_published",
    "form": "csv",
    "which": "first",
    "name": "deviation",
    "filename": "x",
    "number": 1,
    "version": 1,
}
NOBODY = 999_999


@pytest.fixture
def app(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Flask]:
    """A town whose count is done and not published."""
    yield from app_on(counted_town(founded, tmp_path_factory), tmp_path)


def guarded(app: Flask) -> list[tuple[Route, Permission]]:
    """Every route that demands a right, with the right."""
    rules = [(route, rule_of(app, route.endpoint)) for route in app.url_map.iter_rules()]
    return [(route, rule) for route, rule in rules if isinstance(rule, Permission)]


def methods(route: Route) -> list[str]:
    return sorted((route.methods or set()) & {"GET", "POST"})


def address(app: Flask, route: Route, *, ids: int | None = None) -> str:
    """The route over the first row of each table (or over `ids`)."""
    values: dict[str, object] = {}
    for name in route.arguments:
        if name in ROWS:
            row = db.session.scalar(sa.select(sa.func.min(ROWS[name].id)))
            values[name] = ids or row or NOBODY
        else:
            options = re.search(rf"any\(([^)]*)\):{name}>", route.rule)
            values[name] = options.group(1).split(",")[0] if options else WORDS[name]
    with app.test_request_context():
        return str(
            app.url_map.bind("localhost").build(route.endpoint, values, method=methods(route)[0])
        )


def holder(rule: Permission) -> Role:
    return next(role for role in Role if rule in GRANTS[role])


def own_rows(route: Route) -> list[str]:
    """The names of its address that point at rows there are (some tables are empty here)."""
    return [
        name
        for name in route.arguments
        if name in ROWS and db.session.scalar(sa.select(sa.func.count(ROWS[name].id)))
    ]


def test_a_visitor_is_sent_to_sign_in_or_refused_at_every_guarded_route(app: Flask) -> None:
    visitor = app.test_client()
    for route, _rule in guarded(app):
        for method in methods(route):
            answer = visitor.open(address(app, route), method=method)
            wanted = 303 if method == "GET" else 401
            assert answer.status_code == wanted, (method, route.rule)
            if wanted == 303:
                assert answer.location.startswith("/login?next="), route.rule


def test_a_role_without_the_right_is_refused_at_every_route(app: Flask, office: Office) -> None:
    for role in Role:
        browser = StrictClient(app, office).sign_in(role)
        for route, rule in guarded(app):
            if rule in GRANTS[role]:
                continue
            for method in methods(route):
                answer = browser.http.open(address(app, route), method=method)
                assert answer.status_code == 403, (role, method, route.rule)


def test_every_page_opens_for_whoever_has_the_right(app: Flask, office: Office) -> None:
    browsers = {role: StrictClient(app, office).sign_in(role) for role in Role}
    for route, rule in guarded(app):
        if "GET" not in methods(route):
            continue
        answer = browsers[holder(rule)].http.get(address(app, route))
        assert answer.status_code in {200, 303, 404, 409, 422}, (answer.status_code, route.rule)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            faults = _faults_of(answer)
            assert faults is None, (route.rule, faults)


def _faults_of(answer: TestResponse) -> str | None:
    try:
        check_page(answer.get_data(as_text=True))
    except AssertionError as wrong:
        return str(wrong)
    return None


def _bare(answer: TestResponse) -> str:
    return re.sub(r'(value|href|lang)="[^"]*"', "", answer.get_data(as_text=True))


def test_a_foreign_row_answers_exactly_as_one_that_does_not_exist(app: Flask) -> None:
    other = found_office(code="330225104", name="石浦镇")
    browsers = {role: StrictClient(app, other).sign_in(role) for role in Role}
    tried = 0
    for route, rule in guarded(app):
        if not own_rows(route):
            continue
        browser = browsers[holder(rule)]
        for method in methods(route):
            foreign = browser.http.open(address(app, route), method=method)
            missing = browser.http.open(address(app, route, ids=NOBODY), method=method)
            assert foreign.status_code == missing.status_code == 404, (method, route.rule)
            assert _bare(foreign) == _bare(missing), route.rule
            tried += 1
    assert tried > 80


def test_every_form_is_refused_without_its_token(app: Flask, office: Office) -> None:
    browsers = {role: StrictClient(app, office).sign_in(role) for role in Role}
    app.config["WTF_CSRF_ENABLED"] = True
    before = _rows()
    for route, rule in guarded(app):
        if "POST" in methods(route):
            answer = browsers[holder(rule)].http.post(address(app, route), data={"op": "x"})
            assert answer.status_code == 400, route.rule
    assert _rows() == before


def test_a_form_sent_from_another_site_is_refused(app: Flask, office: Office) -> None:
    browser = StrictClient(app, office).sign_in(Role.ADMINISTRATOR)
    fields = {"username": "newone", "name": "新人", "roles": ["teller"]}
    browser.post("/officials", fields, status=403, **{"Sec-Fetch-Site": "cross-site"})
    assert db.session.scalar(sa.select(Official.id).where(Official.username == "newone")) is None
    browser.post("/officials", fields, **{"Sec-Fetch-Site": "same-origin"})


def test_over_tls_a_form_is_taken_without_a_referrer(app: Flask, office: Office) -> None:
    """Our own policy keeps browsers from sending one."""
    app.config["WTF_CSRF_ENABLED"] = True
    who, browser = office.of(Role.DIRECTOR), app.test_client()
    page = browser.get("/login", base_url="https://localhost")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.get_data(as_text=True))
    assert token
    fields = {"username": who.username, "password": who.password, "csrf_token": token[1]}
    assert browser.post("/login", base_url="https://localhost", data=fields).status_code == 303
    fields["csrf_token"] = "another"
    assert browser.post("/login", base_url="https://localhost", data=fields).status_code == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:5000", 200),
        ("127.0.0.1", 200),
        ("192.168.1.7:5000", 200),
        ("[::1]:5000", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("a b", 400),
        ("", 400),
    ],
)
def test_only_own_names_and_numbers_are_answered_t41(app: Flask, host: str, status: int) -> None:
    answer = app.test_client().get("/", headers={"Host": host})
    assert answer.status_code == status
    check_page(answer.get_data(as_text=True))


def test_the_machines_name_and_the_listed_names_are_own_names(tmp_path: Path) -> None:
    from flask import Flask as Bare  # noqa: PLC0415

    bare = Bare("names")
    hosts.init_app(bare, host="127.0.0.1", trusted=("Xuanban.Hepu ", ""))
    bare.add_url_rule("/", "home", lambda: "here")
    for name in ("xuanban.hepu", "XUANBAN.HEPU.:80", socket.gethostname()):
        assert bare.test_client().get("/", headers={"Host": name}).status_code == 200, name
    assert bare.test_client().get("/", headers={"Host": "hepu"}).status_code == 400


def test_a_form_whose_origin_is_another_host_is_refused_t32(app: Flask, office: Office) -> None:
    browser = StrictClient(app, office).sign_in(Role.ADMINISTRATOR)
    fields = {"username": "newone", "name": "新人", "roles": ["teller"]}
    for origin in ("https://evil.example", "http://localhost.evil.example", "x"):
        browser.post("/officials", fields, status=403, Origin=origin)
    assert db.session.scalar(sa.select(Official.id).where(Official.username == "newone")) is None
    browser.post("/officials", fields, Origin="http://localhost:5000")
    browser.post("/officials", fields | {"username": "newtwo", "name": "另一新人"}, Origin="null")


def test_a_refusal_is_logged_on_one_line_without_names_or_values(
    app: Flask, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    browser = StrictClient(app, office).sign_in(Role.TELLER)
    caplog.set_level(logging.INFO, logger="xuanban")
    browser.http.post("/officials?next=\u2028王伟", data={"name": "王伟\n330225199001011234"})
    # a slow machine may note in between that the login is still in use
    records = [record for record in caplog.records if record.getMessage() == "http"]
    lines = [OneLine().format(record) for record in records]
    assert [len(line.splitlines()) for line in lines] == [1]
    told = {key: v for key, v in json.loads(lines[0]).items() if key not in ("at", "level")}
    number = office.actor(Role.TELLER).number
    assert told == {
        "logger": "xuanban",
        "message": "http",
        "status": 403,
        "method": "POST",
        "endpoint": "accounts.add",
        "official": number,
        "code": "",
    }


def test_a_field_nobody_asked_for_is_refused_by_every_form(app: Flask, office: Office) -> None:
    browsers = {role: StrictClient(app, office).sign_in(role) for role in Role}
    before = _rows()
    for route, rule in guarded(app):
        if "POST" not in methods(route) or len(own_rows(route)) < len(
            set(route.arguments) & set(ROWS)
        ):
            continue
        answer = browsers[holder(rule)].http.post(address(app, route), data={"is_admin": "1"})
        assert answer.status_code in {400, 404, 422}, (answer.status_code, route.rule)
    assert _rows() == before


def _rows() -> dict[str, int]:
    """How many rows each audited table has; of the chain those that tell of a change."""
    counts = {}
    for table in db.metadata.sorted_tables:
        if table.name not in {"operation", "ticket", "login_failure", "counter"}:
            query = sa.select(sa.func.count()).select_from(table)
            if table is AuditEntry.__table__:
                query = query.where(AuditEntry.what != "office.refused")
            counts[table.name] = db.session.scalar(query) or 0
    return counts


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_answer_carries_the_headers_and_a_policy_without_exceptions(
    app: Flask, office: Office
) -> None:
    browser = StrictClient(app, office).sign_in(Role.DIRECTOR)
    for path in ("/", "/elections", "/nowhere", "/officials", "/static/css/xuanban.css"):
        answer = browser.http.get(path, buffered=True)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)
        policy = answer.headers["Content-Security-Policy"]
        assert ("unsafe" in policy, "default-src 'none'" in policy) == (False, True)
        assert "frame-ancestors 'none'" in policy
    assert browser.http.get("/elections").headers["Cache-Control"] == "no-store"


def test_a_visitor_gets_no_cookie_and_staff_one_that_scripts_cannot_read(
    app: Flask, office: Office
) -> None:
    assert "Set-Cookie" not in app.test_client().get("/").headers
    who = office.of(Role.DIRECTOR)
    login = {"username": who.username, "password": who.password}
    cookie = app.test_client().post("/login", data=login).headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Strict" in cookie) == (True, True)


def test_signing_in_gives_a_new_login_and_never_leads_to_another_host(
    app: Flask, office: Office
) -> None:
    who = office.of(Role.DIRECTOR)
    login = {"username": who.username, "password": who.password}
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "\thttps:evil"):
        answer = app.test_client().post("/login", query_string={"next": target}, data=login)
        assert (answer.status_code, answer.location.startswith("/")) == (303, True), target
        assert not answer.location.startswith(("//", "/\\")), target
    inside = app.test_client().post("/login", query_string={"next": "/audit"}, data=login)
    assert inside.location == "/audit"


def test_trace_and_unknown_addresses_get_a_plain_refusal(app: Flask) -> None:
    visitor = app.test_client()
    assert visitor.open("/", method="TRACE").status_code == 405
    for path in ("/.env", "/.git/config", "/console", "/static/../app.py", "/plans/abc", "/%00"):
        assert visitor.get(path).status_code == 404, path


def test_a_request_that_is_too_big_is_refused_before_it_is_read(app: Flask, office: Office) -> None:
    browser = StrictClient(app, office).sign_in(Role.REGISTRAR)
    path = f"/elections/{db.session.scalar(sa.select(Election.id))}/units/import"
    big = {"CONTENT_LENGTH": str(21 * 2**20), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = browser.http.post(path, data=b"--x", environ_overrides=big)
    assert answer.status_code == 413


def test_without_tables_every_page_says_try_again(tmp_path: Path) -> None:
    from tests.conftest import _close, make_app  # noqa: PLC0415 - only this test needs a bare office

    bare = make_app(tmp_path)
    answer = bare.test_client().get("/", buffered=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    check_page(answer.get_data(as_text=True))
    with bare.app_context():
        _close(bare)
