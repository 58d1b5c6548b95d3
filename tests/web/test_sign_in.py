"""Signing in under attack: who guesses waits, who belongs here gets in, nobody learns a name."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from election.actions import passwords
from election.actions.counters import key_of
from election.clock import now
from election.database import db, transaction
from election.models import AuditEntry, LoginFailure, Ticket
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.accounts import FREE_AT_ADDRESS, FREE_OF_ACCOUNT
from tests.builders import Office, Person
from tests.client import StrictClient


def guess(
    browser: FlaskClient, username: str, typed: str = "wrong", *, at: str = "192.0.2.66"
) -> TestResponse:
    form = {"username": username, "password": typed}
    return browser.post("/login", data=form, environ_base={"REMOTE_ADDR": at})


def sign_in(browser: FlaskClient, who: Person, *, at: str = "192.0.2.7") -> int:
    return guess(browser, who.username, who.password, at=at).status_code


def records(what: str) -> list[AuditEntry]:
    db.session.rollback()
    query = select(AuditEntry).where(AuditEntry.what == what).order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


def counters() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(LoginFailure)) or 0


def test_forty_guesses_at_one_moment_are_forty(app: Flask, office: Office) -> None:
    """T68: all but the free ones wait, though none had an answer when the last one came."""
    who = office.of(Role.DIRECTOR)
    db.session.rollback()

    def one_guess(_number: int) -> int:
        with app.app_context():
            return guess(app.test_client(), who.username).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one_guess, range(40)))
    assert answers.count(422) <= FREE_AT_ADDRESS
    assert set(answers) <= {422, 429, 503}


def test_one_password_against_all_accounts_waits_too(app: Flask, office: Office) -> None:
    browser = app.test_client()
    names = [who.username for people in office.people.values() for who in people]
    answers = [guess(browser, name, "Summer2021!!").status_code for name in names]
    assert answers == [422] * FREE_AT_ADDRESS + [429] * (len(names) - FREE_AT_ADDRESS)


def test_the_right_password_gets_in_at_the_desk_that_strangers_attack(
    app: Flask, office: Office
) -> None:
    """T35: from its own address, from everywhere else, for its account and for others."""
    who, here = office.of(Role.DIRECTOR), app.test_client()
    assert sign_in(here, who) == 303
    here.post("/logout")
    for number in range(FREE_OF_ACCOUNT + 5):
        guess(app.test_client(), who.username, at=f"192.0.2.{number + 20}")
    for _ in range(FREE_AT_ADDRESS + 5):
        guess(app.test_client(), "nobody", at="192.0.2.7")
    assert sign_in(app.test_client(), who) == 429
    assert sign_in(here, who) == 303


def test_a_known_desk_that_guesses_waits_by_itself(app: Flask, office: Office) -> None:
    who, here = office.of(Role.DIRECTOR), app.test_client()
    sign_in(here, who)
    here.post("/logout")
    answers = [guess(here, who.username).status_code for _ in range(7)]
    assert answers == [422] * 5 + [429] * 2
    assert sign_in(app.test_client(), who, at="192.0.2.66") == 303


def test_a_desk_is_known_for_those_who_used_it_only(app: Flask, office: Office) -> None:
    """Who has an account and guesses a colleague's is a stranger to it."""
    here = app.test_client()
    sign_in(here, office.of(Role.TELLER))
    here.post("/logout")
    names = [office.of(Role.DIRECTOR).username] * (FREE_AT_ADDRESS + 1)
    assert [guess(here, name).status_code for name in names][-1] == 429
    assert sign_in(here, office.of(Role.TELLER), at="192.0.2.66") == 303
    here.post("/logout")
    assert guess(here, names[0]).status_code == 429


def test_a_forged_desk_is_a_strangers(app: Flask, office: Office) -> None:
    browser = app.test_client()
    browser.set_cookie("xuanban_desk", '{"1":"x"}.aaaa.bbbb', path="/login")
    assert guess(browser, office.of(Role.DIRECTOR).username).status_code == 422


