"""The lock of the backups: a public key made once from the office's passphrase.

argon2id turns the passphrase into an X25519 private key, of which only the public half is stored.
So the machine can close a backup at any minute, and only the passphrase opens it.
"""

import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from election.exchange.backups.files import write_whole
from election.rules.backups import (
    DAMAGED,
    LEAST_PASSPHRASE,
    OTHER_PASSPHRASE,
    SHORT_PASSPHRASE,
    WRONG_PASSPHRASE,
)
from election.rules.terms import RuleViolation

PASSPHRASE = "XUANBAN_PASSPHRASE"  # noqa: S105 - the name of a setting
_FILE = "backup"
_LEAST_KINDS = 5  # different characters in a passphrase


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: passes over so many KiB, in so many lanes."""

    passes: int
    memory: int
    lanes: int

    def is_sane(self) -> bool:
        """A made-up header must not take the machine's memory or hours."""
        return 1 <= self.passes <= 10 and 8 <= self.memory <= 1 << 20 and 1 <= self.lanes <= 8


USUAL = Cost(passes=3, memory=256 * 1024, lanes=4)


@dataclass(frozen=True, slots=True)
class Lock:
    """public: the X25519 public key, 32 bytes in hex; salt: 16 bytes in hex."""

    public: str
    salt: str
    cost: Cost

    def key_for(self, passphrase: str) -> X25519PrivateKey:
        """The private key; raises R.922 for another passphrase."""
        key = _derive(passphrase, self.salt, self.cost)
        if key.public_key().public_bytes_raw().hex() != self.public:
            raise RuleViolation(WRONG_PASSPHRASE)
        return key

    def to_json(self) -> dict[str, Any]:
        """As it stands in the data folder and in each backup's head."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: object) -> "Lock":
        """Raises R.921 for anything else than what to_json writes."""
        try:
            fields = dict(document)  # type: ignore[call-overload]
            lock = cls(str(fields["public"]), str(fields["salt"]), Cost(**fields["cost"]))
            sound = len(bytes.fromhex(lock.public)) == 32 and len(bytes.fromhex(lock.salt)) == 16
            if sound and lock.cost.is_sane() and lock.to_json() == document:
                return lock
        except (TypeError, ValueError, KeyError) as error:
            raise RuleViolation(DAMAGED, place="lock") from error
        raise RuleViolation(DAMAGED, place="lock")


def new_lock(passphrase: str) -> Lock:
    """A lock for this passphrase. Raises R.926 for one that is easily guessed."""
    require_strong(passphrase)
    salt = secrets.token_hex(16)
    public = _derive(passphrase, salt, USUAL).public_key().public_bytes_raw().hex()
    return Lock(public, salt, USUAL)


def require_strong(passphrase: str) -> None:
    """Raise R.926 for a passphrase that is easily guessed."""
    plain = _normal(passphrase)
    if len(plain) < LEAST_PASSPHRASE or len(set(plain)) < _LEAST_KINDS:
        raise RuleViolation(SHORT_PASSPHRASE, least=LEAST_PASSPHRASE)


def stored_lock(data: Path) -> Lock | None:
    """The lock of this installation, when its passphrase was set. Raises R.921: damaged."""
    try:
        text = _path(data).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return Lock.from_json(json.loads(text))
    except ValueError as error:
        raise RuleViolation(DAMAGED, place=str(_path(data))) from error


def store_lock(data: Path, lock: Lock) -> None:
    """From now on backups are closed with this one."""
    _path(data).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(_path(data), json.dumps(lock.to_json()).encode())


def lock_for(data: Path, passphrase: str | None) -> Lock | None:
    """The lock of this installation, made now when there is none and a passphrase was given.

    Raises R.930 for a passphrase other than the one that was set.
    """
    lock = stored_lock(data)
    if lock is None and passphrase is not None:
        lock = new_lock(passphrase)
        store_lock(data, lock)
    elif lock is not None and passphrase is not None:
        try:
            lock.key_for(passphrase)
        except RuleViolation as wrong:
            raise RuleViolation(OTHER_PASSPHRASE) from wrong
    return lock


def passphrase_of_scripts() -> str | None:
    """XUANBAN_PASSPHRASE, for scripts only; None when it is not set."""
    return os.environ.get(PASSPHRASE) or None


def _path(data: Path) -> Path:
    return data / "keys" / _FILE


def _derive(passphrase: str, salt: str, cost: Cost) -> X25519PrivateKey:
    seed = hash_secret_raw(
        secret=_normal(passphrase).encode(),
        salt=bytes.fromhex(salt),
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return X25519PrivateKey.from_private_bytes(seed)


def _normal(passphrase: str) -> str:
    """The same words typed on another computer: full width or not, composed or not."""
    return unicodedata.normalize("NFKC", passphrase).strip()
