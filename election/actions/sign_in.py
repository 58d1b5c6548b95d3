"""Signing in: every try is counted before the password is looked at, and settled after it.

Between the two lies no transaction: computing a hash takes a tenth of a second. A try counts as
wrong until it turns out right, so forty at one moment are forty. A desk that has signed in to this
account before has a counter of its own, which strangers cannot fill; every other try counts for its
address and, wherever it comes from, for its account. All unknown names share one counter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from election.actions import counters
from election.actions.act import Act
from election.actions.audit import take_turn
from election.models import LoginFailure, Official, Ticket, Township
from election.rules.access import Actor
from election.rules.accounts import (
    FREE_AT_ADDRESS,
    FREE_AT_DESK,
    FREE_OF_ACCOUNT,
    is_told,
    wait_after,
)
from election.tenant import EVERYWHERE

NOBODY = "-"
_SUSPECT = 2  # wrong tries of an address; one may be a colleague's, under way at this moment


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """Where somebody signs in. known: id of an official -> the secret of this desk for them."""

    address: str
    known: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What of an official signing in needs, as it was read before the password is looked at."""

    township_id: int
    id: int
    number: str
    password_hash: str
    active: bool


@dataclass(frozen=True, slots=True)
class Try:
    """One try: the account it is for, None for an unknown name, and the desk it comes from."""

    account: Credentials | None
    desk: SignInDesk

    @property
    def password_hash(self) -> str | None:
        """The hash to hold the password against; None for an unknown name."""
        return self.account.password_hash if self.account else None

    @property
    def is_known(self) -> bool:
        """Whether this account has been opened at this desk before."""
        return self.account is not None and self.account.id in self.desk.known

    @property
    def key(self) -> str:
        """The counter that makes this desk wait."""
        if self.account is not None and self.is_known:
            secret = self.desk.known[self.account.id]
            return counters.key_of("desk", f"{self.account.id}:{secret}")
        return counters.key_of("address", _network(self.desk.address))

    @property
    def account_key(self) -> str:
        """The counter of the account at strangers' desks; unknown names have one between them."""
        return counters.key_of("account", str(self.account.id if self.account else 0))

    @property
    def free(self) -> int:
        """Wrong tries before this desk waits."""
        return FREE_AT_DESK if self.is_known else FREE_AT_ADDRESS


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a try.

    wait: it is not looked at before. is_open: whether a right password is taken at this desk; not
    where the account is a stranger while many guess it.
    """

    wait: timedelta
    is_open: bool


def try_of(session: Session, *, username: str, desk: SignInDesk) -> Try:
    """What is tried, with nothing counted."""
    query = select(
        Official.township_id, Official.id, Official.number, Official.password_hash, Official.active
    ).where(Official.username == username)
    row = session.execute(query, execution_options=EVERYWHERE).first()
    return Try(Credentials(*row) if row else None, desk)


def wait_before(session: Session, attempt: Try, *, at: datetime) -> timedelta:
    """How long this desk has to wait; zero when it need not."""
    row = counters.read(session, attempt.key)
    return max(row.blocked_until - at, timedelta(0)) if row else timedelta(0)


def is_suspect(session: Session, attempt: Try, *, at: datetime) -> bool:
    """Whether the address has had wrong tries lately: it does not queue with the others."""
    return counters.failures(counters.read(session, attempt.key), at) >= _SUSPECT


def count(session: Session, attempt: Try, *, at: datetime) -> Counted:
    """Count one try as wrong, for now; one that has to wait first is not counted."""
    row = counters.hold(session, attempt.key, at=at)
    if row.blocked_until > at:
        return Counted(row.blocked_until - at, is_open=False)
    _count(row, free=attempt.free, at=at)
    is_open = attempt.account is not None and attempt.account.active
    if not attempt.is_known:
        account = counters.hold(session, attempt.account_key, at=at)
        is_open &= account.blocked_until <= at
        if account.blocked_until <= at:
            _count(account, free=FREE_OF_ACCOUNT, at=at)
    counters.forget_old(session, at=at)
    return Counted(timedelta(0), is_open)


def fail(session: Session, attempt: Try, *, at: datetime) -> None:
    """The try was wrong and stays counted; the chain tells the first ones and each doubling.

    Wrong passwords for names that nobody has stand in the chain of the first township.
    """
    account = attempt.account
    first = session.scalar(select(func.min(Township.id)))  # asked for any name: it takes as long
    town = account.township_id if account else first
    if town is None:
        return
    take_turn(session, town)
    key = attempt.key if attempt.is_known else attempt.account_key
    failures = counters.failures(counters.read(session, key), at)
    if not is_told(failures):
        return
    number = account.number if account else NOBODY
    data = {"number": number, "address": attempt.desk.address[:45], "failures": failures}
    Act(session, Actor(town, None, "0"), at).record(
        under=None, what="accounts.log_in_failed", subject=number, data=data
    )


def succeed(session: Session, attempt: Try, ticket: Ticket, *, at: datetime) -> bool:
    """The try was right: it does not count, the account's slate is clean, the login is stored.

    False, and nothing of this, where the password was changed while it was being looked at.
    """
    official = session.get_one(Official, (ticket.township_id, ticket.official_id))
    if attempt.account is None or attempt.account.password_hash != official.password_hash:
        return False
    take_turn(session, official.township_id)
    row = counters.hold(session, attempt.key, at=at)
    row.failures = 0 if attempt.is_known else max(row.failures - 1, 0)
    row.blocked_until = at + wait_after(row.failures, free=attempt.free)
    session.execute(delete(LoginFailure).where(LoginFailure.who == attempt.account_key))
    session.add(ticket)
    data = {"number": official.number, "address": attempt.desk.address[:45]}
    Act(session, official.as_actor(), at).record(
        under=None, what="accounts.log_in", subject=official.number, data=data
    )
    return True


def count_own(session: Session, official: Official, *, at: datetime) -> timedelta:
    """Count a try at the current password of somebody signed in, or say how long to wait first."""
    row = counters.hold(session, _own_key(official.id), at=at)
    if row.blocked_until > at:
        return row.blocked_until - at
    _count(row, free=FREE_AT_DESK, at=at)
    return timedelta(0)


def forget_own(session: Session, official: Official) -> None:
    """The current password was right."""
    own = LoginFailure.who == _own_key(official.id)
    session.execute(delete(LoginFailure).where(own))


def log_out(session: Session, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """End one login; the token is worth nothing from now on."""
    ticket.ended_at = at
    data = {"number": by.number}
    Act(session, by, at).record(under=None, what="accounts.log_out", subject=by.number, data=data)


def _own_key(official_id: int) -> str:
    return counters.key_of("password", str(official_id))


def _count(row: LoginFailure, *, free: int, at: datetime) -> None:
    row.failures = counters.failures(row, at) + 1
    row.blocked_until = at + wait_after(row.failures, free=free)


def _network(address: str) -> str:
    """The address; of an IPv6 one its /64, since one machine has all of that."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if isinstance(number, IPv6Address) and number.ipv4_mapped is None:
        return str(ip_network((number, 64), strict=False))
    return str(number)