def test_a_header_cannot_name_another_address(app: Flask, office: Office) -> None:
    browser = app.test_client()
    for number in range(FREE_AT_ADDRESS + 1):
        answer = browser.post(
            "/login",
            data={"username": "nobody", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{number}", "X-Real-IP": f"192.0.2.{number}"},
        )
    assert answer.status_code == 429


def test_all_addresses_of_one_machine_are_one(app: Flask, office: Office) -> None:
    browser = app.test_client()
    for number in range(FREE_AT_ADDRESS):
        guess(browser, "nobody", at=f"2001:db8:0:1::{number}")
    assert guess(browser, "nobody", at="2001:db8:0:1::ffff").status_code == 429
    assert guess(browser, "nobody", at="2001:db8:0:2::1").status_code == 422


def test_of_unknown_names_nothing_is_kept(app: Flask, office: Office) -> None:
    browser = app.test_client()
    guess(browser, "unknown-1")
    rows = counters()
    for number in range(2, FREE_AT_ADDRESS + 1):
        guess(browser, f"unknown-{number}")
    assert counters() == rows
    stored = [str(vars(row)) for row in db.session.scalars(select(AuditEntry))]
    assert not [text for text in stored if "unknown-" in text]


def test_unknown_and_known_names_are_answered_alike_from_first_to_last(
    app: Flask, office: Office
) -> None:
    """Also where an account has had so many wrong tries that no stranger opens it."""
    username = office.of(Role.DIRECTOR).username

    def answers(name: str, net: str) -> list[tuple[int, str]]:
        found = []
        for number in range(FREE_OF_ACCOUNT + 6):
            answer = guess(app.test_client(), name, at=f"{net}.{number // 3}")
            text = answer.get_data(as_text=True).replace(name, "")
            without_op = "".join(line for line in text.splitlines() if 'name="op"' not in line)
            found.append((answer.status_code, without_op))
        return found

    assert answers(username, "192.0.2") == answers("nobody-at-all", "198.51.100")


def test_both_kinds_of_wrong_name_cost_the_same_statements(app: Flask, office: Office) -> None:
    def statements(name: str, at: str) -> list[tuple[str, str]]:
        seen: list[tuple[str, str]] = []

        @db.event.listens_for(db.engine, "before_cursor_execute")
        def _note(_c: object, _k: object, text: str, *_more: object) -> None:
            table = re.search("login_failure|official|audit_entry|township", text)
            if table and "is_sample" not in text:  # the ribbon of the page is remembered
                seen.append((text.split(maxsplit=1)[0], table[0]))

        guess(app.test_client(), name, at=at)
        db.event.remove(db.engine, "before_cursor_execute", _note)
        return seen

    guess(app.test_client(), "nobody", at="192.0.2.1")  # what only the first request reads
    known = statements(office.of(Role.DIRECTOR).username, "192.0.2.2")
    assert known == statements("nobody", "192.0.2.3")


def test_wrong_passwords_stand_in_the_chain_and_do_not_fill_it(app: Flask, office: Office) -> None:
    who = office.of(Role.DIRECTOR)
    for number in range(40):
        guess(app.test_client(), who.username, at=f"198.51.100.{number}")
    told = records("accounts.log_in_failed")
    assert [entry.data["failures"] for entry in told] == [1, 2, 3, 4, 5, 8]
    assert {(entry.subject, entry.who) for entry in told} == {(who.actor.number, "0")}
    assert told[0].data["address"] == "198.51.100.0"
    assert verify(db.session()) == []


def test_a_quiet_quarter_of_an_hour_ends_the_wait(app: Flask, office: Office) -> None:
    for _ in range(FREE_AT_ADDRESS + 1):
        guess(app.test_client(), "nobody")
    with transaction() as session:
        for row in session.scalars(select(LoginFailure)):
            row.blocked_until = now() - timedelta(minutes=16)
    assert guess(app.test_client(), "nobody").status_code == 422
    row = db.session.scalars(
        select(LoginFailure).where(LoginFailure.who == key_of("address", "192.0.2.66"))
    ).one()
    assert row.failures == 1


def test_who_guessed_before_does_not_queue(app: Flask, office: Office) -> None:
    """T67: waiting guessers would hold the threads that the office works with."""
    for _ in range(2):
        guess(app.test_client(), "nobody")
    who, here = office.of(Role.DIRECTOR), app.test_client()
    sign_in(here, who)
    here.post("/logout")
    with passwords._suspects, passwords._suspects:
        answer = guess(app.test_client(), "nobody")
        assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "3")
        assert sign_in(app.test_client(), office.of(Role.TELLER)) == 303
        with passwords._strangers:
            assert sign_in(here, who) == 303


