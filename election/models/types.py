"""Column types: enums stored as their text, and personal data encrypted at rest.

Personal fields use AES-256-GCM with a random nonce, the column's name as associated data, and a key
outside the database; equality is searched through a keyed blind index.
"""

import hashlib
import hmac
import os
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, Enum, LargeBinary
from sqlalchemy.types import TypeDecorator

_VERSION = b"\x01"
_NONCE_BYTES = 12
_CHAIN = b"\x00audit chain"  # no indexed text begins with a zero byte


class Keyring:
    """The keys in use by this process; set once at start."""

    encryption: bytes = b""
    index: bytes = b""


keyring = Keyring()


def use_keys(*, encryption: bytes, index: bytes) -> None:
    """Install the keys of this installation."""
    keyring.encryption, keyring.index = encryption, index


def blind_index(text: str) -> str:
    """HMAC-SHA256 of a normalised text: equal texts match, nothing else can be read from it."""
    return hmac.new(keyring.index, text.encode(), hashlib.sha256).hexdigest()


def chain_mac(township_id: int, entry_hash: str) -> str:
    """HMAC-SHA256 of a link of a township's audit chain, by a key derived for nothing else.

    An entry's hash commits to all before it and to its own data; without the key, which is not in
    the database, nobody makes another that goes with the MAC.
    """
    key = hmac.new(keyring.index, _CHAIN, hashlib.sha256).digest()
    return hmac.new(key, f"{township_id}:{entry_hash}".encode(), hashlib.sha256).hexdigest()


class EncryptedText(TypeDecorator[str]):
    """A text that is unreadable in the database file."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt."""
        if value is None:
            return None
        nonce = os.urandom(_NONCE_BYTES)
        box = AESGCM(keyring.encryption)
        return _VERSION + nonce + box.encrypt(nonce, value.encode(), self.purpose.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt; a changed cell raises InvalidTag."""
        if value is None:
            return None
        nonce, sealed = value[1 : 1 + _NONCE_BYTES], value[1 + _NONCE_BYTES :]
        return AESGCM(keyring.encryption).decrypt(nonce, sealed, self.purpose.encode()).decode()

    def committed(self, value: str) -> str:
        """What a row digest sees instead of the text."""
        return blind_index(f"{self.purpose}:{value}")


def words(kind: type[StrEnum], name: str = "") -> Enum:
    """An enum column that stores the words themselves, checked by the database.

    name: of the check in the database, where it is older than the class's name.
    """
    return Enum(
        kind,
        values_callable=lambda enum: [member.value for member in enum],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or kind.__name__.lower(),
    )
