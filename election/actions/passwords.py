"""Passwords and their argon2id hashes: how many are computed at one moment, and for whom.

One computation takes 64 MiB and, for a tenth of a second, whole cores. Strangers have one place
between them, the house (known desks, officials at work) two others, so that nobody who guesses
keeps the office waiting.
"""

import os
import secrets
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from time import monotonic

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_house, _strangers = threading.BoundedSemaphore(2), threading.BoundedSemaphore(1)
_suspects = threading.BoundedSemaphore(2)  # one computes, one waits; who guesses fills no threads
_PATIENCE, _PAUSE, _LATELY = 5.0, 0.5, 30.0  # seconds
_MANY, _NICE = 5, 15
Check = Callable[[str | None, str], bool]
_wrong: deque[float] = deque(maxlen=_MANY)  # when strangers were wrong last


class NoPlace(Exception):
    """Others are before this one, and it was not let wait or waited long enough."""


def hash_of(password: str) -> str:
    """The argon2id hash to store."""
    with _place(_house):
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; with no hash it is not, and takes as long to say."""
    with _place(_house):
        return _verify(stored, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@contextmanager
def place_for(*, known: bool, suspect: bool) -> Iterator[Check]:
    """A place to compute in, and how: a check as `matches` is.

    known: a desk the account has used; suspect: wrong tries before. Raises NoPlace: for a suspect
    at once when others are before it, else after five seconds.
    """
    if known:
        with _place(_house):
            yield _verify
    elif suspect or _under_attack():
        with _place(_suspects, patience=0), _place(_strangers, pause=_PAUSE):
            yield _verify_aside
    else:
        with _place(_strangers):
            yield _verify_aside


def note_wrong() -> None:
    """A stranger was wrong. After five in half a minute no stranger queues, until it is quiet."""
    _wrong.append(monotonic())


def _under_attack() -> bool:
    return len(_wrong) == _MANY and monotonic() - _wrong[0] < _LATELY


def _verify_aside(stored: str | None, password: str) -> bool:
    return _aside.submit(_verify, stored, password).result()


def _give_way() -> None:
    """Strangers' hashes give way to everything else, where a thread can say so."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


_aside = ThreadPoolExecutor(1, "strangers", initializer=_give_way)


@contextmanager
def _place(
    places: threading.BoundedSemaphore, *, patience: float = _PATIENCE, pause: float = 0
) -> Iterator[None]:
    """pause: seconds for which the place stays taken after its holder has gone."""
    if not places.acquire(timeout=patience):
        raise NoPlace
    try:
        yield
    finally:
        if pause:
            threading.Timer(pause, places.release).start()
        else:
            places.release()


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
