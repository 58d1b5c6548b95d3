"""People of the office, their logins, and the house-keeping around them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from election.models.base import CODE, LINE, NAME, Model, Unaudited, Versioned
from election.rules.access import Actor, Role
from election.tenant import Tenant, reference


class Official(Tenant, Versioned, Model):
    """One person of the office. The number is the person; a person holds one account."""

    __tablename__ = "official"
    __table_args__ = (
        UniqueConstraint("township_id", "number", name="uq_official_number"),
        UniqueConstraint("username", name="uq_official_username"),
    )

    number: Mapped[str] = mapped_column(CODE)
    username: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(NAME)
    password_hash: Mapped[str] = mapped_column(LINE)
    roles: Mapped[list[Any]]
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=True)

    def as_actor(self) -> Actor:
        """The person as an act records them."""
        roles = frozenset(Role(word) for word in self.roles)
        return Actor(self.township_id, self.id, self.number, roles)


class Ticket(Tenant, Unaudited, Model):
    """A login: the browser holds a random token, this row only its SHA-256."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_ticket_token"),
        Index("ix_ticket_official", "township_id", "official_id"),
        reference("official_id", "official"),
    )

    official_id: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginFailure(Unaudited, Model):
    """Failed logins per name and address; the next try waits longer each time."""

    __tablename__ = "login_failure"
    __table_args__ = (UniqueConstraint("who", name="uq_login_failure_who"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(64))  # keyed digest of name and address
    failures: Mapped[int]
    blocked_until: Mapped[datetime]


class Operation(Tenant, Unaudited, Model):
    """A write that was done: the same operation id is answered as the first time."""

    __tablename__ = "operation"
    __table_args__ = (
        UniqueConstraint("township_id", "official_id", "key", name="uq_operation_key"),
        CheckConstraint("length(key) > 0", name="key_given"),
        reference("official_id", "official"),
    )

    official_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    request_digest: Mapped[str] = mapped_column(String(64))
    location: Mapped[str | None] = mapped_column(String(600))
    message: Mapped[str | None] = mapped_column("said", String(600))
    done_at: Mapped[datetime]