def test_under_attack_from_everywhere_no_stranger_queues(app: Flask, office: Office) -> None:
    """T67 from many addresses, each of them clean: the threads stay with the office."""
    who, here = office.of(Role.DIRECTOR), app.test_client()
    sign_in(here, who)
    here.post("/logout")
    for number in range(5):
        guess(app.test_client(), "nobody", at=f"198.51.100.{number}")
    with passwords._suspects, passwords._suspects:
        assert guess(app.test_client(), "nobody", at="198.51.100.99").status_code == 503
        assert sign_in(here, who) == 303


@pytest.mark.parametrize(
    "target", ["/\t/evil.example", "/\n/evil.example", "/x\r\nSet-Cookie: a=b", "/\\evil.example"]
)
def test_after_signing_in_no_trick_leads_to_another_host(
    app: Flask, office: Office, target: str
) -> None:
    who = office.of(Role.DIRECTOR)
    login = {"username": who.username, "password": who.password}
    answer = app.test_client().post("/login", query_string={"next": target}, data=login)
    assert (answer.status_code, answer.location) == (303, "/elections")


def test_a_changed_password_ends_every_other_login_and_copied_cookie(
    app: Flask, office: Office
) -> None:
    """T73; the login that changed it goes on, under a new token."""
    who, here, there = office.of(Role.DIRECTOR), app.test_client(), app.test_client()
    sign_in(here, who)
    sign_in(there, who)
    copied = here.get_cookie("xuanban")
    assert copied is not None
    new = "四个不常见的词语 zebra 42"
    form = {"old": who.password, "new": new, "again": new}
    assert here.post("/password", data=form).status_code == 303
    assert here.get("/elections").status_code == 200
    assert there.get("/elections").status_code == 303
    thief = app.test_client()
    thief.set_cookie("xuanban", copied.value)
    assert thief.get("/elections").status_code == 303
    db.session.rollback()
    assert len(db.session.scalars(select(Ticket).where(Ticket.ended_at.is_(None))).all()) == 1
    assert verify(db.session()) == []


def test_the_current_password_cannot_be_guessed_either(client: StrictClient) -> None:
    """Somebody at an unattended desk has five tries at it."""
    client.sign_in(Role.DIRECTOR)
    new = "四个不常见的词语 zebra 42"
    form = {"old": "wrong", "new": new, "again": new}
    answers = [client.http.post("/password", data=form).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    form["old"] = client.office.of(Role.DIRECTOR).password
    assert client.http.post("/password", data=form).status_code == 429


def test_signing_out_a_refusal_and_a_file_leave_records(client: StrictClient) -> None:
    """R26: who, when, where, what."""
    client.sign_in(Role.TELLER)
    client.get("/audit", status=403)
    number = client.office.of(Role.TELLER).actor.number
    (refusal,) = records("office.refused")
    assert (refusal.who, refusal.subject) == (number, "audit.index")
    assert (refusal.data["status"], refusal.data["method"]) == (403, "GET")
    client.http.post("/logout")
    (end,) = records("accounts.log_out")
    assert (end.who, end.subject) == (number, number)
    assert verify(db.session()) == []


def test_a_refused_act_is_recorded_with_its_code_and_repeats_do_not_fill_the_chain(
    client: StrictClient,
) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    taken = client.office.of(Role.TELLER).username
    for _ in range(20):
        form = {"username": taken, "name": "新人", "roles": ["teller"]}
        client.post("/officials", form, status=422)
    told = records("office.refused")
    assert {(entry.subject, entry.data["code"]) for entry in told} == {("accounts.add", "R.903")}
    assert [entry.data["times"] for entry in told] == [1, 2, 3, 4, 5, 8, 16]


def test_nobody_is_signed_in_by_a_cookie_from_before(app: Flask, office: Office) -> None:
    """T33: a session that somebody planted in the browser is not the one that is signed in."""
    who, planted = office.of(Role.DIRECTOR), app.test_client()
    with planted.session_transaction() as session:
        session["ticket"] = "planted"
    before = planted.get_cookie("xuanban")
    sign_in(planted, who)
    after = planted.get_cookie("xuanban")
    assert before is not None and after is not None
    assert before.value != after.value
    thief = app.test_client()
    thief.set_cookie("xuanban", before.value)
    assert thief.get("/elections").status_code == 303
