"""Passwords and their argon2id hashes: how many are computed at one moment, and for whom.

One computation takes 64 MiB and, for a tenth of a second, whole cores. Strangers have one place
between them, the house (known desks, officials at work) two others, so that nobody who guesses
keeps the office waiting.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_house, _strangers = threading.BoundedSemaphore(2), threading.BoundedSemaphore(1)
_suspects = threading.BoundedSemaphore(2)  # one computes, one waits; who guesses fills no threads
_PATIENCE = 5.0  # seconds


class NoPlace(Exception):
    """Others are before this one, and it was not let wait or waited long enough."""


def hash_of(password: str) -> str:
    """The argon2id hash to store."""
    with _place(_house):
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; with no hash it is not, and takes as long to say."""
    with _place(_house):
        return verify(stored, password)


def verify(stored: str | None, password: str) -> bool:
    """As `matches`, for whoever holds a place already."""
    try:
        return _hasher.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@contextmanager
def place_for(*, known: bool, suspect: bool) -> Iterator[None]:
    """A place to compute in. known: a desk the account has used; suspect: wrong tries before.

    Raises NoPlace: for a suspect at once when others are before it, else after five seconds.
    """
    if known:
        with _place(_house):
            yield
    elif suspect:
        with _place(_suspects, patience=0), _place(_strangers):
            yield
    else:
        with _place(_strangers):
            yield


@contextmanager
def _place(places: threading.BoundedSemaphore, *, patience: float = _PATIENCE) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise NoPlace
    try:
        yield
    finally:
        places.release()


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
