"""Files between preview and confirmation: parked in the data folder, unreadable to anybody else.

Each lies encrypted under a random name and opens only for the owner (office, official, subject) it
was parked for. What nobody confirms is thrown away after a day.
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


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in: its name (for messages only) and its bytes."""

    name: str
    raw: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex: what the audit chain keeps of the file."""
        return hashlib.sha256(self.raw).hexdigest()


def park(data: Path, upload: Upload, *, owner: str, at: datetime) -> str:
    """Keep a file until it is confirmed; the token to fetch it with."""
    folder = _folder(data)
    _sweep(folder, at - _KEPT)
    token, nonce = secrets.token_hex(16), os.urandom(_NONCE)
    plain = json.dumps(upload.name).encode() + b"\n" + upload.raw
    sealed = AESGCM(keyring.encryption).encrypt(nonce, plain, _purpose(owner))
    descriptor = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(nonce + sealed)
    return token


def fetch(data: Path, token: str, *, owner: str) -> Upload:
    """The parked file; raises R.825 when it is gone, or was parked for somebody else."""
    try:
        if not _TOKEN.fullmatch(token):
            raise RuleViolation(PREVIEW_GONE)
        sealed = (_folder(data) / token).read_bytes()
        box = AESGCM(keyring.encryption)
        plain = box.decrypt(sealed[:_NONCE], sealed[_NONCE:], _purpose(owner))
    except (OSError, InvalidTag) as error:
        raise RuleViolation(PREVIEW_GONE) from error
    name, _newline, raw = plain.partition(b"\n")
    return Upload(json.loads(name), raw)


def drop(data: Path, token: str) -> None:
    """Throw a parked file away; nothing happens when it is gone already."""
    if _TOKEN.fullmatch(token):
        (_folder(data) / token).unlink(missing_ok=True)


def _folder(data: Path) -> Path:
    folder = data / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _purpose(owner: str) -> bytes:
    return f"upload:{owner}".encode()


def _sweep(folder: Path, oldest: datetime) -> None:
    """Remove what nobody confirmed within a day."""
    for path in folder.iterdir():
        if _TOKEN.fullmatch(path.name) and path.stat().st_mtime < oldest.timestamp():
            path.unlink(missing_ok=True)
