"""Signing in, own passwords, officials."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from election.actions.accounts import change_official
from election.actions.act import Act
from election.clock import now
from election.database import db, transaction
from election.models import AuditEntry, Official, Ticket
from election.queries.audit import verify
from election.rules.access import Role
from tests.builders import found_office
from tests.client import StrictClient


def test_a_visitor_sees_the_front_page_and_is_sent_to_sign_in(client: StrictClient) -> None:
    client.get("/")
    answer = client.get("/elections", status=303)
    assert answer.location.startswith("/login?")


def test_wrong_name_and_wrong_password_get_the_same_answer(client: StrictClient) -> None:
    username = client.office.of(Role.DIRECTOR).username
    one = client.post("/login", {"username": username, "password": "wrong"}, status=422)
    other = client.post("/login", {"username": "nobody", "password": "wrong"}, status=422)
    strip = [a.get_data(as_text=True).replace(username, "nobody") for a in (one, other)]
    without_op = [
        "".join(line for line in s.splitlines() if 'name="op"' not in line) for s in strip
    ]
    assert without_op[0] == without_op[1]


def test_signing_out_ends_the_login_on_the_server(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    cookie = client.http.get_cookie("xuanban")
    client.post("/logout")
    assert cookie is not None
    client.http.set_cookie("xuanban", cookie.value)
    client.get("/elections", status=303)


def test_a_disabled_official_is_out_with_the_next_request(client: StrictClient) -> None:
    client.sign_in(Role.TELLER)
    admin = StrictClient(client.http.application, client.office).sign_in(Role.ADMINISTRATOR)
    who = client.office.of(Role.TELLER)
    version = db.session.get_one(Official, who.id).version
    admin.post(f"/officials/{who.id}", {"roles": ["teller"], "version": version})
    client.get("/elections", status=303)


def test_a_stale_form_shows_both_versions_and_stores_nothing(client: StrictClient) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    who = client.office.of(Role.TELLER)
    version = db.session.get_one(Official, who.id).version
    data = {"roles": ["teller", "auditor"], "active": "y", "version": version}
    client.post(f"/officials/{who.id}", data | {"op": "a"})
    page = client.post(f"/officials/{who.id}", data | {"op": "b", "roles": ["teller"]}, status=409)
    text = re.sub(r"\s+", " ", page.get_data(as_text=True))
    assert "<strong>管理员</strong> · 更改工作人员的职责或状态 · " in text
    assert "<td>审计员、计票人</td><td>计票人</td>" in text
    db.session.expire_all()
    assert db.session.get_one(Official, who.id).roles == ["auditor", "teller"]


def test_a_repeated_operation_is_answered_as_the_first_and_done_once(client: StrictClient) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    data = {"username": "newone", "name": "新人", "roles": ["teller"], "op": "the-same"}
    first, second = client.post("/officials", data), client.post("/officials", data)
    assert first.location == second.location
    found = select(func.count()).select_from(Official).where(Official.username == "newone")
    assert db.session.scalar(found) == 1
    client.post("/officials", data | {"name": "另一人"}, status=422)


def test_an_unknown_field_is_refused(client: StrictClient) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    who = client.office.of(Role.TELLER)
    client.post(
        f"/officials/{who.id}", {"roles": ["teller"], "active": "y", "number": "1"}, status=400
    )


def test_an_administrator_may_not_see_counts_or_the_audit_log(client: StrictClient) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.get("/audit", status=403)


def test_every_act_is_in_the_chain_and_the_chain_agrees_with_the_tables(
    client: StrictClient,
) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/officials", {"username": "newone", "name": "新人", "roles": ["teller"]})
    assert verify(db.session()) == []
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last is not None
    assert (last.what, last.data["username"]) == ("accounts.add", "newone")


def test_who_signs_in_is_told_when_the_account_was_used_before(client: StrictClient) -> None:
    """T39: a colleague at an unattended desk shows at the next login."""
    said = "您上次登录是"
    client.sign_in(Role.ADMINISTRATOR)
    first = client.get("/elections").get_data(as_text=True)
    client.post("/officials", {"username": "newone", "name": "新人", "roles": ["teller"]})
    client.http.post("/logout")
    client.sign_in(Role.ADMINISTRATOR)
    second = client.get("/elections").get_data(as_text=True)
    assert (said in first, said in second, "最近一项操作：无" in second) == (False, True, False)
    client.get("/elections")
    assert said not in client.get("/elections").get_data(as_text=True)


def test_a_login_ends_after_twelve_hours_and_with_the_account(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    key = db.session.scalars(select(Ticket)).one().id
    with transaction() as session:
        session.get_one(Ticket, key).created_at = now() - timedelta(hours=12, minutes=1)
    client.get("/elections", status=303)
    client.sign_in(Role.DIRECTOR)
    client.get("/elections")
    with transaction() as session:
        who = session.get_one(Official, client.office.of(Role.DIRECTOR).id)
        change_official(
            Act(session, client.office.actor(Role.ADMINISTRATOR), now()),
            who,
            roles=[Role.DIRECTOR],
            active=False,
        )
    client.get("/elections", status=303)


def test_a_login_in_use_stays_open_and_an_idle_one_ends(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    ticket = db.session.scalars(select(Ticket)).one()
    key, idle = ticket.id, timedelta(minutes=20)
    _seen(key, idle)
    client.get("/elections")
    db.session.expire_all()
    assert now() - db.session.get_one(Ticket, key).seen_at < timedelta(minutes=1)
    _seen(key, timedelta(minutes=31))
    client.get("/elections", status=303)


def _seen(key: int, ago: timedelta) -> None:
    with transaction() as session:
        session.get_one(Ticket, key).seen_at = now() - ago


def test_a_user_name_of_another_town_is_taken_too(client: StrictClient) -> None:
    there = found_office("330225104", "石浦镇").of(Role.TELLER).username
    client.sign_in(Role.ADMINISTRATOR)
    form = {"username": there, "name": "新人", "roles": ["teller"]}
    assert "R.903" in client.post("/officials", form, status=422).get_data(as_text=True)
