"""Files between preview and confirmation: parked in the data folder, unreadable to anybody else.

Each lies encrypted under a random name in the folder of its owner, and opens only for the owner and
the subject it was parked for. An owner has a few places; the newest file takes that of the oldest.
What nobody confirms is thrown away after a day.
"""

import hashlib
import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from election.models.types import keyring
from election.rules.files.tables import PREVIEW_GONE
from election.rules.terms import RuleViolation

_TOKEN = re.compile(r"[0-9a-f]{32}")
_NONCE = 12
_KEPT = timedelta(days=1)
MOST = 3  # files of one person at one moment


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in: its name (for messages only) and its bytes."""

    name: str
    raw: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex: what the audit chain keeps of the file."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is, and what for: office, official, subject."""

    township: int
    number: str
    subject: str

    def folder(self, data: Path) -> Path:
        """Where the files of this person lie, for whatever subject; its name tells nobody."""
        person = hashlib.sha256(f"{self.township}/{self.number}".encode()).hexdigest()
        folder = data / "uploads" / person[:32]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @property
    def purpose(self) -> bytes:
        """What the encryption is bound to."""
        return f"upload:{self.township}/{self.number}/{self.subject}".encode()


def park(data: Path, upload: Upload, *, owner: Owner, at: datetime) -> str:
    """Keep a file until it is confirmed; the token to fetch it with."""
    _sweep(data / "uploads", at - _KEPT)
    folder = owner.folder(data)
    _make_room(folder)
    token, nonce = secrets.token_hex(16), os.urandom(_NONCE)
    plain = json.dumps(upload.name).encode() + b"\n" + upload.raw
    sealed = AESGCM(keyring.encryption).encrypt(nonce, plain, owner.purpose)
    descriptor = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(nonce + sealed)
    return token


def fetch(data: Path, token: str, *, owner: Owner) -> Upload:
    """The parked file; raises R.825 when it is gone, or was parked for somebody else."""
    try:
        if not _TOKEN.fullmatch(token):
            raise RuleViolation(PREVIEW_GONE)
        sealed = (owner.folder(data) / token).read_bytes()
        box = AESGCM(keyring.encryption)
        plain = box.decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.purpose)
    except (OSError, InvalidTag) as error:
        raise RuleViolation(PREVIEW_GONE) from error
    name, _newline, raw = plain.partition(b"\n")
    return Upload(json.loads(name), raw)


def drop(data: Path, token: str, *, owner: Owner) -> None:
    """Throw a parked file away; nothing happens when it is gone already."""
    if _TOKEN.fullmatch(token):
        (owner.folder(data) / token).unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Leave as many of a person's files as one more may join, the newest."""
    files = sorted(folder.iterdir(), key=_age, reverse=True)
    for path in files[MOST - 1 :]:
        path.unlink(missing_ok=True)


def _sweep(folder: Path, oldest: datetime) -> None:
    """Remove what nobody confirmed within a day."""
    for path in folder.glob("**/*"):
        if _TOKEN.fullmatch(path.name) and path.is_file() and _age(path) < oldest.timestamp():
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """When a file was written; 0 for one that somebody removed meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
