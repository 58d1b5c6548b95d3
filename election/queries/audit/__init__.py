"""The audit chain: how it is read, and how it is held against tables, packages and its key."""

from election.queries.audit.chain import (
    entries,
    head,
    last_acts,
    last_change,
    moment,
    public_record,
)
from election.queries.audit.stored import audited_models
from election.queries.audit.verification import Break, verify

__all__ = [
    "Break",
    "audited_models",
    "entries",
    "head",
    "last_acts",
    "last_change",
    "moment",
    "public_record",
    "verify",
]
