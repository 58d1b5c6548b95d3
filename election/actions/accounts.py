"""Acts on townships, officials and logins."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.passwords import hash_of, matches
from election.models import Congress, Official, Publication, Ticket, Township
from election.rules.access import Actor, Permission, Role
from election.rules.accounts import (
    ALREADY_PUBLISHED,
    LAST_ADMINISTRATOR,
    NO_ROLE,
    OTHER_TOWNSHIP,
    SAME_PERSON,
    TAKEN,
    WRONG_PASSWORD,
    check_password,
)
from election.rules.terms import RuleViolation
from election.tenant import EVERYWHERE

# letters and digits that nobody confuses when reading a printed password aloud
CONSOLE = "console"  # who acts on the machine itself, without an account
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def found_township(
    session: Session, *, code: str, name: str, county: str, is_sample: bool = False, at: datetime
) -> Township:
    """The first act of an installation: the township and with it the first link of its chain."""
    township = Township(code=code, name=name, county=county, is_sample=is_sample)
    session.add(township)
    session.flush()
    by = Actor(township.id, None, "0")
    data = {"code": code, "name": name, "county": county, "is_sample": is_sample}
    Act(session, by, at).record(under=None, what="township.found", subject=code, data=data)
    return township


def name_township(act: Act, township: Township, *, code: str, name: str, county: str) -> None:
    """Other code, name and county, as long as nothing is published. Raises R.908, R.909."""
    act.by.role_for(Permission.MANAGE_ACCOUNTS)
    congresses = select(Congress.id).where(Congress.township_id == township.id)
    public = select(Publication.id).where(Publication.congress_id.in_(congresses))
    if act.session.scalar(public.limit(1)) is not None:
        raise RuleViolation(ALREADY_PUBLISHED)
    same_code = select(Township.id).where(Township.code == code, Township.id != township.id)
    if act.session.scalar(same_code) is not None:
        raise RuleViolation(OTHER_TOWNSHIP, number=code)
    before = {"code": township.code, "name": township.name, "county": township.county}
    township.code, township.name, township.county = code, name, county
    data = {"code": code, "name": name, "county": county, "before": before}
    act.record(under=Permission.MANAGE_ACCOUNTS, what="township.name", subject=code, data=data)


def first_administrator(
    session: Session, township: Township, *, username: str, name: str, at: datetime
) -> tuple[Official, str]:
    """The administrator of a new office and the one-time password, which is stored nowhere."""
    installation = Actor(township.id, None, "0", frozenset({Role.ADMINISTRATOR}))
    return add_official(
        Act(session, installation, at), username=username, name=name, roles=[Role.ADMINISTRATOR]
    )


def add_official(
    act: Act,
    *,
    username: str,
    name: str,
    roles: Sequence[Role],
    namesake: bool = False,
    must_change_password: bool = True,
) -> tuple[Official, str]:
    """A new account and its one-time password (returned once, stored only as argon2id)."""
    act.by.role_for(Permission.MANAGE_ACCOUNTS)
    if not roles:
        raise RuleViolation(NO_ROLE)
    taken = select(Official.id).where(Official.username == username)
    if act.session.scalar(taken, execution_options=EVERYWHERE):
        raise RuleViolation(TAKEN, username=username)
    same_named = act.session.scalar(
        select(Official).where(Official.township_id == act.by.township_id, Official.name == name)
    )
    if same_named and not namesake:
        raise RuleViolation(SAME_PERSON, name=name, number=same_named.number)
    password = _one_time_password()
    official = Official(
        township_id=act.by.township_id,
        number=_next_number(act.session, act.by.township_id),
        username=username,
        name=name,
        password_hash=hash_of(password),
        roles=sorted(role.value for role in set(roles)),
        must_change_password=must_change_password,
        active=True,
    )
    act.session.add(official)
    _record(act, "accounts.add", official)
    return official, password


def change_official(act: Act, official: Official, *, roles: Sequence[Role], active: bool) -> None:
    """Give other roles, or end the account: its logins end with the next request."""
    act.by.role_for(Permission.MANAGE_ACCOUNTS)
    if active and not roles:
        raise RuleViolation(NO_ROLE)
    stays = active and Role.ADMINISTRATOR in roles
    if Role.ADMINISTRATOR.value in official.roles and not stays:
        _require_another_administrator(act.session, official)
    official.roles = sorted(role.value for role in set(roles))
    official.active = active
    _end_tickets(act.session, official, at=act.at)
    _record(act, "accounts.change", official)


def reset_password(act: Act, official: Official) -> str:
    """A new one-time password for somebody who forgot the old one; all logins end."""
    password = _one_time_password()
    official.password_hash = hash_of(password)
    official.must_change_password = True
    _end_tickets(act.session, official, at=act.at)
    _record(act, "accounts.reset_password", official)
    return password


def reset_at_console(session: Session, official: Official, *, at: datetime) -> str:
    """As reset_password, by whoever has the machine: the way back when no administrator is left.

    The chain names "console" as the one who acted.
    """
    by = Actor(official.township_id, None, CONSOLE, frozenset({Role.ADMINISTRATOR}))
    return reset_password(Act(session, by, at), official)


def change_password(
    session: Session, official: Official, *, old: str, new: str, at: datetime
) -> None:
    """One's own password; all logins end, for somebody else may hold one.

    Raises R.905 for a wrong old one; the new one must already be good.
    """
    if not matches(official.password_hash, old):
        raise RuleViolation(WRONG_PASSWORD)
    if check_password(new, avoid=(official.username, official.name)):
        raise ValueError("a password with findings must not reach the act")
    official.password_hash = hash_of(new)
    official.must_change_password = False
    _end_tickets(session, official, at=at)
    Act(session, official.as_actor(), at).record(
        under=None,
        what="accounts.change_password",
        subject=official.number,
        data={"number": official.number},
    )


def _record(act: Act, what: str, official: Official) -> None:
    data = {
        "number": official.number,
        "username": official.username,
        "roles": official.roles,
        "active": official.active,
    }
    act.record(under=Permission.MANAGE_ACCOUNTS, what=what, subject=official.number, data=data)


def _require_another_administrator(session: Session, official: Official) -> None:
    colleagues = session.scalars(
        select(Official).where(
            Official.township_id == official.township_id,
            Official.active,
            Official.id != official.id,
        )
    )
    if not any(Role.ADMINISTRATOR.value in colleague.roles for colleague in colleagues):
        raise RuleViolation(LAST_ADMINISTRATOR)


def _end_tickets(session: Session, official: Official, *, at: datetime) -> None:
    session.execute(
        update(Ticket)
        .where(Ticket.official_id == official.id, Ticket.ended_at.is_(None))
        .values(ended_at=at)
    )


def _next_number(session: Session, township_id: int) -> str:
    count = session.scalar(
        select(func.count()).select_from(Official).where(Official.township_id == township_id)
    )
    return str((count or 0) + 1)


def _one_time_password() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
