"""The sealed file: a head in the clear, then chunks of AES-256-GCM.

    XUANBAN-BACKUP-1 <line end>
    {"ephemeral": ..., "lock": {...}, "made_at": ..., "program": ...} <line end>
    chunks: 65,536 bytes and a tag of 16 each, the last one shorter

The key of a file comes by HKDF-SHA256 from X25519 between a key made for this file alone and the
public key of the lock, bound to the head. A chunk's nonce is its number and whether it is the last:
changed, moved, missing or foreign chunks and a changed head are found before anything is used.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from election.exchange.backups.lock import Lock
from election.rules.backups import DAMAGED
from election.rules.canonical import canonical
from election.rules.terms import RuleViolation, Text

MAGIC = b"XUANBAN-BACKUP-1\n"
_CHUNK, _TAG = 65_536, 16
_LONGEST_HEAD = 4096
_HEAD = Text("文件开头", "its beginning")


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What anybody can read of a backup: its lock, when and by which program it was made."""

    lock: Lock
    ephemeral: str
    made_at: str
    program: str

    def to_line(self) -> bytes:
        """The one line in the file."""
        document = {
            "ephemeral": self.ephemeral,
            "lock": self.lock.to_json(),
            "made_at": self.made_at,
            "program": self.program,
        }
        return canonical(document) + b"\n"


def seal(
    plain: BinaryIO, sealed: BinaryIO, *, lock: Lock, made_at: datetime, program: str
) -> bytes:
    """Write the sealed file; its key, by which whoever made it can still check it."""
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw().hex()
    at = made_at.isoformat(timespec="seconds")
    head = BackupHead(lock, ephemeral, at, program).to_line()
    key = _file_key(once, bytes.fromhex(lock.public), head)
    sealed.write(MAGIC + head)
    box = AESGCM(key)
    sealed.writelines(
        box.encrypt(_nonce(number, last=last), chunk, None)
        for number, chunk, last in _chunks(plain, _CHUNK)
    )
    return key


def read_head(sealed: BinaryIO) -> BackupHead:
    """The head of a sealed file that stands at its beginning. Raises R.921."""
    return _head(sealed)[0]


def open_with_passphrase(sealed: BinaryIO, plain: BinaryIO, passphrase: str) -> BackupHead:
    """Decrypt everything. Raises R.922 for another passphrase, R.921 for a changed file."""

    def key(head: BackupHead, line: bytes) -> bytes:
        return _file_key(head.lock.key_for(passphrase), bytes.fromhex(head.ephemeral), line)

    return _open(sealed, plain, key)


def open_with_key(sealed: BinaryIO, plain: BinaryIO, key: bytes) -> BackupHead:
    """Decrypt with the key that `seal` answered. Raises R.921 for a changed file."""
    return _open(sealed, plain, lambda _head, _line: key)


def _open(
    sealed: BinaryIO, plain: BinaryIO, key_of: Callable[[BackupHead, bytes], bytes]
) -> BackupHead:
    head, line = _head(sealed)
    try:
        box = AESGCM(key_of(head, line))
        for number, chunk, last in _chunks(sealed, _CHUNK + _TAG):
            plain.write(box.decrypt(_nonce(number, last=last), chunk, None))
    except InvalidTag as error:
        raise RuleViolation(
            DAMAGED, place=Text(f"第{number + 1}块", f"block {number + 1}")
        ) from error
    except ValueError as error:  # a point that is none
        raise RuleViolation(DAMAGED, place=_HEAD) from error
    return head


def _head(sealed: BinaryIO) -> tuple[BackupHead, bytes]:
    if sealed.read(len(MAGIC)) != MAGIC:
        raise RuleViolation(DAMAGED, place=_HEAD)
    line = sealed.readline(_LONGEST_HEAD)
    try:
        document: dict[str, Any] = json.loads(line)
        head = BackupHead(
            Lock.from_json(document["lock"]),
            document["ephemeral"],
            datetime.fromisoformat(document["made_at"]).isoformat(timespec="seconds"),
            document["program"],
        )
        if head.to_line() == line and len(bytes.fromhex(head.ephemeral)) == 32:
            return head, line
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuleViolation(DAMAGED, place=_HEAD) from error
    raise RuleViolation(DAMAGED, place=_HEAD)


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number from 0, content, whether it is the last); an empty source is one empty chunk."""
    number, chunk = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, chunk, not following
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _file_key(private: X25519PrivateKey, public: bytes, head: bytes) -> bytes:
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    bound = b"xuanban backup 1" + hashlib.sha256(MAGIC + head).digest()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=bound).derive(shared)
